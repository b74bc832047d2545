#pragma once

#include <QString>

// Names of files made of what records say. A record comes from somebody else, so its words may be meant to
// lead out of the folder, to hide what a file is, or to be what a system cannot have.
namespace Counterfoil::FileName {

// Of UTF-8, with the ending. Every system takes 255; the rest is for a number behind it.
inline constexpr int mostBytes = 200;

// One name, without any folder, that Windows, macOS and Linux all take and show as it is: no separators or
// what looks like one, no control or direction characters, no device of Windows', no dot, dash or tilde in
// front, no dot or blank at the end. `ending` without its dot, in ASCII. Never empty.
QString safe(const QString &wanted, const QString &ending);

// "a.pdf", 2 → "a (2).pdf". For 1 the name as it is.
QString numbered(const QString &name, int number);

// What two names have in common that one folder cannot hold both of, on the pickiest system.
QString folded(const QString &name);

} // namespace Counterfoil::FileName
