#pragma once

#include <QList>
#include <QPushButton>
#include <QSet>

class QLineEdit;
class QListWidget;

namespace Counterfoil {

class Popover;

struct Choice
{
    QString value;
    QString label;
    qint64 count = 0; // how often there is; 0: not said

    bool operator==(const Choice &) const = default;
};

// A button that says what a list is restricted to and opens what to choose from.
class ChipButton : public QPushButton
{
    Q_OBJECT
public:
    explicit ChipButton(QWidget *parent = nullptr);

    void setActive(bool active); // drawn in the accent while it restricts
    bool isActive() const { return m_active; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
    void setOpensCard(bool opens) { m_opensCard = opens; }

private:
    static constexpr int widestText = 170;
    bool m_active = false;
    bool m_opensCard = true;
};

// Restricts to none, one or several of the choices.
class FilterChip final : public ChipButton
{
    Q_OBJECT
public:
    explicit FilterChip(const QString &name, QWidget *parent = nullptr);

    void
    setChoices(const QList<Choice> &choices); // a chosen value stays chosen although it is not among them
    QStringList chosen() const;               // values, in the order of the choices
    void setChosen(const QStringList &values);
    QString description() const; // "Status: Picking, Shipped"; empty while nothing is chosen

    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    void chosenChanged();

private:
    void openCard();
    void fillList();
    void describe();

    static constexpr int choicesNeedingSearch = 8;

    QString m_name;
    QList<Choice> m_choices;
    QSet<QString> m_chosen;
    QLineEdit *m_search;
    QListWidget *m_list;
    QPushButton *m_clear;
    Popover *m_card;
};

// On or off.
class ToggleChip final : public ChipButton
{
    Q_OBJECT
public:
    explicit ToggleChip(const QString &text, QWidget *parent = nullptr);
};

} // namespace Counterfoil
