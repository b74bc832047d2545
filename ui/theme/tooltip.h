#pragma once

#include <QString>

namespace Counterfoil {

// A tooltip that says `text` as it is. Without this, Qt takes a text that looks like HTML for HTML, with the
// files that it names; so it is for all words that come out of somebody's document.
inline QString plainToolTip(const QString &text)
{
    if (text.isEmpty())
        return {};
    return QLatin1String("<p>") + text.toHtmlEscaped().replace(u'\n', QLatin1String("<br>"))
        + QLatin1String("</p>");
}

} // namespace Counterfoil
