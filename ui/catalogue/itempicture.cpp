#include "itempicture.h"

#include "documentport.h"
#include "tokens.h"
#include "type.h"

#include <QEvent>
#include <QPainter>
#include <QPainterPath>

namespace Counterfoil {

namespace {

constexpr int pictureLines = 9; // of text, so high it is
constexpr QSize pictureShape{4, 3};

} // namespace

ItemPicture::ItemPicture(const PaneContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_renderer(context.renderProgram)
    , m_kept(keptKilobytes)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    m_rest.setSingleShot(true);
    m_rest.setInterval(restMs);
    connect(&m_rest, &QTimer::timeout, this, &ItemPicture::fetch);
    connect(&context.documents, &DocumentPort::ready, this,
            [this](const QString &document, const QString &file) {
                if (document != m_document || !m_wanted)
                    return;
                m_wanted = false;
                open(file);
            });
    connect(&m_renderer, &PageRenderer::opened, this, [this](quint64 ticket, const OpenedDocument &opened) {
        if (ticket != m_opening || opened.pages.empty())
            return;
        const PageInfo &page = opened.pages.front();
        const QSize wanted = sizeHint() * devicePixelRatioF();
        const QSize points = PageRenderer::pixelSize(page, 1, 0);
        const double zoom = std::min(double(wanted.width()) / std::max(points.width(), 1),
                                     double(wanted.height()) / std::max(points.height(), 1));
        m_drawing = m_renderer.draw(0, zoom, 0, {}, 1);
    });
    connect(&m_renderer, &PageRenderer::drawn, this, [this](quint64 ticket, const QImage &image) {
        if (ticket == m_drawing)
            take(image);
    });
    hide();
}

ItemPicture::~ItemPicture()
{
    drop();
}

QSize ItemPicture::sizeHint() const
{
    const int height = pictureLines * fontMetrics().lineSpacing();
    return {height * pictureShape.width() / pictureShape.height(), height};
}

void ItemPicture::drop()
{
    if (m_wanted)
        m_context.documents.forget(m_document);
    m_wanted = false;
    m_opening = m_drawing = 0;
    m_renderer.close();
}

void ItemPicture::setDocument(const QString &document, const QString &name)
{
    setAccessibleName(tr("Picture of %1").arg(name));
    if (document == m_document)
        return;
    drop();
    m_document = document;
    const QImage *kept = m_kept.object(document);
    m_image = kept ? *kept : QImage();
    setVisible(!document.isEmpty() && !m_context.renderProgram.isEmpty());
    if (!kept && !document.isEmpty() && !m_context.renderProgram.isEmpty())
        m_rest.start();
    else
        m_rest.stop();
    update();
    Q_EMIT changed();
}

// Without a connection it stays wanted, and is there once it came.
void ItemPicture::fetch()
{
    if (m_document.isEmpty() || m_wanted)
        return;
    m_wanted = true;
    m_context.documents.want(m_document);
}

void ItemPicture::open(const QString &file)
{
    m_opening = m_renderer.open(file);
}

void ItemPicture::take(const QImage &image)
{
    m_drawing = 0;
    m_renderer.close();
    m_image = image;
    m_kept.insert(m_document, new QImage(image), std::max(1, static_cast<int>(image.sizeInBytes() / 1024)));
    update();
    Q_EMIT changed();
}

void ItemPicture::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        updateGeometry();
}

void ItemPicture::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    QPainterPath frame;
    frame.addRoundedRect(rect(), Radius::card, Radius::card);
    painter.fillPath(frame, Tokens::of(palette()).raised);
    if (m_image.isNull())
        return;
    painter.setClipPath(frame);
    const QSize size = m_image.size().scaled(this->size(), Qt::KeepAspectRatio);
    painter.drawImage(QRect(QPoint((width() - size.width()) / 2, (height() - size.height()) / 2), size),
                      m_image);
}

} // namespace Counterfoil
