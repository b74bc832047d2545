#include "approvingerp.h"

#include "cartrules.h"
#include "codec.h"
#include "erpwords.h"
#include "exactvalue.h"

#include <QCoreApplication>

#include <charconv>

namespace Counterfoil {

namespace {

constexpr std::size_t mostCommentBytes = 2'000;
constexpr std::string_view positionMark = "approvals:";

// How far both histories were told: "approvals:EPOCH:SEQUENCE;" and the ERP's own position. One without the
// mark is of a gateway that had no approvals yet.
struct Place
{
    std::string epoch;
    std::int64_t sequence = 0;
    std::string erp;

    static Place of(std::string_view text)
    {
        Place place;
        const auto end = text.find(';');
        if (!text.starts_with(positionMark) || end == std::string_view::npos) {
            place.erp = text;
            return place;
        }
        const std::string_view own = text.substr(positionMark.size(), end - positionMark.size());
        const auto colon = own.rfind(':');
        place.epoch = own.substr(0, colon);
        if (colon != std::string_view::npos)
            std::from_chars(own.data() + colon + 1, own.data() + own.size(), place.sequence);
        place.erp = text.substr(end + 1);
        return place;
    }
    std::string text() const
    {
        return std::string(positionMark) + epoch + ':' + std::to_string(sequence) + ';' + erp;
    }
};

std::string limitText(Decimal limit, const std::string &currency)
{
    return moneyText(ExactValue::of(limit).rounded(minorUnitPlaces(currency)), currency);
}

Objection waitsAlready(const Approval &approval)
{
    return {"awaiting-approval",
            "This cart waits to be approved as " + approval.number
                + ". Take that back before you change it."};
}

Objection nobodyApproves(Decimal limit, const std::string &currency)
{
    return {"over-limit",
            "This is more than the " + limitText(limit, currency)
                + " that you may order, and nobody is set to approve it. Ask your administrator to name "
                  "somebody."};
}

} // namespace

Result<std::unique_ptr<ApprovingErp>> ApprovingErp::open(const QString &path, Connector &erp,
                                                         GatewayStore &people, const Clock &clock,
                                                         Random &random)
{
    auto store = ApprovalStore::open(path, random, clock.now());
    if (!store)
        return store.error();
    return std::unique_ptr<ApprovingErp>(new ApprovingErp(*std::move(store), erp, people, clock));
}

void ApprovingErp::setChangeCallback(std::function<void()> callback)
{
    m_changed = callback;
    m_erp.setChangeCallback(std::move(callback));
}

// The approvals' changes first: they are few.
Result<ErpBatch> ApprovingErp::changesAfter(const std::string &position, int limit)
{
    Place place = Place::of(position);
    const auto last = m_store.last();
    if (!last)
        return last.error();
    if (!place.epoch.empty() && (place.epoch != m_store.epoch() || place.sequence > *last))
        return Error{
            ErrorKind::NotFound,
            QCoreApplication::translate("Approvals",
                                        "The approvals are others than were told so far, so everything "
                                        "is fetched anew."),
            QStringLiteral("approvals of another history")};
    // What the approvals have to tell must not hide that the ERP knows nothing of this position.
    if (place.epoch.empty() && !place.erp.empty()) {
        if (const auto known = m_erp.changesAfter(place.erp, 1); !known)
            return known.error();
    }
    place.epoch = m_store.epoch();
    if (place.sequence < *last) {
        auto changes = m_store.changesAfter(place.sequence, limit);
        if (!changes)
            return changes.error();
        place.sequence = changes->empty() ? *last : changes->back().version;
        return ErpBatch{*std::move(changes), place.text(), true};
    }
    auto batch = m_erp.changesAfter(place.erp, limit);
    if (!batch)
        return batch.error();
    place.erp = std::move(batch->position);
    batch->position = place.text();
    return batch;
}

Result<CommandEffect> ApprovingErp::execute(const Command &command, const std::string &actor)
{
    if (command.kind == &Approval::type)
        return decide(command, actor);
    if (command.kind != &Cart::type || command.target.empty())
        return m_erp.execute(command, actor);
    const auto waiting = m_store.waitingFor(command.target);
    if (!waiting)
        return waiting.error();
    if (*waiting)
        return rejected(waitsAlready(**waiting));
    return command.verb == "place" ? place(command, actor) : m_erp.execute(command, actor);
}

// Nothing: this person has none, as most have.
Result<std::optional<OrderLimits>> ApprovingErp::limitsOn(const std::string &actor)
{
    const auto user = m_people.people().user(actor);
    if (!user)
        return user.error();
    if (!*user || (*user)->limits.empty())
        return std::optional<OrderLimits>();
    auto limits = OrderLimits::read(m_people);
    if (!limits)
        return limits.error();
    return std::optional(*std::move(limits));
}

// What it comes to is the ERP's word, whatever the client says.
Result<CommandEffect> ApprovingErp::place(const Command &command, const std::string &actor)
{
    const auto limits = limitsOn(actor);
    if (!limits)
        return limits.error();
    const User *user = *limits ? (*limits)->person(actor) : nullptr;
    if (*limits && !user)
        return rejected({"not-to-order", "You may no longer order. Ask your administrator."});
    const auto limit = user ? (*limits)->limitOf(*user, command.account) : std::nullopt;
    Cart seen = *command.record.as<Cart>();
    seen.key = command.target;
    seen.account = command.account;
    // What is no order is the ERP's to refuse.
    if (!limit || seen.lines.empty() || refusalOfLines(seen.lines))
        return m_erp.execute(command, actor);
    const QuoteRequest question = questionAbout(seen);
    const auto quote = m_erp.quote(question, actor);
    if (!quote && quote.error().kind == ErrorKind::NotFound)
        return m_erp.execute(command, actor);
    if (!quote && quote.error().kind == ErrorKind::Rejected)
        return rejected({"limit-unknown",
                         "The supplier’s system does not say what this order comes to, so it "
                         "cannot be held against your limit. Ask somebody without one."});
    if (!quote)
        return quote.error();
    if (!answers(*quote, question))
        return Error{ErrorKind::BadReply, {}, QStringLiteral("a quote for something else")};
    if (auto found = differences(seen, *quote); !found.empty())
        return refusalBecauseOf(std::move(found));
    seen.total = quote->total; // who placed it offline was told none
    if (!OrderLimits::covers(limit, quote->total, quote->currency))
        return ask(command, *user, **limits, seen, *quote);
    Command checked = command;
    checked.record = AnyRecord(std::make_shared<Cart>(seen));
    return m_erp.execute(checked, actor);
}

Result<CommandEffect> ApprovingErp::ask(const Command &command, const User &user, const OrderLimits &limits,
                                        const Cart &seen, const Quote &quote)
{
    const Decimal limit = *limits.limitOf(user, command.account);
    const auto text = m_people.recordText(Cart::type, command.target);
    if (!text)
        return text.error();
    const auto stored = *text ? decodeChange(**text) : Result<Change>(Error());
    if (const auto *cart = stored ? stored->record.as<Cart>() : nullptr) {
        if (const auto objection = objectionToTouch(*cart, command.verb, user.name))
            return rejected(*objection);
    }
    const auto number = m_store.nextNumber();
    if (!number)
        return number.error();
    Approval approval;
    approval.key = approval.number = "AP-" + std::to_string(*number);
    approval.account = command.account;
    approval.name = seen.name;
    approval.requestedBy = user.name;
    approval.requester = user.displayName;
    approval.requestedAt = m_clock.now();
    approval.status = "waiting";
    approval.cart = command.target;
    approval.poReference = seen.poReference;
    approval.wantedOn = seen.wantedOn;
    approval.shipTo = seen.shipTo;
    approval.notes = seen.notes;
    approval.currency = quote.currency;
    approval.total = quote.total;
    approval.limit = ExactValue::of(limit).rounded(minorUnitPlaces(quote.currency));
    approval.lineCount = std::ssize(seen.lines);
    approval.lines = seen.lines;
    if (!limits.canBeApproved(approval))
        return rejected(nobodyApproves(limit, quote.currency));
    approval.waitsFor = limits.nextNames(approval);
    approval.steps.push_back(step(user, "asked"));
    Command wish = command;
    wish.record = AnyRecord(std::make_shared<Cart>(seen));
    if (const auto done = m_store.add(approval, wish, m_clock.now()); !done)
        return done.error();
    return told(command.target);
}

Result<CommandEffect> ApprovingErp::decide(const Command &command, const std::string &actor)
{
    auto found = m_store.find(command.target);
    if (!found)
        return found.error();
    if (!*found || (*found)->account != command.account)
        return rejected({"target-missing", "There is no such approval."});
    Approval approval = **std::move(found);
    if (!approval.open)
        return rejected({"approval-over",
                         approval.number + " was decided on already: "
                             + (approval.steps.empty() ? approval.status : approval.steps.back().name) + ", "
                             + approval.status + '.'});
    if (command.verb == "retire")
        return withdraw(command, std::move(approval), actor);
    const auto limits = OrderLimits::read(m_people);
    if (!limits)
        return limits.error();
    const User *user = limits->person(actor);
    const std::string objection
        = user ? limits->objectionTo(*user, approval) : "Nobody of that name is here.";
    if (!objection.empty())
        return rejected({"not-to-approve", objection});
    approval.comment = command.record.as<Approval>()->comment;
    if (approval.comment.size() > mostCommentBytes)
        return rejected({"text-too-long", "The comment is too long. Shorten it."});
    if (command.verb == "refuse") {
        approval.status = "refused";
        approval.open = false;
        approval.waitsFor.clear();
        approval.steps.push_back(step(*user, "refused", approval.comment));
        return keep(std::move(approval), command.key, command.target);
    }
    if (!limits->mayStillOrder(approval.requestedBy, approval.account)) {
        approval.steps.push_back(step(*user, "approved", approval.comment));
        approval.steps.push_back(
            step(*user, "returned", approval.requester + " may no longer order for this account."));
        approval.status = "returned";
        approval.open = false;
        approval.waitsFor.clear();
        return keep(std::move(approval), command.key, command.target);
    }
    if (OrderLimits::covers(limits->limitOf(*user, approval.account), approval.total, approval.currency))
        return order(command, std::move(approval), *user);
    approval.steps.push_back(step(*user, "approved", approval.comment));
    if (!limits->canBeApproved(approval))
        return rejected({"nobody-further",
                         "Your own limit does not reach this order, and nobody is set to "
                         "approve it after you. Ask your administrator."});
    approval.waitsFor = limits->nextNames(approval);
    return keep(std::move(approval), command.key, command.target);
}

Result<CommandEffect> ApprovingErp::withdraw(const Command &command, Approval approval,
                                             const std::string &actor)
{
    if (approval.requestedBy != actor)
        return rejected({"approval-of-another", "Only " + approval.requester + " can take this back."});
    User user;
    user.name = actor;
    user.displayName = approval.requester;
    approval.steps.push_back(step(user, "withdrawn"));
    approval.status = "withdrawn";
    approval.open = false;
    approval.waitsFor.clear();
    return keep(std::move(approval), command.key, command.target);
}

Result<CommandEffect> ApprovingErp::order(const Command &command, Approval approval, const User &user)
{
    if (const auto done = m_store.begin({command.key, approval.key, user.name, approval.comment}); !done)
        return done.error();
    // As it was wished, under the key of who approved it, so that it happens once.
    auto wish = m_store.wishOf(approval.key);
    if (!wish)
        return wish.error();
    wish->key = command.key;
    auto effect = m_erp.execute(*wish, approval.requestedBy);
    if (!effect)
        return effect.error();
    approval.steps.push_back(step(user, "approved", approval.comment));
    approval.open = false;
    approval.waitsFor.clear();
    approval.status = "approved";
    if (effect->verdict != CommandEffect::Verdict::Applied) {
        approval.status = "returned";
        approval.differences = std::move(effect->differences);
        approval.steps.push_back(step(user, "returned",
                                      effect->verdict == CommandEffect::Verdict::Conflict
                                          ? "The cart was changed after approval was asked for."
                                          : effect->reason));
    }
    return keep(std::move(approval), command.key, command.target);
}

ApprovalStep ApprovingErp::step(const User &user, const char *code, std::string text) const
{
    return {m_clock.now(), user.name, user.displayName, code, std::move(text)};
}

Result<CommandEffect> ApprovingErp::keep(Approval approval, const std::string &command,
                                         const std::string &target)
{
    if (const auto done = m_store.put(approval, command, target, m_clock.now()); !done)
        return done.error();
    return told(target);
}

CommandEffect ApprovingErp::told(const std::string &target)
{
    if (m_changed)
        m_changed();
    CommandEffect effect;
    effect.target = target;
    return effect;
}

// One that the ERP carried out and whose note was lost is noted now.
Result<std::optional<CommandEffect>> ApprovingErp::findByKey(const std::string &key)
{
    const auto own = m_store.effectOf(key);
    if (!own)
        return own.error();
    if (*own) {
        CommandEffect effect;
        effect.target = **own;
        return std::optional(std::move(effect));
    }
    auto known = m_erp.findByKey(key);
    const auto attempt = m_store.attempt(key);
    if (!known || !*known)
        return known;
    if (!attempt)
        return attempt.error();
    if (!*attempt)
        return known;
    auto found = m_store.find((*attempt)->approval);
    if (!found)
        return found.error();
    if (!*found)
        return known;
    Approval approval = **std::move(found);
    const auto limits = OrderLimits::read(m_people);
    if (!limits)
        return limits.error();
    User gone;
    gone.name = gone.displayName = (*attempt)->person;
    const User *user = limits->person((*attempt)->person);
    approval.comment = (*attempt)->comment;
    approval.steps.push_back(step(user ? *user : gone, "approved", approval.comment));
    approval.open = false;
    approval.waitsFor.clear();
    approval.status = "approved";
    const std::string target = approval.key;
    auto effect = keep(std::move(approval), key, target);
    if (!effect)
        return effect.error();
    return std::optional(*std::move(effect));
}

Result<Quote> ApprovingErp::quote(const QuoteRequest &request, const std::string &actor)
{
    auto quote = m_erp.quote(request, actor);
    const auto limits = limitsOn(actor);
    if (!quote || !limits)
        return quote;
    const auto waiting = request.cart.empty() ? Result<std::optional<Approval>>(std::nullopt)
                                              : m_store.waitingFor(request.cart);
    if (waiting && *waiting) {
        const Objection objection = waitsAlready(**waiting);
        quote->notices.push_back({objection.code, objection.reason, true});
    }
    const User *user = *limits ? (*limits)->person(actor) : nullptr;
    const auto limit = user ? (*limits)->limitOf(*user, request.account) : std::nullopt;
    if (!limit)
        return quote;
    if (OrderLimits::covers(limit, quote->total, quote->currency)) {
        quote->notices.push_back(
            {"limit", "You may order up to " + limitText(*limit, quote->currency) + " on your own.", false});
        return quote;
    }
    Approval wanted;
    wanted.account = request.account;
    wanted.requestedBy = actor;
    wanted.currency = quote->currency;
    wanted.total = quote->total;
    wanted.limit = ExactValue::of(*limit).rounded(minorUnitPlaces(quote->currency));
    if (!(*limits)->canBeApproved(wanted)) {
        const Objection objection = nobodyApproves(*limit, quote->currency);
        quote->notices.push_back({objection.code, objection.reason, true});
        return quote;
    }
    quote->notices.push_back({"approval",
                              "This is more than the " + limitText(*limit, quote->currency)
                                  + " that you may order on your own. It waits until "
                                  + (*limits)->nextNames(wanted) + " has approved it.",
                              false});
    return quote;
}

} // namespace Counterfoil
