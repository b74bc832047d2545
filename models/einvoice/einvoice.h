#pragma once

#include "decimal.h"
#include "instant.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace Counterfoil {

// An invoice as an XML file states it, in the terms of EN 16931-1 (the numbers BT-… and BG-… are its own).
// What the file does not say is empty or none; nothing here is computed, and nothing is checked yet.

// A number as it is written. At most twelve digits stand before the point.
struct StatedNumber
{
    Decimal value;    // rounded to its six places where more are written
    int places = 0;   // that are written behind the point
    bool cut = false; // there were more than six that count

    bool operator==(const StatedNumber &) const = default;
};
using Stated = std::optional<StatedNumber>;

struct EInvoiceParty
{
    QString name;
    QString tradingName;
    QStringList ids; // the seller's number for it, GLN and the like
    QString legalId; // in a register of companies
    QString vatId;
    QString taxNumber; // with the tax office, where that is another one
    QString electronicAddress;
    QString street;
    QString street2;
    QString street3;
    QString postcode;
    QString city;
    QString region;
    QString country; // ISO 3166-1 alpha-2
    QString contact;
    QString department;
    QString phone;
    QString email;
    QString description; // legal information

    bool isEmpty() const { return name.isEmpty() && ids.isEmpty() && city.isEmpty() && street.isEmpty(); }
};

// What is taken off (a discount), or put on (freight).
struct EInvoiceAllowance
{
    bool charge = false;
    Stated amount;
    Stated base;
    Stated percent;
    QString reason;
    QString reasonCode;
    QString taxCategory;
    Stated taxRate; // per cent
};

// The tax of one category and rate (BG-23).
struct EInvoiceTax
{
    QString category; // UNTDID 5305: S, Z, E, AE, K, G, O, L, M
    Stated rate;      // per cent; none for what is not taxed at all
    Stated basis;
    Stated amount;
    QString exemption; // why nothing is charged
};

struct EInvoiceReference
{
    QString number;
    Date date;
};

struct EInvoiceAttachment
{
    QString number;
    QString name;
    QString fileName;
    QString location;
};

struct EInvoiceProperty
{
    QString name;
    QString value;
};

struct EInvoiceLine
{
    QString id;
    QString note;
    QString name;
    QString description;
    QString sellerItem; // the seller's item number
    QString buyerItem;
    QString standardItem; // a GTIN, mostly
    Stated quantity;
    QString unit;      // UN/ECE Recommendation 20 or 21
    Stated price;      // net, without tax
    Stated priceBase;  // of how many the price is; none: of one
    Stated grossPrice; // before the discount
    Stated discount;   // of the price
    Stated net;        // BT-131
    QString taxCategory;
    Stated taxRate; // per cent
    Date from;
    Date to;
    QString orderLine;
    QString kind; // of EXTENDED: DETAIL, GROUP or INFORMATION; the latter two are in no sum
    std::vector<EInvoiceAllowance> allowances;
    std::vector<EInvoiceProperty> properties;
};

struct EInvoiceNote
{
    QString subject; // a code of UNTDID 4451; may be empty
    QString text;
};

// How it is to be paid (BG-16).
struct EInvoicePayment
{
    QString code; // UNTDID 4461
    QString text;
    QString account; // an IBAN or another number
    QString accountName;
    QString bank;    // a BIC
    QString debited; // the buyer's account
    QString card;
};

struct EInvoiceTerms
{
    QString text;
    Date due;
    QString mandate; // of a direct debit
};

// Something that is written where a number or a date belongs.
struct EInvoiceFlaw
{
    QString element;
    QString text;
};

struct EInvoice
{
    enum class Syntax { Cii, Zugferd1, Ubl };

    Syntax syntax = Syntax::Cii;
    QString profile;         // the specification's name for itself, BT-24
    bool creditNote = false; // gives back: its positive amounts are the buyer's
    QString number;
    QString typeCode; // UNTDID 1001
    Date issued;
    Date due;
    Date delivered;
    Date periodFrom;
    Date periodTo;
    QString currency;
    QString taxCurrency; // in which the tax is to be told as well
    QString buyerReference;
    QString order;      // the buyer's PO reference, BT-13
    QString salesOrder; // the seller's number for it, BT-14
    QString contract;
    QString project;
    QString despatch;
    QString receipt;
    QString buyerAccount; // where the buyer books it, BT-19
    QString paymentReference;
    QString creditorId;
    std::vector<EInvoiceReference> preceding; // invoices that this one credits or corrects
    std::vector<EInvoiceNote> notes;
    std::vector<EInvoiceTerms> terms;
    std::vector<EInvoicePayment> payments;

    EInvoiceParty seller;
    EInvoiceParty buyer;
    EInvoiceParty payee; // empty: the seller
    EInvoiceParty taxRepresentative;
    EInvoiceParty shipTo;

    std::vector<EInvoiceLine> lines;
    std::vector<EInvoiceAllowance> allowances;
    std::vector<EInvoiceTax> taxes;
    std::vector<EInvoiceAttachment> attachments;

    Stated lineTotal;      // BT-106
    Stated allowanceTotal; // BT-107
    Stated chargeTotal;    // BT-108
    Stated taxBasisTotal;  // BT-109
    Stated taxTotal;       // BT-110
    Stated taxTotalAtHome; // BT-111, in taxCurrency
    Stated grandTotal;     // BT-112
    Stated prepaid;        // BT-113
    Stated rounding;       // BT-114
    Stated payable;        // BT-115

    std::vector<EInvoiceFlaw> flaws;

    // Which of the terms a file has at all; a profile that has fewer lacks nothing by having none. A file
    // that has lines or taxes all the same is checked like any that has.
    enum class Depth { Minimum, WithoutLines, Full };
    Depth depth() const;
};

} // namespace Counterfoil
