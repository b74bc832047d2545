#include "bookscheck.h"
#include "document.h"
#include "fixedclock.h"
#include "follower.h"
#include "invoice.h"
#include "payment.h"
#include "testentry.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <map>

using namespace Counterfoil;
using namespace Follower;

// What the sandbox's accounts are told of each month.
class SandboxStatementsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void statementsLeadFromMonthToMonth();
    void aMonthThatEndsIsStated();

private:
    std::unique_ptr<SandboxErp> open(std::int64_t scale)
    {
        const SandboxSettings settings{
            .scale = scale, .changesPerSecond = 20, .drawing = [this](const PaperData &data) {
                m_drawn.push_back(data);
                return Result<std::string>("paper of " + data.statement.number);
            }};
        auto erp = SandboxErp::open(path(), settings, m_clock);
        if (!erp)
            qFatal("%s", qPrintable(erp.error().userText));
        return std::move(*erp);
    }
    QString path() const { return m_dir.filePath(QString::fromLatin1(QTest::currentTestFunction())); }
    template <class Record> static std::vector<Record> list(SandboxErp &erp)
    {
        std::vector<Record> all;
        for (auto &[key, record] : records<Record>(erp))
            all.push_back(record);
        return all;
    }

    QTemporaryDir m_dir;
    FixedClock m_clock{today};
    std::vector<PaperData> m_drawn;
};

void SandboxStatementsTest::statementsLeadFromMonthToMonth()
{
    const auto erp = open(400);
    std::map<std::string, std::map<Date, PaperStatement>> all;
    for (const Document &document : list<Document>(*erp)) {
        if (document.paper != Paper::statement)
            continue;
        QVERIFY(erp->document(document.key));
        const PaperStatement &statement = m_drawn.back().statement;
        QCOMPARE(statement.number, document.number);
        QVERIFY(!statement.movements.empty() && statement.currency.size() == 3);
        for (const auto &movement : statement.movements)
            QVERIFY(movement.on >= statement.from && movement.on <= statement.to);
        all[document.account][statement.to] = statement;
    }
    QVERIFY(all.size() > 3);
    std::map<std::string, Amount> owed; // as the records have it
    for (const Invoice &invoice : list<Invoice>(*erp))
        owed[invoice.account] += invoice.openAmount;
    for (const Payment &payment : list<Payment>(*erp))
        owed[payment.account] += -payment.unapplied;
    const Date lastMonth = Date::fromCivil(2026, 10, 31);
    const Instant thisMonth = *Instant::parse("2026-11-01T00:00:00Z");
    for (auto &[account, statements] : all) {
        Amount balance;
        for (const auto &[to, statement] : statements) {
            QVERIFY(to <= lastMonth);
            QCOMPARE(statement.opening.minor, balance.minor);
            for (const auto &movement : statement.movements)
                balance += movement.amount;
        }
        // And what happened in the month that is not over.
        for (const Invoice &invoice : list<Invoice>(*erp)) {
            if (invoice.account == account && invoice.issuedAt >= thisMonth)
                balance += invoice.total;
        }
        for (const Payment &payment : list<Payment>(*erp)) {
            if (payment.account != account || payment.receivedAt < thisMonth)
                continue;
            balance += -payment.amount;
            for (const PaymentPart &part : payment.parts)
                balance += -part.discount;
        }
        QCOMPARE(balance.minor, owed[account].minor);
    }
}

void SandboxStatementsTest::aMonthThatEndsIsStated()
{
    const auto ofNovember = [this](SandboxErp &erp) {
        const auto documents = list<Document>(erp);
        return std::ranges::count_if(documents, [](const Document &document) {
            return document.paper == Paper::statement && document.number.ends_with("-2026-11");
        });
    };
    auto erp = open(200);
    QCOMPARE(ofNovember(*erp), 0);
    erp.reset();
    m_clock.set(*Instant::parse("2026-12-02T09:00:00Z"));
    erp = open(200);
    QVERIFY(live(*erp, *Instant::parse("2026-12-02T09:05:00Z")) > 0);
    const auto count = ofNovember(*erp);
    QVERIFY(count > 0);
    QVERIFY(live(*erp, *Instant::parse("2026-12-02T09:30:00Z")) > 0);
    QCOMPARE(ofNovember(*erp), count); // once
    QCOMPARE(booksThatDoNotAddUp(path()).join(u'\n'), QString());
}

CORE_TEST(SandboxStatementsTest)
#include "tst_sandboxstatements.moc"
