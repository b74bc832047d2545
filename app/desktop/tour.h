#pragma once

#include <QDir>
#include <QObject>

#include <functional>

namespace Counterfoil {

class Desktop;

// Drives the real window through its panes and states, as a person with a keyboard would, and keeps one
// PNG for each stop. Lives on the GUI thread; run() returns when the tour is over, with the event loop
// turning meanwhile.
class Tour final : public QObject
{
    Q_OBJECT
public:
    Tour(Desktop &desktop, const QString &folder, QObject *parent = nullptr);

    bool run(); // false: a stop could not be reached or written, named on standard error

private:
    void signInStops();
    void firstFillStop(const QString &role);
    void orderStops();
    void findStops();
    void offlineStops();
    void darkStops();
    void viewerStop();
    void gatewayLostStop();

    void signInAs(const QString &role);
    void signOut();
    void selectOrderWith(const QString &status);
    void act(const QString &actionId);
    void type(const QString &text); // into what has the focus
    void press(Qt::Key key);
    void resize(QSize size);
    void picture(const QString &name);

    // Turns the event loop until the condition holds; the stop counts as missed when it never does.
    void waitUntil(const char *what, const std::function<bool()> &condition);
    void settle(); // lets queued reads, layouts and paints finish
    void miss(const QString &what);

    Desktop &m_desktop;
    QDir m_folder;
    int m_number = 0; // of the last picture
    bool m_ok = true;
};

} // namespace Counterfoil
