#pragma once

#include "attachmentport.h"
#include "returncase.h"
#include "station.h"

#include <QCryptographicHash>
#include <QFile>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <set>

namespace Counterfoil {

// Rules by which whatever was delivered may come back; `fee` of what was ordered in surplus, such as "15%".
inline QByteArray returnTerms(const QByteArray &fee)
{
    return R"([[returns.terms]]
name = "Standard terms"
for = ["everybody"]
instructions = "Put this number on every parcel."
return-to = "Meridian Trade Supply, Returns\nYork"
  [[returns.terms.reason]]
  code = "wrong-sent"
  label = "You sent the wrong item"
  outcomes = ["credit", "replacement"]
  label-paid = true
    [[returns.terms.reason.question]]
    code = "received"
    text = "Which item did you get instead?"
    kind = "text"
    required = true
  [[returns.terms.reason]]
  code = "damaged"
  label = "Arrived damaged"
  outcomes = ["credit", "replacement"]
  needs-attachment = true
  even-excluded = true
    [[returns.terms.reason.question]]
    code = "packing"
    text = "How did the packing look?"
    kind = "choice"
    choices = ["Undamaged", "Torn open", "Wet"]
    required = true
  [[returns.terms.reason]]
  code = "surplus"
  label = "Ordered too much"
  window-days = 30
  outcomes = ["credit"]
  fee = ")"
        + fee + R"("
[[returns.route]]
role = "csr"
to = "Returns desk, York"
)";
}

inline bool writeTerms(const QString &path, const QByteArray &fee)
{
    QFile file(path);
    const QByteArray terms = returnTerms(fee);
    return file.open(QIODevice::WriteOnly) && file.write(terms) == terms.size();
}

// An order of which so many units of a line may come back.
struct ReturnOffer
{
    ReturnCase about;
    ReturnableLine line;
};

inline std::optional<ReturnCase> returnCaseOf(const Station &station, const std::string &order)
{
    CacheReader reader(station.client->profile().cachePath());
    const auto about = ReturnCase::read(reader, {&Order::type, order});
    return about ? *about : std::nullopt;
}

inline constexpr Decimal dearest{1'000 * Decimal::one}; // so that a rep alone may decide

// One of which nothing came back yet, and that is not among `used`.
inline std::optional<ReturnOffer> returnOffer(const Station &station, const std::string &reason, int units,
                                              const std::set<std::string> &used = {})
{
    const auto orders = station.all(Order::type);
    for (std::size_t i = 0; orders && i < orders->size(); ++i) {
        const std::string &key = (*orders)[i].record.as<Order>()->key;
        const auto about = used.contains(key) ? std::nullopt : returnCaseOf(station, key);
        if (!about || !about->returns.empty())
            continue;
        for (const ReturnableLine &line : returnableLines(about->facts(SystemClock().now()), reason)) {
            const auto ordered
                = std::ranges::find(about->order.lines, line.orderLine, &OrderLine::lineNumber);
            if (line.returnable >= Decimal::fromInteger(units) && ordered->unitPrice < dearest)
                return ReturnOffer{*about, line};
        }
    }
    return std::nullopt;
}

inline std::string answerTo(const ReturnQuestion &question)
{
    if (question.kind == "flag")
        return "no";
    if (question.kind == "choice")
        return question.choices.substr(0, question.choices.find('\n'));
    return question.kind == "date" ? "2026-11-02" : question.kind == "number" ? "3" : "It hums.";
}

// As a window fills it in: so many of an order's line, with what that is expected to come to.
inline Return wantedOf(const ReturnCase &about, std::int64_t line, Decimal units, const std::string &reason)
{
    const ReturnFacts facts = about.facts(SystemClock().now());
    const ReturnReason *why = facts.rules->findReason(reason);
    Return wanted;
    wanted.account = about.order.account;
    wanted.order = about.order.key;
    wanted.currency = about.order.currency;
    wanted.outcome = why->outcomes.substr(0, why->outcomes.find(' '));
    ReturnLine &first = wanted.lines.emplace_back();
    first.lineNumber = 1;
    first.orderLine = line;
    first.quantity = units;
    first.reason = reason;
    first.feeBasisPoints = why->feeBasisPoints;
    for (const ReturnQuestion *question : facts.rules->questionsOf(reason))
        wanted.answers.push_back({1, question->code, answerTo(*question)});
    setExpected(wanted, creditParts(wanted, facts, ReturnQuantity::Requested));
    return wanted;
}

inline QString digestOf(const QString &path)
{
    QFile file(path);
    QCryptographicHash hash(QCryptographicHash::Sha256);
    return file.open(QIODevice::ReadOnly) && hash.addData(&file) ? QString::fromLatin1(hash.result().toHex())
                                                                 : QString();
}

// Of so many bytes, not all alike, so that a piece in the wrong place is noticed.
inline QString fileIn(const QTemporaryDir &folder, const QString &name, const QByteArray &head, qint64 bytes)
{
    QFile made(folder.filePath(name));
    if (!made.open(QIODevice::WriteOnly))
        return {};
    made.write(head);
    for (qint64 i = made.pos(); i < bytes; i += 8)
        made.write(reinterpret_cast<const char *>(&i), 8);
    return made.fileName();
}

// What becomes of a file that somebody adds; nothing: it is not taken, and why.
inline std::optional<Attachment> added(const Station &station, const QString &path, QString *why = nullptr)
{
    constexpr int patienceMs = 20'000;
    AttachmentPort &port = station.client->attachments();
    QSignalSpy taken(&port, &AttachmentPort::taken);
    QSignalSpy refused(&port, &AttachmentPort::refused);
    port.add(path, QString());
    if (!QTest::qWaitFor([&] { return !taken.isEmpty() || !refused.isEmpty(); }, patienceMs))
        return std::nullopt;
    if (why && !refused.isEmpty())
        *why = refused[0][1].value<Error>().userText;
    return taken.isEmpty() ? std::nullopt : std::optional(taken[0][1].value<Attachment>());
}

} // namespace Counterfoil
