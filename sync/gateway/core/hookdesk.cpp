#include "hookdesk.h"

#include "codec.h"

#include <QLoggingCategory>

#include <algorithm>

namespace Counterfoil {

namespace {

Q_LOGGING_CATEGORY(hookLog, "counterfoil.gateway.hooks")

constexpr std::size_t callsAtOnce = 32;        // of all hooks; what is more waits
constexpr int entriesAtOnce = 500;             // of the log
constexpr int looksAtOnce = 20;                // so many times; a long log is gone through in several calls
constexpr std::int64_t entriesUnsaid = 10'000; // passed over before a hook's place is written down again
constexpr std::int64_t firstWaitMs = 1'000;
constexpr std::int64_t longestWaitMs = 10LL * 60 * 1000;
constexpr std::int64_t passedOverMs = 24LL * 3600 * 1000; // an event that its hook refuses for so long

std::int64_t waitMs(int failures)
{
    constexpr int most = 10; // 2^10 first waits are beyond the longest
    return std::min(firstWaitMs << std::min(failures, most), longestWaitMs);
}

bool hearsOf(const Hook &hook, const RecordType *kind)
{
    return std::ranges::find(hook.kinds, kind) != hook.kinds.end();
}

} // namespace

void HookDesk::setHooks(std::vector<Hook> hooks)
{
    m_hooks.clear();
    for (Hook &hook : hooks)
        m_hooks.push_back(std::make_shared<const Hook>(std::move(hook)));
}

bool HookDesk::asksBefore(const Command &command) const
{
    return std::ranges::any_of(m_hooks, [&](const HookPtr &hook) {
        return hook->when == Hook::When::Before && hearsOf(*hook, command.kind);
    });
}

void HookDesk::ask(const std::string &person, const Command &command)
{
    Consultation consultation;
    consultation.person = person;
    consultation.command = command;
    std::ranges::copy_if(m_hooks, std::back_inserter(consultation.hooks), [&](const HookPtr &hook) {
        return hook->when == Hook::When::Before && hearsOf(*hook, command.kind);
    });
    std::ranges::reverse(consultation.hooks); // the next one is at the end
    m_consultations[command.key] = std::move(consultation);
}

HookQuestion HookDesk::call(const HookPtr &hook, std::string id, std::string body)
{
    ++m_underWay;
    return {++m_lastCall, hook, std::move(id), std::move(body)};
}

std::vector<HookQuestion> HookDesk::questions()
{
    std::vector<HookQuestion> questions;
    // People wait for these, so they come first.
    for (auto &[key, consultation] : m_consultations) {
        if (consultation.asked != 0)
            continue;
        if (m_underWay >= callsAtOnce)
            return questions;
        const HookPtr &hook = consultation.hooks.back();
        const std::string id = "before-" + key;
        questions.push_back(
            call(hook, id, encodeBeforeEvent(id, hook->name, consultation.person, consultation.command)));
        consultation.asked = questions.back().number;
    }
    for (const HookPtr &hook : m_hooks) {
        if (hook->when != Hook::When::After || m_underWay >= callsAtOnce)
            continue;
        Delivery &delivery = m_deliveries[hook->name];
        const bool waits = delivery.notBefore && m_state.clock.sinceBoot() < *delivery.notBefore;
        if (delivery.asked != 0 || waits)
            continue;
        if (auto question = nextEvent(hook, delivery)) {
            delivery.asked = question->number;
            questions.push_back(*std::move(question));
        }
    }
    return questions;
}

// A new hook hears of what happens from now on, and so does every hook of a new log: nobody wants to be told
// two years of history as news.
bool HookDesk::findPlace(const Hook &hook, Delivery &delivery, const LogState &log)
{
    if (delivery.placed && delivery.stored.epoch == log.epoch)
        return true;
    const auto kept = m_state.store.hookPlaces().place(hook.name);
    if (!kept) {
        ++m_state.metrics.storeErrors;
        return false;
    }
    if (*kept && (*kept)->epoch == log.epoch) {
        delivery.stored = **kept;
        delivery.reached = delivery.stored.told;
    } else {
        if (!m_state.erpWatch.hasRead())
            return false;
        delivery.stored.epoch = log.epoch;
        delivery.reached = log.last;
        keepPlace(hook, delivery);
    }
    delivery.placed = true;
    return true;
}

std::optional<HookQuestion> HookDesk::nextEvent(const HookPtr &hook, Delivery &delivery)
{
    const auto log = m_state.store.logState();
    if (!log) {
        ++m_state.metrics.storeErrors;
        return std::nullopt;
    }
    if (!findPlace(*hook, delivery, *log))
        return std::nullopt;
    if (delivery.reached < log->first) {
        qCWarning(hookLog,
                  "The hook %s did not answer for so long that the log forgot what it was to be told.",
                  hook->name.c_str());
        delivery.reached = log->first;
    }
    for (int look = 0; look < looksAtOnce && delivery.reached < log->last; ++look) {
        const auto entries = m_state.store.readLog(delivery.reached, entriesAtOnce);
        if (!entries) {
            ++m_state.metrics.storeErrors;
            return std::nullopt;
        }
        for (const LogEntry &entry : *entries) {
            if (entry.kind && hearsOf(*hook, entry.kind)) {
                auto question = tell(hook, delivery, entry, log->epoch);
                if (!question) {
                    ++m_state.metrics.storeErrors;
                    return std::nullopt;
                }
                if (*question)
                    return *question;
            }
            delivery.reached = entry.sequence;
        }
        if (entries->empty())
            break;
    }
    if (delivery.reached - delivery.stored.told >= entriesUnsaid)
        keepPlace(*hook, delivery);
    return std::nullopt;
}

// Nothing: a later entry says more, and will be told.
Result<std::optional<HookQuestion>> HookDesk::tell(const HookPtr &hook, Delivery &delivery,
                                                   const LogEntry &entry, const std::string &epoch)
{
    Result<std::string> text = std::string();
    if (entry.removed) {
        Change change;
        change.sequence = entry.sequence;
        change.kind = entry.kind;
        change.key = entry.key;
        change.account = entry.account;
        change.version = entry.version;
        change.time = entry.time;
        text = encodeChange(change);
    } else {
        text = m_state.store.changeText(entry);
    }
    if (!text)
        return text.error();
    if (text->empty())
        return std::optional<HookQuestion>();
    delivery.telling = entry.sequence;
    std::string id = epoch + '-' + std::to_string(entry.sequence);
    std::string body = encodeAfterEvent(id, hook->name, *text);
    return std::optional(call(hook, std::move(id), std::move(body)));
}

void HookDesk::keepPlace(const Hook &hook, Delivery &delivery)
{
    delivery.stored.told = delivery.reached;
    if (const auto done = m_state.store.hookPlaces().put(hook.name, delivery.stored); !done)
        ++m_state.metrics.storeErrors; // then it is told again after a restart
}

std::optional<HookDesk::Heard> HookDesk::take(const HookQuestion &question, const HookAnswer &answer)
{
    --m_underWay;
    ++m_state.metrics.hookCalls;
    if (!answer) {
        ++m_state.metrics.hookFailures;
        qCWarning(hookLog, "The hook %s did not answer as it should: %s", question.hook->name.c_str(),
                  qUtf8Printable(answer.error().detail));
    }
    for (auto &[key, consultation] : m_consultations) {
        if (consultation.asked != question.number)
            continue;
        auto heard = heardBefore(consultation, question, answer);
        if (heard)
            m_consultations.erase(heard->command);
        return heard;
    }
    const auto delivery = m_deliveries.find(question.hook->name);
    if (delivery != m_deliveries.end() && delivery->second.asked == question.number)
        told(*question.hook, delivery->second, answer);
    return std::nullopt;
}

// Nothing: another hook is to be asked as well.
std::optional<HookDesk::Heard> HookDesk::heardBefore(Consultation &consultation, const HookQuestion &question,
                                                     const HookAnswer &answer)
{
    consultation.asked = 0;
    const std::string key = consultation.command.key;
    if (!answer)
        return Heard{key, answer.error()};
    auto saying = decodeHookSaying(*answer, question.id, consultation.command);
    if (!saying) {
        ++m_state.metrics.hookFailures;
        qCWarning(hookLog, "The hook %s did not answer as it should: %s", question.hook->name.c_str(),
                  qUtf8Printable(saying.error().detail));
        return Heard{key, saying.error()};
    }
    if (saying->refuses)
        return Heard{key, saying};
    if (!saying->record.isNull()) {
        consultation.command.record = saying->record;
        consultation.saying.record = saying->record;
        std::string &all = consultation.saying.sentence;
        (all += all.empty() ? "" : " ") += saying->sentence;
    }
    consultation.hooks.pop_back();
    if (consultation.hooks.empty())
        return Heard{key, consultation.saying};
    return std::nullopt;
}

void HookDesk::told(const Hook &hook, Delivery &delivery, const HookAnswer &answer)
{
    delivery.asked = 0;
    const BootTime now = m_state.clock.sinceBoot();
    if (!answer) {
        if (!delivery.failingSince)
            delivery.failingSince = now;
        delivery.notBefore = BootTime{now.ms + waitMs(delivery.failures++)};
        if (now.ms - delivery.failingSince->ms < passedOverMs)
            return;
        ++m_state.metrics.hookEventsPassedOver;
        qCWarning(hookLog, "The hook %s refused an event for a day; it is passed over.", hook.name.c_str());
    }
    delivery.failures = 0;
    delivery.failingSince.reset();
    delivery.notBefore.reset();
    delivery.reached = std::max(delivery.reached, delivery.telling);
    keepPlace(hook, delivery);
}

} // namespace Counterfoil
