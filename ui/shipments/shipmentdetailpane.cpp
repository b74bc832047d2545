#include "shipmentdetailpane.h"

#include "display.h"
#include "lineoutlook.h"
#include "linesmodel.h"
#include "linesview.h"
#include "parcelslist.h"
#include "recordheader.h"
#include "recordsummary.h"
#include "statuswording.h"
#include "timeline.h"

#include <QLabel>
#include <QScrollArea>

#include <algorithm>
#include <ranges>

namespace Counterfoil {

namespace {

DetailPane::Words shipmentWords()
{
    return {ShipmentDetailPane::tr("Shipment"),
            ShipmentDetailPane::tr("Copy the shipment number"),
            Icons::Icon::Truck,
            ShipmentDetailPane::tr("No shipment chosen"),
            ShipmentDetailPane::tr(
                "Choose one in the list, or press Ctrl+K and type its number or a tracking number."),
            ShipmentDetailPane::tr("This shipment is not on this computer")};
}

// The last thing that went wrong and has not been put right since.
const TrackingEvent *trouble(const Shipment &shipment)
{
    if (!shipment.open || shipment.events.empty())
        return nullptr;
    const TrackingEvent &last = shipment.events.back();
    return last.code == "failed" || last.code == "delayed" ? &last : nullptr;
}

} // namespace

ShipmentDetailPane::ShipmentDetailPane(const PaneContext &context, QWidget *parent)
    : DetailPane(context, Shipment::type, shipmentWords(), parent)
    , m_parcels(new ParcelsList(context.wording, ParcelsList::Heads::No, scroll().widget()))
    , m_scans(new Timeline(scroll().widget()))
    , m_linesModel(new LinesModel(tr("Item"), this))
    , m_lines(new LinesView(*m_linesModel, scroll().widget()))
    , m_toComeModel(new LinesModel(tr("Item"), this))
    , m_toCome(new LinesView(*m_toComeModel, scroll().widget()))
{
    constexpr int margin = RecordHeader::edgePadding;
    m_lines->setAccessibleName(tr("Lines of the shipment"));
    m_toCome->setAccessibleName(tr("Lines of the order that are still to come"));
    m_parcelsSection = addSection(tr("Parcels"), m_parcels, margin);
    m_scansSection = addSection(tr("What the carrier said"), m_scans, margin);
    m_linesSection = addSection(tr("In this shipment"), m_lines, 0);
    m_toComeSection = addSection(QString(), m_toCome, 0);
    endSections();
    setFocusProxy(m_lines);
}

void ShipmentDetailPane::focusBody()
{
    m_lines->setFocus(Qt::OtherFocusReason);
}

void ShipmentDetailPane::showRecord()
{
    const Shipment &shipment = *watch().record<Shipment>();
    showHead(shipment);
    showFacts();
    addresses().setFacts({{tr("Ship to"), DetailText::place(shipment.shipToName, shipment.shipToAddress)}});
    m_parcels->setShipments({shipment});
    m_parcelsSection.title->setText(tr("Parcels · %1").arg(shipment.parcels.size()));
    showScans(shipment);
    showLines(shipment);
    showToCome();
}

QString ShipmentDetailPane::summary() const
{
    return RecordSummary(context().wording, today(), context().person.seesPrices)
        .of(*watch().record<Shipment>());
}

void ShipmentDetailPane::showHead(const Shipment &shipment)
{
    const StatusWording::Words state = context().wording.of("shipment", shipment.status);
    setChip(state.label, state.symbol, toneNamed(state.tone));
    QStringList parts;
    if (!shipment.orderNumber.empty())
        parts.append(tr("for %1", "an order's number").arg(Display::text(shipment.orderNumber)));
    if (!shipment.poReference.empty())
        parts.append(Display::text(shipment.poReference));
    if (shipment.shippedAt.isSet())
        parts.append(tr("shipped %1").arg(Display::dateAndTime(shipment.shippedAt)));
    setHeading(Display::text(shipment.number), parts.join(QStringLiteral(" · ")),
               Display::full(shipment.shippedAt));

    const int lateDays = shipment.open && shipment.expectedOn.isSet() && today().isSet()
        ? today().daysSinceEpoch - shipment.expectedOn.daysSinceEpoch
        : 0;
    QStringList sentences;
    if (lateDays > 0)
        sentences.append(tr("%Ln days late: it was expected on %1.", nullptr, lateDays)
                             .arg(Display::shortDate(shipment.expectedOn)));
    const TrackingEvent *said = trouble(shipment);
    if (said)
        sentences.append(
            tr("The carrier says: %1", "a sentence of the carrier's").arg(DetailText::sentence(said->text)));
    setBanner(sentences.join(QLatin1Char(' ')), said && said->code == "failed" ? Tone::Bad : Tone::Warn);
}

void ShipmentDetailPane::showFacts()
{
    const Shipment &shipment = *watch().record<Shipment>();
    using DetailText::orDash;
    QList<Fact> shown{{tr("Carrier"), orDash(Display::text(shipment.carrier))}};
    if (shipment.deliveredAt.isSet()) {
        shown.append({tr("Delivered"), Display::dateAndTime(shipment.deliveredAt),
                      Display::full(shipment.deliveredAt)});
        if (!shipment.receivedBy.empty())
            shown.append({tr("Received by"), Display::text(shipment.receivedBy)});
    } else {
        shown.append(
            {tr("Expected"),
             shipment.expectedOn.isSet() ? Display::shortDate(shipment.expectedOn) : tr("no date known"),
             Display::full(shipment.expectedOn)});
    }
    shown += {
        asOf(),
        {tr("Shipped"), orDash(Display::shortDate(shipment.shippedAt)), Display::full(shipment.shippedAt)},
        {tr("Your PO"), orDash(Display::text(shipment.poReference))}};
    facts().setFacts(shown);
}

void ShipmentDetailPane::showLines(const Shipment &shipment)
{
    QList<LineWords> lines;
    for (std::size_t i = 0; i < shipment.lines.size(); ++i) {
        const ShipmentLine &line = shipment.lines[i];
        LineWords words{static_cast<qint64>(i), Display::text(line.sku), Display::text(line.description)};
        if (!line.trackingNumber.empty())
            words.notes.append(
                tr("in parcel %1", "a tracking number").arg(Display::text(line.trackingNumber)));
        words.values
            = {Display::quantity(line.quantity), line.unit == "each" ? QString() : Display::text(line.unit)};
        lines.append(words);
    }
    m_linesModel->setLines({{tr("Quantity"), 0}, {tr("Unit"), 1}}, lines);
    m_linesSection.title->setText(tr("In this shipment · %1").arg(shipment.lines.size()));
    m_linesSection.box->setVisible(!lines.isEmpty());
}

void ShipmentDetailPane::showToCome()
{
    const std::vector<Order> orders = watch().linkedOf<Order>();
    QList<LineWords> lines;
    if (!orders.empty()) {
        for (const OrderLine &line : orders.front().lines) {
            const LineOutlook outlook = outlookOf(line, orders.front());
            if (outlook.text.isEmpty())
                continue;
            LineWords words{line.lineNumber, Display::text(line.sku), Display::text(line.description)};
            words.outlook = outlook.text;
            words.outlookTone = outlook.tone;
            words.values = {Display::quantity(line.ordered),
                            line.shipped.isZero() ? QString() : Display::quantity(line.shipped)};
            lines.append(words);
        }
        m_toComeSection.title->setText(
            tr("Still to come of %1", "an order's number").arg(Display::text(orders.front().number)));
    }
    m_toComeModel->setLines({{tr("Ordered"), 0}, {tr("Shipped"), 1}}, lines);
    m_toComeSection.box->setVisible(!lines.isEmpty());
}

void ShipmentDetailPane::showScans(const Shipment &shipment)
{
    const bool several = shipment.parcels.size() > 1;
    QList<TimelineEntry> entries;
    for (const TrackingEvent &event : std::views::reverse(shipment.events)) {
        QStringList parts{Display::text(event.text), Display::text(event.place)};
        if (several)
            parts.append(Display::text(event.trackingNumber));
        parts.removeAll(QString());
        entries.append(
            {parts.join(QStringLiteral(" · ")), Display::dateAndTime(event.at), Display::full(event.at)});
    }
    m_scans->setEntries(entries);
    m_scansSection.box->setVisible(!entries.isEmpty());
}

} // namespace Counterfoil
