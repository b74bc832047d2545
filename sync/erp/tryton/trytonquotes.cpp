#include "trytonquotes.h"

#include "cartrules.h"
#include "trytonthings.h"

#include <QDate>

#include <algorithm>
#include <charconv>

namespace Counterfoil {

namespace {

// Tryton promises nothing: its prices hold until somebody changes them.
constexpr std::int64_t validMs = 5 * 60'000;

struct Problem
{
    std::string_view code;
    const char *reason;
};

constexpr Problem problems[] = {
    {"unknown-item", "There is no item with this number. Look it up, or ask us."},
    {"withdrawn", "This item is no longer sold."},
    {"quantity-none", "The quantity has to be above 0."},
    {"quantity-too-large", "This is more than can be ordered at once. Call us about it."},
    {"no-price", "There is no price for this item yet. Ask us."},
};

QuoteNotice nothingPossible()
{
    return {"nothing-possible", "Nothing of this can be ordered.", true};
}

QJsonValue trytonDate(Date day)
{
    if (!day.isSet())
        return {};
    const QDate date = QDate(1970, 1, 1).addDays(day.daysSinceEpoch);
    return QJsonObject{{QStringLiteral("__class__"), QStringLiteral("date")},
                       {QStringLiteral("year"), date.year()},
                       {QStringLiteral("month"), date.month()},
                       {QStringLiteral("day"), date.day()}};
}

Decimal nextMultiple(Decimal quantity, Decimal of)
{
    return {(quantity.millionths + of.millionths - 1) / of.millionths * of.millionths};
}

void readBreaks(const TrytonRow &row, QuoteLine &line)
{
    for (const TrytonRow &each : row.rows("breaks"))
        line.breaks.push_back({each.quantity("from"), each.decimal("price")});
}

void explainPrice(QuoteLine &line, bool contract)
{
    const auto reached = std::ranges::find(line.breaks, line.unitPrice, &PriceBreak::unitPrice);
    if (reached != line.breaks.end() && reached != line.breaks.begin()) {
        line.priceSource = "break";
        line.priceReason = "The price from " + reached->from.toString() + " on; below, it is "
            + line.breaks.front().unitPrice.toString() + '.';
    } else {
        line.priceSource = contract ? "contract" : "list";
        line.priceReason = contract ? "The price that was agreed with you." : "Our list price.";
    }
}

void explainProblem(QuoteLine &line, const std::string &code)
{
    line.reasonCode = code;
    if (code == "not-a-multiple") {
        line.orderable = nextMultiple(line.quantity, line.multiple);
        line.reason = "It is sold in multiples of " + line.multiple.toString() + ": "
            + line.orderable.toString() + " is the next.";
        return;
    }
    const auto known = std::ranges::find(problems, code, &Problem::code);
    line.reason = known == std::end(problems) ? "This cannot be ordered." : known->reason;
}

QuoteLine lineOf(const TrytonRow &row, const QuoteWish &wish, bool contract, int places)
{
    QuoteLine line;
    line.lineNumber = wish.lineNumber;
    line.sku = wish.sku;
    line.quantity = wish.quantity;
    line.description = row.text("name");
    line.unit = row.text("unit");
    if (row.has("rounding"))
        line.minimum = line.multiple = std::max(row.quantity("rounding"), Decimal{1});
    readBreaks(row, line);
    const std::string problem = row.text("problem");
    if (!problem.empty()) {
        explainProblem(line, problem);
        return line;
    }
    line.possible = true;
    line.unitPrice = row.decimal("price");
    line.net = row.amount("net", places);
    line.tax = trytonTax(line.net, trytonTaxRate(row));
    explainPrice(line, contract);
    line.available = row.has("available") ? row.quantity("available") : line.quantity;
    line.inStock = std::clamp(line.available, Decimal(), line.quantity);
    return line;
}

void readCredit(const TrytonRow &row, Quote &quote, int places)
{
    quote.creditTold = true;
    quote.creditLimited = row.has("limit");
    if (!quote.creditLimited)
        return;
    quote.creditLimit = row.amount("limit", places);
    quote.creditAvailable = quote.creditLimit - row.amount("used", places);
    // As Tryton reckons: it heeds the order without its tax.
    quote.creditAfter = quote.creditAvailable - quote.net - quote.freight;
    if (quote.creditAfter < Amount()) {
        quote.notices.push_back({"credit-limit",
                                 "This order goes beyond the account’s credit limit, so it cannot be placed. "
                                 "Pay open invoices, order less, or ask for a higher limit.",
                                 true});
    }
}

void readNotices(const TrytonRow &row, const QuoteRequest &request, Instant now, Quote &quote)
{
    if (std::ranges::none_of(quote.lines, &QuoteLine::possible))
        quote.notices.push_back(nothingPossible());
    if (request.wantedOn.isSet() && request.wantedOn.daysSinceEpoch < now.ms / msPerDay)
        quote.notices.push_back({"wanted-past", "The day wanted is over. Choose a later one.", true});
    if (!row.flag("deliverable")) {
        quote.notices.push_back(
            {"ship-to", "We do not deliver to the address that was chosen. Choose another one.", true});
    }
    if (const std::string same = row.text("same_reference"); !same.empty()) {
        quote.notices.push_back(
            {"po-duplicate", "Order " + same + " has the same number. Is this one wanted as well?", false});
    }
}

QuoteLine refusedLine(const QuoteWish &wish, const std::string &sentence)
{
    QuoteLine line;
    line.lineNumber = wish.lineNumber;
    line.sku = wish.sku;
    line.quantity = wish.quantity;
    line.reasonCode = "refused";
    line.reason = sentence;
    return line;
}

QuoteLine unpricedLine(const QuoteWish &wish)
{
    QuoteLine line = refusedLine(wish, "It was not priced, because the order as a whole is refused.");
    line.reasonCode = "not-priced";
    return line;
}

} // namespace

QJsonObject trytonDecimal(Decimal value)
{
    return {{QStringLiteral("__class__"), QStringLiteral("Decimal")},
            {QStringLiteral("decimal"), QString::fromStdString(value.toString())}};
}

std::int64_t trytonId(const std::string &key)
{
    std::int64_t id = 0;
    const char *const end = key.data() + key.size();
    const auto read = std::from_chars(key.data(), end, id);
    return read.ec == std::errc() && read.ptr == end ? std::max<std::int64_t>(id, 0) : 0;
}

QJsonObject TrytonQuotes::wish(const QuoteRequest &request)
{
    QJsonArray lines;
    for (const QuoteWish &each : request.lines) {
        lines.append(
            QJsonArray{QString::fromStdString(each.sku), QString::fromStdString(each.quantity.toString())});
    }
    const std::int64_t shipTo = trytonId(request.shipTo);
    return {{QStringLiteral("party"), static_cast<qint64>(trytonId(request.account))},
            {QStringLiteral("ship_to"),
             request.shipTo.empty() ? QJsonValue() : QJsonValue(static_cast<qint64>(shipTo))},
            {QStringLiteral("reference"), QString::fromStdString(request.poReference)},
            {QStringLiteral("wanted"), trytonDate(request.wantedOn)},
            {QStringLiteral("most"), QString::fromStdString(mostUnits.toString())},
            {QStringLiteral("lines"), lines}};
}

Result<Quote> TrytonQuotes::quote(const QuoteRequest &request)
{
    auto priced = price(request);
    if (!priced && priced.error().kind == ErrorKind::Rejected)
        return refusal(request, priced.error().userText.toStdString());
    return priced;
}

// Tryton does not say which line it is about. What is said of each alone is about the whole again.
Quote TrytonQuotes::refusal(const QuoteRequest &request, const std::string &sentence)
{
    Quote quote;
    quote.account = request.account;
    quote.at = quote.validUntil = m_clock.now();
    if (request.lines.size() == 1) {
        quote.lines.push_back(refusedLine(request.lines.front(), sentence));
        quote.notices.push_back(nothingPossible());
        return quote;
    }
    quote.notices.push_back({"refused", sentence, true});
    QuoteRequest alone = request;
    bool goesOn = request.lines.size() <= mostAskedAlone;
    for (const QuoteWish &wish : request.lines) {
        quote.lines.push_back(unpricedLine(wish));
        if (!goesOn)
            continue;
        alone.lines = {wish};
        const auto priced = price(alone);
        if (priced && !priced->lines.front().possible)
            quote.lines.back() = priced->lines.front();
        else if (!priced && priced.error().kind == ErrorKind::Rejected)
            quote.lines.back() = refusedLine(wish, priced.error().userText.toStdString());
        else
            goesOn = priced.ok();
    }
    if (std::ranges::all_of(quote.lines, [&](const QuoteLine &line) { return line.reason == sentence; }))
        std::ranges::transform(request.lines, quote.lines.begin(), unpricedLine);
    return quote;
}

Result<Quote> TrytonQuotes::price(const QuoteRequest &request)
{
    const auto answer
        = m_session.call(QStringLiteral("model.counterfoil.command.quote"), {wish(request)}, {.alone = true});
    if (!answer)
        return answer.error();
    if (answer->isNull())
        return Error{ErrorKind::NotFound, {}, QString::fromStdString(request.account)};
    std::string wrong;
    const TrytonRow row(answer->toObject(), wrong);
    const auto lines = row.rows("lines");
    Quote quote;
    quote.account = request.account;
    quote.currency = row.row("currency").text("code");
    quote.at = m_clock.now();
    quote.validUntil = {quote.at.ms + validMs};
    const int places = minorUnitPlaces(quote.currency);
    const bool contract = row.flag("contract");
    for (std::size_t i = 0; i < std::min(lines.size(), request.lines.size()); ++i)
        quote.lines.push_back(lineOf(lines[i], request.lines[i], contract, places));
    quote.net = row.amount("net", places);
    quote.freight = row.amount("freight", places);
    quote.tax = row.amount("tax", places);
    quote.total = row.amount("total", places);
    readCredit(row, quote, places);
    readNotices(row, request, quote.at, quote);
    if (!wrong.empty() || !answers(quote, request))
        return Error{ErrorKind::BadReply, {}, QStringLiteral("quote: ") + QString::fromStdString(wrong)};
    return quote;
}

} // namespace Counterfoil
