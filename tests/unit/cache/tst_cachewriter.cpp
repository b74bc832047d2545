#include "cachereader.h"
#include "cachewriter.h"
#include "kinds.h"
#include "orderreader.h"
#include "randomrecord.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace Counterfoil;

class TestCacheWriter : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void keepsEveryFieldOfEveryKind();

private:
    QString path() const { return m_dir->filePath(QStringLiteral("cache.db")); }

    std::unique_ptr<QTemporaryDir> m_dir;
};

void TestCacheWriter::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
}

// A field that any step forgets (create, upsert, decode) comes back as its default.
void TestCacheWriter::keepsEveryFieldOfEveryKind()
{
    auto writer = CacheWriter::open(path());
    QVERIFY2(writer, writer ? "" : qPrintable(writer.error().detail));
    SeededRandom random(1);
    std::vector<Change> changes;
    for (int i = 0; i < 200; ++i) {
        for (const RecordType *kind : allKinds())
            changes.push_back(randomChange(*kind, "k" + std::to_string(i % 150), "a" + std::to_string(i % 7),
                                           static_cast<std::int64_t>(changes.size()) + 1, random));
    }
    const auto notice = (*writer)->applyChanges(changes, "c1");
    QVERIFY2(notice, notice ? "" : qPrintable(notice.error().detail));

    CacheReader reader(path());
    std::map<std::pair<const RecordType *, std::string>, const Change *> latest;
    for (const Change &change : changes)
        latest[{change.kind, change.key}] = &change;
    for (const auto &[id, change] : latest) {
        const auto row = reader.byKey(*change->kind, change->key);
        QVERIFY2(row, row ? "" : qPrintable(row.error().detail));
        QVERIFY(row->has_value());
        QVERIFY2(equal(*change->kind, (*row)->record.data(), change->record.data()),
                 change->kind->name.data());
        QCOMPARE((*row)->version, change->version);
        QCOMPARE((*row)->sequence, change->sequence);
        QCOMPARE((*row)->time, change->time);
    }
}

QTEST_GUILESS_MAIN(TestCacheWriter)
#include "tst_cachewriter.moc"
