#pragma once

#include "byterange.h"
#include "clock.h"
#include "connector.h"
#include "gatewaystore.h"
#include "hook.h"
#include "messages.h"
#include "password.h"
#include "problems.h"
#include "random.h"

#include <map>
#include <memory>
#include <vector>

namespace Counterfoil {

struct HttpRequest
{
    std::string method;
    std::string path;                         // decoded, without the query
    std::map<std::string, std::string> query; // decoded
    std::string bearer;                       // the access token from the Authorization header; may be empty
    std::string body;
    std::string peer; // the caller's address, for rate limits and the log
    // Headers of that name, which documents heed; empty: none
    std::string range = {};
    std::string ifRange = {};
    std::string ifNoneMatch = {};
};

using WaitId = std::uint64_t;

struct HttpResponse
{
    int status = 200;
    std::string contentType = "application/json";
    std::string body;
    std::int64_t retryAfterMs = 0;
    std::vector<std::pair<std::string, std::string>> headers = {}; // besides those that follow from the above

    struct DocumentPart
    {
        std::string sha256; // its name in the GatewayDocuments
        ByteRange range;
    };
    std::optional<DocumentPart> document = {}; // stands in the body's place
    std::string upload = {};                   // whose file the document is; empty: it is the ERP's
    WaitId wait = 0;      // not 0: this is no answer yet; it comes under that number, as a LateAnswer
    bool asksErp = false; // there is something new to ask the ERP for
};

struct LateAnswer
{
    WaitId wait = 0;
    HttpResponse response;
};
using LateAnswers = std::vector<LateAnswer>;

using ConnectionId = std::uint64_t;

// What the shell has to do to open WebSockets after a call into the core.
struct LiveEffect
{
    ConnectionId connection = 0;
    std::shared_ptr<const std::string> text; // to send; null: close the connection
};
using LiveEffects = std::vector<LiveEffect>;

// What may differ from one gateway to the next.
struct GatewaySettings
{
    std::string supplier;               // whose ERP it is, shown to people
    std::vector<NotOffered> notOffered; // Connector::notOffered(), told to who signs in
    PasswordCost passwordCost;
    Retention retention;
    std::int64_t accessTokenMs = 15 * 60 * 1000;
    std::int64_t sessionMs = 30LL * 24 * 3600 * 1000; // without a refresh
    int erpBatch = 2'000;                             // changes asked of the ERP at once
    std::size_t liveConnections = 20'000;
    std::size_t liveConnectionsOfUser = 64;
    std::size_t documentWaits = 256; // requests that wait at once for documents from the ERP
    std::size_t documentWaitsOfUser = 16;
    std::int64_t documentMs = Limits::documentWaitMs; // that a request waits at most
    std::size_t quoteWaits = 256;                     // requests that wait at once for the ERP's quotes
    std::size_t quoteWaitsOfUser = 8;
    std::int64_t quoteMs = Limits::quoteWaitMs;           // that a request waits at most
    std::size_t unfinishedCommands = 20'000;              // of all people; see Limits::unfinishedCommands
    std::int64_t commandBodyMs = 30LL * 24 * 3600 * 1000; // that bodies of finished commands are kept
    QString uploadFolder;                                 // of files that people send; empty: they cannot
    std::int64_t invitationMs = 14LL * 24 * 3600 * 1000;  // that a first password lasts
};

// As a freshness, where the gateway has never yet held everything that its ERP has: a hundred years.
inline constexpr std::int64_t unknownLagMs = 100LL * 365 * 24 * 3600 * 1000;

// The whole gateway but for its sockets: who is signed in, what they may see, the change log, the
// snapshot, the live frames. Takes events and returns effects; owns no socket, thread or timer and
// reads time and chance only from what it was given. One thread at a time.
class GatewayCore
{
public:
    GatewayCore(GatewayStore &store, Connector &erp, const Clock &clock, Random &random,
                GatewaySettings settings = {});
    ~GatewayCore();

    // HEAD is answered like GET: leaving out the body is for the shell.
    HttpResponse handle(const HttpRequest &request);
    // That the body of a request for this path may have at most. Any thread.
    static std::size_t bodyBytes(std::string_view path);

    // A client asks to upgrade GET /v1/live?after=CURSOR. Not accepted: `refusal` is the HTTP answer.
    // A cursor that cannot be answered is accepted and told so by a frame, since few WebSocket
    // libraries show the body of a refusal.
    struct LiveOpening
    {
        bool accepted = false;
        HttpResponse refusal;
        LiveEffects effects; // to be carried out once the upgrade is done
    };
    LiveOpening openLive(ConnectionId connection, const HttpRequest &request);
    LiveEffects receive(ConnectionId connection, const std::string &text);
    void closed(ConnectionId connection);

    // Fetches one batch from the ERP, commits it to the log, and says whom to tell. `more`: call
    // again at once. To be called when the connector calls back, and at least every 500 ms.
    struct PumpResult
    {
        LiveEffects effects;
        bool more = false;
    };
    PumpResult pump();

    // pump() in two halves, for a shell that asks the ERP on a thread of its own: `question` says what
    // to ask, take() stores the answer. An answer to a question that is no longer the next one is dropped.
    struct ErpQuestion
    {
        std::string position;
        int limit = 0;
        BootTime askedAtBoot;
        Instant askedAt;
        std::uint64_t order = 0; // among all questions and answers of this core
    };
    Result<ErpQuestion> question();
    PumpResult take(const ErpQuestion &question, const Result<ErpBatch> &answer);

    // A document that the ERP is to be asked for, each once; nothing: none at present.
    struct DocumentQuestion
    {
        std::string key;
        std::string sha256; // that its record has; empty: not issued as far as is known
    };
    std::optional<DocumentQuestion> documentQuestion();
    // Keeps the bytes of the ERP's answer if they are what was asked for. Takes
    // as long as the disk does and touches nothing else of the core, so any thread may call it.
    struct KeptDocument
    {
        std::string sha256;
        std::int64_t bytes = 0;
        std::string mediaType;
    };
    Result<KeptDocument> keepDocument(const DocumentQuestion &question,
                                      const Result<IssuedDocument> &answer) const;
    // Where the DocumentParts of answers are. Any thread may read there.
    const GatewayDocuments &documents() const;
    Result<std::unique_ptr<QFile>> openUpload(const std::string &id) const; // any thread
    // Answers the requests that waited for it.
    LateAnswers takeDocument(const DocumentQuestion &question, const Result<KeptDocument> &kept);

    // What the ERP is to be asked about prices and stock, each question once; nothing: nothing at present.
    struct QuoteQuestion
    {
        WaitId wait = 0; // of the request
        QuoteRequest request;
        std::string actor;
    };
    std::optional<QuoteQuestion> quoteQuestion();
    LateAnswers takeQuote(const QuoteQuestion &question, const Result<Quote> &answer);

    // What the ERP is to be asked about a command; nothing: nothing at present. Everything has to be answered
    // by takeCommand(), in whatever order; a core that is made anew asks again by itself.
    struct CommandQuestion
    {
        std::string key;  // of the command
        std::string find; // ask Connector::findByKey() for this one; empty: execute `command`
        Command command;  // references are resolved
        std::string actor;
    };
    using CommandAnswer = Result<std::optional<CommandEffect>>;
    std::optional<CommandQuestion> commandQuestion();
    static CommandAnswer ask(Connector &erp, const CommandQuestion &question);
    LiveEffects takeCommand(const CommandQuestion &question, const CommandAnswer &answer);

    // Whom to ask before a command is done and to tell after a record changed, from now on.
    void setHooks(std::vector<Hook> hooks);
    // The calls to be made now, each once; every answer goes to takeHook(). Looked for after every answer of
    // the ERP and of a hook, and in tick()'s rhythm.
    std::vector<HookQuestion> hookQuestions();
    LiveEffects takeHook(const HookQuestion &question, const HookAnswer &answer);

    // Answers the requests that have waited too long. To be called once a second.
    LateAnswers giveUpWaiting();

    // Closes what has expired, re-authorises open connections, trims the log. To be called once a second.
    LiveEffects tick();

    // For what the shell has to refuse without asking: the same form, and counted like the others.
    HttpResponse refuse(ProblemKind kind, const std::string &detail);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Counterfoil
