#pragma once

#include <QList>
#include <QString>

namespace Counterfoil {

// One line of the table that `./dev bench` ends with. Texts are ready to be read, units included.
struct BenchRow
{
    enum class Verdict { NoGoal, Met, Missed, NotMeasured };

    QString what;    // "P1  first pull, 100 k orders"
    QString figure;  // "21,400 records/s"
    QString spread;  // "20,900 to 22,100, 3 runs"; empty: measured once
    QString against; // the peer or the machine's limit, measured in the same run unless it says otherwise
    QString ratio;   // figure to peer or limit
    QString goal;    // "≥ 0.7"
    Verdict verdict = Verdict::NoGoal;
};

// The rows of one benchmark. Where COUNTERFOIL_BENCH_ROWS names a file, finish() appends them to it, so
// that those of all benchmarks make one table.
class BenchTable
{
public:
    void add(BenchRow row) { m_rows.append(std::move(row)); }
    // Prints the table and gives the program's exit code: 0 when every goal was met, 3 when one was missed or
    // could not be measured.
    int finish() const;

    static constexpr int someMissed = 3;
    // The rows in the file that COUNTERFOIL_BENCH_ROWS names.
    static BenchTable read(const QString &path);

private:
    void append(const QString &path) const;
    int print() const;

    QList<BenchRow> m_rows;
};

// Of the values, which are at least one.
double quantile(QList<double> values, double share);
inline double median(const QList<double> &values)
{
    return quantile(values, 0.5);
}

QString decimals(double value, int places); // with thousands set apart
// "lowest to highest, how many".
QString spreadOf(const QList<double> &values, int places);
BenchRow::Verdict metWhen(bool met);

} // namespace Counterfoil
