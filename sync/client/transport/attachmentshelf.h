#pragma once

#include "attachment.h"
#include "documenteffects.h"
#include "outboxentry.h"
#include "profile.h"
#include "random.h"

#include <QHash>
#include <QObject>
#include <QSet>

#include <functional>

namespace Counterfoil {

// The files that somebody puts to what they ask for, below the profile's folder and readable by the owner
// alone: uploads/ holds what is on its way, for as long as the outbox needs it, and attachments/ what was
// looked at since the program began. Lives on a thread of its own and blocks there; what people choose is
// read elsewhere, since it may be anywhere. Calls arrive by queued invocation.
class AttachmentShelf final : public QObject
{
    Q_OBJECT
public:
    static constexpr qint64 mostWaitingBytes = 500LL * 1024 * 1024; // in uploads/

    // The outbox as it is now. What it needs no more goes; of another profile nothing stays open.
    void follow(const QString &directory, const OutboxEntries &entries);
    // Once follow() has told what the outbox lost: of these accounts no other file stays either, and nothing
    // that was looked at.
    void withdraw(const RemoveAccounts &what, const std::function<void(const Outcome &)> &answer);
    void leave(); // nobody is signed in: only what the outbox needs stays

    // A file of the account, to be taken once it is read, or forgotten. refused(): it is not waited for.
    void expect(quint64 number, const QString &directory, const QString &account);
    void take(quint64 number, const QString &name, const QByteArray &bytes);
    void forget(quint64 number); // also when it is taken
    void drop(const QString &upload);

    using Piece = std::function<void(const Result<std::string> &bytes)>;
    void read(const Attachment &file, std::int64_t offset, const Piece &answer);
    void find(const Attachment &file); // here(), with a path below attachments/, notHere() or failed()
    // Here() or failed(). `generation`: as notHere() told; nothing is kept that was asked for with other
    // rights.
    void keep(const Attachment &file, const QByteArray &bytes, quint64 generation);

Q_SIGNALS:
    void taken(quint64 number, const Counterfoil::Attachment &file);
    void refused(quint64 number, const Counterfoil::Error &error);
    void here(const Counterfoil::Attachment &file, const QString &path);
    void notHere(const Counterfoil::Attachment &file, quint64 generation);
    void failed(const Counterfoil::Attachment &file, const Counterfoil::Error &error);
    void gone(const QString &folder); // what was looked at there

private:
    struct Held
    {
        quint64 number = 0;
        QString account;
    };

    Result<Attachment> copied(const QString &name, const QByteArray &bytes);
    template <class Which> void refuseExpected(Which which);
    template <class Which> void removeHeld(Which which);
    Outcome forgetSeen();
    QString path(const char *folder, const Attachment &file) const; // empty: nothing can be called that
    Outcome makeFolder(const char *folder) const;
    Outcome sweep();

    SystemRandom m_random;
    QString m_directory;
    QSet<QString> m_needed;             // file names below uploads/ that the outbox refers to
    QHash<QString, Held> m_held;        // likewise, that a sheet has and no command yet
    QHash<quint64, QString> m_expected; // the accounts of what is being read
    quint64 m_generation = 0;           // raised when what was looked at goes
};

} // namespace Counterfoil
