#include "actions.h"

#include <QAction>
#include <QRegularExpression>
#include <QWidget>

#include <algorithm>
#include <utility>

namespace Counterfoil {

Actions::Actions(QWidget &window)
    : QObject(&window)
    , m_window(window)
{ }

QAction *Actions::add(const QString &id, const QString &group, const QString &text,
                      const QList<QKeySequence> &shortcuts, std::function<void()> run)
{
    auto *action = new QAction(text, &m_window);
    action->setShortcuts(shortcuts);
    connect(action, &QAction::triggered, this, [run = std::move(run)] { run(); });
    m_window.addAction(action);
    adopt(id, group, action);
    return action;
}

void Actions::adopt(const QString &id, const QString &group, QAction *action)
{
    action->setObjectName(id);
    if (!action->shortcut().isEmpty())
        action->setToolTip(tr("%1 (%2)", "name of an action and its key")
                               .arg(action->text(), action->shortcut().toString(QKeySequence::NativeText)));
    connect(action, &QObject::destroyed, this,
            [this, action] { m_entries.removeIf([action](const Entry &e) { return e.action == action; }); });
    m_entries.append({id, group, action});
}

QAction *Actions::find(const QString &id) const
{
    QAction *hidden = nullptr;
    for (const Entry &entry : m_entries) {
        if (entry.id != id)
            continue;
        if (entry.action->isVisible())
            return entry.action;
        hidden = entry.action;
    }
    return hidden;
}

QList<QAction *> Actions::matching(const QString &words) const
{
    static const QRegularExpression spaces(QStringLiteral("\\s+"));
    const QStringList wanted = words.split(spaces, Qt::SkipEmptyParts);
    QList<QAction *> found;
    for (const Entry &entry : m_entries) {
        if (!entry.action->isEnabled() || !entry.action->isVisible())
            continue;
        const QStringList has = entry.action->text().split(spaces, Qt::SkipEmptyParts);
        const bool all = std::all_of(wanted.begin(), wanted.end(), [&has](const QString &want) {
            return std::any_of(has.begin(), has.end(), [&want](const QString &word) {
                return word.startsWith(want, Qt::CaseInsensitive);
            });
        });
        if (all)
            found.append(entry.action);
    }
    return found;
}

} // namespace Counterfoil
