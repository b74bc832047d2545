#pragma once

#include "panecontext.h"

#include <QList>
#include <QObject>
#include <QPointer>
#include <QWidget>

namespace Counterfoil {

class Actions;
class FileWindow;

// Files that somebody opened or dropped on a window, each in a window of its own, at most so many. Owns those
// windows.
class FileWindows final : public QObject
{
    Q_OBJECT
public:
    static constexpr int most = 16;

    FileWindows(PaneContext context, QWidget &window);
    ~FileWindows() override;

    void addActions(Actions &actions);
    void ask(); // which files
    // Comes forward when it is open already. False, and the person is told: too many are open.
    bool open(const QString &file);
    void closeBelow(const QString &folder);      // what is in it is not there any more; tells the person
    FileWindow *find(const QString &file) const; // nullptr: it is not open

    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    void told(const QString &sentence); // to the person

private:
    void openAll(const QStringList &files);

    const PaneContext m_context;
    QWidget &m_window;
    QList<QPointer<FileWindow>> m_windows;
};

} // namespace Counterfoil
