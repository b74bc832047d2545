#include "type.h"

#include <QApplication>
#include <QVariant>
#include <QWidget>

namespace Counterfoil::Type {

namespace {

constexpr char roleProperty[] = "counterfoilType";

QFont scaled(double factor, QFont::Weight weight)
{
    QFont font = QApplication::font();
    font.setPixelSize(qRound(font.pixelSize() * factor));
    font.setWeight(weight);
    return font;
}

} // namespace

QFont font(Role role)
{
    switch (role) {
    case Role::Strong:
        return scaled(1.0, QFont::DemiBold);
    case Role::Caption:
        return scaled(0.89, QFont::Normal);
    case Role::CaptionStrong:
        return scaled(0.89, QFont::Medium);
    case Role::Title:
        return scaled(1.46, QFont::DemiBold);
    case Role::Heading:
        return scaled(1.85, QFont::DemiBold);
    case Role::Body:
        break;
    }
    return QApplication::font();
}

void set(QWidget &widget, Role role)
{
    widget.setProperty(roleProperty, static_cast<int>(role));
    widget.setFont(font(role));
}

void setMuted(QWidget &widget)
{
    widget.setForegroundRole(QPalette::PlaceholderText);
}

void refresh()
{
    const QWidgetList widgets = QApplication::allWidgets();
    for (QWidget *widget : widgets) {
        const QVariant role = widget->property(roleProperty);
        if (role.isValid())
            widget->setFont(font(static_cast<Role>(role.toInt())));
    }
}

int rowHeight(Density density)
{
    return QFontMetrics(QApplication::font()).height() + (density == Density::Normal ? 19 : 12);
}

int controlHeight()
{
    return QFontMetrics(QApplication::font()).height() + 16;
}

} // namespace Counterfoil::Type
