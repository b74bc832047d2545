#pragma once

#include "quote.h"

#include <QString>

#include <vector>

namespace Counterfoil {

// One line of a cart beside what the ERP says of it today.
struct ReviewedLine
{
    CartLine line; // as the person saw it
    QuoteLine now;
    QString why;   // changed or not possible: sentences, one a line
    QString offer; // not possible: what can be taken instead, "Take 12 instead"; empty: nothing

    bool canBeTaken() const { return !offer.isEmpty(); }
};

// A cart's lines in three groups; each line is in one of them.
struct CartReview
{
    std::vector<ReviewedLine> ready;
    std::vector<ReviewedLine> changed;    // another price or unit, or not all in stock
    std::vector<ReviewedLine> impossible; // cannot be ordered like this

    static CartReview of(const Cart &cart, const Quote &quote, bool withPrices);
};

// The cart as the review shows it: what "place" carries.
Cart asQuoted(const Cart &cart, const Quote &quote);
// What is offered for a line that is not possible; the line as it was where nothing is.
CartLine asOffered(const ReviewedLine &reviewed);

} // namespace Counterfoil
