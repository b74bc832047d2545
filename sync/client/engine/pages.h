#pragma once

#include "codec.h"
#include "effects.h"
#include "freshnessproof.h"

#include <optional>

namespace Counterfoil {

// Pages fetched one after the other while the store takes in the one before: at most one is with the
// store and one more is asked for or waiting. What is asked and how a page is understood differ.
class Pages
{
public:
    virtual ~Pages() = default;

    std::optional<std::string> nextTarget(); // to ask for now; the caller asks
    Outcome received(std::string_view body);
    std::optional<StoreWork> nextWork(); // to hand to the store now; the caller does, when it is free
    void stored();
    bool finished() const { return m_last && !m_asked && !m_held && !m_storing; }

    const PageHead &head() const { return m_head; } // of the page received last
    virtual QList<SyncStatus::KindProgress> progress() const = 0;

    static Error badPage(const QString &detail);

protected:
    virtual std::string target() const = 0;
    virtual Result<std::optional<StoreWork>> take(ChangePage page) = 0; // nothing: there is nothing to store
    virtual bool atEnd() const = 0;                                     // after take(): no further page

private:
    PageHead m_head;
    std::optional<StoreWork> m_held;
    bool m_asked = false;
    bool m_storing = false;
    bool m_last = false;
};

// GET /v1/changes from a cursor until nothing is known to follow.
class PullPages final : public Pages
{
public:
    // `covered`: the place in the log that the store knows the cursor to stand for; 0: none.
    PullPages(std::string cursor, std::int64_t covered)
        : m_cursor(std::move(cursor))
        , m_covered(covered)
    { }
    const std::string &cursor() const { return m_cursor; } // after the page received last
    QList<SyncStatus::KindProgress> progress() const override;

private:
    std::string target() const override;
    Result<std::optional<StoreWork>> take(ChangePage page) override;
    bool atEnd() const override { return m_end; }

    std::string m_cursor;
    std::int64_t m_covered;
    std::int64_t m_done = 0;
    std::int64_t m_total = 0;
    bool m_end = false;
};

// GET /v1/snapshot/{kind} for every kind that is not wholly listed yet, each from where it stopped.
class FillPages final : public Pages
{
public:
    // `cursor`: of the fill. At least one kind is not listed.
    FillPages(std::string cursor, std::vector<KindFill> fills);
    QList<SyncStatus::KindProgress> progress() const override;

private:
    std::string target() const override;
    Result<std::optional<StoreWork>> take(ChangePage page) override;
    bool atEnd() const override { return m_current == m_fills.size(); }
    void choose();

    std::string m_cursor;
    std::vector<KindFill> m_fills;
    std::size_t m_current = 0;
};

std::string queryValue(std::string_view text); // percent-encoded, for a query

} // namespace Counterfoil
