#pragma once

#include "attachment.h"
#include "outboxentry.h"
#include "profile.h"
#include "random.h"

#include <QHash>
#include <QIODevice>
#include <QObject>
#include <QSet>

#include <functional>

namespace Counterfoil {

// The files that somebody puts to what they ask for, below the profile's folder and readable by the owner
// alone: uploads/ holds what is on its way, for as long as the outbox needs it, and attachments/ what was
// looked at since the program began. Lives on a thread of its own, since the files that people choose may be
// anywhere; blocks there. Calls arrive by queued invocation.
class AttachmentShelf final : public QObject
{
    Q_OBJECT
public:
    static constexpr qint64 mostWaitingBytes = 500LL * 1024 * 1024; // in uploads/

    // The outbox as it is now. What it needs no more goes; of another profile nothing stays open.
    void follow(const QString &directory, const OutboxEntries &entries);
    void forgetSeen(); // nothing that was looked at stays: rights have changed

    void take(quint64 number, const QString &directory, const QString &path);
    void takeBytes(quint64 number, const QString &directory, const QString &name, const QByteArray &bytes);
    void drop(const QString &upload);

    using Piece = std::function<void(const Result<std::string> &bytes)>;
    void read(const Attachment &file, std::int64_t offset, const Piece &answer);
    void find(const Attachment &file);                          // here() or notHere()
    void keep(const Attachment &file, const QByteArray &bytes); // here() or failed()

Q_SIGNALS:
    void taken(quint64 number, const Counterfoil::Attachment &file);
    void refused(quint64 number, const Counterfoil::Error &error);
    void here(const Counterfoil::Attachment &file, const QString &path);
    void notHere(const Counterfoil::Attachment &file);
    void failed(const Counterfoil::Attachment &file, const Counterfoil::Error &error);

private:
    Result<Attachment> copied(const QString &directory, const QString &name, QIODevice &from);
    QString path(const char *folder, const Attachment &file) const; // empty: nothing can be called that
    Outcome makeFolder(const char *folder) const;
    void sweep();

    SystemRandom m_random;
    QString m_directory;
    QSet<QString> m_needed; // file names below uploads/ that the outbox refers to
    QSet<QString> m_held;   // likewise, that a sheet has and no command yet
};

} // namespace Counterfoil
