#include "packmanifest.h"

#include "display.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QSet>

#include <map>

namespace Counterfoil {

namespace {

class PackManifestText
{
    Q_DECLARE_TR_FUNCTIONS(PackManifest)
};

constexpr char endOfLine[] = "\r\n";

// "-1234.50": what every spreadsheet and program reads as a number.
QByteArray plain(Amount amount, const std::string &currency)
{
    const int places = minorUnitPlaces(currency);
    const bool negative = amount.minor < 0;
    // The smallest number has no positive twin.
    const quint64 size
        = negative ? ~static_cast<quint64>(amount.minor) + 1 : static_cast<quint64>(amount.minor);
    QByteArray digits = QByteArray::number(size).rightJustified(places + 1, '0');
    if (places > 0)
        digits.insert(digits.size() - places, '.');
    return negative ? '-' + digits : digits;
}

QByteArray dayInUtc(Instant instant)
{
    return instant.isSet()
        ? QDateTime::fromMSecsSinceEpoch(instant.ms).toString(QStringLiteral("yyyy-MM-dd")).toLatin1()
        : QByteArray();
}

struct Sum
{
    qint64 documents = 0;
    Amount net;
    Amount tax;
    Amount total;
};

QByteArray lineOf(const QList<QByteArray> &cells)
{
    return cells.join(',') + endOfLine;
}

} // namespace

QByteArray csvCell(const QString &text)
{
    // After the advice of OWASP on injection. Where a spreadsheet divides cells at semicolons or tabs, as in
    // much of Europe, it minds no quotes within a cell: a formula may begin behind each of them.
    QByteArray cell;
    bool begins = true;
    for (const char byte : text.toUtf8()) {
        if (begins && QByteArrayView("=+-@").contains(byte))
            cell += '\'';
        if (QByteArrayView(";\t\r\n").contains(byte))
            begins = true;
        else if (byte != ' ' && byte != '"')
            begins = false;
        cell += byte;
    }
    return '"' + cell.replace("\"", "\"\"") + '"';
}

QByteArray packManifest(const std::vector<PackedDocument> &documents)
{
    QByteArray csv = "\xEF\xBB\xBF";
    QList<QByteArray> head;
    const QStringList titles{PackManifestText::tr("Number"),   PackManifestText::tr("Paper"),
                             PackManifestText::tr("Date"),     PackManifestText::tr("Account number"),
                             PackManifestText::tr("Account"),  PackManifestText::tr("PO reference"),
                             PackManifestText::tr("Currency"), PackManifestText::tr("Net"),
                             PackManifestText::tr("Tax"),      PackManifestText::tr("Total"),
                             PackManifestText::tr("File"),     PackManifestText::tr("Bytes"),
                             PackManifestText::tr("SHA-256")};
    for (const QString &title : titles)
        head.append(csvCell(title));
    csv += lineOf(head);
    std::map<std::string, Sum> sums;
    QSet<QString> counted; // invoices, of which one may have a PDF and an XML
    for (const PackedDocument &packed : documents) {
        const OutgoingDocument &document = packed.document;
        QList<QByteArray> amounts(4);
        if (document.amounts) {
            const OutgoingDocument::Amounts &known = *document.amounts;
            amounts = {csvCell(QString::fromStdString(known.currency)), plain(known.net, known.currency),
                       plain(known.tax, known.currency), plain(known.total, known.currency)};
            Sum &sum = sums[known.currency];
            ++sum.documents;
            if (known.countsIn(counted)) {
                sum.net += known.net;
                sum.tax += known.tax;
                sum.total += known.total;
            }
        }
        csv += lineOf(QList<QByteArray>{csvCell(document.number),
                                        csvCell(Display::paper(document.paper.toStdString())),
                                        dayInUtc(document.dated), csvCell(document.accountNumber),
                                        csvCell(document.accountName), csvCell(document.poReference)}
                      + amounts
                      + QList<QByteArray>{csvCell(packed.fileName), QByteArray::number(packed.bytes),
                                          packed.sha256.toLatin1()});
    }
    for (const auto &[currency, sum] : sums)
        csv += lineOf(QList<QByteArray>{
            csvCell(PackManifestText::tr("Total of %Ln documents", nullptr, static_cast<int>(sum.documents))),
            {},
            {},
            {},
            {},
            {},
            csvCell(QString::fromStdString(currency)),
            plain(sum.net, currency),
            plain(sum.tax, currency),
            plain(sum.total, currency),
            {},
            {},
            {}});
    return csv;
}

} // namespace Counterfoil
