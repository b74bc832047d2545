#pragma once

#include "connector.h"
#include "trytonsession.h"

#include <memory>

namespace Counterfoil {

// Tryton 6.0, with Counterfoil's module activated in its database; docs/tryton.md says what is read, how, and
// at what load. It takes no commands yet.
class TrytonErp final : public Connector
{
public:
    // Asks nothing yet. `clock` outlives this.
    TrytonErp(TrytonAccess access, const Clock &clock);
    ~TrytonErp() override;

    // A limit below 2 is taken for 2, since an invoice and its document come together.
    Result<ErpBatch> changesAfter(const std::string &position, int limit) override;
    Result<IssuedDocument> document(const std::string &key) override;
    void setChangeCallback(std::function<void()>) override { } // Tryton does not tell

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Counterfoil
