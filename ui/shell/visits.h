#pragma once

#include "recordref.h"

#include <QList>

#include <optional>

namespace Counterfoil {

// The records looked at, of any kind, with a place among them: for going back and forth.
class Visits
{
public:
    static constexpr qsizetype most = 50;

    void visit(const RecordRef &ref);      // what lay ahead is forgotten
    std::optional<RecordRef> step(int by); // moves, if there is one to move to

private:
    QList<RecordRef> m_refs;
    qsizetype m_at = -1;
};

} // namespace Counterfoil
