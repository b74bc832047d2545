#pragma once

#include "fieldtable.h"

namespace Counterfoil {

struct Parcel
{
    std::string trackingNumber;
    std::string trackingUrl; // the carrier's page for it, as the ERP knows it; may be empty
    std::string status;      // the carrier's wording
    Instant statusAt;
    Decimal weight; // kilograms; zero: not known

    static const RecordType type;
};

// What a carrier said about a parcel, newest last.
struct TrackingEvent
{
    std::string trackingNumber; // of the parcel
    Instant at;
    std::string code;  // "picked-up", "in-transit", "out-for-delivery", "delayed", "failed", "delivered"
    std::string text;  // the carrier's wording
    std::string place; // may be empty

    static const RecordType type;
};

struct ShipmentLine
{
    std::int64_t orderLine = 0; // OrderLine::lineNumber
    std::string sku;
    std::string description;
    std::string unit;
    Decimal quantity;           // in the order line's unit
    std::string trackingNumber; // of the parcel that it is in; empty: not known

    static const RecordType type;
};

struct Shipment
{
    std::string key;
    std::string account;
    std::string number;
    std::string order; // the order's key
    std::string orderNumber;
    std::string poReference;
    std::string status; // the code of a Status
    bool open = false;  // not delivered yet
    std::string carrier;
    std::string tracking; // the first parcel's number, here so that a list needs no parcels
    std::int64_t parcelCount = 0;
    std::string shipToName;
    std::string shipToAddress; // lines separated by \n
    Instant shippedAt;
    Date expectedOn;
    Instant deliveredAt;
    std::string receivedBy; // as the proof of delivery names them; empty: not known
    std::vector<Parcel> parcels;
    std::vector<ShipmentLine> lines;
    std::vector<TrackingEvent> events;

    static const RecordType type;
};

} // namespace Counterfoil
