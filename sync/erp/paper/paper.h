#pragma once

#include "paperdata.h"

namespace Counterfoil {

// What a paper may hold at most; beyond it drawPaper() answers BadInput.
inline constexpr std::size_t paperLinesMost = 50'000;
inline constexpr std::size_t paperTextMost = 10'000;        // bytes of a description or an address
inline constexpr std::size_t paperFactsMost = 12;           // payment instructions
inline constexpr std::size_t paperTotalTextMost = 16 << 20; // bytes of all texts together

// Draws the invoice or credit memo as a PDF: A4, US Letter for the United States and Canada. The words are
// English, numbers and dates as the customer's country writes them, texts in any script. Where the
// customer's tax is VAT, the same is in it once more for programs; see papereinvoice.h. The same data
// gives the same bytes on the same machine. A PaperDrawing.
// Needs a QGuiApplication (any platform, "offscreen" too) and may be called from any one thread at a
// time. A page takes about 3 ms and 5 KB; one full of letters that join (Arabic, Hindi) 25 ms and 130 KB.
Result<std::string> drawPaper(const PaperData &data);

} // namespace Counterfoil
