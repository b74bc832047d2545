#include "stocktaking.h"

#include <utility>

namespace Counterfoil {

StockTaking::StockTaking(DocumentFolder::Found found, TakeStock what)
    : m_found(std::move(found))
    , m_what(std::move(what))
{
    for (const QString &path : m_found.others)
        m_parts.insert(DocumentFolder::partOf(path));
}

void StockTaking::take(ShelfEntry entry)
{
    const QString path = DocumentFolder::filePath(entry.account, entry.sha256);
    if (const auto file = m_found.files.constFind(path); file != m_found.files.cend()) {
        entry.here = true;
        entry.bytes = file->bytes;
        entry.opened = file->opened;
        m_files.insert(path);
    }
    if (!m_parts.isEmpty()) {
        const QString part = DocumentFolder::partPath(entry.account, entry.key);
        if (m_parts.contains(part))
            m_claimed.insert(part);
    }
    if (!m_found.pins.isEmpty()) {
        const QString pin = DocumentFolder::pinPath(entry.account, entry.key);
        entry.pinned = m_found.pins.contains(pin);
        if (entry.pinned)
            m_pins.insert(pin);
    }
    if (isAhead(entry) || entry.here || entry.pinned)
        stock.entries.push_back(std::move(entry));
}

bool StockTaking::isAhead(const ShelfEntry &entry)
{
    m_tooOld = m_tooOld || entry.dated < m_what.since;
    if (m_tooOld || stock.more || entry.here || !m_what.rule.takes(entry))
        return false;
    stock.more = m_missing == m_what.missing;
    m_missing += stock.more ? 0 : 1;
    return !stock.more;
}

bool StockTaking::isDone() const
{
    return (m_tooOld || stock.more) && m_files.size() == m_found.files.size()
        && m_pins.size() == m_found.pins.size() && m_claimed.size() == m_parts.size();
}

void StockTaking::sweep(DocumentFolder &folder) const
{
    for (const QString &pin : m_found.pins) {
        if (!m_pins.contains(pin))
            folder.remove(pin);
    }
    for (auto file = m_found.files.cbegin(); file != m_found.files.cend(); ++file) {
        if (!m_files.contains(file.key()))
            folder.remove(file.key());
    }
    for (const QString &path : m_found.others) {
        const bool claimed = m_claimed.contains(DocumentFolder::partOf(path));
        if (!folder.isInUse(path) && (!claimed || folder.isOld(path, m_what.oldestPart)))
            folder.remove(path);
    }
    folder.tidy();
}

} // namespace Counterfoil
