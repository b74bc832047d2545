#include "carriers.h"

#include "chance.h"
#include "countries.h"

#include <algorithm>
#include <initializer_list>
#include <span>
#include <string_view>

namespace Counterfoil::Sandbox {

namespace {

constexpr Carrier ups{"UPS", "1Z @## #@# ## #### ####", "https://www.ups.com/track?tracknum={n}",
                      "East Midlands Airport|Köln/Bonn|Eindhoven"};

constexpr Carrier british[] = {
    {"DPD", "1597 ### ### ####", "https://www.dpd.co.uk/apps/tracking/?reference={n}", "Birmingham|Hinckley"},
    {"Royal Mail", "@@ #### #### #GB", "https://www.royalmail.com/track-your-item#/tracking-results/{n}",
     "Daventry|Warrington"},
    ups,
};
constexpr Carrier european[] = {
    {"DHL", "JJD0##############", "https://www.dhl.de/en/privatkunden.html?piececode={n}",
     "Leipzig|Bochum|Obertshausen"},
    {"DPD", "0516-####-####-##", "https://tracking.dpd.de/status/en_US/parcel/{n}", "Aschaffenburg|Nürnberg"},
    {"GLS", "###########", "https://gls-group.com/GROUP/en/parcel-tracking?match={n}", "Neuenstein|Bornheim"},
    {"PostNL", "3S@@@@#########", "https://postnl.nl/tracktrace/?B={n}", "Sittard|Ridderkerk"},
    ups,
};
constexpr Carrier eastAsian[] = {
    {"Yamato", "####-####-####", "https://member.kms.kuronekoyamato.co.jp/parcel/detail?pno={n}",
     "羽田クロノゲート|厚木"},
    {"SF Express", "SF#############", "https://www.sf-express.com/chn/en/waybill/waybill-detail/{n}",
     "深圳|香港"},
    {"DHL Express", "## #### ####", "https://www.dhl.com/global-en/home/tracking.html?tracking-id={n}",
     "Hong Kong|Singapore"},
};
constexpr Carrier gulf[] = {
    {"Aramex", "###########", "https://www.aramex.com/track/results?ShipmentNumber={n}", "Dubai|الرياض"},
    {"DHL Express", "## #### ####", "https://www.dhl.com/global-en/home/tracking.html?tracking-id={n}",
     "Bahrain|Dubai"},
};
constexpr Carrier worldwide[] = {
    {"DHL Express", "## #### ####", "https://www.dhl.com/global-en/home/tracking.html?tracking-id={n}",
     "Leipzig|Singapore"},
    {"FedEx", "#### #### ####", "https://www.fedex.com/fedextrack/?trknbr={n}", "Memphis, TN|Paris-CDG"},
    ups,
};

bool isOneOf(const std::string &country, std::initializer_list<const char *> codes)
{
    return std::ranges::any_of(codes, [&](const char *code) { return country == code; });
}

std::span<const Carrier> carriersIn(const std::string &country)
{
    if (country == "GB")
        return british;
    if (isOneOf(country, {"DE", "FR", "NL", "ES", "IT", "PL", "SE", "CZ", "GR", "BG", "IE"}))
        return european;
    if (isOneOf(country, {"JP", "KR", "CN"}))
        return eastAsian;
    if (isOneOf(country, {"AE", "KW"}))
        return gulf;
    return worldwide;
}

std::string percentEncoded(const std::string &text)
{
    static constexpr char digits[] = "0123456789ABCDEF";
    std::string encoded;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain
            = (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z');
        if (plain) {
            encoded += c;
        } else {
            encoded += '%';
            encoded += digits[byte / 16];
            encoded += digits[byte % 16];
        }
    }
    return encoded;
}

} // namespace

const Carrier &anyCarrier(Random &random, const std::string &country)
{
    const auto carriers = carriersIn(country);
    return carriers[random.below(carriers.size())];
}

std::string anyHub(Random &random, const std::string &carrier, const std::string &country)
{
    for (const Carrier &known : carriersIn(country)) {
        if (carrier == known.name)
            return pick(random, listed(known.hubs));
    }
    return {};
}

std::string trackingNumber(Random &random, const Carrier &carrier)
{
    return filledIn(random, carrier.tracking);
}

std::string trackingPage(const Carrier &carrier, const std::string &trackingNumber)
{
    std::string number = trackingNumber;
    std::erase_if(number, [](char c) { return c == ' ' || c == '-'; });
    std::string page = carrier.page;
    static constexpr std::string_view mark = "{n}";
    page.replace(page.find(mark), mark.size(), percentEncoded(number));
    return page;
}

} // namespace Counterfoil::Sandbox
