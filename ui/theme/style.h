#pragma once

#include <QProxyStyle>

class QAbstractButton;

namespace Counterfoil {

// How much a button asks for attention. A pane has one Primary at most.
enum class ButtonLook {
    Plain,
    Primary,
    Quiet,
    Item, // one of several under each other, as in a menu
    Danger,
};
void setLook(QAbstractButton &button, ButtonLook look);

// Draws every standard control from the tokens, on top of Fusion's geometry.
class Style final : public QProxyStyle
{
    Q_OBJECT
public:
    Style();

    void polish(QWidget *widget) override;
    using QProxyStyle::polish;

    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget) const override;
    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                     const QWidget *widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                            const QWidget *widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl part,
                         const QWidget *widget) const override;
    QRect subElementRect(SubElement element, const QStyleOption *option,
                         const QWidget *widget) const override;
    QIcon standardIcon(StandardPixmap icon, const QStyleOption *option, const QWidget *widget) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                           const QWidget *widget) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const override;
    int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                  QStyleHintReturn *result) const override;
};

// A rounded rectangle whose border lies on whole pixels; used by every control and card.
void paintBox(QPainter &painter, const QRectF &rect, double radius, const QColor &fill, const QColor &border,
              double borderWidth = 1);
void paintShadow(QPainter &painter, const QRectF &card, double radius, const QColor &colour, int reach);
void paintFocusRing(QPainter &painter, const QRectF &rect, double radius, const QColor &accent);

} // namespace Counterfoil
