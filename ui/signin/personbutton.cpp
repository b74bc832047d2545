#include "personbutton.h"

#include "linetext.h"
#include "signinpage.h"
#include "style.h"
#include "tokens.h"
#include "type.h"

#include <QPainter>

namespace Counterfoil {

namespace {

constexpr int padding = 12;
constexpr int discSide = 34;

QString initials(const QString &name)
{
    QString letters;
    const QStringList words = name.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    for (const QString &word : words) {
        if (letters.size() < 2)
            letters.append(word.at(0).toUpper());
    }
    return letters;
}

} // namespace

PersonButton::PersonButton(const DemoPerson &person, QWidget *parent)
    : QAbstractButton(parent)
    , m_role(roleName(person.role))
    , m_description(person.description)
{
    setText(person.displayName);
    setAccessibleName(tr("Sign in as %1, %2").arg(person.displayName, m_role));
    setAccessibleDescription(person.description);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize PersonButton::sizeHint() const
{
    const int lines = fontMetrics().height() + QFontMetrics(Type::font(Type::Role::Caption)).height() + 4;
    return {300, lines + 2 * padding};
}

void PersonButton::paintEvent(QPaintEvent *)
{
    const Tokens &t = Tokens::of(palette());
    QPainter painter(this);
    const bool lit = isEnabled() && (underMouse() || isDown());
    paintBox(painter, rect(), Radius::card, lit ? t.hover : t.panel, lit ? t.accent : t.edge);
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    QRectF disc(padding, (height() - discSide) / 2.0, discSide, discSide);
    QRect words = rect().adjusted(padding + discSide + padding, padding, -padding, -padding);
    if (mirrored) {
        disc.moveRight(width() - padding);
        words = rect().adjusted(padding, padding, -padding - discSide - padding, -padding);
    }
    paintBox(painter, disc, discSide / 2.0, t.info.fill, Qt::transparent);
    painter.setFont(Type::font(Type::Role::Strong));
    painter.setPen(t.info.text);
    painter.drawText(disc, Qt::AlignCenter, initials(text()));

    const QFontMetrics strong(Type::font(Type::Role::Strong));
    const QRect first(words.left(), words.top(), words.width(), strong.height());
    const auto side = QStyle::visualAlignment(layoutDirection(), Qt::AlignLeading);
    painter.setPen(isEnabled() ? t.text : t.muted);
    LineText::draw(painter, first, side, text(), Type::font(Type::Role::Strong));
    const QFont caption = Type::font(Type::Role::Caption);
    const QFontMetrics captionMetrics(caption);
    painter.setFont(caption);
    painter.setPen(t.muted);
    painter.drawText(
        first, int(QStyle::visualAlignment(layoutDirection(), Qt::AlignTrailing) | Qt::AlignVCenter), m_role);
    const QRect second(words.left(), first.bottom() + 5, words.width(), captionMetrics.height());
    LineText::draw(painter, second, side, m_description, caption);
    if (hasFocus())
        paintFocusRing(painter, rect(), Radius::card, t.accent);
}

} // namespace Counterfoil
