#include "kinds.h"

#include "account.h"
#include "address.h"
#include "approval.h"
#include "cart.h"
#include "contact.h"
#include "creditstanding.h"
#include "document.h"
#include "invoice.h"
#include "item.h"
#include "message.h"
#include "note.h"
#include "order.h"
#include "payment.h"
#include "return.h"
#include "returnrules.h"
#include "shipment.h"
#include "status.h"

#include <algorithm>

namespace Counterfoil {

std::span<const RecordType *const> allKinds()
{
    static constexpr const RecordType *kinds[]
        = {&Status::type,  &Account::type,        &Order::type,      &Shipment::type,    &Invoice::type,
           &Payment::type, &CreditStanding::type, &Document::type,   &Address::type,     &Contact::type,
           &Cart::type,    &Item::type,           &ItemNumber::type, &ReturnRules::type, &Return::type,
           &Message::type, &Approval::type,       &Note::type};
    return kinds;
}

bool isInternal(const RecordType &kind)
{
    return &kind == &Note::type;
}

const RecordType *findKind(std::string_view name)
{
    const auto kinds = allKinds();
    const auto found = std::ranges::find(kinds, name, &RecordType::name);
    return found == kinds.end() ? nullptr : *found;
}

} // namespace Counterfoil
