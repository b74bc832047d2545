#include "pagefault.h"

#include "style.h"
#include "tokens.h"

#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace Counterfoil {

namespace {

constexpr int widest = 380;

} // namespace

PageFault::PageFault(QWidget *parent)
    : QWidget(parent)
    , m_text(new QLabel(this))
    , m_retry(new QPushButton(tr("Draw it again"), this))
{
    m_text->setWordWrap(true);
    m_text->setAlignment(Qt::AlignCenter);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Space::large, Space::large, Space::large, Space::large);
    layout->setSpacing(Space::medium);
    layout->addWidget(m_text);
    layout->addWidget(m_retry, 0, Qt::AlignHCenter);
    connect(m_retry, &QPushButton::clicked, this, &PageFault::retryWanted);
}

void PageFault::tell(int page, const QString &reason)
{
    m_text->setText(
        tr("Page %1 is not shown. %2", "a number and a whole sentence").arg(page + 1).arg(reason));
    setAccessibleName(m_text->text());
}

QString PageFault::text() const
{
    return m_text->text();
}

void PageFault::placeOn(const QRect &page)
{
    const int width = std::min(widest, page.width());
    QRect card(0, 0, width, std::max(heightForWidth(width), minimumSizeHint().height()));
    card.moveCenter(page.center());
    setGeometry(card);
}

void PageFault::paintEvent(QPaintEvent *)
{
    const Tokens &t = Tokens::of(palette());
    QPainter painter(this);
    paintBox(painter, rect(), Radius::card, t.raised, t.edge);
}

} // namespace Counterfoil
