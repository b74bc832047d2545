#include "paperwork.h"

#include "catalogue.h"

#include <algorithm>

namespace Counterfoil::Sandbox {

namespace {

// Above the ids of imported records.
constexpr std::int64_t idsOfPaper = 10'000'000'000'000;
constexpr std::int64_t msPerDay = 86'400'000;

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

std::vector<Document> complianceOf(const Product &product, Instant founded)
{
    const bool chemical = needsSafetyData(product);
    if (!chemical && !isCertified(product))
        return {};
    // Every third item has been revised once, every ninth twice.
    const std::int64_t revisions = product.id % 9 == 0 ? 3 : product.id % 3 == 0 ? 2 : 1;
    constexpr std::int64_t daysBetween = 230;
    std::vector<Document> all;
    for (std::int64_t i = 0; i < revisions; ++i) {
        const std::string revision = chemical ? std::to_string(i + 1) : std::string(1, char('A' + i));
        const std::string number = (chemical ? "SDS-" : "COC-") + product.sku + '-' + revision;
        Document document = blank(chemical ? Paper::safetyDataSheet : Paper::certificate, {}, number);
        document.number = number;
        document.sku = product.sku;
        document.revision = revision;
        document.superseded = i + 1 < revisions;
        document.dated = {founded.ms + (i * daysBetween + product.id % 97) * msPerDay};
        all.push_back(std::move(document));
    }
    return all;
}

std::int64_t documentId(const std::string &paper, std::int64_t subject)
{
    // An invoice and a credit memo have ids from the same row.
    static constexpr std::string_view others[]
        = {Paper::receipt,         Paper::acknowledgement, Paper::packingSlip,
           Paper::proofOfDelivery, Paper::certificate,     Paper::safetyDataSheet};
    const auto found = std::ranges::find(others, paper);
    const auto row = found == std::end(others) ? 0 : found - std::begin(others) + 1;
    return row * idsOfPaper + subject;
}

std::int64_t subjectOf(std::int64_t document)
{
    return document % idsOfPaper;
}

} // namespace Counterfoil::Sandbox
