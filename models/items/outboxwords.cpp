#include "outboxwords.h"

#include "account.h"
#include "address.h"
#include "approval.h"
#include "cart.h"
#include "contact.h"
#include "display.h"
#include "message.h"
#include "note.h"
#include "order.h"
#include "return.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace Counterfoil {

namespace {

using State = OutboxEntry::State;

QString tr(const char *text)
{
    return QCoreApplication::translate("OutboxWords", text);
}

const OutboxEntry *find(const std::vector<OutboxEntry> &all, std::string_view key)
{
    const auto found
        = std::ranges::find_if(all, [key](const OutboxEntry &e) { return e.command.key == key; });
    return found == all.end() ? nullptr : &*found;
}

// The first of what it depends on that stands in a state that `is` picks.
template <class Is>
const OutboxEntry *dependencyOf(const OutboxEntry &entry, const std::vector<OutboxEntry> &all, Is is)
{
    for (const std::string &key : dependencies(entry.command)) {
        const OutboxEntry *found = find(all, key);
        if (found && is(*found))
            return found;
    }
    return nullptr;
}

// "Dock 4, Bristol"; empty for who knows neither what it was nor what it is to be.
QString commandName(const Command &command)
{
    const AnyRecord &record = command.record.isNull() ? command.base : command.record;
    if (record.isNull())
        return {};
    QStringList parts;
    for (const char *part : {"name", "city"}) {
        const Field *field = record.type().find(part);
        if (field && !field->in<std::string>(record.data()).empty())
            parts.append(Display::text(field->in<std::string>(record.data())));
    }
    return parts.join(QStringLiteral(", "));
}

struct Phrase
{
    const char *verb;
    const RecordType *kind;
    bool makesNew;
    const char *named;
    const char *unnamed;
};

const Phrase phrases[] = {
    {"save", &Address::type, true, QT_TRANSLATE_NOOP("OutboxWords", "Add the address %1"),
     QT_TRANSLATE_NOOP("OutboxWords", "Add an address")},
    {"save", &Address::type, false, QT_TRANSLATE_NOOP("OutboxWords", "Change the address %1"),
     QT_TRANSLATE_NOOP("OutboxWords", "Change an address")},
    {"retire", &Address::type, false, QT_TRANSLATE_NOOP("OutboxWords", "Retire the address %1"),
     QT_TRANSLATE_NOOP("OutboxWords", "Retire an address")},
    {"save", &Contact::type, true, QT_TRANSLATE_NOOP("OutboxWords", "Add the contact %1"),
     QT_TRANSLATE_NOOP("OutboxWords", "Add a contact")},
    {"save", &Contact::type, false, QT_TRANSLATE_NOOP("OutboxWords", "Change the contact %1"),
     QT_TRANSLATE_NOOP("OutboxWords", "Change a contact")},
    {"retire", &Contact::type, false, QT_TRANSLATE_NOOP("OutboxWords", "Retire the contact %1"),
     QT_TRANSLATE_NOOP("OutboxWords", "Retire a contact")},
    {"save", &Cart::type, true, QT_TRANSLATE_NOOP("OutboxWords", "Make the cart %1"),
     QT_TRANSLATE_NOOP("OutboxWords", "Make a cart")},
    {"save", &Cart::type, false, QT_TRANSLATE_NOOP("OutboxWords", "Change the cart %1"),
     QT_TRANSLATE_NOOP("OutboxWords", "Change a cart")},
    {"retire", &Cart::type, false, QT_TRANSLATE_NOOP("OutboxWords", "Put away the cart %1"),
     QT_TRANSLATE_NOOP("OutboxWords", "Put away a cart")},
    {"place", &Cart::type, false, QT_TRANSLATE_NOOP("OutboxWords", "Place the order of the cart %1"),
     QT_TRANSLATE_NOOP("OutboxWords", "Place an order")},
    {"save", &Order::type, false, QT_TRANSLATE_NOOP("OutboxWords", "Change the order %1"),
     QT_TRANSLATE_NOOP("OutboxWords", "Change a placed order")},
    {"retire", &Order::type, false, QT_TRANSLATE_NOOP("OutboxWords", "Cancel the order %1"),
     QT_TRANSLATE_NOOP("OutboxWords", "Cancel a placed order")},
    {"approve", &Approval::type, false, QT_TRANSLATE_NOOP("OutboxWords", "Approve an order"),
     QT_TRANSLATE_NOOP("OutboxWords", "Approve an order")},
    {"refuse", &Approval::type, false, QT_TRANSLATE_NOOP("OutboxWords", "Refuse to approve an order"),
     QT_TRANSLATE_NOOP("OutboxWords", "Refuse to approve an order")},
    {"retire", &Approval::type, false,
     QT_TRANSLATE_NOOP("OutboxWords", "Take back what waits to be approved"),
     QT_TRANSLATE_NOOP("OutboxWords", "Take back what waits to be approved")},
    {"request", &Return::type, true, QT_TRANSLATE_NOOP("OutboxWords", "Ask for a return"),
     QT_TRANSLATE_NOOP("OutboxWords", "Ask for a return")},
    {"decide", &Return::type, false, QT_TRANSLATE_NOOP("OutboxWords", "Decide on the return %1"),
     QT_TRANSLATE_NOOP("OutboxWords", "Decide on a return")},
    {"retire", &Return::type, false, QT_TRANSLATE_NOOP("OutboxWords", "Take the return %1 back"),
     QT_TRANSLATE_NOOP("OutboxWords", "Take a return back")},
    {"save", &Message::type, true, QT_TRANSLATE_NOOP("OutboxWords", "Write about a return"),
     QT_TRANSLATE_NOOP("OutboxWords", "Write about a return")},
    {"save", &Note::type, true, QT_TRANSLATE_NOOP("OutboxWords", "Write an internal note"),
     QT_TRANSLATE_NOOP("OutboxWords", "Write an internal note")},
    {"save", &Account::type, false, QT_TRANSLATE_NOOP("OutboxWords", "Choose the usual addresses"),
     QT_TRANSLATE_NOOP("OutboxWords", "Choose the usual addresses")},
};

// What is left of a withdrawn one does not say whether the record was there before.
QString whatWas(const Command &command)
{
    if (command.kind == &Address::type)
        return command.verb == "retire" ? tr("Retire an address") : tr("Add or change an address");
    if (command.kind == &Contact::type)
        return command.verb == "retire" ? tr("Retire a contact") : tr("Add or change a contact");
    if (command.kind == &Cart::type)
        return command.verb == "place" ? tr("Place an order") : tr("Change a cart");
    if (command.kind == &Order::type)
        return command.verb == "retire" ? tr("Cancel a placed order") : tr("Change a placed order");
    if (command.kind == &Approval::type)
        return tr("Decide on an order that waits to be approved");
    if (command.kind == &Return::type)
        return tr("Ask for a return, or decide on one");
    if (command.kind == &Message::type)
        return tr("Write about a return");
    if (command.kind == &Note::type)
        return tr("Write an internal note");
    return command.kind == &Account::type ? tr("Choose the usual addresses") : tr("Change a record");
}

QString whatOf(const Command &command, const QString &number = {})
{
    const bool makesNew = command.target.empty() && command.after.empty();
    const auto phrase = std::ranges::find_if(phrases, [&](const Phrase &each) {
        return command.verb == each.verb && command.kind == each.kind && makesNew == each.makesNew;
    });
    if (phrase == std::end(phrases))
        return tr("Change a record");
    const QString name = number.isEmpty() ? commandName(command) : number;
    if (name.isEmpty() || !QLatin1String(phrase->named).contains(QLatin1String("%1")))
        return tr(phrase->unnamed);
    return tr(phrase->named).arg(name);
}

QString changesOf(const Command &command)
{
    if (command.record.isNull() || command.base.isNull())
        return {};
    QStringList titles;
    for (const Field &field : command.record.type().fields) {
        if (field.is(Editable) && !equalField(field, command.base.data(), command.record.data()))
            titles.append(QCoreApplication::translate("Field", field.title));
    }
    return titles.join(QStringLiteral(", "));
}

QString quoted(const OutboxEntry &entry)
{
    return tr("“%1”").arg(whatOf(entry.command));
}

// The ERP's own words come first; they may lack the full stop.
QString asSentence(const std::string &words)
{
    QString text = Display::text(words).trimmed();
    if (!text.isEmpty() && !text.back().isPunct())
        text += QLatin1Char('.');
    return text;
}

QString rejection(const CommandOutcome &outcome)
{
    static constexpr struct
    {
        std::string_view code;
        const char *sentence;
    } sentences[] = {
        {RejectionCode::dependency,
         QT_TRANSLATE_NOOP("OutboxWords", "What it builds on was refused, so it was not done either.")},
        {RejectionCode::forbidden,
         QT_TRANSLATE_NOOP("OutboxWords",
                           "Your role does not allow it. Ask an administrator of your account.")},
        {RejectionCode::notFound,
         QT_TRANSLATE_NOOP("OutboxWords", "What it is about is no longer there, or no longer yours to see.")},
        {RejectionCode::malformed,
         QT_TRANSLATE_NOOP("OutboxWords",
                           "The gateway cannot read it: it is newer or older than this program. "
                           "Update the program, then send it again.")},
        {RejectionCode::keyReused,
         QT_TRANSLATE_NOOP("OutboxWords", "The gateway knows it as something else. Send it again.")},
        {RejectionCode::checkFault,
         QT_TRANSLATE_NOOP(
             "OutboxWords",
             "The supplier has it checked first, and the check did not answer; nothing was done. "
             "Send it again later, or call the supplier.")},
        {RejectionCode::fileRefused,
         QT_TRANSLATE_NOOP("OutboxWords",
                           "The gateway does not take a file that goes with it. Leave the file out, or add "
                           "another photo or PDF, then send it again.")},
        {RejectionCode::fileLost,
         QT_TRANSLATE_NOOP("OutboxWords",
                           "A file that goes with it is no longer on this computer. Add it again, then "
                           "send it again.")},
        {RejectionCode::erpFault,
         QT_TRANSLATE_NOOP("OutboxWords",
                           "The supplier's system failed over it, again and again; nothing was done. Send it "
                           "again later, or call the supplier.")},
    };
    const QString reason = asSentence(outcome.reason);
    for (const auto &each : sentences) {
        if (outcome.reasonCode == each.code)
            return reason.isEmpty() ? tr(each.sentence) : tr(each.sentence) + QLatin1Char(' ') + reason;
    }
    return reason.isEmpty() ? tr("The supplier refused it without saying why. Call them, or change it.")
                            : tr("The supplier refused it: %1 Change it, or let it go.").arg(reason);
}

bool isUndecided(const OutboxEntry &entry)
{
    return entry.needsDecision();
}

bool isUnfinished(const OutboxEntry &entry)
{
    return !entry.isFinished();
}

QString heldBecause(const OutboxEntry &entry, const std::vector<OutboxEntry> &all)
{
    if (const OutboxEntry *first = dependencyOf(entry, all, isUndecided))
        return tr("Held, because %1 did not happen. Decide on that first: what you send again instead takes "
                  "this along.")
            .arg(quoted(*first));
    return tr("Held, because what it builds on did not happen. Change it, or let it go.");
}

QString waitsFor(const OutboxEntry &entry, const std::vector<OutboxEntry> &all)
{
    if (const OutboxEntry *first = dependencyOf(entry, all, isUnfinished))
        return tr("It is sent after %1.").arg(quoted(*first));
    return tr("It is sent as soon as the gateway answers.");
}

QString explanationOf(const OutboxEntry &entry, const std::vector<OutboxEntry> &all)
{
    switch (entry.state) {
    case State::Queued:
        return entry.lastError ? entry.lastError->userText : waitsFor(entry, all);
    case State::Sending:
        return entry.lastError ? entry.lastError->userText : QString();
    case State::Received:
        return tr("The gateway has it for good and waits for the supplier's system.");
    case State::Rejected:
        // Why somebody may not decide on an order is the gateway's to say, and no supplier's.
        return entry.command.kind == &Approval::type && !entry.outcome.reason.empty()
            ? asSentence(entry.outcome.reason)
            : rejection(entry.outcome);
    case State::Conflict:
        if (entry.command.verb == "place")
            return tr("Somebody changed the cart in the meantime, so nothing was ordered. Look at it and "
                      "review it again.");
        if (entry.command.verb == "decide")
            return tr("The return changed in the meantime, so nothing was decided. Look at it, and decide "
                      "again.");
        return entry.outcome.theirs.isNull()
            ? tr("It was changed elsewhere in the meantime, so nothing was done.")
            : tr("It was changed elsewhere in the meantime, so nothing was done. Choose what is to count.");
    case State::Held:
        return heldBecause(entry, all);
    case State::Withdrawn:
        return tr("Your access to that account ended before it was sent. It was not sent, and nothing of it "
                  "was kept.");
    case State::Applied:
        return entry.outcome.reason.empty()
            ? QString()
            : tr("It was done otherwise than asked for: %1").arg(asSentence(entry.outcome.reason));
    case State::Cancelled:
        break;
    }
    return {};
}

struct StateFace
{
    const char *words;
    const char *tone;
    const char16_t *symbol;
};

StateFace faceOfState(State state)
{
    switch (state) {
    case State::Queued:
        return {QT_TRANSLATE_NOOP("OutboxWords", "Waiting here"), "neutral", u"◷"};
    case State::Sending:
        return {QT_TRANSLATE_NOOP("OutboxWords", "Sending"), "info", u"➤"};
    case State::Received:
        return {QT_TRANSLATE_NOOP("OutboxWords", "At the gateway"), "info", u"◐"};
    case State::Applied:
        return {QT_TRANSLATE_NOOP("OutboxWords", "Done"), "ok", u"✓"};
    case State::Rejected:
        return {QT_TRANSLATE_NOOP("OutboxWords", "Refused"), "bad", u"✕"};
    case State::Conflict:
        return {QT_TRANSLATE_NOOP("OutboxWords", "Conflict"), "warn", u"!"};
    case State::Held:
        return {QT_TRANSLATE_NOOP("OutboxWords", "Held"), "warn", u"⏸"};
    case State::Cancelled:
        return {QT_TRANSLATE_NOOP("OutboxWords", "Cancelled"), "neutral", u"✕"};
    case State::Withdrawn:
        break;
    }
    return {QT_TRANSLATE_NOOP("OutboxWords", "Withdrawn"), "warn", u"✕"};
}

// It can be sent once more as it is when all that it lacks is the earlier edit that it was made upon.
bool canGoAlone(const OutboxEntry &entry, const std::vector<OutboxEntry> &all)
{
    const std::vector<std::string> needed = dependencies(entry.command);
    return std::ranges::all_of(needed, [&](const std::string &key) { return key == entry.command.after; })
        && !dependencyOf(entry, all, isUndecided) && !entry.command.target.empty();
}

} // namespace

OutboxWords OutboxWords::of(const OutboxEntry &entry, const std::vector<OutboxEntry> &all,
                            const QString &number)
{
    const StateFace face = faceOfState(entry.state);
    return {entry.state == State::Withdrawn ? whatWas(entry.command) : whatOf(entry.command, number),
            changesOf(entry.command),
            tr(face.words),
            explanationOf(entry, all),
            QString::fromLatin1(face.tone),
            QStringView(face.symbol).toString()};
}

OutboxActions possibleActions(const OutboxEntry &entry, const std::vector<OutboxEntry> &all)
{
    OutboxActions actions;
    // An approval and a return are decided on anew where they stand, and an order changed where it stands.
    const bool editable = !entry.command.record.isNull() && entry.command.kind != &Approval::type
        && entry.command.kind != &Order::type && entry.command.verb != "decide"
        && entry.command.kind != &Message::type && entry.command.kind != &Note::type;
    switch (entry.state) {
    case State::Queued:
        actions.setFlag(OutboxAction::Retry, entry.attempts > 0);
        actions.setFlag(OutboxAction::Edit, editable && entry.canCancel());
        actions.setFlag(OutboxAction::Cancel, entry.canCancel());
        break;
    case State::Sending:
        actions.setFlag(OutboxAction::Retry, entry.lastError.has_value());
        break;
    case State::Received:
    case State::Cancelled:
        break;
    case State::Rejected:
        actions = {OutboxAction::SendAgain, OutboxAction::Dismiss};
        actions.setFlag(OutboxAction::Edit, editable);
        break;
    case State::Conflict:
        // Out of two carts nothing is ordered that nobody has seen as a whole.
        actions = OutboxAction::Dismiss;
        actions.setFlag(OutboxAction::Edit, entry.command.verb == "place");
        actions.setFlag(OutboxAction::Resolve,
                        entry.command.verb != "place" && entry.command.verb != "decide"
                            && !entry.outcome.theirs.isNull());
        break;
    case State::Held:
        actions = OutboxAction::Dismiss;
        actions.setFlag(OutboxAction::Edit, editable);
        actions.setFlag(OutboxAction::SendAgain, canGoAlone(entry, all));
        break;
    case State::Applied:
    case State::Withdrawn:
        actions = OutboxAction::Dismiss;
        break;
    }
    return entry.dismissed || !entry.replacedBy.empty() ? OutboxActions() : actions;
}

OutboxCounts OutboxCounts::of(const std::vector<OutboxEntry> &entries)
{
    OutboxCounts counts;
    for (const OutboxEntry &entry : entries) {
        counts.waiting += entry.isFinished() ? 0 : 1;
        counts.needing += entry.needsDecision() ? 1 : 0;
    }
    return counts;
}

} // namespace Counterfoil
