#pragma once

#include "askflag.h"
#include "changenotice.h"
#include "heldrows.h"
#include "recordlistupdate.h"
#include "recordreader.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <deque>
#include <set>

namespace Counterfoil {

class CacheReaders;

// What the loader asks of the list that it serves, and brings to it.
class RecordListSink
{
public:
    virtual ~RecordListSink() = default;

    virtual RowIdList ids() const = 0;
    virtual bool needs(std::int64_t id) const = 0; // the row is not in memory, or stale

    // A new query's first rows, or all that it finds.
    virtual void replace(RowIdList ids, std::vector<CachedRecord> firstRows) = 0;
    virtual void refresh(RowIdList ids) = 0;         // the whole result, of the same query
    virtual void apply(RecordListUpdate update) = 0; // places are those of ids()
    // Rows that were looked at. `outdated`: they may have changed since they were read.
    virtual void store(std::vector<CachedRecord> rows, int nearRow, bool outdated) = 0;
    virtual void markAllStale() = 0;
    virtual void setTotals(const RecordTotals &totals) = 0;
    virtual void setCounting(bool counting) = 0;
    virtual void found(const QString &key, std::int64_t id) = 0;
    virtual void fail(const Error &error) = 0;
};

// Decides what a list of records reads and when: the first page, then the extent, then the sums; the
// pages looked at; and, after a commit, what it touched. One read of a sort is under way at a time, and
// what comes meanwhile is gathered, so that a burst of commits costs no more than the reads take.
class RecordListLoader final : public QObject
{
    Q_OBJECT
public:
    RecordListLoader(CacheReaders &readers, const RecordType &kind, RecordListSink &sink);

    void start();
    const RecordQuery &query() const { return m_query; }
    void setQuery(const RecordQuery &query);
    void want(int row); // somebody looks at it
    void find(const QString &key);

private:
    void loadFirstPage();
    void loadExtent();
    void loadTotals();
    void fetchWanted();
    void updateRows();
    void note(const ChangeNotice &notice);
    void readAllAnew();
    void failed(const Error &error);
    void proceed(); // with whatever is due next

    CacheReaders &m_readers;
    RecordListSink &m_sink;
    RecordQuery m_query;

    AskFlag m_first;
    AskFlag m_extent;
    AskFlag m_totals;
    AskFlag m_pages;
    AskFlag m_update;
    AskFlag m_find;
    bool m_extentDue = false; // something changed that only reading the whole result shows
    bool m_totalsDue = false;
    bool m_loadFailed = false;    // tried again with the next change
    bool m_pagesOutdated = false; // something changed since the page under way was asked for
    std::deque<int> m_wanted;     // pages, the latest last
    std::set<std::int64_t> m_touched;
    std::set<std::int64_t> m_gone;
    QElapsedTimer m_extentTook;
    QTimer m_extentPause; // while it runs, the whole result is not read again
    QTimer m_totalsPause;
    QTimer m_fetchSoon; // after the views have asked for all that they show
};

} // namespace Counterfoil
