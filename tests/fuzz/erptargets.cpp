#include "csvcolumns.h"
#include "csvreader.h"
#include "fuzztarget.h"
#include "gzip.h"

#include <QDir>
#include <QFile>
#include <QTemporaryFile>

namespace Counterfoil {

namespace {

using Sandbox::CsvColumns;
using Sandbox::CsvReader;
using Sandbox::CsvRecord;
using Sandbox::HistoryField;

bool isOrderly(const CsvRecord &record, std::int64_t lineBefore)
{
    return record.line > lineBefore && record.fields.size() <= CsvReader::maxFields;
}

// An order history as the import reads it, plain or packed.
const char *readHistory(std::string_view bytes)
{
    static const QString path
        = (QDir(QStringLiteral("/dev/shm")).exists() ? QStringLiteral("/dev/shm") : QDir::tempPath())
        + QStringLiteral("/fuzz-XXXXXX");
    QTemporaryFile file(path);
    if (!file.open() || file.write(bytes.data(), static_cast<qint64>(bytes.size())) < 0 || !file.flush())
        return "the scratch folder can be written to";
    auto reader = CsvReader::open(file.fileName());
    if (!reader)
        return "a file that is there can be opened";
    CsvRecord header;
    const auto headed = reader->next(header);
    if (!headed || !*headed)
        return nullptr;
    const auto columns = CsvColumns::find(header, QString());
    std::int64_t line = header.line;
    for (CsvRecord record;;) {
        const auto more = reader->next(record);
        if (!more)
            return more.error().userText.isEmpty() ? "a refusal says what happened" : nullptr;
        if (!*more)
            return nullptr;
        if (!isOrderly(record, line))
            return "records come one after the other, each within its bounds";
        line = record.line;
        if (!columns || !record.problem.empty() || record.fields.size() != columns->width())
            continue;
        Sandbox::historyNumber(columns->text(record, HistoryField::Quantity));
        Sandbox::historyNumber(columns->text(record, HistoryField::Price));
        const auto time = Sandbox::historyTime(columns->text(record, HistoryField::Date));
        if (time && Instant::parse(time->toString()) != time)
            return "a time that was read can be told to others";
    }
}

std::string makeHistory(Random &random)
{
    static constexpr char separators[] = {',', ';', '\t'};
    static constexpr std::string_view cells[] = {
        "\"a \"\"b\"\"\nc\"", "6", "2,55", "1.234,50", "2010-12-01 08:26:00", "01.12.2010 08:26", "\xe9", ""};
    const char separator = separators[random.below(std::size(separators))];
    std::string text = "Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country\r\n";
    std::replace(text.begin(), text.end(), ',', separator);
    for (std::uint64_t row = random.below(4); row > 0; --row) {
        for (int cell = 0; cell < 8; ++cell)
            (text += cells[random.below(std::size(cells))]) += separator;
        text.back() = '\n';
    }
    return random.below(3) == 0 ? gzip(text).value_or(text) : text;
}

} // namespace

std::span<const FuzzTarget> erpFuzzTargets()
{
    static constexpr FuzzTarget all[] = {
        {"history", readHistory, makeHistory},
    };
    return all;
}

} // namespace Counterfoil
