#include "account.h"
#include "documentbatch.h"
#include "gatherstep.h"
#include "heldport.h"
#include "invoice.h"
#include "item.h"
#include "savestep.h"
#include "testcache.h"
#include "testentry.h"

#include <QDir>
#include <QSignalSpy>
#include <QtTest>

using namespace Counterfoil;

namespace {

using State = DocumentBatch::State;
using ItemState = DocumentBatch::ItemState;

// Notes what it takes, and answers when the test says so.
class NotingStep final : public BatchStep
{
public:
    struct Seen
    {
        QStringList taken;
        Answer answer;
        End ending;
        int cancels = 0;
        bool atOnce = true;
        bool order = false;
        bool all = false;
    };
    explicit NotingStep(Seen &seen)
        : m_seen(seen)
    { }
    bool keepsOrder() const override { return m_seen.order; }
    bool needsAll() const override { return m_seen.all; }
    void take(std::size_t, const OutgoingDocument &document, const QString &file, Answer answer) override
    {
        Q_ASSERT(QFile::exists(file));
        m_seen.taken.append(document.number);
        if (m_seen.atOnce)
            answer(QString());
        else
            m_seen.answer = std::move(answer);
    }
    void end(End end) override
    {
        if (m_seen.atOnce)
            end(Done(), {});
        else
            m_seen.ending = std::move(end);
    }
    void cancel() override { ++m_seen.cancels; }

private:
    Seen &m_seen;
};

Error offline()
{
    return {ErrorKind::Offline, QStringLiteral("It is fetched once the gateway can be reached again.")};
}

} // namespace

class TestDocumentBatch : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void savesUnderItsNames();
    void namesWhatFailedAndGoesOn();
    void waitsWhileOffline();
    void pausesAndGoesOn();
    void keepsTheOrderWhereItMatters();
    void isStuckUntilSomebodyDecides();
    void takesBlameAtTheEnd();
    void cancelGivesEverythingUp();
    void asksAgainWhenAnAnswerIsLost();
    void asksAgainAlsoAfterARetry();
    void gatheringWantsAllAndTakesEachOnce();
    void fetchesAFewAtATime();
    void takesAsManyAsThereMayBe();
    void readsWhatTheRowsHave();

private:
    static std::vector<OutgoingDocument> documents(HeldPort &port, int count)
    {
        std::vector<OutgoingDocument> all;
        for (int i = 1; i <= count; ++i)
            all.push_back(port.put(QStringLiteral("INV-%1").arg(i), "%PDF-" + QByteArray::number(i)));
        return all;
    }
};

void TestDocumentBatch::savesUnderItsNames()
{
    HeldPort port;
    auto all = documents(port, 3);
    all[2].number = all[1].number; // two of one name
    QTemporaryDir folder;
    DocumentBatch batch(
        all, std::make_unique<SaveStep>(folder.path(), NamePattern(QStringLiteral("{number}"))), port);
    batch.start();
    QTRY_COMPARE(batch.state(), State::Done);
    QCOMPARE(batch.count(ItemState::Taken), 3U);
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden, QDir::Name),
             (QStringList{QStringLiteral("INV-1.pdf"), QStringLiteral("INV-2 (2).pdf"),
                          QStringLiteral("INV-2.pdf")}));
    QFile second(folder.filePath(QStringLiteral("INV-2 (2).pdf")));
    QVERIFY(second.open(QIODevice::ReadOnly));
    QCOMPARE(second.readAll(), QByteArray("%PDF-3"));
}

void TestDocumentBatch::namesWhatFailedAndGoesOn()
{
    HeldPort port;
    auto all = documents(port, 4);
    port.failing.insert(all[1].key, {ErrorKind::NotFound, QStringLiteral("It is gone.")});
    all[2].sha256 = QString(64, u'0'); // what is on the disk is not what was issued
    QTemporaryDir folder;
    DocumentBatch batch(all, std::make_unique<SaveStep>(folder.path(), NamePattern()), port);
    batch.start();
    QTRY_COMPARE(batch.state(), State::Done);
    QCOMPARE(batch.count(ItemState::Taken), 2U);
    QCOMPARE(batch.items()[1].error.userText, QStringLiteral("It is gone."));
    QCOMPARE(batch.items()[2].error.kind, ErrorKind::StorageCorrupt);
    // It is there now, and taken; the other fails as before.
    port.failing.clear();
    batch.retryFailed();
    QCOMPARE(batch.state(), State::Running);
    QTRY_COMPARE(batch.state(), State::Done);
    QCOMPARE(batch.count(ItemState::Taken), 3U);
    QCOMPARE(batch.count(ItemState::Failed), 1U);
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 3);
}

void TestDocumentBatch::waitsWhileOffline()
{
    HeldPort port;
    const auto all = documents(port, 50);
    for (int i = 0; i < 40; ++i)
        port.failing.insert(all[size_t(i)].key, offline());
    NotingStep::Seen seen;
    DocumentBatch batch(all, std::make_unique<NotingStep>(seen), port);
    batch.start();
    // No more are asked for than may be awaited; with one less to come, the next is.
    QTRY_COMPARE(port.wanted.size(), qsizetype{DocumentBatch::mostAwaited});
    QTRY_COMPARE(batch.waitsFor(), offline().userText);
    QCOMPARE(batch.state(), State::Running);
    port.failing.clear();
    for (int i = 0; i < 40; ++i)
        port.come(all[size_t(i)].key);
    QTRY_COMPARE(batch.state(), State::Done);
    QCOMPARE(batch.count(ItemState::Taken), 50U);
    QVERIFY(batch.waitsFor().isEmpty());
}

void TestDocumentBatch::pausesAndGoesOn()
{
    HeldPort port;
    NotingStep::Seen seen;
    seen.atOnce = false;
    DocumentBatch batch(documents(port, 6), std::make_unique<NotingStep>(seen), port);
    batch.start();
    QTRY_VERIFY(seen.answer);
    batch.pause();
    seen.answer(QString());
    QSignalSpy changed(&batch, &DocumentBatch::changed);
    QVERIFY(changed.wait());
    QCoreApplication::processEvents();
    QCOMPARE(seen.taken.size(), 1);
    QCOMPARE(batch.state(), State::Paused);
    seen.atOnce = true;
    batch.resume();
    QTRY_COMPARE(batch.state(), State::Done);
    QCOMPARE(seen.taken.size(), 6);
}

void TestDocumentBatch::keepsTheOrderWhereItMatters()
{
    HeldPort port;
    const auto all = documents(port, 3);
    port.takeAway(all[0]);
    NotingStep::Seen seen;
    seen.order = true;
    DocumentBatch batch(all, std::make_unique<NotingStep>(seen), port);
    batch.start();
    QTRY_COMPARE(batch.count(ItemState::Here), 2U);
    QVERIFY(seen.taken.isEmpty());
    port.bringBack(all[0]);
    port.come(all[0].key);
    QTRY_COMPARE(batch.state(), State::Done);
    QCOMPARE(seen.taken,
             (QStringList{QStringLiteral("INV-1"), QStringLiteral("INV-2"), QStringLiteral("INV-3")}));
}

void TestDocumentBatch::isStuckUntilSomebodyDecides()
{
    HeldPort port;
    const auto all = documents(port, 3);
    port.failing.insert(all[1].key, {ErrorKind::NotFound, QStringLiteral("It is gone.")});
    NotingStep::Seen seen;
    seen.all = true;
    DocumentBatch batch(all, std::make_unique<NotingStep>(seen), port);
    batch.start();
    QTRY_COMPARE(batch.state(), State::Stuck);
    batch.leaveOutFailed();
    QTRY_COMPARE(batch.state(), State::Done);
    QCOMPARE(batch.count(ItemState::LeftOut), 1U);
    QCOMPARE(batch.count(ItemState::Taken), 2U);
}

void TestDocumentBatch::takesBlameAtTheEnd()
{
    HeldPort port;
    NotingStep::Seen seen;
    seen.all = true;
    DocumentBatch batch(documents(port, 3), std::make_unique<NotingStep>(seen), port);
    seen.atOnce = false;
    batch.start();
    for (int taken = 1; taken <= 3; ++taken) {
        QTRY_COMPARE(seen.taken.size(), taken);
        seen.answer(QString());
    }
    QTRY_VERIFY(seen.ending);
    QCOMPARE(batch.state(), State::Ending);
    seen.ending(Error{ErrorKind::BadInput, QStringLiteral("One is damaged.")},
                {{1, Error{ErrorKind::BadInput, QStringLiteral("It is damaged.")}}});
    QCOMPARE(batch.state(), State::Stuck);
    QCOMPARE(batch.items()[1].error.userText, QStringLiteral("It is damaged."));
    seen.atOnce = true;
    batch.leaveOutFailed();
    QTRY_COMPARE(batch.state(), State::Done);
}

void TestDocumentBatch::cancelGivesEverythingUp()
{
    HeldPort port;
    const auto all = documents(port, 6);
    port.takeAway(all[1]);
    NotingStep::Seen seen;
    seen.atOnce = false;
    DocumentBatch batch(all, std::make_unique<NotingStep>(seen), port);
    QSignalSpy over(&batch, &DocumentBatch::over);
    batch.start();
    QTRY_VERIFY(seen.answer);
    batch.cancel();
    QCOMPARE(seen.cancels, 1);
    QCOMPARE(port.forgotten, QStringList{all[1].key});
    seen.answer(QString()); // too late
    QVERIFY(over.wait());
    QCOMPARE(batch.state(), State::Cancelled);
    QCOMPARE(batch.count(ItemState::Taken), 0U);
    QCOMPARE(over.size(), 1);
}

void TestDocumentBatch::asksAgainWhenAnAnswerIsLost()
{
    HeldPort port;
    const auto all = documents(port, 1);
    port.takeAway(all[0]);
    NotingStep::Seen seen;
    constexpr int patienceMs = 20;
    DocumentBatch batch(all, std::make_unique<NotingStep>(seen), port, nullptr, patienceMs);
    batch.start();
    QTRY_COMPARE(port.wanted.size(), 1);
    port.bringBack(all[0]);
    QTRY_COMPARE(batch.state(), State::Done);
    QVERIFY(port.wanted.size() >= 2);
}

void TestDocumentBatch::asksAgainAlsoAfterARetry()
{
    HeldPort port;
    const auto all = documents(port, 1);
    port.failing.insert(all[0].key, {ErrorKind::NotFound, QStringLiteral("gone")});
    NotingStep::Seen seen;
    constexpr int patienceMs = 20;
    DocumentBatch batch(all, std::make_unique<NotingStep>(seen), port, nullptr, patienceMs);
    batch.start();
    QTRY_COMPARE(batch.state(), State::Done);
    port.failing.clear();
    port.takeAway(all[0]);
    batch.retryFailed();
    QTRY_COMPARE(port.wanted.size(), 2);
    port.bringBack(all[0]);
    QTRY_COMPARE(batch.count(DocumentBatch::ItemState::Taken), 1U);
}

void TestDocumentBatch::gatheringWantsAllAndTakesEachOnce()
{
    HeldPort port;
    const auto all = documents(port, 3);
    port.failing.insert(all[1].key, {ErrorKind::NotFound, QStringLiteral("gone")});
    const QTemporaryDir out;
    DocumentBatch batch(
        all, std::make_unique<GatherStep>(out.path(), NamePattern(QStringLiteral("{number}"))), port);
    batch.start();
    QTRY_COMPARE(batch.state(), State::Stuck);
    batch.retryFailed();
    QTRY_COMPARE(batch.state(), State::Stuck);
    batch.leaveOutFailed();
    QTRY_COMPARE(batch.state(), State::Done);
    QCOMPARE(batch.count(DocumentBatch::ItemState::LeftOut), 1U);
    QCOMPARE(QDir(out.path()).entryList(QDir::Files | QDir::Hidden).size(), 2);
}

void TestDocumentBatch::fetchesAFewAtATime()
{
    HeldPort port;
    const auto all = documents(port, 20);
    for (const OutgoingDocument &document : all)
        port.takeAway(document);
    NotingStep::Seen seen;
    DocumentBatch batch(all, std::make_unique<NotingStep>(seen), port);
    batch.start();
    QCOMPARE(port.wanted.size(), qsizetype{DocumentBatch::fetchedAtOnce});
    port.bringBack(all[0]);
    port.come(all[0].key);
    QTRY_COMPARE(port.wanted.size(), qsizetype{DocumentBatch::fetchedAtOnce} + 1);
}

void TestDocumentBatch::takesAsManyAsThereMayBe()
{
    HeldPort port;
    const auto all = documents(port, int{DocumentBatch::mostDocuments});
    NotingStep::Seen seen;
    DocumentBatch batch(all, std::make_unique<NotingStep>(seen), port);
    batch.start();
    QTRY_COMPARE_WITH_TIMEOUT(batch.state(), State::Done, 20'000);
    QCOMPARE(batch.count(ItemState::Taken), DocumentBatch::mostDocuments);
}

void TestDocumentBatch::readsWhatTheRowsHave()
{
    TestCache cache;
    Account account;
    account.key = account.account = "a1";
    account.number = "10432";
    account.name = "Harbour Supply Co.";
    Invoice invoice;
    invoice.key = "i1";
    invoice.account = "a1";
    invoice.number = "INV-1";
    invoice.poReference = "PO-7";
    invoice.currency = "EUR";
    invoice.net = {1000};
    invoice.tax = {190};
    invoice.total = {1190};
    Invoice bare = invoice;
    bare.key = "i2";
    bare.number = "INV-2";
    Document document;
    document.key = "d1";
    document.account = "a1";
    document.number = "INV-1";
    document.paper = "invoice";
    document.mediaType = "application/pdf";
    document.invoice = "i1";
    cache.put({changeTo(account), changeTo(invoice), changeTo(bare), changeTo(document)});
    CacheReader reader(cache.path());
    const auto set = readOutgoing(reader, {&Invoice::type, {}, {"i1", "i2"}}, true);
    QVERIFY(set);
    QCOMPARE(set->without, QStringList{QStringLiteral("INV-2")});
    QCOMPARE(set->documents.size(), 1U);
    const OutgoingDocument &found = set->documents.front();
    QCOMPARE(found.accountName, QStringLiteral("Harbour Supply Co."));
    QCOMPARE(found.poReference, QStringLiteral("PO-7"));
    QVERIFY(found.amounts && found.amounts->total.minor == 1190 && found.amounts->currency == "EUR");
    // The same of the document itself, by its row; without prices there are no amounts.
    const auto row = reader.byKey(Document::type, "d1");
    QVERIFY(row && *row);
    const auto same = readOutgoing(reader, {&Document::type, {(*row)->id}, {}}, false);
    QVERIFY(same && same->documents.size() == 1);
    QVERIFY(!same->documents.front().amounts);
    QCOMPARE(same->documents.front().key, found.key);
    // Of an item, what is said of it goes out, and its picture does not.
    Item item;
    item.key = item.sku = "HT-1001";
    Document sheet;
    sheet.key = "d2";
    sheet.sku = item.sku;
    sheet.paper = Paper::safetyDataSheet;
    Document picture = sheet;
    picture.key = "d3";
    picture.paper = Paper::picture;
    cache.put({changeTo(item), changeTo(sheet), changeTo(picture)});
    const auto ofItem = readOutgoing(reader, {&Item::type, {}, {item.key}}, true);
    QVERIFY(ofItem && ofItem->documents.size() == 1);
    QCOMPARE(ofItem->documents.front().key, QStringLiteral("d2"));
}

CORE_TEST(TestDocumentBatch)
#include "tst_documentbatch.moc"
