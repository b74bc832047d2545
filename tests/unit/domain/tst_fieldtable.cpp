#include "kinds.h"
#include "order.h"
#include "randomrecord.h"
#include "status.h"
#include "testentry.h"

#include <QtTest>

#include <set>

using namespace Counterfoil;

class TestFieldTable : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void describesEveryKindWell();
    void coversTheWholeStruct();
    void tellsEveryDifference();
    void sharesAndGuardsRecords();
    void findsKinds();

private:
    void checkTable(const RecordType &type);
};

void TestFieldTable::describesEveryKindWell()
{
    std::set<std::string_view> names;
    std::set<std::string_view> plurals;
    for (const RecordType *kind : allKinds()) {
        QVERIFY(names.insert(kind->name).second);
        QVERIFY(plurals.insert(kind->plural).second);
        QVERIFY2(kind->findFlag(Key), kind->name.data());
        QVERIFY2(kind->findFlag(AccountKey), kind->name.data());
        checkTable(*kind);
        for (const Field &field : kind->fields) {
            if (field.type != FieldType::List)
                continue;
            checkTable(*field.element);
            // The cache keeps each list in a table of its own and knows no lists within lists.
            for (const Field &inner : field.element->fields)
                QVERIFY2(inner.type != FieldType::List, inner.name.data());
        }
        // Amounts are in the record's own currency, which their elements share.
        const auto isAmount = [](const Field &field) { return field.type == FieldType::Amount; };
        if (std::ranges::any_of(kind->fields, isAmount))
            QVERIFY2(kind->find("currency"), kind->name.data());
    }
}

void TestFieldTable::checkTable(const RecordType &type)
{
    static const QRegularExpression lowerCamelCase(QStringLiteral("^[a-z][a-zA-Z0-9]*$"));
    std::set<std::string_view> names;
    for (const Field &field : type.fields) {
        const QString name = QString::fromUtf8(field.name.data(), static_cast<qsizetype>(field.name.size()));
        QVERIFY2(lowerCamelCase.match(name).hasMatch(), qPrintable(name));
        QVERIFY2(names.insert(field.name).second, qPrintable(name));
        QVERIFY2(field.title && *field.title, qPrintable(name));
        QCOMPARE(type.find(field.name), &field);
        QCOMPARE(field.type == FieldType::List, field.list != nullptr);
        QCOMPARE(field.type == FieldType::List, field.element != nullptr);
        // Search words are text; what is hidden from some people must not be found by them either.
        if (field.is(Searchable)) {
            QVERIFY2(field.type == FieldType::Text || field.type == FieldType::List, qPrintable(name));
            QVERIFY2(!field.is(Price), qPrintable(name));
        }
    }
    QVERIFY(!type.find("no such field"));
}

// A member that the table forgets is in no derivation, and nothing else would tell.
void TestFieldTable::coversTheWholeStruct()
{
    const auto bytes = [](const RecordType &type) {
        std::size_t size = 0;
        for (const Field &field : type.fields) {
            switch (field.type) {
            case FieldType::Text:
                size += sizeof(std::string);
                break;
            case FieldType::List:
                size += sizeof(std::vector<OrderLine>);
                break;
            case FieldType::Flag:
                size += sizeof(bool);
                break;
            case FieldType::Date:
                size += sizeof(Date);
                break;
            case FieldType::Integer:
            case FieldType::Instant:
            case FieldType::Amount:
            case FieldType::Decimal:
                size += sizeof(std::int64_t);
                break;
            }
        }
        return size;
    };
    // Less than the smallest larger member, a std::int64_t, may be padding, once for each run of small ones.
    QVERIFY(sizeof(Order) - bytes(Order::type) <= 2 * 8 - 1);
    QVERIFY(sizeof(OrderLine) - bytes(OrderLine::type) < 8);
    QCOMPARE(sizeof(OrderEvent), bytes(OrderEvent::type));
    QCOMPARE(sizeof(Status), bytes(Status::type));
}

void TestFieldTable::tellsEveryDifference()
{
    SeededRandom random(5);
    for (const RecordType *kind : allKinds()) {
        AnyRecord a = randomRecord(*kind, random);
        QVERIFY(equal(*kind, a.data(), a.data()));
        for (const Field &field : kind->fields) {
            // The same random numbers again, but for one field.
            SeededRandom seed(6);
            AnyRecord b(*kind);
            AnyRecord c(*kind);
            fillRandomly(*kind, b.data(), seed);
            SeededRandom again(6);
            fillRandomly(*kind, c.data(), again);
            QVERIFY(equal(*kind, b.data(), c.data()));
            if (field.type == FieldType::Text)
                field.in<std::string>(c.data()) += 'x';
            else if (field.type == FieldType::List)
                field.list->append(field.address(c.data()));
            else if (field.type == FieldType::Flag)
                field.in<bool>(c.data()) = !field.in<bool>(c.data());
            else if (field.type == FieldType::Date)
                field.in<Date>(c.data()).daysSinceEpoch ^= 1;
            else
                *static_cast<std::int64_t *>(field.address(c.data())) ^= 1;
            QVERIFY2(!equal(*kind, b.data(), c.data()), field.name.data());
        }
    }
}

void TestFieldTable::sharesAndGuardsRecords()
{
    AnyRecord record(Order::type);
    QVERIFY(!record.isNull());
    record.as<Order>()->number = "SO-1";
    const AnyRecord copy = record;
    QCOMPARE(copy.as<Order>()->number, std::string("SO-1"));
    QVERIFY(!copy.as<Status>());
    QVERIFY(AnyRecord().isNull());
    QVERIFY(!AnyRecord().as<Order>());
}

void TestFieldTable::findsKinds()
{
    for (const RecordType *kind : allKinds())
        QCOMPARE(findKind(kind->name), kind);
    QVERIFY(!findKind("orders"));
    QVERIFY(!findKind(""));
}

CORE_TEST(TestFieldTable)
#include "tst_fieldtable.moc"
