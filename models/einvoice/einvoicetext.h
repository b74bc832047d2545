#pragma once

#include <QCoreApplication>

namespace Counterfoil {

// What this room says to a person: its context for translators.
class EInvoiceText
{
    Q_DECLARE_TR_FUNCTIONS(EInvoice)
};

} // namespace Counterfoil
