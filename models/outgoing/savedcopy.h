#pragma once

#include "result.h"

#include <QString>

#include <atomic>
#include <functional>

class QFile;
class QFileDevice;

namespace Counterfoil {

// A document's file as it is to stand in a folder of the person's.
struct CopyOrder
{
    QString from;      // on this computer, as DocumentPort gave it
    QString sha256;    // of its bytes; empty: whatever is there
    QString folder;    // absolute
    QString name;      // of FileName, or of the person's own choice
    bool over = false; // takes the place of a file of that name, which the person has agreed to; else another
                       // name is found: "a (2).pdf"
};

// So many files of one name in a folder, and then a person is asked to tidy up.
inline constexpr int mostOfOneName = 1000;

// Writes it beside its place, reads it back, compares its digest, and only then gives it its name: there is
// the whole file, or none. Returns where it stands. For a thread that may wait for a disk. Errors:
// StorageFull, StorageReadOnly, Storage, NotFound (the folder), StorageCorrupt (the digest), Cancelled.
Result<QString> saveCopy(const CopyOrder &order, const std::atomic_bool &cancelled);

// The same of a file that is not there yet: `make` writes it, and gives the reason where it cannot.
Result<QString> saveMade(const std::function<Outcome(QFile &)> &make, const QString &folder,
                         const QString &name, const std::atomic_bool &cancelled);

// What a person is told when a file could not be written to the folder.
Error cannotWrite(const QFileDevice &file, const QString &folder);

} // namespace Counterfoil
