#include "commandjudge.h"

#include <algorithm>

namespace Counterfoil {

namespace {

const char *nameOf(OutboxEntry::State state)
{
    static constexpr const char *names[] = {"queued",   "sending", "received",  "applied",  "rejected",
                                            "conflict", "held",    "cancelled", "withdrawn"};
    return names[static_cast<std::size_t>(state)];
}

// The person was told that it has not happened and will not.
bool saysNever(OutboxEntry::State state)
{
    using State = OutboxEntry::State;
    return state == State::Rejected || state == State::Conflict || state == State::Held
        || state == State::Cancelled || state == State::Withdrawn;
}

} // namespace

const ErpEffect *CommandJudge::effectOf(const std::string &key) const
{
    const auto found = m_effects.find(key);
    return found == m_effects.end() ? nullptr : &m_erp.effects()[found->second];
}

void CommandJudge::submitted(const SimClient &client, const Command &command)
{
    if (!m_wishes.contains(command.key))
        m_complain(client.name() + " was told queued, and its outbox has no " + command.key);
}

void CommandJudge::outboxChanged(SimClient &client)
{
    checkBooks();
    for (auto &[key, wish] : m_wishes)
        wish.seen = wish.seen && wish.client != client.number();
    const OutboxEntries entries = client.entries();
    for (const OutboxEntry &entry : *entries) {
        const auto [found, fresh] = m_wishes.try_emplace(entry.command.key);
        Wish &wish = found->second;
        if (fresh) {
            wish.client = client.number();
            wish.command = entry.command;
            wish.order = ++m_lastOrder;
        } else if (wish.gone) {
            m_complain(client.name() + " has again what was gone: " + entry.command.key);
        }
        wish.seen = true;
        wish.dismissed = entry.dismissed;
        wish.replaced = !entry.replacedBy.empty();
        wish.outcome = entry.outcome;
        const bool changed = fresh || wish.state != entry.state;
        wish.state = entry.state;
        if (changed)
            checkState(wish);
    }
    for (auto &[key, wish] : m_wishes) {
        if (wish.client == client.number() && !wish.seen && !wish.gone)
            checkGone(wish);
    }
    checkEffects(client);
}

void CommandJudge::checkState(const Wish &wish)
{
    const bool happened = effectOf(wish.command.key) != nullptr;
    if (wish.state == State::Applied && !happened)
        m_complain(wish.command.key + " is said to be applied, and the ERP's books do not have it");
    if (saysNever(wish.state) && happened)
        m_complain(wish.command.key + " is said to be " + nameOf(wish.state) + ", and the ERP did it");
    // That what it depends on was refused may be heard after it; that it was done cannot be.
    const auto wanted = dependencies(wish.command);
    const auto isDone = [this](const std::string &key) { return effectOf(key) != nullptr; };
    if (wish.state == State::Held && std::ranges::all_of(wanted, isDone))
        m_complain(wish.command.key + " is held, and all that it depends on was done");
}

bool CommandJudge::isDead(const std::string &key) const
{
    const auto found = m_wishes.find(key);
    return found == m_wishes.end() || found->second.gone || saysNever(found->second.state)
        || found->second.outcome.state == CommandOutcome::State::Rejected;
}

// Only what is finished, or what nobody may have any more, may leave the outbox.
void CommandJudge::checkGone(Wish &wish)
{
    wish.gone = true;
    const bool finished = wish.state == State::Applied || wish.state == State::Cancelled
        || ((wish.dismissed || wish.replaced) && saysNever(wish.state));
    if (!finished && !wish.mayGo)
        m_complain(wish.command.key + " was " + nameOf(wish.state) + " and has vanished");
}

void CommandJudge::withdrawn(const SimClient &client, const std::vector<std::string> &accounts, bool all)
{
    for (auto &[key, wish] : m_wishes) {
        if (wish.client == client.number()
            && (all || std::ranges::find(accounts, wish.command.account) != accounts.end()))
            wish.mayGo = true;
    }
}

std::string CommandJudge::recordOf(const Wish &wish) const
{
    const std::string kind(wish.command.kind ? wish.command.kind->name : "");
    std::string_view maker = commandOfResult(wish.command.target);
    if (wish.command.target.empty())
        maker = wish.command.key;
    if (maker.empty())
        return kind + ' ' + wish.command.target;
    const ErpEffect *made = effectOf(std::string(maker));
    return made ? kind + ' ' + made->target : std::string();
}

void CommandJudge::checkBooks()
{
    const auto &effects = m_erp.effects();
    for (; m_judged < effects.size(); ++m_judged) {
        const ErpEffect &effect = effects[m_judged];
        const bool first = m_effects.try_emplace(effect.command, m_judged).second;
        if (!first) {
            m_complain(effect.command + " took effect twice");
            continue;
        }
        const auto found = m_wishes.find(effect.command);
        if (found == m_wishes.end()) {
            m_complain(effect.command + " took effect, and nobody asked for it");
            continue;
        }
        const Wish &wish = found->second;
        if (!wish.gone && saysNever(wish.state))
            m_complain(effect.command + " took effect after it was " + nameOf(wish.state));
        for (const std::string &key : dependencies(wish.command)) {
            if (!effectOf(key))
                m_complain(effect.command + " took effect before what it depends on");
        }
        const std::string record = recordOf(wish);
        for (const auto &[key, other] : m_wishes) {
            if (other.client == wish.client && other.order > wish.order && effectOf(key)
                && recordOf(other) == record)
                m_complain(effect.command + " took effect after " + key + ", which was given later");
        }
    }
}

// What the cache covers it shows: where an outcome names the place of its effect, it is there by then.
void CommandJudge::checkEffects(SimClient &client)
{
    std::vector<Wish *> open;
    for (auto &[key, wish] : m_wishes) {
        if (wish.client == client.number() && !wish.shown && !wish.gone && wish.state == State::Applied
            && wish.outcome.effectSeq > 0)
            open.push_back(&wish);
    }
    if (open.empty())
        return;
    const auto covered = client.reader().covered();
    if (!covered || *covered == 0)
        return;
    for (Wish *wish : open) {
        const ErpEffect *effect = effectOf(wish->command.key);
        if (!effect || *covered < wish->outcome.effectSeq)
            continue;
        const auto row = client.reader().byKey(*wish->command.kind, effect->target);
        if (!row)
            return;
        wish->shown = true;
        if (*row && (*row)->version >= effect->version)
            continue;
        const auto fact = m_erp.facts().find({effect->kind, effect->target});
        // What was changed again since comes in its newest version, further on.
        const bool still = fact != m_erp.facts().end() && fact->second.change.version == effect->version;
        if (still && !m_wasLost(client, wish->command.account))
            m_complain(client.name() + " covers " + std::to_string(*covered) + " and does not show what "
                       + wish->command.key + " did");
    }
}

std::string CommandJudge::unsettled(SimClient &client)
{
    if (!client.hasOutbox())
        return client.name() + " has no outbox";
    const auto covered = client.reader().covered();
    const OutboxEntries entries = client.entries();
    for (const OutboxEntry &entry : *entries) {
        const auto isRefused = [this](const std::string &key) { return isDead(key); };
        if (entry.state == State::Held && std::ranges::none_of(dependencies(entry.command), isRefused))
            return client.name() + ": " + entry.command.key
                + " is held, and nothing it depends on was refused";
        if (!entry.isFinished())
            return client.name() + ": " + entry.command.key + " is still " + nameOf(entry.state)
                + (entry.lastError ? ", " + entry.lastError->detail.toStdString() : std::string());
        if (entry.state == State::Applied && (!covered || entry.outcome.effectSeq > *covered))
            return client.name() + ": " + entry.command.key + " still lies over the facts, "
                + std::to_string(entry.outcome.effectSeq) + " against "
                + std::to_string(covered ? *covered : -1);
    }
    return {};
}

} // namespace Counterfoil
