#include "paperwork.h"

#include "catalogue.h"

#include <algorithm>

namespace Counterfoil::Sandbox {

namespace {

// Above the ids of imported records.
constexpr std::int64_t idsOfPaper = 10'000'000'000'000;
constexpr std::int64_t monthsOfAnAccount = 100'000; // that a number has room for

Document blank(std::string_view paper, const std::string &prefix, const std::string &key)
{
    Document document;
    document.key = "DOC-" + prefix + key;
    document.paper = paper;
    document.mediaType = "application/pdf";
    return document;
}

// What is sold under these prefixes is a chemical preparation.
bool needsSafetyData(const Product &product)
{
    return product.sku.starts_with("JN-");
}

// Tools, electrical goods, cables and what protects people come with a declaration of their makers'.
bool isCertified(const Product &product)
{
    return std::ranges::any_of(std::initializer_list<std::string_view>{"WH-", "EL-", "CB-", "SF-", "BR-"},
                               [&](std::string_view prefix) { return product.sku.starts_with(prefix); });
}

} // namespace

Document documentOf(const Invoice &invoice)
{
    Document document = blank(invoice.credit ? Paper::creditMemo : Paper::invoice, {}, invoice.key);
    document.account = invoice.account;
    document.number = invoice.number;
    document.invoice = invoice.key;
    document.dated = invoice.issuedAt;
    return document;
}

Document documentOf(const Payment &payment)
{
    Document document = blank(Paper::receipt, {}, payment.key);
    document.account = payment.account;
    document.number = payment.number;
    document.payment = payment.key;
    document.dated = payment.receivedAt;
    return document;
}

std::optional<Document> acknowledgementOf(const Order &order)
{
    const auto confirmed = std::ranges::find_if(order.events, [](const OrderEvent &event) {
        return event.code == "allocated" || event.code == "backordered";
    });
    if (confirmed == order.events.end())
        return std::nullopt;
    Document document = blank(Paper::acknowledgement, {}, order.key);
    document.account = order.account;
    document.number = order.number;
    document.order = order.key;
    document.dated = confirmed->at;
    return document;
}

Document packingSlipOf(const Shipment &shipment)
{
    Document document = blank(Paper::packingSlip, {}, shipment.key);
    document.account = shipment.account;
    document.number = shipment.number;
    document.shipment = shipment.key;
    document.dated = shipment.shippedAt;
    return document;
}

std::optional<Document> billOfLadingOf(const Shipment &shipment)
{
    if (shipment.parcelCount < parcelsOnAPallet)
        return std::nullopt;
    Document document = packingSlipOf(shipment);
    document.key = "DOC-BOL-" + shipment.key;
    document.paper = Paper::billOfLading;
    return document;
}

std::optional<Document> proofOfDeliveryOf(const Shipment &shipment)
{
    if (!shipment.deliveredAt.isSet() || shipment.receivedBy.empty())
        return std::nullopt;
    Document document = packingSlipOf(shipment);
    document.key = "DOC-POD-" + shipment.key;
    document.paper = Paper::proofOfDelivery;
    document.dated = shipment.deliveredAt;
    return document;
}

std::optional<Document> returnLabelOf(const Return &record)
{
    const auto authorised = std::ranges::find(record.events, ReturnStatus::authorised, &ReturnEvent::code);
    if (authorised == record.events.end())
        return std::nullopt;
    Document document = blank(Paper::returnLabel, {}, record.key);
    document.account = record.account;
    document.number = record.number;
    document.returned = record.key;
    document.dated = authorised->at;
    return document;
}

std::optional<Document> revisionOf(const Product &product, std::int64_t revision, Instant dated)
{
    const bool chemical = needsSafetyData(product);
    if (!chemical && !isCertified(product))
        return std::nullopt;
    const std::string name
        = chemical ? std::to_string(revision + 1) : std::string(1, static_cast<char>('A' + revision));
    const std::string number = (chemical ? "SDS-" : "COC-") + product.sku + '-' + name;
    Document document = blank(chemical ? Paper::safetyDataSheet : Paper::certificate, {}, number);
    document.number = number;
    document.sku = product.sku;
    document.revision = name;
    document.dated = dated;
    return document;
}

std::vector<Document> complianceOf(const Product &product, Instant founded)
{
    // Every third item has been revised once, every ninth twice.
    const std::int64_t revisions = product.id % 9 == 0 ? 3 : product.id % 3 == 0 ? 2 : 1;
    constexpr std::int64_t daysBetween = 230;
    std::vector<Document> all;
    for (std::int64_t i = 0; i < revisions; ++i) {
        auto document = revisionOf(product, i, {founded.ms + (i * daysBetween + product.id % 97) * msPerDay});
        if (!document)
            return {};
        document->superseded = i + 1 < revisions;
        all.push_back(*std::move(document));
    }
    return all;
}

Document pictureOf(const Product &product, Instant founded)
{
    Document document = blank(Paper::picture, "PIC-", product.sku);
    document.number = "PIC-" + product.sku;
    document.sku = product.sku;
    document.dated = founded;
    return document;
}

Document statementPaper(const Account &account, const std::string &month, Instant dated)
{
    const std::string number = "ST-" + account.number + '-' + month;
    Document document = blank(Paper::statement, {}, number);
    document.account = account.key;
    document.number = number;
    document.dated = dated;
    return document;
}

std::int64_t statementSubject(std::int64_t account, std::int64_t month)
{
    return account * monthsOfAnAccount + month;
}

std::int64_t monthOfStatement(std::int64_t document)
{
    return subjectOf(document) % monthsOfAnAccount;
}

std::int64_t documentId(const std::string &paper, std::int64_t subject)
{
    // An invoice and a credit memo have ids from the same row.
    static constexpr std::string_view others[]
        = {Paper::receipt,     Paper::acknowledgement, Paper::packingSlip,  Paper::proofOfDelivery,
           Paper::certificate, Paper::safetyDataSheet, Paper::billOfLading, Paper::statement,
           Paper::returnLabel, Paper::picture};
    const auto found = std::ranges::find(others, paper);
    const auto row = found == std::end(others) ? 0 : found - std::begin(others) + 1;
    return row * idsOfPaper + subject;
}

std::int64_t subjectOf(std::int64_t document)
{
    return document % idsOfPaper;
}

} // namespace Counterfoil::Sandbox
