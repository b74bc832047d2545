#include "banner.h"

#include "icons.h"
#include "style.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>

namespace Counterfoil {

namespace {

constexpr double bannerPictureSide = 17;
constexpr int pictureIndent = 10;

Icons::Icon pictureOf(Tone tone)
{
    switch (tone) {
    case Tone::Ok:
        return Icons::Icon::Check;
    case Tone::Warn:
    case Tone::Bad:
        return Icons::Icon::Warning;
    case Tone::Neutral:
    case Tone::Info:
        break;
    }
    return Icons::Icon::Info;
}

} // namespace

Banner::Banner(QWidget *parent)
    : QWidget(parent)
    , m_text(new QLabel(this))
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(36, 9, Space::medium, 9);
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    layout->addWidget(m_text);
    hide();
}

void Banner::tell(const QString &sentence, Tone tone)
{
    m_text->setText(sentence);
    m_tone = tone;
    setVisible(!sentence.isEmpty());
    update();
}

QString Banner::text() const
{
    return m_text->text();
}

void Banner::paintEvent(QPaintEvent *)
{
    // From the parent, since the palette here may be another's muted one.
    const Tokens &t = Tokens::of(parentWidget()->palette());
    const TonePair &pair = t.tone(m_tone);
    QPainter painter(this);
    paintBox(painter, rect(), Radius::control, pair.fill, Qt::transparent);
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    const double x = mirrored ? width() - pictureIndent - bannerPictureSide : pictureIndent;
    Icons::paint(painter, pictureOf(m_tone), QRectF(x, 9, bannerPictureSide, bannerPictureSide), pair.text);
}

} // namespace Counterfoil
