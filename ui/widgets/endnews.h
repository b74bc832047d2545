#pragma once

#include "askflag.h"
#include "fieldtable.h"
#include "result.h"

#include <QObject>
#include <QStringList>

#include <functional>

namespace Counterfoil {

class CacheReader;
class CacheReaders;

// Tells whoever asked for something how it ended, also where that happened while the program was not running.
// GUI thread.
class EndNews final : public QObject
{
    Q_OBJECT
public:
    static constexpr qsizetype waitingMost = 200; // that are followed, the newest

    // Of one that does not wait any more; empty: nothing is to be said.
    using Sentence = std::function<QString(const AnyRecord &record)>;

    // `kind` has the fields open and requestedBy. `user` is the sign-in name; `waiting` what waited when
    // waiting() was asked last.
    EndNews(CacheReaders &readers, const RecordType &kind, const QString &user, const QStringList &waiting,
            Sentence sentence, QObject *parent = nullptr);

    QStringList waiting() const { return m_waiting; } // keys of what this person asked for, to be kept

Q_SIGNALS:
    void waitingChanged();
    void told(const QString &sentence);

private:
    struct News
    {
        QStringList waiting;
        std::vector<AnyRecord> ended;
    };
    static Result<News> read(CacheReader &reader, const RecordType &kind, const std::string &user,
                             const QStringList &waited);
    void look();
    void tell(const std::vector<AnyRecord> &ended);

    CacheReaders &m_readers;
    const RecordType &m_kind;
    const std::string m_user;
    const Sentence m_sentence;
    QStringList m_waiting;
    AskFlag m_asking;
    bool m_again = false;
};

} // namespace Counterfoil
