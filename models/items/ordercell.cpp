#include "ordercell.h"

#include "display.h"
#include "itemroles.h"
#include "statuswording.h"

#include <QCoreApplication>

namespace Counterfoil {

namespace {

QString displayText(const Order &order, const Field &field)
{
    switch (field.type) {
    case FieldType::Text: {
        const auto &text = field.in<std::string>(&order);
        return field.name == "origin" ? Display::origin(text) : Display::text(text);
    }
    case FieldType::Integer:
        return QString::number(field.in<std::int64_t>(&order));
    case FieldType::Flag:
        return field.in<bool>(&order) ? QCoreApplication::translate("Display", "Yes") : QString();
    case FieldType::Instant:
        return Display::shortDate(field.in<Instant>(&order));
    case FieldType::Date:
        return Display::shortDate(field.in<Date>(&order));
    case FieldType::Amount:
        return Display::money(field.in<Amount>(&order), order.currency);
    case FieldType::Decimal:
        if (field.name == "unitsShipped") {
            return QCoreApplication::translate("Display", "%1 of %2", "units shipped of units ordered")
                .arg(Display::quantity(order.unitsShipped), Display::quantity(order.unitsOrdered));
        }
        return Display::quantity(field.in<Decimal>(&order));
    case FieldType::List:
        break;
    }
    return {};
}

QVariant rawValue(const Order &order, const Field &field)
{
    switch (field.type) {
    case FieldType::Text:
        return Display::text(field.in<std::string>(&order));
    case FieldType::Integer:
        return qint64{field.in<std::int64_t>(&order)};
    case FieldType::Flag:
        return field.in<bool>(&order);
    case FieldType::Instant:
        return qint64{field.in<Instant>(&order).ms};
    case FieldType::Date:
        return qint64{field.in<Date>(&order).daysSinceEpoch};
    case FieldType::Amount:
        return qint64{field.in<Amount>(&order).minor};
    case FieldType::Decimal:
        return qint64{field.in<Decimal>(&order).millionths};
    case FieldType::List:
        break;
    }
    return {};
}

QString toolTip(const Order &order, const Field &field)
{
    if (field.type == FieldType::Instant)
        return Display::full(field.in<Instant>(&order));
    if (field.type == FieldType::Date)
        return Display::full(field.in<Date>(&order));
    return displayText(order, field);
}

// When and how an order came in is looked at less often than what it is.
bool isSecondary(const Field &field)
{
    return field.type == FieldType::Instant || field.type == FieldType::Date || field.name == "origin";
}

} // namespace

Qt::Alignment alignmentOf(const Field &field)
{
    const bool number = field.type == FieldType::Integer || field.type == FieldType::Amount
        || field.type == FieldType::Decimal;
    return Qt::AlignVCenter | (number ? Qt::AlignRight : Qt::AlignLeft);
}

QVariant orderCell(const Order &order, const Field &field, int role, const StatusWording &wording)
{
    const bool isStatus = field.name == "status";
    switch (role) {
    case Qt::DisplayRole:
        return isStatus ? wording.of("order", order.status).label : displayText(order, field);
    case Qt::ToolTipRole:
        if (isStatus && !order.holdReason.empty())
            return Display::text(order.holdReason);
        return isStatus ? wording.of("order", order.status).label : toolTip(order, field);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(alignmentOf(field));
    case ItemRole::Raw:
        return rawValue(order, field);
    case ItemRole::Tone:
        return isStatus ? wording.of("order", order.status).tone : QString();
    case ItemRole::Symbol:
        return isStatus ? wording.of("order", order.status).symbol : QString();
    case ItemRole::Secondary:
        return isSecondary(field);
    default:
        return {};
    }
}

} // namespace Counterfoil
