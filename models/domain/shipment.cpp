#include "shipment.h"

namespace Counterfoil {

using FieldTable::field;
using FieldTable::list;

namespace {

constexpr Field parcelFields[] = {
    field<&Parcel::trackingNumber>("trackingNumber", "Tracking number", Searchable | Column),
    field<&Parcel::status>("status", "Status", Column),
    field<&Parcel::statusAt>("statusAt", "Since", Column),
};

constexpr Field lineFields[] = {
    field<&ShipmentLine::orderLine>("orderLine", "Order line"),
    field<&ShipmentLine::sku>("sku", "Item", Column),
    field<&ShipmentLine::quantity>("quantity", "Quantity", Column),
};

constexpr Field shipmentFields[] = {
    field<&Shipment::key>("key", "Key", Key),
    field<&Shipment::account>("account", "Account", AccountKey),
    field<&Shipment::number>("number", "Shipment", Searchable | Sortable | Column),
    field<&Shipment::order>("order", "Order key", Sortable),
    field<&Shipment::orderNumber>("orderNumber", "Order", Sortable | Column),
    field<&Shipment::status>("status", "Status", Sortable | Column),
    field<&Shipment::carrier>("carrier", "Carrier", Sortable | Column),
    field<&Shipment::shippedAt>("shippedAt", "Shipped", Sortable | Column),
    field<&Shipment::expectedOn>("expectedOn", "Expected", Sortable | Column),
    field<&Shipment::deliveredAt>("deliveredAt", "Delivered", Sortable | Column),
    list<&Shipment::parcels>("parcels", "Parcels", Searchable),
    list<&Shipment::lines>("lines", "Lines"),
};

} // namespace

constinit const RecordType Parcel::type{"parcel", "parcels", parcelFields, &FieldTable::create<Parcel>};
constinit const RecordType ShipmentLine::type{"shipmentLine", "shipmentLines", lineFields,
                                              &FieldTable::create<ShipmentLine>};
constinit const RecordType Shipment::type{"shipment", "shipments", shipmentFields,
                                          &FieldTable::create<Shipment>};

} // namespace Counterfoil
