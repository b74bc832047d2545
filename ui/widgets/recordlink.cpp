#include "recordlink.h"

#include "display.h"
#include "document.h"
#include "invoice.h"
#include "item.h"
#include "itemroles.h"
#include "order.h"
#include "payment.h"
#include "recordcell.h"
#include "recordwatch.h"
#include "return.h"
#include "shipment.h"
#include "signinport.h"

#include <QCoreApplication>

#include <algorithm>

namespace Counterfoil {

namespace {

class RecordLinkText
{
    Q_DECLARE_TR_FUNCTIONS(RecordLink)
};

// In which order the links of one record stand; -1: such a record has no pane.
int placeOf(const RecordType &kind, const void *record)
{
    if (&kind == &Order::type)
        return 0;
    if (&kind == &Shipment::type)
        return 1;
    if (&kind == &Invoice::type)
        return static_cast<const Invoice *>(record)->credit ? 3 : 2;
    if (&kind == &Return::type)
        return 4;
    if (&kind == &Payment::type)
        return 5;
    if (&kind == &Document::type)
        return 6;
    if (&kind == &Item::type)
        return 7;
    return -1;
}

// Nothing else should be in the cache; what is, goes nowhere.
bool mayBeShown(const RecordType &kind, const void *record, const Person &person)
{
    if (!kind.audience)
        return person.seesInvoices || !kind.financial;
    const Audience audience = !person.seesPrices ? Audience::Everybody
        : person.seesInvoices                    ? Audience::InvoiceReaders
                                                 : Audience::PriceReaders;
    return kind.audience(record) <= audience;
}

RecordLink linkTo(const RecordType &kind, const void *record, const StatusWording &wording,
                  const CellContext &context)
{
    RecordLink link;
    link.ref.kind = &kind;
    link.kindName = kindNameOf(kind, record);
    for (const Field &field : kind.fields) {
        if (field.is(Key))
            link.ref.key = field.in<std::string>(record);
        else if (field.name == "number" || (&kind == &Item::type && field.name == "sku"))
            link.number = Display::text(field.in<std::string>(record));
        else if (field.name == "status") {
            const auto cell = [&](int role) {
                return recordCell(kind, record, field, role, wording, context).toString();
            };
            link.state = cell(Qt::DisplayRole);
            link.tone = cell(ItemRole::Tone);
            link.symbol = cell(ItemRole::Symbol);
        }
    }
    return link;
}

} // namespace

QString kindNameOf(const RecordType &kind, const void *record)
{
    if (&kind == &Order::type)
        return RecordLinkText::tr("Order");
    if (&kind == &Shipment::type)
        return RecordLinkText::tr("Shipment");
    if (&kind == &Invoice::type)
        return record && static_cast<const Invoice *>(record)->credit ? RecordLinkText::tr("Credit memo")
                                                                      : RecordLinkText::tr("Invoice");
    if (&kind == &Return::type)
        return RecordLinkText::tr("Return");
    if (&kind == &Payment::type)
        return RecordLinkText::tr("Payment");
    if (&kind == &Item::type)
        return RecordLinkText::tr("Item");
    if (&kind == &Document::type)
        return record ? Display::paper(static_cast<const Document *>(record)->paper)
                      : RecordLinkText::tr("Document");
    return {};
}

QList<RecordLink> linksOf(const RecordWatch &watch, const Person &person, const StatusWording &wording,
                          const CellContext &context)
{
    QList<std::pair<int, RecordLink>> placed;
    for (const Linked &linked : watch.linked()) {
        const RecordType &kind = linked.row.record.type();
        const void *record = linked.row.record.data();
        const int place = placeOf(kind, record);
        if (place < 0 || !mayBeShown(kind, record, person))
            continue;
        if (&kind == &Document::type && watch.ref().kind == &Invoice::type)
            continue; // its paper stands beside it
        if (&kind == &Document::type && static_cast<const Document *>(record)->paper == Paper::picture)
            continue; // it is looked at where the item is, and no paper
        if (&kind == &Item::type && !linked.outgoing)
            continue; // what it takes the place of
        RecordLink link = linkTo(kind, record, wording, context);
        if (&kind == &Item::type && watch.ref().kind == &Item::type)
            link.kindName = linked.by->name == "successor" ? RecordLinkText::tr("Successor")
                                                           : RecordLinkText::tr("Substitute");
        // Two fields may lead to the same record.
        const bool known = std::ranges::any_of(
            placed, [&link](const auto &other) { return other.second.ref == link.ref; });
        if (!known && !(link.ref == watch.ref()))
            placed.append({place, std::move(link)});
    }
    std::ranges::stable_sort(placed, {}, &std::pair<int, RecordLink>::first);
    QList<RecordLink> links;
    for (auto &[place, link] : placed) {
        if (links.size() < mostLinksShown)
            links.append(std::move(link));
    }
    return links;
}

} // namespace Counterfoil
