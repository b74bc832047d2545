#include "pagecolours.h"

#include <QImage>
#include <QRgb>

#include <algorithm>
#include <array>
#include <cstddef>

namespace Counterfoil {

namespace {

constexpr int brightest = 255;

using Scale = std::array<quint8, brightest + 1>;

Scale scaleBetween(int paper, int ink)
{
    Scale scale{};
    for (int value = 0; value <= brightest; ++value)
        scale[size_t(value)]
            = quint8((paper * (brightest - value) + ink * value + brightest / 2) / brightest);
    return scale;
}

} // namespace

// Lightness turned round in HSL, which is the same shift for the three parts of a colour, so that hue and
// saturation stay; then stretched between paper and ink.
void recolour(QImage &image, const PageColours &colours)
{
    if (colours == PageColours{})
        return;
    const Scale red = scaleBetween(qRed(colours.paper), qRed(colours.ink));
    const Scale green = scaleBetween(qGreen(colours.paper), qGreen(colours.ink));
    const Scale blue = scaleBetween(qBlue(colours.paper), qBlue(colours.ink));
    for (int y = 0; y < image.height(); ++y) {
        auto *row = reinterpret_cast<QRgb *>(image.scanLine(y));
        for (int x = 0; x < image.width(); ++x) {
            const int r = qRed(row[x]);
            const int g = qGreen(row[x]);
            const int b = qBlue(row[x]);
            const int shift = brightest - std::max({r, g, b}) - std::min({r, g, b});
            row[x] = qRgb(red[size_t(r + shift)], green[size_t(g + shift)], blue[size_t(b + shift)]);
        }
    }
}

} // namespace Counterfoil
