#include "thumbnailstrip.h"

#include "listkeys.h"
#include "pagepictures.h"
#include "pagerenderer.h"
#include "plaintipdelegate.h"
#include "style.h"
#include "tokens.h"
#include "type.h"

#include <QAbstractListModel>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>
#include <cmath>
#include <utility>

namespace Counterfoil {

namespace {

constexpr QSize picture(92, 120); // the room for a page, pixels
constexpr int urgency = 2;

class ThumbnailModel final : public QAbstractListModel
{
public:
    explicit ThumbnailModel(QObject *parent)
        : QAbstractListModel(parent)
    { }

    void setCount(int count)
    {
        beginResetModel();
        m_count = count;
        endResetModel();
    }

    int rowCount(const QModelIndex &parent) const override { return parent.isValid() ? 0 : m_count; }

    Qt::ItemFlags flags(const QModelIndex &index) const override
    {
        return QAbstractListModel::flags(index) | Qt::ItemIsDragEnabled;
    }

    QVariant data(const QModelIndex &index, int role) const override
    {
        if (!index.isValid())
            return {};
        if (role == Qt::DisplayRole)
            return QString::number(index.row() + 1);
        if (role == Qt::AccessibleTextRole)
            return ThumbnailStrip::tr("Page %1").arg(index.row() + 1);
        return {};
    }

private:
    int m_count = 0;
};

class ThumbnailDelegate final : public PlainTipDelegate
{
public:
    explicit ThumbnailDelegate(ThumbnailStrip &strip)
        : PlainTipDelegate(&strip)
        , m_strip(strip)
    { }

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        const QFontMetrics metrics(Type::font(Type::Role::Caption));
        return {picture.width() + 2 * Space::medium,
                picture.height() + metrics.height() + 2 * Space::small + Space::unit};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Tokens &t = Tokens::of(option.palette);
        const bool isChosen = option.state & QStyle::State_Selected;
        const bool hovered = option.state & QStyle::State_MouseOver;
        const double ratio = painter->device()->devicePixelRatioF();
        const PictureKey key = m_strip.keyOf(index.row());
        const QRectF room(option.rect.left(), option.rect.top() + Space::small, option.rect.width(),
                          picture.height());
        QRectF sheet(QPointF(), QSizeF(key.width / ratio, key.height / ratio));
        sheet.moveCenter(room.center());
        sheet.moveTopLeft(
            QPointF(std::round(sheet.x() * ratio) / ratio, std::round(sheet.y() * ratio) / ratio));
        painter->fillRect(sheet, m_strip.paper());
        if (const QImage *image = m_strip.pictures().find(key))
            painter->drawImage(sheet, *image);
        else
            paintStale(*painter, sheet, key);
        const QRectF frame = sheet.adjusted(-2, -2, 2, 2);
        if (isChosen)
            paintBox(*painter, frame.adjusted(-1, -1, 1, 1), 3, Qt::transparent, t.accent, 2);
        else
            paintBox(*painter, sheet.adjusted(-1, -1, 1, 1), 1, Qt::transparent,
                     hovered ? blend(t.edge, t.text, 0.4) : t.edge);
        const QRectF label(option.rect.left(), room.bottom() + Space::unit, option.rect.width(),
                           option.rect.bottom() - room.bottom() - Space::unit);
        painter->setFont(Type::font(isChosen ? Type::Role::CaptionStrong : Type::Role::Caption));
        painter->setPen(isChosen ? t.text : t.muted);
        painter->drawText(label, int(Qt::AlignHCenter | Qt::AlignTop), index.data().toString());
    }

private:
    void paintStale(QPainter &painter, const QRectF &sheet, const PictureKey &key) const
    {
        const auto stale = m_strip.pictures().ofPage(key.page, key.rotation, key.scale);
        if (!stale.empty())
            painter.drawImage(sheet, *m_strip.pictures().find(stale.back()));
    }

    ThumbnailStrip &m_strip;
};

} // namespace

ThumbnailStrip::ThumbnailStrip(PageRenderer &renderer, QWidget *parent)
    : QListView(parent)
    , m_pictures(new PagePictures(renderer, mostPictureBytes, urgency, this))
{
    setFrameShape(QFrame::NoFrame);
    setUniformItemSizes(true);
    viewport()->setBackgroundRole(QPalette::AlternateBase);
    setBackgroundRole(QPalette::AlternateBase);
    setAutoFillBackground(true);
    setMouseTracking(true);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setDragEnabled(true);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setAccessibleName(tr("Pages in small"));
    setModel(new ThumbnailModel(this));
    setItemDelegate(new ThumbnailDelegate(*this));
    setFixedWidth(picture.width() + 2 * Space::medium + verticalScrollBar()->sizeHint().width());
    connect(m_pictures, &PagePictures::arrived, this, [this](int page) { update(model()->index(page, 0)); });
}

void ThumbnailStrip::setPages(const std::vector<PageInfo> &pages)
{
    m_pictures->clear();
    m_layout.setPages(pages);
    m_following = true;
    static_cast<ThumbnailModel *>(model())->setCount(m_layout.count());
    m_following = false;
    refreshSoon();
}

void ThumbnailStrip::setRotation(int rotation)
{
    m_rotation = rotation;
    viewport()->update();
    refreshSoon();
}

void ThumbnailStrip::setColours(const PageColours &colours)
{
    if (colours == m_colours)
        return;
    m_colours = colours;
    m_pictures->clear();
    viewport()->update();
    refreshSoon();
}

void ThumbnailStrip::setCurrentPage(int page)
{
    if (currentIndex().row() == page || selectionModel()->selectedIndexes().size() > 1)
        return;
    m_following = true;
    // Not setCurrentIndex(), which with Ctrl held down, as one pages, would choose this one as well.
    selectionModel()->setCurrentIndex(model()->index(page, 0), QItemSelectionModel::ClearAndSelect);
    m_following = false;
}

std::vector<quint32> ThumbnailStrip::chosenPages() const
{
    std::vector<quint32> pages;
    for (const QModelIndex &index : selectionModel()->selectedIndexes())
        pages.push_back(static_cast<quint32>(index.row()));
    std::ranges::sort(pages);
    return pages;
}

PictureKey ThumbnailStrip::keyOf(int page) const
{
    const QSizeF size = m_layout.turnedSize(page, m_rotation);
    const double fit = std::min(picture.width() / size.width(), picture.height() / size.height());
    PictureKey key{page, PictureKey::scaleFor(fit * devicePixelRatioF()), m_rotation};
    const double zoom = static_cast<double>(key.scale) / PictureKey::unit;
    const QSize whole = PageRenderer::pixelSize(m_layout.info(page), zoom, m_rotation);
    key.width = whole.width();
    key.height = whole.height();
    return key;
}

void ThumbnailStrip::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QListView::currentChanged(current, previous);
    if (current.isValid() && !m_following)
        Q_EMIT pageChosen(current.row());
}

void ThumbnailStrip::mousePressEvent(QMouseEvent *event)
{
    m_dragged = false;
    QListView::mousePressEvent(event);
}

// The pages take a moment to be made into a file, in which moving on must not choose others.
void ThumbnailStrip::mouseMoveEvent(QMouseEvent *event)
{
    if (!m_dragged || !(event->buttons() & Qt::LeftButton))
        QListView::mouseMoveEvent(event);
}

void ThumbnailStrip::startDrag(Qt::DropActions)
{
    m_dragged = true;
    Q_EMIT dragWanted();
}

void ThumbnailStrip::scrollContentsBy(int dx, int dy)
{
    QListView::scrollContentsBy(dx, dy);
    refreshSoon();
}

void ThumbnailStrip::resizeEvent(QResizeEvent *event)
{
    QListView::resizeEvent(event);
    refreshSoon();
}

void ThumbnailStrip::showEvent(QShowEvent *event)
{
    QListView::showEvent(event);
    refreshSoon();
}

void ThumbnailStrip::hideEvent(QHideEvent *event)
{
    QListView::hideEvent(event);
    refreshSoon();
}

// What leads through the list is the list's; everything else is the viewer's, copying too.
void ThumbnailStrip::keyPressEvent(QKeyEvent *event)
{
    if (leadsThroughList(event->key()))
        QListView::keyPressEvent(event);
    else
        event->ignore();
}

void ThumbnailStrip::refreshSoon()
{
    if (std::exchange(m_refreshing, true))
        return;
    QMetaObject::invokeMethod(this, &ThumbnailStrip::refresh, Qt::QueuedConnection);
}

void ThumbnailStrip::refresh()
{
    m_refreshing = false;
    std::vector<PictureKey> seen;
    const QModelIndex first = indexAt({viewport()->width() / 2, 1});
    if (isVisible() && first.isValid()) {
        const int height = std::max(1, sizeHintForRow(0));
        const int last = std::min(m_layout.count() - 1, first.row() + viewport()->height() / height + 1);
        for (int page = first.row(); page <= last; ++page)
            seen.push_back(keyOf(page));
    }
    m_pictures->want(seen, {});
}

} // namespace Counterfoil
