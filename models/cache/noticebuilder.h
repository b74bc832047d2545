#pragma once

#include "changenotice.h"

#include <map>
#include <set>

namespace Counterfoil {

// Collects what one batch does to rows and says it in the fewest words: a row that came and went
// is not mentioned, and beyond `listed` rows of a kind the whole kind is to be read anew.
class NoticeBuilder
{
public:
    static constexpr std::size_t listed = 500;

    void inserted(const RecordType &kind, std::int64_t id);
    void updated(const RecordType &kind, std::int64_t id);
    void removed(const RecordType &kind, std::int64_t id);
    void wholeKind(const RecordType &kind) { m_whole.insert(&kind); }

    ChangeNotice build() const;

private:
    enum class Fate { Inserted, Updated, Removed };

    std::map<const RecordType *, std::map<std::int64_t, Fate>> m_rows;
    std::set<const RecordType *> m_whole;
};

} // namespace Counterfoil
