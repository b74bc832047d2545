#include "namepattern.h"

#include "display.h"
#include "filename.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QRegularExpression>

#include <algorithm>

namespace Counterfoil {

namespace {

class NamePatternText
{
    Q_DECLARE_TR_FUNCTIONS(NamePattern)
};

const QRegularExpression &braces()
{
    static const QRegularExpression expression(QStringLiteral("\\{([^{}]*)\\}"));
    return expression;
}

// A day as a file manager sorts it, on this computer's calendar, as the lists show it.
QString day(Instant instant, const QString &format)
{
    return instant.isSet() ? QDateTime::fromMSecsSinceEpoch(instant.ms).toString(format) : QString();
}

QString valueOf(const QString &token, const OutgoingDocument &document)
{
    if (token == QLatin1String("paper"))
        return Display::paper(document.paper.toStdString());
    if (token == QLatin1String("number"))
        return document.number;
    if (token == QLatin1String("date"))
        return day(document.dated, QStringLiteral("yyyy-MM-dd"));
    if (token == QLatin1String("month"))
        return day(document.dated, QStringLiteral("yyyy-MM"));
    if (token == QLatin1String("account"))
        return document.accountName;
    if (token == QLatin1String("account number"))
        return document.accountNumber;
    if (token == QLatin1String("po"))
        return document.poReference;
    if (token == QLatin1String("order"))
        return document.orderNumber;
    return {};
}

} // namespace

QString NamePattern::usual()
{
    return QStringLiteral("{paper} {number} {date}");
}

const QList<NamePattern::Token> &NamePattern::tokens()
{
    static const QList<Token> all{
        {QStringLiteral("paper"), NamePatternText::tr("What it is, such as Invoice")},
        {QStringLiteral("number"), NamePatternText::tr("The number printed on it")},
        {QStringLiteral("date"), NamePatternText::tr("Its day, as 2026-11-03")},
        {QStringLiteral("month"), NamePatternText::tr("Its month, as 2026-11")},
        {QStringLiteral("account"), NamePatternText::tr("The account’s name")},
        {QStringLiteral("account number"), NamePatternText::tr("The account’s number")},
        {QStringLiteral("po"), NamePatternText::tr("Your PO reference")},
        {QStringLiteral("order"), NamePatternText::tr("The order’s number")},
    };
    return all;
}

NamePattern::NamePattern(const QString &pattern)
    : m_text(pattern.trimmed())
{ }

QString NamePattern::fault() const
{
    if (m_text.isEmpty())
        return NamePatternText::tr("Write how the files are to be called, for example %1.").arg(usual());
    if (m_text.size() > mostCharacters)
        return NamePatternText::tr("This is too long; %Ln characters are the most.", nullptr,
                                   int{mostCharacters});
    auto found = braces().globalMatch(m_text);
    while (found.hasNext()) {
        const QString token = found.next().captured(1);
        if (std::ranges::find(tokens(), token, &Token::name) == tokens().end())
            return NamePatternText::tr("There is nothing called {%1}. Choose from the words below.")
                .arg(token);
    }
    if (QString(m_text).remove(braces()).contains(QRegularExpression(QStringLiteral("[{}]"))))
        return NamePatternText::tr("A brace is open or closed without its other half.");
    return {};
}

QString NamePattern::nameOf(const OutgoingDocument &document) const
{
    const QString pattern = fault().isEmpty() ? m_text : usual();
    QString name;
    qsizetype end = 0;
    auto found = braces().globalMatch(pattern);
    while (found.hasNext()) {
        const auto token = found.next();
        name += QStringView(pattern).mid(end, token.capturedStart() - end);
        name += valueOf(token.captured(1), document);
        end = token.capturedEnd();
    }
    name += QStringView(pattern).mid(end);
    return FileName::safe(name, document.ending);
}

} // namespace Counterfoil
