#include "outboxtransition.h"

#include <array>

namespace Counterfoil {

namespace {

using State = OutboxEntry::State;
using Kind = OutboxStep::Kind;

constexpr OutboxStep no{};
constexpr OutboxStep gone{Kind::Gone, State::Queued};
constexpr OutboxStep queued{Kind::To, State::Queued};
constexpr OutboxStep sending{Kind::To, State::Sending};
constexpr OutboxStep received{Kind::To, State::Received};
constexpr OutboxStep applied{Kind::To, State::Applied};
constexpr OutboxStep rejected{Kind::To, State::Rejected};
constexpr OutboxStep conflict{Kind::To, State::Conflict};
constexpr OutboxStep held{Kind::To, State::Held};
constexpr OutboxStep cancelled{Kind::To, State::Cancelled};
constexpr OutboxStep withdrawn{Kind::To, State::Withdrawn};

using Row = std::array<OutboxStep, outboxEvents>;

// clang-format off
constexpr Row table[] = {
    //              Cancel     Send     Fail       LoseDep.   Unknown    Received   Applied   Rejected   Dependency Conflict   Withdraw
    /* Queued */    {cancelled, sending, queued,    held,      queued,    received,  applied,  rejected,  held,      conflict,  withdrawn},
    /* Sending */   {no,        sending, sending,   sending,   queued,    received,  applied,  rejected,  held,      conflict,  gone},
    /* Received */  {no,        no,      received,  received,  queued,    received,  applied,  rejected,  held,      conflict,  gone},
    /* Applied */   {no,        no,      applied,   applied,   applied,   applied,   applied,  applied,   applied,   applied,   gone},
    /* Rejected */  {no,        no,      rejected,  rejected,  rejected,  rejected,  rejected, rejected,  rejected,  rejected,  gone},
    /* Conflict */  {no,        no,      conflict,  conflict,  conflict,  conflict,  conflict, conflict,  conflict,  conflict,  gone},
    // Decided here; only that it happened after all is news.
    /* Held */      {no,        no,      held,      held,      held,      held,      applied,  held,      held,      held,      withdrawn},
    /* Cancelled */ {no,        no,      cancelled, cancelled, cancelled, cancelled, cancelled, cancelled, cancelled, cancelled, gone},
    /* Withdrawn */ {no,        no,      withdrawn, withdrawn, withdrawn, withdrawn, withdrawn, withdrawn, withdrawn, withdrawn, withdrawn},
};
// clang-format on

static_assert(std::size(table) == outboxStates);

} // namespace

OutboxStep nextStep(OutboxEntry::State state, bool sent, OutboxEvent event)
{
    if (sent && event == OutboxEvent::Cancel)
        return no;
    if (sent && event == OutboxEvent::Withdraw) // "before it was sent" would not be true
        return gone;
    return table[static_cast<std::size_t>(state)][static_cast<std::size_t>(event)];
}

} // namespace Counterfoil
