#include "mutantlist.h"
#include "testentry.h"

#include <QDir>
#include <QFile>
#include <QSet>
#include <QTest>

using namespace Counterfoil;

// That the list of faults to plant does not rot: each still fits its file just once, and its test is there.
// ./dev mutants plants them.
class MutantsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theListIsWhole();
    void eachFitsItsFile();
    void oneThatDoesNotFitIsNoticed();

private:
    const QString m_source = QStringLiteral(COUNTERFOIL_SOURCE "/");
    QStringList m_complaints;
    std::vector<Mutant> m_mutants
        = readMutants(m_source + QStringLiteral("tests/mutants/mutants.txt"), m_complaints);
};

void MutantsTest::theListIsWhole()
{
    QVERIFY2(m_complaints.isEmpty(), qPrintable(m_complaints.join(u'\n')));
    QVERIFY(m_mutants.size() >= 30);
    QSet<QString> names;
    for (const Mutant &mutant : m_mutants) {
        QVERIFY2(!names.contains(mutant.name), qPrintable(mutant.name));
        names.insert(mutant.name);
    }
}

void MutantsTest::eachFitsItsFile()
{
    QStringList wrong;
    for (const Mutant &mutant : m_mutants) {
        QFile file(m_source + mutant.file);
        if (!file.open(QIODevice::ReadOnly) || planted(mutant, file.readAll()).isEmpty())
            wrong.append(mutant.name + QStringLiteral(": its text does not stand just once in ")
                         + mutant.file);
        const QString test = mutant.test.section(u' ', 0, 0);
        const QDir rooms(m_source + QStringLiteral("tests"));
        bool found = QFile::exists(rooms.filePath(QStringLiteral("simulation/%1.cpp").arg(test)));
        const QStringList units = QDir(rooms.filePath(QStringLiteral("unit"))).entryList(QDir::Dirs);
        for (const QString &unit : units)
            found = found || QFile::exists(rooms.filePath(QStringLiteral("unit/%1/%2.cpp").arg(unit, test)));
        if (!found)
            wrong.append(mutant.name + QStringLiteral(": there is no test ") + test);
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
}

void MutantsTest::oneThatDoesNotFitIsNoticed()
{
    const Mutant mutant{{}, {}, {}, {}, "a == b", "a != b"};
    QCOMPARE(planted(mutant, "if (a == b)"), QByteArray("if (a != b)"));
    QVERIFY(planted(mutant, "if (a == b || a == b)").isEmpty());
    QVERIFY(planted(mutant, "if (a)").isEmpty());
}

CORE_TEST(MutantsTest)

#include "tst_mutants.moc"
