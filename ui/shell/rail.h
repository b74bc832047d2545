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
    RailItem(const QString &text, QWidget *parent);

    void setCount(const QString &count, const QString &meaning); // meaning: for the screen reader
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_count;
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

// The panes that this person uses, the switch that takes the program off the network, and the person.
class Rail final : public QWidget
{
    Q_OBJECT
public:
    Rail(const QString &personName, const QString &role, QWidget *parent = nullptr);

    RailItem &addPane(const QString &name);
    void setConnected(bool connected); // shows it, asks nobody

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

    QVBoxLayout *m_panes;
    Switch *m_connected;
};

} // namespace Counterfoil
