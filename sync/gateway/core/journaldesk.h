#pragma once

#include "commandjournal.h"
#include "commandoutcome.h"
#include "commandrights.h"
#include "hookdesk.h"
#include "uploaddesk.h"

#include <functional>
#include <map>

namespace Counterfoil {

// Takes what people ask for, has the ERP do it once, and tells what came of it. docs/protocol.md, "Commands".
//
// A command is received (durable) → dispatched (durable, before the ERP may do anything) → applied, rejected
// or conflict. Whatever happened before, the ERP is first asked whether it knows the command's key; only
// after it said no, since the last try, is it asked to do it. So a lost answer, a death at any moment and a
// command sent again to a store restored from a backup are no special cases. Between that and being
// dispatched, the supplier's hooks are asked, each time anew: only what the ERP did counts.
//
// What a backup holds as not answered is asleep: it may have been refused since, and whoever was told so may
// have asked anew. The ERP is asked whether it knows it; if not, it waits to be sent again.
class JournalDesk
{
public:
    JournalDesk(GatewayState &state, HookDesk &hooks, UploadDesk &uploads)
        : m_state(state)
        , m_hooks(hooks)
        , m_uploads(uploads)
    { }

    HttpResponse receive(const HttpRequest &request);
    HttpResponse outcomes(const HttpRequest &request);

    std::optional<GatewayCore::CommandQuestion> question();
    LiveEffects take(const GatewayCore::CommandQuestion &question, const GatewayCore::CommandAnswer &answer);

    // What the hooks said that were to be asked first.
    LiveEffects hear(const std::string &key, const Result<HookSaying> &saying);

    // The log holds everything that the ERP had when it was asked as `order`; its last entry is `last`.
    LiveEffects readingEnded(std::uint64_t order, std::int64_t last);
    LiveEffects lateEffects(); // of what came to an end without an answer of the ERP's

    Outcome forgetBodies(Instant now);
    std::size_t unfinished() const { return m_open.size(); }

private:
    struct Open
    {
        JournalEntry entry;
        const RecordType *kind = nullptr;
        std::string target; // as the command says
        std::vector<std::string> dependencies;
        std::map<std::string, std::string> found; // targets of dependencies that only the ERP knew
        int failures = 0;                         // executions that broke
        int tries = 0;                            // questions in a row that failed
        int missing = 0;                          // questions after dependencies that nobody knew
        std::optional<BootTime> notBefore;
        bool asked = false;                   // the ERP, or a hook, is being asked
        bool consulting = false;              // it is a hook
        int unheard = 0;                      // times that hooks gave no answer that could be used
        std::optional<HookSaying> heard = {}; // since `cleared`
        std::string remark = {};              // of a hook that had something else done than was asked for
        bool cleared = false;        // since the last execution the ERP said that it does not know the key
        std::uint64_t appliedAt = 0; // in the order of questions and answers; 0: before this start

        // The ERP does not know it, and nobody has sent it again.
        bool sleeps() const { return cleared && entry.phase == JournalEntry::Phase::Asleep; }
    };
    using OpenByArrival = std::map<std::uint64_t, Open>;
    using Question = GatewayCore::CommandQuestion;

    enum class Standing { Waits, Refused, Applied, Elsewhere };
    struct Resolved
    {
        Standing standing = Standing::Applied;
        std::string elsewhere; // the dependency that only the ERP can know
        std::string_view code; // why it is refused
        Command command;
        std::set<std::string> made; // see permitCommand()
    };

    Outcome load();
    void add(Open open);
    void remove(const std::string &key); // what came to an end; the person will be told

    static Open openOf(JournalEntry entry, const Command &command);
    HttpResponse wake(const JournalEntry &entry, const Command &command);
    std::optional<Refusal> refusalOfNew(const std::string &person) const;
    Result<CommandOutcome> told(const JournalEntry &entry, const Scope &scope);

    // `entry`: the dependency's
    Result<Standing> standing(const Open &open, const std::string &dependency, JournalEntry &entry);
    std::string targetOf(const Open &open);
    bool waits(const Open &open, BootTime now);
    std::vector<std::uint64_t> inOrder() const; // of m_open
    std::optional<Question> next(Open &open);
    Result<Resolved> resolve(const Open &open);
    std::optional<Refusal> refusalNow(const Open &open, const Resolved &resolved);
    void conclude(Open &open, const CommandEffect &effect);
    void releaseUploads(const std::string &key);
    void reject(Open &open, std::string_view code);
    void broke(Open &open, bool executed, const Error &error);
    void tryLater(Open &open);

    GatewayState &m_state;
    HookDesk &m_hooks;
    UploadDesk &m_uploads;
    OpenByArrival m_open;
    std::unordered_map<std::string, std::uint64_t> m_arrival; // of what is open, by key
    std::unordered_map<std::string, std::size_t> m_perPerson;
    std::set<std::string> m_toNudge;
    std::uint64_t m_lastArrival = 0;
    bool m_loaded = false;
};

} // namespace Counterfoil
