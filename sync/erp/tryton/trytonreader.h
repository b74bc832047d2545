#pragma once

#include "change.h"
#include "result.h"
#include "trytonsession.h"
#include "trytonthings.h"

#include <map>

namespace Counterfoil {

// Reads things from Tryton as the records that they are. Blocks as TrytonSession does.
class TrytonReader
{
public:
    explicit TrytonReader(TrytonSession &session, std::int64_t company)
        : m_session(session)
        , m_company(company)
    { }

    // What the things with these names (ids, or see TrytonThing::nameField) are now: for each record that
    // such a thing may be, itself or its removal. `version` and `time` go into the changes. At most
    // pageThings() names, which become fewer when Tryton cannot answer about so many. A thing that is not as
    // expected, or that cannot be read although others can, is left out, with a word in the log.
    Outcome read(const TrytonThing &thing, const std::vector<std::string> &names, std::int64_t version,
                 Instant time, std::vector<Change> &changes);
    static constexpr int mostThings = 100;
    int pageThings() const { return m_pageThings; }

    // The things after `id`, in its order, at most `limit`.
    struct Found
    {
        std::vector<std::string> names;
        std::int64_t last = 0; // the last one's id
    };
    Result<Found> after(const TrytonThing &thing, std::int64_t id, int limit);

private:
    Result<QJsonArray> search(const QString &model, const QJsonArray &domain, int limit,
                              const QJsonArray &fields);
    Outcome readCompany();
    Outcome readPage(const TrytonThing &thing, const std::vector<std::string> &names, std::int64_t version,
                     Instant time, std::vector<Change> &changes);
    Outcome readAnother(const TrytonThing &thing, const std::string &than);
    Outcome look(const TrytonThing::Wanted &wanted, TrytonLookups &lookups);
    Outcome lookUpSaleLines(const std::vector<std::int64_t> &ids, TrytonLookups &lookups);
    Outcome lookUpReturnSales(const QJsonArray &sales, TrytonLookups &lookups);
    Outcome lookUpInvoiceLines(const std::vector<std::int64_t> &ids, TrytonLookups &lookups);
    Outcome lookUpInvoices(const std::vector<std::int64_t> &ids, TrytonLookups &lookups);
    Outcome lookUpIssues(const std::vector<std::int64_t> &ids, TrytonLookups &lookups);

    TrytonSession &m_session;
    std::int64_t m_company;
    TrytonCompany m_facts; // party 0: not read yet
    int m_pageThings = mostThings;
    std::string m_suspect; // the thing that failed alone; empty: none
};

} // namespace Counterfoil
