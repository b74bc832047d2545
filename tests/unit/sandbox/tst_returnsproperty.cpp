#include "random.h"
#include "returningcompany.h"
#include "testentry.h"

using namespace ReturningCompany;

namespace {

// Summed up here anew, so that a mistake of the functions under test is none of this judge's.
QString overdrawnIn(const OrderFile &file)
{
    for (const OrderLine &line : file.order.lines) {
        Decimal delivered;
        for (const Shipment &shipment : file.shipments) {
            for (const ShipmentLine &each : shipment.lines) {
                if (each.orderLine == line.lineNumber && shipment.deliveredAt.isSet())
                    delivered += each.quantity;
            }
        }
        Decimal back;
        for (const Return &record : file.returns) {
            for (const ReturnLine &each : record.lines) {
                if (each.orderLine == line.lineNumber && record.status != "settled")
                    back += record.status == "credited" ? each.accepted : each.received;
            }
        }
        if (back > delivered)
            return QString::fromStdString(back.toString() + " of " + delivered.toString() + " came back");
    }
    for (const Invoice &invoice : file.invoices) {
        Amount credited;
        for (const Invoice &memo : file.invoices) {
            if (memo.credit && memo.creditedInvoice == invoice.key)
                credited += -memo.total;
        }
        if (!invoice.credit && credited > invoice.total)
            return QStringLiteral("%1 was credited of %2").arg(credited.minor).arg(invoice.total.minor);
    }
    return {};
}

class Play
{
public:
    explicit Play(quint64 seed)
        : m_seed(seed)
        , m_random(seed)
    { }

    bool begin()
    {
        constexpr std::size_t orders = 6; // few, so that people meet
        if (!m_company.open({.seed = m_seed, .scale = 400}))
            return false;
        m_seen = orderFiles(*m_company.erp);
        for (const auto &[key, file] : m_seen) {
            const auto lines = returnableLines(file.facts(), "faulty");
            if (m_chosen.size() < orders && std::ranges::any_of(lines, [](const ReturnableLine &line) {
                    return line.returnable >= Decimal::fromInteger(2);
                }))
                m_chosen.push_back(key);
        }
        return !m_chosen.empty();
    }
    // Somebody does something with what they saw last, or time passes, or somebody looks again.
    bool act(int deed)
    {
        OrderFile &file = m_seen[m_chosen[m_random.below(m_chosen.size())]];
        const std::string key = "p-" + std::to_string(deed);
        const auto draw = m_random.below(10);
        if (draw == 8)
            return goOn(static_cast<std::int64_t>(m_random.below(180)));
        if (draw == 9) {
            m_seen = orderFiles(*m_company.erp);
            return true;
        }
        if (draw < 4)
            return give(request(key, file));
        if (file.returns.empty())
            return true;
        const Return &record = file.returns[m_random.below(file.returns.size())];
        return give(draw == 7 ? retired(key, record) : decision(key, record));
    }
    bool goOn(std::int64_t seconds)
    {
        m_now.ms += 1'000 * seconds;
        return live(*m_company.erp, m_now) >= 0;
    }
    QString overdrawn() const
    {
        for (const auto &[key, file] : orderFiles(*m_company.erp)) {
            if (const QString what = overdrawnIn(file); !what.isEmpty())
                return what;
        }
        return {};
    }
    int count(Verdict verdict) { return m_verdicts[verdict]; }
    std::int64_t credited() const
    {
        std::int64_t sum = 0;
        for (const auto &[key, record] : records<Return>(*m_company.erp))
            sum += record.status == "credited";
        return sum;
    }
    QString path() const { return m_company.path(); }

private:
    bool give(const Command &command)
    {
        const auto effect = m_company.erp->execute(command, m_random.below(2) == 0 ? "maya" : "sam");
        if (effect)
            ++m_verdicts[effect->verdict];
        return effect.ok();
    }
    std::int64_t upTo(Decimal most)
    {
        return static_cast<std::int64_t>(
            m_random.below(static_cast<std::uint64_t>(most.millionths / Decimal::one) + 1));
    }
    Command request(const std::string &key, const OrderFile &file)
    {
        static const char *const reasons[] = {"faulty", "surplus", "wrong-sent"};
        const OrderLine &line = file.order.lines[m_random.below(file.order.lines.size())];
        const Decimal quantity = Decimal::fromInteger(1 + upTo(line.shipped));
        return requesting(key, wanted(file, line.lineNumber, quantity, reasons[m_random.below(3)]));
    }
    Command decision(const std::string &key, const Return &record)
    {
        Return decided = authorised(record);
        decided.refusal = "Not all of it.";
        for (ReturnLine &line : decided.lines) {
            line.authorised = Decimal::fromInteger(upTo(line.quantity + Decimal::fromInteger(1)));
            line.feeBasisPoints = static_cast<std::int64_t>(m_random.below(2)) * line.feeBasisPoints;
        }
        return deciding(key, record, decided);
    }

    const quint64 m_seed;
    SeededRandom m_random;
    SmallCompany m_company;
    std::vector<std::string> m_chosen;
    std::map<std::string, OrderFile> m_seen; // what people act upon
    Instant m_now = today;
    std::map<Verdict, int> m_verdicts;
};

} // namespace

// Several people ask for, decide and take back returns of the same orders in any order, each with what they
// last saw, while the company receives, inspects and credits. Whatever they do: no more comes back than was
// delivered, and no more is credited than was charged.
class ReturnsPropertyTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void neverMoreThanThereWas_data();
    void neverMoreThanThereWas();
};

void ReturnsPropertyTest::neverMoreThanThereWas_data()
{
    QTest::addColumn<quint64>("seed");
    const auto seeds = std::max(1, qEnvironmentVariableIntValue("COUNTERFOIL_RETURN_SEEDS"));
    for (int seed = 1; seed <= seeds + 3; ++seed)
        QTest::addRow("%d", seed) << quint64(seed);
}

void ReturnsPropertyTest::neverMoreThanThereWas()
{
    QFETCH(const quint64, seed);
    constexpr int deeds = 150;
    Play play(seed);
    QVERIFY(play.begin());
    for (int deed = 0; deed < deeds; ++deed) {
        QVERIFY(play.act(deed));
        if (deed % 10 == 9)
            QCOMPARE(play.overdrawn(), QString());
    }
    QVERIFY(play.goOn(20 * 60));
    QCOMPARE(play.overdrawn(), QString());
    // The test is one only where all of it happens.
    QVERIFY(play.count(Verdict::Applied) > 5);
    QVERIFY(play.count(Verdict::Rejected) > 5);
    QVERIFY(play.credited() > 0);
    QCOMPARE(booksThatDoNotAddUp(play.path()).join(u'\n'), QString());
}

CORE_TEST(ReturnsPropertyTest)
#include "tst_returnsproperty.moc"
