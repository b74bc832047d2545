#pragma once

#include "paperform.h"
#include "papersheet.h"

#include <vector>

namespace Counterfoil {

// The rows of a form as they are printed, on no page yet. Refers to what it is made from.
class PaperTable
{
public:
    static constexpr double headHeight = 20;
    static constexpr double carriedHeight = 18;
    static constexpr double rowGap = 6.5; // around the text of each row

    PaperTable(const PaperForm &form, const PaperType &type, const PaperNumbers &numbers, double left,
               double right);

    std::size_t rows() const { return m_rows.size(); }
    std::size_t textLines(std::size_t row) const;
    bool carries() const { return m_form.carries; }
    Amount carried(std::size_t row) const { return m_form.rows[row].carried; }
    static double lineHeight() { return PaperType::lineHeight(Lettering::Body); }

    // Each draws from `top` down.
    void drawHead(PaperSheet &sheet, double top) const;
    void drawCarried(PaperSheet &sheet, double top, const QString &words, Amount amount) const;
    // Text lines [from, to) of a row; the figures stand beside the first.
    void drawRow(PaperSheet &sheet, double top, std::size_t row, std::size_t from, std::size_t to) const;

private:
    using Column = PaperForm::Column;
    using Row = std::vector<std::vector<PaperLine>>; // of each column; none of figures

    struct Place
    {
        double x = 0; // of the left edge, or of the right one for figures
        double width = 0;
    };
    void place(double left, double right);
    double leftColumns(double left, std::size_t words, const std::vector<QString> &longest);
    double rightColumns(double right, std::size_t words, const std::vector<QString> &longest);
    double wide(const QString &text) const;
    std::vector<QString> longestTexts() const;

    const PaperForm &m_form;
    const PaperType &m_type;
    const PaperNumbers &m_numbers;
    double m_left = 0;
    double m_right = 0;
    std::vector<Place> m_places; // of each column
    std::vector<Row> m_rows;
};

} // namespace Counterfoil
