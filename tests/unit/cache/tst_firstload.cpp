#include "cachereader.h"
#include "database.h"
#include "invoice.h"
#include "kinds.h"
#include "note.h"
#include "recordlayout.h"
#include "recordreader.h"
#include "testcache.h"
#include "testentry.h"
#include "wordsahead.h"
#include "wordssource.h"

#include <QtTest>

using namespace Counterfoil;

// The first fill of a kind goes another way than everything after it; what it leaves must be the same.
class TestFirstLoad final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void leavesWhatAnyOtherWayLeaves();
    void takesARowThatIsListedTwice();
    void leavesTheSchemaAloneForOnePage();
    void letsAChangeComeBeforeTheFirstPage();
    void goesOnAfterACrash();
    void endsWhenItsFillIsGivenUp();
    void endsWhenItsKindIsEmptiedForAnother();
    void comesAgainAfterAPurge();
    void rewritesTheFileForAnotherCursorAlone();
    void findsWordsOnlyOnceTheyAreStored();
    void storesTheWordsOfTheirTime_data();
    void storesTheWordsOfTheirTime();
    void makesWordsAheadPieceByPiece();
    void passesOverWordsOfAnotherRange();
    void goesOnWithWordsAfterACrash();

private:
    static constexpr int many = 1'500; // more than have their words stored at once

    void begin();
    static FillPage page(int first, int count, bool listed);
    void fill(int count);
    std::vector<std::string> layoutNow() const;
    std::int64_t schemaVersion() const;
    std::int64_t found(const char *text) const;
    std::int64_t unsearched(const std::string &text) const;
    void reopen();
    WordsPiece wordsAhead() const; // of what waits now

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<CacheWriter> m_writer;

    QString path() const { return m_dir->filePath(QStringLiteral("cache.db")); }

private Q_SLOTS:
    void init();
};

void TestFirstLoad::init()
{
    m_writer.reset();
    m_dir = std::make_unique<QTemporaryDir>();
    reopen();
}

void TestFirstLoad::reopen()
{
    m_writer.reset();
    auto writer = CacheWriter::open(path());
    QVERIFY(writer.ok());
    m_writer = *std::move(writer);
}

void TestFirstLoad::begin()
{
    QVERIFY(m_writer->beginFill({std::string(Order::type.name)}, "cursor").ok());
}

FillPage TestFirstLoad::page(int first, int count, bool listed)
{
    FillPage page;
    page.kind = &Order::type;
    for (int n = first; n < first + count; ++n) {
        Change change = changeTo(plainOrder(n));
        change.sequence = n + 1;
        page.rows.push_back(std::move(change));
    }
    page.listed = listed;
    page.next = listed ? "" : "more";
    return page;
}

void TestFirstLoad::fill(int count)
{
    begin();
    QVERIFY(m_writer->applyFillPage(page(0, count / 2, false)).ok());
    QVERIFY(m_writer->applyFillPage(page(count / 2, count - count / 2, true)).ok());
    QVERIFY(m_writer->finishFill().ok());
}

// Indexes, triggers and totals.
std::vector<std::string> TestFirstLoad::layoutNow() const
{
    auto database = Sqlite::Database::open(path(), Sqlite::Database::Mode::ReadOnly);
    std::vector<std::string> lines;
    for (const char *sql :
         {"SELECT name || coalesce(sql, '') FROM sqlite_master WHERE type IN ('index', 'trigger') "
          "ORDER BY 1",
          "SELECT account || ' ' || status || ' ' || currency || ' ' || open || ' ' || _count || "
          "' ' || _sum FROM orders_totals ORDER BY 1"}) {
        auto statement = database->prepare(sql);
        while (*statement->step())
            lines.emplace_back(statement->text(0));
    }
    return lines;
}

std::int64_t TestFirstLoad::schemaVersion() const
{
    auto database = Sqlite::Database::open(path(), Sqlite::Database::Mode::ReadOnly);
    return *database->integer("PRAGMA schema_version");
}

// What the totals of a list say of rows that it may still find; a list without words leaves nothing out.
std::int64_t TestFirstLoad::unsearched(const std::string &text) const
{
    CacheReader cache(path());
    RecordReader reader(cache);
    RecordQuery query = allOf<Order>();
    const auto plain = reader.totals(query);
    query.text = text;
    const auto totals = reader.totals(query);
    return totals && plain && plain->unsearched == 0 ? totals->unsearched : -1;
}

std::int64_t TestFirstLoad::found(const char *text) const
{
    CacheReader cache(path());
    RecordReader reader(cache);
    RecordQuery query = allOf<Order>();
    query.text = text;
    const auto ids = reader.ids(query, many * 2);
    return ids ? std::ssize(*ids) : -1;
}

void TestFirstLoad::leavesWhatAnyOtherWayLeaves()
{
    const auto before = layoutNow();
    fill(20);
    const auto loaded = layoutNow();
    QVERIFY(loaded.size() > before.size()); // by the totals
    QCOMPARE(found("SO"), found(""));       // all, as far as there are
    // The same rows by the ordinary way.
    init();
    std::vector<Change> changes = page(0, 20, true).rows;
    QVERIFY(m_writer->applyChanges(changes, "cursor").ok());
    QCOMPARE(layoutNow(), loaded);
}

void TestFirstLoad::takesARowThatIsListedTwice()
{
    begin();
    QVERIFY(m_writer->applyFillPage(page(0, 10, false)).ok());
    FillPage second = page(5, 10, true);
    for (Change &row : second.rows)
        row.sequence += 100;
    QVERIFY(m_writer->applyFillPage(second).ok());
    QVERIFY(m_writer->finishFill().ok());
    const auto loaded = layoutNow();
    CacheReader cache(path());
    QCOMPARE(*cache.count(Order::type), 15);
    init();
    QVERIFY(m_writer->applyChanges(page(0, 15, true).rows, "cursor").ok());
    QCOMPARE(layoutNow(), loaded);
}

// Every connection would have to read it again, which takes longer than to store a few hundred rows.
void TestFirstLoad::leavesTheSchemaAloneForOnePage()
{
    const std::int64_t before = schemaVersion();
    begin();
    QVERIFY(m_writer->applyFillPage(page(0, 20, true)).ok());
    QVERIFY(m_writer->finishFill().ok());
    QCOMPARE(schemaVersion(), before);
    QVERIFY(!m_writer->wordsWaiting());
    QCOMPARE(found("SO"), 20);
    const auto filled = layoutNow();
    QVERIFY(m_writer->purgeEverything().ok());
    fill(20);
    QVERIFY(schemaVersion() != before); // two pages are loaded
    QCOMPARE(layoutNow(), filled);
}

void TestFirstLoad::letsAChangeComeBeforeTheFirstPage()
{
    for (const bool listed : {true, false}) {
        init();
        begin();
        Change change = changeTo(plainOrder(3));
        change.sequence = 1'000;
        QVERIFY(m_writer->applyChanges({change}, "cursor").ok());
        QVERIFY(m_writer->applyFillPage(page(0, 10, listed)).ok());
        if (!listed)
            QVERIFY(m_writer->applyFillPage(page(10, 10, true)).ok());
        QVERIFY(m_writer->finishFill().ok());
        const auto filled = layoutNow();
        const int count = listed ? 10 : 20;
        QCOMPARE(found("SO"), count);
        init();
        QVERIFY(m_writer->applyChanges(page(0, count, true).rows, "cursor").ok());
        QCOMPARE(layoutNow(), filled);
    }
}

void TestFirstLoad::goesOnAfterACrash()
{
    begin();
    QVERIFY(m_writer->applyFillPage(page(0, 10, false)).ok());
    reopen();
    QVERIFY(m_writer->syncState()->filling);
    QVERIFY(m_writer->applyFillPage(page(10, 10, true)).ok());
    QVERIFY(m_writer->finishFill().ok());
    const auto loaded = layoutNow();
    const auto words = found("SO");
    init();
    QVERIFY(m_writer->applyChanges(page(0, 20, true).rows, "cursor").ok());
    QCOMPARE(layoutNow(), loaded);
    QCOMPARE(found("SO"), words);
}

void TestFirstLoad::endsWhenItsFillIsGivenUp()
{
    begin();
    QVERIFY(m_writer->applyFillPage(page(0, 10, false)).ok());
    begin(); // of another log, where the first five are no more
    QVERIFY(m_writer->applyFillPage(page(5, 15, true)).ok());
    QVERIFY(m_writer->finishFill().ok());
    const auto loaded = layoutNow();
    CacheReader cache(path());
    QCOMPARE(*cache.count(Order::type), 15);
    init();
    QVERIFY(m_writer->applyChanges(page(5, 15, true).rows, "cursor").ok());
    QCOMPARE(layoutNow(), loaded);
}

// What the supplier's people write goes as soon as another fill begins.
void TestFirstLoad::endsWhenItsKindIsEmptiedForAnother()
{
    Note note;
    note.key = "n1";
    const FillPage first{&Note::type, {changeTo(note)}, "more", false, 2};
    for (int times = 0; times < 2; ++times) {
        QVERIFY(m_writer->beginFill({"note"}, "cursor").ok());
        QVERIFY(m_writer->applyFillPage(first).ok());
    }
    QVERIFY(m_writer->applyFillPage({&Note::type, {}, {}, true, 1}).ok());
    QVERIFY(m_writer->finishFill().ok());
    CacheReader cache(path());
    QCOMPARE(*cache.count(Note::type), 1);
}

void TestFirstLoad::comesAgainAfterAPurge()
{
    begin();
    QVERIFY(m_writer->applyFillPage(page(0, 10, false)).ok());
    QVERIFY(m_writer->purgeEverything().ok());
    QVERIFY(!m_writer->wordsWaiting());
    fill(many);
    QVERIFY(m_writer->wordsWaiting());
    QVERIFY(m_writer->purgeEverything().ok());
    QVERIFY(!m_writer->wordsWaiting());
    fill(20);
    const auto loaded = layoutNow();
    init();
    QVERIFY(m_writer->applyChanges(page(0, 20, true).rows, "cursor").ok());
    QCOMPARE(layoutNow(), loaded);
}

// A program that knows a field more than the one before fills from where that one was, and gigabytes take
// minutes.
void TestFirstLoad::rewritesTheFileForAnotherCursorAlone()
{
    QVERIFY(m_writer->applyChanges(page(0, 20, true).rows, "cursor").ok());
    const std::int64_t before = schemaVersion(); // which VACUUM changes
    fill(20);
    QCOMPARE(schemaVersion(), before);
    QVERIFY(m_writer->beginFill({"order"}, "other").ok());
    QVERIFY(m_writer->applyFillPage(page(0, 10, false)).ok());
    reopen();
    QVERIFY(m_writer->beginFill({"order"}, "other").ok()); // given up, and begun where it was to end
    QVERIFY(m_writer->applyFillPage(page(0, 20, true)).ok());
    QVERIFY(m_writer->finishFill().ok());
    QVERIFY(schemaVersion() != before);
}

void TestFirstLoad::findsWordsOnlyOnceTheyAreStored()
{
    fill(many);
    const std::string number = plainOrder(many - 1).number;
    QVERIFY(m_writer->wordsWaiting());
    QCOMPARE(found(number.c_str()), 0);
    QCOMPARE(unsearched(number), many);
    bool told = false;
    while (m_writer->wordsWaiting())
        told = m_writer->storeWords({})->isAllOf(Order::type) || told;
    QVERIFY(told);
    QCOMPARE(found(number.c_str()), 1);
    QCOMPARE(unsearched(number), 0);
    QVERIFY(m_writer->storeWords({})->isEmpty());
}

WordsPiece TestFirstLoad::wordsAhead() const
{
    QEventLoop loop;
    WordsPiece made;
    WordsAhead words(path());
    words.make(*m_writer->wordsWaiting(), [&](const WordsPiece &piece) {
        made = piece;
        loop.quit();
    });
    loop.exec();
    return made;
}

void TestFirstLoad::storesTheWordsOfTheirTime_data()
{
    QTest::addColumn<bool>("ahead");
    QTest::newRow("made when they are stored") << false;
    QTest::newRow("made before") << true;
}

// Rows that change or go before their turn, and one that comes, are found by what they are then.
void TestFirstLoad::storesTheWordsOfTheirTime()
{
    QFETCH(bool, ahead);
    fill(many);
    const WordsPiece piece = ahead ? wordsAhead() : WordsPiece();
    QCOMPARE(piece.rows.size(), ahead ? std::size_t{many} : 0U);
    Order changed = plainOrder(many - 1);
    const std::string before = changed.number;
    changed.number = "ANOTHER-1";
    Change change = changeTo(changed);
    change.sequence = 10'000;
    Change removal;
    removal.kind = &Order::type;
    removal.key = plainOrder(many - 2).key;
    removal.sequence = 10'001;
    Change added = changeTo(plainOrder(many + 7));
    added.sequence = 10'002;
    QVERIFY(m_writer->applyChanges({change, removal, added}, "cursor 2").ok());
    QCOMPARE(found(plainOrder(many + 7).number.c_str()), 1); // not one of those that wait
    QVERIFY(m_writer->storeWords(piece).ok());
    QVERIFY(!m_writer->wordsWaiting());
    QCOMPARE(found("ANOTHER-1"), 1);
    QCOMPARE(found(before.c_str()), 0);
    QCOMPARE(found(plainOrder(many - 2).number.c_str()), 0);
    QCOMPARE(found(plainOrder(many + 7).number.c_str()), 1);
    // And afterwards as ever.
    change.sequence = 10'003;
    change.record.as<Order>()->number = "ANOTHER-2";
    QVERIFY(m_writer->applyChanges({change}, "cursor 3").ok());
    QCOMPARE(found("ANOTHER-1"), 0);
    QCOMPARE(found("ANOTHER-2"), 1);
}

// A piece ends at its limit, and the next one goes on behind it.
void TestFirstLoad::makesWordsAheadPieceByPiece()
{
    constexpr int rows = WordsSource::pieceRows + 3;
    fill(rows);
    const WordsPiece first = wordsAhead();
    QCOMPARE(first.rows.size(), std::size_t{WordsSource::pieceRows});
    QCOMPARE(first.rest().next, first.rows.back().id + 1);
    QVERIFY(m_writer->storeWords(first).ok());
    QCOMPARE(unsearched("SO"), 3);
    QVERIFY(m_writer->storeWords(first).ok()); // again: not taken for the next
    QVERIFY(!m_writer->wordsWaiting());
    QCOMPARE(found(plainOrder(rows - 1).number.c_str()), 1);
}

void TestFirstLoad::passesOverWordsOfAnotherRange()
{
    fill(many);
    const WordsPiece piece = wordsAhead();
    QVERIFY(m_writer->purgeEverything().ok());
    begin();
    QVERIFY(m_writer->applyFillPage(page(many, 5, false)).ok());
    QVERIFY(m_writer->applyFillPage(page(many + 5, many, true)).ok());
    QVERIFY(m_writer->finishFill().ok());
    QVERIFY(m_writer->storeWords(piece).ok());
    QVERIFY(!m_writer->wordsWaiting());
    QCOMPARE(found(plainOrder(3).number.c_str()), 0);
    QCOMPARE(found(plainOrder(many + 3).number.c_str()), 1);
}

void TestFirstLoad::goesOnWithWordsAfterACrash()
{
    fill(many);
    reopen();
    QVERIFY(m_writer->wordsWaiting());
    while (m_writer->wordsWaiting())
        QVERIFY(m_writer->storeWords({}).ok());
    reopen();
    QVERIFY(!m_writer->wordsWaiting());
    QCOMPARE(found(plainOrder(3).number.c_str()), 1);
}

CORE_TEST(TestFirstLoad)
#include "tst_firstload.moc"
