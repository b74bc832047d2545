#include "account.h"
#include "clock.h"
#include "document.h"
#include "documentnotes.h"
#include "itemroles.h"
#include "recordlistmodel.h"
#include "testcache.h"
#include "testentry.h"

#include <QAbstractItemModelTester>
#include <QPoint>
#include <QSignalSpy>
#include <QtTest>

using namespace Counterfoil;

// What a list of documents says beside their fields.
class TestDocumentNotes : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void isAModel();
    void saysWhereTheWordsAre();
    void saysWhoseItIsAndWhetherItIsHere();
    void followsWhatIsReadMeanwhile();
    void saysWhatItDoesNotKnow();
    void glowsForTheGatewaysChangesAlone();

private:
    std::int64_t rowOf(int n);
    void read(int n, const std::string &text, FileText::State state = FileText::State::Whole);
    void search(const QString &text);
    QString shown(int row, const char *column, int role = Qt::DisplayRole);

    SystemClock m_clock;
    std::unique_ptr<TestCache> m_cache;
    std::unique_ptr<DocumentNotes> m_notes;
    std::unique_ptr<RecordListModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

namespace {

constexpr int documents = 150; // more than a page of rows

Document paper(int n)
{
    Document document;
    document.key = "d" + std::to_string(n);
    document.account = "a1";
    document.number = "INV-" + std::to_string(1'000 + n);
    document.paper = n % 2 == 0 ? "invoice" : "packingSlip";
    document.dated = Instant{1'700'000'000'000 + n * std::int64_t{60'000}};
    document.issued = true;
    document.bytes = 61'234;
    document.sha256 = "digest of " + std::to_string(n);
    return document;
}

} // namespace

void TestDocumentNotes::init()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
    m_cache = std::make_unique<TestCache>();
    Account account;
    account.key = "a1";
    account.account = "a1";
    account.name = "Harbour Supply Co.";
    std::vector<Change> changes{changeTo(account)};
    for (int n = 0; n < documents; ++n)
        changes.push_back(changeTo(paper(n)));
    m_cache->put(changes);
    m_notes = std::make_unique<DocumentNotes>(m_cache->readers());
    m_model = std::make_unique<RecordListModel>(m_cache->readers(), m_clock, Document::type);
    m_model->setNotes(m_notes.get());
    m_tester = std::make_unique<QAbstractItemModelTester>(m_model.get());
    QTRY_COMPARE(m_model->rowCount(), documents);
}

void TestDocumentNotes::cleanup()
{
    m_tester.reset();
    m_model.reset();
    m_notes.reset();
    m_cache.reset();
}

std::int64_t TestDocumentNotes::rowOf(int n)
{
    CacheReader reader(m_cache->path());
    return (*reader.byKey(Document::type, paper(n).key))->id;
}

void TestDocumentNotes::read(int n, const std::string &text, FileText::State state)
{
    const auto notice
        = m_cache->writer().storeTexts(Document::type, {{rowOf(n), paper(n).sha256, state, text, "1.0"}});
    QVERIFY(notice);
    m_cache->readers().noteChange(*notice);
}

void TestDocumentNotes::search(const QString &text)
{
    RecordQuery query = m_model->query();
    query.text = text.toStdString();
    m_notes->setText(text);
    m_model->setQuery(query);
}

QString TestDocumentNotes::shown(int row, const char *column, int role)
{
    return m_model->index(row, m_model->columnOf(QString::fromLatin1(column))).data(role).toString();
}

void TestDocumentNotes::isAModel()
{
    const int fields = m_model->columnOf(QStringLiteral("inside"));
    QCOMPARE(m_model->columnCount(), fields + 3);
    QCOMPARE(m_model->fieldOf(fields), QStringLiteral("inside"));
    QCOMPARE(m_model->headerData(fields + 2, Qt::Horizontal, Qt::DisplayRole).toString(),
             QStringLiteral("Here"));
    const RecordQuery before = m_model->query();
    m_model->sort(fields, Qt::AscendingOrder); // there is no order of that
    QVERIFY(m_model->query() == before);
    for (int n = 0; n < 40; ++n)
        read(n, "gasket");
    search(QStringLiteral("gasket"));
    QTRY_COMPARE(m_model->rowCount(), 40);
    search({});
    QTRY_COMPARE(m_model->rowCount(), documents);
}

void TestDocumentNotes::saysWhereTheWordsAre()
{
    read(3, "First page\fRubber gasket, 40 mm");
    search(QStringLiteral("gask"));
    QTRY_COMPARE(m_model->rowCount(), 1);
    QTRY_COMPARE(shown(0, "inside"), QStringLiteral("Page 2: Rubber gasket, 40 mm"));
    const int column = m_model->columnOf(QStringLiteral("inside"));
    QCOMPARE(m_model->index(0, column).data(ItemRole::Lit).toPoint(), QPoint(15, 6));
    // A tooltip is never HTML out of a document.
    read(5, "<img src='/dev/zero'> rubber");
    search(QStringLiteral("rubber"));
    QTRY_COMPARE(m_model->rowCount(), 2);
    QTRY_VERIFY(shown(0, "inside").startsWith(QLatin1String("<img")));
    QVERIFY(shown(0, "inside", Qt::ToolTipRole).startsWith(QLatin1String("<p>&lt;img")));
    // Another text finds the same document elsewhere.
    search(QStringLiteral("first"));
    QTRY_COMPARE(shown(0, "inside"), QStringLiteral("First page"));
}

void TestDocumentNotes::saysWhoseItIsAndWhetherItIsHere()
{
    QTRY_COMPARE(shown(0, "accountName"), QStringLiteral("Harbour Supply Co."));
    QCOMPARE(shown(0, "here"), QString());
    QCOMPARE(shown(0, "paper"), QStringLiteral("Packing slip")); // which this program does not know
    QCOMPARE(shown(0, "bytes"), QLocale().formattedDataSize(61'234, 0));
    const auto notice = m_cache->writer().noteFiles(Document::type, {true, {rowOf(documents - 1)}, {}});
    QVERIFY(notice);
    m_cache->readers().noteChange(*notice);
    QTRY_COMPARE(shown(0, "here"), QStringLiteral("Yes"));
    RecordQuery query = m_model->query();
    query.fileHere = true;
    m_model->setQuery(query);
    QTRY_COMPARE(m_model->rowCount(), 1);
}

// A document whose text comes while somebody looks for it appears.
void TestDocumentNotes::followsWhatIsReadMeanwhile()
{
    search(QStringLiteral("gasket"));
    QTRY_COMPARE(m_model->rowCount(), 0);
    QTRY_COMPARE(m_model->totals().unsearched, qint64{documents});
    read(7, "Rubber gasket");
    QTRY_COMPARE(m_model->rowCount(), 1);
    QTRY_COMPARE(shown(0, "inside"), QStringLiteral("Rubber gasket"));
    read(8, "Copper gasket");
    QTRY_COMPARE(m_model->rowCount(), 2);
    QTRY_COMPARE(m_model->totals().unsearched, qint64{documents} - 2);
}

void TestDocumentNotes::saysWhatItDoesNotKnow()
{
    read(5, {}, FileText::State::Unreadable);
    search(QStringLiteral("inv-100"));
    QTRY_COMPARE(m_model->rowCount(), 10);
    QTRY_COMPARE(shown(0, "inside"), QStringLiteral("Its words are not known yet"));
    QTRY_COMPARE(shown(4, "inside"), QStringLiteral("Its words cannot be read"));
    read(9, "nothing of the number");
    QTRY_COMPARE(shown(0, "inside"), QString());
}

void TestDocumentNotes::glowsForTheGatewaysChangesAlone()
{
    QTRY_COMPARE(shown(0, "number"), QStringLiteral("INV-1149"));
    read(documents - 1, "gasket");
    QTRY_COMPARE(m_model->totals().count, qint64{documents});
    Document changed = paper(documents - 2);
    changed.bytes = 1;
    m_cache->put({changeTo(changed)});
    QTRY_VERIFY(m_model->index(1, 0).data(ItemRole::ChangedAt).toLongLong() > 0);
    QCOMPARE(m_model->index(0, 0).data(ItemRole::ChangedAt).toLongLong(), qint64{0});
}

CORE_TEST(TestDocumentNotes)
#include "tst_documentnotes.moc"
