#pragma once

#include "paperform.h"
#include "papernumbers.h"
#include "papersheet.h"

namespace Counterfoil {

// What stands around the table of a paper. Each part draws from `top` down and returns where it ends;
// without a sheet it only says where it would. Refers to what it is made from.
class PaperParts
{
public:
    static constexpr double margin = 48;  // left and right
    static constexpr double top = 44;     // of the first part
    static constexpr double footing = 50; // kept free at the bottom of each page

    PaperParts(const PaperData &data, const PaperForm &form, const PaperType &type,
               const PaperNumbers &numbers);

    double left() const { return margin; }
    double right() const { return m_right; }
    double bottom() const { return m_bottom; }

    QString title() const;                      // "Invoice INV-80012"
    double letterhead(PaperSheet *sheet) const; // of the first page, from its top, with addresses and facts
    double heading(PaperSheet *sheet) const;    // of the pages after it
    double totals(PaperSheet *sheet, double from) const;
    double slip(PaperSheet *sheet, double from) const; // of a paper without one: nothing
    void footer(PaperSheet &sheet, std::size_t page, std::size_t pages) const;

private:
    using Facts = PaperForm::Facts;
    double party(PaperSheet *sheet, double x, double from, const PaperForm::Party &party) const;
    double factList(PaperSheet *sheet, const Facts &facts, double x, double valueX, double end,
                    double from) const;
    double cutHere(PaperSheet *sheet, double from, const QString &words) const;
    double remittance(PaperSheet *sheet, double from) const;
    double slipAmounts(PaperSheet *sheet, double from) const;
    double parcelLabel(PaperSheet *sheet, double from) const; // parcellabel.cpp

    const PaperData &m_data;
    const PaperForm &m_form;
    const PaperType &m_type;
    const PaperNumbers &m_numbers;
    double m_right = 0;
    double m_bottom = 0;
    double m_height = 0;
};

} // namespace Counterfoil
