#include "pages.h"

#include "kinds.h"
#include "tuning.h"

#include <QByteArray>
#include <QCoreApplication>

#include <algorithm>

namespace Counterfoil {

std::string queryValue(std::string_view text)
{
    return QByteArray::fromRawData(text.data(), static_cast<qsizetype>(text.size()))
        .toPercentEncoding()
        .toStdString();
}

std::optional<std::string> Pages::nextTarget()
{
    if (m_asked || m_held || m_last)
        return std::nullopt;
    m_asked = true;
    return target();
}

Outcome Pages::received(std::string_view body)
{
    m_asked = false;
    auto page = decodePage(body);
    if (!page)
        return page.error();
    m_head = page->head;
    auto work = take(*std::move(page));
    if (!work)
        return work.error();
    m_held = *std::move(work);
    m_last = atEnd();
    return Done();
}

std::optional<StoreWork> Pages::nextWork()
{
    if (!m_held || m_storing)
        return std::nullopt;
    m_storing = true;
    return std::exchange(m_held, std::nullopt);
}

void Pages::stored()
{
    m_storing = false;
}

Error Pages::badPage(const QString &detail)
{
    return {ErrorKind::BadReply,
            QCoreApplication::translate(
                "Sync", "The gateway's answer made no sense. Counterfoil tries again by itself."),
            detail};
}

std::string PullPages::target() const
{
    return "/v1/changes?after=" + queryValue(m_cursor) + "&limit=" + std::to_string(Tuning::pageChanges);
}

Result<std::optional<StoreWork>> PullPages::take(ChangePage page)
{
    if (page.head.from != m_cursor)
        return badPage(QStringLiteral("a page of changes that does not begin at the cursor"));
    const bool moved = page.head.to != m_cursor;
    if (page.head.to.empty() || (!moved && (page.head.more || !page.changes.empty())))
        return badPage(QStringLiteral("a page of changes that leads nowhere"));
    if (m_total == 0)
        m_total = page.head.total;
    m_done += static_cast<std::int64_t>(page.changes.size());
    m_end = !page.head.more;
    m_cursor = page.head.to;
    if (!moved && page.head.toSeq <= m_covered)
        return std::optional<StoreWork>();
    m_covered = page.head.toSeq;
    return std::optional<StoreWork>(ApplyChanges{std::move(page.changes), m_cursor, m_covered});
}

QList<SyncStatus::KindProgress> PullPages::progress() const
{
    if (m_total == 0)
        return {};
    return {{QString(), m_done, m_end ? m_done : std::max(m_done, m_total)}}; // the total was about so many
}

FillPages::FillPages(std::string cursor, std::vector<KindFill> fills)
    : m_cursor(std::move(cursor))
    , m_fills(std::move(fills))
{
    choose();
}

// The first page of every kind before the second of any, so that every list has its newest rows at once.
void FillPages::choose()
{
    auto next
        = std::ranges::find_if(m_fills, [](const KindFill &fill) { return !fill.listed && fill.done == 0; });
    if (next == m_fills.end())
        next = std::ranges::find(m_fills, false, &KindFill::listed);
    m_current = static_cast<std::size_t>(next - m_fills.begin());
}

std::string FillPages::target() const
{
    const KindFill &fill = m_fills[m_current];
    std::string target = "/v1/snapshot/" + fill.kind + "?after=" + queryValue(m_cursor)
        + "&limit=" + std::to_string(Tuning::pageChanges);
    if (!fill.next.empty())
        target += "&next=" + queryValue(fill.next);
    return target;
}

Result<std::optional<StoreWork>> FillPages::take(ChangePage page)
{
    KindFill &fill = m_fills[m_current];
    const RecordType *kind = findKind(fill.kind);
    const auto foreign = [kind](const Change &row) { return row.kind != kind || row.record.isNull(); };
    if (std::ranges::any_of(page.changes, foreign))
        return badPage(QStringLiteral("a snapshot page with rows that do not belong there"));
    if (page.head.more && (page.head.to.empty() || page.head.to == fill.next))
        return badPage(QStringLiteral("a snapshot page that leads nowhere"));

    fill.next = page.head.to;
    fill.listed = !page.head.more;
    fill.done += static_cast<std::int64_t>(page.changes.size());
    fill.total = std::max(page.head.total, fill.done);
    ApplyFillPage work{kind, std::move(page.changes), fill.next, fill.listed, fill.total};
    choose();
    return std::optional<StoreWork>(std::move(work));
}

QList<SyncStatus::KindProgress> FillPages::progress() const
{
    QList<SyncStatus::KindProgress> list;
    // Rows that changed while they were listed come with the replay; the kind is whole all the same.
    for (const KindFill &fill : m_fills)
        list.push_back({QString::fromStdString(fill.kind), fill.listed ? fill.total : fill.done, fill.total});
    return list;
}

} // namespace Counterfoil
