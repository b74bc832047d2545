#include "factsgrid.h"

#include "linetext.h"
#include "selectable.h"
#include "tokens.h"
#include "tooltip.h"
#include "type.h"

#include <QApplication>
#include <QGridLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

namespace Counterfoil {

namespace {

// Most facts are as short as their column: those are not laid out to learn how high they are, which a pane
// asks for dozens of times before it stands.
class FactLine final : public QLabel
{
public:
    using QLabel::QLabel;

    QSize sizeHint() const override
    {
        return isSimple() ? QSize(wholeWidth(), fontMetrics().height()) : QLabel::sizeHint();
    }
    QSize minimumSizeHint() const override
    {
        if (!isSimple())
            return QLabel::minimumSizeHint();
        int widest = 0;
        for (const QString &word : text().split(QLatin1Char(' ')))
            widest = std::max(widest, LineText::width(word, font()) + 1);
        return {widest, fontMetrics().height()};
    }
    int heightForWidth(int width) const override
    {
        return isSimple() && wholeWidth() <= width ? fontMetrics().height() : QLabel::heightForWidth(width);
    }

private:
    // No other line is certain to be as high as the font, and to break at its blanks alone.
    bool isSimple() const
    {
        const auto breaksNothing = [](QChar c) {
            return c.isLetterOrNumber() || c.category() == QChar::Symbol_Currency
                || QStringView(u" \u00a0\u202f.,:&+%#@*_='").contains(c);
        };
        const QString words = text();
        return std::ranges::all_of(words, breaksNothing) && LineText::isPlain(words, font());
    }
    int wholeWidth() const { return withKerning(LineText::width(text(), font())); }
    // Pairs of letters may stand further apart than they are wide.
    static int withKerning(int width) { return width + width / 20 + 1; }
};

QLabel *addLine(QVBoxLayout &layout, QWidget *parent, Type::Role role)
{
    auto *label = new FactLine(parent);
    Type::set(*label, role);
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    makeSelectable(*label);
    layout.addWidget(label);
    return label;
}

} // namespace

FactsGrid::FactsGrid(int digitsPerColumn, int mostColumns, QWidget *parent)
    : QWidget(parent)
    , m_digitsPerColumn(digitsPerColumn)
    , m_mostColumns(mostColumns)
    , m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(Space::large);
    m_grid->setVerticalSpacing(Space::medium);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void FactsGrid::setFacts(const QList<Fact> &facts)
{
    const bool same = facts.size() == m_cells.size();
    // Cells that come to a grid on the screen would each have the whole pane laid out again.
    const bool aside = !same && isVisible() && !isAncestorOf(QApplication::focusWidget());
    if (aside)
        hide();
    while (m_cells.size() > facts.size()) {
        const Cell cell = m_cells.takeLast();
        delete cell.caption->parentWidget();
    }
    while (m_cells.size() < facts.size()) {
        auto *box = new QWidget(this);
        auto *layout = new QVBoxLayout(box);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->setSpacing(1);
        auto *caption = new QLabel(box);
        Type::set(*caption, Type::Role::Caption);
        Type::setMuted(*caption);
        layout->addWidget(caption);
        QLabel *value = addLine(*layout, box, Type::Role::Strong);
        QLabel *more = addLine(*layout, box, Type::Role::Body);
        Type::setMuted(*more);
        m_cells.append({caption, value, more});
    }
    for (qsizetype i = 0; i < facts.size(); ++i) {
        m_cells[i].caption->setText(facts[i].caption);
        const QString more = facts[i].value.section(QLatin1Char('\n'), 1);
        m_cells[i].value->setText(facts[i].value.section(QLatin1Char('\n'), 0, 0));
        m_cells[i].more->setText(more);
        m_cells[i].more->setVisible(!more.isEmpty());
        m_cells[i].value->setToolTip(plainToolTip(facts[i].fullForm));
        m_cells[i].value->setAccessibleName(facts[i].caption);
        m_cells[i].value->setAccessibleDescription(facts[i].value);
    }
    if (!same) {
        m_columns = 0;
        reflow();
    }
    if (aside)
        show();
}

int FactsGrid::columnsFor(int width) const
{
    const int wanted = fontMetrics().horizontalAdvance(QLatin1Char('0')) * m_digitsPerColumn;
    return std::clamp(width / std::max(1, wanted), 1, m_mostColumns);
}

void FactsGrid::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    reflow();
}

void FactsGrid::reflow()
{
    const int columns = columnsFor(width());
    if (columns == m_columns)
        return;
    m_columns = columns;
    while (QLayoutItem *item = m_grid->takeAt(0))
        delete item;
    for (int i = 0; i < m_cells.size(); ++i)
        m_grid->addWidget(m_cells[i].caption->parentWidget(), i / columns, i % columns, Qt::AlignTop);
    for (int column = 0; column < m_mostColumns; ++column) {
        m_grid->setColumnStretch(column, column < columns ? 1 : 0);
        m_grid->setColumnMinimumWidth(column, 0);
    }
    updateGeometry();
}

} // namespace Counterfoil
