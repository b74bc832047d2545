#include "addressrules.h"

#include <QLocale>
#include <QString>

#include <algorithm>

namespace Counterfoil {

namespace {

constexpr std::string_view usStates
    = "AL=Alabama|AK=Alaska|AZ=Arizona|AR=Arkansas|CA=California|CO=Colorado|CT=Connecticut|DE=Delaware|"
      "DC=District of Columbia|FL=Florida|GA=Georgia|HI=Hawaii|ID=Idaho|IL=Illinois|IN=Indiana|IA=Iowa|"
      "KS=Kansas|KY=Kentucky|LA=Louisiana|ME=Maine|MD=Maryland|MA=Massachusetts|MI=Michigan|MN=Minnesota|"
      "MS=Mississippi|MO=Missouri|MT=Montana|NE=Nebraska|NV=Nevada|NH=New Hampshire|NJ=New Jersey|"
      "NM=New Mexico|NY=New York|NC=North Carolina|ND=North Dakota|OH=Ohio|OK=Oklahoma|OR=Oregon|"
      "PA=Pennsylvania|RI=Rhode Island|SC=South Carolina|SD=South Dakota|TN=Tennessee|TX=Texas|UT=Utah|"
      "VT=Vermont|VA=Virginia|WA=Washington|WV=West Virginia|WI=Wisconsin|WY=Wyoming|AS=American Samoa|"
      "GU=Guam|MP=Northern Mariana Islands|PR=Puerto Rico|VI=Virgin Islands|AA=Armed Forces Americas|"
      "AE=Armed Forces Europe|AP=Armed Forces Pacific";
constexpr std::string_view canadianProvinces
    = "AB=Alberta|BC=British Columbia|MB=Manitoba|NB=New Brunswick|NL=Newfoundland and Labrador|"
      "NS=Nova Scotia|NT=Northwest Territories|NU=Nunavut|ON=Ontario|PE=Prince Edward Island|QC=Quebec|"
      "QC=Québec|SK=Saskatchewan|YT=Yukon";
constexpr std::string_view australianStates
    = "ACT=Australian Capital Territory|NSW=New South Wales|NT=Northern Territory|QLD=Queensland|"
      "SA=South Australia|TAS=Tasmania|VIC=Victoria|WA=Western Australia";
constexpr std::string_view britishShapes
    = "ld dll|ldd dll|lld dll|lldd dll|ldl dll|lldl dll|BFPO d|BFPO dd|BFPO ddd|BFPO dddd";

// After the Universal Postal Union's sheets on the addressing systems of its member states; shapes and
// examples agree with the address data that Google publishes for libaddressinput.
constexpr CountryRules known[] = {
    {"AE", "", "", false},
    {"AT", "dddd", "1010", true},
    {"AU", "dddd", "2060", false, australianStates},
    {"BE", "dddd", "4000", true},
    {"BG", "dddd", "1000", true},
    {"BR", "ddddd-ddd", "40301-110", true},
    {"CA", "ldl dld", "H3Z 2Y7", false, canadianProvinces},
    {"CH", "dddd", "2544", true},
    {"CN", "dddddd", "266033", false},
    {"CY", "dddd", "2008", true},
    {"CZ", "ddd dd", "100 00", true},
    {"DE", "ddddd", "26133", true},
    {"DK", "dddd", "8660", true},
    {"EE", "ddddd", "69501", true},
    {"ES", "ddddd", "28039", true},
    {"FI", "ddddd", "00550", true},
    {"FR", "ddddd", "33380", true},
    {"GB", britishShapes, "EC1Y 8SY", false},
    {"GR", "ddd dd", "151 24", true},
    {"HK", "", "", false},
    {"HR", "ddddd", "10000", true},
    {"HU", "dddd", "1037", false},
    {"IE", "ldd xxxx|ldW xxxx", "A65 F4E2", false},
    {"IL", "ddddddd|ddddd", "9614303", false},
    {"IN", "dddddd", "110034", false},
    {"IS", "ddd", "320", true},
    {"IT", "ddddd", "00144", true},
    {"JP", "ddd-dddd", "154-0023", false},
    {"KR", "ddddd", "03051", false},
    {"LI", "dddd", "9496", true},
    {"LT", "LT-ddddd", "LT-04340", true},
    {"LU", "dddd", "4750", true},
    {"LV", "LV-dddd", "LV-1073", false},
    {"MT", "lll dddd", "NXR 1001", false},
    {"MX", "ddddd", "02860", true},
    {"NL", "dddd ll", "1234 AB", true},
    {"NO", "dddd", "0025", true},
    {"NZ", "dddd", "6001", false},
    {"PL", "dd-ddd", "00-950", true},
    {"PT", "dddd-ddd", "2725-079", true},
    {"RO", "dddddd", "060274", true},
    {"SE", "ddd dd", "114 55", true},
    {"SG", "dddddd", "546080", false},
    {"SI", "dddd", "4000", true},
    {"SK", "ddd dd", "010 01", true},
    {"TR", "ddddd", "01960", true},
    {"UA", "ddddd", "15432", false},
    {"US", "ddddd|ddddd-dddd", "95014", false, usStates},
    {"ZA", "dddd", "0083", false},
};

template <class Use> bool anyListed(std::string_view list, const Use &use)
{
    while (!list.empty()) {
        const std::size_t end = std::min(list.find('|'), list.size());
        if (use(list.substr(0, end)))
            return true;
        list.remove_prefix(std::min(end + 1, list.size()));
    }
    return false;
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isLetter(char c)
{
    return c >= 'A' && c <= 'Z';
}

bool fits(char place, char typed)
{
    switch (place) {
    case 'd':
        return isDigit(typed);
    case 'l':
        return isLetter(typed);
    case 'x':
        return isDigit(typed) || isLetter(typed);
    default:
        return place == typed;
    }
}

// `bare` without separators, with the shape's; empty when it does not fit.
std::string shaped(std::string_view shape, std::string_view bare)
{
    std::string result;
    for (const char place : shape) {
        if (place == ' ' || place == '-') {
            result += place;
        } else {
            if (bare.empty() || !fits(place, bare.front()))
                return {};
            result += bare.front();
            bare.remove_prefix(1);
        }
    }
    return bare.empty() ? result : std::string();
}

// Letters and digits alone, in capitals; full-width ones, as East Asian keyboards make them, as plain ones.
std::string bareCode(std::string_view typed)
{
    const QString text = QString::fromUtf8(typed.data(), static_cast<qsizetype>(typed.size()))
                             .normalized(QString::NormalizationForm_KC)
                             .toUpper();
    std::string bare;
    for (const QChar c : text) {
        const char plain = c.toLatin1();
        if (isDigit(plain) || isLetter(plain))
            bare += plain;
        else if (c.isLetterOrNumber())
            bare += '?'; // fits no shape
    }
    return bare;
}

} // namespace

const CountryRules *countryRules(std::string_view country)
{
    const auto found = std::ranges::lower_bound(known, country, {}, &CountryRules::code);
    return found != std::end(known) && found->code == country ? &*found : nullptr;
}

bool isCountry(std::string_view code)
{
    return code.size() == 2 && isLetter(code[0]) && isLetter(code[1])
        && QLocale::codeToTerritory(QString::fromLatin1(code.data(), 2)) != QLocale::AnyTerritory;
}

std::string spelledPostalCode(const CountryRules &rules, std::string_view typed)
{
    const std::string bare = bareCode(typed);
    std::string spelled;
    const auto fitsOneShape = [&](std::string_view candidate) {
        return anyListed(rules.shapes, [&](std::string_view shape) {
            spelled = shaped(shape, candidate);
            return !spelled.empty();
        });
    };
    if (fitsOneShape(bare) || fitsOneShape(std::string(rules.code) + bare))
        return spelled;
    // The country's sign before the code, "CH-8001", "F-75001", was the custom once.
    for (const std::string_view sign : {rules.code, rules.code.substr(0, 1)}) {
        if (bare.starts_with(sign) && fitsOneShape(std::string_view(bare).substr(sign.size())))
            return spelled;
    }
    return {};
}

std::string regionCode(const CountryRules &rules, std::string_view typed)
{
    const QString wanted = QString::fromUtf8(typed.data(), static_cast<qsizetype>(typed.size()));
    std::string code;
    anyListed(rules.regions, [&](std::string_view region) {
        const std::size_t middle = region.find('=');
        const auto is = [&](std::string_view text) {
            return wanted.compare(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())),
                                  Qt::CaseInsensitive)
                == 0;
        };
        if (!is(region.substr(0, middle)) && !is(region.substr(middle + 1)))
            return false;
        code = region.substr(0, middle);
        return true;
    });
    return code;
}

} // namespace Counterfoil
