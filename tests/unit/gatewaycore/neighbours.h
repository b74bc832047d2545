#pragma once

#include "commandfixture.h"
#include "item.h"
#include "kinds.h"
#include "scope.h"
#include "uploadmessages.h"

// Companies beside each other, of which one must not see the other.
namespace Counterfoil::Testing {

// In everything of the other company: keys, names, texts, reasons. Nobody else's answer may hold it.
inline const std::string marker = "mk9b";
inline const std::string theirAccount = marker + "-account";
inline const std::string theirUpload = marker + "-upload";

struct ProbeAttacker
{
    std::string user;
    std::string token;
    std::string cursor;
};

inline AnyRecord theirRecord(const RecordType &kind)
{
    AnyRecord record(kind);
    const std::function<void(const RecordType &, void *)> fill = [&fill](const RecordType &type, void *data) {
        for (const Field &field : type.fields) {
            if (field.type == FieldType::Text)
                field.in<std::string>(data) = marker + ' ' + std::string(field.name);
            else if (field.type == FieldType::List)
                fill(*field.element, field.list->append(field.address(data)));
        }
    };
    fill(kind, record.data());
    return record;
}

// Another company beside the attackers', with everything that can be named.
struct Neighbours : Commands
{
    Neighbours()
    {
        settings.uploadFolder = folder.filePath(QStringLiteral("uploads"));
        die();
        erp.account(theirAccount);
        // What they alone may buy.
        auto account = std::make_shared<Account>(*erp.now.at({"account", theirAccount}).as<Account>());
        account->assortments = {{marker + "-range"}};
        erp.put(&Account::type, theirAccount, theirAccount, AnyRecord(account));
        for (const RecordType *kind : allKinds()) {
            if (!kind->findFlag(AccountKey) || kind == &Account::type)
                continue;
            AnyRecord record = theirRecord(*kind);
            const std::string key = marker + '-' + std::string(kind->name);
            kind->findFlag(Key)->in<std::string>(record.data()) = key;
            kind->findFlag(AccountKey)->in<std::string>(record.data()) = theirAccount;
            erp.put(kind, key, theirAccount, record);
            theirKeys.push_back(key);
        }
        const std::string theirItem = marker + "-sku";
        auto item = std::make_shared<Item>(*theirRecord(Item::type).as<Item>());
        item->key = item->sku = theirItem;
        item->account = marker + "-range";
        erp.put(&Item::type, theirItem, item->account, AnyRecord(item));
        theirKeys.push_back(theirItem);
        theirKeys.push_back(item->account);
        erp.paper(marker + "-paper", theirAccount, marker + " on paper");
        theirKeys.push_back(marker + "-paper");
        theirKeys.push_back(theirAccount);
        pumpAll();
        user(marker + "-buyer", "buyer", {theirAccount});
        user(marker + "-boss", "admin", {theirAccount});
        them = {marker + "-buyer", token(marker + "-buyer"), {}};
        them.cursor = snapshotCursor(them.token);
        theirNext = list(them.token, "order", 1, {}, them.cursor).page.head.to;
        if (theirNext.empty())
            theirNext = "n1.0.bWs5Yi1vcmRlcg.";
        sendTheirFile();
        giveTheirCommands();
        for (const Role &role : roles())
            attack("attacker-" + std::string(role.name), std::string(role.name));
        attack("attacker-visitor", "visitor");
        attack("attacker-redacted", "buyer",
               [](User &user) { user.pricesWithheld = user.invoicesWithheld = true; });
        attack("attacker-invited", "admin",
               [this](User &user) { user.firstPasswordUntil = Instant{clock.now().ms + 1}; });
    }

    void sendTheirFile()
    {
        const std::string bytes = "%PDF-" + marker;
        const UploadRequest facts{theirUpload,       theirAccount,      marker,
                                  "application/pdf", std::ssize(bytes), sha256Hex(bytes)};
        send("POST", "/v1/uploads", them.token, encode(facts));
        const auto done = send("PUT", "/v1/uploads/" + theirUpload, them.token, bytes, {{"offset", "0"}});
        QVERIFY(decode<UploadAnswer>(done.body)->complete);
    }

    void giveTheirCommands()
    {
        for (const char *city : {"York", "nowhere", "Leeds"}) {
            theirCommands.push_back(marker + "-command-" + city);
            auto command
                = saveAddress(theirCommands.back(), theirAccount, city[0] == 'L' ? marker + "-address" : "",
                              city, city[0] == 'L' ? "Rome" : "");
            command.record.as<Address>()->name = marker;
            give(them.token, command);
        }
        settle();
        QVERIFY(outcome(them.token, theirCommands[2]).state == State::Conflict);
    }

    void attack(const std::string &name, const std::string &role,
                const std::function<void(User &)> &change = {})
    {
        user(name, role, {"A"});
        User known = **store->people().user(name);
        known.contact = marker + "-contact";
        const std::string token = this->token(name);
        const auto cursor = send("POST", "/v1/snapshot", token);
        if (change)
            change(known);
        if (!store->people().putUser(known))
            qFatal("no attacker");
        attackers.push_back({name, token, decode<SnapshotAnswer>(cursor.body)->cursor});
    }

    ProbeAttacker them;
    std::vector<std::string> theirKeys;
    std::vector<std::string> theirCommands;
    std::string theirNext;
    std::vector<ProbeAttacker> attackers;
};

} // namespace Counterfoil::Testing
