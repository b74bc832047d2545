#pragma once

#include "connector.h"

namespace Counterfoil {

// The sandbox, whose answers can be lost after they took effect.
class LossyErp final : public Connector
{
public:
    explicit LossyErp(Connector &erp)
        : m_erp(erp)
    { }
    Result<ErpBatch> changesAfter(const std::string &position, int limit) override
    {
        return m_erp.changesAfter(position, limit);
    }
    Result<IssuedDocument> document(const std::string &key) override { return m_erp.document(key); }
    Result<CommandEffect> execute(const Command &command, const std::string &actor) override
    {
        const auto effect = m_erp.execute(command, actor);
        if (loses)
            return Error{ErrorKind::Timeout, {}, QStringLiteral("no answer came")};
        return effect;
    }
    Result<std::optional<CommandEffect>> findByKey(const std::string &key) override
    {
        return m_erp.findByKey(key);
    }
    Result<Quote> quote(const QuoteRequest &request, const std::string &actor) override
    {
        if (quotes)
            return m_erp.quote(request, actor);
        return Error{ErrorKind::Rejected, {}, QStringLiteral("an ERP without quotes")};
    }
    void setChangeCallback(std::function<void()> callback) override
    {
        m_erp.setChangeCallback(std::move(callback));
    }

    bool loses = false;
    bool quotes = true;

private:
    Connector &m_erp;
};

} // namespace Counterfoil
