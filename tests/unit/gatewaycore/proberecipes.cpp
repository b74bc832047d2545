#include "proberecipes.h"

#include "target.h"
#include "uploadmessages.h"

#include <QByteArray>

namespace Counterfoil::Testing {

namespace {

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

} // namespace

std::optional<Probes> ProbeRecipes::probes(const Endpoint &endpoint, const ProbeAttacker &attacker) const
{
    using Recipe = void (ProbeRecipes::*)(const ProbeAttacker &, Probes &) const;
    static const std::map<std::string, Recipe> recipes{
        {"POST /v1/session", &ProbeRecipes::signIn},
        {"POST /v1/session/refresh", &ProbeRecipes::refresh},
        {"DELETE /v1/session", &ProbeRecipes::nothingToName},
        {"POST /v1/session/password", &ProbeRecipes::password},
        {"POST /v1/snapshot", &ProbeRecipes::snapshot},
        {"GET /v1/snapshot/{kind}", &ProbeRecipes::list},
        {"GET /v1/changes", &ProbeRecipes::changes},
        {"GET /v1/documents/{key}", &ProbeRecipes::document},
        {"POST /v1/quotes", &ProbeRecipes::quote},
        {"POST /v1/uploads", &ProbeRecipes::announce},
        {"PUT /v1/uploads/{upload}", &ProbeRecipes::upload},
        {"GET /v1/uploads/{upload}", &ProbeRecipes::upload},
        {"POST /v1/commands", &ProbeRecipes::command},
        {"POST /v1/commands/outcomes", &ProbeRecipes::outcomes},
        {"GET /v1/users", &ProbeRecipes::members},
        {"POST /v1/users", &ProbeRecipes::invite},
        {"PUT /v1/users/{user}", &ProbeRecipes::changeMember},
        {"GET /v1/live", &ProbeRecipes::live},
        {"GET /v1/openapi.json", &ProbeRecipes::nothingToName},
        {"GET /v1/asyncapi.json", &ProbeRecipes::nothingToName},
        {"GET /healthz", &ProbeRecipes::nothingToName},
        {"GET /metrics", &ProbeRecipes::nothingToName},
    };
    m_endpoint = &endpoint;
    const auto found = recipes.find(std::string(endpoint.method) + ' ' + std::string(endpoint.path));
    if (found == recipes.end())
        return std::nullopt;
    Probes probes;
    (this->*found->second)(attacker, probes);
    return probes;
}

void ProbeRecipes::add(Probes &probes, const ProbeAttacker &attacker, const std::string &target,
                       const std::string &body) const
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

std::vector<std::string> ProbeRecipes::cursors(const ProbeAttacker &attacker) const
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

std::string ProbeRecipes::theirQuery()
{
    return "account=" + encoded(theirAccount) + "&scope=all&user=" + marker + "-boss";
}

void ProbeRecipes::nothingToName(const ProbeAttacker &attacker, Probes &probes) const
{
    if (m_endpoint->method != "DELETE") // which would end this attacker's attempts
        add(probes, attacker, '?' + theirQuery());
}

void ProbeRecipes::signIn(const ProbeAttacker &attacker, Probes &probes) const
{
    for (const std::string &name : {marker + "-buyer", marker + "-boss"}) {
        for (const std::string &form : textForms(name))
            add(probes, attacker, {}, encode(SessionRequest{form, attacker.user + "-secret", "x"}));
    }
}

void ProbeRecipes::refresh(const ProbeAttacker &attacker, Probes &probes) const
{
    for (const std::string &key : m_all.theirKeys)
        add(probes, attacker, {}, encode(RefreshRequest{key + '.' + key}));
    add(probes, attacker, {}, encode(RefreshRequest{attacker.token + "." + m_all.them.user}));
}

void ProbeRecipes::password(const ProbeAttacker &attacker, Probes &probes) const
{
    add(probes, attacker, "?user=" + marker + "-buyer",
        encode(PasswordChange{marker, "a password of theirs"}));
    add(probes, attacker, {}, R"({"user":"mk9b-buyer","password":"x","newPassword":"a password of theirs"})");
}

void ProbeRecipes::snapshot(const ProbeAttacker &attacker, Probes &probes) const
{
    for (const std::string &cursor : cursors(attacker)) {
        for (const std::string &form : addressForms(cursor))
            add(probes, attacker, "?beyond=" + form + '&' + theirQuery());
    }
}

void ProbeRecipes::list(const ProbeAttacker &attacker, Probes &probes) const
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

void ProbeRecipes::changes(const ProbeAttacker &attacker, Probes &probes) const
{
    for (const std::string &cursor : cursors(attacker)) {
        for (const std::string &form : addressForms(cursor))
            add(probes, attacker, "?limit=2000&after=" + form + '&' + theirQuery());
    }
}

void ProbeRecipes::document(const ProbeAttacker &attacker, Probes &probes) const
{
    for (const std::string &key : m_all.theirKeys) {
        for (const std::string &form : addressForms(key))
            add(probes, attacker, form);
    }
}

void ProbeRecipes::announce(const ProbeAttacker &attacker, Probes &probes) const
{
    const std::string digest(64, '0');
    for (const std::string &id : {theirUpload, attacker.user}) {
        for (const std::string &account : textForms(theirAccount))
            add(probes, attacker, '?' + theirQuery(),
                encode(UploadRequest{id, account, "x", "image/png", 9, digest}));
    }
    add(probes, attacker, {}, encode(UploadRequest{theirUpload, "A", "x", "application/pdf", 9, digest}));
}

void ProbeRecipes::upload(const ProbeAttacker &attacker, Probes &probes) const
{
    for (const std::string &form : addressForms(theirUpload)) {
        const char *mark = form.find('?') == std::string::npos ? "?" : "&";
        add(probes, attacker, form + mark + "offset=0&" + theirQuery(), "%PDF-x");
        add(probes, attacker, form + mark + "offset=9", "%PDF-x");
    }
}

void ProbeRecipes::live(const ProbeAttacker &attacker, Probes &probes) const
{
    for (const std::string &cursor : cursors(attacker))
        add(probes, attacker, "?after=" + encoded(cursor) + '&' + theirQuery());
}

void ProbeRecipes::outcomes(const ProbeAttacker &attacker, Probes &probes) const
{
    for (const std::string &key : m_all.theirCommands) {
        for (const std::string &form : textForms(key))
            add(probes, attacker, '?' + theirQuery(), encode(OutcomesRequest{{{form}, {"mine"}}}));
    }
}

void ProbeRecipes::members(const ProbeAttacker &attacker, Probes &probes) const
{
    for (const std::string &name : {std::string(), std::string("mk"), marker + "-boss", marker + "-buyer"}) {
        for (const std::string &form : addressForms(name))
            add(probes, attacker, "?after=" + form + '&' + theirQuery());
    }
}

std::vector<MemberEntry> ProbeRecipes::entries(const std::string &user)
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

void ProbeRecipes::invite(const ProbeAttacker &attacker, Probes &probes) const
{
    for (const std::string &name : {marker + "-boss", std::string("newcomer")}) {
        for (const MemberEntry &entry : entries(name))
            add(probes, attacker, {}, encode(entry));
    }
}

void ProbeRecipes::changeMember(const ProbeAttacker &attacker, Probes &probes) const
{
    for (const std::string &name : {marker + "-boss", marker + "-buyer", attacker.user, std::string("sam")}) {
        for (const std::string &form : addressForms(name)) {
            add(probes, attacker, form, encode(MemberEntry{{}, "x", "buyer", {{"A"}}, false, false, true}));
            add(probes, attacker, form, encode(MemberEntry{{}, "x", "admin", {{theirAccount}}}));
        }
    }
}

std::vector<Command> ProbeRecipes::foreignCommands(const std::string &key) const
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
                if (carriesRecord(type.verb))
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

void ProbeRecipes::quote(const ProbeAttacker &attacker, Probes &probes) const
{
    const auto ask = [&](const std::string &account, const std::string &shipTo, const std::string &cart) {
        QuoteRequest request{account, cart, shipTo, marker, {}, {{1, "WH-1001", Decimal::fromInteger(1)}}};
        add(probes, attacker, '?' + theirQuery(), encode(request));
    };
    for (const std::string &form : textForms(theirAccount))
        ask(form, {}, {});
    for (const std::string &account : {std::string("A"), std::string("A1"), std::string(), theirAccount}) {
        for (const std::string &form : textForms(marker + "-address"))
            ask(account, form, {});
        for (const std::string &form : textForms(marker + "-cart"))
            ask(account, {}, form);
    }
}

void ProbeRecipes::command(const ProbeAttacker &attacker, Probes &probes) const
{
    for (const Command &command : foreignCommands(attacker.user))
        add(probes, attacker, '?' + theirQuery(), encodeCommand(command));
}

} // namespace Counterfoil::Testing
