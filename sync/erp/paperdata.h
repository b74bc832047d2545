#pragma once

#include "invoice.h"
#include "order.h"
#include "payment.h"
#include "result.h"
#include "return.h"
#include "shipment.h"

#include <functional>

namespace Counterfoil {

// Who issues a paper. Texts are UTF-8 in any script; lines of an address are separated by \n.
struct PaperIssuer
{
    std::string name;
    std::string address;
    std::string taxNumber; // as printed: "VAT GB 293 4410 22"
    std::string phone;
    std::string email;
    std::string website;
    std::string country = {}; // ISO 3166-1 alpha-2; empty: not told
};

// A line of the payment instructions: "IBAN", "GB29 NWBK …".
struct PaperFact
{
    std::string label;
    std::string value;
};

// What is said of an item: a certificate or a safety data sheet.
struct PaperItem
{
    std::string number; // of the paper
    std::string sku;
    std::string description;
    std::string revision;
    bool superseded = false;
    std::vector<PaperFact> statements; // by their headings, in order
};

// What an account owed before a period, what was charged, credited and paid in it, and what it owed then.
struct PaperStatement
{
    struct Movement
    {
        Date on;
        std::string text;   // "Invoice INV-88213"
        std::string theirs; // the customer's own reference; may be empty
        Date dueOn;         // none: nothing is to be paid
        Amount amount;      // what it adds to what is owed
    };

    std::string number; // of the paper
    std::string currency;
    Date from; // both inclusive
    Date to;
    Amount opening;
    std::vector<Movement> movements; // the oldest first
};

// Everything that a paper says, as it was on the day of issue. `paper` tells which of the records it is of;
// the others are empty.
struct PaperData
{
    std::string paper; // Document::paper; empty: that of `invoice`
    Order order;
    Shipment shipment;
    Payment payment;
    Return returned;
    PaperItem item;
    PaperStatement statement;
    Invoice invoice;        // its names, addresses and terms are printed as they stand; `status`, `open` and
                            // `openAmount` change after the day of issue and are not
    Date issuedOn;          // by the issuer's calendar
    Date orderedOn;         // none: not printed
    Date shippedOn;         // none: not printed
    std::string issuedTime; // "14:05" by the issuer's clock, of a delivery; empty: not printed
    PaperIssuer issuer;
    std::string accountNumber;
    std::string accountName;
    std::string country;           // the customer's, ISO 3166-1 alpha-2: how numbers look, and the sheet
    std::string customerTaxNumber; // may be empty
    std::string taxName;           // "VAT", "GST", "Sales tax"; empty: "Tax"
    Decimal freightTaxRate;   // per cent; what the invoice's tax exceeds that of its lines is at this rate
    std::string taxNote;      // "Reverse charge: …"; may be empty
    std::string creditReason; // of a credit memo; may be empty
    std::vector<PaperFact> payTo; // an invoice's payment instructions, in order
    std::string paymentReference; // what the payer is to quote; empty: the invoice's number
};

// Draws a paper: the bytes of a PDF. BadInput: this record cannot become one, ever.
// sync/erp/paper has the one that draws; it needs Qt Gui, so who serves an ERP hands it over.
using PaperDrawing = std::function<Result<std::string>(const PaperData &)>;

} // namespace Counterfoil
