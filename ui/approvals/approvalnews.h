#pragma once

#include "approval.h"
#include "askflag.h"
#include "result.h"

#include <QObject>
#include <QStringList>

namespace Counterfoil {

class CacheReader;
class CacheReaders;

// Tells whoever asked for approval how it ended, also where that happened while the program was not running.
// GUI thread.
class ApprovalNews final : public QObject
{
    Q_OBJECT
public:
    static constexpr qsizetype waitingMost = 200; // that are followed, the newest

    // `user` is the sign-in name; `waiting` what waited when waiting() was asked last.
    ApprovalNews(CacheReaders &readers, const QString &user, const QStringList &waiting,
                 QObject *parent = nullptr);

    QStringList waiting() const { return m_waiting; } // keys of this person's approvals, to be kept

    static QString sentenceOf(const Approval &approval); // of one that does not wait any more; may be empty

Q_SIGNALS:
    void waitingChanged();
    void told(const QString &sentence);

private:
    struct News
    {
        QStringList waiting;
        std::vector<Approval> ended;
    };
    static Result<News> read(CacheReader &reader, const std::string &user, const QStringList &waited);
    void look();

    CacheReaders &m_readers;
    const std::string m_user;
    QStringList m_waiting;
    AskFlag m_asking;
    bool m_again = false;
};

} // namespace Counterfoil
