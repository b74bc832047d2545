#pragma once

#include <QFont>
#include <QString>
#include <QTextLayout>

#include <array>
#include <vector>

namespace Counterfoil {

// The kinds of lettering on a paper.
enum class Lettering { Small, SmallStrong, Body, Strong, Name, Title };

// A line of text as it fits: the paragraph it is of may run from right to left.
struct PaperLine
{
    QString text;
    bool rightToLeft = false;
};

// Measures and breaks text. All lengths in points (1/72 inch). Of one thread.
class PaperType
{
public:
    // Fonts have whole sizes only, so text is laid out at this many units a point.
    static constexpr int unitsPerPoint = 20;

    PaperType();

    const QFont &font(Lettering lettering) const { return m_fonts[static_cast<std::size_t>(lettering)]; }
    static double lineHeight(Lettering lettering);

    double width(const QString &text, Lettering lettering) const;

    // The text broken into lines no wider than `width`, at \n, between words, and within a word that is too
    // wide alone. At most `most` lines; what does not fit is replaced by an ellipsis.
    std::vector<PaperLine> wrapped(const QString &text, Lettering lettering, double width,
                                   std::size_t most) const;
    PaperLine fitted(const QString &text, Lettering lettering, double width) const;

private:
    std::array<QFont, 6> m_fonts;
};

// Lays the layout's text out as one line that begins at 0. Invalid when there is no text.
QTextLine layOutLine(QTextLayout &layout, bool rightToLeft);

// What a paper shows of a text from outside: control characters, and those that reorder what follows,
// become spaces; \n stays.
QString paperText(const std::string &utf8);

} // namespace Counterfoil
