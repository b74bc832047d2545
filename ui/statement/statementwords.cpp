#include "statementwords.h"

#include "display.h"
#include "statementtext.h"

#include <QDate>
#include <QLocale>

namespace Counterfoil::StatementWords {

namespace {

constexpr qsizetype longestNumber = 40; // characters of an account's number in a file's name

} // namespace

QString day(Date date)
{
    return date.isSet()
        ? QLocale().toString(QDate(1970, 1, 1).addDays(date.daysSinceEpoch), QStringLiteral("d MMM yyyy"))
        : QString();
}

QString nameOf(StatementEntry::What what)
{
    switch (what) {
    case StatementEntry::What::Invoice:
        return StatementText::tr("Invoice");
    case StatementEntry::What::CreditMemo:
        return StatementText::tr("Credit memo");
    case StatementEntry::What::Payment:
        return StatementText::tr("Payment");
    case StatementEntry::What::Discount:
        return StatementText::tr("Discount for early payment");
    }
    return {};
}

QString period(const AccountStatement &statement)
{
    return StatementText::tr("%1 to %2", "the first and the last day of a period")
        .arg(day(statement.from), day(statement.to));
}

QString bucket(Ageing::Bucket bucket)
{
    switch (bucket) {
    case Ageing::NotDue:
        return StatementText::tr("Not due");
    case Ageing::To30:
        return StatementText::tr("1 to 30 days overdue");
    case Ageing::To60:
        return StatementText::tr("31 to 60 days overdue");
    case Ageing::Beyond:
    case Ageing::Count:
        break;
    }
    return StatementText::tr("More than 60 days overdue");
}

QString caution(const AccountStatement &statement)
{
    if (statement.isWhole)
        return {};
    return StatementText::tr(
        "Some invoices or payments of this account are not on this computer. What is owed today is "
        "what the supplier says; the opening balance is what the movements shown leave of it.");
}

QString fileName(const AccountStatement &statement)
{
    QString number;
    for (const QChar character : Display::text(statement.account.number).left(longestNumber))
        number += character.isLetterOrNumber() ? character : QLatin1Char('-');
    return StatementText::tr("Statement %1 %2 to %3", "name of a file: an account's number and two dates")
        .arg(number, QString::fromStdString(statement.from.toString()),
             QString::fromStdString(statement.to.toString()));
}

} // namespace Counterfoil::StatementWords
