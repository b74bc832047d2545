#include "connectorconformance.h"

#include "document.h"
#include "kinds.h"

#include <QCryptographicHash>
#include <QtTest>

#include <algorithm>

namespace Counterfoil {

namespace {

constexpr int mostBatches = 100'000; // a history that never ends is none

QByteArray nameOf(const std::pair<const RecordType *, std::string> &record)
{
    return QByteArray(record.first->name.data(), qsizetype(record.first->name.size())) + ' '
        + QByteArray::fromStdString(record.second);
}

} // namespace

bool ConnectorConformance::take(Projection &projection, const ErpBatch &batch)
{
    std::set<Record> inBatch;
    for (const Change &change : batch.changes) {
        const bool whole = change.kind && !change.key.empty() && change.version >= 1;
        if (!whole || findKind(change.kind->name) != change.kind)
            return false;
        const Record record{change.kind, change.key};
        if (change.record.isNull()) {
            projection.records.erase(record);
            continue;
        }
        const auto &key = change.kind->findFlag(Key)->in<std::string>(change.record.data());
        const auto &account = change.kind->findFlag(AccountKey)->in<std::string>(change.record.data());
        if (&change.record.type() != change.kind || key != change.key || account != change.account)
            return false;
        // A gateway keeps the higher version, and the first of two alike.
        const auto before = projection.records.find(record);
        if (before == projection.records.end() || before->second.version < change.version)
            projection.records.insert_or_assign(record, change);
    }
    projection.position = batch.position;
    ++projection.batches;
    return !batch.position.empty();
}

bool ConnectorConformance::follow(Projection &projection, int limit, bool anew)
{
    for (int asked = 0; asked < mostBatches; ++asked) {
        if (anew || !m_connector)
            m_connector = m_subject.open();
        const auto batch = m_connector->changesAfter(projection.position, limit);
        if (!batch) {
            qWarning("%s (%s)", qUtf8Printable(batch.error().userText), qUtf8Printable(batch.error().detail));
            return false;
        }
        if (!take(projection, *batch))
            return false;
        if (!batch->more)
            return true;
    }
    return false;
}

void ConnectorConformance::compare(const Projection &a, const Projection &b)
{
    for (const auto &[record, change] : a.records) {
        const auto other = b.records.find(record);
        QVERIFY2(other != b.records.end(), QByteArray(nameOf(record) + " is missing").constData());
        for (const Field &field : record.first->fields) {
            QVERIFY2(equalField(field, change.record.data(), other->second.record.data()),
                     QByteArray(nameOf(record) + " differs in " + field.name.data()).constData());
        }
    }
    QCOMPARE(a.records.size(), b.records.size());
}

const ConnectorConformance::Projection &ConnectorConformance::whole()
{
    if (m_whole.position.empty() && !follow(m_whole, usualLimit))
        m_whole = {};
    return m_whole;
}

void ConnectorConformance::tellsEveryRecordFromTheBeginning()
{
    QVERIFY(!whole().records.empty());
    std::set<std::string_view> kinds;
    for (const auto &[record, change] : whole().records) {
        kinds.insert(record.first->name);
        // Links lead somewhere, or a person clicks on nothing.
        for (const Field &field : record.first->fields) {
            if (!field.is(Link) || field.in<std::string>(change.record.data()).empty())
                continue;
            const Record target{field.target, field.in<std::string>(change.record.data())};
            QVERIFY2(whole().records.contains(target),
                     QByteArray(nameOf(record) + " refers to " + nameOf(target)).constData());
        }
    }
    for (const char *kind : {"status", "account", "order", "shipment", "invoice", "payment", "creditStanding",
                             "document", "address", "contact", "item"})
        QVERIFY2(kinds.contains(kind), kind);
}

void ConnectorConformance::tellsTheSameAgain()
{
    Projection again;
    QVERIFY(follow(again, usualLimit));
    compare(whole(), again);
}

void ConnectorConformance::goesOnFromEachPositionInAnotherProcess()
{
    Projection pieces;
    QVERIFY(follow(pieces, 97, true));
    QVERIFY(pieces.batches > 2);
    compare(whole(), pieces);
}

void ConnectorConformance::takesTheSamePositionTwice()
{
    Projection twice;
    bool more = true;
    while (more) {
        const std::string position = twice.position;
        const auto lost = m_connector->changesAfter(position, 211);
        QVERIFY(lost);
        const auto batch = m_connector->changesAfter(position, 211);
        QVERIFY(batch);
        QCOMPARE(batch->changes.size(), lost->changes.size());
        QVERIFY(take(twice, *batch));
        more = batch->more;
    }
    compare(whole(), twice);
}

void ConnectorConformance::keepsTheLimit_data()
{
    QTest::addColumn<int>("limit");
    for (const int limit : {2, 3, 50, 1'000'000})
        QTest::addRow("%d", limit) << limit;
}

void ConnectorConformance::keepsTheLimit()
{
    QFETCH(int, limit);
    std::string position;
    for (int asked = 0; asked < 40; ++asked) {
        const auto batch = m_connector->changesAfter(position, limit);
        QVERIFY(batch);
        QVERIFY(std::ssize(batch->changes) <= limit);
        position = batch->position;
        if (!batch->more)
            break;
    }
}

void ConnectorConformance::staysQuietWhenNothingChanges()
{
    Projection copy = whole();
    QVERIFY(follow(copy, usualLimit));
    for (int asked = 0; asked < 3; ++asked) {
        const auto batch = m_connector->changesAfter(copy.position, usualLimit);
        QVERIFY(batch);
        QVERIFY(batch->changes.empty());
        QVERIFY(!batch->more);
        QVERIFY(take(copy, *batch));
    }
}

void ConnectorConformance::tellsOfAChange()
{
    Projection following = whole();
    QVERIFY(follow(following, usualLimit));
    const Record record = m_subject.change();
    QVERIFY(record.first);
    const auto before = following.records.find(record);
    QVERIFY2(before != following.records.end(), nameOf(record).constData());
    const Change was = before->second;
    QVERIFY(follow(following, usualLimit));
    const Change &is = following.records.at(record);
    QVERIFY(is.version > was.version);
    QVERIFY(!equal(*record.first, is.record.data(), was.record.data()));
    m_whole = {};
    compare(whole(), following);
}

void ConnectorConformance::tellsOfAChangeAgainWhenItWasLost()
{
    Projection following = whole();
    QVERIFY(follow(following, usualLimit));
    const Record record = m_subject.change();
    const std::string position = following.position;
    const auto lost = m_connector->changesAfter(position, usualLimit);
    QVERIFY(lost);
    QVERIFY(!lost->changes.empty());
    // The gateway could not store it, and asks as before: this connector, then another.
    for (const bool anew : {false, true}) {
        if (anew)
            m_connector = m_subject.open();
        const auto again = m_connector->changesAfter(position, usualLimit);
        QVERIFY(again);
        QVERIFY2(std::ranges::any_of(again->changes,
                                     [&](const Change &change) {
                                         return change.kind == record.first && change.key == record.second;
                                     }),
                 nameOf(record).constData());
    }
    QVERIFY(follow(following, usualLimit));
    m_whole = {};
    compare(whole(), following);
}

void ConnectorConformance::tellsOfARemoval()
{
    if (!m_subject.remove)
        QSKIP("Nothing is ever removed from this ERP.");
    Projection following = whole();
    QVERIFY(follow(following, usualLimit));
    const Record record = m_subject.remove();
    QVERIFY2(following.records.contains(record), nameOf(record).constData());
    QVERIFY(follow(following, usualLimit));
    QVERIFY2(!following.records.contains(record), nameOf(record).constData());
    m_whole = {};
    compare(whole(), following);
}

void ConnectorConformance::refusesAPositionOfAnotherHistory()
{
    const std::string elsewhere = m_subject.elsewhere(whole().position);
    QVERIFY(!elsewhere.empty() && elsewhere != whole().position);
    for (const std::string &position :
         {std::string("nonsense"), std::string(":"), std::string(100'000, 'x'), elsewhere}) {
        const auto batch = m_connector->changesAfter(position, usualLimit);
        QVERIFY2(!batch, position.substr(0, 100).c_str());
        QCOMPARE(batch.error().kind, ErrorKind::NotFound);
        QVERIFY(!batch.error().userText.isEmpty());
    }
}

void ConnectorConformance::givesADocumentTwiceAlike()
{
    if (!m_subject.hasDocuments)
        QSKIP("This ERP makes no PDF here.");
    Projection following = whole();
    const auto found = std::ranges::find_if(following.records, [](const auto &entry) {
        return entry.first.first == &Document::type && !entry.second.record.template as<Document>()->issued;
    });
    QVERIFY(found != following.records.end());
    const Record record = found->first;
    const auto first = m_connector->document(record.second);
    QVERIFY2(first, first ? "" : qPrintable(first.error().userText + first.error().detail));
    QVERIFY(first->bytes.starts_with("%PDF-"));
    const auto digest
        = QCryptographicHash::hash(QByteArray::fromStdString(first->bytes), QCryptographicHash::Sha256)
              .toHex();
    QCOMPARE(QByteArray::fromStdString(first->sha256), digest);
    m_connector = m_subject.open();
    const auto second = m_connector->document(record.second);
    QVERIFY(second);
    QCOMPARE(second->sha256, first->sha256);
    QVERIFY(follow(following, usualLimit));
    const Document document = *following.records.at(record).record.as<Document>();
    QVERIFY(document.issued);
    QCOMPARE(document.sha256, first->sha256);
    QCOMPARE(document.bytes, std::int64_t(first->bytes.size()));
    QCOMPARE(document.mediaType, first->mediaType);
}

void ConnectorConformance::knowsNoDocumentThatIsNone()
{
    for (const char *key : {"", "nonsense", "invoice-999999999", "invoice--1", "invoice-1x"}) {
        const auto answer = m_connector->document(key);
        QVERIFY2(!answer, key);
        QCOMPARE(answer.error().kind, ErrorKind::NotFound);
    }
}

void ConnectorConformance::knowsNoCommandThatNeverCame()
{
    const auto effect = m_connector->findByKey("6d1b6f2e-0000-4000-8000-000000000000");
    QVERIFY(effect);
    QVERIFY(!effect->has_value());
}

} // namespace Counterfoil
