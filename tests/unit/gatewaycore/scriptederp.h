#pragma once

#include "account.h"
#include "address.h"
#include "connector.h"
#include "contact.h"
#include "digest.h"
#include "document.h"
#include "order.h"
#include "status.h"

#include <algorithm>
#include <map>
#include <set>
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
        if (!std::exchange(found->second.issued, true))
            documentRecord(key);
        return issue(found->second.bytes);
    }
    void setChangeCallback(std::function<void()> callback) override { changed = std::move(callback); }

    // Does what it is asked for as often as it is asked: doing it once is the gateway's business.
    Result<CommandEffect> execute(const Command &command, const std::string &actor) override
    {
        executed.push_back(command.key);
        actors.push_back(actor);
        if (failing)
            return Error{ErrorKind::Offline, {}, QStringLiteral("unplugged")};
        if (poisoned.contains(command.key))
            return Error{breaksBy, {}, QStringLiteral("a bug")};
        const CommandEffect effect = apply(command);
        if (effect.verdict == CommandEffect::Verdict::Applied) {
            ++applied[command.key];
            effects[command.key] = effect;
            effective.push_back(command.key);
        }
        if (answersToLose > 0 && answersToLose-- > 0)
            return Error{ErrorKind::Timeout, {}, QStringLiteral("no answer came")};
        return effect;
    }
    Result<std::optional<CommandEffect>> findByKey(const std::string &key) override
    {
        ++finds[key];
        if (failing || unsure)
            return Error{ErrorKind::Timeout, {}, QStringLiteral("no answer came")};
        const auto found = effects.find(key);
        return found == effects.end() ? std::nullopt : std::optional(found->second);
    }

    void account(const std::string &key, const std::string &parent = {})
    {
        auto record = std::make_shared<Account>();
        record->key = key;
        record->account = key;
        record->name = "Account " + key;
        record->parent = parent;
        put(&Account::type, key, key, AnyRecord(record));
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

    // Commands
    std::vector<std::string> executed; // keys, in order, however it ended
    std::vector<std::string> actors;
    std::vector<std::string> effective; // of effects
    std::map<std::string, int> applied; // how often something took effect
    std::map<std::string, CommandEffect> effects;
    std::map<std::string, int> finds;
    std::set<std::string> poisoned; // it breaks over these
    ErrorKind breaksBy = ErrorKind::Storage;
    int answersToLose = 0;                                             // after the effect
    bool unsure = false;                                               // whether it knows a key
    std::map<std::pair<std::string_view, std::string>, AnyRecord> now; // what commands can change

    void address(const std::string &key, const std::string &account, const std::string &city = "Hull")
    {
        auto record = std::make_shared<Address>();
        record->key = key;
        record->account = account;
        record->name = "Site " + key;
        record->city = city;
        put(&Address::type, key, account, AnyRecord(record));
    }
    void contact(const std::string &key, const std::string &account)
    {
        auto record = std::make_shared<Contact>();
        record->key = key;
        record->account = account;
        record->name = "Contact " + key;
        put(&Contact::type, key, account, AnyRecord(record));
    }
    void put(const RecordType *kind, const std::string &key, const std::string &account, AnyRecord record)
    {
        now[{kind->name, key}] = record;
        add(kind, key, account, std::move(record));
    }

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

private:
    CommandEffect apply(const Command &command)
    {
        CommandEffect effect;
        effect.target = command.target.empty() ? "NEW-" + std::to_string(history.size()) : command.target;
        const auto known = now.find({command.kind->name, effect.target});
        AnyRecord record(*command.kind);
        if (known != now.end())
            copyAll(*command.kind, known->second.data(), record.data());
        if (const Field *current = command.kind->find("current"); command.verb == "retire" && current)
            current->in<bool>(record.data()) = false;
        else if (command.record.isNull())
            return {CommandEffect::Verdict::Rejected, {}, "read-only"};
        else if (!command.base.isNull() && known != now.end()
                 && !equalEditable(*command.kind, known->second.data(), command.base.data())
                 && !equalEditable(*command.kind, known->second.data(), command.record.data()))
            return {CommandEffect::Verdict::Conflict, effect.target, {}, {}, 7, known->second};
        else
            copyEditable(*command.kind, command.record.data(), record.data());
        if (const auto *wish = record.as<Address>(); wish && wish->city == "nowhere")
            return {CommandEffect::Verdict::Rejected, {}, "no-such-city", "There is no such city."};
        command.kind->findFlag(Key)->in<std::string>(record.data()) = effect.target;
        command.kind->findFlag(AccountKey)->in<std::string>(record.data()) = command.account;
        put(command.kind, effect.target, command.account, record);
        return effect;
    }
    static void copyAll(const RecordType &kind, const void *from, void *to)
    {
        for (const Field &field : kind.fields)
            copyField(field, from, to);
    }
};

} // namespace Counterfoil::Testing
