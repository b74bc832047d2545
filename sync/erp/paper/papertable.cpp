#include "papertable.h"

#include <algorithm>

namespace Counterfoil {

namespace {

constexpr double gap = 10; // between columns
constexpr double itemWidthMost = 84;
constexpr double unitWidthMost = 54;
constexpr double descriptionWidthLeast = 90;
constexpr std::size_t unlimited = 100'000; // text lines; paperTextMost keeps them far fewer

// Figures are of one width, so the longest text is the widest, near enough.
void keepLonger(QString &longest, const QString &text)
{
    if (text.size() > longest.size())
        longest = text;
}

PaperLine cellLine(const QString &text)
{
    return {text, false};
}

} // namespace

PaperTable::PaperTable(const PaperForm &form, const PaperType &type, const PaperNumbers &numbers, double left,
                       double right)
    : m_form(form)
    , m_type(type)
    , m_numbers(numbers)
    , m_left(left)
    , m_right(right)
    , m_places(form.columns.size())
{
    place(left, right);
    m_rows.reserve(form.rows.size());
    for (const PaperForm::Row &cells : form.rows) {
        Row row(form.columns.size());
        for (std::size_t i = 0; i < row.size(); ++i) {
            const Column::Kind kind = form.columns[i].kind;
            if (kind != Column::Kind::Figure)
                row[i] = type.wrapped(cells.cells[i],
                                      kind == Column::Kind::Item ? Lettering::Strong : Lettering::Body,
                                      m_places[i].width, unlimited);
        }
        m_rows.push_back(std::move(row));
    }
}

double PaperTable::wide(const QString &text) const
{
    return m_type.width(text, Lettering::Body) + 2;
}

std::vector<QString> PaperTable::longestTexts() const
{
    std::vector<QString> longest;
    for (std::size_t i = 0; i < m_form.columns.size(); ++i) {
        const Column &column = m_form.columns[i];
        QString text = column.least.isEmpty() ? column.title : column.least;
        for (const PaperForm::Row &row : m_form.rows)
            keepLonger(text, row.cells[i]);
        longest.push_back(std::move(text));
    }
    return longest;
}

// Figures get what they need, the item and the unit what they want up to a limit, the words the rest.
void PaperTable::place(double left, double right)
{
    const std::vector<QString> longest = longestTexts();
    const auto words = std::ranges::find(m_form.columns, Column::Kind::Words, &Column::kind);
    const auto at = static_cast<std::size_t>(words - m_form.columns.begin());
    const double from = leftColumns(left, at, longest);
    const double to = rightColumns(right, at, longest);
    m_places[at] = {from, std::max(to - from, descriptionWidthLeast)};
}

double PaperTable::leftColumns(double left, std::size_t words, const std::vector<QString> &longest)
{
    double x = left;
    for (std::size_t i = 0; i < words; ++i) {
        if (m_form.columns[i].kind == Column::Kind::Figure) {
            const double width = longest[i].isEmpty() ? 0 : wide(longest[i]);
            m_places[i] = {x + width - 2, width};
            x += width == 0 ? 0 : width + gap - 2;
        } else {
            const double width
                = std::min(m_type.width(longest[i].left(40), Lettering::Strong) + 4, itemWidthMost);
            m_places[i] = {x, width};
            x += width + gap;
        }
    }
    return x;
}

double PaperTable::rightColumns(double right, std::size_t words, const std::vector<QString> &longest)
{
    double x = right;
    for (std::size_t i = m_form.columns.size() - 1; i > words; --i) {
        if (m_form.columns[i].kind == Column::Kind::Figure) {
            m_places[i] = {x, wide(longest[i])};
            x -= m_places[i].width + gap;
        } else {
            const double most = m_form.columns[i].kind == Column::Kind::Unit ? unitWidthMost : itemWidthMost;
            const double width = std::min(wide(longest[i].left(40)) + 2, most);
            m_places[i] = {x - width, width};
            x -= width + gap * 0.6; // its figure stands close to it
        }
    }
    return x;
}

std::size_t PaperTable::textLines(std::size_t row) const
{
    std::size_t lines = 1;
    for (const auto &texts : m_rows[row])
        lines = std::max(lines, texts.size());
    return lines;
}

void PaperTable::drawHead(PaperSheet &sheet, double top) const
{
    const double baseline = top + 12.5;
    for (std::size_t i = 0; i < m_form.columns.size(); ++i) {
        const Column &column = m_form.columns[i];
        if (!column.title.isEmpty())
            sheet.text(m_places[i].x, baseline, cellLine(column.title), Lettering::SmallStrong,
                       column.kind == Column::Kind::Figure ? Edge::Right : Edge::Left, Ink::muted);
    }
    sheet.rule(m_left, m_right, top + headHeight - 1, Ink::text, 0.8);
}

void PaperTable::drawCarried(PaperSheet &sheet, double top, const QString &words, Amount amount) const
{
    const double baseline = top + 12.5;
    const auto column = std::ranges::find(m_form.columns, Column::Kind::Words, &Column::kind);
    sheet.text(m_places[static_cast<std::size_t>(column - m_form.columns.begin())].x, baseline,
               cellLine(words), Lettering::Small, Edge::Left, Ink::muted);
    sheet.text(m_right, baseline, cellLine(m_numbers.amount(amount)), Lettering::Body, Edge::Right,
               Ink::muted);
    sheet.rule(m_left, m_right, top + carriedHeight);
}

void PaperTable::drawRow(PaperSheet &sheet, double top, std::size_t row, std::size_t from,
                         std::size_t to) const
{
    const Row &texts = m_rows[row];
    double baseline = top + rowGap / 2 + 8.8;
    const auto ink = [](const Column &column) { return column.muted ? Ink::muted : Ink::text; };
    if (from == 0) {
        for (std::size_t i = 0; i < m_form.columns.size(); ++i) {
            const Column &column = m_form.columns[i];
            if (column.kind == Column::Kind::Figure && m_places[i].width > 0)
                sheet.text(m_places[i].x, baseline, cellLine(m_form.rows[row].cells[i]), Lettering::Body,
                           Edge::Right, ink(column));
        }
    }
    for (std::size_t line = from; line < to; ++line) {
        for (std::size_t i = 0; i < m_form.columns.size(); ++i) {
            const Column &column = m_form.columns[i];
            if (line < texts[i].size())
                sheet.text(m_places[i].x, baseline, texts[i][line],
                           column.kind == Column::Kind::Item ? Lettering::Strong : Lettering::Body,
                           Edge::Left, ink(column));
        }
        baseline += lineHeight();
    }
    if (to == textLines(row))
        sheet.rule(m_left, m_right, top + rowGap + double(to - from) * lineHeight());
}

} // namespace Counterfoil
