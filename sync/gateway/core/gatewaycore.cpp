#include "gatewaycore.h"

#include "account.h"
#include "codec.h"
#include "digest.h"
#include "documentdesk.h"
#include "gatewaystate.h"
#include "hookdesk.h"
#include "journaldesk.h"
#include "members.h"
#include "quotedesk.h"
#include "requests.h"
#include "uploaddesk.h"

#include <QLoggingCategory>

namespace Counterfoil {

namespace {

Q_LOGGING_CATEGORY(log, "counterfoil.gateway")

constexpr std::int64_t housekeepingMs = 60'000;
constexpr std::size_t frameLineBytes = Limits::frameBytes - 4096;

void append(LiveEffects &effects, const LiveEffects &more)
{
    effects.insert(effects.end(), more.begin(), more.end());
}

} // namespace

class GatewayCore::Private
{
public:
    Private(GatewayStore &store, Connector &connector, const Clock &clock, Random &random,
            GatewaySettings settings)
        : state(store, clock, random, std::move(settings))
        , erp(connector)
        , desk(state)
        , quotes(state)
        , hooks(state)
        , uploads(state)
        , commands(state, hooks, uploads)
        , members(state)
        , requests(state, desk, quotes, uploads, commands, members)
    { }

    HttpResponse counted(HttpResponse response)
    {
        if (response.wait == 0)
            ++state.metrics.answersByStatus[response.status];
        return response;
    }
    LateAnswers counted(LateAnswers answers)
    {
        for (const LateAnswer &answer : answers)
            ++state.metrics.answersByStatus[answer.response.status];
        return answers;
    }

    bool followAccounts(const std::vector<LogEntry> &entries, const std::vector<Change> &changes);
    void reauthoriseWhenRightsChanged(bool scopesMayDiffer, LiveEffects &effects);
    void reauthorise(ConnectionId id, LiveEffects &effects);
    void erpFailed(const Error &error, const ErpQuestion &question, PumpResult &result);
    std::vector<ConnectionId> connectionIds() const;
    void keepHouse();

    GatewayState state;
    Connector &erp;
    DocumentDesk desk;
    QuoteDesk quotes;
    HookDesk hooks;
    UploadDesk uploads;
    JournalDesk commands;
    Members members;
    Requests requests;
};

GatewayCore::GatewayCore(GatewayStore &store, Connector &erp, const Clock &clock, Random &random,
                         GatewaySettings settings)
    : d(std::make_unique<Private>(store, erp, clock, random, std::move(settings)))
{
    // Not by whoever opens the store, which may be done beside a gateway that is writing.
    store.documents().removeLeftovers();
}

GatewayCore::~GatewayCore() = default;

std::size_t GatewayCore::bodyBytes(std::string_view path)
{
    return Requests::bodyBytes(path);
}

HttpResponse GatewayCore::handle(const HttpRequest &request)
{
    return d->counted(d->requests.answer(request));
}

HttpResponse GatewayCore::refuse(ProblemKind kind, const std::string &detail)
{
    return d->counted(d->state.problem({kind, detail}));
}

GatewayCore::LiveOpening GatewayCore::openLive(ConnectionId connection, const HttpRequest &request)
{
    GatewayState &state = d->state;
    const auto refused = [&](const Refusal &refusal) {
        return LiveOpening{false, d->counted(state.problem(refusal)), {}};
    };
    const auto admitted = state.admit(request.bearer);
    if (const auto *refusal = std::get_if<Refusal>(&admitted))
        return refused(*refusal);
    const auto &caller = std::get<GatewayState::Admitted>(admitted);
    const std::string &user = caller.caller.user.name;
    if (state.live.size() >= state.settings.liveConnections
        || state.live.countOfUser(user) >= state.settings.liveConnectionsOfUser)
        return refused({ProblemKind::Overloaded, "too many open connections", 5'000});
    const auto after = request.query.find("after");
    const auto place = state.place(after == request.query.end() ? std::string() : after->second, caller);
    LiveOpening opening;
    if (const auto *refusal = std::get_if<Refusal>(&place)) {
        if (refusal->kind == ProblemKind::Malformed || problemType(refusal->kind).status >= 500)
            return refused(*refusal);
        opening.accepted = true;
        state.live.close(connection, "scope", problemType(refusal->kind).uri, opening.effects);
        return opening;
    }
    const auto from = std::get<std::int64_t>(place);
    auto range = readRange(state.store, *caller.scope, from, caller.log.last,
                           {Limits::frameChanges, frameLineBytes});
    if (!range)
        return refused(refusalOf(range.error()));
    std::optional<std::vector<std::string>> lines;
    if (range->to == caller.log.last)
        lines = std::move(range->lines);
    opening.accepted = true;
    state.live.open(connection, {user, caller.caller.session, caller.caller.tokenExpiresAt, {}}, caller.scope,
                    from, caller.log, lines, state.freshness(), opening.effects);
    ++state.metrics.answersByStatus[101];
    return opening;
}

LiveEffects GatewayCore::receive(ConnectionId connection, const std::string &text)
{
    LiveEffects effects;
    const auto ping
        = text.size() <= Limits::requestBytes ? decode<LivePing>(text) : Result<LivePing>(Error());
    const auto log = d->state.store.logState();
    if (!ping || !log) {
        d->state.live.close(connection, {}, {}, effects);
        return effects;
    }
    d->state.live.pong(connection, ping->ping, *log, d->state.freshness(), effects);
    return effects;
}

void GatewayCore::closed(ConnectionId connection)
{
    d->state.live.forget(connection);
}

Result<GatewayCore::ErpQuestion> GatewayCore::question()
{
    const auto state = d->state.store.logState();
    if (!state)
        return state.error();
    return ErpQuestion{state->position, d->state.settings.erpBatch, d->state.clock.sinceBoot(),
                       d->state.clock.now(), ++d->state.order};
}

GatewayCore::PumpResult GatewayCore::pump()
{
    const auto next = question();
    if (!next) {
        ++d->state.metrics.storeErrors;
        return {};
    }
    return take(*next, d->erp.changesAfter(next->position, next->limit));
}

GatewayCore::PumpResult GatewayCore::take(const ErpQuestion &question, const Result<ErpBatch> &answer)
{
    GatewayState &state = d->state;
    PumpResult result;
    if (!answer) {
        d->erpFailed(answer.error(), question, result);
        return result;
    }
    const auto before = state.load() ? state.store.logState() : Result<LogState>(Error());
    if (!before) {
        ++state.metrics.storeErrors;
        return result;
    }
    if (before->position != question.position) {
        result.more = true;
        return result;
    }
    const auto entries = state.store.commit(*answer, question.askedAt, state.clock.now());
    const auto after = state.store.logState();
    if (!entries || !after) {
        ++state.metrics.storeErrors;
        qCWarning(log, "Changes could not be stored: %s",
                  qUtf8Printable(entries ? after.error().detail : entries.error().detail));
        return result;
    }
    state.erpWatch.answered(question.askedAtBoot, answer->more);
    state.metrics.committedChanges += std::ssize(*entries);
    result.more = answer->more;
    d->reauthoriseWhenRightsChanged(d->followAccounts(*entries, answer->changes), result.effects);
    if (!entries->empty())
        state.live.publish(*entries, *after, state.freshness(), result.effects);
    if (!answer->more)
        append(result.effects, d->commands.readingEnded(question.order, after->last));
    return result;
}

// An ERP that no longer knows how far it had told its history has another one now: all of it is
// fetched anew, under a new epoch. Anything else passes by itself or with somebody's help.
void GatewayCore::Private::erpFailed(const Error &error, const ErpQuestion &question, PumpResult &result)
{
    ++state.metrics.erpErrors;
    if (state.erpWatch.failed(error.kind)) // once for each reason: it may be refused after it was down
        qCWarning(log, "The ERP did not answer: %s (%s)", qUtf8Printable(error.userText),
                  qUtf8Printable(error.detail));
    if (error.kind != ErrorKind::NotFound || question.position.empty())
        return;
    const auto now = state.store.logState();
    if (!now || now->position != question.position)
        return;
    if (const auto done = state.store.startOver(); !done) {
        ++state.metrics.storeErrors;
        return;
    }
    state.tree = {};
    state.erpWatch = ErpWatch(state.clock, {});
    for (const ConnectionId id : connectionIds())
        state.live.close(id, "scope", problemType(ProblemKind::CursorOtherEpoch).uri, result.effects);
    result.more = true;
}

std::vector<ConnectionId> GatewayCore::Private::connectionIds() const
{
    std::vector<ConnectionId> ids;
    for (const auto &[id, connection] : state.live.connections())
        ids.push_back(id);
    return ids;
}

std::optional<GatewayCore::DocumentQuestion> GatewayCore::documentQuestion()
{
    return d->desk.question();
}

const GatewayDocuments &GatewayCore::documents() const
{
    return d->state.store.documents();
}

Result<std::unique_ptr<QFile>> GatewayCore::openUpload(const std::string &id) const
{
    return d->uploads.folder().open(id);
}

Result<GatewayCore::KeptDocument> GatewayCore::keepDocument(const DocumentQuestion &question,
                                                            const Result<IssuedDocument> &answer) const
{
    if (!answer)
        return answer.error();
    const auto refused = [](const QString &detail) { return Error{ErrorKind::BadReply, {}, detail}; };
    if (answer->bytes.empty() || answer->bytes.size() > Limits::documentBytes)
        return refused(QStringLiteral("%1 bytes").arg(answer->bytes.size()));
    const std::string sha256 = sha256Hex(answer->bytes);
    if (sha256 != answer->sha256 || (!question.sha256.empty() && sha256 != question.sha256))
        return refused(QStringLiteral("other bytes than its digest says"));
    if (const auto done = documents().put(sha256, answer->bytes); !done)
        return done.error();
    return KeptDocument{sha256, static_cast<std::int64_t>(answer->bytes.size()), answer->mediaType};
}

LateAnswers GatewayCore::takeDocument(const DocumentQuestion &question, const Result<KeptDocument> &kept)
{
    return d->counted(d->desk.take(question, kept));
}

std::optional<GatewayCore::QuoteQuestion> GatewayCore::quoteQuestion()
{
    return d->quotes.question();
}

LateAnswers GatewayCore::takeQuote(const QuoteQuestion &question, const Result<Quote> &answer)
{
    return d->counted(d->quotes.take(question, answer));
}

std::optional<GatewayCore::CommandQuestion> GatewayCore::commandQuestion()
{
    return d->commands.question();
}

GatewayCore::CommandAnswer GatewayCore::ask(Connector &erp, const CommandQuestion &question)
{
    if (!question.find.empty())
        return erp.findByKey(question.find);
    auto effect = erp.execute(question.command, question.actor);
    if (!effect)
        return effect.error();
    return std::optional(*std::move(effect));
}

LiveEffects GatewayCore::takeCommand(const CommandQuestion &question, const CommandAnswer &answer)
{
    return d->commands.take(question, answer);
}

void GatewayCore::setHooks(std::vector<Hook> hooks)
{
    d->hooks.setHooks(std::move(hooks));
}

std::vector<HookQuestion> GatewayCore::hookQuestions()
{
    return d->hooks.questions();
}

LiveEffects GatewayCore::takeHook(const HookQuestion &question, const HookAnswer &answer)
{
    const auto heard = d->hooks.take(question, answer);
    return heard ? d->commands.hear(heard->command, heard->saying) : LiveEffects();
}

LateAnswers GatewayCore::giveUpWaiting()
{
    LateAnswers answers = d->desk.giveUp();
    for (LateAnswer &answer : d->quotes.giveUp())
        answers.push_back(std::move(answer));
    return d->counted(std::move(answers));
}

// Keeps the tree of accounts as the log has it; true when scopes may differ now.
bool GatewayCore::Private::followAccounts(const std::vector<LogEntry> &entries,
                                          const std::vector<Change> &changes)
{
    bool moved = false;
    std::unordered_map<std::string, const Account *> reported;
    for (const Change &change : changes) {
        if (change.kind == &Account::type)
            reported[change.key] = change.record.isNull() ? nullptr : change.record.as<Account>();
    }
    for (const LogEntry &entry : entries) {
        if (entry.kind != &Account::type)
            continue;
        const Account *account = reported[entry.key];
        moved |= account ? state.tree.set(*account) : state.tree.remove(entry.key);
    }
    return moved;
}

void GatewayCore::Private::reauthoriseWhenRightsChanged(bool scopesMayDiffer, LiveEffects &effects)
{
    const auto version = state.store.people().rightsVersion();
    if (version && *version == state.rightsVersion && !scopesMayDiffer)
        return;
    for (const ConnectionId id : connectionIds())
        reauthorise(id, effects);
    // Unreadable: looked at again next time.
    if (version)
        state.rightsVersion = *version;
}

// Closes the connection unless its session stands, its scope is still the same, and its token, or a
// newer one of the session, is still good.
void GatewayCore::Private::reauthorise(ConnectionId id, LiveEffects &effects)
{
    const LiveFeeds::Connection connection = state.live.connections().at(id);
    const auto caller = state.sessions.reauthorise(connection.session);
    if (const auto *refusal = std::get_if<Refusal>(&caller)) {
        const bool ended = problemType(refusal->kind).status < 500;
        state.live.close(id, ended ? "bye" : "", ended ? problemType(refusal->kind).uri : "", effects);
        return;
    }
    const Caller &known = std::get<Caller>(caller);
    if (Scope(known.user, state.tree).hash() != connection.group) {
        state.live.close(id, "scope", problemType(ProblemKind::ScopeChanged).uri, effects);
        return;
    }
    if (known.tokenExpiresAt <= state.clock.now())
        state.live.close(id, {}, {}, effects);
    else
        state.live.setTokenExpiry(id, known.tokenExpiresAt);
}

void GatewayCore::Private::keepHouse()
{
    const Instant now = state.clock.now();
    // Also after the wall clock was set back.
    if (state.lastHousekeeping.isSet() && now >= state.lastHousekeeping
        && now.ms - state.lastHousekeeping.ms < housekeepingMs)
        return;
    state.lastHousekeeping = now;
    uploads.removeLoose(now);
    const auto trimmed = state.store.trim(state.settings.retention, now);
    const auto expired = state.store.people().removeExpired(now);
    const auto forgotten = commands.forgetBodies(now);
    if (!trimmed || !expired || !forgotten)
        ++state.metrics.storeErrors;
}

LiveEffects GatewayCore::tick()
{
    LiveEffects effects;
    d->reauthoriseWhenRightsChanged(false, effects);
    const Instant now = d->state.clock.now();
    std::vector<ConnectionId> expired;
    for (const auto &[id, connection] : d->state.live.connections()) {
        if (connection.tokenExpiresAt <= now)
            expired.push_back(id);
    }
    for (const ConnectionId id : expired)
        d->reauthorise(id, effects);
    d->keepHouse();
    append(effects, d->commands.lateEffects());
    return effects;
}

} // namespace Counterfoil
