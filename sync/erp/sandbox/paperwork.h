#pragma once

#include "account.h"
#include "document.h"
#include "invoice.h"
#include "order.h"
#include "payment.h"
#include "return.h"
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
// Of what goes on a pallet, which is what has so many parcels or more; else nothing.
inline constexpr std::int64_t parcelsOnAPallet = 3;
std::optional<Document> billOfLadingOf(const Shipment &shipment);
// Once somebody has received it; else nothing.
std::optional<Document> proofOfDeliveryOf(const Shipment &shipment);

// With which the goods are sent, once that is authorised; else nothing.
std::optional<Document> returnLabelOf(const Return &record);

// What is said of an item, in its revisions, the oldest first. Dated after `founded`.
std::vector<Document> complianceOf(const Product &product, Instant founded);
// One of them, by its number from 0; nothing where nothing is said of such an item.
std::optional<Document> revisionOf(const Product &product, std::int64_t revision, Instant dated);

// `month`: "2026-10".
Document statementPaper(const Account &account, const std::string &month, Instant dated);

// Documents are numbered by the record that they are the paper of, those of each paper apart. What is said
// of items has `subject` = mostRevisions times the item's id, and a revision below mostRevisions; statements
// have one of statementSubject(), with months as statements.h counts them.
inline constexpr std::int64_t mostRevisions = 4;
std::int64_t statementSubject(std::int64_t account, std::int64_t month);
std::int64_t monthOfStatement(std::int64_t document);
// What the item looks like; as old as the company.
Document pictureOf(const Product &product, Instant founded);
std::int64_t documentId(const std::string &paper, std::int64_t subject);
std::int64_t subjectOf(std::int64_t document);

} // namespace Counterfoil::Sandbox
