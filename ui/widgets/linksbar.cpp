#include "linksbar.h"

#include "flowlayout.h"
#include "icons.h"
#include "style.h"
#include "tokens.h"
#include "type.h"

#include <QApplication>
#include <QKeySequence>
#include <QPainter>

namespace Counterfoil {

namespace {

constexpr int sidePadding = 10;
constexpr int gap = 6;
constexpr int symbolSide = 11;
constexpr int digitSide = 16;

} // namespace

LinkButton::LinkButton(QWidget *parent)
    : QAbstractButton(parent)
{
    setAttribute(Qt::WA_Hover);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setCursor(Qt::PointingHandCursor);
}

void LinkButton::setLink(const RecordLink &link, int digit)
{
    m_link = link;
    m_digit = digit;
    const QString name = link.state.isEmpty()
        ? tr("Go to %1 %2", "kind and number of a record").arg(link.kindName, link.number)
        : tr("Go to %1 %2, %3", "kind, number and state of a record")
              .arg(link.kindName, link.number, link.state);
    setAccessibleName(name);
    const QString key
        = QKeySequence(Qt::ALT | static_cast<Qt::Key>(Qt::Key_0 + digit)).toString(QKeySequence::NativeText);
    setToolTip(digit > 0 ? tr("%1 (%2)", "what a button does and its key").arg(name, key) : name);
    updateGeometry();
    update();
}

QSize LinkButton::sizeHint() const
{
    const int kind = fontMetrics().horizontalAdvance(m_link.kindName);
    const int number = QFontMetrics(Type::font(Type::Role::Strong)).horizontalAdvance(m_link.number);
    const int symbol = m_link.symbol.isEmpty() ? 0 : symbolSide + gap;
    const int digit = m_digit > 0 ? digitSide + gap : 0;
    return {2 * sidePadding + symbol + kind + gap + number + digit, Type::controlHeight() - 4};
}

void LinkButton::paintEvent(QPaintEvent *)
{
    const Tokens &t = Tokens::of(palette());
    QPainter painter(this);
    paintBox(painter, rect(), Radius::control, underMouse() || isDown() ? t.hover : t.panel, t.edge);
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    int x = sidePadding;
    const auto place = [&](int width) {
        const QRect box(mirrored ? this->width() - x - width : x, 0, width, height());
        x += width + gap;
        return box;
    };
    if (!m_link.symbol.isEmpty()) {
        QRectF square(place(symbolSide));
        square = QRectF(square.left(), (height() - symbolSide) / 2.0, symbolSide, symbolSide);
        Icons::paintSymbol(painter, m_link.symbol, square, t.tone(toneNamed(m_link.tone)).text);
    }
    painter.setFont(font());
    painter.setPen(t.muted);
    painter.drawText(place(fontMetrics().horizontalAdvance(m_link.kindName)), Qt::AlignVCenter,
                     m_link.kindName);
    const QFont strong = Type::font(Type::Role::Strong);
    painter.setFont(strong);
    painter.setPen(t.text);
    painter.drawText(place(QFontMetrics(strong).horizontalAdvance(m_link.number)), Qt::AlignVCenter,
                     m_link.number);
    if (m_digit > 0) {
        QRectF key(place(digitSide));
        key = QRectF(key.left(), (height() - digitSide) / 2.0, digitSide, digitSide);
        paintBox(painter, key, 4, t.neutral.fill, Qt::transparent);
        painter.setFont(Type::font(Type::Role::Caption));
        painter.setPen(t.neutral.text);
        painter.drawText(key, Qt::AlignCenter, locale().toString(m_digit));
    }
    if (hasFocus())
        paintFocusRing(painter, rect(), Radius::control, t.accent);
}

LinksBar::LinksBar(QWidget *parent)
    : QWidget(parent)
{
    auto *layout = new FlowLayout(gap, this);
    layout->setContentsMargins(0, 0, 0, 0);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setAccessibleName(tr("Linked records"));
    hide();
}

void LinksBar::setLinks(const QList<RecordLink> &links)
{
    while (m_buttons.size() > links.size())
        delete m_buttons.takeLast();
    while (m_buttons.size() < links.size()) {
        auto *button = new LinkButton(this);
        connect(button, &QAbstractButton::clicked, this, [this, button] {
            Q_EMIT chosen(button->link().ref, QApplication::keyboardModifiers() & Qt::ControlModifier);
        });
        layout()->addWidget(button);
        m_buttons.append(button);
    }
    for (qsizetype i = 0; i < links.size(); ++i) {
        const int digit = i < mostKeys ? static_cast<int>(i) + 1 : 0;
        m_buttons[i]->setLink(links[i], digit);
        m_buttons[i]->show();
    }
    setVisible(!links.isEmpty());
}

} // namespace Counterfoil
