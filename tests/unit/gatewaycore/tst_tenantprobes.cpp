#include "commandfixture.h"
#include "endpoints.h"
#include "kinds.h"
#include "scope.h"
#include "target.h"

#include <QByteArray>

using namespace Counterfoil;
using namespace Counterfoil::Testing;

namespace {

// In everything of the other company: keys, names, texts, reasons. Nobody else's answer may hold it.
const std::string marker = "mk9b";
const std::string theirAccount = marker + "-account";

struct Attacker
{
    std::string user;
    std::string token;
    std::string cursor;
};

struct Probe
{
    HttpRequest request;
    bool live = false; // for openLive()
};
using Probes = std::vector<Probe>;

std::string encoded(const std::string &text)
{
    return QByteArray::fromStdString(text)
        .toPercentEncoding({}, QByteArray("abcdefghijklmnopqrstuvwxyz"))
        .toStdString();
}

// One identifier in the ways in which it might slip through, ready to stand in an address.
std::vector<std::string> addressForms(const std::string &id)
{
    std::string upper = id;
    std::ranges::transform(upper, upper.begin(),
                           [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    std::string hex;
    for (const unsigned char c : id)
        hex += QByteArray("%" + QByteArray(1, static_cast<char>(c)).toHex()).toStdString();
    const std::string plain = QByteArray::fromStdString(id).toPercentEncoding().toStdString();
    return {plain,
            QByteArray::fromStdString(upper).toPercentEncoding().toStdString(),
            hex,
            QByteArray::fromStdString(plain).toPercentEncoding().toStdString(),
            encoded(id),
            plain + "/",
            "/" + plain,
            "./" + plain,
            "../documents/" + plain,
            "x/../" + plain,
            "%2e%2e%2f" + plain,
            plain + "%20",
            plain + "%00",
            plain + "%0a",
            plain + ";a=b",
            plain + "?account=" + encoded(theirAccount),
            plain + "%25",
            "%25" + plain.substr(0, 3) + "%25",
            plain + "%27%20OR%20%271%27=%271",
            "*"};
}

// The same for what stands in a body.
std::vector<std::string> textForms(const std::string &id)
{
    std::string upper = id;
    std::ranges::transform(upper, upper.begin(),
                           [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return {
        id, upper, ' ' + id, id + ' ', id + "/", "../" + id, id + std::string(1, '\0'), id + "' OR '1'='1",
        "%"};
}

AnyRecord theirRecord(const RecordType &kind)
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
        erp.account(theirAccount);
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
        giveTheirCommands();
        for (const Role &role : roles())
            attack("attacker-" + std::string(role.name), std::string(role.name));
        attack("attacker-visitor", "visitor");
        attack("attacker-redacted", "buyer",
               [](User &user) { user.pricesWithheld = user.invoicesWithheld = true; });
        attack("attacker-invited", "admin",
               [this](User &user) { user.firstPasswordUntil = Instant{clock.now().ms + 1}; });
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

    Attacker them;
    std::vector<std::string> theirKeys;
    std::vector<std::string> theirCommands;
    std::string theirNext;
    std::vector<Attacker> attackers;
};

class Recipes
{
public:
    explicit Recipes(const Neighbours &neighbours)
        : m_all(neighbours)
    { }

    // Nothing for an endpoint that nobody has thought of.
    std::optional<Probes> probes(const Endpoint &endpoint, const Attacker &attacker) const
    {
        using Recipe = void (Recipes::*)(const Attacker &, Probes &) const;
        static const std::map<std::string, Recipe> recipes{
            {"POST /v1/session", &Recipes::signIn},
            {"POST /v1/session/refresh", &Recipes::refresh},
            {"DELETE /v1/session", &Recipes::nothingToName},
            {"POST /v1/session/password", &Recipes::password},
            {"POST /v1/snapshot", &Recipes::snapshot},
            {"GET /v1/snapshot/{kind}", &Recipes::list},
            {"GET /v1/changes", &Recipes::changes},
            {"GET /v1/documents/{key}", &Recipes::document},
            {"POST /v1/commands", &Recipes::command},
            {"POST /v1/commands/outcomes", &Recipes::outcomes},
            {"GET /v1/users", &Recipes::members},
            {"POST /v1/users", &Recipes::invite},
            {"PUT /v1/users/{user}", &Recipes::changeMember},
            {"GET /v1/live", &Recipes::live},
            {"GET /v1/openapi.json", &Recipes::nothingToName},
            {"GET /v1/asyncapi.json", &Recipes::nothingToName},
            {"GET /healthz", &Recipes::nothingToName},
            {"GET /metrics", &Recipes::nothingToName},
        };
        m_endpoint = &endpoint;
        const auto found = recipes.find(std::string(endpoint.method) + ' ' + std::string(endpoint.path));
        if (found == recipes.end())
            return std::nullopt;
        Probes probes;
        (this->*found->second)(attacker, probes);
        return probes;
    }

private:
    // `target`: what stands behind the endpoint's fixed part, encoded.
    void add(Probes &probes, const Attacker &attacker, const std::string &target,
             const std::string &body = {}) const
    {
        const std::string path(m_endpoint->path.substr(0, m_endpoint->path.find('{')));
        HttpRequest request;
        request.method = m_endpoint->method;
        request.bearer = attacker.token;
        request.body = body;
        request.peer = "192.0.2.7";
        if (!readTarget(path + target, request))
            return;
        probes.push_back({request, m_endpoint->answerBody == Endpoint::Body::WebSocket});
        if (request.method == "GET") {
            request.method = "HEAD";
            probes.push_back({request, false});
        }
    }
    std::vector<std::string> cursors(const Attacker &attacker) const
    {
        const Cursor theirs = cursorOf(m_all.them.cursor);
        const Cursor own = cursorOf(attacker.cursor);
        std::vector<std::string> all{m_all.them.cursor, attacker.cursor, attacker.cursor + ' ', own.scope};
        for (const std::int64_t sequence :
             {std::int64_t{0}, std::int64_t{1}, theirs.sequence - 1, theirs.sequence + 1}) {
            all.push_back(Cursor{own.epoch, sequence, own.scope}.toString());
            all.push_back(Cursor{own.epoch, sequence, theirs.scope}.toString());
        }
        return all;
    }
    static std::string theirQuery()
    {
        return "account=" + encoded(theirAccount) + "&scope=all&user=" + marker + "-boss";
    }

    void nothingToName(const Attacker &attacker, Probes &probes) const
    {
        if (m_endpoint->method != "DELETE") // which would end this attacker's attempts
            add(probes, attacker, '?' + theirQuery());
    }
    void signIn(const Attacker &attacker, Probes &probes) const
    {
        for (const std::string &name : {marker + "-buyer", marker + "-boss"}) {
            for (const std::string &form : textForms(name))
                add(probes, attacker, {}, encode(SessionRequest{form, attacker.user + "-secret", "x"}));
        }
    }
    void refresh(const Attacker &attacker, Probes &probes) const
    {
        for (const std::string &key : m_all.theirKeys)
            add(probes, attacker, {}, encode(RefreshRequest{key + '.' + key}));
        add(probes, attacker, {}, encode(RefreshRequest{attacker.token + "." + m_all.them.user}));
    }
    void password(const Attacker &attacker, Probes &probes) const
    {
        add(probes, attacker, "?user=" + marker + "-buyer",
            encode(PasswordChange{marker, "a password of theirs"}));
        add(probes, attacker, {},
            R"({"user":"mk9b-buyer","password":"x","newPassword":"a password of theirs"})");
    }
    void snapshot(const Attacker &attacker, Probes &probes) const
    {
        for (const std::string &cursor : cursors(attacker)) {
            for (const std::string &form : addressForms(cursor))
                add(probes, attacker, "?beyond=" + form + '&' + theirQuery());
        }
    }
    void list(const Attacker &attacker, Probes &probes) const
    {
        const Cursor theirs = cursorOf(m_all.them.cursor);
        std::vector<std::string> tokens{"", m_all.theirNext, ListingToken{0, {}, theirs.scope}.toString(),
                                        ListingToken{0, {}, cursorOf(attacker.cursor).scope}.toString()};
        for (const std::string &key : m_all.theirKeys) {
            tokens.push_back(ListingToken{1'800'000'000'000, key}.toString());
            tokens.push_back(ListingToken{0, key, theirs.scope}.toString());
        }
        for (const RecordType *kind : allKinds()) {
            const std::string name(kind->name);
            for (const std::string &next : tokens)
                add(probes, attacker,
                    name + "?after=" + attacker.cursor + "&next=" + encoded(next) + '&' + theirQuery());
            for (const std::string &cursor : cursors(attacker))
                add(probes, attacker, name + "?after=" + encoded(cursor));
            for (const std::string &form : addressForms(name))
                add(probes, attacker,
                    form + (form.find('?') == std::string::npos ? "?" : "&") + "after=" + attacker.cursor);
        }
    }
    void changes(const Attacker &attacker, Probes &probes) const
    {
        for (const std::string &cursor : cursors(attacker)) {
            for (const std::string &form : addressForms(cursor))
                add(probes, attacker, "?limit=2000&after=" + form + '&' + theirQuery());
        }
    }
    void document(const Attacker &attacker, Probes &probes) const
    {
        for (const std::string &key : m_all.theirKeys) {
            for (const std::string &form : addressForms(key))
                add(probes, attacker, form);
        }
    }
    void live(const Attacker &attacker, Probes &probes) const
    {
        for (const std::string &cursor : cursors(attacker))
            add(probes, attacker, "?after=" + encoded(cursor) + '&' + theirQuery());
    }
    void outcomes(const Attacker &attacker, Probes &probes) const
    {
        for (const std::string &key : m_all.theirCommands) {
            for (const std::string &form : textForms(key))
                add(probes, attacker, '?' + theirQuery(), encode(OutcomesRequest{{{form}, {"mine"}}}));
        }
    }
    void members(const Attacker &attacker, Probes &probes) const
    {
        for (const std::string &name :
             {std::string(), std::string("mk"), marker + "-boss", marker + "-buyer"}) {
            for (const std::string &form : addressForms(name))
                add(probes, attacker, "?after=" + form + '&' + theirQuery());
        }
    }
    static std::vector<MemberEntry> entries(const std::string &user)
    {
        std::vector<MemberEntry> all;
        for (const Role &role : roles()) {
            for (const std::string &account : textForms(theirAccount)) {
                all.push_back({user, "x", std::string(role.name), {{account}}});
                all.push_back({user, "x", std::string(role.name), {{"A"}, {account}}});
            }
            all.push_back({user, "x", std::string(role.name), {}});
        }
        return all;
    }
    void invite(const Attacker &attacker, Probes &probes) const
    {
        for (const std::string &name : {marker + "-boss", std::string("newcomer")}) {
            for (const MemberEntry &entry : entries(name))
                add(probes, attacker, {}, encode(entry));
        }
    }
    void changeMember(const Attacker &attacker, Probes &probes) const
    {
        for (const std::string &name :
             {marker + "-boss", marker + "-buyer", attacker.user, std::string("sam")}) {
            for (const std::string &form : addressForms(name)) {
                add(probes, attacker, form,
                    encode(MemberEntry{{}, "x", "buyer", {{"A"}}, false, false, true}));
                add(probes, attacker, form, encode(MemberEntry{{}, "x", "admin", {{theirAccount}}}));
            }
        }
    }

    // Whatever is said, something of theirs is in it.
    std::vector<Command> foreignCommands(const std::string &key) const
    {
        std::vector<Command> all;
        const auto give = [&all, &key](Command command) {
            command.key = key + '-' + std::to_string(all.size());
            all.push_back(std::move(command));
        };
        for (const CommandType &type : commandTypes()) {
            const std::string theirTarget
                = type.kind == &Account::type ? theirAccount : marker + '-' + std::string(type.kind->name);
            for (const std::string &account :
                 {std::string("A"), std::string("A1"), std::string(), theirAccount}) {
                std::vector<std::string> targets = textForms(theirTarget);
                for (const std::string &maker : m_all.theirCommands)
                    targets.push_back(resultOf(maker));
                for (const std::string &target : targets) {
                    Command command;
                    command.verb = type.verb;
                    command.kind = type.kind;
                    command.account = account;
                    command.target = target;
                    if (type.verb == "save")
                        command.record = AnyRecord(*type.kind);
                    give(command);
                }
            }
        }
        for (const std::string &maker : m_all.theirCommands) {
            give(saveDefault({}, "A", resultOf(maker)));
            Command after = saveAddress({}, "A", "ADR-A", "Ely", "Hull");
            after.after = maker;
            give(after);
            Command reused = saveAddress({}, "A", "ADR-A", "Ely", "Hull");
            give(reused);
            all.back().key = maker;
        }
        for (const std::string &form : textForms(marker + "-address"))
            give(saveDefault({}, "A", form));
        for (const std::string &form : textForms(theirAccount))
            give(saveAddress({}, form, {}, "Ely"));
        return all;
    }
    void command(const Attacker &attacker, Probes &probes) const
    {
        for (const Command &command : foreignCommands(attacker.user))
            add(probes, attacker, '?' + theirQuery(), encodeCommand(command));
    }

    const Neighbours &m_all;
    mutable const Endpoint *m_endpoint = nullptr;
};

// What of theirs is in an answer. A key that was asked for is repeated by its outcome, and says nothing.
bool tells(std::string text, const HttpRequest &request)
{
    if (const auto wanted = decode<OutcomesRequest>(request.body)) {
        for (const CommandRef &ref : wanted->commands) {
            const std::string echo = "{\"command\":\"" + ref.command + "\",\"state\":\"unknown\"";
            if (const auto at = text.find(echo); at != std::string::npos)
                text.erase(at, echo.size());
        }
    }
    return text.find(marker) != std::string::npos;
}

bool tells(const HttpResponse &answer, const HttpRequest &request)
{
    const bool inHeaders = std::ranges::any_of(
        answer.headers, [&](const auto &header) { return tells(header.second, request); });
    return tells(answer.body, request) || inHeaders || answer.document || answer.wait != 0;
}

bool tells(const LiveEffects &effects)
{
    return std::ranges::any_of(effects, [](const LiveEffect &effect) {
        return effect.text && effect.text->find(marker) != std::string::npos;
    });
}

std::int64_t changesOfTheirs(const ScriptedErp &erp)
{
    return std::ranges::count_if(erp.history,
                                 [](const Change &change) { return change.account == theirAccount; });
}

} // namespace

// Nobody gets a byte of another company, whatever they name and however they write it. Made from the table of
// endpoints: one without a recipe fails.
class TenantProbesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_all = std::make_unique<Neighbours>(); }
    void cleanupTestCase() { m_all.reset(); }

    void everyEndpointHasProbes();
    void nothingGetsOut();
    void theProbesWouldNotice();

private:
    bool probe(const Probe &probe, ConnectionId id)
    {
        if (!probe.live) {
            const auto answer = m_all->core->handle(probe.request);
            m_last = answer.body;
            return tells(answer, probe.request);
        }
        const auto opening = m_all->core->openLive(id, probe.request);
        return tells(opening.effects) || tells(opening.refusal, probe.request);
    }
    // What the commands that were taken after all came to.
    bool outcomesTell(const Attacker &attacker, const std::vector<std::string> &keys)
    {
        bool told = false;
        for (const std::string &key : keys) {
            const auto answer = m_all->send("POST", "/v1/commands/outcomes", attacker.token,
                                            encode(OutcomesRequest{{{key}}}));
            told |= answer.body.find(marker) != std::string::npos && key.find(marker) == std::string::npos;
        }
        return told;
    }

    std::unique_ptr<Neighbours> m_all;
    std::string m_last; // answer
};

void TenantProbesTest::everyEndpointHasProbes()
{
    const Recipes recipes(*m_all);
    for (const Endpoint &endpoint : endpoints())
        QVERIFY2(recipes.probes(endpoint, m_all->attackers[0]), endpoint.path.data());
}

void TenantProbesTest::nothingGetsOut()
{
    const Recipes recipes(*m_all);
    const auto before = changesOfTheirs(m_all->erp);
    const auto users = m_all->store->people().users();
    std::size_t sent = 0;
    std::map<int, int> statuses;
    for (const Attacker &attacker : m_all->attackers) {
        for (const Endpoint &endpoint : endpoints()) {
            const auto probes = recipes.probes(endpoint, attacker);
            QVERIFY(probes);
            std::vector<std::string> given;
            for (const Probe &one : *probes) {
                const std::string what = attacker.user + ' ' + one.request.method + ' ' + one.request.path
                    + ' ' + one.request.body;
                QVERIFY2(!probe(one, ++sent), (what + '\n' + m_last.substr(0, 2'000)).c_str());
                if (const auto command = decodeCommand(one.request.body))
                    given.push_back(command->key);
            }
            QVERIFY2(!tells(m_all->settle()), attacker.user.c_str());
            QVERIFY(!outcomesTell(attacker, given));
            sent += given.size();
        }
    }
    // They go on with their business, and are told of it alone.
    QCOMPARE(changesOfTheirs(m_all->erp), before);
    m_all->erp.put(&Address::type, marker + "-address", theirAccount, theirRecord(Address::type));
    m_all->give(m_all->them.token, saveAddress(marker + "-last", theirAccount, {}, marker));
    QVERIFY(!tells(m_all->settle()));
    QVERIFY(!tells(m_all->core->tick()));
    for (const User &user : *users) {
        const auto now = m_all->store->people().user(user.name);
        if (user.name.starts_with(marker))
            QVERIFY((*now)->role == user.role && (*now)->accounts == user.accounts && !(*now)->disabled);
    }
    qInfo("%zu probes of %zu endpoints by %zu people, and not a byte got out", sent, endpoints().size(),
          m_all->attackers.size());
    QVERIFY(sent >= 10'000);
}

// Who may see it is told it by the same requests.
void TenantProbesTest::theProbesWouldNotice()
{
    const Recipes recipes(*m_all);
    std::set<std::string> told;
    for (const std::string &name : {marker + "-buyer", marker + "-boss"}) {
        Attacker owner{name, m_all->token(name), {}};
        owner.cursor
            = Cursor{cursorOf(m_all->them.cursor).epoch, 0, cursorOf(m_all->them.cursor).scope}.toString();
        for (const Endpoint &endpoint : endpoints()) {
            const auto probes = recipes.probes(endpoint, owner);
            for (const Probe &one : *probes) {
                if (told.contains(std::string(endpoint.path)) || one.request.method == "PUT")
                    break;
                if (probe(one, 1'000'000))
                    told.insert(std::string(endpoint.path));
            }
        }
    }
    for (const char *path : {"/v1/snapshot/{kind}", "/v1/changes", "/v1/documents/{key}",
                             "/v1/commands/outcomes", "/v1/users", "/v1/live"})
        QVERIFY2(told.contains(path), path);
}

QTEST_GUILESS_MAIN(TenantProbesTest)
#include "tst_tenantprobes.moc"
