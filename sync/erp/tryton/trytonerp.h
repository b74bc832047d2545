#pragma once

#include "connector.h"
#include "trytonsession.h"

#include <memory>

namespace Counterfoil {

// Tryton 6.0, with Counterfoil's module activated in its database; docs/tryton.md says what is read and
// written, how, and at what load.
class TrytonErp final : public Connector
{
public:
    // Asks nothing yet. `clock` outlives this.
    TrytonErp(TrytonAccess access, const Clock &clock);
    ~TrytonErp() override;

    // A limit below 2 is taken for 2, since an invoice and its document come together.
    Result<ErpBatch> changesAfter(const std::string &position, int limit) override;
    std::vector<NotOffered> notOffered() const override;
    Result<IssuedDocument> document(const std::string &key) override;
    Result<CommandEffect> execute(const Command &command, const std::string &actor) override;
    Result<std::optional<CommandEffect>> findByKey(const std::string &key) override;
    Result<Quote> quote(const QuoteRequest &request, const std::string &actor) override;
    void setChangeCallback(std::function<void()>) override { } // Tryton does not tell

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Counterfoil
