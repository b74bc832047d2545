#pragma once

#include "einvoicecheck.h"

#include <utility>

namespace Counterfoil {

// The findings of one check, as many of each grade as are kept, and how many more there were. Notes never
// take the place of what is wrong.
class BoundedFindings
{
public:
    void add(EInvoiceFinding finding)
    {
        std::size_t &kept = finding.grade() == EInvoiceFinding::Grade::Wrong ? m_wrong : m_notes;
        if (kept >= findingsMost) {
            ++m_leftOut;
            return;
        }
        ++kept;
        m_findings.push_back(std::move(finding));
    }

    EInvoiceFindings take()
    {
        if (m_leftOut > 0)
            m_findings.push_back({EInvoiceFinding::What::LeftOut, {}, QString::number(m_leftOut)});
        return std::move(m_findings);
    }

private:
    EInvoiceFindings m_findings;
    std::size_t m_wrong = 0;
    std::size_t m_notes = 0;
    std::size_t m_leftOut = 0;
};

} // namespace Counterfoil
