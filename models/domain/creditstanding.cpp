#include "creditstanding.h"

namespace Counterfoil {

using FieldTable::field;

namespace {

constexpr Field standingFields[] = {
    field<&CreditStanding::key>("key", "Key", Key),
    field<&CreditStanding::account>("account", "Account", AccountKey),
    field<&CreditStanding::currency>("currency", "Currency"),
    field<&CreditStanding::limited>("limited", "Has a limit"),
    field<&CreditStanding::limit>("limit", "Credit limit", Column | Price),
    field<&CreditStanding::used>("used", "Used", Column | Price),
    field<&CreditStanding::available>("available", "Available", Column | Price),
    field<&CreditStanding::openOrders>("openOrders", "Open orders", Column | Price),
    field<&CreditStanding::openInvoices>("openInvoices", "Open invoices", Column | Price),
    field<&CreditStanding::holdReason>("holdReason", "On hold because"),
};

} // namespace

constinit const RecordType CreditStanding::type{"creditStanding", "creditStandings", standingFields,
                                                &FieldTable::create<CreditStanding>, true};

} // namespace Counterfoil
