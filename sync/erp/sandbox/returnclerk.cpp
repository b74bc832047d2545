#include "returnclerk.h"

#include "erpwords.h"
#include "paperwork.h"

#include <algorithm>

namespace Counterfoil::Sandbox {

namespace {

constexpr std::int64_t firstReturnNumber = 20'000;

// "Line 2 (HB-1204): …"
std::string saidOf(const ReturnObjection &objection, const Order &order)
{
    const std::string text = sentenceOf(objection).toStdString();
    const auto line = std::ranges::find(order.lines, objection.orderLine, &OrderLine::lineNumber);
    if (line == order.lines.end())
        return text;
    return "Line " + std::to_string(line->lineNumber) + " (" + line->sku + "): " + text;
}

CommandEffect refusalBecauseOf(const std::vector<ReturnObjection> &objections, const Order &order)
{
    std::string reason = saidOf(objections.front(), order);
    if (const auto others = std::ssize(objections) - 1; others > 0)
        reason += " And " + counted(others, "more line has", "more lines have") + " something against it.";
    return rejected({objections.front().code, std::move(reason)});
}

// Whatever somebody wrote can be printed.
bool isReadable(const Return &wanted)
{
    return isPrintable(wanted.comment, true) && isPrintable(wanted.refusal, true)
        && std::ranges::all_of(wanted.lines,
                               [](const ReturnLine &line) {
                                   return isPrintable(line.comment, true) && isPrintable(line.refusal, true);
                               })
        && std::ranges::all_of(wanted.answers,
                               [](const ReturnAnswer &each) { return isPrintable(each.text, true); })
        && std::ranges::all_of(wanted.attachments,
                               [](const Attachment &each) { return isPrintable(each.name, false); });
}

const Objection unreadable{"text-unprintable", "A text holds characters that cannot be printed."};

// What a rep may not leave unsaid.
std::optional<Objection> objectionToWords(const Return &decided)
{
    for (const ReturnLine &line : decided.lines) {
        const std::string name = "Line " + std::to_string(line.lineNumber) + ": ";
        if (line.authorised < line.quantity && line.refusal.empty() && decided.refusal.empty())
            return Objection{"refusal-missing",
                             name + "say why not all of it is authorised; the buyer reads it."};
        const auto known = returnDispositions();
        if (!line.disposition.empty() && std::ranges::find(known, line.disposition) == known.end())
            return Objection{"disposition", name + "say what becomes of the goods."};
    }
    return std::nullopt;
}

// That nobody changed what is not theirs: the buyer's part is as it was, and no fee is raised.
bool keepsTheRequest(const Return &stored, const Return &decided)
{
    return std::ranges::equal(stored.lines, decided.lines, [](const ReturnLine &was, const ReturnLine &is) {
        return was.lineNumber == is.lineNumber && was.orderLine == is.orderLine && was.quantity == is.quantity
            && is.feeBasisPoints <= was.feeBasisPoints && is.feeBasisPoints >= 0;
    });
}

// As it is to be put to somebody higher, if the decision comes to more than the request did.
std::optional<Return> handedOn(const Return &before, Return decided, const ReturnPolicy &policy)
{
    route(decided, policy);
    if (before.decidingRole == "admin" || decided.decidingRole != "admin")
        return std::nullopt;
    Return handed = before;
    handed.routedTo = decided.routedTo;
    handed.decidingRole = decided.decidingRole;
    return handed;
}

} // namespace

void moveTo(Return &record, std::string_view status, Instant at, const std::string &by, std::string text,
            std::string reference)
{
    record.status = status;
    record.statusAt = at;
    record.open = status != ReturnStatus::credited && status != ReturnStatus::settled
        && status != ReturnStatus::refused && status != ReturnStatus::withdrawn
        && status != ReturnStatus::lapsed;
    record.events.push_back(
        {std::ssize(record.events) + 1, at, std::string(status), by, std::move(text), std::move(reference)});
}

std::string returnNumber(std::int64_t id)
{
    return "RMA-" + std::to_string(firstReturnNumber + id);
}

Return requested(const Return &wanted, const ReturnBook &book, const std::string &key,
                 const std::string &actor, Instant at)
{
    Return made;
    made.key = made.number = key;
    made.account = book.order.account;
    made.order = book.order.key;
    made.orderNumber = book.order.number;
    made.poReference = book.order.poReference;
    made.currency = book.order.currency;
    const auto shipment = std::ranges::find(book.shipments, wanted.shipment, &Shipment::key);
    if (shipment != book.shipments.end()) {
        made.shipment = shipment->key;
        made.shipmentNumber = shipment->number;
    }
    const auto invoice = std::ranges::find(book.invoices, wanted.invoice, &Invoice::key);
    if (invoice != book.invoices.end()) {
        made.invoice = invoice->key;
        made.invoiceNumber = invoice->number;
    }
    made.requestedBy = actor;
    made.requestedAt = at;
    made.outcome = wanted.outcome;
    made.comment = wanted.comment;
    made.answers = wanted.answers;
    made.attachments = wanted.attachments;
    const ReturnRules &rules = *rulesFor(book.policy.rules, made.account);
    for (const ReturnLine &asked : wanted.lines) {
        const auto ordered = std::ranges::find(book.order.lines, asked.orderLine, &OrderLine::lineNumber);
        ReturnLine &line = made.lines.emplace_back();
        line.lineNumber = asked.lineNumber;
        line.orderLine = asked.orderLine;
        line.sku = ordered->sku;
        line.description = ordered->description;
        line.unit = ordered->unit;
        line.quantity = asked.quantity;
        line.reason = asked.reason;
        line.comment = asked.comment;
        line.feeBasisPoints = rules.findReason(asked.reason)->feeBasisPoints;
        made.units += asked.quantity;
    }
    made.reason = made.lines.front().reason;
    setExpected(made, creditParts(made, book.factsFor(made, at), ReturnQuantity::Requested));
    route(made, book.policy);
    moveTo(made, ReturnStatus::requested, at, actor, "Asked for by " + actor);
    return made;
}

void applyDecision(Return &record, const Return &decided, const ReturnBook &book, const std::string &actor,
                   Instant at)
{
    Decimal asked;
    record.units = {};
    record.labelPaid = true;
    for (std::size_t i = 0; i < record.lines.size(); ++i) {
        ReturnLine &line = record.lines[i];
        const ReturnLine &wanted = decided.lines[i];
        line.authorised = wanted.authorised;
        line.refusal = wanted.refusal;
        line.disposition = wanted.disposition;
        line.feeBasisPoints = wanted.feeBasisPoints;
        asked += line.quantity;
        record.units += line.authorised;
    }
    record.outcome = decided.outcome;
    record.refusal = decided.refusal;
    record.decidedBy = actor;
    setExpected(record,
                creditParts(record, book.factsFor(record, record.requestedAt), ReturnQuantity::Authorised));
    const ReturnRules *rules = rulesFor(book.policy.rules, record.account);
    if (record.units.isZero()) {
        record.instructions.clear();
        record.returnTo.clear();
        record.labelPaid = false;
        moveTo(record, ReturnStatus::refused, at, actor,
               "Refused: " + (record.refusal.empty() ? record.lines.front().refusal : record.refusal));
        return;
    }
    record.instructions = rules ? rules->instructions : std::string();
    record.returnTo = rules ? rules->returnTo : std::string();
    for (const ReturnLine &line : record.lines) {
        const ReturnReason *reason = rules ? rules->findReason(line.reason) : nullptr;
        record.labelPaid = record.labelPaid && reason && reason->labelPaid;
        if (reason && !reason->instructions.empty())
            record.instructions = reason->instructions;
    }
    moveTo(record, ReturnStatus::authorised, at, actor,
           record.units == asked
               ? "Authorised"
               : "Authorised in part: " + record.units.toString() + " of " + asked.toString());
}

ReturnClerk::ReturnClerk(Books &books, Simulation &simulation, Instant now)
    : m_books(books)
    , m_simulation(simulation)
    , m_now(now)
{ }

CommandEffect ReturnClerk::execute(const Command &command, const Deed &deed)
{
    if (command.kind == &Message::type)
        return write(command, deed);
    if (command.verb == "request")
        return request(command, deed);
    const auto stored = find(command);
    if (!stored)
        return rejected({"target-missing", "The supplier’s system has no such return."});
    if (stored->record.account != command.account)
        return rejected({"account-mismatch", "This return belongs to another account."});
    return command.verb == "decide" ? decide(command, deed, *stored) : withdraw(command, deed, *stored);
}

std::optional<ReturnClerk::Stored> ReturnClerk::find(const Command &command)
{
    const auto id = m_books.idOf(Return::type, command.target);
    if (!id)
        return std::nullopt;
    Stored stored{*id, {}};
    m_books.read(Return::type, *id, &stored.record);
    return stored;
}

CommandEffect ReturnClerk::request(const Command &command, const Deed &deed)
{
    const Return &wanted = *command.record.as<Return>();
    if (!command.target.empty())
        return rejected({"return-requested", "This return was asked for already. Make another one."});
    if (!m_simulation.company().findCustomer(command.account))
        return rejected({"account-missing", "The supplier’s system takes nothing back from this account."});
    const auto book = ReturnBook::of(m_books, wanted.order);
    if (!book || book->order.account != command.account)
        return rejected({"order", sentenceOf({"order"}).toStdString()});
    if (!isReadable(wanted))
        return rejected(unreadable);
    Return asked = wanted;
    for (std::size_t i = 0; i < asked.lines.size(); ++i)
        asked.lines[i].lineNumber = static_cast<std::int64_t>(i + 1);
    const auto objections = objectionsTo(asked, book->factsFor(asked, m_now));
    if (!objections.empty())
        return refusalBecauseOf(objections, book->order);
    const std::int64_t id = m_books.lastId(Return::type) + 1;
    CommandEffect effect
        = keep(deed, id, nullptr, requested(asked, *book, returnNumber(id), deed.actor, m_now));
    m_simulation.planReturn(id, m_now);
    return effect;
}

CommandEffect ReturnClerk::decide(const Command &command, const Deed &deed, const Stored &stored)
{
    const Return &decided = *command.record.as<Return>();
    const Return &before = stored.record;
    if (before.status != ReturnStatus::requested && before.status != ReturnStatus::authorised)
        return equalEditable(Return::type, &before, &decided)
            ? keep(deed, stored.id, &before, before)
            : rejected({"return-decided",
                        "It is past deciding: it was refused or taken back, or the goods "
                        "are on their way."});
    if (before.status == ReturnStatus::authorised && equalEditable(Return::type, &before, &decided))
        return keep(deed, stored.id, &before, before);
    if (!equalEditable(Return::type, &before, command.base.data()))
        return conflict(stored);
    if (!keepsTheRequest(before, decided))
        return rejected({"not-the-reps", "What was asked for is the buyer’s to say, and no fee is raised."});
    if (!isReadable(decided))
        return rejected(unreadable);
    const auto book = ReturnBook::of(m_books, before.order);
    if (!book)
        return rejected({"order", "The order of this return is not there any more."});
    const auto objections = objectionsToDecision(decided, book->factsFor(before, before.requestedAt));
    if (!objections.empty())
        return refusalBecauseOf(objections, book->order);
    if (const auto objection = objectionToWords(decided))
        return rejected(*objection);
    Return after = before;
    applyDecision(after, decided, *book, deed.actor, m_now);
    if (const auto higher = handedOn(before, after, book->policy)) {
        m_books.change(deed, Return::type, stored.id, &before, &*higher, m_now);
        return rejected({"beyond-route",
                         "This comes to more than you may decide. " + higher->routedTo + " decides it now."});
    }
    CommandEffect effect = keep(deed, stored.id, &before, std::move(after));
    m_simulation.planReturn(stored.id, m_now);
    return effect;
}

CommandEffect ReturnClerk::withdraw(const Command &, const Deed &deed, const Stored &stored)
{
    const Return &before = stored.record;
    Return after = before;
    if (before.status == ReturnStatus::withdrawn)
        return keep(deed, stored.id, &before, std::move(after));
    if (before.status != ReturnStatus::requested && before.status != ReturnStatus::authorised)
        return rejected({"return-under-way",
                         "It cannot be taken back any more: it was decided, or the "
                         "goods are on their way."});
    moveTo(after, ReturnStatus::withdrawn, m_now, deed.actor, "Withdrawn by " + deed.actor);
    return keep(deed, stored.id, &before, std::move(after));
}

CommandEffect ReturnClerk::write(const Command &command, const Deed &deed)
{
    const Message &wanted = *command.record.as<Message>();
    if (!command.target.empty())
        return rejected({"message-sent", "A message cannot be changed once it is sent. Write another one."});
    const auto about = m_books.idOf(Return::type, wanted.ofReturn);
    Return record;
    if (!about || !m_books.read(Return::type, *about, &record) || record.account != command.account)
        return rejected({"target-missing", "The supplier’s system has no such return."});
    if (!isPrintable(wanted.text, true))
        return rejected(unreadable);
    if (wanted.text.empty() && wanted.attachments.empty())
        return rejected({"text-missing", "There is nothing in this message. Write something."});
    if (QString::fromStdString(wanted.text).size() > static_cast<qsizetype>(mostMessageCharacters)
        || wanted.attachments.size() > mostAttachments)
        return rejected({"text-too-long", "This message is too long. Make two of it."});
    const std::int64_t id = m_books.lastId(Message::type) + 1;
    Message message;
    message.key = "MSG-" + std::to_string(id);
    message.account = record.account;
    message.ofReturn = record.key;
    message.author = deed.actor;
    message.fromSupplier = wanted.fromSupplier;
    message.at = m_now;
    message.text = wanted.text;
    message.attachments = wanted.attachments;
    m_books.change(deed, Message::type, id, nullptr, &message, m_now);
    m_books.writeCommand(deed, Message::type, message.key, m_now);
    CommandEffect effect;
    effect.target = message.key;
    return effect;
}

CommandEffect ReturnClerk::keep(const Deed &deed, std::int64_t id, const Return *before, Return after)
{
    m_books.change(deed, Return::type, id, before, &after, m_now);
    if (const auto label = returnLabelOf(after))
        m_books.postDocumentOnce(id, *label, m_now);
    m_books.writeCommand(deed, Return::type, after.key, m_now);
    CommandEffect effect;
    effect.target = after.key;
    return effect;
}

CommandEffect ReturnClerk::conflict(const Stored &stored)
{
    CommandEffect effect;
    effect.verdict = CommandEffect::Verdict::Conflict;
    effect.target = stored.record.key;
    effect.theirVersion = m_books.version(Return::type, stored.id);
    effect.theirs = AnyRecord(std::make_shared<Return>(stored.record));
    return effect;
}

} // namespace Counterfoil::Sandbox
