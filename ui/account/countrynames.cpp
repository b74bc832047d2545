#include "countrynames.h"

#include "addressrules.h"
#include "display.h"

#include <QLocale>

#include <algorithm>

namespace Counterfoil {

QString countryName(const std::string &code)
{
    return isCountry(code) ? QLocale::territoryToString(QLocale::codeToTerritory(Display::text(code)))
                           : Display::text(code);
}

const QList<Choice> &allCountries()
{
    static const QList<Choice> countries = [] {
        QList<Choice> found;
        for (char first = 'A'; first <= 'Z'; ++first) {
            for (char second = 'A'; second <= 'Z'; ++second) {
                const std::string code{first, second};
                if (isCountry(code))
                    found.append({Display::text(code), countryName(code)});
            }
        }
        std::ranges::sort(found, [](const Choice &a, const Choice &b) {
            return QString::localeAwareCompare(a.label, b.label) < 0;
        });
        return found;
    }();
    return countries;
}

} // namespace Counterfoil
