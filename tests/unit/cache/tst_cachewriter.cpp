#include "cachereader.h"
#include "cachewriter.h"
#include "kinds.h"
#include "note.h"
#include "noticebuilder.h"
#include "order.h"
#include "randomrecord.h"
#include "recordreader.h"
#include "status.h"
#include "testentry.h"

#include <QTemporaryDir>
#include <QtTest>

#include <map>

using namespace Counterfoil;

#define VERIFY_OK(expression)                                                                                \
    do {                                                                                                     \
        const auto &outcome_ = (expression);                                                                 \
        QVERIFY2(outcome_, outcome_ ? "" : qPrintable(outcome_.error().detail));                             \
    } while (false)

class TestCacheWriter : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void keepsEveryFieldOfEveryKind();
    void saysWhatABatchDid();
    void passesOverWhatItAlreadyHas();
    void storesTheCursorWithItsChanges();
    void goesOnWithAnInterruptedFill();
    void storesAPageOnlyWhereItIsNewer();
    void takesTheListingOfAnotherLog();
    void removesWhatAFillDidNotBring();
    void showsNothingInternalWhileItFillsAnew();
    void fillsSomeKindsAlone();
    void knowsWhatItsCursorStandsFor();
    void addsWhatAWiderScopeShows();
    void refusesToEndAFillEarly();
    void refusesPagesOfNoFill();

private:
    QString path() const { return m_dir->filePath(QStringLiteral("cache.db")); }
    bool open();
    CacheWriter &writer() { return *m_writer; }
    Change orderChange(const std::string &key, std::int64_t sequence, const std::string &number = "SO");
    FillPage page(std::vector<Change> rows, bool listed, const std::string &next = {});
    std::string numberOf(const std::string &key); // "-" when there is no such order

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<CacheWriter> m_writer;
};

void TestCacheWriter::init()
{
    m_writer.reset();
    m_dir = std::make_unique<QTemporaryDir>();
    QVERIFY(open());
}

bool TestCacheWriter::open()
{
    m_writer.reset();
    auto opened = CacheWriter::open(path());
    if (opened)
        m_writer = std::move(*opened);
    return m_writer != nullptr;
}

Change TestCacheWriter::orderChange(const std::string &key, std::int64_t sequence, const std::string &number)
{
    SeededRandom random(static_cast<std::uint64_t>(sequence));
    Change change = randomChange(Order::type, key, "a1", sequence, random);
    change.record.as<Order>()->number = number;
    return change;
}

FillPage TestCacheWriter::page(std::vector<Change> rows, bool listed, const std::string &next)
{
    FillPage page;
    page.kind = &Order::type;
    page.rows = std::move(rows);
    page.listed = listed;
    page.next = next;
    page.total = 10;
    return page;
}

std::string TestCacheWriter::numberOf(const std::string &key)
{
    CacheReader reader(path());
    const auto row = reader.byKey(Order::type, key);
    if (!row)
        return "error: " + row.error().detail.toStdString();
    return *row ? (*row)->record.as<Order>()->number : "-";
}

// A field that any step forgets (create, upsert, decode) comes back as its default.
void TestCacheWriter::keepsEveryFieldOfEveryKind()
{
    SeededRandom random(1);
    std::vector<Change> changes;
    for (int i = 0; i < 200; ++i) {
        for (const RecordType *kind : allKinds())
            changes.push_back(randomChange(*kind, "k" + std::to_string(i % 150), "a" + std::to_string(i % 7),
                                           static_cast<std::int64_t>(changes.size()) + 1, random));
    }
    VERIFY_OK(writer().applyChanges(changes, "c1"));

    CacheReader reader(path());
    std::map<std::pair<const RecordType *, std::string>, const Change *> latest;
    for (const Change &change : changes)
        latest[{change.kind, change.key}] = &change;
    for (const auto &[id, change] : latest) {
        const auto row = reader.byKey(*change->kind, change->key);
        VERIFY_OK(row);
        QVERIFY(row->has_value());
        QVERIFY2(equal(*change->kind, (*row)->record.data(), change->record.data()),
                 change->kind->name.data());
        QCOMPARE((*row)->version, change->version);
        QCOMPARE((*row)->sequence, change->sequence);
        QCOMPARE((*row)->time, change->time);
    }
}

void TestCacheWriter::saysWhatABatchDid()
{
    auto notice = writer().applyChanges({orderChange("a", 1), orderChange("b", 2), orderChange("a", 3)}, "c");
    VERIFY_OK(notice);
    QCOMPARE(notice->kinds.size(), std::size_t{1});
    QCOMPARE(notice->kinds[0].kind, &Order::type);
    QCOMPARE(notice->kinds[0].inserted.size(), std::size_t{2});
    QVERIFY(notice->kinds[0].updated.empty());

    Change removal;
    removal.kind = &Order::type;
    removal.key = "b";
    removal.sequence = 5;
    Change briefly = orderChange("c", 6);
    Change removalOfC = removal;
    removalOfC.key = "c";
    removalOfC.sequence = 7;
    notice = writer().applyChanges({orderChange("a", 4), removal, briefly, removalOfC}, "c");
    VERIFY_OK(notice);
    QCOMPARE(notice->kinds[0].updated.size(), std::size_t{1});
    QCOMPARE(notice->kinds[0].removed.size(), std::size_t{1});
    QVERIFY(notice->kinds[0].inserted.empty());

    std::vector<Change> many;
    for (std::size_t i = 0; i <= NoticeBuilder::listed; ++i)
        many.push_back(orderChange("m" + std::to_string(i), 100 + static_cast<std::int64_t>(i)));
    notice = writer().applyChanges(many, "c");
    VERIFY_OK(notice);
    QVERIFY(notice->isAllOf(Order::type));
    QVERIFY(!notice->touches(Status::type));

    notice = writer().applyChanges({}, "c2");
    VERIFY_OK(notice);
    QVERIFY(notice->isEmpty());
}

void TestCacheWriter::passesOverWhatItAlreadyHas()
{
    VERIFY_OK(writer().applyChanges({orderChange("a", 5, "five")}, "c5"));
    const auto notice
        = writer().applyChanges({orderChange("a", 4, "four"), orderChange("a", 5, "again")}, "c5");
    VERIFY_OK(notice);
    QVERIFY(notice->isEmpty());
    QCOMPARE(numberOf("a"), std::string("five"));
}

void TestCacheWriter::storesTheCursorWithItsChanges()
{
    QCOMPARE(writer().syncState()->cursor, std::string());
    QCOMPARE(writer().syncState()->incomplete.size(), allKinds().size());
    VERIFY_OK(writer().applyChanges({orderChange("a", 1, "one")}, "c1"));
    QVERIFY(open());
    QCOMPARE(writer().syncState()->cursor, std::string("c1"));
    QCOMPARE(numberOf("a"), std::string("one"));
    QVERIFY(!writer().wasRebuilt());
}

void TestCacheWriter::goesOnWithAnInterruptedFill()
{
    VERIFY_OK(writer().beginFill({"status", "order"}, "c0"));
    VERIFY_OK(writer().applyFillPage(page({orderChange("a", 3), orderChange("b", 2)}, false, "token-2")));
    QVERIFY(open());
    const auto state = writer().syncState();
    VERIFY_OK(state);
    QVERIFY(state->filling);
    QCOMPARE(state->cursor, std::string("c0"));
    QCOMPARE(state->fills.size(), std::size_t{2});
    QCOMPARE(state->fills[0].kind, std::string("status"));
    QCOMPARE(state->fills[1].kind, std::string("order"));
    QCOMPARE(state->fills[1].next, std::string("token-2"));
    QCOMPARE(state->fills[1].done, 2);
    QCOMPARE(state->fills[1].total, 10);
    QVERIFY(!state->fills[1].listed);

    VERIFY_OK(writer().applyFillPage(page({orderChange("c", 1)}, true)));
    FillPage statuses;
    statuses.kind = &Status::type;
    statuses.listed = true;
    VERIFY_OK(writer().applyFillPage(statuses));
    VERIFY_OK(writer().finishFill());
    QVERIFY(!writer().syncState()->filling);
    QVERIFY(writer().syncState()->fills.empty());
    for (const char *key : {"a", "b", "c"})
        QCOMPARE(numberOf(key), std::string("SO"));
}

void TestCacheWriter::storesAPageOnlyWhereItIsNewer()
{
    VERIFY_OK(writer().beginFill({"order"}, "c0"));
    VERIFY_OK(writer().applyChanges({orderChange("a", 8, "received")}, "c8"));
    VERIFY_OK(
        writer().applyFillPage(page({orderChange("a", 7, "listed"), orderChange("b", 7, "listed")}, true)));
    QCOMPARE(numberOf("a"), std::string("received"));
    // Replay reaches what the listing already had in a later state.
    VERIFY_OK(writer().applyChanges({orderChange("b", 6, "replayed")}, "c9"));
    QCOMPARE(numberOf("b"), std::string("listed"));
}

// After the gateway was restored its log may count anew: a listing wins over any row from before.
void TestCacheWriter::takesTheListingOfAnotherLog()
{
    VERIFY_OK(writer().applyChanges({orderChange("a", 900, "old log")}, "c"));
    VERIFY_OK(writer().beginFill({"order"}, "new-c0"));
    QCOMPARE(numberOf("a"), std::string("old log")); // still readable
    VERIFY_OK(writer().applyFillPage(page({orderChange("a", 2, "new log")}, true)));
    QCOMPARE(numberOf("a"), std::string("new log"));
}

void TestCacheWriter::removesWhatAFillDidNotBring()
{
    VERIFY_OK(writer().applyChanges(
        {orderChange("gone", 1), orderChange("listed", 2), orderChange("received", 3)}, "c"));
    VERIFY_OK(writer().beginFill({"order"}, "c0"));
    VERIFY_OK(writer().applyFillPage(page({orderChange("listed", 2)}, true)));
    VERIFY_OK(writer().applyChanges({orderChange("received", 11)}, "c11"));
    QCOMPARE(numberOf("gone"), std::string("SO"));
    const auto notice = writer().finishFill();
    VERIFY_OK(notice);
    QVERIFY(notice->isAllOf(Order::type));
    QCOMPARE(numberOf("gone"), std::string("-"));
    QCOMPARE(numberOf("listed"), std::string("SO"));
    QCOMPARE(numberOf("received"), std::string("SO"));
    QCOMPARE(writer().syncState()->cursor, std::string("c11"));
}

// The person may speak for a customer by now, and the rest of the fill may never come.
void TestCacheWriter::showsNothingInternalWhileItFillsAnew()
{
    SeededRandom random(3);
    VERIFY_OK(
        writer().applyChanges({randomChange(Note::type, "n", "acc", 1, random), orderChange("old", 2)}, "c"));
    QCOMPARE(CacheReader(path()).all(Note::type)->size(), std::size_t{1});
    VERIFY_OK(writer().beginFill({"order", "note"}, "c0"));
    QCOMPARE(CacheReader(path()).all(Note::type)->size(), std::size_t{0});
    QCOMPARE(numberOf("old"), std::string("SO"));
}

void TestCacheWriter::fillsSomeKindsAlone()
{
    SeededRandom random(3);
    VERIFY_OK(
        writer().applyChanges({randomChange(Status::type, "s", "", 1, random), orderChange("gone", 2)}, "c"));
    VERIFY_OK(writer().beginFill({"order"}, "c"));
    VERIFY_OK(writer().applyFillPage(page({}, true)));
    VERIFY_OK(writer().finishFill());
    QCOMPARE(numberOf("gone"), std::string("-"));
    CacheReader reader(path());
    QCOMPARE(reader.all(Status::type)->size(), std::size_t{1});
    const auto incomplete = writer().syncState()->incomplete;
    QCOMPARE(incomplete.size(), allKinds().size() - 1);
    QVERIFY(std::ranges::find(incomplete, "order") == incomplete.end());
}

void TestCacheWriter::knowsWhatItsCursorStandsFor()
{
    const auto covered = [&] { return *CacheReader(path()).covered(); };
    const auto fill = [&](const std::string &cursor) {
        std::vector<std::string> names;
        for (const RecordType *kind : allKinds())
            names.emplace_back(kind->name);
        VERIFY_OK(writer().beginFill(names, cursor));
        for (const RecordType *kind : allKinds())
            VERIFY_OK(writer().applyFillPage({kind, {}, {}, true, 0}));
    };
    QCOMPARE(covered(), 0);
    fill("c6");
    auto notice = writer().applyChanges({orderChange("a", 7)}, "c7", 7);
    QVERIFY(notice && notice->covered == 0); // of what is not listed yet, nothing can be said
    QCOMPARE(covered(), 0);
    notice = writer().finishFill();
    QVERIFY(notice && notice->covered == 7);
    QCOMPARE(covered(), 7);
    // Nothing but the place moved: that is news as well.
    notice = writer().applyChanges({}, "c9", 9);
    VERIFY_OK(notice);
    QCOMPARE(notice->covered, 9);
    QVERIFY(!notice->isEmpty());
    notice = writer().applyChanges({}, "c9", 9);
    QVERIFY(notice && notice->isEmpty());
    notice = writer().applyChanges({}, "c10"); // not told
    QVERIFY(notice && notice->isEmpty());
    QVERIFY(open());
    QCOMPARE(covered(), 9);
    QCOMPARE(writer().syncState()->covered, 9);

    fill("d1"); // the log may be another
    QCOMPARE(covered(), 0);
    VERIFY_OK(writer().applyChanges({}, "d3", 3));
    VERIFY_OK(writer().finishFill());
    QCOMPARE(covered(), 3); // lower than before, and so it is
    VERIFY_OK(writer().purgeEverything());
    QCOMPARE(covered(), 0);
}

void TestCacheWriter::addsWhatAWiderScopeShows()
{
    VERIFY_OK(writer().beginFill({"order"}, "c4"));
    VERIFY_OK(writer().applyFillPage(page({orderChange("mine", 3)}, true)));
    VERIFY_OK(writer().finishFill());
    VERIFY_OK(writer().applyChanges({orderChange("mine", 5, "live")}, "c5", 5));
    const auto incomplete = writer().syncState()->incomplete.size();

    VERIFY_OK(writer().beginFill({"order", "status"}, "d5", "beyond"));
    QVERIFY(open());
    auto state = writer().syncState();
    VERIFY_OK(state);
    QVERIFY(state->filling);
    QCOMPARE(state->cursor, std::string("d5"));
    QCOMPARE(state->covered, 5); // the same place, only seen more widely
    QCOMPARE(state->fills[0].next, std::string("beyond"));
    QCOMPARE(state->fills[1].next, std::string("beyond"));
    QCOMPARE(state->incomplete.size(), incomplete); // orders stay complete

    VERIFY_OK(writer().applyFillPage(page({orderChange("new", 2), orderChange("mine", 4, "stale")}, true)));
    FillPage statuses;
    statuses.kind = &Status::type;
    statuses.listed = true;
    VERIFY_OK(writer().applyFillPage(statuses));
    const auto notice = writer().finishFill();
    QVERIFY(notice && notice->isEmpty());
    QCOMPARE(numberOf("mine"), std::string("live")); // neither swept nor set back
    QCOMPARE(numberOf("new"), std::string("SO"));
    state = writer().syncState();
    QVERIFY(!state->filling);
    QCOMPARE(state->incomplete.size(), incomplete); // statuses were never listed as a whole

    // The next whole fill is a whole one.
    VERIFY_OK(writer().beginFill({"order"}, "e1"));
    QCOMPARE(writer().syncState()->fills[0].next, std::string());
    VERIFY_OK(writer().applyFillPage(page({}, true)));
    VERIFY_OK(writer().finishFill());
    QCOMPARE(numberOf("mine"), std::string("-"));
}

void TestCacheWriter::refusesToEndAFillEarly()
{
    VERIFY_OK(writer().applyChanges({orderChange("a", 1)}, "c"));
    VERIFY_OK(writer().beginFill({"order"}, "c0"));
    VERIFY_OK(writer().applyFillPage(page({}, false, "more")));
    QVERIFY(!writer().finishFill());
    QCOMPARE(numberOf("a"), std::string("SO")); // nothing was removed
    QVERIFY(writer().syncState()->filling);
}

void TestCacheWriter::refusesPagesOfNoFill()
{
    QVERIFY(!writer().applyFillPage(page({orderChange("a", 1)}, true)));
    QCOMPARE(numberOf("a"), std::string("-")); // all of the page, or none
    QVERIFY(!writer().beginFill({"order", "unheard-of"}, "c0"));
    QVERIFY(!writer().syncState()->filling);
}

CORE_TEST(TestCacheWriter)
#include "tst_cachewriter.moc"
