#include "cachereader.h"
#include "document.h"
#include "invoice.h"
#include "kinds.h"
#include "order.h"
#include "payment.h"
#include "shipment.h"
#include "testcache.h"
#include "testentry.h"

#include <QtTest>

using namespace Counterfoil;

namespace {

Change changeOf(const RecordType &kind, const std::string &key, AnyRecord record = {})
{
    Change change;
    change.kind = &kind;
    change.key = key;
    change.account = "a1";
    change.version = 1;
    change.time = Instant{1'700'000'000'000};
    change.record = record.isNull() ? AnyRecord(kind) : std::move(record);
    return change;
}

// A record of the kind that names `target` in the field, or in the field of the one element of the list.
AnyRecord naming(const RecordType &kind, const Field *list, const Field &field, const std::string &target)
{
    AnyRecord record(kind);
    void *holder = record.data();
    if (list)
        holder = list->list->append(list->address(holder));
    field.in<std::string>(holder) = target;
    return record;
}

const Linked *find(const std::vector<Linked> &linked, const Field &by, bool outgoing)
{
    const auto found = std::ranges::find_if(
        linked, [&](const Linked &each) { return each.by == &by && each.outgoing == outgoing; });
    return found == linked.end() ? nullptr : &*found;
}

std::string keyOf(const Linked &linked)
{
    const RecordType &kind = linked.row.record.type();
    return kind.findFlag(Key)->in<std::string>(linked.row.record.data());
}

} // namespace

class TestLinked : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void followsEveryLinkFieldBothWays_data();
    void followsEveryLinkFieldBothWays();
    void listsTheNewestFirst();
    void stopsAtTheBound();
    void namesARecordOnceForEachField();
    void readsListsOnlyWhenAsked();
    void takesWhatIsNotHere();
};

void TestLinked::followsEveryLinkFieldBothWays_data()
{
    QTest::addColumn<const void *>("kind");
    QTest::addColumn<const void *>("list");
    QTest::addColumn<const void *>("field");
    int rows = 0;
    for (const RecordType *kind : allKinds()) {
        const auto add = [&](const Field *list, const Field &field) {
            if (!field.is(Link))
                return;
            ++rows;
            QTest::addRow("%s.%s%s%s", kind->name.data(), list ? list->name.data() : "", list ? "." : "",
                          field.name.data())
                << static_cast<const void *>(kind) << static_cast<const void *>(list)
                << static_cast<const void *>(&field);
        };
        for (const Field &field : kind->fields) {
            add(nullptr, field);
            for (const Field &inner : field.element ? field.element->fields : std::span<const Field>())
                add(&field, inner);
        }
    }
    QVERIFY(rows >= 6); // shipment.order, invoice's three, payment's parts, document.invoice
}

void TestLinked::followsEveryLinkFieldBothWays()
{
    QFETCH(const void *, kind);
    QFETCH(const void *, list);
    QFETCH(const void *, field);
    const auto &from = *static_cast<const RecordType *>(kind);
    const auto &link = *static_cast<const Field *>(field);
    TestCache cache;
    cache.put({changeOf(*link.target, "target"), changeOf(*link.target, "TARGET"), // another record
               changeOf(from, "from", naming(from, static_cast<const Field *>(list), link, "target")),
               changeOf(from, "neither")});
    CacheReader reader(cache.path());

    const auto outwards = reader.linked({&from, "from"});
    QVERIFY(outwards);
    QCOMPARE(outwards->size(), std::size_t{1});
    const Linked *target = find(*outwards, link, true);
    QVERIFY(target);
    QCOMPARE(&target->row.record.type(), link.target);
    QCOMPARE(keyOf(*target), std::string("target"));

    const auto inwards = reader.linked({link.target, "target"});
    QVERIFY(inwards);
    QCOMPARE(inwards->size(), std::size_t{1});
    const Linked *source = find(*inwards, link, false);
    QVERIFY(source);
    QCOMPARE(&source->row.record.type(), &from);
    QCOMPARE(keyOf(*source), std::string("from"));

    QVERIFY(reader.linked({link.target, "TARGET"})->empty());
    QVERIFY(reader.linked({&from, "neither"})->empty());
}

void TestLinked::listsTheNewestFirst()
{
    TestCache cache;
    Shipment old;
    old.key = "old";
    old.order = "o1";
    old.shippedAt = {1'000};
    Invoice middle;
    middle.key = "middle";
    middle.order = "o1";
    middle.issuedAt = {2'000};
    Shipment young;
    young.key = "young";
    young.order = "o1";
    young.shippedAt = {3'000};
    cache.put({changeTo(young), changeTo(old), changeTo(middle)});
    CacheReader reader(cache.path());
    const auto linked = reader.linked({&Order::type, "o1"});
    QVERIFY(linked);
    QCOMPARE(linked->size(), std::size_t{3});
    QCOMPARE(keyOf((*linked)[0]), std::string("young"));
    QCOMPARE(keyOf((*linked)[1]), std::string("middle"));
    QCOMPARE(keyOf((*linked)[2]), std::string("old"));
}

void TestLinked::stopsAtTheBound()
{
    TestCache cache;
    std::vector<Change> changes;
    for (int i = 0; i < CacheReader::linkedPerField + 50; ++i) {
        Shipment shipment;
        shipment.key = "s" + std::to_string(i);
        shipment.order = "o1";
        shipment.shippedAt = {1'000 + i};
        changes.push_back(changeTo(shipment));
    }
    cache.put(changes);
    CacheReader reader(cache.path());
    const auto linked = reader.linked({&Order::type, "o1"});
    QVERIFY(linked);
    QCOMPARE(linked->size(), std::size_t{CacheReader::linkedPerField});
    QCOMPARE(keyOf(linked->front()), "s" + std::to_string(CacheReader::linkedPerField + 49));
}

void TestLinked::namesARecordOnceForEachField()
{
    TestCache cache;
    Payment payment;
    payment.key = "p";
    payment.parts
        = {{"i1", "INV-1", {}, {}}, {"i1", "INV-1", {}, {}}, {"i2", "INV-2", {}, {}}, {"", "", {}, {}}};
    Invoice one;
    one.key = "i1";
    Invoice two;
    two.key = "i2";
    cache.put({changeTo(payment), changeTo(one), changeTo(two)});
    CacheReader reader(cache.path());
    QCOMPARE(reader.linked({&Payment::type, "p"})->size(), std::size_t{2});
    QCOMPARE(reader.linked({&Invoice::type, "i1"})->size(), std::size_t{1}); // though two parts name it
}

void TestLinked::readsListsOnlyWhenAsked()
{
    TestCache cache;
    Shipment shipment;
    shipment.key = "s";
    shipment.order = "o1";
    shipment.parcels.resize(2);
    cache.put({changeTo(shipment)});
    CacheReader reader(cache.path());
    const auto parcels = [&](WithLists lists) {
        return reader.linked({&Order::type, "o1"}, lists)->front().row.record.as<Shipment>()->parcels.size();
    };
    QCOMPARE(parcels(WithLists::No), std::size_t{0});
    QCOMPARE(parcels(WithLists::Yes), std::size_t{2});
}

void TestLinked::takesWhatIsNotHere()
{
    TestCache cache;
    Document document;
    document.key = "d";
    document.invoice = "i1"; // which this machine does not have
    cache.put({changeTo(document)});
    CacheReader reader(cache.path());
    QVERIFY(reader.linked({})->empty());
    QVERIFY(reader.linked({&Order::type, ""})->empty());
    QVERIFY(reader.linked({&Order::type, "no such key"})->empty());
    QVERIFY(reader.linked({&Document::type, "d"})->empty());
    QCOMPARE(reader.linked({&Invoice::type, "i1"})->size(), std::size_t{1});
}

CORE_TEST(TestLinked)
#include "tst_linked.moc"
