#include "recordlistloader.h"

#include "cachereaders.h"

#include <algorithm>

namespace Counterfoil {

namespace {

constexpr std::ptrdiff_t firstPageRows = 100;
constexpr std::ptrdiff_t rowsOnScreen = 40; // of a maximised window; the rest follows before anybody scrolls
constexpr int pageRows = 64;
constexpr std::size_t maxWantedPages = 8; // what was scrolled past longer ago is not fetched
constexpr std::size_t maxTouched = 2'000; // beyond that, reading the whole result is cheaper
constexpr int extentPauseMs = 300;
constexpr int extentPausePerRead
    = 9; // so that reading a large result over and over takes a tenth of the time
constexpr int totalsPauseMs = 1'000;

struct FirstPage
{
    RowIdList ids;
    bool isAll = false;
    std::vector<CachedRecord> rows;
};

Result<FirstPage> readFirstPage(CacheReader &reader, const RecordQuery &query)
{
    FirstPage page;
    const auto outcome = reader.atOneMoment([&]() -> Outcome {
        auto first = RecordReader(reader).first(query, firstPageRows, rowsOnScreen);
        if (!first)
            return first.error();
        const RowIdList &ids = first->rows;
        const auto size = std::min(static_cast<std::ptrdiff_t>(ids->size()), firstPageRows);
        const std::vector<std::int64_t> shown(ids->begin(), ids->begin() + size);
        auto rows = reader.byIds(*query.kind, shown, WithLists::No);
        if (!rows)
            return rows.error();
        page = {ids, first->isAll, std::move(*rows)};
        return Done();
    });
    if (!outcome)
        return outcome.error();
    return page;
}

} // namespace

RecordListLoader::RecordListLoader(CacheReaders &readers, const RecordType &kind, RecordListSink &sink)
    : m_readers(readers)
    , m_sink(sink)
{
    m_query.kind = &kind;
    for (QTimer *timer : {&m_extentPause, &m_totalsPause, &m_fetchSoon})
        timer->setSingleShot(true);
    m_totalsPause.setInterval(totalsPauseMs);
    connect(&m_extentPause, &QTimer::timeout, this, &RecordListLoader::proceed);
    connect(&m_totalsPause, &QTimer::timeout, this, &RecordListLoader::proceed);
    connect(&m_fetchSoon, &QTimer::timeout, this, &RecordListLoader::fetchWanted);
    connect(&readers, &CacheReaders::changed, this, &RecordListLoader::note);
}

void RecordListLoader::start()
{
    loadFirstPage();
}

void RecordListLoader::setQuery(const RecordQuery &query)
{
    if (query == m_query)
        return;
    m_query = query;
    loadFirstPage();
}

void RecordListLoader::loadFirstPage()
{
    for (AskFlag *flag : {&m_extent, &m_totals, &m_update, &m_pages})
        flag->cancel();
    m_touched.clear();
    m_gone.clear();
    m_wanted.clear();
    m_extentDue = false;
    m_totalsDue = false;
    m_loadFailed = false;
    m_extentPause.stop(); // another question, which nobody has asked just now
    m_totalsPause.stop();
    m_sink.setCounting(true);
    m_readers.ask(
        this, m_first.renew(),
        [query = m_query](CacheReader &reader) { return readFirstPage(reader, query); },
        [this](Result<FirstPage> page) {
            m_first.finish();
            if (!page) {
                m_loadFailed = true;
                failed(page.error());
                return;
            }
            const bool isAll = page->isAll;
            m_sink.replace(std::move(page->ids), std::move(page->rows));
            if (m_extentDue) // all of it may have changed since this was read
                m_sink.markAllStale();
            m_totalsDue = true;
            if (isAll) {
                m_sink.setCounting(false);
                proceed();
            } else {
                loadExtent();
            }
        });
}

void RecordListLoader::loadExtent()
{
    m_extentDue = false;
    m_extentTook.start();
    m_readers.ask(
        this, m_extent.renew(),
        [query = m_query](CacheReader &reader) { return RecordReader(reader).list(query); },
        [this](Result<RowIdList> ids) {
            m_extent.finish();
            if (!ids) {
                failed(ids.error());
                return;
            }
            m_sink.refresh(std::move(*ids));
            m_sink.setCounting(false);
            m_totalsDue = true;
            m_extentPause.start(
                std::max(extentPauseMs, extentPausePerRead * static_cast<int>(m_extentTook.elapsed())));
            proceed();
        },
        CacheReaders::Length::Long);
}

void RecordListLoader::loadTotals()
{
    m_totalsDue = false;
    m_readers.ask(
        this, m_totals.renew(),
        [query = m_query](CacheReader &reader) { return RecordReader(reader).totals(query); },
        [this](const Result<RecordTotals> &totals) {
            m_totals.finish();
            if (!totals) {
                failed(totals.error());
                return;
            }
            m_sink.setTotals(*totals);
            m_totalsPause.start();
        },
        CacheReaders::Length::Long);
}

void RecordListLoader::note(const ChangeNotice &notice)
{
    if (m_loadFailed) {
        loadFirstPage();
        return;
    }
    if (!notice.touches(*m_query.kind) || (notice.wordsOnly && m_query.text.empty()))
        return;
    m_totalsDue = true;
    m_pagesOutdated = true;
    if (notice.isAllOf(*m_query.kind)) {
        readAllAnew();
    } else {
        const KindNotice &rows = *notice.of(*m_query.kind);
        for (const auto *ids : {&rows.inserted, &rows.updated})
            m_touched.insert(ids->begin(), ids->end());
        for (std::int64_t id : rows.removed) {
            m_touched.erase(id);
            m_gone.insert(id);
        }
        if (m_touched.size() + m_gone.size() > maxTouched)
            readAllAnew();
    }
    proceed();
}

// Both the ids and, as far as somebody looks at them, the rows: whatever changed up to here is in them.
void RecordListLoader::readAllAnew()
{
    m_extentDue = true;
    m_touched.clear();
    m_gone.clear();
    m_sink.markAllStale();
}

void RecordListLoader::proceed()
{
    if (m_first.isUnderWay() || m_extent.isUnderWay() || m_update.isUnderWay())
        return;
    if (m_extentDue && !m_extentPause.isActive()) {
        loadExtent();
        return;
    }
    // Before the rows, of which there may be more to update without end.
    if (m_totalsDue && !m_totals.isUnderWay() && !m_totalsPause.isActive())
        loadTotals();
    if (!m_extentDue && (!m_touched.empty() || !m_gone.empty()))
        updateRows();
}

void RecordListLoader::updateRows()
{
    const std::vector<std::int64_t> touched(m_touched.begin(), m_touched.end());
    const std::vector<std::int64_t> gone(m_gone.begin(), m_gone.end());
    m_touched.clear();
    m_gone.clear();
    m_readers.ask(
        this, m_update.renew(),
        // The list is given up before the answer is, so that the model need not copy it to change it.
        [query = m_query, list = m_sink.ids(), touched, gone](CacheReader &reader) mutable {
            auto update = RecordListUpdate::compute(reader, query, *list, touched, gone);
            list.reset();
            return update;
        },
        [this, touched, gone](Result<RecordListUpdate> update) {
            if (!update) {
                m_update.finish();
                m_touched.insert(touched.begin(), touched.end());
                m_gone.insert(gone.begin(), gone.end());
                failed(update.error());
                return;
            }
            // Still under way, so that nothing is asked about a list that is half changed.
            m_sink.apply(std::move(*update));
            m_update.finish();
            proceed();
        });
}

void RecordListLoader::want(int row)
{
    const int page = row / pageRows;
    if (!m_wanted.empty() && m_wanted.back() == page)
        return;
    std::erase(m_wanted, page);
    m_wanted.push_back(page);
    if (m_wanted.size() > maxWantedPages)
        m_wanted.pop_front();
    if (!m_pages.isUnderWay() && !m_fetchSoon.isActive())
        m_fetchSoon.start(0);
}

void RecordListLoader::fetchWanted()
{
    if (m_wanted.empty() || m_pages.isUnderWay())
        return;
    const int page = m_wanted.back(); // the latest is what is on screen
    m_wanted.pop_back();
    const auto list = m_sink.ids();
    const auto begin = static_cast<std::size_t>(page) * pageRows;
    std::vector<std::int64_t> ids;
    for (std::size_t i = begin; i < std::min(begin + pageRows, list->size()); ++i) {
        if ((*list)[i] != 0 && m_sink.needs((*list)[i]))
            ids.push_back((*list)[i]);
    }
    if (ids.empty()) {
        if (!m_wanted.empty())
            m_fetchSoon.start(0);
        return;
    }
    m_pagesOutdated = false;
    m_readers.ask(
        this, m_pages.renew(),
        [kind = m_query.kind, ids](CacheReader &reader) { return reader.byIds(*kind, ids, WithLists::No); },
        [this, begin](Result<std::vector<CachedRecord>> rows) {
            m_pages.finish();
            if (rows)
                m_sink.store(std::move(*rows), static_cast<int>(begin), m_pagesOutdated);
            else
                m_sink.fail(rows.error());
            if (!m_wanted.empty())
                m_fetchSoon.start(0);
        });
}

void RecordListLoader::find(const QString &key)
{
    m_readers.ask(
        this, m_find.renew(),
        [kind = m_query.kind, text = key.toStdString()](CacheReader &reader) {
            return reader.byKey(*kind, text);
        },
        [this, key](const Result<std::optional<CachedRecord>> &row) {
            m_find.finish();
            if (!row)
                m_sink.fail(row.error());
            m_sink.found(key, row && *row ? (*row)->id : 0);
        });
}

void RecordListLoader::failed(const Error &error)
{
    m_extentDue = true; // with the next change
    m_sink.setCounting(false);
    m_sink.fail(error);
}

} // namespace Counterfoil
