#include "serve.h"

#include "approvingerp.h"
#include "configured.h"
#include "gatewaytext.h"
#include "httphookcaller.h"
#include "importhistory.h"
#include "paper.h"
#include "parentwatch.h"
#include "progress.h"
#include "sandboxlife.h"
#include "sandboxpeople.h"
#include "sqlitegatewaystore.h"
#include "storelock.h"
#include "trytonerp.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cstdio>
#include <optional>

namespace Counterfoil {

namespace {

constexpr std::size_t demoPasswordBytes = 12;
constexpr std::int64_t trytonEveryMs = 500; // one small question; see docs/tryton.md

// Standard output belongs to whom the program talks to: the lines that say where it listens.
void announce(const QByteArray &line)
{
    std::fprintf(stdout, "%s\n", line.constData());
    std::fflush(stdout);
}

Outcome makeFolderOf(const QString &file)
{
    const QString folder = QFileInfo(file).absolutePath();
    if (QDir().mkpath(folder))
        return Done();
    return Error{ErrorKind::Storage,
                 GatewayText::tr("The folder %1 cannot be made. Choose another place.").arg(folder)};
}

// The sandbox's people, with passwords that are worth nothing after this start.
Result<QJsonArray> admitSandboxPeople(PeopleStore &people, Random &random)
{
    QJsonArray list;
    for (const SandboxPerson &person : sandboxPeople()) {
        const std::string password = random.token(demoPasswordBytes);
        const auto hash = hashPassword(password, random);
        if (!hash)
            return hash.error();
        User user{person.user, person.displayName, person.role, person.accounts, *hash};
        user.contact = person.contact;
        for (const auto &[account, amount] : person.limits)
            user.limits.push_back({account, Decimal::fromInteger(amount)});
        if (const auto done = people.putUser(user); !done)
            return done.error();
        list.append(QJsonObject{{QStringLiteral("user"), QString::fromStdString(person.user)},
                                {QStringLiteral("displayName"), QString::fromStdString(person.displayName)},
                                {QStringLiteral("role"), QString::fromStdString(person.role)},
                                {QStringLiteral("password"), QString::fromStdString(password)}});
    }
    return list;
}

// The ERP, and the company in it where it is the sandbox.
struct Erp
{
    Connector &connector;
    SandboxErp *sandbox = nullptr;
    Connector *papers = nullptr; // see GatewayServer
};

Outcome run(const GatewayOptions &options, GatewayStore &store, const Erp &erp, const Clock &clock,
            Random &random)
{
    QJsonArray admittedPeople;
    if (options.demo) {
        auto admitted = admitSandboxPeople(store.people(), random);
        if (!admitted)
            return admitted.error();
        admittedPeople = *std::move(admitted);
    }
    GatewaySettings settings;
    settings.supplier = options.supplier.toStdString();
    if (settings.supplier.empty())
        settings.supplier
            = erp.sandbox ? sandboxSupplierName() : GatewayText::tr("Your supplier").toStdString();
    settings.notOffered = erp.connector.notOffered();
    settings.uploadFolder = options.storeFile + QStringLiteral(".uploads");
    // Limits are looked up on the connector's thread, so through a store of its own.
    const auto people = SqliteGatewayStore::open(options.storeFile, random);
    if (!people)
        return people.error();
    const auto approving = ApprovingErp::open(options.storeFile + QStringLiteral(".approvals"), erp.connector,
                                              **people, clock, random);
    if (!approving)
        return approving.error();
    Connector &connector = **approving;
    GatewayCore core(store, connector, clock, random, settings);
    // The sandbox is at hand, so nobody needs to meet a gateway that has not read it yet.
    while (erp.sandbox && core.pump().more) { }
    holdBackEndSignals(); // before there is another thread that they could come to
    HttpHookCaller hooks(clock);
    GatewayServer server(core, connector, &hooks, erp.papers);
    ServerSettings listening = options.server;
    if (!erp.sandbox)
        listening.erpEveryMs = trytonEveryMs;
    // Before anybody is served: nothing happens past a hook, or by other rules.
    Configured configured(options.configurationFile, erp.sandbox, server, clock);
    if (const auto done = configured.begin(); !done)
        return done;
    const auto url = server.start(listening);
    if (!url)
        return url.error();
    std::optional<SandboxLife> life;
    if (erp.sandbox && options.speed > 0) {
        life.emplace(*erp.sandbox, clock,
                     [](const Error &error) { say(error.userText + u' ' + error.detail); });
    }
    announce("listening on " + url->toUtf8());
    if (options.demo) {
        const QJsonObject ready{{QStringLiteral("url"), *url}, {QStringLiteral("people"), admittedPeople}};
        announce(QJsonDocument(ready).toJson(QJsonDocument::Compact));
    }
    if (options.configurationFile.isEmpty())
        awaitEnd();
    else
        awaitEnd([&configured](bool asked) { configured.look(asked); });
    server.stop();
    return Done();
}

Outcome serveSandbox(const GatewayOptions &options, GatewayStore &store, const Clock &clock, Random &random)
{
    if (const auto done = makeFolderOf(options.erpStoreFile); !done)
        return done;
    SandboxSettings company;
    company.seed = options.seed;
    company.scale = options.scale;
    if (options.speed > 0)
        company.speed = options.speed;
    company.changesPerSecond = options.changesPerSecond;
    company.drawing = drawPaper;
    const auto erp = SandboxErp::open(options.erpStoreFile, company, clock,
                                      progressOn(GatewayText::tr("Making the company")));
    if (!erp)
        return erp.error();
    if (!options.importFile.isEmpty()) {
        if (const auto done = importHistory(**erp, options); !done)
            return done;
    }
    return run(options, store, {**erp, erp->get()}, clock, random);
}

} // namespace

Outcome serve(const GatewayOptions &options)
{
    if (options.demo)
        endWithParent();
    raiseFileLimit();
    if (const auto done = makeFolderOf(options.storeFile); !done)
        return done;
    const auto lock = StoreLock::take(options.storeFile);
    if (!lock)
        return lock.error();

    SystemRandom random;
    const SystemClock clock;
    const auto store = SqliteGatewayStore::open(options.storeFile, random);
    if (!store)
        return store.error();
    if (options.renewEpoch) {
        if (const auto done = (*store)->restored(); !done)
            return done;
    }
    if (!options.tryton)
        return serveSandbox(options, **store, clock, random);
    TrytonErp erp(*options.tryton, clock);
    TrytonErp papers(*options.tryton, clock); // LibreOffice takes seconds for each
    return run(options, **store, {erp, nullptr, &papers}, clock, random);
}

} // namespace Counterfoil
