#pragma once

#include "approvalstore.h"
#include "clock.h"
#include "connector.h"
#include "orderlimits.h"

#include <memory>

namespace Counterfoil {

// An ERP in front of which the gateway holds people to their order limits: a cart above its person's limit is
// not placed but waits as an Approval until somebody who may has approved it, and is then placed exactly as
// it was seen, or not at all. To the gateway it is the ERP: its history is the ERP's with the approvals in
// it, and a command has its effect once whatever dies in between. On the connector's thread.
class ApprovingErp final : public Connector
{
public:
    // `people` is a store of the connector's thread, beside the gateway's own. All must outlive this.
    static Result<std::unique_ptr<ApprovingErp>>
    open(const QString &path, Connector &erp, GatewayStore &people, const Clock &clock, Random &random);

    Result<ErpBatch> changesAfter(const std::string &position, int limit) override;
    Result<IssuedDocument> document(const std::string &key) override { return m_erp.document(key); }
    Result<CommandEffect> execute(const Command &command, const std::string &actor) override;
    Result<std::optional<CommandEffect>> findByKey(const std::string &key) override;
    std::vector<NotOffered> notOffered() const override { return m_erp.notOffered(); }
    Result<Quote> quote(const QuoteRequest &request, const std::string &actor) override;
    Outcome setReturnPolicy(const ReturnPolicy &policy) override { return m_erp.setReturnPolicy(policy); }
    void setChangeCallback(std::function<void()> callback) override;

private:
    ApprovingErp(ApprovalStore store, Connector &erp, GatewayStore &people, const Clock &clock)
        : m_store(std::move(store))
        , m_erp(erp)
        , m_people(people)
        , m_clock(clock)
    { }

    Result<CommandEffect> place(const Command &command, const std::string &actor);
    Result<CommandEffect> ask(const Command &command, const User &user, const OrderLimits &limits,
                              const Cart &seen, const Quote &quote);
    Result<CommandEffect> decide(const Command &command, const std::string &actor);
    Result<CommandEffect> withdraw(const Command &command, Approval approval, const std::string &actor);
    // Somebody's word that is enough: the order is placed, or comes back.
    Result<CommandEffect> order(const Command &command, Approval approval, const User &user);
    CommandEffect told(const std::string &target); // of what has been kept
    Result<std::optional<OrderLimits>> limitsOn(const std::string &actor);
    Result<CommandEffect> keep(Approval approval, const std::string &command, const std::string &target);
    ApprovalStep step(const User &user, const char *code, std::string text = {}) const;

    ApprovalStore m_store;
    Connector &m_erp;
    GatewayStore &m_people;
    const Clock &m_clock;
    std::function<void()> m_changed;
};

} // namespace Counterfoil
