#include "approvingerp.h"
#include "connectorconformance.h"
#include "paper.h"
#include "sandboxerp.h"
#include "sqlitegatewaystore.h"
#include "status.h"

#include <QGuiApplication>
#include <QTemporaryDir>
#include <QtTest>

using namespace Counterfoil;

namespace {

// The sandbox behind the approvals, with what both need.
class Approving final : public Connector
{
public:
    static std::unique_ptr<Approving> open(const QString &folder)
    {
        auto approving = std::make_unique<Approving>();
        auto erp = SandboxErp::open(folder + QStringLiteral("/erp.sqlite"),
                                    {.scale = 300, .drawing = drawPaper}, approving->m_clock);
        auto people
            = SqliteGatewayStore::open(folder + QStringLiteral("/gateway.sqlite"), approving->m_random);
        if (!erp || !people)
            return nullptr;
        approving->m_sandbox = *std::move(erp);
        approving->m_people = *std::move(people);
        auto erpOfAll
            = ApprovingErp::open(folder + QStringLiteral("/approvals.sqlite"), *approving->m_sandbox,
                                 *approving->m_people, approving->m_clock, approving->m_random);
        if (!erpOfAll)
            return nullptr;
        approving->m_erp = *std::move(erpOfAll);
        return approving;
    }
    Result<ErpBatch> changesAfter(const std::string &position, int limit) override
    {
        return m_erp->changesAfter(position, limit);
    }
    Result<IssuedDocument> document(const std::string &key) override { return m_erp->document(key); }
    Result<CommandEffect> execute(const Command &command, const std::string &actor) override
    {
        return m_erp->execute(command, actor);
    }
    Result<std::optional<CommandEffect>> findByKey(const std::string &key) override
    {
        return m_erp->findByKey(key);
    }
    Result<Quote> quote(const QuoteRequest &request, const std::string &actor) override
    {
        return m_erp->quote(request, actor);
    }
    void setChangeCallback(std::function<void()> callback) override
    {
        m_erp->setChangeCallback(std::move(callback));
    }
    SandboxErp &sandbox() { return *m_sandbox; }

private:
    SystemClock m_clock;
    SystemRandom m_random;
    std::unique_ptr<SandboxErp> m_sandbox;
    std::unique_ptr<SqliteGatewayStore> m_people;
    std::unique_ptr<ApprovingErp> m_erp;
};

// One order waits, so that the history is of both.
bool addApproval(const QString &folder)
{
    SystemRandom random;
    const SystemClock clock;
    auto store = ApprovalStore::open(folder + QStringLiteral("/approvals.sqlite"), random, clock.now());
    if (!store)
        return false;
    Approval approval;
    approval.key = approval.number = "AP-1";
    approval.account = "A-10001";
    approval.status = "waiting";
    approval.requestedAt = clock.now();
    Command wish;
    wish.key = "wish";
    wish.verb = "place";
    wish.kind = &Cart::type;
    wish.account = approval.account;
    wish.target = "no-cart"; // one that the ERP would have told of
    wish.record = AnyRecord(Cart::type);
    return store->add(approval, wish, clock.now()).ok();
}

} // namespace

// Approvals in front of an ERP are an ERP to the gateway, so they go through the same suite.
int main(int argc, char **argv)
{
    const QGuiApplication application(argc, argv);
    const QTemporaryDir folder;
    const SystemClock clock;
    const auto editing = addApproval(folder.path()) ? Approving::open(folder.path()) : nullptr;
    if (!editing)
        return 1;
    int changes = 0;
    ConformanceSubject subject;
    subject.open = [&] { return Approving::open(folder.path()); };
    subject.change = [&] {
        const std::string key = "order/confirmed";
        const bool done = editing->sandbox()
                              .setStatusLabel(key, "Confirmed, " + std::to_string(++changes), clock.now())
                              .ok();
        return std::pair(done ? &Status::type : nullptr, key);
    };
    subject.elsewhere = [&](const std::string &) {
        const QTemporaryDir other;
        const auto erp = Approving::open(other.path());
        const auto batch = erp ? erp->changesAfter({}, 100) : Result<ErpBatch>(Error());
        return batch ? batch->position : std::string();
    };
    ConnectorConformance suite(std::move(subject));
    return QTest::qExec(&suite, argc, argv);
}
