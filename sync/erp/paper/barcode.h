#pragma once

#include <string>
#include <vector>

namespace Counterfoil {

// A bar code as its bars, in modules, of which the narrowest bar is one wide.
struct Barcode
{
    struct Bar
    {
        double x = 0;
        double width = 0;
    };
    double width = 0; // with the quiet zones on both sides, which belong to it
    std::vector<Bar> bars;
};

// Code 128, which every carrier's scanner reads; of printable ASCII, at most 40 characters. Without bars
// where the text is none.
Barcode barcodeOf(const std::string &text);

} // namespace Counterfoil
