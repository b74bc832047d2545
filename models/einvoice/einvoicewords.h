#pragma once

#include "einvoicecheck.h"

// What people read of an e-invoice's codes and findings: every word of them stands here. A code that is not
// known stays as it is.
namespace Counterfoil::EInvoiceWords {

QString sentence(const EInvoiceFinding &finding, const QString &currency);

QString profile(const EInvoice &invoice); // "XRechnung 2.1, UN/CEFACT CII"
QString kind(const EInvoice &invoice);    // "Invoice", "Credit note": of BT-3
QString unit(const QString &code);        // of BT-130
QString taxCategory(const QString &code); // of BT-151
QString paymentMeans(const QString &code);
QString country(const QString &code);

QString amount(const Stated &number, const QString &currency); // empty for none, as below
QString quantity(const Stated &number);
QString percent(const Stated &number);

} // namespace Counterfoil::EInvoiceWords
