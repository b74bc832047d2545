#pragma once

#include "document.h"
#include "invoice.h"
#include "order.h"
#include "payment.h"
#include "shipment.h"

#include <optional>

namespace Counterfoil::Sandbox {

struct Product;

// Which papers a record has, from the record itself, so that nobody has to remember what was made.

Document documentOf(const Invoice &invoice);
Document documentOf(const Payment &payment);

// From the moment that it is confirmed, which is when stock is looked for; else nothing.
std::optional<Document> acknowledgementOf(const Order &order);
Document packingSlipOf(const Shipment &shipment);
// Once somebody has received it; else nothing.
std::optional<Document> proofOfDeliveryOf(const Shipment &shipment);

// What is said of an item, in its revisions, the oldest first. Dated after `founded`.
std::vector<Document> complianceOf(const Product &product, Instant founded);

// Documents are numbered by the record that they are the paper of, those of each paper apart. What is said
// of items has `subject` = mostRevisions times the item's id, and a revision below mostRevisions.
inline constexpr std::int64_t mostRevisions = 4;
std::int64_t documentId(const std::string &paper, std::int64_t subject);
std::int64_t subjectOf(std::int64_t document);

} // namespace Counterfoil::Sandbox
