#pragma once

#include "einvoicecheck.h"

#include <memory>
#include <optional>

namespace Counterfoil {

// An e-invoice with all that was found in it.
struct EInvoiceReport
{
    std::shared_ptr<const EInvoice> invoice;
    EInvoiceFindings inItself;
    std::optional<EInvoiceFindings> record; // none: there was no record to compare with
    QString whyNoRecord;                    // a sentence; empty: it was not asked for, or is awaited
    std::optional<EInvoiceFindings> pages;  // none: it came without pages, or they were not all read

    bool agrees() const
    {
        return !anyWrong(inItself) && !(record && anyWrong(*record)) && !(pages && anyWrong(*pages));
    }
    EInvoiceFindings all() const // what is wrong first
    {
        EInvoiceFindings findings;
        for (const auto grade : {EInvoiceFinding::Grade::Wrong, EInvoiceFinding::Grade::Note}) {
            for (const EInvoiceFindings *each :
                 {record ? &*record : nullptr, &inItself, pages ? &*pages : nullptr}) {
                for (std::size_t i = 0; each && i < each->size(); ++i) {
                    if ((*each)[i].grade() == grade)
                        findings.push_back((*each)[i]);
                }
            }
        }
        return findings;
    }
};

} // namespace Counterfoil
