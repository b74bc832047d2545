#include "approval.h"

#include "address.h"

namespace Counterfoil {

using FieldTable::create;
using FieldTable::field;
using FieldTable::link;
using FieldTable::list;

namespace {

constexpr Field stepFields[] = {
    field<&ApprovalStep::at>("at", "Time"),
    field<&ApprovalStep::person>("person", "Person"),
    field<&ApprovalStep::name>("name", "Name"),
    field<&ApprovalStep::code>("code", "What they did"),
    field<&ApprovalStep::text>("text", "What was said"),
};

constexpr Field approvalFields[] = {
    field<&Approval::key>("key", "Key", Key),
    field<&Approval::account>("account", "Account", AccountKey),
    field<&Approval::number>("number", "Approval", Searchable | Sortable | Column),
    field<&Approval::name>("name", "Cart", Searchable | Sortable | Column),
    field<&Approval::requestedBy>("requestedBy", "Person"),
    field<&Approval::requester>("requester", "Asked for by", Searchable | Sortable | Column),
    field<&Approval::requestedAt>("requestedAt", "Asked for", Sortable | Column),
    field<&Approval::status>("status", "Status", Sortable | Column),
    field<&Approval::open>("open", "Waits", OpenMark),
    field<&Approval::waitsFor>("waitsFor", "Waits for", Searchable | Column),
    link<&Approval::cart, Cart>("cart", "Cart"),
    field<&Approval::comment>("comment", "Comment", Editable | Searchable),
    field<&Approval::poReference>("poReference", "Your PO", Searchable | Sortable | Column),
    field<&Approval::wantedOn>("wantedOn", "Wanted"),
    link<&Approval::shipTo, Address>("shipTo", "Ship to"),
    field<&Approval::notes>("notes", "Notes", Searchable),
    field<&Approval::currency>("currency", "Currency"),
    field<&Approval::total>("total", "Total", Sortable | Column | Price | Summed),
    field<&Approval::limit>("limit", "Limit", Price),
    field<&Approval::lineCount>("lineCount", "Lines", Column),
    list<&Approval::lines>("lines", "Items", Searchable),
    list<&Approval::steps>("steps", "Steps"),
    list<&Approval::differences>("differences", "What changed"),
};

} // namespace

constinit const RecordType ApprovalStep::type{"approvalStep", "approvalSteps", stepFields,
                                              &create<ApprovalStep>};
constinit const RecordType Approval::type{"approval", "approvals", approvalFields, &create<Approval>};

} // namespace Counterfoil
