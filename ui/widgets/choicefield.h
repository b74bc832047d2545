#pragma once

#include "filterchip.h"

#include <QAbstractButton>

class QLineEdit;
class QListWidget;

namespace Counterfoil {

class Popover;

// One of several, chosen from a card that opens under the field: with a click, Enter, Space or the down key,
// or by beginning to type what is wanted.
class ChoiceField final : public QAbstractButton
{
    Q_OBJECT
public:
    explicit ChoiceField(QWidget *parent = nullptr);

    void setChoices(const QList<Choice> &choices);
    void setNothing(const QString &words) { m_nothing = words; } // shown while nothing is chosen
    QString value() const { return m_value; }                    // may be none of the choices
    void setValue(const QString &value);                         // says nothing
    void setWrong(bool wrong);
    void open(const QString &typed = {});

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    void chosen();

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    static constexpr int choicesNeedingSearch = 8;

    void fill();
    void choose();
    void describe();

    QList<Choice> m_choices;
    QString m_nothing;
    QString m_value;
    bool m_wrong = false;
    QLineEdit *m_search;
    QListWidget *m_list;
    Popover *m_card;
};

} // namespace Counterfoil
