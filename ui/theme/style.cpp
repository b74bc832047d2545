#include "style.h"

#include "icons.h"
#include "tokens.h"
#include "type.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QStyleOption>

#include <algorithm>

namespace Counterfoil {

namespace {

constexpr char lookProperty[] = "counterfoilLook";

ButtonLook lookOf(const QWidget *widget)
{
    return widget ? static_cast<ButtonLook>(widget->property(lookProperty).toInt()) : ButtonLook::Plain;
}

struct ButtonColours
{
    QColor fill;
    QColor border;
    QColor text;
};

ButtonColours buttonColours(const QStyleOption &option, const QWidget *widget)
{
    const Tokens &t = Tokens::of(option.palette);
    const bool enabled = option.state & QStyle::State_Enabled;
    const bool hovered = enabled && (option.state & QStyle::State_MouseOver);
    const bool down = option.state & (QStyle::State_Sunken | QStyle::State_On);
    const QColor text = enabled ? t.text : option.palette.color(QPalette::Disabled, QPalette::ButtonText);
    switch (lookOf(widget)) {
    case ButtonLook::Primary: {
        if (!enabled)
            return {t.hover, t.hover, text};
        const QColor fill = down ? blend(t.accent, t.text, 0.22)
            : hovered            ? blend(t.accent, t.text, 0.12)
                                 : t.accent;
        return {fill, fill, t.onAccent};
    }
    case ButtonLook::Danger:
        return {hovered ? t.bad.fill : t.panel, hovered ? t.bad.text : t.edge, enabled ? t.bad.text : text};
    case ButtonLook::Item:
    case ButtonLook::Quiet: {
        const QColor fill = down ? blend(t.hover, t.text, 0.06) : hovered ? t.hover : QColor(Qt::transparent);
        return {fill, Qt::transparent, text};
    }
    case ButtonLook::Plain:
        break;
    }
    const QColor fill = down ? blend(t.hover, t.text, 0.06) : hovered ? t.hover : t.panel;
    return {fill, hovered ? blend(t.edge, t.text, 0.15) : t.edge, text};
}

void paintButton(const QStyleOption &option, QPainter &painter, const QWidget *widget)
{
    const ButtonColours colours = buttonColours(option, widget);
    paintBox(painter, option.rect, Radius::control, colours.fill, colours.border);
    if ((option.state & QStyle::State_HasFocus) && (option.state & QStyle::State_KeyboardFocusChange))
        paintFocusRing(painter, option.rect, Radius::control, Tokens::of(option.palette).accent);
}

void paintField(const QStyleOption &option, QPainter &painter)
{
    const Tokens &t = Tokens::of(option.palette);
    const bool focused = option.state & QStyle::State_HasFocus;
    paintBox(painter, option.rect, Radius::control, focused ? t.panel : t.field, t.edge);
    if (focused)
        paintFocusRing(painter, option.rect, Radius::control, t.accent);
}

void paintCheck(const QStyleOption &option, QPainter &painter)
{
    const Tokens &t = Tokens::of(option.palette);
    const bool on = option.state & QStyle::State_On;
    const double side = std::min(option.rect.width(), option.rect.height());
    QRectF box(0, 0, side, side);
    box.moveCenter(QRectF(option.rect).center());
    paintBox(painter, box, 4, on ? t.accent : t.field, on ? t.accent : blend(t.edge, t.text, 0.2));
    if (on)
        Icons::paint(painter, Icons::Icon::Check, box.adjusted(2, 2, -2, -2), t.onAccent);
    if ((option.state & QStyle::State_HasFocus) && (option.state & QStyle::State_KeyboardFocusChange))
        paintFocusRing(painter, box, 4, t.accent);
}

void paintMenuItem(const QStyleOptionMenuItem &item, QPainter &painter)
{
    const Tokens &t = Tokens::of(item.palette);
    const QRect rect = item.rect;
    painter.fillRect(rect, t.raised);
    if (item.menuItemType == QStyleOptionMenuItem::Separator) {
        painter.fillRect(QRect(rect.left(), rect.center().y(), rect.width(), 1), t.line);
        return;
    }
    const bool enabled = item.state & QStyle::State_Enabled;
    if ((item.state & QStyle::State_Selected) && enabled)
        paintBox(painter, QRectF(rect).adjusted(4, 1, -4, -1), Radius::chip, t.selection, Qt::transparent);
    const QRect inner = rect.adjusted(12, 0, -14, 0);
    const QRectF mark(inner.left(), rect.center().y() - 7, 15, 15);
    if (item.checkType != QStyleOptionMenuItem::NotCheckable && item.checked)
        Icons::paint(painter, Icons::Icon::Check, mark, t.accent);
    else if (!item.icon.isNull())
        item.icon.paint(&painter, mark.toAlignedRect(), Qt::AlignCenter,
                        enabled ? QIcon::Normal : QIcon::Disabled);
    const QStringList parts = item.text.split(QLatin1Char('\t'));
    painter.setFont(item.font);
    painter.setPen(enabled ? t.text : item.palette.color(QPalette::Disabled, QPalette::Text));
    painter.drawText(inner.adjusted(24, 0, 0, 0),
                     int(Qt::AlignVCenter) | Qt::TextShowMnemonic | Qt::TextSingleLine, parts.first());
    painter.setPen(t.muted);
    if (parts.size() > 1)
        painter.drawText(inner, int(Qt::AlignVCenter | Qt::AlignRight) | Qt::TextSingleLine, parts.at(1));
}

void paintProgress(const QStyleOptionProgressBar &bar, QPainter &painter)
{
    const Tokens &t = Tokens::of(bar.palette);
    const QRectF groove = bar.rect;
    const double radius = std::min(groove.height() / 2, 3.0);
    paintBox(painter, groove, radius, t.line, Qt::transparent);
    if (bar.maximum <= bar.minimum)
        return; // the total is not known yet; an empty groove is the honest picture
    QRectF done = groove;
    done.setWidth(groove.width() * (bar.progress - bar.minimum) / (bar.maximum - bar.minimum));
    if (bar.direction == Qt::RightToLeft)
        done.moveRight(groove.right());
    if (done.width() >= 1)
        paintBox(painter, done, radius, t.accent, Qt::transparent);
}

void paintScrollBar(const Style &style, const QStyleOptionSlider &bar, QPainter &painter,
                    const QWidget *widget)
{
    const Tokens &t = Tokens::of(bar.palette);
    QRectF handle = style.subControlRect(QStyle::CC_ScrollBar, &bar, QStyle::SC_ScrollBarSlider, widget);
    if (bar.maximum <= bar.minimum)
        return;
    const bool active = bar.state & (QStyle::State_MouseOver | QStyle::State_Sunken);
    const double inset = active ? 2 : 3;
    handle.adjust(inset, inset, -inset, -inset);
    const double radius = std::min(handle.width(), handle.height()) / 2;
    paintBox(painter, handle, radius, active ? blend(t.scrollHandle, t.text, 0.25) : t.scrollHandle,
             Qt::transparent);
}

} // namespace

void setLook(QAbstractButton &button, ButtonLook look)
{
    button.setProperty(lookProperty, static_cast<int>(look));
    button.update();
}

void paintBox(QPainter &painter, const QRectF &rect, double radius, const QColor &fill, const QColor &border,
              double borderWidth)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(fill.alpha() == 0 ? QBrush(Qt::NoBrush) : QBrush(fill));
    const bool bordered = border.alpha() != 0 && border != fill;
    painter.setPen(bordered ? QPen(border, borderWidth) : QPen(Qt::NoPen));
    const double inset = bordered ? borderWidth / 2 : 0;
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius, radius);
    painter.restore();
}

void paintShadow(QPainter &painter, const QRectF &card, double radius, const QColor &colour, int reach)
{
    // Stacked translucent shapes: cheap, crisp at every scale, and no effect object to keep in step.
    // What they add up to falls off with the square of the distance, as light does.
    const int drop = reach / 4;
    const int widest = reach - drop;
    const auto strength = [widest](int spread) {
        const float near = 1.0F - static_cast<float>(spread) / static_cast<float>(widest);
        return near * near;
    };
    for (int spread = widest - 1; spread >= 0; --spread) {
        QColor layer = colour;
        layer.setAlphaF(colour.alphaF() * (strength(spread) - strength(spread + 1)));
        paintBox(painter, card.adjusted(-spread, -spread + drop, spread, spread + drop), radius + spread,
                 layer, Qt::transparent);
    }
}

void paintFocusRing(QPainter &painter, const QRectF &rect, double radius, const QColor &accent)
{
    paintBox(painter, rect, radius, Qt::transparent, accent, 2);
}

Style::Style()
    : QProxyStyle(QStringLiteral("Fusion"))
{ }

void Style::polish(QWidget *widget)
{
    QProxyStyle::polish(widget);
    if (qobject_cast<QAbstractButton *>(widget) || qobject_cast<QLineEdit *>(widget))
        widget->setAttribute(Qt::WA_Hover);
    // What an ERP, a gateway or a file says is text, never markup; tool tips are labels too.
    if (auto *label = qobject_cast<QLabel *>(widget); label && label->textFormat() == Qt::AutoText)
        label->setTextFormat(Qt::PlainText);
}

void Style::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                          const QWidget *widget) const
{
    const Tokens &t = Tokens::of(option->palette);
    switch (element) {
    case PE_PanelButtonCommand:
    case PE_PanelButtonTool:
        paintButton(*option, *painter, widget);
        return;
    case PE_PanelLineEdit:
        if (const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
            frame && frame->lineWidth > 0)
            paintField(*option, *painter);
        return;
    case PE_FrameLineEdit:
    case PE_FrameDockWidget:
    case PE_FrameFocusRect: // every control draws its own ring
        return;
    case PE_FrameMenu:
    case PE_PanelMenu:
        painter->fillRect(option->rect, t.raised);
        painter->setPen(t.edge);
        painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
        return;
    case PE_PanelItemViewRow:
        return;
    case PE_PanelItemViewItem:
        if (option->state & State_Selected)
            paintBox(*painter, option->rect, Radius::chip, t.selection, Qt::transparent);
        else if (option->state & State_MouseOver)
            paintBox(*painter, option->rect, Radius::chip, t.hover, Qt::transparent);
        return;
    case PE_PanelScrollAreaCorner:
        painter->fillRect(option->rect, t.panel);
        return;
    case PE_PanelTipLabel:
        painter->fillRect(option->rect, t.text);
        return;
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck:
        paintCheck(*option, *painter);
        return;
    case PE_IndicatorDockWidgetResizeHandle: {
        const QPoint centre = option->rect.center();
        painter->fillRect(option->rect, t.panel);
        if (option->rect.width() < option->rect.height())
            painter->fillRect(QRect(centre.x(), option->rect.top(), 1, option->rect.height()), t.line);
        else
            painter->fillRect(QRect(option->rect.left(), centre.y(), option->rect.width(), 1), t.line);
        return;
    }
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void Style::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                        const QWidget *widget) const
{
    if (element == CE_PushButtonLabel) {
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option)) {
            QStyleOptionButton copy = *button;
            const QColor text = buttonColours(*option, widget).text;
            if (lookOf(widget) == ButtonLook::Item) {
                painter->setPen(text);
                drawItemText(painter, option->rect.adjusted(Space::small, 0, -Space::small, 0),
                             int(visualAlignment(option->direction, Qt::AlignLeft) | Qt::AlignVCenter)
                                 | Qt::TextShowMnemonic,
                             copy.palette, true, copy.text);
                return;
            }
            copy.palette.setColor(QPalette::ButtonText, text);
            QProxyStyle::drawControl(element, &copy, painter, widget);
            return;
        }
    }
    if (element == CE_MenuItem) {
        if (const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option)) {
            paintMenuItem(*item, *painter);
            return;
        }
    }
    if (element == CE_MenuEmptyArea) {
        painter->fillRect(option->rect, Tokens::of(option->palette).raised);
        return;
    }
    if (element == CE_ProgressBar) {
        if (const auto *bar = qstyleoption_cast<const QStyleOptionProgressBar *>(option)) {
            paintProgress(*bar, *painter);
            return;
        }
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void Style::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                               const QWidget *widget) const
{
    if (control == CC_ScrollBar) {
        if (const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option)) {
            paintScrollBar(*this, *bar, *painter, widget);
            return;
        }
    }
    if (control == CC_SpinBox) { // only ever without buttons: a field
        paintField(*option, *painter);
        return;
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

QRect Style::subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl part,
                            const QWidget *widget) const
{
    const auto *bar
        = control == CC_ScrollBar ? qstyleoption_cast<const QStyleOptionSlider *>(option) : nullptr;
    if (!bar)
        return QProxyStyle::subControlRect(control, option, part, widget);
    const bool horizontal = bar->orientation == Qt::Horizontal;
    const int length = horizontal ? bar->rect.width() : bar->rect.height();
    const qint64 range = bar->maximum - bar->minimum;
    constexpr int shortestHandle = 32;
    int handle = length;
    if (range > 0)
        handle = std::max(shortestHandle,
                          static_cast<int>(qint64(length) * bar->pageStep / (range + bar->pageStep)));
    handle = std::min(handle, length);
    const int start = sliderPositionFromValue(bar->minimum, bar->maximum, bar->sliderPosition,
                                              length - handle, bar->upsideDown);
    const auto along = [&](int from, int size) {
        const QRect rect = horizontal
            ? QRect(bar->rect.left() + from, bar->rect.top(), size, bar->rect.height())
            : QRect(bar->rect.left(), bar->rect.top() + from, bar->rect.width(), size);
        return horizontal ? visualRect(bar->direction, bar->rect, rect) : rect;
    };
    switch (part) {
    case SC_ScrollBarSlider:
        return along(start, handle);
    case SC_ScrollBarSubPage:
        return along(0, start);
    case SC_ScrollBarAddPage:
        return along(start + handle, length - start - handle);
    case SC_ScrollBarGroove:
        return bar->rect;
    default:
        return {};
    }
}

QRect Style::subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const
{
    const QRect rect = QProxyStyle::subElementRect(element, option, widget);
    if (element != SE_LineEditContents)
        return rect;
    const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
    return frame && frame->lineWidth > 0 ? rect.adjusted(Space::small, 0, -Space::unit, 0) : rect;
}

QIcon Style::standardIcon(StandardPixmap icon, const QStyleOption *option, const QWidget *widget) const
{
    return icon == SP_LineEditClearButton ? Icons::icon(Icons::Icon::Close)
                                          : QProxyStyle::standardIcon(icon, option, widget);
}

QSize Style::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                              const QWidget *widget) const
{
    switch (type) {
    case CT_PushButton: {
        const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
        const int height = Type::controlHeight();
        if (button && button->text.isEmpty())
            return {height, height};
        return {size.width() + Space::huge, height};
    }
    case CT_LineEdit:
    case CT_SpinBox:
        return {size.width() + Space::large, std::max(size.height(), Type::controlHeight())};
    case CT_MenuItem: {
        const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option);
        if (item && item->menuItemType == QStyleOptionMenuItem::Separator)
            return {size.width(), 9};
        return {size.width() + 64, Type::rowHeight(Type::Density::Compact)};
    }
    default:
        return QProxyStyle::sizeFromContents(type, option, size, widget);
    }
}

int Style::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_ScrollBarExtent:
        return 11;
    case PM_DockWidgetSeparatorExtent:
        return 5; // wide enough to grab; a hairline is painted in its middle
    case PM_DockWidgetFrameWidth:
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
    case PM_ScrollView_ScrollBarOverlap:
        return 0;
    case PM_MenuPanelWidth:
        return 1;
    case PM_MenuVMargin:
        return 4;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
        return 16;
    case PM_ButtonIconSize:
        return std::max(16, QFontMetrics(Type::font(Type::Role::Body)).height()); // grows with the text
    case PM_SmallIconSize:
        return 16;
    case PM_ToolTipLabelFrameWidth:
        return 6;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int Style::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                     QStyleHintReturn *result) const
{
    switch (hint) {
    case SH_EtchDisabledText:
    case SH_ScrollView_FrameOnlyAroundContents:
        return 0;
    case SH_ScrollBar_LeftClickAbsolutePosition:
        return 0;
    case SH_ItemView_ShowDecorationSelected:
        return 1;
    case SH_ToolTip_WakeUpDelay:
        return 500;
    default:
        return QProxyStyle::styleHint(hint, option, widget, result);
    }
}

} // namespace Counterfoil
