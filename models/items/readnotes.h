#pragma once

#include "askflag.h"
#include "cachereaders.h"
#include "rownotes.h"

#include <QTimer>

#include <functional>
#include <set>
#include <unordered_map>
#include <utility>

namespace Counterfoil {

// Notes that are read from the cache for the rows which views ask for, some at a time, kept, and read again
// when they are stale. Entry is what is known of one row.
template <class Entry> class ReadNotes : public RowNotes
{
public:
    static constexpr std::size_t rowsMost = 2'000; // in memory; more: all are forgotten

    // What is shown stays until the rows of the new text come, and is read anew with them.
    void setText(const QString &text) final
    {
        if (text == m_text)
            return;
        m_text = text;
        m_asking.cancel();
        m_wanted.clear();
        for (auto &[row, kept] : m_kept) {
            kept.stale = true;
            forgetText(kept.entry);
        }
    }

protected:
    using Rows = std::vector<std::int64_t>;
    using Read = std::vector<std::pair<qint64, Entry>>;

    ReadNotes(CacheReaders &readers, QObject *parent)
        : RowNotes(parent)
        , m_readers(readers)
    {
        m_soon.setSingleShot(true);
        m_soon.setInterval(0);
        connect(&m_soon, &QTimer::timeout, this, [this] { read(); });
    }

    virtual std::function<Read(CacheReader &)> reading(Rows rows) const
        = 0;                                         // called by a thread of the readers
    virtual void forgetText(Entry &entry) const = 0; // what it says of the text before text()

    const QString &text() const { return m_text; }

    // Null while nothing is known of it, which is then read.
    const Entry *entry(qint64 row) const
    {
        const auto found = m_kept.find(row);
        if (found == m_kept.end() || found->second.stale)
            want(row);
        return found == m_kept.end() ? nullptr : &found->second.entry;
    }

    // Those of which changed(row) says so are read again.
    template <class Changed> void markStale(Changed changed)
    {
        m_outdated = m_asking.isUnderWay();
        QList<qint64> rows;
        for (auto &[row, kept] : m_kept) {
            if (!changed(row))
                continue;
            kept.stale = true;
            rows.append(row);
        }
        if (!rows.isEmpty())
            Q_EMIT noted(rows);
    }

private:
    static constexpr std::size_t rowsAtOnce = 64;

    struct Kept
    {
        Entry entry;
        bool stale = false;
    };

    void want(qint64 row) const
    {
        m_wanted.insert(row);
        if (!m_asking.isUnderWay() && !m_soon.isActive())
            m_soon.start();
    }

    void read()
    {
        if (m_wanted.empty() || m_asking.isUnderWay())
            return;
        m_outdated = false;
        Rows rows;
        while (!m_wanted.empty() && rows.size() < rowsAtOnce)
            rows.push_back(m_wanted.extract(m_wanted.begin()).value());
        m_readers.ask(this, m_asking.renew(), reading(std::move(rows)), [this](Read entries) {
            m_asking.finish();
            take(std::move(entries));
        });
    }

    void take(Read entries)
    {
        if (m_kept.size() + entries.size() > rowsMost)
            m_kept.clear();
        QList<qint64> rows;
        for (auto &[row, entry] : entries) {
            m_kept[row] = {std::move(entry), m_outdated};
            rows.append(row);
        }
        if (!rows.isEmpty())
            Q_EMIT noted(rows);
        if (!m_wanted.empty())
            m_soon.start();
    }

    CacheReaders &m_readers;
    QString m_text;
    std::unordered_map<qint64, Kept> m_kept;
    mutable std::set<qint64> m_wanted;
    mutable QTimer m_soon; // after the views have asked for all that they show
    AskFlag m_asking;
    bool m_outdated = false; // something changed while they were read
};

} // namespace Counterfoil
