#include "shipment.h"

#include "order.h"

namespace Counterfoil {

using FieldTable::field;
using FieldTable::link;
using FieldTable::list;

namespace {

constexpr Field parcelFields[] = {
    field<&Parcel::trackingNumber>("trackingNumber", "Tracking number", Searchable | Column),
    field<&Parcel::trackingUrl>("trackingUrl", "Carrier's page"),
    field<&Parcel::status>("status", "Status", Column),
    field<&Parcel::statusAt>("statusAt", "Since", Column),
    field<&Parcel::weight>("weight", "Weight"),
};

constexpr Field shippedLineFields[] = {
    field<&ShipmentLine::orderLine>("orderLine", "Order line"),
    field<&ShipmentLine::sku>("sku", "Item", Searchable | Column),
    field<&ShipmentLine::description>("description", "Description"),
    field<&ShipmentLine::unit>("unit", "Unit"),
    field<&ShipmentLine::quantity>("quantity", "Quantity", Column),
    field<&ShipmentLine::trackingNumber>("trackingNumber", "Tracking number"),
};

constexpr Field shipmentEventFields[] = {
    field<&TrackingEvent::trackingNumber>("trackingNumber", "Tracking number"),
    field<&TrackingEvent::at>("at", "Time"),
    field<&TrackingEvent::code>("code", "Event"),
    field<&TrackingEvent::text>("text", "What happened"),
    field<&TrackingEvent::place>("place", "Place"),
};

constexpr Field shipmentFields[] = {
    field<&Shipment::key>("key", "Key", Key),
    field<&Shipment::account>("account", "Account", AccountKey),
    field<&Shipment::number>("number", "Shipment", Searchable | Sortable | Column),
    link<&Shipment::order, Order>("order", "Order key"),
    field<&Shipment::orderNumber>("orderNumber", "Order", Searchable | Sortable | Column),
    field<&Shipment::poReference>("poReference", "Your PO", Searchable | Sortable | Column),
    field<&Shipment::shippedAt>("shippedAt", "Shipped", Sortable | Column),
    field<&Shipment::status>("status", "Status", Sortable | Column),
    field<&Shipment::open>("open", "Under way", OpenMark),
    field<&Shipment::carrier>("carrier", "Carrier", Sortable | Column),
    field<&Shipment::tracking>("tracking", "Tracking", Column),
    field<&Shipment::parcelCount>("parcelCount", "Parcels"),
    field<&Shipment::shipToName>("shipToName", "Ship to", Searchable | Sortable | Column),
    field<&Shipment::shipToAddress>("shipToAddress", "Ship-to address"),
    field<&Shipment::expectedOn>("expectedOn", "Expected", Sortable | Column),
    field<&Shipment::deliveredAt>("deliveredAt", "Delivered", Sortable | Column),
    field<&Shipment::receivedBy>("receivedBy", "Received by"),
    list<&Shipment::parcels>("parcels", "Parcels", Searchable),
    list<&Shipment::lines>("lines", "Lines", Searchable),
    list<&Shipment::events>("events", "Tracking"),
};

} // namespace

constinit const RecordType Parcel::type{"parcel", "parcels", parcelFields, &FieldTable::create<Parcel>};
constinit const RecordType TrackingEvent::type{"trackingEvent", "trackingEvents", shipmentEventFields,
                                               &FieldTable::create<TrackingEvent>};
constinit const RecordType ShipmentLine::type{"shipmentLine", "shipmentLines", shippedLineFields,
                                              &FieldTable::create<ShipmentLine>};
constinit const RecordType Shipment::type{"shipment", "shipments", shipmentFields,
                                          &FieldTable::create<Shipment>};

} // namespace Counterfoil
