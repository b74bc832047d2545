#include "wishes.h"

#include <algorithm>

namespace Counterfoil {

Wishes::Wishes(CommandPort &commands, QObject *parent)
    : QObject(parent)
    , m_commands(commands)
{
    connect(&commands, &CommandPort::queued, this, [this](const QString &key) {
        if (!m_wishes.contains(key))
            return;
        const Wish wish = m_wishes.take(key);
        settle(key, wish.target);
        Q_EMIT stored(wish.target);
        Q_EMIT told(wish.saying);
    });
    connect(&commands, &CommandPort::notQueued, this, [this](const QString &key, const Error &error) {
        if (!m_wishes.contains(key))
            return;
        Q_EMIT lost(m_wishes.take(key).target, error.userText);
        Q_EMIT told(error.userText);
    });
}

void Wishes::ask(const Command &command, const QString &saying)
{
    m_wishes.insert(m_commands.submit(command), {QString::fromStdString(command.target), saying});
}

bool Wishes::isUnderWay(const std::string &target) const
{
    return std::ranges::any_of(m_wishes, [wanted = QString::fromStdString(target)](const Wish &wish) {
        return wish.target == wanted;
    });
}

void Wishes::settle(const QString &key, const QString &target)
{
    const OutboxEntries entries = m_commands.entries();
    for (const OutboxEntry &entry : *entries) {
        if (entry.command.target == target.toStdString() && entry.needsDecision()
            && entry.command.key != key.toStdString())
            m_commands.dismiss(QString::fromStdString(entry.command.key));
    }
}

} // namespace Counterfoil
