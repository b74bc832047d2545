#pragma once

#include "commandcodec.h"
#include "gatewayfixture.h"

namespace Counterfoil::Testing {

using State = CommandOutcome::State;

inline Command saveAddress(const std::string &key, const std::string &account, const std::string &target,
                           const std::string &city, const std::string &was = {})
{
    auto record = std::make_shared<Address>();
    record->name = "Site " + target;
    record->city = city;
    Command command;
    command.key = key;
    command.verb = "save";
    command.kind = &Address::type;
    command.account = account;
    command.target = target;
    command.madeAt = Instant{1'795'000'000'000};
    command.record = AnyRecord(record);
    if (!was.empty()) {
        auto base = std::make_shared<Address>(*record);
        base->city = was;
        command.base = AnyRecord(base);
    }
    return command;
}

inline Command retireAddress(const std::string &key, const std::string &account, const std::string &target)
{
    Command command;
    command.key = key;
    command.verb = "retire";
    command.kind = &Address::type;
    command.account = account;
    command.target = target;
    return command;
}

inline Command saveDefault(const std::string &key, const std::string &account, const std::string &shipTo)
{
    auto record = std::make_shared<Account>();
    record->defaultShipTo = shipTo;
    Command command;
    command.key = key;
    command.verb = "save";
    command.kind = &Account::type;
    command.account = account;
    command.target = account;
    command.record = AnyRecord(record);
    command.base = AnyRecord(Account::type);
    return command;
}

// A gateway whose people ask for things; the test has the ERP asked step by step, or all at once.
struct Commands : Gateway
{
    explicit Commands(GatewaySettings given = quickSettings())
        : Gateway(std::move(given))
    {
        fill(*this);
        erp.address("ADR-A", "A");
        erp.address("ADR-A1", "A1");
        erp.address("ADR-B", "B", "Secretville");
        erp.contact("CON-A", "A");
        pumpAll();
        signInAgain();
    }

    HttpResponse post(const std::string &token, const Command &command)
    {
        return send("POST", "/v1/commands", token, encodeCommand(command));
    }
    CommandOutcome give(const std::string &token, const Command &command)
    {
        const auto answer = post(token, command);
        const auto outcome = decodeOutcome(answer.body);
        if (answer.status != 200 || !outcome)
            qFatal("command: %s", answer.body.c_str());
        return *outcome;
    }
    std::string problemOf(const HttpResponse &response)
    {
        const auto problem = decode<Problem>(response.body);
        return problem ? problem->typeUri.substr(problem->typeUri.rfind(':') + 1) : response.body;
    }
    std::vector<CommandOutcome> outcomes(const std::string &token, const std::vector<std::string> &keys)
    {
        OutcomesRequest request;
        for (const std::string &key : keys)
            request.commands.push_back({key});
        const auto answer = send("POST", "/v1/commands/outcomes", token, encode(request));
        const auto outcomes = decodeOutcomes(answer.body);
        if (answer.status != 200 || !outcomes || outcomes->size() != keys.size())
            qFatal("outcomes: %s", answer.body.c_str());
        return *outcomes;
    }
    CommandOutcome outcome(const std::string &token, const std::string &key)
    {
        return outcomes(token, {key})[0];
    }

    // Asks the ERP about commands until there is nothing to ask at present.
    LiveEffects askAll()
    {
        LiveEffects all;
        while (const auto question = core->commandQuestion()) {
            const auto effects = core->takeCommand(*question, GatewayCore::ask(erp, *question));
            all.insert(all.end(), effects.begin(), effects.end());
        }
        return all;
    }
    // The same, and the log read afterwards.
    LiveEffects settle()
    {
        auto all = askAll();
        const auto more = pumpAll();
        all.insert(all.end(), more.begin(), more.end());
        return all;
    }
    // Why the gateway would not have it done, as a code; empty: the ERP was asked to do it.
    std::string refusal(const std::string &token, const Command &command)
    {
        (void)give(token, command);
        settle();
        const auto said = outcome(token, command.key);
        if ((said.state == State::Rejected) == std::ranges::count(erp.executed, command.key))
            qFatal("%s was rejected, and asked for", command.key.c_str());
        return said.reasonCode;
    }
    void signInAgain()
    {
        ann = token("ann");
        bob = token("bob");
        m_signedInAt = clock.now();
    }
    // Time passes; everybody signs in again when it is time.
    void later(std::int64_t ms)
    {
        clock.advance(ms);
        if (clock.now().ms - m_signedInAt.ms > settings.accessTokenMs / 2)
            signInAgain();
    }
    // Restarts, as after a death: what was asked is lost.
    void die() { restart(); }

    // A copy of the store as it is, to be put back later as from a backup.
    QString backup()
    {
        core.reset();
        store.reset();
        const QString copy = folder.filePath(QStringLiteral("backup-%1").arg(++m_backups));
        if (!QFile::copy(storePath(), copy))
            qFatal("no backup");
        die();
        return copy;
    }
    void putBack(const QString &copy)
    {
        core.reset();
        store.reset();
        for (const char *end : {"", "-wal", "-shm"})
            QFile::remove(storePath() + QLatin1String(end));
        if (!QFile::copy(copy, storePath()))
            qFatal("no restore");
        die();
        signInAgain();
    }

    int mostEffects() const
    {
        int most = 0;
        for (const auto &[key, count] : erp.applied)
            most = std::max(most, count);
        return most;
    }

    std::string ann;
    std::string bob;

private:
    int m_backups = 0;
    Instant m_signedInAt;
};

} // namespace Counterfoil::Testing
