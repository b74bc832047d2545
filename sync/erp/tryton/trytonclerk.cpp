#include "trytonclerk.h"

#include "trytondeeds.h"

#include "codec.h"
#include "contact.h"
#include "return.h"

#include <algorithm>

namespace Counterfoil {

namespace {

constexpr int mostAttempts = 4; // while others keep changing the record

const TrytonThing *thingOf(const RecordType *kind)
{
    for (const TrytonThing *thing : {&trytonAddress, &trytonContact, &trytonCart, &trytonComplaint}) {
        if (thing->kinds.front().type == kind)
            return thing;
    }
    return nullptr;
}

const std::string &accountOf(const AnyRecord &record)
{
    return record.type().findFlag(AccountKey)->in<std::string>(record.data());
}

using TrytonDeeds::answerOf;
using TrytonDeeds::applied;
using TrytonDeeds::conflict;
using TrytonDeeds::text;

QJsonValue textOrNull(const std::string &value)
{
    return value.empty() ? QJsonValue() : QJsonValue(text(value));
}

std::variant<QJsonObject, Objection> wishedContact(const Contact &wished)
{
    if (!wished.role.empty() || !wished.department.empty()) {
        return Objection{
            "not-kept",
            "The supplier’s system keeps no role and no department of a contact. Leave them out."};
    }
    const std::pair<const char *, const std::string *> means[]
        = {{"email", &wished.email}, {"phone", &wished.phone}, {"mobile", &wished.mobile}};
    const auto given = std::ranges::count_if(means, [](const auto &each) { return !each.second->empty(); });
    if (given != 1) {
        return Objection{"one-each",
                         "The supplier’s system keeps one e-mail address, telephone or mobile number with "
                         "each contact. Make one contact for each of them."};
    }
    const auto one = std::ranges::find_if(means, [](const auto &each) { return !each.second->empty(); });
    return QJsonObject{{QStringLiteral("type"), QLatin1String(one->first)},
                       {QStringLiteral("value"), text(*one->second)},
                       {QStringLiteral("name"), textOrNull(wished.name)}};
}

// The cart that the command wants, on top of the one there is.
Cart cartOf(const Command &command, const Cart *stored, const std::string &actor, Instant now)
{
    Cart after = stored ? *stored : Cart();
    if (!stored) {
        after.account = command.account;
        after.owner = actor;
        after.status = "open";
    }
    if (command.verb == "retire") {
        after.status = "closed";
        after.open = false;
    } else {
        copyEditable(Cart::type, command.record.data(), &after);
    }
    for (std::size_t i = 0; i < after.lines.size(); ++i)
        after.lines[i].lineNumber = static_cast<std::int64_t>(i + 1);
    after.lineCount = std::ssize(after.lines);
    after.changedAt = now;
    return after;
}

} // namespace

Result<TrytonClerk::Known> TrytonClerk::ask(const std::string &key)
{
    const auto answer = m_session.call(QStringLiteral("model.counterfoil.command.find"), {text(key)});
    if (!answer)
        return answer.error();
    const QString target = answer->toArray().at(0).toString(); // "counterfoil.cart,12"
    Known known;
    known.ticket = answer->toArray().at(1).toString();
    if (const auto id = target.section(u',', 1).toLongLong(); id > 0)
        known.effect = applied(id);
    else if (known.ticket.isEmpty())
        return Error{ErrorKind::BadReply, {}, QStringLiteral("neither an effect nor a ticket")};
    return known;
}

Result<std::optional<CommandEffect>> TrytonClerk::findByKey(const std::string &key)
{
    const auto known = ask(key);
    return known ? Result<std::optional<CommandEffect>>(known->effect) : known.error();
}

Result<CommandEffect> TrytonClerk::execute(const Command &command, const std::string &actor)
{
    const TrytonThing *thing = thingOf(command.kind);
    const auto limits = notOffered();
    if (const NotOffered *limit = findNotOffered(limits, command.verb, *command.kind); limit || !thing) {
        return rejected(
            {"not-offered",
             limit ? limit->reason : "The supplier’s system does not do this. Ask the supplier’s people."});
    }
    for (int attempts = 0; attempts < mostAttempts; ++attempts) {
        const auto known = ask(command.key);
        if (!known)
            return known.error();
        if (known->effect)
            return *known->effect;
        auto effect = attempt({command, text(actor), known->ticket}, *thing);
        if (!effect)
            return effect.error();
        if (*effect)
            return **std::move(effect);
    }
    return Error{ErrorKind::Conflict, {}, QStringLiteral("the record keeps changing")};
}

// The time stamp is older than the record, or as old: what changes in between is noticed.
Result<std::optional<TrytonClerk::Stored>> TrytonClerk::find(const TrytonThing &thing, const std::string &key)
{
    const std::int64_t id = trytonId(key);
    if (id == 0)
        return std::optional<Stored>();
    const auto rows = m_session.call(
        QStringLiteral("model.%1.search_read").arg(QLatin1String(thing.model)),
        {where("id", static_cast<qint64>(id)), 0, 1, QJsonValue(), QJsonArray{QStringLiteral("_timestamp")}});
    if (!rows)
        return rows.error();
    if (rows->toArray().isEmpty())
        return std::optional<Stored>();
    std::vector<Change> changes;
    if (auto done = m_reader.read(thing, {key}, 1, m_clock.now(), changes); !done)
        return done.error();
    if (changes.size() != 1 || changes.front().record.isNull())
        return std::optional<Stored>();
    Stored stored{id, {}, changes.front().record, 0};
    stored.timestamp = rows->toArray().at(0).toObject().value(QStringLiteral("_timestamp")).toString();
    return std::optional(std::move(stored));
}

TrytonClerk::Attempt TrytonClerk::attempt(const Deed &deed, const TrytonThing &thing)
{
    const Command &command = deed.command;
    auto stored = find(thing, command.target);
    if (!stored)
        return stored.error();
    if (command.target.starts_with(returnSalePrefix))
        return std::optional(rejected(TrytonDeeds::returnIsDecided));
    if (!command.target.empty() && !*stored)
        return std::optional(rejected({"target-missing", "The supplier’s system has no such record."}));
    if (*stored && accountOf((*stored)->record) != command.account)
        return std::optional(rejected({"account-mismatch", "This belongs to another account."}));
    if (command.kind == &Cart::type)
        return changeCart(deed, *stored);
    if (command.kind == &Return::type)
        return changeReturn(deed, *stored);
    return change(deed, thing, *stored);
}

TrytonClerk::Attempt TrytonClerk::change(const Deed &deed, const TrytonThing &thing,
                                         const std::optional<Stored> &stored)
{
    const Command &command = deed.command;
    const RecordType &kind = *command.kind;
    const bool asWished = stored && !command.record.isNull()
        && equalEditable(kind, stored->record.data(), command.record.data());
    if (stored && !asWished && !command.base.isNull()
        && !equalEditable(kind, stored->record.data(), command.base.data()))
        return conflict(command.target, command.baseVersion + 1, stored->record);
    if (asWished)
        return write(deed, thing, stored, {});
    if (command.verb == "retire")
        return write(deed, thing, stored, {{QStringLiteral("active"), false}});
    const auto wished = wishedRow(command.record, stored);
    if (!wished)
        return answerOf(wished.error());
    if (const auto *objection = std::get_if<Objection>(&*wished))
        return std::optional(rejected(*objection));
    QJsonObject row = std::get<QJsonObject>(*wished);
    if (!stored)
        row.insert(QStringLiteral("party"), static_cast<qint64>(trytonId(command.account)));
    return write(deed, thing, stored, row);
}

TrytonClerk::Attempt TrytonClerk::changeCart(const Deed &deed, const std::optional<Stored> &stored)
{
    const Command &command = deed.command;
    const Cart *before = stored ? stored->record.as<Cart>() : nullptr;
    const std::string actor = deed.actor.toStdString();
    if (before) {
        if (const auto objection = objectionToTouch(*before, command.verb, actor))
            return std::optional(rejected(*objection));
        const bool asWished
            = !command.record.isNull() && equalEditable(Cart::type, before, command.record.data());
        const bool asBegun = command.base.isNull() || equalEditable(Cart::type, before, command.base.data());
        if (!asWished && !asBegun)
            return conflict(command.target, command.baseVersion + 1, stored->record);
        if (command.verb == "save" && before->owner != actor
            && before->shared != command.record.as<Cart>()->shared)
            return std::optional(
                rejected({"cart-of-another", "Who made a cart decides whether it is shared."}));
    }
    if (!command.record.isNull()) {
        if (const auto objection = refusalOfLines(command.record.as<Cart>()->lines))
            return std::optional(rejected(*objection));
    }
    if (command.verb == "place")
        return place(deed, *stored);
    const Cart after = cartOf(command, before, actor, m_clock.now());
    QJsonObject row{{QStringLiteral("body"), text(encode(after))}};
    if (!stored)
        row.insert(QStringLiteral("party"), static_cast<qint64>(trytonId(command.account)));
    return write(deed, trytonCart, stored, row);
}

// Nothing that the person did not see is ever ordered: Tryton makes the order at the prices and the total
// that were compared, or none.
TrytonClerk::Attempt TrytonClerk::place(const Deed &deed, const Stored &stored)
{
    Cart after = cartOf(deed.command, stored.record.as<Cart>(), deed.actor.toStdString(), m_clock.now());
    if (after.lines.empty())
        return std::optional(rejected({"cart-empty", "There is nothing in this cart. Add something."}));
    const QuoteRequest question = questionAbout(after);
    const auto quote = m_quotes.price(question);
    if (!quote)
        return answerOf(quote.error());
    if (auto found = differences(after, *quote); !found.empty())
        return std::optional(refusalBecauseOf(std::move(found)));
    after.status = "submitted";
    after.open = false;
    QJsonObject wish = TrytonQuotes::wish(question);
    wish.insert(QStringLiteral("notes"), text(after.notes));
    QJsonArray lines;
    for (const QuoteLine &line : quote->lines) {
        lines.append(
            QJsonArray{text(line.sku), text(line.quantity.toString()), trytonDecimal(line.unitPrice)});
    }
    wish.insert(QStringLiteral("lines"), lines);
    const auto made
        = m_session.call(QStringLiteral("model.counterfoil.command.place"),
                         {text(deed.command.key), deed.ticket, deed.actor, static_cast<qint64>(stored.id),
                          stored.timestamp, text(encode(after)), wish,
                          trytonDecimal(decimalOf(quote->total, minorUnitPlaces(quote->currency)))});
    if (!made)
        return answerOf(made.error());
    return made->toArray().isEmpty() ? std::nullopt : applied(stored.id);
}

TrytonClerk::Attempt TrytonClerk::write(const Deed &deed, const TrytonThing &thing,
                                        const std::optional<Stored> &stored, const QJsonObject &row)
{
    const auto saved
        = m_session.call(QStringLiteral("model.counterfoil.command.save"),
                         {text(deed.command.key), deed.ticket, deed.actor, QLatin1String(thing.model),
                          stored ? QJsonValue(static_cast<qint64>(stored->id)) : QJsonValue(),
                          stored ? QJsonValue(stored->timestamp) : QJsonValue(), row});
    if (!saved)
        return answerOf(saved.error());
    const QJsonArray ids = saved->toArray();
    return ids.isEmpty() ? std::nullopt : applied(ids.at(0).toInteger());
}

Result<TrytonClerk::Wished> TrytonClerk::wishedRow(const AnyRecord &wished,
                                                   const std::optional<Stored> &stored)
{
    if (const auto *contact = wished.as<Contact>())
        return wishedContact(*contact);
    return wishedAddress(*wished.as<Address>(), stored ? stored->record.as<Address>() : nullptr);
}

Result<std::int64_t> TrytonClerk::lookUp(const char *model, const QJsonArray &domain)
{
    const auto ids = m_session.call(QStringLiteral("model.%1.search").arg(QLatin1String(model)),
                                    {domain, 0, 1, QJsonValue()});
    if (!ids)
        return ids.error();
    return ids->toArray().at(0).toInteger();
}

Result<TrytonClerk::Wished> TrytonClerk::wishedAddress(const Address &wished, const Address *stored)
{
    if (!wished.phone.empty()) {
        return Wished(Objection{"not-kept",
                                "The supplier’s system keeps no telephone number with an address. Leave it "
                                "out, or make a contact of it."});
    }
    QJsonObject row{{QStringLiteral("name"), textOrNull(wished.attention)},
                    {QStringLiteral("street"), textOrNull(wished.street)},
                    {QStringLiteral("postal_code"), textOrNull(wished.postalCode)},
                    {QStringLiteral("city"), textOrNull(wished.city)},
                    {QStringLiteral("country"), QJsonValue()},
                    {QStringLiteral("subdivision"), QJsonValue()},
                    {QStringLiteral("delivery"), wished.shipTo},
                    {QStringLiteral("invoice"), wished.billTo}};
    // Where Tryton has no name for an address, it is the party's, and stays so.
    if (!stored || stored->name != wished.name)
        row.insert(QStringLiteral("party_name"), textOrNull(wished.name));
    if (wished.country.empty())
        return Wished(row);
    const auto country = lookUp("country.country", where("code", text(wished.country)));
    if (!country)
        return country.error();
    if (*country == 0)
        return Wished(
            Objection{"country-unknown", "The supplier’s system has no such country. Ask us to add it."});
    row.insert(QStringLiteral("country"), static_cast<qint64>(*country));
    if (wished.region.empty())
        return Wished(row);
    const auto region
        = lookUp("country.subdivision",
                 {QJsonArray{QStringLiteral("country"), QStringLiteral("="), static_cast<qint64>(*country)},
                  QJsonArray{QStringLiteral("name"), QStringLiteral("="), text(wished.region)}});
    if (!region)
        return region.error();
    if (*region == 0)
        return Wished(Objection{"region-unknown",
                                "The supplier’s system has no such region in that country. Leave it out."});
    row.insert(QStringLiteral("subdivision"), static_cast<qint64>(*region));
    return Wished(row);
}

} // namespace Counterfoil
