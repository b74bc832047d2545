#pragma once

#include "result.h"

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace Counterfoil {
class Connector;
}

// Which record of an ERP's feed names which, by the links that the field tables declare. Holds the keys of
// the whole feed in memory.
class CrossLinks
{
public:
    static Counterfoil::Result<CrossLinks> read(Counterfoil::Connector &erp);

    struct Walk
    {
        std::int64_t orders = 0;
        std::int64_t links = 0;  // followed, there or back
        std::int64_t broken = 0; // that lead nowhere
    };
    // From `count` orders drawn at random to what they name and what names them, and so on from invoices and
    // shipments. An order without an invoice, and an invoice without a document, count as broken too.
    Walk walk(std::size_t count, std::uint32_t seed) const;

private:
    using Record = std::pair<std::string, std::string>;                      // kind and key
    std::vector<Record> named(const Record &record, const char *kind) const; // by records of that kind

    std::map<Record, std::vector<Record>> m_links; // from every record to what it names
    std::multimap<Record, Record> m_namedBy;
};
