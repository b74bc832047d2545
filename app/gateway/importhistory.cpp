#include "importhistory.h"

#include "csvimport.h"
#include "gatewaytext.h"
#include "progress.h"

#include <QSaveFile>

namespace Counterfoil {

namespace {

// Every refused row with its line and reason, beside the company's file.
Outcome writeRefused(const QString &fileName, const CsvImportReport &report)
{
    QSaveFile file(fileName);
    if (!file.open(QIODevice::WriteOnly))
        return Error{ErrorKind::Storage, GatewayText::tr("%1 cannot be written.").arg(fileName),
                     file.errorString()};
    for (const auto &refused : report.refused)
        file.write(QByteArray::number(qlonglong(refused.line)) + '\t'
                   + QByteArray::fromStdString(refused.reason) + '\n');
    if (!file.commit())
        return Error{ErrorKind::Storage, GatewayText::tr("%1 cannot be written.").arg(fileName),
                     file.errorString()};
    return Done();
}

} // namespace

Outcome importHistory(SandboxErp &erp, const GatewayOptions &options)
{
    CsvImportOptions how;
    how.map = options.importMap;
    const auto report = erp.importCsv(options.importFile, how, progressOn(GatewayText::tr("Importing")));
    if (!report)
        return report.error();
    say(GatewayText::tr("Imported %1 of %2 rows as %3 orders of %4 accounts; %5 refused.")
            .arg(report->accepted)
            .arg(report->rows)
            .arg(report->orders)
            .arg(report->accounts)
            .arg(report->refusedRows));
    if (report->refusedRows > 0) {
        const QString list = options.erpStoreFile + QStringLiteral(".refused.tsv");
        if (const auto written = writeRefused(list, *report); !written)
            return written;
        say(GatewayText::tr("The refused rows are listed in %1.").arg(list));
    }
    if (!report->consistent())
        return Error{ErrorKind::BadInput,
                     GatewayText::tr("What was imported differs from the file. Report this with the file.")};
    return Done();
}

} // namespace Counterfoil
