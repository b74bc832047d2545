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

PaperLine plainLine(const QString &text)
{
    return {text, false};
}

} // namespace

PaperTable::PaperTable(const PaperData &data, const PaperType &type, const PaperNumbers &numbers, double left,
                       double right)
    : m_data(data)
    , m_type(type)
    , m_numbers(numbers)
    , m_left(left)
    , m_right(right)
{
    place(left, right);
    m_rows.reserve(data.invoice.lines.size());
    for (const InvoiceLine &line : data.invoice.lines) {
        Row row;
        row.item = type.wrapped(paperText(line.sku), Lettering::Strong, m_places.itemWidth, unlimited);
        row.description = type.wrapped(paperText(line.description), Lettering::Body,
                                       m_places.descriptionWidth, unlimited);
        row.unit = type.wrapped(paperText(line.unit), Lettering::Body, m_places.unitWidth, unlimited);
        m_rows.push_back(std::move(row));
    }
}

// Numbers get what they need, the item and the unit what they want up to a limit, the description the rest.
void PaperTable::place(double left, double right)
{
    QString position, item = QStringLiteral("Item"), quantity = QStringLiteral("Qty"),
                      unit = QStringLiteral("Unit"), price = QStringLiteral("Price"),
                      tax = QStringLiteral("Tax"), net = m_numbers.amount(m_data.invoice.net);
    keepLonger(net, QStringLiteral("Net GBP"));
    for (const InvoiceLine &line : m_data.invoice.lines) {
        keepLonger(position, QString::number(line.lineNumber));
        keepLonger(item, paperText(line.sku));
        keepLonger(quantity, m_numbers.plain(line.quantity));
        keepLonger(unit, paperText(line.unit));
        keepLonger(price, m_numbers.price(line.unitPrice));
        keepLonger(tax, m_numbers.percent(line.taxRate));
        keepLonger(net, m_numbers.amount(line.net));
    }
    const auto wide = [this](const QString &text) { return m_type.width(text, Lettering::Body) + 2; };
    m_places.position = left;
    m_places.item = left + (position.isEmpty() ? 0 : wide(position) + gap - 2);
    m_places.itemWidth = std::min(m_type.width(item.left(40), Lettering::Strong) + 4, itemWidthMost);
    m_places.description = m_places.item + m_places.itemWidth + gap;
    m_places.net = right;
    m_places.tax = m_places.net - wide(net) - gap;
    m_places.price = m_places.tax - wide(tax) - gap;
    const double unitRight = m_places.price - wide(price) - gap;
    m_places.unitWidth = std::min(wide(unit.left(40)) + 2, unitWidthMost);
    m_places.unit = unitRight - m_places.unitWidth;
    m_places.quantity = m_places.unit - gap * 0.6;
    m_places.descriptionWidth
        = std::max(m_places.quantity - wide(quantity) - gap - m_places.description, descriptionWidthLeast);
}

std::size_t PaperTable::textLines(std::size_t row) const
{
    const Row &texts = m_rows[row];
    return std::max({texts.item.size(), texts.description.size(), texts.unit.size(), std::size_t(1)});
}

void PaperTable::drawHead(PaperSheet &sheet, double top) const
{
    const double baseline = top + 12.5;
    const auto head = [&](double x, const QString &words, Edge edge) {
        sheet.text(x, baseline, plainLine(words), Lettering::SmallStrong, edge, Ink::muted);
    };
    head(m_places.item, QStringLiteral("Item"), Edge::Left);
    head(m_places.description, QStringLiteral("Description"), Edge::Left);
    head(m_places.quantity, QStringLiteral("Qty"), Edge::Right);
    head(m_places.unit, QStringLiteral("Unit"), Edge::Left);
    head(m_places.price, QStringLiteral("Price"), Edge::Right);
    head(m_places.tax, QStringLiteral("Tax"), Edge::Right);
    head(m_places.net, QStringLiteral("Net ") + paperText(m_data.invoice.currency).left(8), Edge::Right);
    sheet.rule(m_left, m_right, top + headHeight - 1, Ink::text, 0.8);
}

void PaperTable::drawCarried(PaperSheet &sheet, double top, const QString &words, Amount amount) const
{
    const double baseline = top + 12.5;
    sheet.text(m_places.description, baseline, plainLine(words), Lettering::Small, Edge::Left, Ink::muted);
    sheet.text(m_places.net, baseline, plainLine(m_numbers.amount(amount)), Lettering::Body, Edge::Right,
               Ink::muted);
    sheet.rule(m_left, m_right, top + carriedHeight);
}

void PaperTable::drawRow(PaperSheet &sheet, double top, std::size_t row, std::size_t from,
                         std::size_t to) const
{
    const Row &texts = m_rows[row];
    const InvoiceLine &line = m_data.invoice.lines[row];
    double baseline = top + rowGap / 2 + 8.8;
    if (from == 0) {
        const auto number = [&](double x, const QString &text, QRgb ink = Ink::text) {
            sheet.text(x, baseline, plainLine(text), Lettering::Body, Edge::Right, ink);
        };
        if (m_places.item > m_places.position)
            number(m_places.item - gap, QString::number(line.lineNumber), Ink::muted);
        number(m_places.quantity, m_numbers.plain(line.quantity));
        number(m_places.price, m_numbers.price(line.unitPrice));
        number(m_places.tax, m_numbers.percent(line.taxRate), Ink::muted);
        number(m_places.net, m_numbers.amount(line.net));
    }
    for (std::size_t i = from; i < to; ++i) {
        if (i < texts.item.size())
            sheet.text(m_places.item, baseline, texts.item[i], Lettering::Strong);
        if (i < texts.description.size())
            sheet.text(m_places.description, baseline, texts.description[i], Lettering::Body);
        if (i < texts.unit.size())
            sheet.text(m_places.unit, baseline, texts.unit[i], Lettering::Body, Edge::Left, Ink::muted);
        baseline += lineHeight();
    }
    if (to == textLines(row))
        sheet.rule(m_left, m_right, top + rowGap + double(to - from) * lineHeight());
}

} // namespace Counterfoil
