#pragma once

#include "commandport.h"

#include <QHash>
#include <QObject>

namespace Counterfoil {

// What is handed to the outbox and not stored yet: nothing is said to be queued before it is, and nothing is
// asked for twice because a key was pressed twice. GUI thread.
class Wishes final : public QObject
{
    Q_OBJECT
public:
    // `commands` outlives this.
    explicit Wishes(CommandPort &commands, QObject *parent = nullptr);

    // told() says `saying` once it is stored; or why it is not, after lost(). What became of the record's
    // last wish, and was still to be decided on, is then settled by this one.
    void ask(const Command &command, const QString &saying);
    bool isUnderWay(const std::string &target) const; // asked for, and not in the outbox yet

Q_SIGNALS:
    void stored(const QString &target);
    void lost(const QString &target, const QString &why);
    void told(const QString &sentence);

private:
    struct Wish
    {
        QString target;
        QString saying;
    };
    void settle(const QString &key, const QString &target);

    CommandPort &m_commands;
    QHash<QString, Wish> m_wishes; // by the key of the command
};

} // namespace Counterfoil
