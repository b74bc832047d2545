#pragma once

#include "papernumbers.h"
#include "papersheet.h"

#include <vector>

namespace Counterfoil {

// The lines of an invoice as rows of text, on no page yet. Refers to what it is made from.
class PaperTable
{
public:
    static constexpr double headHeight = 20;
    static constexpr double carriedHeight = 18;
    static constexpr double rowGap = 6.5; // around the text of each row

    PaperTable(const PaperData &data, const PaperType &type, const PaperNumbers &numbers, double left,
               double right);

    std::size_t rows() const { return m_rows.size(); }
    std::size_t textLines(std::size_t row) const;
    Amount net(std::size_t row) const { return m_data.invoice.lines[row].net; }
    static double lineHeight() { return PaperType::lineHeight(Lettering::Body); }

    // Each draws from `top` down.
    void drawHead(PaperSheet &sheet, double top) const;
    void drawCarried(PaperSheet &sheet, double top, const QString &words, Amount amount) const;
    // Text lines [from, to) of a row; the numbers stand beside the first.
    void drawRow(PaperSheet &sheet, double top, std::size_t row, std::size_t from, std::size_t to) const;

private:
    struct Row
    {
        std::vector<PaperLine> item;
        std::vector<PaperLine> description;
        std::vector<PaperLine> unit;
    };
    struct Places // x of left edges, or of right ones for numbers
    {
        double position = 0, item = 0, description = 0, quantity = 0, unit = 0, price = 0, tax = 0, net = 0;
        double itemWidth = 0, descriptionWidth = 0, unitWidth = 0;
    };
    void place(double left, double right);

    const PaperData &m_data;
    const PaperType &m_type;
    const PaperNumbers &m_numbers;
    double m_left = 0;
    double m_right = 0;
    Places m_places;
    std::vector<Row> m_rows;
};

} // namespace Counterfoil
