#include "searchfield.h"

#include "tokens.h"
#include "type.h"

#include <QPainter>
#include <QStyle>

namespace Counterfoil {

namespace {

constexpr double iconSide = 15;
constexpr double edge = 10;
constexpr int iconRoom = 22;

} // namespace

SearchField::SearchField(Icons::Icon icon, const QString &placeholder, const QString &key, QWidget *parent)
    : QLineEdit(parent)
    , m_icon(icon)
    , m_key(key)
{
    setPlaceholderText(placeholder);
    setTextMargins(iconRoom, 0, 0, 0);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void SearchField::paintEvent(QPaintEvent *event)
{
    QLineEdit::paintEvent(event);
    const Tokens &t = Tokens::of(palette());
    QPainter painter(this);
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    const QRectF square(mirrored ? width() - edge - iconSide : edge, (height() - iconSide) / 2, iconSide,
                        iconSide);
    Icons::paint(painter, m_icon, square, t.muted);
    const QFont caption = Type::font(Type::Role::Caption);
    const int keyWidth = QFontMetrics(caption).horizontalAdvance(m_key) + 2 * static_cast<int>(edge);
    const int words
        = iconRoom + 2 * static_cast<int>(edge) + fontMetrics().horizontalAdvance(placeholderText());
    if (!text().isEmpty() || words + keyWidth > width())
        return;
    painter.setFont(caption);
    painter.setPen(t.muted);
    const auto trailing = QStyle::visualAlignment(layoutDirection(), Qt::AlignTrailing);
    painter.drawText(QRectF(rect()).adjusted(edge, 0, -edge, 0), int(trailing | Qt::AlignVCenter), m_key);
}

} // namespace Counterfoil
