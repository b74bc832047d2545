#include "papertype.h"

namespace Counterfoil {

namespace {

struct LetteringSize
{
    double size; // points
    double lineHeight;
    QFont::Weight weight;
};

constexpr LetteringSize sizes[] = {
    {7.2, 10.0, QFont::Normal},   {7.2, 10.0, QFont::DemiBold},  {8.6, 11.8, QFont::Normal},
    {8.6, 11.8, QFont::DemiBold}, {13.0, 17.0, QFont::DemiBold}, {20.0, 25.0, QFont::Light},
};

// Noto Sans has the figures of a table (all of one width) and three alphabets in one hand; the others follow
// it. Any that is missing is passed over, and the system's own fonts come last.
QFont makeFont(const LetteringSize &size)
{
    QFont font;
    font.setFamilies({QStringLiteral("Noto Sans"), QStringLiteral("Noto Sans Arabic"),
                      QStringLiteral("Noto Sans Hebrew"), QStringLiteral("WenQuanYi Zen Hei"),
                      QStringLiteral("Inter"), QStringLiteral("DejaVu Sans")});
    font.setPixelSize(qRound(size.size * PaperType::unitsPerPoint));
    font.setWeight(size.weight);
    font.setHintingPreference(QFont::PreferNoHinting);
    // Any spacing that Qt can count (in 64ths of a unit) keeps Latin ligatures away, whose letters could not
    // be found in the text.
    font.setLetterSpacing(QFont::AbsoluteSpacing, 1.0 / 32);
    return font;
}

void breakParagraph(const QString &paragraph, const QFont &font, double units, std::size_t most,
                    std::vector<PaperLine> &lines)
{
    QTextLayout layout(paragraph, font);
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    option.setTextDirection(Qt::LayoutDirectionAuto);
    layout.setTextOption(option);
    const bool rightToLeft = paragraph.isRightToLeft();
    layout.beginLayout();
    // One more than wanted shows that something was left.
    while (lines.size() <= most) {
        QTextLine line = layout.createLine();
        if (!line.isValid())
            break;
        line.setLineWidth(units);
        lines.push_back({paragraph.mid(line.textStart(), line.textLength()).trimmed(), rightToLeft});
    }
    layout.endLayout();
}

} // namespace

PaperType::PaperType()
{
    for (std::size_t i = 0; i < m_fonts.size(); ++i)
        m_fonts[i] = makeFont(sizes[i]);
}

double PaperType::lineHeight(Lettering lettering)
{
    return sizes[static_cast<std::size_t>(lettering)].lineHeight;
}

double PaperType::width(const QString &text, Lettering lettering) const
{
    QTextLayout layout(text, font(lettering));
    return layOutLine(layout, text.isRightToLeft()).naturalTextWidth() / unitsPerPoint;
}

std::vector<PaperLine> PaperType::wrapped(const QString &text, Lettering lettering, double width,
                                          std::size_t most) const
{
    std::vector<PaperLine> lines;
    for (const QString &paragraph : text.split(u'\n')) {
        if (lines.size() > most)
            break;
        if (!paragraph.trimmed().isEmpty())
            breakParagraph(paragraph.trimmed(), font(lettering), width * unitsPerPoint, most, lines);
    }
    if (lines.size() > most) {
        lines.resize(most);
        if (most > 0)
            lines.back() = fitted(lines.back().text + u' ' + QChar(0x2026), lettering, width);
    }
    return lines;
}

PaperLine PaperType::fitted(const QString &text, Lettering lettering, double width) const
{
    const QString flat = text.simplified();
    PaperLine line{flat, flat.isRightToLeft()};
    if (this->width(flat, lettering) <= width)
        return line;
    // As much as fits, found by halving: the width grows with the number of characters.
    qsizetype fits = 0;
    qsizetype tooMuch = flat.size();
    while (tooMuch - fits > 1) {
        const qsizetype middle = fits + (tooMuch - fits) / 2;
        (this->width(flat.left(middle) + QChar(0x2026), lettering) <= width ? fits : tooMuch) = middle;
    }
    if (fits > 0 && flat.at(fits - 1).isHighSurrogate())
        --fits;
    QString kept = flat.left(fits);
    while (kept.endsWith(u' ') || kept.endsWith(QChar(0x2026)))
        kept.chop(1);
    line.text = kept + QChar(0x2026);
    return line;
}

QTextLine layOutLine(QTextLayout &layout, bool rightToLeft)
{
    constexpr double wideEnough = 1e7;
    QTextOption option(Qt::AlignLeft | Qt::AlignAbsolute);
    option.setWrapMode(QTextOption::NoWrap);
    option.setTextDirection(rightToLeft ? Qt::RightToLeft : Qt::LeftToRight);
    layout.setTextOption(option);
    layout.setCacheEnabled(true);
    layout.beginLayout();
    QTextLine line = layout.createLine();
    if (line.isValid())
        line.setLineWidth(wideEnough);
    layout.endLayout();
    return line;
}

QString paperText(const std::string &utf8)
{
    QString text = QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
    for (QChar &c : text) {
        if (c == u'\n')
            continue;
        const QChar::Category category = c.category();
        const bool joins
            = c.unicode() == 0x200c || c.unicode() == 0x200d; // Persian and Indic words need them
        if (category == QChar::Other_Control || category == QChar::Separator_Line
            || category == QChar::Separator_Paragraph || (category == QChar::Other_Format && !joins)
            || category == QChar::Other_NotAssigned)
            c = u' ';
    }
    return text;
}

} // namespace Counterfoil
