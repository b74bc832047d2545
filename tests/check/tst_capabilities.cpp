// tests/capabilities.tsv says which test shows which capability; this proves that each of them exists.

#include "testentry.h"

#include <QFile>
#include <QHash>
#include <QProcess>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

namespace {

struct Row
{
    QString capability;
    QString program;
    QString function;
};

// What is claimed to work so far: each needs at least one row.
const QStringList &claimed()
{
    static const QStringList ids = QStringLiteral("ORD-01 ORD-02 ORD-03 ORD-04 ORD-06 ORD-10 "
                                                  "SYN-01 SYN-02 SYN-03 SYN-04 SYN-05 SYN-10 SYN-11 "
                                                  "DSK-01 DSK-04 ADM-13")
                                       .split(u' ');
    return ids;
}

constexpr int listingDeadlineMs = 10000;

// The test functions that a test program lists when asked; empty when it cannot be asked.
QSet<QString> functionsOf(const QString &program)
{
    QProcess process;
    process.start(QStringLiteral(COUNTERFOIL_PROGRAMS) + u'/' + program, {QStringLiteral("-functions")});
    if (!process.waitForFinished(listingDeadlineMs) || process.exitCode() != 0)
        return {};
    QSet<QString> functions;
    for (const QString &line :
         QString::fromUtf8(process.readAllStandardOutput()).split(u'\n', Qt::SkipEmptyParts))
        functions.insert(line.trimmed().remove(QStringLiteral("()")));
    return functions;
}

} // namespace

class TestCapabilities : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everyRowIsWellFormedAndSaidOnce();
    void everyTestNamedExists();
    void everyClaimHasATest();

private:
    QStringList m_lines;
    QList<Row> m_rows;
};

void TestCapabilities::initTestCase()
{
    QFile file(QStringLiteral(COUNTERFOIL_SOURCE "/tests/capabilities.tsv"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    for (const QString &line : QString::fromUtf8(file.readAll()).split(u'\n', Qt::SkipEmptyParts)) {
        if (line.startsWith(u'#'))
            continue;
        m_lines.append(line);
        const QStringList columns = line.split(u'\t');
        if (columns.size() == 3)
            m_rows.append({columns.at(0), columns.at(1), columns.at(2)});
    }
    // A program that lists nothing would make every row look wrong, one that lists anything every row right.
    QVERIFY(functionsOf(QStringLiteral("tst_capabilities")).contains(QStringLiteral("everyClaimHasATest")));
}

void TestCapabilities::everyRowIsWellFormedAndSaidOnce()
{
    static const QRegularExpression form(QStringLiteral("^[A-Z]{3}-[0-9]{2}\\ttst_\\w+\\t\\w+$"));
    QSet<QString> seen;
    for (const QString &line : std::as_const(m_lines)) {
        QVERIFY2(form.match(line).hasMatch(), qPrintable(line));
        QVERIFY2(!seen.contains(line), qPrintable(line + QStringLiteral(" stands twice")));
        seen.insert(line);
    }
}

void TestCapabilities::everyTestNamedExists()
{
    QHash<QString, QSet<QString>> listed;
    QStringList missing;
    for (const Row &row : std::as_const(m_rows)) {
        if (!listed.contains(row.program))
            listed.insert(row.program, functionsOf(row.program));
        if (!listed.value(row.program).contains(row.function))
            missing.append(QStringLiteral("%1: %2::%3").arg(row.capability, row.program, row.function));
    }
    QVERIFY2(missing.isEmpty(), qPrintable(missing.join(u'\n')));
}

void TestCapabilities::everyClaimHasATest()
{
    QSet<QString> shown;
    for (const Row &row : std::as_const(m_rows))
        shown.insert(row.capability);
    QStringList without;
    for (const QString &id : claimed()) {
        if (!shown.contains(id))
            without.append(id);
    }
    QVERIFY2(without.isEmpty(), qPrintable(without.join(u' ')));
}

CORE_TEST(TestCapabilities)
#include "tst_capabilities.moc"
