// The part of the clerk that has goods taken back; see the module's returns.py.
#include "account.h"
#include "codec.h"
#include "contact.h"
#include "message.h"
#include "note.h"
#include "order.h"
#include "return.h"
#include "trytonclerk.h"
#include "trytondeeds.h"

#include <algorithm>

namespace Counterfoil {

namespace {

using TrytonDeeds::answerOf;
using TrytonDeeds::applied;
using TrytonDeeds::conflict;
using TrytonDeeds::text;

// Of a return, what Tryton has no place for.
Return ownPart(const Return &from)
{
    Return own;
    own.requestedBy = from.requestedBy;
    own.decidedBy = from.decidedBy;
    own.outcome = from.outcome;
    own.comment = from.comment;
    own.refusal = from.refusal;
    own.lines = from.lines;
    own.answers = from.answers;
    own.attachments = from.attachments;
    return own;
}

std::optional<Objection> objectionToTerms(const Return &wanted)
{
    if (wanted.outcome != ReturnOutcome::credit)
        return Objection{"outcome", "The supplier’s system credits what comes back, and does nothing else."};
    if (std::ranges::any_of(wanted.lines, [](const ReturnLine &line) { return line.feeBasisPoints != 0; }))
        return Objection{"fee", "The supplier’s system keeps no restocking fee. Leave it at 0."};
    return std::nullopt;
}

std::optional<Objection> objectionTo(const Return &wanted)
{
    if (wanted.lines.empty())
        return Objection{"no-lines", "Nothing is to come back. Choose at least one line."};
    if (wanted.lines.size() > mostReturnLines)
        return Objection{"too-many-lines", "These are more lines than one return takes. Make several."};
    if (auto objection = objectionToTerms(wanted))
        return objection;
    const std::string &reason = wanted.lines.front().reason;
    if (std::ranges::any_of(wanted.lines, [&](const ReturnLine &line) { return line.reason != reason; })) {
        return Objection{
            "one-reason",
            "The supplier’s system keeps one reason for each return. Make one return for each of "
            "them."};
    }
    return std::nullopt;
}

QJsonArray quantities(const Return &of, Decimal ReturnLine::*which)
{
    QJsonArray lines;
    for (const ReturnLine &line : of.lines) {
        lines.append(QJsonArray{static_cast<qint64>(line.orderLine), text((line.*which).toString())});
    }
    return lines;
}

QString wordsOf(const Return &wanted)
{
    QString words = text(wanted.comment);
    for (const ReturnLine &line : wanted.lines) {
        if (!line.comment.empty())
            words += QStringLiteral("\n%1: %2").arg(text(line.sku), text(line.comment));
    }
    return words;
}

} // namespace

std::vector<NotOffered> TrytonClerk::notOffered()
{
    const auto name = [](const RecordType &kind) { return std::string(kind.name); };
    return {
        {"save",
         name(Account::type),
         {},
         "Which addresses are the usual ones, the supplier’s own people change."},
        {"save",
         name(Order::type),
         {},
         "Orders that were placed, the supplier’s own people change. Call them."},
        {"retire",
         name(Order::type),
         {},
         "Orders that were placed, the supplier’s own people cancel. Call them."},
        {"save",
         name(Message::type),
         {},
         "The supplier’s system keeps no messages about returns. Call the supplier."},
        {"save", name(Note::type), {}, "The supplier’s system keeps no notes about customers here."},
        {"save", name(Contact::type), "role", "The supplier’s system keeps no role of a contact."},
        {"save", name(Contact::type), "department",
         "The supplier’s system keeps no department of a contact."},
        {"save", name(Address::type), "phone",
         "The supplier’s system keeps no telephone number with an address. Make a contact of it."},
    };
}

TrytonClerk::Attempt TrytonClerk::changeReturn(const Deed &deed, const std::optional<Stored> &stored)
{
    const Command &command = deed.command;
    if (command.verb == "request")
        return stored ? Attempt(std::optional(
                   rejected({"return-requested", "This return was asked for already. Make another one."})))
                      : request(deed, *command.record.as<Return>());
    const Return &before = *stored->record.as<Return>();
    if (before.status != ReturnStatus::requested)
        return std::optional(rejected(TrytonDeeds::returnIsDecided));
    if (command.verb == "retire") {
        return finish(m_session.call(QStringLiteral("model.counterfoil.command.withdraw_return"),
                                     {text(command.key), deed.ticket, deed.actor,
                                      static_cast<qint64>(stored->id), stored->timestamp}));
    }
    if (!command.base.isNull() && !equalEditable(Return::type, &before, command.base.data()))
        return conflict(command.target, command.baseVersion + 1, stored->record);
    Return decided = before;
    copyEditable(Return::type, command.record.data(), &decided);
    if (const auto objection = objectionToTerms(decided))
        return std::optional(rejected(*objection));
    decided.decidedBy = deed.actor.toStdString();
    return finish(m_session.call(QStringLiteral("model.counterfoil.command.decide_return"),
                                 {text(command.key), deed.ticket, deed.actor, static_cast<qint64>(stored->id),
                                  stored->timestamp, text(encode(ownPart(decided))),
                                  quantities(decided, &ReturnLine::authorised)}));
}

TrytonClerk::Attempt TrytonClerk::request(const Deed &deed, const Return &wanted)
{
    if (const auto objection = objectionTo(wanted))
        return std::optional(rejected(*objection));
    Return own = ownPart(wanted);
    own.requestedBy = deed.actor.toStdString();
    const QJsonObject wish{
        {QStringLiteral("party"), static_cast<qint64>(trytonId(deed.command.account))},
        {QStringLiteral("sale"), static_cast<qint64>(trytonId(wanted.order))},
        {QStringLiteral("type"), static_cast<qint64>(trytonId(wanted.lines.front().reason))},
        {QStringLiteral("text"), wordsOf(wanted)},
        {QStringLiteral("lines"), quantities(wanted, &ReturnLine::quantity)},
        {QStringLiteral("body"), text(encode(own))}};
    return finish(m_session.call(QStringLiteral("model.counterfoil.command.request_return"),
                                 {text(deed.command.key), deed.ticket, deed.actor, wish}));
}

TrytonClerk::Attempt TrytonClerk::finish(const Result<QJsonValue> &done)
{
    if (!done)
        return answerOf(done.error());
    const QJsonArray ids = done->toArray();
    return ids.isEmpty() ? std::nullopt : applied(ids.at(0).toInteger());
}

} // namespace Counterfoil
