#pragma once

#include "einvoice.h"
#include "result.h"

#include <QByteArray>
#include <QStringList>

namespace Counterfoil {

// More are refused: no person reads as many.
inline constexpr std::size_t einvoiceLinesMost = 20'000;
// Of taxes, notes, charges and the like, each.
inline constexpr std::size_t einvoiceEntriesMost = 200;

// Reads Factur-X, ZUGFeRD 1 and 2, XRechnung and anything else in UN/CEFACT's Cross Industry Invoice or in
// UBL. What stands where a number or a date belongs and is none becomes a flaw of the invoice. BadInput: it
// is no e-invoice, or damaged, or beyond a bound. For a thread of its own:
// ten thousand lines (5 MB) took 1.2 s in a debug build.
Result<EInvoice> readEInvoice(const QByteArray &xml);

// Whether a file could be an e-invoice, by the name that it has in the PDF: those that the formats prescribe.
bool isEInvoiceName(const QString &name);

// Which of a PDF's files is to be read as its e-invoice, by their names: one that a format prescribes, else
// the first that is XML, which may be anything; -1: none.
int eInvoiceAmong(const QStringList &names);

} // namespace Counterfoil
