#include "csvcolumns.h"
#include "testentry.h"

#include <QTest>

using namespace Counterfoil;

class CsvColumnsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void numbers_data();
    void numbers();
    void times_data();
    void times();
};

void CsvColumnsTest::numbers_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("number"); // empty: none
    const char *const rows[][2] = {{"6", "6"},
                                   {"-6", "-6"},
                                   {"+6", "6"},
                                   {"2.55", "2.55"},
                                   {"2,55", "2.55"},
                                   {".5", "0.5"},
                                   {"1.234,50", "1234.5"},
                                   {"1,234.50", "1234.5"},
                                   {"12,345,678.9", "12345678.9"},
                                   {"0,125", "0.125"},
                                   {"1234,567", "1234.567"},
                                   {"1.234,567", "1234.567"},
                                   {"1,234", ""},
                                   {"-12,345", ""},
                                   {"", ""},
                                   {"-", ""},
                                   {"--1", ""},
                                   {"1.2.3", ""},
                                   {"1,2,3", ""},
                                   {"12,34.5", ""},
                                   {",", ""},
                                   {"1 000", ""},
                                   {"1.", ""},
                                   {"£5", ""},
                                   {"NaN", ""},
                                   {"+-1", ""},
                                   {"1234,567.8", ""}};
    for (const auto &row : rows)
        QTest::newRow(row[0]) << QByteArray(row[0]) << QByteArray(row[1]);
}

void CsvColumnsTest::numbers()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, number);
    const auto parsed = Sandbox::historyNumber(text.toStdString());
    QCOMPARE(parsed ? QByteArray::fromStdString(parsed->toString()) : QByteArray(), number);
}

void CsvColumnsTest::times_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("time"); // empty: none
    const char *const rows[][2] = {{"2010-12-01 08:26:00", "2010-12-01T08:26:00.000Z"},
                                   {"2010-12-01T08:26:00Z", "2010-12-01T08:26:00.000Z"},
                                   {"2010-12-01 8:26", "2010-12-01T08:26:00.000Z"},
                                   {"2010-12-01", "2010-12-01T00:00:00.000Z"},
                                   {"01.12.2010 08:26", "2010-12-01T08:26:00.000Z"},
                                   {"01.12.2010", "2010-12-01T00:00:00.000Z"},
                                   {"12/1/2010 8:26", ""},
                                   {"2010-13-01", ""},
                                   {"2010-12-01x08:26", ""},
                                   {"yesterday", ""},
                                   {"", ""}};
    for (const auto &row : rows)
        QTest::newRow(row[0]) << QByteArray(row[0]) << QByteArray(row[1]);
}

void CsvColumnsTest::times()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, time);
    const auto parsed = Sandbox::historyTime(text.toStdString());
    QCOMPARE(parsed ? QByteArray::fromStdString(parsed->toString()) : QByteArray(), time);
}

CORE_TEST(CsvColumnsTest)
#include "tst_csvcolumns.moc"
