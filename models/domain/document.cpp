#include "document.h"

#include "invoice.h"
#include "item.h"
#include "order.h"
#include "payment.h"
#include "return.h"
#include "shipment.h"

#include <algorithm>

namespace Counterfoil {

using FieldTable::field;
using FieldTable::link;

namespace {

constexpr Field documentFields[] = {
    field<&Document::key>("key", "Key", Key),
    field<&Document::account>("account", "Account", AccountKey),
    field<&Document::number>("number", "Document", Searchable | Sortable | Column),
    field<&Document::paper>("paper", "Paper", Sortable | Column),
    field<&Document::mediaType>("mediaType", "Media type"),
    link<&Document::invoice, Invoice>("invoice", "Invoice key"),
    link<&Document::order, Order>("order", "Order key"),
    link<&Document::shipment, Shipment>("shipment", "Shipment key"),
    link<&Document::payment, Payment>("payment", "Payment key"),
    link<&Document::returned, Return>("returned", "Return key"),
    link<&Document::sku, Item>("sku", "Item", Searchable | Column),
    field<&Document::revision>("revision", "Revision", Column),
    field<&Document::superseded>("superseded", "Superseded"),
    field<&Document::dated>("dated", "Dated", Sortable | Column),
    field<&Document::issued>("issued", "Issued"),
    field<&Document::issuedAt>("issuedAt", "Issued at"),
    field<&Document::bytes>("bytes", "Size", Column),
    field<&Document::sha256>("sha256", "SHA-256", FileDigest),
};

Audience audienceOfDocument(const void *record)
{
    return audienceOfPaper(static_cast<const Document *>(record)->paper);
}

} // namespace

constinit const RecordType Document::type{
    "document", "documents", documentFields, &FieldTable::create<Document>, true, &audienceOfDocument};

std::span<const Paper> papers()
{
    static constexpr Paper all[] = {
        {Paper::invoice, Audience::InvoiceReaders},       {Paper::creditMemo, Audience::InvoiceReaders},
        {Paper::statement, Audience::InvoiceReaders},     {Paper::receipt, Audience::InvoiceReaders},
        {Paper::acknowledgement, Audience::PriceReaders}, {Paper::packingSlip, Audience::Everybody},
        {Paper::billOfLading, Audience::Everybody},       {Paper::proofOfDelivery, Audience::Everybody},
        {Paper::returnLabel, Audience::Everybody},        {Paper::certificate, Audience::Everybody},
        {Paper::safetyDataSheet, Audience::Everybody},    {Paper::picture, Audience::Everybody},
    };
    return all;
}

Audience audienceOfPaper(std::string_view code)
{
    const auto found = std::ranges::find(papers(), code, &Paper::code);
    return found == papers().end() ? Audience::InvoiceReaders : found->audience;
}

} // namespace Counterfoil
