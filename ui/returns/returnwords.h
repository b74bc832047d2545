#pragma once

#include "return.h"
#include "tokens.h"

#include <QString>

namespace Counterfoil {

class StatusWording;
struct Person;

// How a return stands, in a sentence that says what happens next or is to be done.
struct ReturnStanding
{
    QString sentence;
    Tone tone = Tone::Neutral;
};
ReturnStanding standingOf(const Return &record, bool withPrices);

// Less, or more, was credited than was expected; nothing for one that is not credited yet.
Amount creditDifference(const Return &record);

// How it ended, for who asked for it; empty where that is who took it back.
QString endOf(const Return &record, const Person &reader);

// For a chat or a mail.
QString summaryOf(const Return &record, const StatusWording &wording, bool withPrices);

} // namespace Counterfoil
