#include "outlinelist.h"

#include "listkeys.h"
#include "tokens.h"
#include "tooltip.h"
#include "type.h"

#include <QKeyEvent>
#include <QStandardItemModel>

namespace Counterfoil {

namespace {

constexpr int entryRole = Qt::UserRole + 1; // the entry's number

} // namespace

OutlineList::OutlineList(QWidget *parent)
    : QTreeView(parent)
    , m_model(new QStandardItemModel(this))
{
    setFrameShape(QFrame::NoFrame);
    setHeaderHidden(true);
    setUniformRowHeights(true);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setViewportMargins(Space::unit, Space::unit, Space::unit, 0);
    setIndentation(Space::medium + 2);
    setTextElideMode(Qt::ElideRight);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setBackgroundRole(QPalette::AlternateBase);
    viewport()->setBackgroundRole(QPalette::AlternateBase);
    setAccessibleName(tr("Outline of the document"));
    setModel(m_model);
    connect(this, &QTreeView::clicked, this, &OutlineList::choose);
    connect(this, &QTreeView::activated, this, &OutlineList::choose);
}

void OutlineList::setOutline(const std::vector<OutlineEntry> &outline)
{
    m_outline = outline;
    m_indexes.clear();
    m_model->clear();
    std::vector<QStandardItem *> above{m_model->invisibleRootItem()}; // by depth
    for (std::size_t i = 0; i < m_outline.size(); ++i) {
        const OutlineEntry &entry = m_outline[i];
        auto *item = new QStandardItem(entry.title.isEmpty() ? tr("Without a name") : entry.title);
        item->setData(static_cast<int>(i), entryRole);
        item->setToolTip(plainToolTip(entry.title));
        item->setSizeHint({0, Type::controlHeight()});
        item->setEnabled(entry.place.page >= 0 || entry.depth == 0);
        above.resize(static_cast<std::size_t>(entry.depth) + 1);
        above.back()->appendRow(item);
        above.push_back(item);
        m_indexes.emplace_back(item->index());
    }
    expandToDepth(0);
}

bool OutlineList::isEmpty() const
{
    return m_outline.empty();
}

void OutlineList::setCurrentPage(int page)
{
    qsizetype last = -1;
    for (std::size_t i = 0; i < m_outline.size(); ++i) {
        if (m_outline[i].place.page >= 0 && m_outline[i].place.page <= page)
            last = static_cast<qsizetype>(i);
    }
    if (last < 0 || currentIndex().data(entryRole).toInt() == last)
        return;
    QModelIndex index = m_indexes[static_cast<std::size_t>(last)];
    while (index.parent().isValid() && !isExpanded(index.parent()))
        index = index.parent(); // nothing is opened behind one's back
    setCurrentIndex(index);
}

void OutlineList::choose(const QModelIndex &index)
{
    const auto entry = static_cast<std::size_t>(index.data(entryRole).toInt());
    if (index.isValid() && entry < m_outline.size() && m_outline[entry].place.page >= 0)
        Q_EMIT placeChosen(m_outline[entry].place);
}

// What leads through the tree is the tree's; letters are the viewer's.
void OutlineList::keyPressEvent(QKeyEvent *event)
{
    const int key = event->key();
    const bool opens = key == Qt::Key_Left || key == Qt::Key_Right;
    if (leadsThroughList(key) || opens || key == Qt::Key_Return || key == Qt::Key_Enter)
        QTreeView::keyPressEvent(event);
    else
        event->ignore();
}

} // namespace Counterfoil
