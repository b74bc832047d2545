#include "cartrules.h"

#include "commandoutcome.h"
#include "erpwords.h"

namespace Counterfoil {

namespace {

std::string lineName(const CartLine &line)
{
    return "Line " + std::to_string(line.lineNumber) + " (" + line.sku + ')';
}

CartDifference differenceOf(const CartLine &line, std::string code, std::string was, std::string now,
                            const std::string &text)
{
    return {line.lineNumber, line.sku,       std::move(code),
            std::move(was),  std::move(now), lineName(line) + ": " + text};
}

void compareLine(const CartLine &seen, const QuoteLine &now, std::vector<CartDifference> &found)
{
    if (!now.possible) {
        found.push_back(differenceOf(seen, now.reasonCode, seen.quantity.toString(),
                                     now.orderable.isZero() ? now.successor : now.orderable.toString(),
                                     now.reason));
        return;
    }
    if (!seen.pricedAt.isSet() || seen.unitPrice != now.unitPrice) {
        const std::string was = seen.pricedAt.isSet() ? seen.unitPrice.toString() : std::string();
        found.push_back(differenceOf(
            seen, "price", was, now.unitPrice.toString(),
            was.empty() ? "it has no price yet. It is " + now.unitPrice.toString() + '.'
                        : "the price was " + was + " and is now " + now.unitPrice.toString() + '.'));
    }
    if (seen.unit != now.unit)
        found.push_back(
            differenceOf(seen, "unit", seen.unit, now.unit, "it is now sold by " + now.unit + '.'));
    if (now.inStock < seen.inStock) {
        found.push_back(differenceOf(seen, "stock", seen.inStock.toString(), now.inStock.toString(),
                                     "of " + seen.quantity.toString() + ", " + seen.inStock.toString()
                                         + " were in stock, and now " + now.inStock.toString() + '.'));
    }
}

} // namespace

CommandEffect rejected(const Objection &objection)
{
    CommandEffect effect;
    effect.verdict = CommandEffect::Verdict::Rejected;
    effect.reasonCode = objection.code;
    effect.reason = objection.reason;
    return effect;
}

std::optional<Objection> objectionToTouch(const Cart &cart, std::string_view verb, const std::string &actor)
{
    if (cart.status == "submitted")
        return Objection{"cart-submitted", "This cart was placed already, as order " + cart.order + '.'};
    if (cart.owner != actor && !cart.shared)
        return Objection{"cart-of-another", "This cart is " + cart.owner + "’s, and not shared."};
    if (cart.list && verb == "place")
        return Objection{"cart-is-list", "This is a list, which is not ordered itself. Make a cart of it."};
    if (cart.status == "closed" && verb != "retire")
        return Objection{"cart-closed", "This cart was put away. Make another one."};
    return std::nullopt;
}

std::optional<Objection> refusalOfLines(const std::vector<CartLine> &lines)
{
    constexpr std::size_t mostTextBytes = 800;
    if (lines.size() > mostCartLines) {
        return Objection{"too-many-lines",
                         "A cart has at most " + std::to_string(mostCartLines) + " lines. Split it."};
    }
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const CartLine &line = lines[i];
        const std::string name = "Line " + std::to_string(i + 1);
        for (const std::string *text : {&line.sku, &line.description, &line.unit, &line.fromOrder}) {
            if (text->size() > mostTextBytes)
                return Objection{"text-too-long", name + " holds a text that is too long."};
        }
        if (line.sku.empty())
            return Objection{"item-missing", name + " names no item."};
        if (line.quantity <= Decimal())
            return Objection{"quantity-none", name + ": the quantity has to be above 0."};
        if (line.quantity > mostUnits) {
            return Objection{"quantity-too-large",
                             name + ": at most " + mostUnits.toString() + " can be ordered at once."};
        }
    }
    return std::nullopt;
}

QuoteRequest questionAbout(const Cart &cart)
{
    QuoteRequest request{cart.account, cart.key, cart.shipTo, cart.poReference, cart.wantedOn, {}};
    for (const CartLine &line : cart.lines)
        request.lines.push_back({line.lineNumber, line.sku, line.quantity});
    return request;
}

std::vector<CartDifference> differences(const Cart &seen, const Quote &quote)
{
    std::vector<CartDifference> found;
    for (std::size_t i = 0; i < seen.lines.size(); ++i)
        compareLine(seen.lines[i], quote.lines[i], found);
    for (const QuoteNotice &notice : quote.notices) {
        if (notice.forbids)
            found.push_back({0, {}, notice.code, {}, {}, notice.text});
    }
    if (quote.willHold && !seen.acceptsHold)
        found.push_back({0, {}, "credit-hold", {}, {}, quote.holdReason});
    // Who placed it without a connection was told no total, only prices.
    if (found.empty() && seen.total != Amount() && seen.total != quote.total) {
        const std::string was = moneyText(seen.total, quote.currency);
        const std::string now = moneyText(quote.total, quote.currency);
        found.push_back(
            {0, {}, "total", was, now, "With freight and tax it was " + was + " and is now " + now + '.'});
    }
    return found;
}

CommandEffect refusalBecauseOf(std::vector<CartDifference> differences)
{
    const auto others = std::ssize(differences) - 1;
    std::string reason = differences.front().text;
    if (others > 0) {
        reason += " And " + counted(others, "more", "more") + (others == 1 ? " thing has" : " things have")
            + " changed. Look again.";
    }
    CommandEffect effect = rejected({std::string(RejectionCode::changed), std::move(reason)});
    effect.differences = std::move(differences);
    return effect;
}

} // namespace Counterfoil
