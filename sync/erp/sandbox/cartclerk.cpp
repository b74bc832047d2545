#include "cartclerk.h"

#include "address.h"

namespace Counterfoil::Sandbox {

CartClerk::CartClerk(Books &books, Simulation &simulation, const Company &company, Instant now)
    : m_books(books)
    , m_simulation(simulation)
    , m_company(company)
    , m_imported(books, now)
    , m_now(now)
{ }

CommandEffect CartClerk::execute(const Command &command, const Deed &deed)
{
    std::optional<Stored> stored;
    if (!command.target.empty()) {
        if (const auto id = m_books.idOf(Cart::type, command.target)) {
            stored = Stored{*id, {}};
            m_books.read(Cart::type, *id, &stored->cart);
        }
    }
    if (const auto refusal = refusalToTouch(command, deed, stored))
        return rejected(*refusal);
    if (command.verb == "retire")
        return retire(command, deed, *stored);
    return command.verb == "place" ? place(command, deed, *stored) : save(command, deed, stored);
}

std::optional<Objection> CartClerk::refusalToTouch(const Command &command, const Deed &deed,
                                                   const std::optional<Stored> &stored)
{
    if (!command.target.empty() && !stored)
        return Objection{"target-missing", "The supplier’s system has no such cart."};
    if (!stored) {
        if (!m_company.findCustomer(command.account) && !m_imported.account(command.account))
            return Objection{"account-missing", "The supplier’s system sells nothing to this account."};
        return std::nullopt;
    }
    const Cart &cart = stored->cart;
    if (cart.account != command.account)
        return Objection{"account-mismatch", "This cart belongs to another account."};
    if (auto objection = objectionToTouch(cart, command.verb, deed.actor))
        return objection;
    return std::nullopt;
}

CommandEffect CartClerk::save(const Command &command, const Deed &deed, const std::optional<Stored> &stored)
{
    const Cart &wanted = *command.record.as<Cart>();
    if (stored) {
        if (equalEditable(Cart::type, &stored->cart, &wanted))
            return write(deed, stored->id, &stored->cart, stored->cart);
        if (!equalEditable(Cart::type, &stored->cart, command.base.data()))
            return conflict(*stored);
        if (stored->cart.owner != deed.actor && stored->cart.shared != wanted.shared)
            return rejected({"cart-of-another", "Who made a cart decides whether it is shared."});
    }
    if (const auto refusal = refusalOf(command.record))
        return rejected(*refusal);
    if (const auto refusal = refusalOfLines(wanted.lines))
        return rejected(*refusal);
    Cart after = stored ? stored->cart : Cart();
    copyEditable(Cart::type, &wanted, &after);
    std::int64_t id = stored ? stored->id : 0;
    if (!stored) {
        id = m_books.lastId(Cart::type) + 1;
        after.key = "CART-" + std::to_string(id);
        after.account = command.account;
        after.owner = deed.actor;
        after.status = "open";
        const Customer *customer = m_company.findCustomer(command.account);
        after.currency
            = customer ? customer->account.currency : m_imported.account(command.account)->currency;
    }
    for (std::size_t i = 0; i < after.lines.size(); ++i)
        after.lines[i].lineNumber = static_cast<std::int64_t>(i + 1);
    after.lineCount = std::ssize(after.lines);
    after.changedAt = m_now;
    return write(deed, id, stored ? &stored->cart : nullptr, std::move(after));
}

CommandEffect CartClerk::retire(const Command &command, const Deed &deed, const Stored &stored)
{
    Cart after = stored.cart;
    if (!after.open)
        return write(deed, stored.id, &stored.cart, std::move(after));
    if (!command.base.isNull() && !equalEditable(Cart::type, &stored.cart, command.base.data()))
        return conflict(stored);
    after.status = "closed";
    after.open = false;
    after.changedAt = m_now;
    return write(deed, stored.id, &stored.cart, std::move(after));
}

// Nothing that the person did not see is ever ordered.
CommandEffect CartClerk::place(const Command &command, const Deed &deed, const Stored &stored)
{
    const Cart &wanted = *command.record.as<Cart>();
    if (!equalEditable(Cart::type, &stored.cart, command.base.data())
        && !equalEditable(Cart::type, &stored.cart, &wanted))
        return conflict(stored);
    if (const auto refusal = refusalOf(command.record))
        return rejected(*refusal);
    if (const auto refusal = refusalOfLines(wanted.lines))
        return rejected(*refusal);
    if (wanted.lines.empty())
        return rejected({"cart-empty", "There is nothing in this cart. Add something."});
    Cart after = stored.cart;
    copyEditable(Cart::type, &wanted, &after);
    for (std::size_t i = 0; i < after.lines.size(); ++i)
        after.lines[i].lineNumber = static_cast<std::int64_t>(i + 1);
    const auto quote = Quoting(m_books, m_simulation, m_company, m_now).quote(questionAbout(after));
    if (!quote)
        return rejected({"account-missing", "The supplier’s system sells nothing to this account."});
    if (auto found = differences(after, *quote); !found.empty())
        return refusalBecauseOf(std::move(found));
    after.order = makeOrder(after, *quote, deed);
    after.status = "submitted";
    after.open = false;
    after.lineCount = std::ssize(after.lines);
    after.changedAt = m_now;
    return write(deed, stored.id, &stored.cart, std::move(after));
}

std::string CartClerk::makeOrder(const Cart &seen, const Quote &quote, const Deed &deed)
{
    Purchase purchase;
    purchase.customer = m_company.findCustomer(seen.account);
    if (!purchase.customer)
        return m_imported.makeOrder(seen, quote, deed.actor);
    purchase.placedBy = deed.actor;
    purchase.poReference = seen.poReference;
    purchase.notes = seen.notes;
    purchase.wantedOn = seen.wantedOn;
    if (const auto id = seen.shipTo.empty() ? std::nullopt : m_books.idOf(Address::type, seen.shipTo)) {
        purchase.shipTo.emplace();
        m_books.read(Address::type, *id, &*purchase.shipTo);
    }
    for (const QuoteLine &line : quote.lines)
        purchase.items.push_back({m_company.findProduct(line.sku), line.quantity, line.unitPrice});
    return m_simulation.placeFor(purchase, m_now);
}

CommandEffect CartClerk::write(const Deed &deed, std::int64_t id, const Cart *before, Cart after)
{
    m_books.change(deed, Cart::type, id, before, &after, m_now);
    m_books.writeCommand(deed, Cart::type, after.key, m_now);
    CommandEffect effect;
    effect.target = after.key;
    return effect;
}

CommandEffect CartClerk::conflict(const Stored &stored)
{
    CommandEffect effect;
    effect.verdict = CommandEffect::Verdict::Conflict;
    effect.target = stored.cart.key;
    effect.theirVersion = m_books.version(Cart::type, stored.id);
    effect.theirs = AnyRecord(std::make_shared<Cart>(stored.cart));
    return effect;
}

} // namespace Counterfoil::Sandbox
