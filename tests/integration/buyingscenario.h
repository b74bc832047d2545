#pragma once

#include "approval.h"
#include "buyer.h"
#include "database.h"

namespace Counterfoil {

// Buying again from one end to the other, a step a point of what it is to do: the real client library, the
// real gateway, the sandbox company. Prints what was asked, what was answered, and what the company's own
// file says of it; the exit code is the verdict.
class BuyingScenario : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void anOrderIsOrderedAgain();
    void everyLineIsReadyChangedOrSaid();
    void quantitiesAreJudged();
    void whatWasBoughtBefore();
    void totalsAreToldBefore();
    void aHoldExplainsItself();
    void aCartGoesOnElsewhere();
    void builtOfflineAfterARestart();
    void aListIsKeptAndOrderedFrom();
    void aPartListComesAsAFile();
    void theCatalogueIsSearched();
    void anOrderAboveTheLimitWaits();
    void approvedOfflineItIsOrderedOnce();
    void aPlacedOrderIsChangedAndCancelled();

private:
    using State = OutboxEntry::State;

    std::int64_t count(const std::string &sql) const
    {
        auto store = Sqlite::Database::open(m_gateway.erpFile(), Sqlite::Database::Mode::ReadOnly);
        const auto value = store ? store->integer(sql) : Result<std::int64_t>(store.error());
        return value ? *value : -1;
    }
    std::int64_t ordersWith(const std::string &reference) const
    {
        return count("SELECT count(*) FROM orders WHERE poReference='" + reference + "'");
    }
    std::unique_ptr<Buyer> signedIn(const char *user) const
    {
        auto buyer = std::make_unique<Buyer>(m_gateway);
        buyer->user = QString::fromLatin1(user);
        buyer->signIn();
        return QTest::qWaitFor([&] { return buyer->is(SyncStatus::Mode::Live); }, answerMs) ? std::move(buyer)
                                                                                            : nullptr;
    }
    // A cart as its person reviewed it, and placed.
    struct Placed
    {
        Cart cart;
        QString key;
    };
    std::optional<Placed> place(const Buyer &buyer, const std::string &reference) const
    {
        const auto found = buyer.orderable(reference, 2);
        const auto cart
            = found ? buyer.kept(cartOf(found->first, found->second, reference)) : std::optional<Cart>();
        if (!cart)
            return std::nullopt;
        return Placed{*cart, buyer.submit(buyer.about("place", *cart, &*cart))};
    }
    static std::optional<Approval> approvalOf(const Buyer &buyer, const std::string &cart)
    {
        CacheReader reader(buyer.client->profile().cachePath());
        const auto rows = reader.byField(Approval::type, "cart", cart);
        if (!rows || rows->empty())
            return std::nullopt;
        const auto row = reader.byKey(Approval::type, rows->front().record.as<Approval>()->key);
        return row && *row ? std::optional(*(*row)->record.as<Approval>()) : std::nullopt;
    }
    static QString decide(const Buyer &buyer, const char *verb, const Approval &approval)
    {
        Command command;
        command.verb = verb;
        command.kind = &Approval::type;
        command.account = approval.account;
        command.target = approval.key;
        if (carriesRecord(command.verb)) {
            command.base = AnyRecord(std::make_shared<Approval>(approval));
            command.record = AnyRecord(std::make_shared<Approval>(approval));
            command.record.as<Approval>()->comment = "As agreed.";
        }
        return buyer.submit(command);
    }

    GatewayProcess m_gateway{400};
    std::string m_placed; // the key of an order that was placed here
};

} // namespace Counterfoil
