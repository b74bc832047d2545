#include "recordcell.h"

#include "cart.h"
#include "display.h"
#include "displaytext.h"
#include "document.h"
#include "invoice.h"
#include "itemroles.h"
#include "order.h"
#include "return.h"
#include "shipment.h"
#include "statuswording.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <algorithm>

namespace Counterfoil {

namespace {

// What is shown of a field. Tone and symbol are a state's.
struct Face
{
    QString text;
    QString tone;
    QString symbol;
    QString toolTip = {}; // empty: the text
};

Face statusFace(const RecordType &kind, const std::string &code, const StatusWording &wording)
{
    const StatusWording::Words words = wording.of(kind.name, code);
    return {words.label, words.tone, words.symbol};
}

Face orderStatus(const void *record, const StatusWording &wording, const CellContext &)
{
    const auto &order = *static_cast<const Order *>(record);
    Face face = statusFace(Order::type, order.status, wording);
    face.toolTip = Display::text(order.holdReason);
    return face;
}

Face unitsShipped(const void *record, const StatusWording &, const CellContext &)
{
    const auto &order = *static_cast<const Order *>(record);
    return {DisplayText::tr("%1 of %2", "units shipped of units ordered")
                .arg(Display::quantity(order.unitsShipped), Display::quantity(order.unitsOrdered)),
            {},
            {}};
}

// What the person has to do about it comes before the ERP's state.
Face invoiceStatus(const void *record, const StatusWording &wording, const CellContext &context)
{
    const auto &invoice = *static_cast<const Invoice *>(record);
    const Face stated = statusFace(Invoice::type, invoice.status, wording);
    if (invoice.credit) {
        return {DisplayText::tr("Credit", "a credit memo"), QStringLiteral("neutral"), stated.symbol,
                stated.text};
    }
    if (!invoice.open)
        return stated;
    if (!invoice.disputeReason.empty()) {
        return {DisplayText::tr("Disputed"), QStringLiteral("warn"), QStringLiteral("?"),
                Display::text(invoice.disputeReason)};
    }
    if (invoice.dueOn.isSet() && context.today.isSet() && invoice.dueOn < context.today) {
        const int days = context.today.daysSinceEpoch - invoice.dueOn.daysSinceEpoch;
        return {DisplayText::tr("Overdue %1 d", "days since an invoice was due").arg(days),
                QStringLiteral("bad"), QStringLiteral("!"),
                QCoreApplication::translate("Display", "%1, %Ln days overdue", "an invoice's state", days)
                    .arg(stated.text)};
    }
    return stated;
}

Face tracking(const void *record, const StatusWording &, const CellContext &)
{
    const auto &shipment = *static_cast<const Shipment *>(record);
    const QString first = Display::text(shipment.tracking);
    if (shipment.parcelCount < 2)
        return {first, {}, {}};
    return {DisplayText::tr("%1 +%2", "a parcel's tracking number and how many parcels more")
                .arg(first)
                .arg(shipment.parcelCount - 1),
            {},
            {}};
}

Face documentSize(const void *record, const StatusWording &, const CellContext &)
{
    const auto &document = *static_cast<const Document *>(record);
    return {document.bytes > 0 ? QLocale().formattedDataSize(document.bytes, 0) : QString(), {}, {}};
}

// Nothing before there is a memo; nought would be a bad surprise.
Face postedCredit(const void *record, const StatusWording &, const CellContext &)
{
    const auto &given = *static_cast<const Return *>(record);
    return {
        given.creditMemo.empty() ? QString() : Display::money(given.postedCredit, given.currency), {}, {}};
}

// What is in it, one item a line, as far as a person looks.
Face cartLines(const void *record, const StatusWording &, const CellContext &)
{
    constexpr std::size_t mostShown = 12;
    const auto &cart = *static_cast<const Cart *>(record);
    QStringList lines;
    for (std::size_t i = 0; i < std::min(cart.lines.size(), mostShown); ++i) {
        const CartLine &line = cart.lines[i];
        lines.append(DisplayText::tr("%1 × %2", "a quantity and the number of an item")
                         .arg(Display::quantity(line.quantity), Display::text(line.sku)));
    }
    if (cart.lines.size() > mostShown)
        lines.append(DisplayText::tr("and %1 more", "lines of a cart").arg(cart.lines.size() - mostShown));
    return {lines.join(QLatin1Char('\n')), {}, {}};
}

Face documentRevision(const void *record, const StatusWording &, const CellContext &)
{
    const auto &document = *static_cast<const Document *>(record);
    const QString revision = Display::text(document.revision);
    if (!document.superseded)
        return {revision, {}, {}};
    return {DisplayText::tr("%1, superseded", "a revision of what is said of an item").arg(revision), {}, {}};
}

// The few fields of which more is shown than their value.
struct Special
{
    const RecordType *kind;
    std::string_view field;
    Face (*face)(const void *record, const StatusWording &wording, const CellContext &context);
};

constexpr Special specials[]
    = {{&Order::type, "status", &orderStatus},     {&Order::type, "unitsShipped", &unitsShipped},
       {&Invoice::type, "status", &invoiceStatus}, {&Shipment::type, "tracking", &tracking},
       {&Document::type, "bytes", &documentSize},  {&Document::type, "revision", &documentRevision},
       {&Cart::type, "lines", &cartLines},         {&Return::type, "postedCredit", &postedCredit}};

// The fields whose values are codes of our own, and their words.
struct Coded
{
    const RecordType *kind;
    std::string_view field;
    QString (*words)(const std::string &code);
};

constexpr Coded codes[]
    = {{&Order::type, "origin", &Display::origin}, {&Document::type, "paper", &Display::paper}};

Face plainFace(const RecordType &kind, const void *record, const Field &field, const StatusWording &wording)
{
    switch (field.type) {
    case FieldType::Text: {
        const auto &text = field.in<std::string>(record);
        return field.name == "status" ? statusFace(kind, text, wording)
                                      : Face{valueText(kind, field, text, wording), {}, {}};
    }
    case FieldType::Integer:
        return {QString::number(field.in<std::int64_t>(record)), {}, {}};
    case FieldType::Flag:
        return {field.in<bool>(record) ? DisplayText::tr("Yes") : QString(), {}, {}};
    case FieldType::Instant: {
        const auto instant = field.in<Instant>(record);
        return {Display::shortDate(instant), {}, {}, Display::full(instant)};
    }
    case FieldType::Date: {
        const auto date = field.in<Date>(record);
        return {Display::shortDate(date), {}, {}, Display::full(date)};
    }
    case FieldType::Amount: {
        const Field *currency = kind.find("currency");
        return {Display::money(field.in<Amount>(record),
                               currency ? currency->in<std::string>(record) : std::string()),
                {},
                {}};
    }
    case FieldType::Decimal:
        return {Display::quantity(field.in<Decimal>(record)), {}, {}};
    case FieldType::List:
        break;
    }
    return {};
}

Face faceOf(const RecordType &kind, const void *record, const Field &field, const StatusWording &wording,
            const CellContext &context)
{
    for (const Special &special : specials) {
        if (special.kind == &kind && special.field == field.name)
            return special.face(record, wording, context);
    }
    return plainFace(kind, record, field, wording);
}

QVariant rawValue(const void *record, const Field &field)
{
    switch (field.type) {
    case FieldType::Text:
        return Display::text(field.in<std::string>(record));
    case FieldType::Integer:
        return qint64{field.in<std::int64_t>(record)};
    case FieldType::Flag:
        return field.in<bool>(record);
    case FieldType::Instant:
        return qint64{field.in<Instant>(record).ms};
    case FieldType::Date:
        return qint64{field.in<Date>(record).daysSinceEpoch};
    case FieldType::Amount:
        return qint64{field.in<Amount>(record).minor};
    case FieldType::Decimal:
        return qint64{field.in<Decimal>(record).millionths};
    case FieldType::List:
        break;
    }
    return {};
}

// When and how something came about is looked at less often than what it is.
bool isSecondary(const Field &field)
{
    return field.type == FieldType::Instant || field.type == FieldType::Date || field.name == "origin";
}

} // namespace

QString valueText(const RecordType &kind, const Field &field, const std::string &value,
                  const StatusWording &wording)
{
    if (field.name == "status")
        return wording.of(kind.name, value).label;
    if (&kind == &Return::type && field.name == "reason")
        return wording.of("returnReason", value).label;
    for (const Coded &coded : codes) {
        if (coded.kind == &kind && coded.field == field.name)
            return coded.words(value);
    }
    return Display::text(value);
}

Qt::Alignment alignmentOf(const Field &field)
{
    const bool number = field.type == FieldType::Integer || field.type == FieldType::Amount
        || field.type == FieldType::Decimal;
    return Qt::AlignVCenter | (number ? Qt::AlignRight : Qt::AlignLeft);
}

QVariant recordCell(const RecordType &kind, const void *record, const Field &field, int role,
                    const StatusWording &wording, const CellContext &context)
{
    const auto face = [&] { return faceOf(kind, record, field, wording, context); };
    switch (role) {
    case Qt::DisplayRole:
        return face().text;
    case Qt::ToolTipRole: {
        const Face shown = face();
        return shown.toolTip.isEmpty() ? shown.text : shown.toolTip;
    }
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(alignmentOf(field));
    case ItemRole::Raw:
        return rawValue(record, field);
    case ItemRole::Tone:
        return face().tone;
    case ItemRole::Symbol:
        return face().symbol;
    case ItemRole::Secondary:
        return isSecondary(field);
    default:
        return {};
    }
}

} // namespace Counterfoil
