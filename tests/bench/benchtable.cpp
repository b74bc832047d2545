#include "benchtable.h"

#include <QFile>
#include <QLocale>

#include <algorithm>
#include <array>
#include <cstdio>

namespace Counterfoil {

namespace {

constexpr std::array verdicts{"", "met", "missed", "not measured"};

QString word(BenchRow::Verdict verdict)
{
    return QString::fromLatin1(verdicts[static_cast<std::size_t>(verdict)]);
}

QStringList cellsOf(const BenchRow &row)
{
    return {row.what, row.figure, row.spread, row.against, row.ratio, row.goal, word(row.verdict)};
}

} // namespace

double quantile(QList<double> values, double share)
{
    Q_ASSERT(!values.isEmpty());
    std::ranges::sort(values);
    return values[static_cast<qsizetype>(share * static_cast<double>(values.size() - 1))];
}

QString decimals(double value, int places)
{
    return QLocale(QLocale::English, QLocale::UnitedKingdom).toString(value, 'f', places);
}

QString spreadOf(const QList<double> &values, int places)
{
    if (values.size() < 2)
        return {};
    const auto [low, high] = std::ranges::minmax(values);
    return QStringLiteral("%1 to %2, %3 runs")
        .arg(decimals(low, places), decimals(high, places))
        .arg(values.size());
}

BenchRow::Verdict metWhen(bool met)
{
    return met ? BenchRow::Verdict::Met : BenchRow::Verdict::Missed;
}

// As Markdown with its columns in line, so that it can be read here and kept in the documentation.
int BenchTable::print() const
{
    QList<QStringList> lines{{QStringLiteral("What"), QStringLiteral("Figure"), QStringLiteral("Spread"),
                              QStringLiteral("Peer or limit"), QStringLiteral("Ratio"),
                              QStringLiteral("Goal"), QString()}};
    for (const BenchRow &row : m_rows)
        lines.append(cellsOf(row));
    QList<qsizetype> widths(lines.front().size(), 3);
    for (const QStringList &cells : std::as_const(lines)) {
        for (qsizetype i = 0; i < cells.size(); ++i)
            widths[i] = std::max(widths[i], cells[i].size());
    }
    QString text;
    for (qsizetype line = 0; line < lines.size(); ++line) {
        for (qsizetype i = 0; i < widths.size(); ++i)
            text += QStringLiteral("| ") + lines[line][i].leftJustified(widths[i]) + u' ';
        text += QStringLiteral("|\n");
        for (qsizetype i = 0; line == 0 && i < widths.size(); ++i)
            text += u'|' + QString(widths[i] + 2, u'-');
        text += line == 0 ? QStringLiteral("|\n") : QString();
    }
    std::fputs(qUtf8Printable(text), stdout);
    const bool all = std::ranges::all_of(m_rows, [](const BenchRow &row) {
        return row.verdict == BenchRow::Verdict::Met || row.verdict == BenchRow::Verdict::NoGoal;
    });
    return all ? 0 : someMissed;
}

void BenchTable::append(const QString &path) const
{
    QFile file(path);
    if (!file.open(QIODevice::Append))
        return;
    for (const BenchRow &row : m_rows)
        file.write((cellsOf(row).join(u'\t') + u'\n').toUtf8());
}

int BenchTable::finish() const
{
    if (const QString path = qEnvironmentVariable("COUNTERFOIL_BENCH_ROWS"); !path.isEmpty())
        append(path);
    return print();
}

BenchTable BenchTable::read(const QString &path)
{
    BenchTable table;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return table;
    while (!file.atEnd()) {
        const QStringList cells = QString::fromUtf8(file.readLine()).chopped(1).split(u'\t');
        if (cells.size() != static_cast<qsizetype>(7))
            continue;
        const auto verdict = std::ranges::find(verdicts, cells[6],
                                               [](const char *each) { return QString::fromLatin1(each); });
        table.add({cells[0], cells[1], cells[2], cells[3], cells[4], cells[5],
                   static_cast<BenchRow::Verdict>(verdict - verdicts.begin())});
    }
    return table;
}

} // namespace Counterfoil
