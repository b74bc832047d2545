#pragma once

#include "codec.h"
#include "cursor.h"
#include "gatewaycore.h"
#include "scriptederp.h"
#include "sqlitegatewaystore.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

namespace Counterfoil::Testing {

class FakeClock final : public Clock
{
public:
    Instant now() const override { return {m_wall}; }
    BootTime sinceBoot() const override { return {m_boot}; }
    void advance(std::int64_t ms)
    {
        m_wall += ms;
        m_boot += ms;
    }

private:
    std::int64_t m_wall = 1'795'000'000'000;
    std::int64_t m_boot = 1'000'000;
};

// Settings under which a test needs no time for Argon2.
inline GatewaySettings quickSettings()
{
    GatewaySettings settings;
    settings.supplier = "Meridian";
    settings.passwordCost = {8, 1};
    return settings;
}

struct Page
{
    int status = 0;
    ChangePage page;
    Problem problem;

    std::vector<std::string> keys() const
    {
        std::vector<std::string> keys;
        keys.reserve(page.changes.size());
        for (const Change &change : page.changes)
            keys.push_back((change.record.isNull() ? "-" : "") + change.key);
        return keys;
    }
};

using Keys = std::vector<std::string>;

// A gateway on a real store in a real file, with an ERP and a clock of the test's own.
class Gateway
{
public:
    explicit Gateway(GatewaySettings given = quickSettings())
        : settings(std::move(given))
    {
        restart();
    }

    QString storePath() const { return folder.filePath(QStringLiteral("gateway.sqlite")); }

    void restart()
    {
        core.reset();
        store.reset();
        auto opened = SqliteGatewayStore::open(storePath(), random);
        if (!opened)
            qFatal("%s", qPrintable(opened.error().detail));
        store = *std::move(opened);
        core = std::make_unique<GatewayCore>(*store, erp, clock, random, settings);
    }

    LiveEffects pumpAll()
    {
        LiveEffects all;
        for (bool more = true; more;) {
            auto result = core->pump();
            more = result.more;
            all.insert(all.end(), result.effects.begin(), result.effects.end());
        }
        return all;
    }

    void user(const std::string &name, const std::string &role, std::vector<std::string> accounts = {},
              bool disabled = false)
    {
        const auto hash = hashPassword(name + "-secret", random, settings.passwordCost);
        const auto done = store->people().putUser({name, name, role, std::move(accounts), *hash, disabled});
        if (!done)
            qFatal("%s", qPrintable(done.error().detail));
    }

    HttpResponse send(const char *method, const std::string &path, const std::string &token = {},
                      const std::string &body = {}, std::map<std::string, std::string> query = {})
    {
        return core->handle({method, path, std::move(query), token, body, "192.0.2.1"});
    }

    HttpResponse trySignIn(const std::string &name, const std::string &password)
    {
        return send("POST", "/v1/session", {}, encode(SessionRequest{name, password, "test"}));
    }

    SessionAnswer signIn(const std::string &name)
    {
        const auto answer = trySignIn(name, name + "-secret");
        if (answer.status != 200)
            qFatal("sign-in: %s", answer.body.c_str());
        return *decode<SessionAnswer>(answer.body);
    }

    std::string token(const std::string &name) { return signIn(name).accessToken; }

    static Page pageOf(const HttpResponse &response)
    {
        Page page;
        page.status = response.status;
        if (response.status == 200) {
            auto decoded = decodePage(response.body);
            if (!decoded)
                qFatal("page: %s", qPrintable(decoded.error().detail));
            page.page = *std::move(decoded);
        } else {
            auto decoded = decode<Problem>(response.body);
            if (!decoded)
                qFatal("problem: %s", response.body.c_str());
            page.problem = *std::move(decoded);
        }
        return page;
    }

    Page changes(const std::string &token, const std::string &after, int limit = 2000)
    {
        return pageOf(
            send("GET", "/v1/changes", token, {}, {{"after", after}, {"limit", std::to_string(limit)}}));
    }
    // `after`: of the listing; empty: of one that begins now.
    Page list(const std::string &token, const std::string &kind, int limit = 2000,
              const std::string &next = {}, std::string after = {})
    {
        if (after.empty()) {
            const auto answer = send("POST", "/v1/snapshot", token);
            if (answer.status != 200)
                return pageOf(answer);
            after = decode<SnapshotAnswer>(answer.body)->cursor;
        }
        return pageOf(send("GET", "/v1/snapshot/" + kind, token, {},
                           {{"after", after}, {"next", next}, {"limit", std::to_string(limit)}}));
    }
    std::string snapshotCursor(const std::string &token)
    {
        const auto answer = send("POST", "/v1/snapshot", token);
        if (answer.status != 200)
            qFatal("snapshot: %s", answer.body.c_str());
        return decode<SnapshotAnswer>(answer.body)->cursor;
    }
    GatewayCore::LiveOpening openLive(ConnectionId id, const std::string &token, const std::string &after)
    {
        return core->openLive(id, {"GET", "/v1/live", {{"after", after}}, token, {}, "192.0.2.1"});
    }

    QTemporaryDir folder;
    GatewaySettings settings;
    FakeClock clock;
    SeededRandom random{42};
    ScriptedErp erp;
    std::unique_ptr<SqliteGatewayStore> store;
    std::unique_ptr<GatewayCore> core;
};

// Two companies, one with a branch, and what everybody sees.
inline void fill(Gateway &gateway)
{
    gateway.erp.status("open");
    gateway.erp.account("A");
    gateway.erp.account("A1", "A");
    gateway.erp.account("B");
    gateway.erp.order("a-1", "A", 100, 1);
    gateway.erp.order("b-1", "B", 200, 2);
    gateway.erp.order("a1-1", "A1", 300, 3);
    gateway.pumpAll();
    gateway.user("ann", "buyer", {"A"});
    gateway.user("bob", "buyer", {"B"});
    gateway.user("eve", "viewer", {"A"});
    gateway.user("sam", "csr");
}

inline std::string problemName(const Page &page)
{
    return page.problem.typeUri.substr(page.problem.typeUri.rfind(':') + 1);
}

inline Cursor cursorOf(const std::string &text)
{
    const auto cursor = Cursor::parse(text);
    if (!cursor)
        qFatal("no cursor: %s", text.c_str());
    return *cursor;
}

} // namespace Counterfoil::Testing
