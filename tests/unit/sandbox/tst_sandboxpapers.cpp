#include "account.h"
#include "address.h"
#include "bookscheck.h"
#include "database.h"
#include "document.h"
#include "exactvalue.h"
#include "fixedclock.h"
#include "follower.h"
#include "paper.h"
#include "sandboxlife.h"
#include "testentry.h"

#include <QCryptographicHash>
#include <QGuiApplication>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <atomic>
#include <map>
#include <set>
#include <thread>

using namespace Counterfoil;
using namespace Follower;

namespace {

// Where what is drawn is looked at before it is drawn.
Result<std::string> plainDrawing(const PaperData &data)
{
    return "paper of " + data.invoice.number + data.order.number + data.shipment.number + data.payment.number
        + data.item.number;
}

} // namespace

// The documents that the sandbox issues.
class SandboxPapersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void issuedOnceAndKept();
    void aMovedOfficeChangesNothing();
    void whatThePaperSays();
    void aCreditMemoSaysWhy();
    void whatTheOtherPapersSay();
    void anAcknowledgementIsOfWhatWasOrdered();
    void revisionsOfAnItem();
    void aRevisionTakesThePlaceOfTheLast();
    void everyDocumentCanBeDrawn();
    void whileTheCompanyLives();
    void anUnknownDocument_data();
    void anUnknownDocument();
    void aDrawingThatFails();
    void withoutADrawing();
    void aLockedFile();

private:
    std::unique_ptr<SandboxErp> open(std::int64_t scale = 120);
    QString path() const { return m_dir->filePath(QStringLiteral("erp.sqlite")); }
    template <class Record> std::vector<Record> list(SandboxErp &erp);
    Document record(SandboxErp &erp, const std::string &key);

    std::unique_ptr<QTemporaryDir> m_dir;
    FixedClock m_clock{today};
    PaperDrawing m_drawing = drawPaper;
    std::vector<PaperData> m_drawn; // what was asked to be drawn
};

void SandboxPapersTest::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_clock.set(today);
    m_drawn.clear();
    m_drawing = drawPaper;
}

std::unique_ptr<SandboxErp> SandboxPapersTest::open(std::int64_t scale)
{
    SandboxSettings settings{.scale = scale, .changesPerSecond = 20};
    if (m_drawing) {
        settings.drawing = [this](const PaperData &data) {
            m_drawn.push_back(data);
            return m_drawing(data);
        };
    }
    auto erp = SandboxErp::open(path(), settings, m_clock);
    if (!erp)
        qFatal("%s", qPrintable(erp.error().userText));
    return std::move(*erp);
}

template <class Record> std::vector<Record> SandboxPapersTest::list(SandboxErp &erp)
{
    std::vector<Record> all;
    for (auto &[key, record] : records<Record>(erp))
        all.push_back(record);
    return all;
}

Document SandboxPapersTest::record(SandboxErp &erp, const std::string &key)
{
    const auto all = records<Document>(erp);
    const auto found = all.find(key);
    return found == all.end() ? Document() : found->second;
}

void SandboxPapersTest::issuedOnceAndKept()
{
    auto erp = open();
    const auto documents = list<Document>(*erp);
    QVERIFY(documents.size() > 50);
    QVERIFY(std::ranges::none_of(documents, &Document::issued));
    const std::string key = documents[7].key;
    Held held;
    const std::string before = follow(*erp, held, {});
    int calls = 0;
    erp->setChangeCallback([&calls] { ++calls; });

    const auto first = erp->document(key);
    QVERIFY(first);
    QVERIFY(first->bytes.starts_with("%PDF-"));
    QCOMPARE(first->mediaType, std::string("application/pdf"));
    const QByteArray view = QByteArray::fromStdString(first->bytes);
    QCOMPARE(QByteArray::fromStdString(first->sha256),
             QCryptographicHash::hash(view, QCryptographicHash::Sha256).toHex());
    QCOMPARE(calls, 1);
    // That is a change, of this record alone.
    Held changed;
    QVERIFY(!follow(*erp, changed, before).empty());
    QCOMPARE(changed.size(), std::size_t{1});
    const Document issued = *changed.begin()->second.record.as<Document>();
    QVERIFY(issued.issued);
    QCOMPARE(issued.key, key);
    QCOMPARE(issued.issuedAt, today);
    QCOMPARE(issued.bytes, static_cast<std::int64_t>(first->bytes.size()));
    QCOMPARE(issued.sha256, first->sha256);

    const auto again = erp->document(key);
    QVERIFY(again);
    QVERIFY(again->bytes == first->bytes && again->sha256 == first->sha256);
    QCOMPARE(m_drawn.size(), std::size_t{1});
    QCOMPARE(calls, 1);
    QCOMPARE(booksThatDoNotAddUp(path()).join(u'\n'), QString());
}

void SandboxPapersTest::aMovedOfficeChangesNothing()
{
    auto erp = open(400);
    const auto invoices = list<Invoice>(*erp);
    // The account that has most of them.
    std::map<std::string, int> counts;
    for (const Invoice &invoice : invoices)
        ++counts[invoice.account];
    const std::string account
        = std::ranges::max_element(counts, {}, [](const auto &c) { return c.second; })->first;
    std::vector<Invoice> own;
    std::ranges::copy_if(invoices, std::back_inserter(own),
                         [&](const Invoice &invoice) { return invoice.account == account; });
    QVERIFY(own.size() >= 2);
    const std::string oldAddress = own[0].billToAddress;
    const auto before = erp->document("DOC-" + own[0].key);
    QVERIFY(before);

    Address place;
    place.street = "1 New Street";
    place.city = "Elsewhere";
    place.postalCode = "EL1 1EL";
    QVERIFY(erp->moveAccount(account, place, later(1)));
    const auto accounts = list<Account>(*erp);
    QCOMPARE(std::ranges::find(accounts, account, &Account::key)->city, std::string("Elsewhere"));
    QVERIFY(live(*erp, later(60)) > 0);
    m_clock.set(later(70));
    erp.reset();
    erp = open();
    const auto after = erp->document("DOC-" + own[0].key);
    QVERIFY(after);
    QVERIFY(after->bytes == before->bytes && after->sha256 == before->sha256);
    QCOMPARE(m_drawn.size(), std::size_t{1});
    // Nor is an older invoice, whose paper nobody asked for before, billed to where nobody was then.
    QVERIFY(erp->document("DOC-" + own[1].key));
    QCOMPARE(m_drawn.back().invoice.billToAddress, oldAddress);
    // What is ordered after it, also after a restart, is.
    QVERIFY(live(*erp, later(400)) > 0);
    const auto now = list<Invoice>(*erp);
    const auto moved = std::ranges::find_if(now, [](const Invoice &invoice) {
        return invoice.billToAddress.find("1 New Street\n") != std::string::npos;
    });
    QVERIFY(moved != now.end());
    QCOMPARE(moved->account, account);
    QCOMPARE(booksThatDoNotAddUp(path()).join(u'\n'), QString());

    const auto unknown = erp->moveAccount("A-0", place, later(500));
    QVERIFY(!unknown);
    QCOMPARE(unknown.error().kind, ErrorKind::NotFound);
}

void SandboxPapersTest::whatThePaperSays()
{
    m_drawing = plainDrawing;
    const auto erp = open(600);
    std::set<std::string> notes;
    std::set<std::string> taxes;
    for (const Invoice &invoice : list<Invoice>(*erp)) {
        if (invoice.credit || !erp->document("DOC-" + invoice.key))
            continue;
        const PaperData &data = m_drawn.back();
        QCOMPARE(data.invoice.number, invoice.number);
        QVERIFY(equal(Invoice::type, &data.invoice, &invoice));
        QVERIFY(data.issuedOn.isSet() && data.orderedOn.isSet() && data.shippedOn.isSet());
        QVERIFY(data.orderedOn <= data.shippedOn && data.shippedOn <= data.issuedOn);
        QVERIFY(!data.issuer.name.empty() && !data.accountNumber.empty() && !data.accountName.empty());
        QCOMPARE(data.country.size(), std::size_t{2});
        QVERIFY(data.payTo.size() >= 3);
        QVERIFY(data.creditReason.empty());
        // Nobody is left to wonder why no tax is charged, where there is one.
        if (invoice.tax == Amount() && data.country != "KW" && data.freightTaxRate.isZero())
            QVERIFY2(!data.taxNote.empty(), data.country.c_str());
        notes.insert(data.taxNote.substr(0, 6));
        taxes.insert(data.taxName);
    }
    QCOMPARE(notes, (std::set<std::string>{"", "Revers", "Exempt"}));
    QVERIFY(taxes.contains("VAT") && taxes.contains("Sales tax"));
}

void SandboxPapersTest::aCreditMemoSaysWhy()
{
    m_drawing = plainDrawing;
    const auto erp = open(1'500);
    std::set<std::string> reasons;
    for (const Invoice &memo : list<Invoice>(*erp)) {
        if (!memo.credit)
            continue;
        QVERIFY(erp->document("DOC-" + memo.key));
        const std::string &reason = m_drawn.back().creditReason;
        for (const char *const word : {"damaged", "missing", "charged", "Returned"}) {
            if (reason.find(word) != std::string::npos)
                reasons.insert(word);
        }
        QVERIFY(m_drawn.back().payTo.empty());
    }
    QCOMPARE(reasons, (std::set<std::string>{"damaged", "missing", "charged", "Returned"}));
}

void SandboxPapersTest::whatTheOtherPapersSay()
{
    m_drawing = plainDrawing;
    const auto erp = open(80);
    const auto shipments = records<Shipment>(*erp);
    const auto payments = records<Payment>(*erp);
    std::map<std::string, int> drawn;
    for (const Document &document : list<Document>(*erp)) {
        QVERIFY2(erp->document(document.key), document.key.c_str());
        const PaperData &data = m_drawn.back();
        QCOMPARE(data.paper, document.paper);
        QVERIFY(data.issuedOn.isSet() && !data.issuer.name.empty());
        QCOMPARE(data.accountName.empty(), !document.sku.empty());
        ++drawn[document.paper];
        if (!document.shipment.empty()) {
            const Shipment &shipment = shipments.at(document.shipment);
            QVERIFY(equal(Shipment::type, &data.shipment, &shipment));
            QVERIFY(data.shippedOn.isSet() && data.shippedOn <= data.issuedOn);
            QCOMPARE(data.issuedTime.size(), std::size_t{5});
        }
        if (!document.payment.empty())
            QVERIFY(equal(Payment::type, &data.payment, &payments.at(document.payment)));
        if (document.paper == Paper::proofOfDelivery)
            QVERIFY(!data.shipment.receivedBy.empty() && data.shipment.deliveredAt == document.dated);
        if (!document.sku.empty())
            QVERIFY(data.item.sku == document.sku && data.item.statements.size() > 4);
    }
    for (const Paper &paper : papers())
        QVERIFY2(drawn.contains(std::string(paper.code)), paper.code.data());
}

void SandboxPapersTest::anAcknowledgementIsOfWhatWasOrdered()
{
    m_drawing = plainDrawing;
    const auto erp = open(900);
    int cancelled = 0;
    for (const Order &order : list<Order>(*erp)) {
        if (!erp->document("DOC-" + order.key))
            continue;
        const Order &printed = m_drawn.back().order;
        Amount net;
        Amount tax;
        for (const OrderLine &line : printed.lines) {
            net += line.net;
            tax += line.tax;
            QCOMPARE(line.net, extended(line.ordered, line.unitPrice, minorUnitPlaces(order.currency)));
        }
        QCOMPARE(printed.net, net);
        QVERIFY(printed.tax >= tax); // and the freight's
        QCOMPARE(printed.total, printed.net + printed.tax + printed.freight);
        cancelled += printed.total == order.total ? 0 : 1;
    }
    QVERIFY(cancelled > 0);
}

void SandboxPapersTest::revisionsOfAnItem()
{
    const auto erp = open(10);
    std::map<std::string, std::vector<Document>> ofItem;
    for (const Document &document : list<Document>(*erp)) {
        if (!document.sku.empty() && document.paper != Paper::picture)
            ofItem[document.sku].push_back(document);
    }
    QVERIFY(ofItem.size() > 10);
    std::size_t most = 0;
    for (auto &[sku, documents] : ofItem) {
        std::ranges::sort(documents, {}, [](const Document &document) { return document.dated.ms; });
        // The newest is the one that counts.
        for (std::size_t i = 0; i < documents.size(); ++i)
            QCOMPARE(documents[i].superseded, i + 1 < documents.size());
        most = std::max(most, documents.size());
    }
    QCOMPARE(most, std::size_t{3});
}

// While the company lives, and the feed tells both: what came, and what is not current any more.
void SandboxPapersTest::aRevisionTakesThePlaceOfTheLast()
{
    m_drawing = plainDrawing;
    const auto erp = open(60);
    std::map<std::string, Document> before;
    for (const Document &document : list<Document>(*erp)) {
        if (document.sku.empty())
            continue;
        QVERIFY(erp->document(document.key));
        before[document.key] = record(*erp, document.key);
    }
    Held held;
    std::string position = follow(*erp, held, {});
    const Document *revised = nullptr;
    Document replaced;
    Held changed;
    for (int minute = 1; minute < 400 && !revised; ++minute) {
        QVERIFY(live(*erp, later(minute * 60)) >= 0);
        position = follow(*erp, changed, position);
        for (const auto &[key, change] : changed) {
            const auto *document = change.record.as<Document>();
            if (document && !document->sku.empty() && !before.contains(document->key))
                revised = document;
        }
    }
    QVERIFY(revised);
    QVERIFY(!revised->superseded && !revised->issued && revised->account.empty());
    for (const auto &[key, change] : changed) {
        const auto *document = change.record.as<Document>();
        if (document && document->sku == revised->sku && document->superseded)
            replaced = *document;
    }
    QVERIFY(replaced.issued && replaced.dated < revised->dated && replaced.revision < revised->revision);
    QVERIFY(!before.at(replaced.key).superseded);
    const auto bytes = erp->document(replaced.key);
    QVERIFY(bytes);
    QCOMPARE(bytes->sha256, before.at(replaced.key).sha256); // as it was
    QVERIFY(erp->document(revised->key));
    QCOMPARE(m_drawn.back().item.statements.back().label, std::string("Replaces"));
    QCOMPARE(booksThatDoNotAddUp(path()).join(u'\n'), QString());
}

void SandboxPapersTest::everyDocumentCanBeDrawn()
{
    const auto erp = open(60);
    QVERIFY(live(*erp, later(60)) > 0);
    std::size_t count = 0;
    for (const Document &document : list<Document>(*erp)) {
        const auto issued = erp->document(document.key);
        QVERIFY2(issued, document.key.c_str());
        QVERIFY(issued->bytes.starts_with("%PDF-"));
        ++count;
    }
    QCOMPARE(m_drawn.size(), count);
    QCOMPARE(booksThatDoNotAddUp(path()).join(u'\n'), QString());
    const auto documents = list<Document>(*erp);
    QVERIFY(std::ranges::all_of(documents, &Document::issued));
}

void SandboxPapersTest::whileTheCompanyLives()
{
    const SystemClock clock;
    const SandboxSettings settings{.scale = 200, .changesPerSecond = 500, .drawing = plainDrawing};
    auto opened = SandboxErp::open(path(), settings, clock);
    QVERIFY(opened);
    SandboxErp &erp = **opened;
    const auto documents = list<Document>(erp);
    {
        const SandboxLife life(erp, clock);
        // Two who ask for the same at the same time get the same.
        std::atomic<int> wrong = 0;
        const auto ask = [&] {
            for (std::size_t i = 0; i < documents.size() && i < 100; ++i) {
                const auto issued = erp.document(documents[i].key);
                if (!issued || issued->bytes != "paper of " + documents[i].number)
                    ++wrong;
            }
        };
        std::thread other(ask);
        ask();
        other.join();
        QCOMPARE(wrong.load(), 0);
    }
    QCOMPARE(booksThatDoNotAddUp(path()).join(u'\n'), QString());
}

void SandboxPapersTest::anUnknownDocument_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("none") << QByteArray("DOC-INV-1");
    QTest::newRow("an invoice") << QByteArray("INV-80001");
    QTest::newRow("quotes") << QByteArray("DOC-' OR ''='");
    QTest::newRow("long") << QByteArray(100'000, 'x');
    QTest::newRow("not UTF-8") << QByteArray("\xff\xfe");
}

void SandboxPapersTest::anUnknownDocument()
{
    QFETCH(QByteArray, key);
    const auto erp = open(10);
    const auto issued = erp->document(key.toStdString());
    QVERIFY(!issued);
    QCOMPARE(issued.error().kind, ErrorKind::NotFound);
    QVERIFY(!issued.error().userText.isEmpty());
    QVERIFY(m_drawn.empty());
}

void SandboxPapersTest::aDrawingThatFails()
{
    const auto erp = open(30);
    const std::string key = list<Document>(*erp).front().key;
    m_drawing = [](const PaperData &) -> Result<std::string> {
        return Error{ErrorKind::BadInput, QStringLiteral("No."), {}};
    };
    const auto failed = erp->document(key);
    QVERIFY(!failed);
    QCOMPARE(failed.error().kind, ErrorKind::BadInput);
    m_drawing = [](const PaperData &) { return Result<std::string>(std::string()); };
    const auto empty = erp->document(key);
    QVERIFY(!empty);
    QCOMPARE(empty.error().kind, ErrorKind::BadInput);
    m_drawing = [](const PaperData &) { return Result<std::string>(std::string(65 << 20, 'x')); };
    QVERIFY(!erp->document(key));
    QVERIFY(!record(*erp, key).issued);
    // Any bytes come back as they are.
    std::string bytes(256, 'x');
    for (std::size_t i = 0; i < bytes.size(); ++i)
        bytes[i] = static_cast<char>(i);
    m_drawing = [&bytes](const PaperData &) { return Result<std::string>(bytes); };
    for (int time = 0; time < 2; ++time) {
        const auto issued = erp->document(key);
        QVERIFY(issued);
        QVERIFY(issued->bytes == bytes);
    }
}

void SandboxPapersTest::withoutADrawing()
{
    auto erp = open(30);
    const auto documents = list<Document>(*erp);
    const auto issued = erp->document(documents[0].key);
    QVERIFY(issued);
    erp.reset();
    m_drawing = {};
    erp = open();
    const auto kept = erp->document(documents[0].key);
    QVERIFY(kept && kept->bytes == issued->bytes);
    const auto other = erp->document(documents[1].key);
    QVERIFY(!other);
    QCOMPARE(other.error().kind, ErrorKind::BadInput);
    QVERIFY(!other.error().userText.isEmpty());
}

void SandboxPapersTest::aLockedFile()
{
    const auto erp = open(30);
    const std::string key = list<Document>(*erp).front().key;
    auto other = Sqlite::Database::open(path(), Sqlite::Database::Mode::ReadWrite);
    QVERIFY(other && other->execute("BEGIN IMMEDIATE"));
    const auto refused = erp->document(key);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::StorageLocked);
    QVERIFY(other->execute("ROLLBACK"));
    QVERIFY(erp->document(key));
    QVERIFY(live(*erp, later(60)) > 0);
    QVERIFY(record(*erp, key).issued);
}

GUI_TEST(SandboxPapersTest)
#include "tst_sandboxpapers.moc"
