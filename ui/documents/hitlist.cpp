#include "hitlist.h"

#include "hitlistmodel.h"
#include "listkeys.h"
#include "style.h"
#include "tokens.h"
#include "type.h"

#include <QKeyEvent>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QTextLayout>

#include <algorithm>

namespace Counterfoil {

namespace {

constexpr qsizetype shownBefore = 18; // characters before the hit, so that the hit itself is seen

class HitDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        return {120,
                QFontMetrics(Type::font(Type::Role::Body)).height()
                    + QFontMetrics(Type::font(Type::Role::Caption)).height() + 2 * Space::small};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Tokens &t = Tokens::of(option.palette);
        const QRect inner = option.rect.adjusted(Space::medium, Space::small - 1, -Space::small, 0);
        if (option.state & QStyle::State_Selected)
            paintBox(*painter, QRectF(option.rect).adjusted(4, 1, -4, -1), Radius::control, t.selection,
                     Qt::transparent);
        else if (option.state & QStyle::State_MouseOver)
            paintBox(*painter, QRectF(option.rect).adjusted(4, 1, -4, -1), Radius::control, t.hover,
                     Qt::transparent);
        const int lineHeight = paintLine(*painter, inner, index, t);
        painter->setFont(Type::font(Type::Role::Caption));
        painter->setPen(t.muted);
        painter->drawText(inner.translated(0, lineHeight), int(Qt::AlignLeft | Qt::AlignTop),
                          HitList::tr("Page %1").arg(index.data(HitListModel::PageRole).toInt() + 1));
    }

private:
    // The hit in bold, with as much around it as there is room.
    static int paintLine(QPainter &painter, const QRect &room, const QModelIndex &index, const Tokens &t)
    {
        const QFont font = Type::font(Type::Role::Body);
        QString text = index.data(HitListModel::LineRole).toString();
        qsizetype begin = index.data(HitListModel::BeginRole).toInt();
        if (const qsizetype cut = begin - shownBefore; cut > 0) {
            const qsizetype word = text.indexOf(QLatin1Char(' '), cut);
            const qsizetype from = word >= 0 && word < begin ? word + 1 : cut;
            text = QChar(0x2026) + text.mid(from);
            begin -= from - 1;
        }
        QTextLayout layout(QFontMetrics(font).elidedText(text, Qt::ElideRight, room.width()), font);
        QTextLayout::FormatRange hit;
        hit.start = int(begin);
        hit.length = index.data(HitListModel::LengthRole).toInt();
        hit.format.setFontWeight(QFont::DemiBold);
        hit.format.setForeground(t.accent);
        layout.setFormats({hit});
        layout.beginLayout();
        layout.createLine().setLineWidth(1e6);
        layout.endLayout();
        painter.save();
        painter.setClipRect(room);
        painter.setPen(t.text);
        layout.draw(&painter, room.topLeft());
        painter.restore();
        return QFontMetrics(font).height();
    }
};

} // namespace

HitList::HitList(DocumentFind &find, QWidget *parent)
    : QListView(parent)
    , m_find(find)
    , m_model(new HitListModel(find, this))
{
    setFrameShape(QFrame::NoFrame);
    setUniformItemSizes(true);
    setMouseTracking(true);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setBackgroundRole(QPalette::AlternateBase);
    viewport()->setBackgroundRole(QPalette::AlternateBase);
    setAccessibleName(tr("Where the words were found"));
    setModel(m_model);
    setItemDelegate(new HitDelegate(this));
    connect(&find, &DocumentFind::wentTo, this, &HitList::follow);
    connect(&find, &DocumentFind::changed, this, &HitList::follow);
}

void HitList::follow()
{
    const int row = m_find.position() - 1;
    if (row == currentIndex().row() || row >= m_model->rowCount({}))
        return;
    m_following = true;
    setCurrentIndex(m_model->index(row, 0));
    m_following = false;
}

void HitList::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QListView::currentChanged(current, previous);
    if (current.isValid() && !m_following)
        m_find.goTo(m_model->hit(current.row()));
}

// What leads through the list is the list's; letters are the viewer's.
void HitList::keyPressEvent(QKeyEvent *event)
{
    if (leadsThroughList(event->key()))
        QListView::keyPressEvent(event);
    else
        event->ignore();
}

} // namespace Counterfoil
