#include "orderdetailpane.h"

#include "display.h"
#include "linesmodel.h"
#include "linesview.h"
#include "orderlines.h"
#include "parcelslist.h"
#include "recordheader.h"
#include "recordsummary.h"
#include "shipment.h"
#include "statuswording.h"
#include "timeline.h"

#include <QLabel>
#include <QScrollArea>

#include <algorithm>
#include <ranges>

namespace Counterfoil {

namespace {

DetailPane::Words orderWords()
{
    return {OrderDetailPane::tr("Order"),
            OrderDetailPane::tr("Copy the order number"),
            Icons::Icon::Orders,
            OrderDetailPane::tr("No order chosen"),
            OrderDetailPane::tr("Choose one in the list, or press Ctrl+K and type its number."),
            OrderDetailPane::tr("This order is not on this computer")};
}

} // namespace

OrderDetailPane::OrderDetailPane(const PaneContext &context, QWidget *parent)
    : DetailPane(context, Order::type, orderWords(), parent)
    , m_linesModel(new LinesModel(tr("Item"), this))
    , m_lines(new LinesView(*m_linesModel, scroll().widget()))
    , m_parcels(new ParcelsList(context.wording, ParcelsList::Heads::Yes, scroll().widget()))
    , m_timeline(new Timeline(scroll().widget()))
{
    m_lines->setAccessibleName(tr("Lines of the order"));
    m_linesSection = addSection(tr("Lines"), m_lines, 0);
    m_parcelsSection = addSection(tr("Parcels"), m_parcels, RecordHeader::edgePadding);
    addSection(tr("Timeline"), m_timeline, RecordHeader::edgePadding);
    endSections();
    setFocusProxy(m_lines);
    connect(m_parcels, &ParcelsList::shipmentChosen, this, [this](const QString &key, bool inOwnWindow) {
        Q_EMIT linkChosen({&Shipment::type, key.toStdString()}, inOwnWindow);
    });
}

void OrderDetailPane::focusBody()
{
    m_lines->setFocus(Qt::OtherFocusReason);
}

std::set<std::int64_t> OrderDetailPane::chosenLines() const
{
    std::set<std::int64_t> numbers;
    const auto *order = watch().record<Order>();
    for (const QModelIndex &row : m_lines->selectionModel()->selectedRows()) {
        if (order && row.row() < static_cast<int>(order->lines.size()))
            numbers.insert(order->lines[static_cast<std::size_t>(row.row())].lineNumber);
    }
    return numbers;
}

const Order *OrderDetailPane::shownOrder() const
{
    return watch().record<Order>();
}

void OrderDetailPane::showRecord()
{
    const Order &order = *watch().record<Order>();
    const std::vector<Shipment> shipments = watch().linkedOf<Shipment>();
    const bool prices = context().person.seesPrices;
    showHead(order);
    showFacts();
    addresses().setFacts({{tr("Ship to"), DetailText::place(order.shipToName, order.shipToAddress)},
                          {tr("Bill to"), DetailText::place(order.billToName, order.billToAddress)}});
    m_linesModel->setLines(orderLineColumns(prices),
                           orderLineWords(order, shipments, context().wording, prices));
    m_linesSection.title->setText(tr("Lines · %1").arg(order.lines.size()));
    m_parcels->setShipments(shipments);
    m_parcelsSection.box->setVisible(!shipments.empty());
    showTimeline(order);
}

QString OrderDetailPane::summary() const
{
    return RecordSummary(context().wording, today(), context().person.seesPrices)
        .of(*watch().record<Order>(), watch().linkedOf<Shipment>());
}

void OrderDetailPane::showHead(const Order &order)
{
    const StatusWording::Words state = context().wording.of("order", order.status);
    setChip(state.label, state.symbol, toneNamed(state.tone));
    QStringList parts;
    if (!order.poReference.empty())
        parts.append(Display::text(order.poReference));
    if (order.placedAt.isSet())
        parts.append(tr("placed %1").arg(Display::dateAndTime(order.placedAt)));
    setHeading(Display::text(order.number), parts.join(QStringLiteral(" · ")), Display::full(order.placedAt));
    const auto held
        = std::ranges::find(order.events.rbegin(), order.events.rend(), "held", &OrderEvent::code);
    const QString reason = DetailText::sentence(order.holdReason);
    QString banner;
    if (!order.holdReason.empty())
        banner = held == order.events.rend()
            ? tr("On hold: %1 Nothing more is shipped until it is released.", "the ERP's reason, a sentence")
                  .arg(reason)
            : tr("On hold since %2: %1 Nothing more is shipped until it is released.",
                 "the ERP's reason, a sentence; a time")
                  .arg(reason, Display::dateAndTime(held->at));
    setBanner(banner, Tone::Bad);
}

void OrderDetailPane::showFacts()
{
    const Order &order = *watch().record<Order>();
    const auto money = [&](const QString &caption, Amount amount) -> QList<Fact> {
        return context().person.seesPrices ? QList<Fact>{{caption, Display::money(amount, order.currency)}}
                                           : QList<Fact>();
    };
    using DetailText::orDash;
    const QString unknown = order.open ? tr("no date known") : orDash(QString()); // nothing is waited for
    const auto day = [&](const QString &caption, Date date) -> Fact {
        return {caption, date.isSet() ? Display::shortDate(date) : unknown, Display::full(date)};
    };
    QList<Fact> shown = money(tr("Total"), order.total);
    shown += {{tr("Shipped"),
               tr("%1 of %2", "units shipped of units ordered")
                   .arg(Display::quantity(order.unitsShipped), Display::quantity(order.unitsOrdered))},
              asOf()};
    shown += money(tr("Net"), order.net);
    shown += {{tr("Terms"), orDash(Display::text(order.terms))}, day(tr("Requested for"), order.requestedOn)};
    shown += money(tr("Tax"), order.tax);
    shown += {{tr("Payment"), orDash(Display::text(order.paymentMethod))},
              day(tr("Promised for"), order.promisedOn)};
    shown += money(tr("Freight"), order.freight);
    shown += {{tr("Origin"), orDash(Display::origin(order.origin))},
              {tr("Placed by"), orDash(Display::text(order.placedBy))}};
    facts().setFacts(shown);
}

void OrderDetailPane::showTimeline(const Order &order)
{
    QList<TimelineEntry> entries;
    for (const OrderEvent &event : std::views::reverse(order.events)) {
        QString text = Display::text(event.text);
        const QString reference = Display::text(event.reference);
        if (!reference.isEmpty() && !text.contains(reference))
            text = tr("%1 · %2", "an event and the number it refers to").arg(text, reference);
        entries.append({text, Display::dateAndTime(event.at), Display::full(event.at)});
    }
    m_timeline->setEntries(entries);
}

} // namespace Counterfoil
