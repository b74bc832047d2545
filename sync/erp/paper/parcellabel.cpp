#include "barcode.h"
#include "paperparts.h"

#include <algorithm>

// What is stuck on a parcel: read by people and by scanners.
namespace Counterfoil {

namespace {

constexpr double labelHeight = 168;
constexpr double barHeight = 64;
constexpr double moduleMost = 1.25; // points: as wide as carriers print it
constexpr std::size_t toLinesMost = 6;
constexpr QRgb black = 0xff000000; // scanners want it so

} // namespace

double PaperParts::parcelLabel(PaperSheet *sheet, double from) const
{
    const double end = from + labelHeight;
    if (!sheet)
        return end;
    constexpr double barsWidth = 250;
    const double barsX = m_right - barsWidth;
    double y = from + 10;
    const auto line = [&](const PaperLine &words, Lettering lettering, QRgb ink = Ink::text) {
        sheet->text(left(), y, words, lettering, Edge::Left, ink);
        y += PaperType::lineHeight(lettering);
    };
    const auto label = [&](const char *words) {
        line({QString::fromLatin1(words), false}, Lettering::Small, Ink::muted);
    };
    label("To");
    for (const PaperLine &words :
         m_type.wrapped(paperText(m_data.returned.returnTo), Lettering::Strong, 200, toLinesMost))
        line(words, Lettering::Strong);
    y += 8;
    label("From");
    line(m_type.fitted(paperText(m_data.accountName), Lettering::Body, 200), Lettering::Body);

    const Barcode barcode = barcodeOf(m_data.returned.number);
    if (!barcode.bars.empty()) {
        const double module = std::min(moduleMost, barsWidth / barcode.width);
        for (const Barcode::Bar &bar : barcode.bars)
            sheet->box(QRectF(barsX + bar.x * module, from, bar.width * module, barHeight), black);
    }
    sheet->text(barsX + 12, from + barHeight + 24,
                m_type.fitted(m_form.number, Lettering::Title, barsWidth - 12), Lettering::Title);
    sheet->text(barsX + 12, from + barHeight + 42,
                {m_data.returned.labelPaid ? QStringLiteral("Postage is paid by the addressee")
                                           : QStringLiteral("Postage is to be paid by the sender"),
                 false},
                Lettering::Small, Edge::Left, Ink::muted);
    return end;
}

} // namespace Counterfoil
