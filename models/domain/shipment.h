#pragma once

#include "fieldtable.h"

namespace Counterfoil {

struct Parcel
{
    std::string trackingNumber;
    std::string status; // the carrier's wording
    Instant statusAt;

    static const RecordType type;
};

struct ShipmentLine
{
    std::int64_t orderLine = 0; // OrderLine::lineNumber
    std::string sku;
    Decimal quantity; // in the order line's unit

    static const RecordType type;
};

struct Shipment
{
    std::string key;
    std::string account;
    std::string number;
    std::string order; // the order's key
    std::string orderNumber;
    std::string status; // the code of a Status
    std::string carrier;
    Instant shippedAt;
    Date expectedOn;
    Instant deliveredAt;
    std::vector<Parcel> parcels;
    std::vector<ShipmentLine> lines;

    static const RecordType type;
};

} // namespace Counterfoil
