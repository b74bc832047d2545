#pragma once

#include "account.h"
#include "connector.h"
#include "order.h"
#include "status.h"

#include <algorithm>

namespace Counterfoil::Testing {

// An ERP whose whole history the test writes: the position is how much of it was told.
class ScriptedErp final : public Connector
{
public:
    Result<ErpBatch> changesAfter(const std::string &position, int limit) override
    {
        ++questions;
        if (failing)
            return Error{ErrorKind::Offline, {}, QStringLiteral("unplugged")};
        if (!position.empty() && !position.starts_with(company))
            return Error{ErrorKind::NotFound, {}, QStringLiteral("another history")};
        const auto from = position.empty() ? 0 : std::stoul(position.substr(company.size()));
        const auto to = std::min(history.size(), from + static_cast<std::size_t>(limit));
        ErpBatch batch;
        batch.changes.assign(history.begin() + static_cast<std::ptrdiff_t>(from),
                             history.begin() + static_cast<std::ptrdiff_t>(to));
        batch.position = company + std::to_string(to);
        batch.more = to < history.size();
        return batch;
    }
    Result<IssuedDocument> document(const std::string &key) override
    {
        return Error{ErrorKind::NotFound, QStringLiteral("There is no such document."),
                     QString::fromStdString(key)};
    }
    void setChangeCallback(std::function<void()> callback) override { changed = std::move(callback); }

    void account(const std::string &key, const std::string &parent = {})
    {
        auto record = std::make_shared<Account>();
        record->key = key;
        record->account = key;
        record->name = "Account " + key;
        record->parent = parent;
        add(&Account::type, key, key, AnyRecord(record));
    }
    void order(const std::string &key, const std::string &account, std::int64_t total = 100,
               std::int64_t placedAt = 0)
    {
        auto record = std::make_shared<Order>();
        record->key = key;
        record->account = account;
        record->number = key;
        record->currency = "GBP";
        record->total = Amount{total};
        record->placedAt = Instant{1'700'000'000'000 + placedAt};
        OrderLine line;
        line.lineNumber = 1;
        line.sku = "SKU-1";
        line.unitPrice = Decimal::fromInteger(total);
        record->lines.push_back(line);
        add(&Order::type, key, account, AnyRecord(record));
    }
    void status(const std::string &code)
    {
        auto record = std::make_shared<Status>();
        record->key = "order/" + code;
        record->subject = "order";
        record->code = code;
        record->label = code;
        add(&Status::type, record->key, {}, AnyRecord(record));
    }
    void remove(const RecordType &kind, const std::string &key) { add(&kind, key, {}, {}); }

    std::vector<Change> history;
    std::function<void()> changed;
    bool failing = false;
    std::string company = "first:"; // whose history it is
    int questions = 0;

private:
    void add(const RecordType *kind, const std::string &key, const std::string &account, AnyRecord record)
    {
        Change change;
        change.kind = kind;
        change.key = key;
        change.account = account;
        change.version = static_cast<std::int64_t>(history.size()) + 1;
        change.time = Instant{1'750'000'000'000};
        change.record = std::move(record);
        history.push_back(std::move(change));
    }
};

} // namespace Counterfoil::Testing
