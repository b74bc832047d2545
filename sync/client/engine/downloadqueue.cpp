#include "documenterrors.h"
#include "downloads.h"
#include "tuning.h"

#include <algorithm>
#include <limits>
#include <utility>

// What is fetched next, and what becomes of a transfer that failed.
namespace Counterfoil {

namespace {

constexpr std::int64_t dayMs = 86'400'000;

Instant daysBefore(const Now &now, std::int64_t days)
{
    return Instant{now.wall.ms - days * dayMs};
}

// Nobody should be left waiting for these to pass in a moment.
bool toldAtOnce(ErrorKind kind)
{
    return kind == ErrorKind::StorageFull || kind == ErrorKind::StorageLocked || kind == ErrorKind::BadReply;
}

} // namespace

Downloads::Reach Downloads::reach() const
{
    if (!m_open)
        return Reach::Closed;
    switch (m_mode) {
    case SyncStatus::Mode::SignedOut:
        return Reach::SignedOut;
    case SyncStatus::Mode::Connecting:
        return Reach::Unclear;
    case SyncStatus::Mode::Offline:
        return m_disconnected ? Reach::Disconnected : Reach::Offline;
    case SyncStatus::Mode::Filling:
    case SyncStatus::Mode::CatchingUp:
    case SyncStatus::Mode::Live:
    case SyncStatus::Mode::Polling:
        return Reach::Online;
    }
    Q_UNREACHABLE();
}

bool Downloads::canFetch() const
{
    return reach() == Reach::Online && !m_purging && !m_bearer.empty() && m_bearer != m_refused;
}

Downloads::Wishes::iterator Downloads::findWish(const std::string &key)
{
    return std::ranges::find(m_wishes, key, &Wish::key);
}

TransferId Downloads::transferOf(const std::string &key) const
{
    const auto found
        = std::ranges::find_if(m_transfers, [&](const auto &each) { return each.second.key == key; });
    return found == m_transfers.end() ? 0 : found->first;
}

// Where a wish stands that nothing is being done about.
void Downloads::look(const Now &now, Wish &wish)
{
    const ShelfEntry *entry = m_stock.find(wish.key);
    if (!entry) {
        wish.stage = Stage::Reading;
        m_toRead.keys.push_back(wish.key);
    } else if (entry->here) {
        wish.stage = Stage::Opening;
        m_effects.push_back(OpenFile{entry->key, entry->account, entry->sha256, now.wall});
    } else {
        wish.stage = Stage::Queued;
    }
}

void Downloads::advanceStock(const Now &now)
{
    // While a fill goes on every page changes everything.
    const bool due = m_takeAgain && m_mode != SyncStatus::Mode::Filling && now.boot >= m_takeAt;
    if (due && !m_taking) {
        m_taking = true;
        m_takeAgain = false;
        m_effects.push_back(TakeStock{daysBefore(now, m_ahead.days), daysBefore(now, Tuning::partKeptDays),
                                      m_rule, Tuning::aheadAtOnce + m_stock.passedOver()});
    }
    if (m_reading)
        return;
    for (const auto &[key, pinned] : m_pinning)
        m_toRead.keys.push_back(key);
    if (!m_toRead.ids.empty() || !m_toRead.keys.empty()) {
        m_reading = true;
        m_askedKeys = m_toRead.keys;
        m_effects.push_back(std::exchange(m_toRead, {}));
    }
}

void Downloads::fetchWishes(const Now &now)
{
    for (Wish &wish : m_wishes) {
        if (wish.stage != Stage::Queued || wish.notBefore > now.boot)
            continue;
        const ShelfEntry *entry = m_stock.find(wish.key);
        if (!entry) {
            look(now, wish);
            continue;
        }
        if (const TransferId under = transferOf(wish.key)) {
            m_transfers[under].ahead = false;
        } else {
            if (!makeSlot(wish))
                continue;
            start(*entry, false);
        }
        wish.stage = Stage::Fetching;
    }
}

// What is fetched ahead gives way, then the oldest wish, to one that is newer and has had no chance yet.
bool Downloads::makeSlot(const Wish &wish)
{
    if (m_transfers.size() < Tuning::documentTransfers)
        return true;
    const auto ahead = std::ranges::find_if(m_transfers, [](const auto &each) { return each.second.ahead; });
    if (ahead != m_transfers.end()) {
        abort(ahead->first);
        return true;
    }
    if (wish.backoff.failures() > 0)
        return false;
    for (auto older = m_wishes.rbegin(); older != m_wishes.rend() && &*older != &wish; ++older) {
        if (older->stage == Stage::Fetching) {
            abort(transferOf(older->key));
            return true;
        }
    }
    return false;
}

bool Downloads::wishesDue(const Now &now) const
{
    return std::ranges::any_of(m_wishes, [&](const Wish &wish) {
        return wish.stage == Stage::Fetching || (wish.stage == Stage::Queued && wish.notBefore <= now.boot);
    });
}

void Downloads::fetchAhead(const Now &now)
{
    if (m_mode != SyncStatus::Mode::Live || !m_stocked || now.boot < m_aheadAt || !m_transfers.empty()
        || wishesDue(now) || pausesAhead())
        return;
    const Instant never{std::numeric_limits<std::int64_t>::max()};
    const ShelfEntry *next = m_stock.nextAhead(m_ahead.days == 0 ? never : daysBefore(now, m_ahead.days));
    if (!next) {
        m_takeAgain = m_takeAgain || (!m_taking && m_stock.hasMore() && m_ahead.days > 0);
        return;
    }
    const auto going = m_stock.makeRoom(m_ahead.bytes, daysBefore(now, Tuning::openedKeptDays), next);
    if (!going)
        return; // older ones even less
    start(*next, true);
    giveUp(*going);
}

// What came so far stays, and the rest follows once the line is another.
void Downloads::stopAhead()
{
    const auto ahead = std::ranges::find_if(m_transfers, [](const auto &each) { return each.second.ahead; });
    if (pausesAhead() && ahead != m_transfers.end())
        abort(ahead->first);
}

void Downloads::giveRoom(const Now &now)
{
    giveUp(*m_stock.makeRoom(m_ahead.bytes, daysBefore(now, Tuning::openedKeptDays), nullptr));
}

// Except what somebody waits for: it has come and is about to be opened, or it would come for ever.
void Downloads::giveUp(const std::vector<ShelfEntry> &going)
{
    for (const ShelfEntry &entry : going) {
        if (findWish(entry.key) != m_wishes.end())
            continue;
        m_effects.push_back(RemoveFile{entry.account, entry.sha256});
        m_stock.lost(entry.key);
    }
}

void Downloads::start(const ShelfEntry &entry, bool ahead)
{
    const TransferId id = ++m_lastId;
    m_transfers[id] = {entry.key, m_bearer, ahead};
    m_effects.push_back(StartTransfer{id, entry.key, entry.account, entry.sha256, entry.dated, m_bearer});
}

void Downloads::abort(TransferId id)
{
    const auto found = m_transfers.find(id);
    if (found == m_transfers.end())
        return;
    if (const auto wish = findWish(found->second.key); wish != m_wishes.end())
        wish->stage = Stage::Queued;
    m_transfers.erase(found);
    m_effects.push_back(AbortTransfer{id});
}

void Downloads::abortAll()
{
    while (!m_transfers.empty())
        abort(m_transfers.begin()->first);
}

void Downloads::refuseToken(const Transfer &transfer)
{
    if (transfer.bearer != m_bearer || m_bearer == m_refused)
        return; // there is a newer one already, or it was said
    m_refused = m_bearer;
    m_effects.push_back(RefuseToken{m_bearer});
}

void Downloads::wishFailed(const Now &now, Wishes::iterator wish, const TransferFailure &failure)
{
    const Error &error = failure.error;
    wish->stage = Stage::Queued;
    if (failure.gained)
        wish->backoff.succeeded();
    if (error.kind == ErrorKind::Unauthorized) {
        if (++wish->refusals > 1)
            wish->notBefore = BootTime{now.boot.ms + wish->backoff.next(error)};
        return;
    }
    wish->refusals = 0;
    if (failure.wrongBytes) {
        if (++wish->wrong > 1)
            answer(wish, TellFailed{wish->key, DocumentErrors::wrongBytesTwice(error)});
    } else if (!retryable(error.kind)) {
        answer(wish, TellFailed{wish->key, error});
    } else {
        wish->notBefore = BootTime{now.boot.ms + wish->backoff.next(error)};
        if (toldAtOnce(error.kind) || wish->backoff.failures() >= Tuning::documentTriesBeforeTelling)
            wish->lasting = error;
    }
}

// One that fails for a reason of its own must not hold up the others.
void Downloads::aheadFailed(const Now &now, const std::string &key, const TransferFailure &failure)
{
    const ErrorKind kind = failure.error.kind;
    const bool ofFolder = kind == ErrorKind::Storage || kind == ErrorKind::StorageReadOnly;
    const bool passing = retryable(kind) || kind == ErrorKind::Unauthorized || ofFolder;
    if (failure.gained)
        m_aheadBackoff.succeeded();
    if (failure.wrongBytes || !passing || kind == ErrorKind::ServerDown || kind == ErrorKind::BadReply)
        m_stock.passOver(key);
    m_aheadAt = BootTime{now.boot.ms + (passing ? m_aheadBackoff.next(failure.error) : Tuning::aheadPauseMs)};
}

void Downloads::answer(Wishes::iterator wish, const DocumentEffect &effect)
{
    for (int i = 0; i < std::max(wish->calls - wish->told, 1); ++i)
        m_effects.push_back(effect);
    m_wishes.erase(wish);
}

// Whoever waits for something that may take long is told so, once for each call.
void Downloads::tellWaiting()
{
    using DocumentErrors::Hindrance;
    std::optional<Hindrance> hindrance;
    const Reach now = reach();
    if (now == Reach::SignedOut)
        hindrance = Hindrance::SignedOut;
    else if (now == Reach::Disconnected)
        hindrance = Hindrance::Disconnected;
    else if (now == Reach::Offline)
        hindrance = Hindrance::Offline;
    for (Wish &wish : m_wishes) {
        if (wish.stage != Stage::Queued || (!hindrance && !wish.lasting))
            continue;
        for (; wish.told < wish.calls; ++wish.told)
            m_effects.push_back(TellFailed{
                wish.key, hindrance ? DocumentErrors::notHereYet(*hindrance, wish.damaged) : *wish.lasting});
    }
}

void Downloads::armWake(const Now &now)
{
    std::optional<BootTime> next;
    const auto consider = [&](BootTime at) {
        if (at > now.boot && (!next || at < *next))
            next = at;
    };
    if (canFetch()) {
        for (const Wish &wish : m_wishes) {
            if (wish.stage == Stage::Queued)
                consider(wish.notBefore);
        }
        consider(m_aheadAt);
    }
    if (m_open && m_takeAgain)
        consider(m_takeAt);
    if (next && next != m_wakeAt)
        m_effects.push_back(WakeIn{next->ms - now.boot.ms});
    m_wakeAt = next;
}

DocumentEffects Downloads::finish(const Now &now)
{
    if (m_open && !m_purging) {
        for (Wish &wish : m_wishes) {
            if (wish.stage == Stage::New)
                look(now, wish);
        }
        if (canFetch()) {
            fetchWishes(now);
            fetchAhead(now);
        }
        tellWaiting();
        advanceStock(now);
    }
    armWake(now);
    if (FilesHere files = m_stock.takeMoves(); !files.isEmpty())
        m_effects.push_back(NoteFiles{std::move(files)});
    if (m_stock.pinned() != m_toldPins) {
        m_toldPins = m_stock.pinned();
        m_effects.push_back(TellPins{m_toldPins});
    }
    auto holdings = m_stock.holdings();
    holdings.paused = pausesAhead();
    if (holdings != m_told) {
        m_told = holdings;
        m_effects.push_back(TellHoldings{holdings});
    }
    return std::exchange(m_effects, {});
}

} // namespace Counterfoil
