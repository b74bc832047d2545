#include "importedtrade.h"

#include "account.h"
#include "chance.h"
#include "exactvalue.h"
#include "offers.h"
#include "wording.h"

#include <algorithm>

namespace Counterfoil::Sandbox {

namespace {

constexpr std::int64_t importedValidMs = 15 * 60'000;
constexpr std::int64_t seasonMs = 90 * std::int64_t{86'400'000};

// The same for the same words, in every run.
std::int64_t numberOf(const std::string &text)
{
    std::uint64_t hash = 14'695'981'039'346'656'037U;
    for (const char c : text)
        hash = (hash ^ static_cast<unsigned char>(c)) * 1'099'511'628'211U;
    return static_cast<std::int64_t>(hash >> 1);
}

std::string importDayOf(Instant at)
{
    return at.toString().substr(0, 10);
}

// Postage, bank charges, manual corrections: their codes have no number.
bool isCharge(const std::string &sku)
{
    return std::ranges::none_of(sku, [](char c) { return c >= '0' && c <= '9'; });
}

bool isWholeNumber(Decimal quantity)
{
    return quantity.millionths % Decimal::one == 0;
}

} // namespace

std::optional<Account> ImportedTrade::account(const std::string &key)
{
    const auto id = m_books.idOf(Account::type, key);
    Account account;
    if (!id || !m_sales.knows(key) || !m_books.read(Account::type, *id, &account))
        return std::nullopt;
    return account;
}

std::optional<Quote> ImportedTrade::quote(const QuoteRequest &request)
{
    const auto buyer = account(request.account);
    if (!buyer)
        return std::nullopt;
    m_end = m_sales.lastAt();
    Quote quote;
    quote.account = request.account;
    quote.currency = buyer->currency;
    quote.at = m_now;
    quote.validUntil = {m_now.ms + importedValidMs};
    quote.creditTold = true;
    for (const QuoteWish &wish : request.lines) {
        quote.lines.push_back(line(request.account, wish, minorUnitPlaces(quote.currency)));
        quote.net += quote.lines.back().net;
    }
    quote.total = quote.net;
    if (std::ranges::none_of(quote.lines, &QuoteLine::possible))
        quote.notices.push_back({"nothing-possible", "Nothing of this can be ordered.", true});
    if (request.wantedOn.isSet() && request.wantedOn < dateOf(m_now))
        quote.notices.push_back({"wanted-past", "The day wanted is over. Choose a later one.", true});
    if (request.poReference.empty())
        return quote;
    if (const auto known = m_books.orderWithReference(request.account, request.poReference))
        quote.notices.push_back(
            {"po-duplicate", "Order " + *known + " has the same number. Is this one wanted as well?", false});
    return quote;
}

QuoteLine ImportedTrade::line(const std::string &account, const QuoteWish &wish, int places)
{
    QuoteLine line;
    line.lineNumber = wish.lineNumber;
    line.sku = wish.sku;
    line.quantity = wish.quantity;
    const auto say = [&line](const char *code, std::string reason) {
        line.reasonCode = code;
        line.reason = std::move(reason);
        return line;
    };
    const auto sale = m_sales.last(wish.sku, {});
    if (!sale)
        return say("unknown-item", "There is no item with this number. Look it up, or ask us.");
    line.description = sale->description;
    line.unit = sale->unit;
    line.minimum = line.multiple = Decimal::fromInteger(1);
    if (isCharge(wish.sku))
        return say("not-an-item", "This was a charge, not an item: it comes with an order by itself.");
    if (m_end.ms - sale->at.ms > seasonMs)
        return say("withdrawn",
                   "This item was sold last on " + importDayOf(sale->at) + " and is no longer to be had.");
    if (line.quantity <= Decimal()) {
        line.orderable = line.minimum;
        return say("quantity-none", "The quantity has to be above 0.");
    }
    if (line.quantity > mostUnits)
        return say("quantity-too-large",
                   "At most " + mostUnits.toString() + " can be ordered at once. Call us about more.");
    if (!isWholeNumber(line.quantity)) {
        line.orderable = {(line.quantity.millionths / Decimal::one + 1) * Decimal::one};
        return say("not-a-multiple",
                   "It is sold by the piece: " + line.orderable.toString() + " is the next.");
    }
    line.possible = true;
    line.available = line.inStock = line.quantity;
    price(line, account, *sale, places);
    line.net = extended(line.quantity, line.unitPrice, places);
    return line;
}

// One price in two is as it was paid last; the others have been reviewed since, a little down or up.
void ImportedTrade::price(QuoteLine &line, const std::string &account, const ItemSales::Sale &anybodys,
                          int places)
{
    const auto own = m_sales.last(line.sku, account);
    const ItemSales::Sale &last = own ? *own : anybodys;
    SeededRandom random(static_cast<std::uint64_t>(numberOf(account + '\n' + line.sku)));
    const std::int64_t permille = percent(random, 50) ? 1'000 : between(random, 970, 1'060);
    const Decimal reviewed = roundedPrice(
        {last.unitPrice.millionths / 1'000 * permille + last.unitPrice.millionths % 1'000 * permille / 1'000},
        std::max(places, 2));
    line.unitPrice = permille == 1'000 || reviewed <= Decimal() ? last.unitPrice : reviewed;
    line.priceSource = own ? "contract" : "list";
    line.priceReason = own ? "You paid " + last.unitPrice.toString() + " on " + importDayOf(last.at)
                           : "It was sold for " + last.unitPrice.toString() + " on " + importDayOf(last.at);
    line.priceReason += line.unitPrice == last.unitPrice ? "." : "; the price was reviewed since.";
}

std::string ImportedTrade::makeOrder(const Cart &seen, const Quote &quote, const std::string &actor)
{
    const std::int64_t id = std::max(m_books.lastId(Order::type) + 1, firstImported);
    Order order;
    order.key = order.number = "N" + std::to_string(id - firstImported + 1);
    order.account = seen.account;
    order.poReference = seen.poReference;
    order.placedAt = m_now;
    order.placedBy = actor;
    order.status = "closed";
    order.origin = "app";
    order.requestedOn = seen.wantedOn;
    order.currency = quote.currency;
    for (const QuoteLine &quoted : quote.lines) {
        OrderLine &line = order.lines.emplace_back();
        line.lineNumber = quoted.lineNumber;
        line.sku = quoted.sku;
        line.description = quoted.description;
        line.unit = quoted.unit;
        line.status = "shipped";
        line.ordered = line.shipped = quoted.quantity;
        line.unitPrice = quoted.unitPrice;
        line.net = quoted.net;
        order.unitsOrdered += quoted.quantity;
        order.unitsShipped += quoted.quantity;
        m_sales.note(order.account, line, m_now);
    }
    order.net = quote.net;
    order.tax = quote.tax;
    order.freight = quote.freight;
    order.total = quote.total;
    order.events.push_back(
        {m_now,
         "placed",
         placedText(order.origin, actor) + ", " + counted(std::ssize(order.lines), "line", "lines"),
         {}});
    if (!seen.notes.empty())
        order.events.push_back({m_now, "note", notesText(seen.notes), {}});
    order.events.push_back({m_now, "closed", "Handed over at once: a history has no warehouse", {}});
    m_books.postNew(Order::type, id, &order, m_now);
    return order.key;
}

} // namespace Counterfoil::Sandbox
