#pragma once

#include "random.h"

#include <string>

// Who brings the sandbox's parcels, and how their numbers and pages look.
namespace Counterfoil::Sandbox {

struct Carrier
{
    const char *name;
    const char *tracking; // a pattern, see filledIn(); as printed, with its gaps and dashes
    const char *page;     // of a parcel: {n} stands for its number
    const char *hubs;     // where its parcels come through, separated by '|'
};

// Of those that deliver in the country.
const Carrier &anyCarrier(Random &random, const std::string &country);
std::string anyHub(Random &random, const std::string &carrier, const std::string &country);

std::string trackingNumber(Random &random, const Carrier &carrier);

// The carrier's page for the parcel. Carriers print a number with gaps and look it up without.
std::string trackingPage(const Carrier &carrier, const std::string &trackingNumber);

} // namespace Counterfoil::Sandbox
