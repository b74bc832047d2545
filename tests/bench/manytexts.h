#pragma once

#include <QDir>
#include <QString>

#include <string>
#include <vector>

namespace Counterfoil {

// A cache of documents whose texts are known: invoices of two to three kilobytes as a supplier of fasteners
// prints them, the same in every run. Made once and kept in the folder; empty when it cannot be made.
QString manyTexts(const QDir &folder, int documents);

// What people type to find one of them: a number, a part, a word that most have, two words, one that none
// has.
std::vector<std::string> typedInside(int documents);

} // namespace Counterfoil
