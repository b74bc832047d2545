#include "cartreview.h"

#include "display.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace Counterfoil {

namespace {

class CartReviewText
{
    Q_DECLARE_TR_FUNCTIONS(CartReview)
};

QString sentence(const std::string &words)
{
    QString text = Display::text(words).trimmed();
    if (!text.isEmpty() && !text.back().isPunct())
        text += u'.';
    return text;
}

QString shortage(const QuoteLine &now)
{
    if (now.inStock >= now.quantity)
        return {};
    const QString there = Display::quantity(now.inStock);
    const QString wanted = Display::quantity(now.quantity);
    return now.expectedOn.isSet()
        ? CartReviewText::tr("%1 of %2 are in stock; the rest is expected on %3.")
              .arg(there, wanted, Display::shortDate(now.expectedOn))
        : CartReviewText::tr("%1 of %2 are in stock; there is no date for the rest.").arg(there, wanted);
}

QString changesOf(const CartLine &line, const QuoteLine &now, const std::string &currency, bool withPrices)
{
    QStringList why;
    if (!line.unit.empty() && line.unit != now.unit)
        why.append(CartReviewText::tr("It is sold by another unit now: %1, not %2.")
                       .arg(Display::text(now.unit), Display::text(line.unit)));
    if (withPrices && line.pricedAt.isSet() && line.unitPrice != now.unitPrice) {
        const QString was = Display::unitPrice(line.unitPrice, currency);
        why.append(CartReviewText::tr("%1 on %2, %3 now. %4", "price, day, price, the ERP's sentence why")
                       .arg(was, Display::shortDate(line.pricedAt),
                            Display::unitPrice(now.unitPrice, currency), sentence(now.priceReason))
                       .trimmed());
    }
    if (const QString missing = shortage(now); !missing.isEmpty())
        why.append(missing);
    return why.join(u'\n');
}

QString offerOf(const QuoteLine &now)
{
    if (!now.successor.empty())
        return now.successorDescription.empty()
            ? CartReviewText::tr("Take %1 instead").arg(Display::text(now.successor))
            : CartReviewText::tr("Take %1 instead: %2", "an item and what it is")
                  .arg(Display::text(now.successor), Display::text(now.successorDescription));
    if (now.orderable > Decimal())
        return CartReviewText::tr("Take %1 instead", "a quantity").arg(Display::quantity(now.orderable));
    return {};
}

const QuoteLine *answerFor(const Quote &quote, const CartLine &line)
{
    const auto found = std::ranges::find(quote.lines, line.lineNumber, &QuoteLine::lineNumber);
    return found == quote.lines.end() ? nullptr : &*found;
}

} // namespace

CartReview CartReview::of(const Cart &cart, const Quote &quote, bool withPrices)
{
    CartReview review;
    for (const CartLine &line : cart.lines) {
        ReviewedLine reviewed{line, {}, {}, {}};
        const QuoteLine *now = answerFor(quote, line);
        if (!now) { // which no gateway should do; said rather than dropped
            reviewed.why = CartReviewText::tr("The supplier said nothing of this item. Ask again.");
            review.impossible.push_back(std::move(reviewed));
            continue;
        }
        reviewed.now = *now;
        if (!now->possible) {
            reviewed.why = sentence(now->reason);
            reviewed.offer = offerOf(*now);
            review.impossible.push_back(std::move(reviewed));
            continue;
        }
        reviewed.why = changesOf(line, *now, quote.currency, withPrices);
        (reviewed.why.isEmpty() ? review.ready : review.changed).push_back(std::move(reviewed));
    }
    return review;
}

Cart asQuoted(const Cart &cart, const Quote &quote)
{
    Cart seen = cart;
    if (quote.currency.empty())
        return seen; // refused as a whole: it has no amounts
    seen.currency = quote.currency;
    seen.total = quote.total;
    for (CartLine &line : seen.lines) {
        const QuoteLine *now = answerFor(quote, line);
        if (!now)
            continue;
        line.description = now->description.empty() ? line.description : now->description;
        if (!now->possible)
            continue;
        line.unit = now->unit;
        line.unitPrice = now->unitPrice;
        line.pricedAt = quote.at;
        line.inStock = now->inStock;
    }
    return seen;
}

CartLine asOffered(const ReviewedLine &reviewed)
{
    CartLine line = reviewed.line;
    if (!reviewed.now.successor.empty()) {
        line.sku = reviewed.now.successor;
        line.description = reviewed.now.successorDescription;
        line.unit.clear();
        line.unitPrice = {};
        line.pricedAt = {};
        line.inStock = {};
    } else if (reviewed.now.orderable > Decimal()) {
        line.quantity = reviewed.now.orderable;
    }
    return line;
}

} // namespace Counterfoil
