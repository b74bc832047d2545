#pragma once

#include <QAbstractButton>
#include <QWidget>

class QVBoxLayout;

namespace Counterfoil {

class Switch;

// One pane in the rail: its name, and a count where a count means work.
class RailItem final : public QAbstractButton
{
    Q_OBJECT
public:
    // "&Orders": Alt and the letter after the "&" lead there.
    RailItem(const QString &name, QWidget *parent);

    QKeySequence key() const;
    void setCount(const QString &count, const QString &meaning); // meaning: for the screen reader
    void setLetterShown(bool shown);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void describe();

    const QString m_name; // with its letter
    QString m_count;
    QString m_meaning;
    bool m_letterShown = false;
};

// Who is signed in; opens their menu.
class PersonItem final : public QAbstractButton
{
    Q_OBJECT
public:
    PersonItem(const QString &name, const QString &role, QWidget *parent);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_role;
};

// The panes that this person uses, the switch that takes the program off the network, and the person. While
// Alt is held, the letters that lead to the panes are underlined.
class Rail final : public QWidget
{
    Q_OBJECT
public:
    Rail(const QString &personName, const QString &role, QWidget *parent = nullptr);

    RailItem &addPane(const QString &name); // as RailItem has it
    void setConnected(bool connected);      // shows it, asks nobody

    bool eventFilter(QObject *watched, QEvent *event) override; // of the application

Q_SIGNALS:
    void connectedChosen(bool connected);
    void personMenuWanted(const QPoint &globalTopLeft);
    void lookToggled();
    void keysWanted();

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void fitWidth(); // to the size of the text
    void showLetters(bool shown);

    QVBoxLayout *m_panes;
    Switch *m_connected;
};

} // namespace Counterfoil
