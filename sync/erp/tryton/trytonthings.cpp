#include "trytonthings.h"

#include "status.h"

#include <cstdlib>
#include <limits>

namespace Counterfoil {

namespace {

struct Wording
{
    const char *subject;
    const char *code;
    const char *label;
    const char *tone;
    const char *symbol;
};

constexpr Wording wordings[] = {
    {"order", "confirmed", "Confirmed", "neutral", "○"},
    {"order", "picking", "Picking", "info", "▣"},
    {"order", "part-shipped", "Part shipped", "warn", "◐"},
    {"order", "shipped", "Shipped", "ok", "➤"},
    {"order", "exception", "Being looked into", "bad", "■"},
    {"order", "closed", "Closed", "neutral", "●"},
    {"order", "cancelled", "Cancelled", "neutral", "✕"},
    {"orderLine", "open", "Open", "neutral", "○"},
    {"orderLine", "allocated", "Allocated", "info", "▣"},
    {"orderLine", "part-shipped", "Part shipped", "warn", "◐"},
    {"orderLine", "shipped", "Shipped", "ok", "➤"},
    {"orderLine", "cancelled", "Cancelled", "neutral", "✕"},
    {"shipment", "ready", "Packed", "info", "▣"},
    {"shipment", "sent", "Sent", "ok", "➤"},
    {"invoice", "open", "Open", "info", "○"},
    {"invoice", "part-paid", "Part paid", "info", "◐"},
    {"invoice", "settling", "Payment under way", "info", "◔"},
    {"invoice", "paid", "Paid", "ok", "✓"},
    {"invoice", "credit-open", "Credit to use", "info", "○"},
    {"invoice", "credit-used", "Credit used", "neutral", "●"},
    {"invoice", "cancelled", "Cancelled", "neutral", "✕"},
    {"payment", "applied", "Applied", "ok", "✓"},
    {"payment", "processing", "Under way", "info", "◔"},
    {"payment", "failed", "Failed", "bad", "✕"},
    {"address", "confirmed", "Confirmed", "ok", "✓"},
    {"address", "retired", "No longer used", "neutral", "●"},
    {"contact", "confirmed", "Confirmed", "ok", "✓"},
    {"contact", "retired", "Left", "neutral", "●"},
    {"return", "requested", "Requested", "info", "○"},
    {"return", "authorised", "Authorised", "info", "▣"},
    {"return", "received", "Received", "info", "◐"},
    {"return", "credited", "Credited", "ok", "✓"},
    {"return", "settled", "Settled", "ok", "✓"},
    {"return", "refused", "Refused", "bad", "✕"},
    {"return", "withdrawn", "Withdrawn", "neutral", "●"},
    {"return", "lapsed", "Cancelled", "neutral", "●"},
    {"returnOutcome", "credit", "Credit", "neutral", "○"},
    {"cart", "open", "Being filled", "info", "○"},
    {"cart", "submitted", "Placed", "ok", "✓"},
    {"cart", "closed", "Put away", "neutral", "●"},
};

} // namespace

std::span<const TrytonThing> trytonThings()
{
    static const TrytonThing things[]
        = {trytonAccount, trytonOrder,    trytonShipment,  trytonInvoice,   trytonTransfer,
           trytonPayment, trytonStanding, trytonAddress,   trytonContact,   trytonCart,
           trytonItem,    trytonTerms,    trytonComplaint, trytonReturnSale};
    return things;
}

std::vector<AnyRecord> trytonStatuses()
{
    std::vector<AnyRecord> statuses;
    for (const Wording &wording : wordings) {
        const auto status = std::make_shared<Status>();
        status->key = std::string(wording.subject) + '/' + wording.code;
        status->subject = wording.subject;
        status->code = wording.code;
        status->label = wording.label;
        status->tone = wording.tone;
        status->symbol = wording.symbol;
        status->position = static_cast<std::int64_t>(statuses.size()) + 1;
        statuses.emplace_back(status);
    }
    return statuses;
}

std::string trytonKey(const char *prefix, std::int64_t id)
{
    return id == 0 ? std::string() : prefix + std::to_string(id);
}

Instant noonOf(Date day)
{
    if (!day.isSet())
        return {};
    return {day.daysSinceEpoch * msPerDay + msPerDay / 2};
}

std::string trytonDescription(const TrytonRow &line)
{
    const std::string own = line.text("description");
    return own.empty() ? line.row("product").text("name") : own;
}

Decimal trytonTaxRate(const TrytonRow &line)
{
    Decimal rate;
    for (const TrytonRow &tax : line.rows("taxes")) {
        if (tax.text("type") == "percentage")
            rate += tax.decimal("rate");
    }
    return {rate.millionths * 100};
}

Amount trytonTax(Amount net, Decimal rate)
{
    constexpr std::int64_t hundred = 100 * Decimal::one;
    // Both come from outside: what cannot be multiplied is no tax that anybody charges.
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max() / 2;
    if (rate.isZero() || std::abs(net.minor) > most / std::abs(rate.millionths))
        return {};
    const std::int64_t product = net.minor * rate.millionths;
    const std::int64_t half = product < 0 ? -hundred / 2 : hundred / 2;
    return {(product + half) / hundred};
}

} // namespace Counterfoil
