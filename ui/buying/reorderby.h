#pragma once

namespace Counterfoil {

class ChoiceField;

// In which quantities items are bought again: what is usual, what the last order had, or what is usual in
// whole packs (the smallest that the item comes in, beyond its unit).
enum class ReorderBy { Usual, Last, Packs };

void offerReorderBy(ChoiceField &field); // as choices, the usual one chosen
ReorderBy reorderByOf(const ChoiceField &field);

} // namespace Counterfoil
