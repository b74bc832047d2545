#include "downloads.h"

#include "documenterrors.h"
#include "tuning.h"

#include <algorithm>
#include <utility>

namespace Counterfoil {

Downloads::Downloads(Random &random)
    : m_random(random)
    , m_stockBackoff(random)
    , m_aheadBackoff(random)
{ }

DocumentEffects Downloads::opened(const Now &now)
{
    if (!m_open) {
        m_open = true;
        m_takeAgain = true;
    }
    return finish(now);
}

DocumentEffects Downloads::closed(const Now &now)
{
    abortAll();
    m_open = m_stocked = m_takeAgain = m_purging = false;
    m_staleStock = m_taking;
    m_staleRead = m_reading;
    m_toRead = {};
    m_pinning.clear();
    m_stock.clear();
    while (!m_wishes.empty())
        answer(m_wishes.begin(),
               TellFailed{m_wishes.front().key,
                          DocumentErrors::notHereYet(DocumentErrors::Hindrance::SignedOut, false)});
    return finish(now);
}

DocumentEffects Downloads::statusChanged(const Now &now, const SyncStatus &status)
{
    const Reach before = reach();
    m_mode = status.mode;
    m_disconnected = status.disconnectedByPerson;
    const Reach after = reach();
    if (before != after && after == Reach::Online) {
        for (Wish &wish : m_wishes) {
            wish.backoff.succeeded();
            wish.notBefore = now.boot;
        }
        m_stock.reconsider();
        m_aheadBackoff.succeeded();
        m_aheadAt = now.boot;
    } else if (after != Reach::Online && after != Reach::Unclear) {
        abortAll();
    }
    return finish(now);
}

DocumentEffects Downloads::tokenChanged(const Now &now, const std::string &bearer)
{
    m_bearer = bearer;
    return finish(now);
}

DocumentEffects Downloads::setAhead(const Now &now, const DocumentPort::Ahead &ahead)
{
    m_ahead = ahead;
    const auto keys = [](const QStringList &list) {
        std::vector<std::string> all;
        for (const QString &one : list)
            all.push_back(one.toStdString());
        return all;
    };
    m_rule = {keys(ahead.accounts), keys(ahead.papers)};
    m_stock.setRule(m_rule);
    m_takeAgain = m_open; // the window may reach further back
    stopAhead();
    return finish(now);
}

DocumentEffects Downloads::setMetered(const Now &now, bool metered)
{
    m_metered = metered;
    stopAhead();
    return finish(now);
}

DocumentEffects Downloads::setPinned(const Now &now, const std::string &key, bool pinned)
{
    const auto most = static_cast<std::size_t>(DocumentPort::mostPinned);
    if (m_open && (!pinned || m_stock.pinned().size() + m_pinning.size() < most)) {
        m_pinning[key] = pinned;
        pinWaiting();
    }
    return finish(now);
}

void Downloads::pinWaiting()
{
    std::erase_if(m_pinning, [this](const auto &one) {
        const ShelfEntry *entry = m_stock.find(one.first);
        if (entry && entry->pinned != one.second) {
            m_effects.push_back(KeepPin{entry->account, one.first, one.second});
            m_stock.setPinned(one.first, one.second);
            if (m_taking) // the stock may be from before
                m_staleStock = m_takeAgain = true;
        }
        return entry != nullptr;
    });
}

DocumentEffects Downloads::recordsChanged(const Now &now, const std::vector<std::int64_t> &ids)
{
    if (m_open)
        m_toRead.ids.insert(m_toRead.ids.end(), ids.begin(), ids.end());
    if (m_toRead.ids.size() > Tuning::documentNotices) {
        m_toRead.ids.clear();
        m_takeAgain = true;
    }
    return finish(now);
}

DocumentEffects Downloads::everythingChanged(const Now &now)
{
    m_takeAgain = m_open;
    return finish(now);
}

void Downloads::leave(const ShelfEntry &entry)
{
    if (const TransferId id = transferOf(entry.key))
        abort(id);
    if (entry.here)
        m_effects.push_back(RemoveFile{entry.account, entry.sha256});
    if (const auto wish = findWish(entry.key); wish != m_wishes.end())
        answer(wish, TellFailed{entry.key, DocumentErrors::unknownDocument()});
}

DocumentEffects Downloads::purge(const Now &now, const RemoveAccounts &what)
{
    std::vector<std::string> going;
    for (const auto &[id, transfer] : m_transfers) {
        const ShelfEntry *entry = m_stock.find(transfer.key);
        if (what.all || !entry || std::ranges::find(what.accounts, entry->account) != what.accounts.end())
            going.push_back(transfer.key);
    }
    for (const std::string &key : going)
        abort(transferOf(key));
    if (what.all)
        m_stock.clear();
    else
        m_stock.removeAccounts(what.accounts);
    for (Wish &wish : m_wishes) {
        if (!m_stock.find(wish.key))
            wish.stage = Stage::New;
    }
    m_purging = true;
    m_takeAgain = m_open;
    m_staleStock = m_taking; // they may be from before
    m_staleRead = m_reading;
    m_effects.push_back(what);
    return finish(now);
}

DocumentEffects Downloads::purged(const Now &now)
{
    m_purging = false;
    return finish(now);
}

DocumentEffects Downloads::want(const Now &now, const std::string &key)
{
    const auto found = findWish(key);
    if (found != m_wishes.end()) {
        ++found->calls;
        found->notBefore = now.boot; // asked for again: tried again
        found->lasting.reset();
        found->backoff.succeeded();
        m_wishes.splice(m_wishes.begin(), m_wishes, found);
    } else {
        if (m_wishes.size() >= Tuning::documentsWanted) {
            const auto oldest = std::prev(m_wishes.end());
            if (const TransferId id = transferOf(oldest->key))
                abort(id);
            answer(oldest, TellFailed{oldest->key, DocumentErrors::letGo()});
        }
        m_wishes.emplace_front(key, m_random);
        m_wishes.front().notBefore = now.boot;
    }
    return finish(now);
}

DocumentEffects Downloads::forget(const Now &now, const std::string &key)
{
    if (const auto wish = findWish(key); wish != m_wishes.end() && --wish->calls > 0) {
        wish->told = std::min(wish->told, wish->calls); // somebody else still waits for it
    } else if (wish != m_wishes.end()) {
        m_wishes.erase(wish);
        if (const TransferId id = transferOf(key))
            abort(id); // what came stays on the shelf, for the next time
    }
    return finish(now);
}

DocumentEffects Downloads::stockTaken(const Now &now, const Result<ShelfStock> &stock)
{
    m_taking = false;
    if (std::exchange(m_staleStock, false) || !m_open)
        return finish(now);
    if (!stock) {
        // What is wanted is looked up one by one; the rest can wait.
        m_takeAgain = true;
        m_takeAt = BootTime{now.boot.ms + m_stockBackoff.next(stock.error())};
        return finish(now);
    }
    m_stockBackoff.succeeded();
    m_stock.take(*stock);
    m_stocked = true;
    pinWaiting();
    giveRoom(now);
    // What is coming may be of a record that is gone, or of one too old for the stock.
    for (const auto &[id, transfer] : m_transfers) {
        if (!m_stock.find(transfer.key))
            m_toRead.keys.push_back(transfer.key);
    }
    return finish(now);
}

DocumentEffects Downloads::recordsRead(const Now &now, const Result<RecordsRead> &read)
{
    m_reading = false;
    const std::vector<std::string> asked = std::exchange(m_askedKeys, {});
    const bool stale = std::exchange(m_staleRead, false);
    if (read && !stale && m_open)
        takeRecords(*read, asked);
    if (!stale) // there is no such record, or nobody can tell
        std::erase_if(m_pinning,
                      [&](const auto &one) { return std::ranges::find(asked, one.first) != asked.end(); });
    for (auto wish = m_wishes.begin(); wish != m_wishes.end();) {
        const auto current = wish++;
        if (current->stage != Stage::Reading || std::ranges::find(asked, current->key) == asked.end())
            continue;
        current->stage = Stage::New;
        if (stale)
            continue; // asked again
        if (!read)
            answer(current, TellFailed{current->key, read.error()});
        else if (!m_stock.find(current->key))
            answer(current, TellFailed{current->key, DocumentErrors::unknownDocument()});
    }
    return finish(now);
}

void Downloads::takeRecords(const RecordsRead &read, const std::vector<std::string> &asked)
{
    for (const std::int64_t id : read.gone) {
        if (const auto entry = m_stock.remove(id))
            leave(*entry);
    }
    for (const ShelfEntry &entry : read.entries) {
        const ShelfEntry *old = m_stock.find(entry.key);
        const bool other = old && old->here
            && (old->account != entry.account || (!entry.sha256.empty() && old->sha256 != entry.sha256));
        if (other)
            m_effects.push_back(RemoveFile{old->account, old->sha256});
        m_stock.put(entry);
    }
    m_stock.setKnown(read.known);
    pinWaiting();
    for (const std::string &key : asked) {
        const TransferId id = m_stock.find(key) ? 0 : transferOf(key);
        if (id == 0)
            continue;
        abort(id);
        m_takeAgain = true; // with what came of it
    }
}

DocumentEffects Downloads::fileOpened(const Now &now, const std::string &key, const Result<FileState> &state)
{
    const auto wish = findWish(key);
    const ShelfEntry *entry = m_stock.find(key);
    const bool awaited = wish != m_wishes.end() && wish->stage == Stage::Opening;
    if (state && *state == FileState::Sound) {
        m_stock.opened(key, now.wall);
        if (awaited && entry)
            answer(wish, TellReady{key, entry->account, entry->sha256});
        return finish(now);
    }
    if (state)
        m_stock.lost(key);
    if (awaited) {
        if (state) {
            wish->damaged = *state == FileState::Damaged;
            wish->stage = Stage::New;
        } else {
            answer(wish, TellFailed{key, state.error()});
        }
    }
    return finish(now);
}

DocumentEffects Downloads::progressed(const Now &now, TransferId id, const DocumentPort::Progress &progress)
{
    const auto found = m_transfers.find(id);
    if (found != m_transfers.end() && !found->second.ahead)
        m_effects.push_back(TellProgress{found->second.key, progress});
    return finish(now);
}

DocumentEffects Downloads::transferred(const Now &now, TransferId id, const Transferred &file)
{
    const auto found = m_transfers.find(id);
    if (found == m_transfers.end())
        return finish(now);
    const Transfer transfer = found->second;
    m_transfers.erase(found);
    if (const ShelfEntry *entry = m_stock.find(transfer.key))
        m_stock.arrived(transfer.key, file, entry->dated);
    else
        m_takeAgain = m_open; // its record may be gone, and then the file has to go too
    giveRoom(now);
    if (const auto wish = findWish(transfer.key); wish != m_wishes.end())
        wish->stage = Stage::New; // to be opened, like any other file that is here
    if (transfer.ahead) {
        m_aheadBackoff.succeeded();
        m_aheadAt = BootTime{now.boot.ms + Tuning::aheadPauseMs};
    }
    return finish(now);
}

DocumentEffects Downloads::transferFailed(const Now &now, TransferId id, const TransferFailure &failure)
{
    const auto found = m_transfers.find(id);
    if (found == m_transfers.end())
        return finish(now);
    const Transfer transfer = found->second;
    m_transfers.erase(found);
    if (failure.error.kind == ErrorKind::Unauthorized)
        refuseToken(transfer);
    if (const auto wish = findWish(transfer.key); wish != m_wishes.end())
        wishFailed(now, wish, failure);
    if (transfer.ahead)
        aheadFailed(now, transfer.key, failure);
    return finish(now);
}

DocumentEffects Downloads::woke(const Now &now)
{
    m_wakeAt.reset();
    return finish(now);
}

} // namespace Counterfoil
