// How a CartView is laid out.

#include "banner.h"
#include "cartlinesmodel.h"
#include "cartview.h"
#include "columnroom.h"
#include "formfield.h"
#include "hairline.h"
#include "recordheader.h"
#include "recordview.h"
#include "signinport.h"
#include "statuschip.h"
#include "style.h"
#include "type.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace Counterfoil {

namespace {

constexpr int viewMargin = RecordHeader::edgePadding;

} // namespace

QWidget *CartView::buildForm()
{
    auto *form = new QWidget(this);
    m_wanted->setHint(tr("2026-12-01; empty: as soon as possible"));
    auto *first = new QHBoxLayout;
    first->setSpacing(Space::medium);
    first->addWidget(m_name, 1);
    first->addWidget(m_po, 1);
    first->addWidget(m_wanted, 1);
    auto *second = new QHBoxLayout;
    second->setSpacing(Space::medium);
    second->addWidget(m_shipTo, 1);
    second->addWidget(m_notes, 2);
    auto *layout = new QVBoxLayout(form);
    layout->setContentsMargins(viewMargin, Space::small, viewMargin, Space::medium);
    layout->setSpacing(Space::small);
    layout->addLayout(first);
    layout->addLayout(second);
    layout->addWidget(m_shared);
    return form;
}

void CartView::build()
{
    Type::set(*m_title, Type::Role::Title);
    m_title->setTextFormat(Qt::PlainText);
    m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_subtitle->setTextFormat(Qt::PlainText);
    Type::setMuted(*m_subtitle);
    Type::setMuted(*m_note);
    m_note->setTextFormat(Qt::PlainText);
    m_note->setWordWrap(true);
    m_view->setModel(m_lines);
    m_view->setAccessibleName(tr("Lines of the cart"));
    m_view->setStrongColumn(CartLinesModel::Item);
    m_view->setEditTriggers(QAbstractItemView::AnyKeyPressed | QAbstractItemView::EditKeyPressed
                            | QAbstractItemView::DoubleClicked);
    m_view->recordHeader().setSortIndicatorShown(false);
    m_view->recordHeader().setSectionsClickable(false);
    m_view->recordHeader().setSectionsMovable(false);
    m_view->installEventFilter(this);
    for (QPushButton *first : {m_review, m_decide})
        setLook(*first, ButtonLook::Primary);
    m_review->setToolTip(tr("Ctrl+Shift+Enter"));

    auto *line = new QHBoxLayout;
    line->setSpacing(Space::small);
    line->addWidget(m_title, 1);
    line->addWidget(m_chip);
    auto *head = new QVBoxLayout;
    head->setContentsMargins(viewMargin, Space::medium, viewMargin, 0);
    head->setSpacing(Space::unit);
    head->addLayout(line);
    head->addWidget(m_subtitle);
    head->addWidget(m_banner);
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(viewMargin, Space::small, viewMargin, Space::small);
    foot->setSpacing(Space::small);
    foot->addWidget(m_note, 1);
    foot->addWidget(m_paste);
    foot->addWidget(m_copy);
    foot->addWidget(m_approval);
    foot->addWidget(m_order);
    foot->addWidget(m_decide);
    foot->addWidget(m_review);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addWidget(buildForm());
    layout->addWidget(hairline(this));
    layout->addWidget(m_view, 1);
    layout->addWidget(hairline(this));
    layout->addLayout(foot);
}

void CartView::fitColumns()
{
    using Column = CartLinesModel;
    const bool prices = m_context.person.seesPrices;
    QList<ColumnRoom> rooms{{"item", u"WWWW-0000-00"},
                            {"description", u"Ultra Forge drill", ColumnRoom::Stretching, 5},
                            {"quantity", u"000,000.00"},
                            {"unit", u"box of 200", ColumnRoom::Plain, 2},
                            {"price", u"£0,000.0000", ColumnRoom::Plain, 4},
                            {"priceOf", u"not known yet", ColumnRoom::Plain, 3},
                            {"net", u"£000,000.00", ColumnRoom::Plain, 1}};
    const QList<const char *> gone = columnsWithoutRoom(rooms, m_view->viewport()->width());
    RecordHeader &header = m_view->recordHeader();
    for (int column = 0; column < Column::ColumnCount; ++column) {
        const bool stretches = column == Column::Description;
        header.setSectionResizeMode(column, stretches ? QHeaderView::Stretch : QHeaderView::Interactive);
        if (!stretches)
            header.resizeSection(
                column,
                leastWidth(rooms[column])
                    + (column == Column::Item || column == Column::Net ? ColumnRoom::edgeExtra : 0));
        const bool priced = column == Column::UnitPrice || column == Column::PriceOf || column == Column::Net;
        header.setSectionHidden(column, gone.contains(rooms[column].field) || (priced && !prices));
    }
}

} // namespace Counterfoil
