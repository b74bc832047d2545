#include "quoting.h"

#include "address.h"
#include "exactvalue.h"
#include "importedtrade.h"
#include "wording.h"

#include <algorithm>

namespace Counterfoil::Sandbox {

namespace {

constexpr std::int64_t validMs = 15 * 60'000;

bool isMultiple(Decimal quantity, Decimal of)
{
    return quantity.millionths % of.millionths == 0;
}

Decimal nextMultiple(Decimal quantity, Decimal of)
{
    return {(quantity.millionths + of.millionths - 1) / of.millionths * of.millionths};
}

// Accounts with such numbers check them themselves.
bool isTenDigits(const std::string &text)
{
    return text.size() == 10 && text.starts_with("45")
        && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

} // namespace

bool needsReference(const Customer &customer)
{
    return customer.poStyle == 1 || customer.poStyle == 2;
}

Quoting::Quoting(Books &books, Simulation &simulation, const Company &company, Instant now)
    : m_books(books)
    , m_simulation(simulation)
    , m_company(company)
    , m_now(now)
    , m_day(simulation.dayOf(now))
{ }

std::optional<Quote> Quoting::quote(const QuoteRequest &request)
{
    const Customer *customer = m_company.findCustomer(request.account);
    if (!customer)
        return ImportedTrade(m_books, m_now).quote(request);
    Quote quote;
    quote.account = request.account;
    quote.currency = customer->account.currency;
    quote.at = m_now;
    quote.validUntil = {m_now.ms + validMs};
    for (const QuoteWish &wish : request.lines)
        quote.lines.push_back(line(*customer, wish));
    total(quote, *customer);
    credit(quote, *customer);
    look(quote, request, *customer);
    return quote;
}

QuoteLine Quoting::line(const Customer &customer, const QuoteWish &wish)
{
    QuoteLine line;
    line.lineNumber = wish.lineNumber;
    line.sku = wish.sku;
    line.quantity = wish.quantity;
    const Product *product = m_company.findProduct(wish.sku);
    if (!product) {
        line.reasonCode = "unknown-item";
        line.reason = "There is no item with this number. Look it up, or ask us.";
        return line;
    }
    const Offers &offers = m_simulation.offers();
    line.minimum = offers.minimum(*product);
    line.multiple = offers.multiple(*product);
    forbid(line, customer, *product);
    line.possible = line.reasonCode.empty();
    if (line.reasonCode == "not-permitted") // what the account may not buy it is not told of
        return line;
    line.description = product->description;
    line.unit = product->unit;
    if (line.reasonCode == "withdrawn")
        return line;
    price(line, customer, *product);
    stock(line, customer, *product);
    return line;
}

void Quoting::forbid(QuoteLine &line, const Customer &customer, const Product &product)
{
    const Offers &offers = m_simulation.offers();
    const auto say = [&line](const char *code, std::string reason) {
        line.reasonCode = code;
        line.reason = std::move(reason);
    };
    if (!Offers::maySell(customer, product))
        return say("not-permitted", "This item is not in your agreement. Ask us to add it.");
    if (offers.isWithdrawn(product, m_day)) {
        if (const Product *instead = offers.successor(product);
            instead && Offers::maySell(customer, *instead)) {
            line.successor = instead->sku;
            line.successorDescription = instead->description;
        }
        return say("withdrawn",
                   line.successor.empty()
                       ? "This item is no longer made, and there is nothing in its place."
                       : "This item is no longer made. " + line.successor + " takes its place.");
    }
    if (line.quantity <= Decimal()) {
        line.orderable = line.minimum;
        return say("quantity-none", "The quantity has to be above 0.");
    }
    if (line.quantity > mostUnits) {
        return say("quantity-too-large",
                   "At most " + mostUnits.toString() + " can be ordered at once. Call us about more.");
    }
    if (line.quantity < line.minimum) {
        line.orderable = line.minimum;
        return say("below-minimum", "The least that can be ordered is " + line.minimum.toString() + '.');
    }
    if (!isMultiple(line.quantity, line.multiple)) {
        line.orderable = nextMultiple(line.quantity, line.multiple);
        say("not-a-multiple",
            "It is sold in multiples of " + line.multiple.toString() + ": " + line.orderable.toString()
                + " is the next.");
    }
}

void Quoting::price(QuoteLine &line, const Customer &customer, const Product &product)
{
    const Offers &offers = m_simulation.offers();
    const Decimal quantity = line.possible ? line.quantity
        : line.orderable.isZero()          ? line.minimum
                                           : line.orderable;
    line.unitPrice = offers.price(customer, product, quantity, m_day);
    line.breaks = offers.breaks(customer, product, m_day);
    if (line.possible) {
        line.net = extended(line.quantity, line.unitPrice, minorUnitPlaces(customer.account.currency));
        line.tax = taxOn(line.net, m_company.taxRate(customer, product));
    }
    const bool contract = Offers::hasContract(customer, product);
    const Decimal first = line.breaks.empty() ? line.unitPrice : line.breaks.front().unitPrice;
    if (line.unitPrice != first) {
        const auto reached = std::ranges::find(line.breaks, line.unitPrice, &PriceBreak::unitPrice);
        line.priceSource = "break";
        line.priceReason
            = "The price from " + reached->from.toString() + " on; below, it is " + first.toString() + '.';
        return;
    }
    line.priceSource = contract ? "contract" : "list";
    line.priceReason
        = std::string(contract ? "Your contract price" : "Our list price for you, without a contract")
        + ", as of the review of " + dayAndMonth(m_simulation.shownDate(offers.pricesSince(customer, m_day)))
        + '.';
}

void Quoting::stock(QuoteLine &line, const Customer &customer, const Product &product)
{
    line.available = m_simulation.available(customer, product);
    line.stock = m_simulation.stock(customer, product);
    line.inStock = std::clamp(line.available, Decimal(), std::max(line.quantity, Decimal()));
    if (line.inStock < line.quantity)
        line.expectedOn = m_simulation.expectedOn(customer, product);
}

void Quoting::total(Quote &quote, const Customer &customer)
{
    const Offers &offers = m_simulation.offers();
    bool any = false;
    for (const QuoteLine &line : quote.lines) {
        any = any || line.possible;
        quote.net += line.net;
        quote.tax += line.tax;
    }
    quote.freeFreightFrom = offers.freeFreightFrom(customer);
    quote.freight = any ? offers.freight(customer, quote.net) : Amount();
    quote.tax += taxOn(quote.freight, customer.taxBasisPoints);
    quote.total = quote.net + quote.tax + quote.freight;
    if (!any)
        quote.notices.push_back({"nothing-possible", "Nothing of this can be ordered.", true});
    else if (quote.net < offers.minimumOrder(customer)) {
        quote.notices.push_back({"minimum-order",
                                 "The least that we deliver is worth "
                                     + moneyText(offers.minimumOrder(customer), quote.currency)
                                     + " net. Add something.",
                                 true});
    }
}

void Quoting::credit(Quote &quote, const Customer &customer)
{
    const CreditStanding &standing = m_simulation.standing(customer);
    quote.creditTold = true;
    quote.creditLimited = standing.limited;
    if (!standing.limited)
        return;
    quote.creditLimit = standing.limit;
    quote.creditAvailable = standing.available;
    quote.creditAfter = standing.available - quote.total;
    quote.willHold = quote.creditAfter < Amount();
    if (!quote.willHold)
        return;
    quote.holdReason = standing.available < Amount()
        ? "The account is over its credit limit already, so this order will wait until credit control "
          "releases "
          "it. Pay open invoices, or ask for a higher limit."
        : "This order goes beyond the account’s credit limit, so it will wait until credit control releases "
          "it. "
          "Pay open invoices, order less, or ask for a higher limit.";
    quote.notices.push_back({"credit-hold", quote.holdReason, false});
}

void Quoting::look(Quote &quote, const QuoteRequest &request, const Customer &customer)
{
    lookAtReference(quote, request, customer);
    if (request.wantedOn.isSet() && request.wantedOn < dateOf(m_now))
        quote.notices.push_back({"wanted-past", "The day wanted is over. Choose a later one.", true});
    if (!isPlaceOfDelivery(request.shipTo, customer)) {
        quote.notices.push_back(
            {"ship-to", "We do not deliver to the address that was chosen. Choose another one.", true});
    }
}

void Quoting::lookAtReference(Quote &quote, const QuoteRequest &request, const Customer &customer)
{
    const std::string &reference = request.poReference;
    if (reference.empty()) {
        if (needsReference(customer))
            quote.notices.push_back(
                {"po-missing", "Your company orders by number only: enter your PO.", true});
        return;
    }
    if (customer.poStyle == 1 && !isTenDigits(reference)) {
        quote.notices.push_back(
            {"po-pattern", "Your company’s order numbers have ten digits and begin with 45.", true});
    }
    if (const auto known = m_books.orderWithReference(request.account, reference)) {
        quote.notices.push_back(
            {"po-duplicate", "Order " + *known + " has the same number. Is this one wanted as well?", false});
    }
}

bool Quoting::isPlaceOfDelivery(const std::string &key, const Customer &customer)
{
    if (key.empty())
        return true;
    const auto id = m_books.idOf(Address::type, key);
    Address address;
    return id && m_books.read(Address::type, *id, &address) && address.account == customer.account.key
        && address.current && address.shipTo && address.status != "refused";
}

} // namespace Counterfoil::Sandbox
