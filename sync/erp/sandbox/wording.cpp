#include "wording.h"

#include <algorithm>
#include <chrono>

namespace Counterfoil::Sandbox {

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
    {"order", "on-hold", "On hold · credit", "bad", "■"},
    {"order", "picking", "Picking", "info", "▣"},
    {"order", "backordered", "Backordered", "warn", "◔"},
    {"order", "part-shipped", "Part shipped", "warn", "◐"},
    {"order", "shipped", "Shipped", "ok", "➤"},
    {"order", "delivered", "Delivered", "ok", "✓"},
    {"order", "returned", "Returned", "warn", "↩"},
    {"order", "closed", "Closed", "neutral", "●"},
    {"order", "cancelled", "Cancelled", "neutral", "✕"},
    {"orderLine", "open", "Open", "neutral", "○"},
    {"orderLine", "allocated", "Allocated", "info", "▣"},
    {"orderLine", "backordered", "Backordered", "warn", "◔"},
    {"orderLine", "part-shipped", "Part shipped", "warn", "◐"},
    {"orderLine", "shipped", "Shipped", "ok", "➤"},
    {"orderLine", "cancelled", "Cancelled", "neutral", "✕"},
    {"shipment", "ready", "Ready for collection", "info", "▣"},
    {"shipment", "in-transit", "In transit", "info", "➤"},
    {"shipment", "delayed", "Delayed by the carrier", "bad", "■"},
    {"shipment", "out-for-delivery", "Out for delivery", "info", "◐"},
    {"shipment", "failed", "Delivery failed", "bad", "✕"},
    {"shipment", "returning", "Being returned", "warn", "↩"},
    {"shipment", "returned", "Returned to us", "neutral", "↩"},
    {"shipment", "collected", "Collected", "ok", "✓"},
    {"shipment", "delivered", "Delivered", "ok", "✓"},
    {"invoice", "open", "Open", "info", "○"},
    {"invoice", "disputed", "Disputed", "warn", "■"},
    {"invoice", "part-paid", "Part paid", "info", "◐"},
    {"invoice", "part-credited", "Part credited", "info", "◐"},
    {"invoice", "paid", "Paid", "ok", "✓"},
    {"invoice", "credited", "Credited", "neutral", "●"},
    {"invoice", "credit-open", "Credit to use", "info", "○"},
    {"invoice", "credit-used", "Credit used", "neutral", "●"},
    {"payment", "applied", "Applied", "ok", "✓"},
    {"payment", "part-applied", "Partly applied", "warn", "◐"},
    {"address", "pending", "Being checked", "info", "◔"},
    {"address", "confirmed", "Confirmed", "ok", "✓"},
    {"address", "refused", "Refused", "bad", "✕"},
    {"address", "retired", "No longer used", "neutral", "●"},
    {"contact", "pending", "Being checked", "info", "◔"},
    {"contact", "confirmed", "Confirmed", "ok", "✓"},
    {"contact", "refused", "Refused", "bad", "✕"},
    {"contact", "retired", "Left", "neutral", "●"},
    {"cart", "open", "Being filled", "info", "○"},
    {"cart", "submitted", "Placed", "ok", "✓"},
    {"cart", "closed", "Put away", "neutral", "●"},
    {"return", "requested", "Requested", "info", "○"},
    {"return", "authorised", "Authorised", "info", "▣"},
    {"return", "in-transit", "On its way to us", "info", "➤"},
    {"return", "received", "Received", "info", "◐"},
    {"return", "inspected", "Inspected", "info", "◔"},
    {"return", "credited", "Credited", "ok", "✓"},
    {"return", "settled", "Repaired and sent back", "ok", "✓"},
    {"return", "refused", "Refused", "bad", "✕"},
    {"return", "withdrawn", "Withdrawn", "neutral", "●"},
    {"return", "lapsed", "Never sent", "neutral", "●"},
    {"returnOutcome", "credit", "Credit", "neutral", "○"},
    {"returnOutcome", "refund", "Refund", "neutral", "○"},
    {"returnOutcome", "replacement", "Replacement", "neutral", "○"},
    {"returnOutcome", "repair", "Repair", "neutral", "○"},
    {"returnDisposition", "restock", "Back to stock", "neutral", "○"},
    {"returnDisposition", "repair", "Repaired", "neutral", "○"},
    {"returnDisposition", "replace", "Replaced", "neutral", "○"},
    {"returnDisposition", "scrap", "Scrapped", "neutral", "○"},
    {"returnDisposition", "vendor", "Back to the maker", "neutral", "○"},
};

std::chrono::year_month_day civil(Date date)
{
    return std::chrono::sys_days(std::chrono::days(date.daysSinceEpoch));
}

std::string padded(std::int64_t number, std::size_t digits)
{
    std::string text = std::to_string(number);
    return text.size() < digits ? std::string(digits - text.size(), '0') + text : text;
}

} // namespace

std::vector<Status> firstStatuses()
{
    std::vector<Status> statuses;
    for (const Wording &wording : wordings) {
        Status status;
        status.key = std::string(wording.subject) + '/' + wording.code;
        status.subject = wording.subject;
        status.code = wording.code;
        status.label = wording.label;
        status.tone = wording.tone;
        status.symbol = wording.symbol;
        status.position = static_cast<std::int64_t>(statuses.size()) + 1;
        statuses.push_back(std::move(status));
    }
    return statuses;
}

std::string dayAndMonth(Date date)
{
    static constexpr const char *months[]
        = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto day = civil(date);
    return std::to_string(static_cast<unsigned>(day.day())) + ' '
        + months[static_cast<unsigned>(day.month()) - 1];
}

std::string notesText(const std::string &notes)
{
    return "The buyer’s note: " + notes;
}

std::string placedText(const std::string &origin, const std::string &by)
{
    if (origin == "edi")
        return "Received by EDI";
    if (origin == "web")
        return "Placed by " + by + " on the web";
    return "Placed by " + by + (origin == "app" ? " in the app" : " by " + origin);
}

std::string poReference(int style, std::int64_t order, Date placed, const std::string &accountNumber)
{
    const auto day = civil(placed);
    const auto year = static_cast<int>(day.year());
    const auto month = static_cast<unsigned>(day.month());
    switch (style) {
    case 0:
        return "PO " + std::to_string(7'000 + order);
    case 1:
        return "45" + padded(10'000'000 + order, 8);
    case 2:
        return "PUR/" + std::to_string(year) + '/' + padded(order % 100'000, 5);
    case 3:
        return accountNumber.substr(accountNumber.size() - 3) + '-' + std::to_string(year % 100) + '-'
            + padded(order, 4);
    case 4:
        return std::to_string(year % 100) + padded(month, 2) + '-' + padded(order % 10'000, 4);
    default:
        return "REQ " + std::to_string(60'000 + order);
    }
}

Date dateOf(Instant at)
{
    return {static_cast<std::int32_t>(
        std::chrono::floor<std::chrono::days>(std::chrono::milliseconds(at.ms)).count())};
}

} // namespace Counterfoil::Sandbox
