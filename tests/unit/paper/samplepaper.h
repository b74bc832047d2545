#pragma once

#include "paper.h"

#include <initializer_list>

namespace Counterfoil {

// A believable invoice for tests, without lines.
inline PaperData samplePaper()
{
    PaperData data;
    data.issuer = {"Meridian Trade Supply",     "Unit 7, Temple Quay\nBristol BS1 6EA\nUnited Kingdom",
                   "VAT GB 293 4410 22",        "+44 117 496 0142",
                   "accounts@meridian.example", "meridian.example"};
    Invoice &invoice = data.invoice;
    invoice.number = "INV-88213";
    invoice.orderNumber = "SO-20415";
    invoice.poReference = "PO 7779";
    invoice.shipmentNumber = "SH-5521";
    invoice.terms = "Net 30";
    invoice.currency = "GBP";
    invoice.billToName = "Harbour Supply Co.";
    invoice.billToAddress = "Unit 4, Avon Park\nBristol BS11 9EX\nUnited Kingdom";
    invoice.shipToName = "Harbour Supply Co. Cardiff";
    invoice.shipToAddress = "12 Ocean Way\nCardiff CF24 5PF\nUnited Kingdom";
    invoice.dueOn = Date::fromCivil(2026, 12, 20);
    data.issuedOn = Date::fromCivil(2026, 11, 20);
    data.orderedOn = Date::fromCivil(2026, 11, 14);
    data.shippedOn = Date::fromCivil(2026, 11, 19);
    data.accountNumber = "C-10021";
    data.accountName = "Harbour Supply Co.";
    data.country = "GB";
    data.taxName = "VAT";
    data.freightTaxRate = Decimal::fromInteger(20);
    data.customerTaxNumber = "GB 118 2231 09";
    data.payTo = {{"Bank", "Severn Clearing Bank"}, {"IBAN", "GB29 NWBK 6016 1331 9268 19"}};
    data.paymentReference = "10021-88213";
    return data;
}

// Adds a line; net, tax and total follow.
inline void addLine(PaperData &data, const std::string &description, std::int64_t netMinor,
                    std::int64_t taxPercent = 20)
{
    Invoice &invoice = data.invoice;
    InvoiceLine line;
    line.lineNumber = static_cast<std::int64_t>(invoice.lines.size()) + 1;
    line.sku = "WH-" + std::to_string(4400 + line.lineNumber);
    line.description = description;
    line.unit = "box of 100";
    line.quantity = Decimal::fromInteger(3);
    line.unitPrice = {12'345'600};
    line.taxRate = Decimal::fromInteger(taxPercent);
    line.net = {netMinor};
    line.tax = {netMinor * taxPercent / 100};
    invoice.net += line.net;
    invoice.tax += line.tax;
    invoice.total = invoice.net + invoice.tax + invoice.freight;
    invoice.lines.push_back(line);
}

inline void addLines(PaperData &data, int count)
{
    for (int i = 0; i < count; ++i)
        addLine(data, "Hex bolt M8 × 50, zinc plated, lot " + std::to_string(70'000 + i), 100'000 + 13 * i,
                i % 5 == 0 ? 5 : 20);
}

} // namespace Counterfoil
