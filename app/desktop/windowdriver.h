#pragma once

#include "recordquery.h"

#include <QDir>
#include <QObject>

#include <functional>

namespace Counterfoil {

class Desktop;
class Workspace;
struct RecordType;

// Drives the real window as a person with a keyboard would, and takes pictures of it. Lives on the GUI
// thread; every call returns with the window settled, the event loop turning meanwhile. What could not
// be done is named on standard error, and done() says so at the end.
class WindowDriver final : public QObject
{
    Q_OBJECT
public:
    WindowDriver(Desktop &desktop, const QString &folder, QObject *parent = nullptr);

    bool makeFolder();
    bool done() const { return m_ok; }
    int pictures() const { return m_number; }
    Desktop &desktop() const { return m_desktop; }
    Workspace *workspace() const; // nullptr at the sign-in page

    void signInAs(const QString &role);
    void signOut();
    void disconnectFromNetwork(); // and waits until the window says so
    void connectToNetwork();

    // The first record in its list's order whose text field has the value, and others theirs; shown in its
    // pane.
    void select(const RecordType &kind, const std::string &field, const std::string &value,
                const std::vector<RecordQuery::AnyOf> &also = {});
    void act(const QString &actionId);
    void type(const QString &text); // into what has the focus
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier);
    void resize(QSize size);
    void picture(const QString &name);
    void picture(QWidget &window, const QString &name); // of another one of the program's windows

    // Turns the event loop until the condition holds; the stop counts as missed when it never does.
    void waitUntil(const char *what, const std::function<bool()> &condition);
    void miss(const QString &what);

private:
    void settle(); // lets queued reads, layouts and paints finish

    Desktop &m_desktop;
    QDir m_folder;
    int m_number = 0; // of the last picture
    bool m_ok = true;
};

} // namespace Counterfoil
