#include "factsgrid.h"

#include "tokens.h"
#include "tooltip.h"
#include "type.h"

#include <QGridLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

namespace Counterfoil {

namespace {

QLabel *addLine(QVBoxLayout &layout, QWidget *parent, Type::Role role)
{
    auto *label = new QLabel(parent);
    Type::set(*label, role);
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setFocusPolicy(Qt::ClickFocus);
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
