#pragma once

#include "account.h"
#include "connector.h"
#include "digest.h"
#include "document.h"
#include "order.h"
#include "status.h"

#include <algorithm>
#include <map>
#include <utility>

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
    // The first time it also says in the history that the document is issued now.
    Result<IssuedDocument> document(const std::string &key) override
    {
        ++documentQuestions;
        if (failing)
            return Error{ErrorKind::Offline, {}, QStringLiteral("unplugged")};
        const auto found = papers.find(key);
        if (found == papers.end())
            return Error{ErrorKind::NotFound, QStringLiteral("There is no such document."),
                         QString::fromStdString(key)};
        if (std::exchange(found->second.issued, true) == false)
            documentRecord(key);
        return issue(found->second.bytes);
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
    struct Paper
    {
        std::string account;
        std::string bytes;
        bool issued = false;
        std::string number;
        std::string mediaType = "application/pdf";
    };
    void paper(const std::string &key, const std::string &account, const std::string &bytes)
    {
        papers[key] = {account, bytes, false, "INV-" + key};
        documentRecord(key);
    }
    void documentRecord(const std::string &key)
    {
        const Paper &paper = papers[key];
        auto record = std::make_shared<Document>();
        record->key = key;
        record->account = paper.account;
        record->number = paper.number;
        record->paper = "invoice";
        record->mediaType = paper.mediaType;
        record->issued = paper.issued;
        if (paper.issued) {
            record->bytes = static_cast<std::int64_t>(paper.bytes.size());
            record->sha256 = sha256Hex(paper.bytes);
        }
        add(&Document::type, key, paper.account, AnyRecord(record));
    }
    static IssuedDocument issue(const std::string &bytes)
    {
        return {bytes, "application/pdf", sha256Hex(bytes)};
    }
    void remove(const RecordType &kind, const std::string &key) { add(&kind, key, {}, {}); }

    std::vector<Change> history;
    std::function<void()> changed;
    bool failing = false;
    std::string company = "first:"; // whose history it is
    int questions = 0;
    std::map<std::string, Paper> papers; // by the key of their document
    int documentQuestions = 0;

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
