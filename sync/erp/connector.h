#pragma once

#include "change.h"
#include "command.h"
#include "notoffered.h"
#include "quote.h"
#include "result.h"
#include "returnrules.h"

#include <functional>
#include <optional>

namespace Counterfoil {

// A stretch of the ERP's own history of changes.
struct ErpBatch
{
    // Oldest first; Change::sequence is 0, since the gateway numbers them. A record that changed more
    // than once may appear once, as it is now.
    std::vector<Change> changes;
    std::string position; // hand it back to go on from here
    bool more = false;    // false: at the moment of the call, nothing followed
};

// A paper as the ERP issued it.
struct IssuedDocument
{
    std::string bytes;
    std::string mediaType; // "application/pdf"
    std::string sha256;    // 64 lower-case hexadecimal digits
};

// What a command came to at the ERP.
struct CommandEffect
{
    enum class Verdict { Applied, Rejected, Conflict };

    Verdict verdict = Verdict::Applied;
    std::string target;     // applied, conflict: the record's key
    std::string reasonCode; // rejected: stable, for programs
    std::string reason;     // rejected: one sentence for the person
    std::int64_t theirVersion = 0;
    AnyRecord theirs;                             // conflict: the record as it is
    std::vector<CartDifference> differences = {}; // rejected, of a place: what is not as the person saw it
};

// What the gateway needs from an ERP. One implementation for each ERP; each is a system of its own
// with its own store. Called from the gateway's connector thread only, one call at a time; calls may
// block, within limits of their own.
class Connector
{
public:
    virtual ~Connector() = default;

    // What changed after `position`; "" stands for the beginning, from where every record is reported.
    // At most `limit` changes. Asking again with the same position gives the same or newer facts, so
    // a gateway that died before storing a batch just asks again.
    // NotFound alone means that this ERP has another history than the position's (it was set up anew, or
    // set back): the gateway then forgets every record and fetches everything from the beginning.
    virtual Result<ErpBatch> changesAfter(const std::string &position, int limit) = 0;

    // The bytes of the document with this key. The first call issues it, which is a change of its Document
    // record; every later call gives the same bytes. NotFound: the ERP has no such document. BadInput: it can
    // never be made. Anything else may pass.
    virtual Result<IssuedDocument> document(const std::string &key) = 0;

    // Which of commandTypes() this ERP cannot do, and which fields it does not keep, always the same: the
    // gateway tells the clients, which do not offer them, and execute() refuses what is asked for all the
    // same, with that reason. Whatever is not named here is done, or refused for what the person wrote. Any
    // thread.
    virtual std::vector<NotOffered> notOffered() const { return {}; }

    // execute(command, actor) does what the command asks, in one transaction that also keeps the command's
    // key, as `actor` (a sign-in name). References to other commands are resolved already. Whoever changed
    // the record since the person began wins: where its Editable fields are neither all as in `base` nor all
    // as in `record`, the verdict is Conflict and nothing happens. "place" orders what a cart holds, provided
    // that all is still as its record says (prices, stock, total, whether it will be held); where anything
    // differs it is Rejected with the differences, and nothing is ordered. The cart is then submitted, and
    // names the order, which the feed tells like any other. An error means that nobody knows whether it took
    // effect. An ERP that takes no commands need not say more than this does.
    virtual Result<CommandEffect> execute(const Command &, const std::string &)
    {
        CommandEffect refusal;
        refusal.verdict = CommandEffect::Verdict::Rejected;
        refusal.reasonCode = "read-only";
        return refusal;
    }

    // What the command with this key came to: its Applied effect, or nothing when it had none and none can
    // come any more, so that executing it is no second time. An ERP that cannot be sure of that (an earlier
    // call may still be under way) answers with an error and is asked again.
    virtual Result<std::optional<CommandEffect>> findByKey(const std::string &)
    {
        return std::optional<CommandEffect>();
    }

    // Today's prices, stock and eligibility for `actor`, as the ERP would take an order at this moment;
    // nothing changes. One answer line for each line asked, in the order asked, with why where it cannot be
    // ordered. Whether the actor may ask, and see prices and credit, is the gateway's business. NotFound: no
    // such account. Rejected: this ERP answers no such questions, whatever they are; one that cannot tell
    // need not say more than this does.
    virtual Result<Quote> quote(const QuoteRequest &, const std::string &)
    {
        return Error{ErrorKind::Rejected, {}, QStringLiteral("a connector without quotes")};
    }

    // How goods are taken back from now on, as the supplier's configuration says: the ERP judges by it, and
    // its feed tells the rules. Whether `policy` makes sense was looked at before. One that has rules of its
    // own, or takes nothing back, need not say more than this does.
    virtual Outcome setReturnPolicy(const ReturnPolicy &) { return Done(); }

    // `callback` is called, from any thread, after the ERP committed something, so that nobody has to
    // wait for the next look. An ERP that cannot tell never calls. Empty: stop calling.
    virtual void setChangeCallback(std::function<void()> callback) = 0;
};

} // namespace Counterfoil
