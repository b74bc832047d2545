#pragma once

#include "address.h"
#include "attachmentport.h"
#include "clock.h"
#include "commandport.h"
#include "outboxfile.h"
#include "peopleport.h"
#include "quoteport.h"

#include <QSet>
#include <QTemporaryDir>

#include <functional>

// What a person asks for, without a network: a real outbox that the test plays the gateway to.
namespace Counterfoil {

// A real outbox in a folder of its own; answers as the program's port does, from the event loop.
class FileCommandPort final : public CommandPort
{
    Q_OBJECT
public:
    explicit FileCommandPort(const Clock &clock);

    OutboxEntries entries() const override { return m_file->entries(); }
    QString submit(const Command &command) override;
    QString resubmit(const QString &key, const Command &changed) override;
    void retryNow(const QString &key) override { retried.append(key); }
    void cancel(const QString &key) override;
    void dismiss(const QString &key) override;

    // What comes from the gateway, or becomes of the way there.
    void send(const QString &key);
    void fail(const QString &key, const Error &error);
    void tell(const CommandOutcome &outcome);
    void conflict(const QString &key, const AnyRecord &theirs, std::int64_t version = 7);
    void reject(const QString &key, const std::string &code, const std::string &reason,
                const std::vector<CartDifference> &differences = {});
    void withdraw(const std::string &account);

    const OutboxEntry *find(const QString &key) const; // until the entries change

    std::optional<Error> refusing; // answers what is submitted with it, and stores nothing
    QStringList retried;

private:
    QString answer(const QString &key, const Outcome &outcome);
    void note(const Outcome &outcome);

    QTemporaryDir m_dir;
    const Clock &m_clock;
    SystemRandom m_random;
    std::unique_ptr<OutboxFile> m_file;
};

// Some people of the administrator's; takes every change and answers from the event loop.
class SetPeoplePort final : public PeoplePort
{
    Q_OBJECT
public:
    void list() override;
    void invite(const Member &who) override;
    void change(const Member &who) override;
    void changePassword(const QString &now, const QString &next) override;

    QList<Member> members;
    QString password = QStringLiteral("s");
    std::optional<Error> refusing;

private:
    void later(std::function<void()> answer);
};

// An ERP that has everything at the price the test sets, until told otherwise; answers from the event loop.
class SetQuotePort final : public QuotePort
{
    Q_OBJECT
public:
    quint64 ask(const QuoteRequest &request) override;
    void forget(quint64 number) override { m_forgotten.insert(number); }

    bool isForgotten(int turn) const { return m_forgotten.contains(static_cast<quint64>(turn)); } // from 1

    QList<QuoteRequest> asked;
    std::function<void(Quote &)> answering; // changes what is answered
    std::optional<Error> refusing;

private:
    quint64 m_last = 0;
    QSet<quint64> m_forgotten;
};

// Takes every file as a photo of four bytes, until told otherwise; answers from the event loop.
class SetAttachmentPort final : public AttachmentPort
{
    Q_OBJECT
public:
    quint64 add(const QString &file, const QString &account) override;
    quint64 add(const QString &name, const QByteArray &bytes, const QString &account) override;
    void forget(quint64 number) override { forgotten.append(number); }
    void drop(const QString &upload) override { dropped.append(upload); }
    void want(const Attachment &file) override { wanted.append(QString::fromStdString(file.upload)); }

    void finish(); // what is copied slowly

    bool slow = false;
    QList<quint64> forgotten;
    QStringList accounts; // of what was added, in order
    QStringList dropped;  // uploads
    QStringList wanted;
    QByteArray pasted;
    std::optional<Error> refusing;

private:
    QList<std::function<void()>> m_slow;
    quint64 m_last = 0;
};

// An address of account "a1", and a wish to change it from `base` to `record`.
AnyRecord dockAddress(const std::function<void(Address &)> &change = {});
Command changeOfDock(const AnyRecord &record);

} // namespace Counterfoil
