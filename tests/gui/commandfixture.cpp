#include "commandfixture.h"

#include "exactvalue.h"

#include <algorithm>

namespace Counterfoil {

FileCommandPort::FileCommandPort(const Clock &clock)
    : m_clock(clock)
{
    auto file = OutboxFile::open(m_dir.filePath(QStringLiteral("outbox.sqlite")));
    if (!file)
        qFatal("the outbox cannot be made: %s", qPrintable(file.error().detail));
    m_file = std::move(*file);
}

QString FileCommandPort::answer(const QString &key, const Outcome &outcome)
{
    QMetaObject::invokeMethod(
        this,
        [this, key, outcome] {
            if (outcome) {
                Q_EMIT entriesChanged();
                Q_EMIT queued(key);
            } else {
                Q_EMIT notQueued(key, outcome.error());
            }
        },
        Qt::QueuedConnection);
    return key;
}

void FileCommandPort::note(const Outcome &outcome)
{
    if (!outcome)
        qFatal("the outbox did not take it: %s", qPrintable(outcome.error().detail));
    Q_EMIT entriesChanged();
}

QString FileCommandPort::submit(const Command &command)
{
    Command made = command;
    made.key = m_random.uuid();
    made.madeAt = m_clock.now();
    return answer(QString::fromStdString(made.key), refusing ? Outcome(*refusing) : m_file->submit(made));
}

QString FileCommandPort::resubmit(const QString &key, const Command &changed)
{
    Command made = changed;
    made.key = m_random.uuid();
    made.madeAt = m_clock.now();
    return answer(QString::fromStdString(made.key),
                  refusing ? Outcome(*refusing) : m_file->resubmit(key.toStdString(), made, m_random));
}

void FileCommandPort::cancel(const QString &key)
{
    note(m_file->cancel(key.toStdString(), m_clock.now()));
}

void FileCommandPort::dismiss(const QString &key)
{
    note(m_file->dismiss(key.toStdString(), m_clock.now()));
}

void FileCommandPort::send(const QString &key)
{
    note(m_file->willSend(key.toStdString(), m_clock.now()));
}

void FileCommandPort::fail(const QString &key, const Error &error)
{
    note(m_file->attemptFailed(key.toStdString(), error, m_clock.now()));
}

void FileCommandPort::tell(const CommandOutcome &outcome)
{
    note(m_file->told(outcome, m_clock.now()));
}

void FileCommandPort::conflict(const QString &key, const AnyRecord &theirs, std::int64_t version)
{
    send(key);
    CommandOutcome outcome{key.toStdString(), CommandOutcome::State::Conflict};
    outcome.target = "ad1";
    outcome.theirVersion = version;
    outcome.theirs = theirs;
    tell(outcome);
}

void FileCommandPort::reject(const QString &key, const std::string &code, const std::string &reason,
                             const std::vector<CartDifference> &differences)
{
    send(key);
    CommandOutcome outcome{key.toStdString(), CommandOutcome::State::Rejected};
    outcome.reasonCode = code;
    outcome.reason = reason;
    outcome.differences = differences;
    tell(outcome);
}

void FileCommandPort::withdraw(const std::string &account)
{
    note(m_file->withdraw({account}, m_clock.now()));
}

const OutboxEntry *FileCommandPort::find(const QString &key) const
{
    const auto &all = *m_file->entries();
    const auto found = std::ranges::find_if(
        all, [&key](const OutboxEntry &entry) { return entry.command.key == key.toStdString(); });
    return found == all.end() ? nullptr : &*found;
}

void SetPeoplePort::later(std::function<void()> answer)
{
    QMetaObject::invokeMethod(
        this,
        [this, answer = std::move(answer)] {
            if (refusing)
                Q_EMIT failed(*refusing);
            else
                answer();
        },
        Qt::QueuedConnection);
}

void SetPeoplePort::list()
{
    later([this] { Q_EMIT listed(members); });
}

void SetPeoplePort::invite(const Member &who)
{
    later([this, who] {
        members.append(who);
        members.last().invited = true;
        Q_EMIT invited(members.last(), QStringLiteral("correct-horse-7"));
    });
}

void SetPeoplePort::change(const Member &who)
{
    later([this, who] {
        for (Member &member : members) {
            if (member.user == who.user)
                member = who;
        }
        Q_EMIT changed(who);
    });
}

void SetPeoplePort::changePassword(const QString &now, const QString &next)
{
    later([this, now, next] {
        if (now != password) {
            Q_EMIT failed({ErrorKind::Forbidden, QStringLiteral("The password is wrong. Type it again.")});
            return;
        }
        password = next;
        Q_EMIT passwordChanged();
    });
}

quint64 SetAttachmentPort::add(const QString &file, const QString &account)
{
    accounts.append(account);
    const quint64 number = ++m_last;
    const auto answer = [this, number, name = file.section(u'/', -1)] {
        if (refusing) {
            Q_EMIT refused(number, *refusing);
            return;
        }
        Attachment made;
        made.upload = "u-" + std::to_string(number);
        made.name = name.toStdString();
        made.mediaType = "image/jpeg";
        made.bytes = 4;
        made.sha256 = std::string(64, 'a');
        Q_EMIT taken(number, made);
    };
    if (slow)
        m_slow.append(answer);
    else
        QMetaObject::invokeMethod(this, answer, Qt::QueuedConnection);
    return number;
}

void SetAttachmentPort::finish()
{
    for (const auto &answer : std::exchange(m_slow, {}))
        answer();
}

quint64 SetAttachmentPort::add(const QString &name, const QByteArray &bytes, const QString &account)
{
    pasted = bytes;
    return add(name, account);
}

quint64 SetQuotePort::ask(const QuoteRequest &request)
{
    asked.append(request);
    Quote quote;
    quote.account = request.account;
    quote.currency = "GBP";
    quote.at = Instant{1'795'248'720'000};
    for (const QuoteWish &wish : request.lines) {
        QuoteLine line;
        line.lineNumber = wish.lineNumber;
        line.sku = wish.sku;
        line.unit = "each";
        line.quantity = line.inStock = line.available = wish.quantity;
        line.possible = true;
        line.unitPrice = Decimal::fromInteger(2);
        line.net = extended(line.quantity, line.unitPrice, 2);
        quote.net += line.net;
        quote.lines.push_back(line);
    }
    quote.total = quote.net;
    if (answering)
        answering(quote);
    const quint64 number = ++m_last;
    QMetaObject::invokeMethod(
        this,
        [this, number, quote, error = refusing] {
            if (m_forgotten.contains(number))
                return;
            error ? failed(number, *error) : answered(number, quote);
        },
        Qt::QueuedConnection);
    return number;
}

AnyRecord dockAddress(const std::function<void(Address &)> &change)
{
    auto address = std::make_shared<Address>();
    address->key = "ad1";
    address->account = "a1";
    address->name = "Dock 4";
    address->attention = "Goods in";
    address->street = "Unit 4\nTemple Quay";
    address->city = "Bristol";
    address->postalCode = "BS1 6FL";
    address->country = "GB";
    address->phone = "0117 496 0100";
    address->shipTo = true;
    address->status = "confirmed";
    if (change)
        change(*address);
    return AnyRecord(address);
}

Command changeOfDock(const AnyRecord &record)
{
    Command command;
    command.verb = "save";
    command.kind = &Address::type;
    command.account = "a1";
    command.target = "ad1";
    command.baseVersion = 5;
    command.base = dockAddress();
    command.record = record;
    return command;
}

} // namespace Counterfoil
