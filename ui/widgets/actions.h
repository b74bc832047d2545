#pragma once

#include <QKeySequence>
#include <QList>
#include <QObject>
#include <QString>

#include <functional>

class QAction;
class QWidget;

namespace Counterfoil {

// All that can be done in one window. An action added here has a name, works by its shortcut, and is
// found in the palette and on the sheet of keys, because both are drawn from this list.
class Actions final : public QObject
{
    Q_OBJECT
public:
    struct Entry
    {
        QString id;    // stable, for settings and tests: "list.filter"
        QString group; // as the sheet of keys heads it
        QAction *action;
    };

    explicit Actions(QWidget &window);

    // The first shortcut is the one shown. Owned by the window.
    QAction *add(const QString &id, const QString &group, const QString &text,
                 const QList<QKeySequence> &shortcuts, std::function<void()> run);

    // Lists an action that a part of the window owns, with the keys it has there. It leaves the list when
    // it is destroyed. Parts of which one is seen at a time may have the same: the visible action counts.
    void adopt(const QString &id, const QString &group, QAction *action);

    const QList<Entry> &entries() const { return m_entries; }
    QAction *find(const QString &id) const; // the visible one, if there are several; nullptr: there is none

    // Enabled actions of whose names each word typed begins a word; all for no words.
    QList<QAction *> matching(const QString &words) const;

private:
    QWidget &m_window;
    QList<Entry> m_entries;
};

} // namespace Counterfoil
