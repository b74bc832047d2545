#include "partmatch.h"

#include "display.h"

#include <QCoreApplication>
#include <QHash>

#include <algorithm>

namespace Counterfoil {

namespace {

class PartMatchText
{
    Q_DECLARE_TR_FUNCTIONS(PartMatch)
};

// Without what people leave out or put in: dashes, blanks, capitals.
QString plain(const QString &item)
{
    QString text = item.toLower();
    text.removeIf([](QChar c) { return !c.isLetterOrNumber(); });
    return text;
}

MatchedPart matched(const PartRow &row, const QHash<QString, const BoughtItem *> &byNumber,
                    const QHash<QString, QList<const BoughtItem *>> &byPlain)
{
    MatchedPart part{row, MatchedPart::Group::Bad, {}, row.note};
    if (row.state == PartRow::State::Bad)
        return part;
    part.line.sku = row.item.toStdString();
    part.line.quantity = row.quantity;
    const BoughtItem *item = byNumber.value(row.item);
    const QList<const BoughtItem *> alike
        = item ? QList<const BoughtItem *>() : byPlain.value(plain(row.item));
    const bool sure = item && row.state == PartRow::State::Good;
    if (!item && alike.size() == 1)
        item = alike.front();
    if (!item) {
        part.group = MatchedPart::Group::Unknown;
        const QString unknown = alike.isEmpty()
            ? PartMatchText::tr("Not bought before. The supplier is asked when the cart is reviewed.")
            : PartMatchText::tr("%1 and others are written alike. Correct the number.")
                  .arg(Display::text(alike.front()->sku));
        part.note = (unknown + u'\n' + row.note).trimmed();
        return part;
    }
    part.line.sku = item->sku;
    part.line.description = item->last.description;
    part.line.unit = item->last.unit;
    part.line.unitPrice = item->last.unitPrice;
    part.line.pricedAt = item->last.at;
    part.group = sure ? MatchedPart::Group::Matched : MatchedPart::Group::Doubtful;
    if (!alike.isEmpty())
        part.note = (PartMatchText::tr("“%1” was taken for %2.").arg(row.item, Display::text(item->sku))
                     + u'\n' + row.note)
                        .trimmed();
    return part;
}

} // namespace

int MatchedParts::count(MatchedPart::Group group) const
{
    return static_cast<int>(std::ranges::count(rows, group, &MatchedPart::group));
}

std::vector<CartLine> MatchedParts::lines() const
{
    std::vector<CartLine> all;
    for (const MatchedPart &part : rows) {
        if (part.group != MatchedPart::Group::Bad)
            all.push_back(part.line);
    }
    return all;
}

MatchedParts MatchedParts::of(const PartList &list, const std::vector<BoughtItem> &known)
{
    QHash<QString, const BoughtItem *> byNumber;
    QHash<QString, QList<const BoughtItem *>> byPlain;
    for (const BoughtItem &item : known) {
        const QString number = Display::text(item.sku);
        if (byNumber.contains(number)) // of another branch, bought earlier
            continue;
        byNumber.insert(number, &item);
        byPlain[plain(number)].append(&item);
    }
    MatchedParts parts;
    parts.left = list.left;
    parts.refused = list.refused;
    for (const PartRow &row : list.rows)
        parts.rows.push_back(matched(row, byNumber, byPlain));
    return parts;
}

void MatchedParts::takeTold(const std::string &account, ToldPrices &told)
{
    for (MatchedPart &part : rows) {
        if (part.group == MatchedPart::Group::Bad)
            continue;
        const auto found = told.of(account, part.line.sku);
        const ToldPrice *price = found && *found ? &**found : nullptr;
        if (!price || price->at < part.line.pricedAt)
            continue;
        part.line.unit = price->unit;
        part.line.unitPrice = price->unitPrice;
        part.line.pricedAt = price->at;
        part.line.inStock = std::min(price->available, part.line.quantity);
    }
}

} // namespace Counterfoil
