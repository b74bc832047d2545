#include "paperparts.h"

#include <algorithm>

namespace Counterfoil {

namespace {

constexpr std::size_t addressLinesMost = 10;
constexpr std::size_t factLinesMost = 2;
constexpr double partyWidth = 152;

PaperLine plainLine(const QString &text)
{
    return {text, text.isRightToLeft()};
}

QString oneLine(const std::string &lines)
{
    return paperText(lines).split(u'\n', Qt::SkipEmptyParts).join(QStringLiteral(", "));
}

void say(PaperSheet *sheet, double x, double baseline, const PaperLine &line, Lettering lettering,
         Edge edge = Edge::Left, QRgb ink = Ink::text)
{
    if (sheet)
        sheet->text(x, baseline, line, lettering, edge, ink);
}

} // namespace

PaperParts::PaperParts(const PaperData &data, const PaperForm &form, const PaperType &type,
                       const PaperNumbers &numbers)
    : m_data(data)
    , m_form(form)
    , m_type(type)
    , m_numbers(numbers)
{
    const QSizeF size = QPageSize(numbers.sheet()).size(QPageSize::Point);
    m_right = size.width() - margin;
    m_height = size.height();
    m_bottom = m_height - footing;
}

QString PaperParts::title() const
{
    return m_form.title + QLatin1Char(' ') + m_form.number;
}

double PaperParts::letterhead(PaperSheet *sheet) const
{
    constexpr double mark = 30;
    const QString name = paperText(m_data.issuer.name);
    if (sheet) {
        sheet->box(QRectF(left(), top, mark, mark), Ink::accent, 6);
        sheet->text(left() + mark / 2, top + 20, plainLine(name.left(1)), Lettering::Name, Edge::Middle,
                    0xffffffff);
    }
    const double textX = left() + mark + 12;
    say(sheet, textX, top + 11.5, m_type.fitted(name, Lettering::Name, 260), Lettering::Name);
    double y = top + 24;
    for (const PaperLine &line : m_type.wrapped(oneLine(m_data.issuer.address), Lettering::Small, 230, 2)) {
        say(sheet, textX, y, line, Lettering::Small, Edge::Left, Ink::muted);
        y += PaperType::lineHeight(Lettering::Small);
    }
    say(sheet, m_right, top + 17, plainLine(m_form.title), Lettering::Title, Edge::Right, Ink::accent);
    say(sheet, m_right, top + 33, m_type.fitted(m_form.number, Lettering::Strong, 180), Lettering::Strong,
        Edge::Right);

    const double blocks = top + 72;
    double x = left();
    double partiesEnd = blocks;
    for (const PaperForm::Party &each : m_form.parties) {
        partiesEnd = std::max(partiesEnd, party(sheet, x, blocks, each));
        x += partyWidth + 16;
    }
    const double factsX = m_right - 168;
    const double factsEnd = factList(sheet, m_form.facts, factsX, factsX + 62, m_right, blocks);
    return std::max(partiesEnd, factsEnd) + 22;
}

double PaperParts::party(PaperSheet *sheet, double x, double from, const PaperForm::Party &party) const
{
    if (party.name.isEmpty() && party.address.isEmpty())
        return from;
    double y = from + 8;
    say(sheet, x, y, plainLine(party.label), Lettering::Small, Edge::Left, Ink::muted);
    y += 14;
    for (const PaperLine &line : m_type.wrapped(party.name, Lettering::Strong, partyWidth, 3)) {
        say(sheet, x, y, line, Lettering::Strong);
        y += PaperType::lineHeight(Lettering::Strong);
    }
    for (const PaperLine &line :
         m_type.wrapped(party.address, Lettering::Body, partyWidth, addressLinesMost)) {
        say(sheet, x, y, line, Lettering::Body);
        y += PaperType::lineHeight(Lettering::Body);
    }
    return y - PaperType::lineHeight(Lettering::Body) + 4;
}

double PaperParts::factList(PaperSheet *sheet, const Facts &facts, double x, double valueX, double end,
                            double from) const
{
    double y = from + 8;
    for (const auto &[label, value] : facts) {
        say(sheet, x, y, m_type.fitted(label, Lettering::Small, valueX - x - 4), Lettering::Small, Edge::Left,
            Ink::muted);
        for (const PaperLine &line : m_type.wrapped(value, Lettering::Body, end - valueX, factLinesMost)) {
            say(sheet, valueX, y, line, Lettering::Body);
            y += PaperType::lineHeight(Lettering::Body);
        }
        y += 2;
    }
    return y - 10;
}

double PaperParts::heading(PaperSheet *sheet) const
{
    const double half = (m_right - left()) / 2 - 8;
    say(sheet, left(), top + 8, m_type.fitted(paperText(m_data.issuer.name), Lettering::Strong, half),
        Lettering::Strong);
    QString words = title() + QStringLiteral(" of ") + m_numbers.date(m_data.issuedOn);
    if (!m_data.accountNumber.empty())
        words += QStringLiteral(" · account ") + paperText(m_data.accountNumber);
    say(sheet, m_right, top + 8, m_type.fitted(words, Lettering::Body, half + 60), Lettering::Body,
        Edge::Right, Ink::muted);
    return top + 26;
}

double PaperParts::totals(PaperSheet *sheet, double from) const
{
    constexpr double sumsWidth = 220;
    const double sumsX = m_right - sumsWidth;
    double sumsY = from + 20;
    for (const auto &[label, value] : m_form.sums) {
        const double valueWidth = m_type.width(value, Lettering::Body);
        say(sheet, sumsX, sumsY, m_type.fitted(label, Lettering::Body, sumsWidth - valueWidth - 12),
            Lettering::Body, Edge::Left, Ink::muted);
        say(sheet, m_right, sumsY, plainLine(value), Lettering::Body, Edge::Right);
        sumsY += 14;
    }
    if (!m_form.total.first.isEmpty()) {
        if (sheet)
            sheet->rule(sumsX, m_right, sumsY - 5, Ink::text, 0.8);
        const double labelWidth = m_type.width(m_form.total.first, Lettering::Strong);
        say(sheet, sumsX, sumsY + 12, plainLine(m_form.total.first), Lettering::Strong);
        say(sheet, m_right, sumsY + 12,
            m_type.fitted(m_form.total.second, Lettering::Name, sumsWidth - labelWidth - 12), Lettering::Name,
            Edge::Right);
    }

    double wordsY = from + 20;
    for (const QString &sentence : m_form.sentences) {
        for (const PaperLine &line : m_type.wrapped(sentence, Lettering::Body, sumsX - left() - 40, 5)) {
            say(sheet, left(), wordsY, line, Lettering::Body);
            wordsY += PaperType::lineHeight(Lettering::Body);
        }
        wordsY += 4;
    }
    return std::max(sumsY + 12, wordsY - 12) + 14;
}

double PaperParts::slip(PaperSheet *sheet, double from) const
{
    switch (m_form.slip) {
    case PaperForm::Slip::None:
        return from;
    case PaperForm::Slip::Remittance:
        return remittance(sheet,
                          cutHere(sheet, from, QStringLiteral("Please detach and send with your payment")));
    case PaperForm::Slip::ParcelLabel:
        return parcelLabel(sheet,
                           cutHere(sheet, from, QStringLiteral("Please cut off and put on the parcel")));
    }
    return from;
}

double PaperParts::cutHere(PaperSheet *sheet, double from, const QString &words) const
{
    const double half = m_type.width(words, Lettering::Small) / 2 + 8;
    const double middle = (left() + m_right) / 2;
    if (sheet) {
        sheet->cutLine(0, middle - half, from + 6);
        sheet->cutLine(middle + half, m_right + margin, from + 6);
    }
    say(sheet, middle, from + 8.5, plainLine(words), Lettering::Small, Edge::Middle, Ink::muted);
    return from + 26;
}

double PaperParts::remittance(PaperSheet *sheet, double begin) const
{
    double y = begin + 10;
    say(sheet, left(), y, plainLine(QStringLiteral("Remittance")), Lettering::Name, Edge::Left, Ink::accent);
    y += 18;
    say(sheet, left(), y, m_type.fitted(paperText(m_data.issuer.name), Lettering::Strong, 240),
        Lettering::Strong);
    y += PaperType::lineHeight(Lettering::Strong);
    for (const PaperLine &line : m_type.wrapped(oneLine(m_data.issuer.address), Lettering::Small, 240, 2)) {
        say(sheet, left(), y, line, Lettering::Small, Edge::Left, Ink::muted);
        y += PaperType::lineHeight(Lettering::Small);
    }
    Facts bank;
    for (const PaperFact &fact : m_data.payTo)
        bank.emplace_back(paperText(fact.label), paperText(fact.value));
    y = factList(sheet, bank, left(), left() + 72, left() + 250, y);
    return std::max(y, slipAmounts(sheet, begin)) + 10;
}

double PaperParts::slipAmounts(PaperSheet *sheet, double from) const
{
    const double x = m_right - 212;
    const Invoice &invoice = m_data.invoice;
    Facts owed{
        {QStringLiteral("Account"), paperText(m_data.accountNumber)},
        {QStringLiteral("Customer"), paperText(m_data.accountName)},
        {QStringLiteral("Invoice"), paperText(invoice.number)},
        {QStringLiteral("Due"), m_numbers.date(invoice.dueOn)},
        {QStringLiteral("Reference"),
         paperText(m_data.paymentReference.empty() ? invoice.number : m_data.paymentReference)},
    };
    std::erase_if(owed, [](const auto &fact) { return fact.second.isEmpty(); });
    const double end = factList(nullptr, owed, x + 14, x + 74, m_right - 14, from + 10) + 44;
    if (sheet)
        sheet->box(QRectF(x, from, m_right - x, end - from), Ink::wash, 6);
    factList(sheet, owed, x + 14, x + 74, m_right - 14, from + 10);
    say(sheet, x + 14, end - 14, plainLine(QStringLiteral("Amount due")), Lettering::Strong);
    say(sheet, m_right - 14, end - 14, plainLine(m_numbers.money(invoice.total)), Lettering::Name,
        Edge::Right);
    return end;
}

void PaperParts::footer(PaperSheet &sheet, std::size_t page, std::size_t pages) const
{
    const double baseline = m_height - 28;
    QString words;
    const PaperIssuer &issuer = m_data.issuer;
    for (const std::string *part :
         {&issuer.name, &issuer.taxNumber, &issuer.phone, &issuer.email, &issuer.website}) {
        if (!part->empty())
            words += (words.isEmpty() ? QString() : QStringLiteral(" · ")) + paperText(*part);
    }
    sheet.rule(left(), m_right, baseline - 12);
    sheet.text(left(), baseline, m_type.fitted(words, Lettering::Small, m_right - left() - 70),
               Lettering::Small, Edge::Left, Ink::muted);
    sheet.text(m_right, baseline, plainLine(QStringLiteral("Page %1 of %2").arg(page).arg(pages)),
               Lettering::Small, Edge::Right, Ink::muted);
}

} // namespace Counterfoil
