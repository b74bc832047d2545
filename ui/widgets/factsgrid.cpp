#include "factsgrid.h"

#include "tokens.h"
#include "type.h"

#include <QGridLayout>
#include <QLabel>

#include <algorithm>

namespace Counterfoil {

namespace {

constexpr int mostColumns = 4;
constexpr int charactersPerColumn = 19; // how wide a fact wants to be, in digits

} // namespace

FactsGrid::FactsGrid(QWidget *parent)
    : QWidget(parent)
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
    while (m_cells.size() > facts.size()) {
        const Cell cell = m_cells.takeLast();
        delete cell.caption->parentWidget();
    }
    while (m_cells.size() < facts.size()) {
        auto *box = new QWidget(this);
        auto *layout = new QVBoxLayout(box);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->setSpacing(1);
        const Cell cell {new QLabel(box), new QLabel(box)};
        Type::set(*cell.caption, Type::Role::Caption);
        Type::setMuted(*cell.caption);
        Type::set(*cell.value, Type::Role::Strong);
        cell.value->setWordWrap(true);
        cell.value->setTextFormat(Qt::PlainText);
        cell.value->setTextInteractionFlags(Qt::TextSelectableByMouse);
        cell.value->setFocusPolicy(Qt::ClickFocus);
        cell.value->setAlignment(Qt::AlignTop | Qt::AlignLeading);
        layout->addWidget(cell.caption);
        layout->addWidget(cell.value, 1);
        m_cells.append(cell);
    }
    for (qsizetype i = 0; i < facts.size(); ++i) {
        m_cells[i].caption->setText(facts[i].caption);
        m_cells[i].value->setText(facts[i].value);
        m_cells[i].value->setToolTip(facts[i].fullForm);
        m_cells[i].value->setAccessibleName(facts[i].caption);
        m_cells[i].value->setAccessibleDescription(facts[i].value);
    }
    if (!same) {
        m_columns = 0;
        reflow();
    }
}

int FactsGrid::columnsFor(int width) const
{
    const int wanted = fontMetrics().horizontalAdvance(QLatin1Char('0')) * charactersPerColumn;
    return std::clamp(width / std::max(1, wanted), 1, mostColumns);
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
    for (int column = 0; column < mostColumns; ++column) {
        m_grid->setColumnStretch(column, column < columns ? 1 : 0);
        m_grid->setColumnMinimumWidth(column, 0);
    }
    updateGeometry();
}

} // namespace Counterfoil
