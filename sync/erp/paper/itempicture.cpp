#include "itempicture.h"

#include <QBuffer>
#include <QPageSize>
#include <QPainter>
#include <QPainterPath>
#include <QPdfWriter>

#include <numbers>

namespace Counterfoil {

namespace {

constexpr QSizeF pictureSize{240, 180}; // points
constexpr int pictureResolution = 720;
constexpr int pointsAnInch = 72;

QPainterPath ring(QPointF centre, double outer, double inner)
{
    QPainterPath path;
    path.addEllipse(centre, outer, outer);
    path.addEllipse(centre, inner, inner);
    return path;
}

QPainterPath polygon(QPointF centre, double radius, int corners)
{
    QPainterPath path;
    for (int i = 0; i <= corners; ++i) {
        const double angle = 2 * std::numbers::pi * i / corners;
        const QPointF point(centre.x() + radius * std::cos(angle), centre.y() + radius * std::sin(angle));
        i == 0 ? path.moveTo(point) : path.lineTo(point);
    }
    return path;
}

QPainterPath boxes(std::initializer_list<QRectF> all, double radius = 4)
{
    QPainterPath path;
    path.setFillRule(Qt::WindingFill);
    for (const QRectF &each : all)
        path.addRoundedRect(each, radius, radius);
    return path;
}

QPainterPath bolt()
{
    QPainterPath path = polygon({80, 80}, 34, 6);
    path.addEllipse(QPointF(80, 80), 14, 14);
    path.addPath(boxes({{112, 70, 84, 20}}, 2));
    return path;
}

QPainterPath spanner()
{
    QPainterPath path = ring({66, 80}, 30, 15);
    path.addPath(boxes({{92, 70, 82, 20}}));
    path.addPath(ring({188, 80}, 22, 11));
    return path;
}

QPainterPath helmet()
{
    QPainterPath path;
    path.moveTo(50, 110);
    path.arcTo(QRectF(60, 40, 120, 130), 180, -180);
    path.lineTo(195, 110);
    path.lineTo(195, 122);
    path.lineTo(45, 122);
    path.closeSubpath();
    return path;
}

QPainterPath bulb()
{
    QPainterPath path;
    path.addEllipse(QPointF(120, 70), 38, 38);
    path.addPath(boxes({{104, 104, 32, 10}, {106, 116, 28, 8}, {112, 126, 16, 6}}, 2));
    return path;
}

QPainterPath coil()
{
    QPainterPath path = ring({120, 82}, 52, 44);
    path.addPath(ring({120, 82}, 38, 30));
    path.addPath(ring({120, 82}, 24, 16));
    return path;
}

QPainterPath elbow()
{
    QPainterPath path = boxes({{60, 50, 76, 34}, {102, 50, 34, 84}, {52, 44, 14, 46}, {96, 128, 46, 12}}, 2);
    return path;
}

QPainterPath bottle()
{
    return boxes({{92, 62, 56, 76}, {108, 40, 24, 26}, {84, 30, 50, 12}}, 6);
}

QPainterPath pot()
{
    return boxes(
        {{72, 64, 96, 68}, {64, 54, 112, 12}, {52, 76, 16, 12}, {172, 76, 16, 12}, {110, 42, 20, 10}});
}

QPainterPath chair()
{
    return boxes({{84, 32, 72, 52}, {78, 90, 84, 16}, {114, 106, 12, 24}, {82, 130, 76, 8}});
}

QPainterPath cup()
{
    QPainterPath path;
    path.moveTo(86, 44);
    path.lineTo(154, 44);
    path.lineTo(144, 134);
    path.lineTo(96, 134);
    path.closeSubpath();
    path.addPath(boxes({{80, 36, 80, 10}}, 3));
    return path;
}

QPainterPath drill()
{
    return boxes(
        {{60, 52, 96, 36}, {156, 62, 22, 16}, {178, 67, 30, 6}, {74, 84, 26, 42}, {64, 122, 46, 16}});
}

QPainterPath shapeOf(const std::string &sku)
{
    struct Shape
    {
        std::string_view prefix;
        QPainterPath (*path)();
    };
    static constexpr Shape shapes[] = {
        {"WH", &drill},
        {"HT", &spanner},
        {"FX", &bolt},
        {"EL", &bulb},
        {"CB", &coil},
        {"PL", &elbow},
        {"SF", &helmet},
        {"JN", &bottle},
        {"CT", &pot},
        {"DS", &cup},
        {"FN", &chair},
        {"PP",
         [] {
             return ring({120, 84}, 50, 16);
         }},
        {"TW",
         [] {
             return ring({120, 84}, 54, 40).united(ring({120, 84}, 34, 32));
         }},
        {"BR",
         [] {
             return ring({120, 84}, 52, 38).united(ring({120, 84}, 26, 14));
         }},
        {"OF",
         [] {
             return boxes({{84, 34, 72, 102}}, 2)
                 .subtracted(boxes({{96, 52, 48, 4}, {96, 66, 48, 4}, {96, 80, 34, 4}}, 1));
         }},
    };
    for (const Shape &shape : shapes) {
        if (sku.starts_with(shape.prefix))
            return shape.path();
    }
    return boxes({{70, 60, 100, 72}}, 2).subtracted(boxes({{114, 60, 12, 72}}, 0)); // a parcel
}

// The first word of the description is the make; a make keeps its colour.
QColor colourOf(const std::string &description)
{
    const std::string make = description.substr(0, description.find(' '));
    std::uint32_t sum = 0;
    for (const char c : make)
        sum = sum * 31 + static_cast<unsigned char>(c);
    constexpr int hues = 360;
    return QColor::fromHsl(static_cast<int>(sum % hues), 110, 95);
}

} // namespace

QByteArray drawItemPicture(const PaperItem &item)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setPageLayout(
        QPageLayout(QPageSize(pictureSize, QPageSize::Point), QPageLayout::Portrait, QMarginsF()));
    writer.setResolution(pictureResolution);
    writer.setTitle(QString::fromStdString(item.number));
    writer.setCreator(QStringLiteral("Counterfoil"));
    QPainter painter(&writer);
    painter.scale(double(pictureResolution) / pointsAnInch, double(pictureResolution) / pointsAnInch);
    const QColor colour = colourOf(item.description);
    painter.fillRect(QRectF(QPointF(), pictureSize), QColor(246, 247, 249));
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(0, 0, 0, 24));
    painter.drawEllipse(QPointF(120, 148), 74, 8);
    QLinearGradient light(0, 30, 0, 145);
    light.setColorAt(0, colour.lighter(150));
    light.setColorAt(1, colour);
    painter.setBrush(light);
    painter.drawPath(shapeOf(item.sku));
    painter.end();
    buffer.close();
    return buffer.data();
}

} // namespace Counterfoil
