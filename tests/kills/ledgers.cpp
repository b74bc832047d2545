#include "ledgers.h"

#include "database.h"

#include <QFile>

namespace Counterfoil {

namespace {

using Counts = QHash<QByteArray, int>;

// How often each text stands in the first column of what the query gives.
Counts countsOf(Sqlite::Database &database, const char *sql)
{
    Counts counts;
    auto query = database.prepare(sql);
    if (!query)
        return counts;
    for (auto row = query->step(); row && *row; row = query->step())
        ++counts[QByteArray::fromStdString(std::string(query->text(0)))];
    return counts;
}

} // namespace

QHash<QByteArray, QByteArray> readLedger(const QString &file)
{
    QHash<QByteArray, QByteArray> told;
    QFile ledger(file);
    if (!ledger.open(QIODevice::ReadOnly))
        return told;
    const QList<QByteArray> lines = ledger.readAll().split('\n');
    for (const QByteArray &line : lines) {
        const qsizetype blank = line.indexOf(' ');
        if (blank > 0)
            told.insert(line.left(blank), line.mid(blank + 1));
    }
    return told;
}

QStringList disagreements(const QHash<QByteArray, QByteArray> &told, const QHash<QByteArray, Ending> &ended,
                          const QString &erpFile)
{
    auto opened = Sqlite::Database::open(erpFile, Sqlite::Database::Mode::ReadOnly,
                                         Sqlite::Database::Durability::Normal, 1'000);
    if (!opened)
        return {QStringLiteral("the ERP's file cannot be read: ") + opened.error().detail};
    Sqlite::Database &erp = *opened;
    const Counts kept = countsOf(erp, "SELECT key FROM commands");
    const Counts audited = countsOf(erp, "SELECT command FROM audit");
    Counts made = countsOf(erp, "SELECT name FROM addresses WHERE name LIKE 'Kill %'");
    made.insert(countsOf(erp, "SELECT name FROM contacts WHERE name LIKE 'Kill %'"));
    const Counts versions = countsOf(erp, "SELECT after FROM auditValues WHERE after LIKE 'Kill %'");

    QStringList wrong;
    const auto say = [&](const QByteArray &key, const char *what) {
        wrong.append(QStringLiteral("%1 (%2, %3): %4")
                         .arg(QString::fromLatin1(key), QString::fromUtf8(told.value(key)),
                              QString::fromLatin1(ended.value(key).state), QLatin1String(what)));
    };
    for (auto it = told.begin(); it != told.end(); ++it) {
        if (!ended.contains(it.key()))
            say(it.key(), "was said to be queued, and is gone");
    }
    for (auto it = ended.begin(); it != ended.end(); ++it) {
        const bool applied = it->state == "applied";
        const int effects = audited.value(it.key());
        if (!applied && it->state != "rejected" && it->state != "conflict" && it->state != "held")
            say(it.key(), "has not ended");
        if (applied != (kept.value(it.key()) == 1))
            say(it.key(), applied ? "is unknown to the ERP" : "is known to the ERP");
        if (effects > 1 || (!applied && effects != 0))
            say(it.key(), "had an effect too many at the ERP");
        const QByteArray marker = told.value(it.key());
        if (!marker.isEmpty() && versions.value(marker) + made.value(marker) == 0 && applied)
            say(it.key(), "had no effect at the ERP");
        if (made.value(marker) > 1 || versions.value(marker) > 1)
            say(it.key(), "was made twice at the ERP");
    }
    return wrong;
}

} // namespace Counterfoil
