#include "barcode.h"

#include <zint.h>

#include <algorithm>
#include <memory>

namespace Counterfoil {

namespace {

constexpr std::size_t mostCharacters = 40; // more would have bars too thin for the label
constexpr double quietModules = 10;        // on each side, as the standard has it
constexpr float unitsPerModule = 2;        // of zint's vectors, at its scale of 1

} // namespace

Barcode barcodeOf(const std::string &text)
{
    Barcode barcode;
    const bool isPlain = std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
    if (text.empty() || text.size() > mostCharacters || !isPlain)
        return barcode;
    const std::unique_ptr<zint_symbol, void (*)(zint_symbol *)> symbol(ZBarcode_Create(), &ZBarcode_Delete);
    if (!symbol)
        return barcode;
    symbol->symbology = BARCODE_CODE128;
    symbol->show_hrt = 0; // the number stands beside it in the paper's own letters
    const auto *source = reinterpret_cast<const unsigned char *>(text.data());
    const int failed
        = ZBarcode_Encode_and_Buffer_Vector(symbol.get(), source, static_cast<int>(text.size()), 0);
    if (failed >= ZINT_ERROR || !symbol->vector)
        return barcode;
    barcode.width = double(symbol->vector->width / unitsPerModule) + 2 * quietModules;
    for (const zint_vector_rect *rect = symbol->vector->rectangles; rect; rect = rect->next)
        barcode.bars.push_back(
            {double(rect->x / unitsPerModule) + quietModules, double(rect->width / unitsPerModule)});
    return barcode;
}

} // namespace Counterfoil
