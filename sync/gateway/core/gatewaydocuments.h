#pragma once

#include "result.h"

#include <QFile>

#include <memory>
#include <string>

namespace Counterfoil {

// The bytes of documents that the ERP issued, as files named by their SHA-256 (64 lower-case hexadecimal
// digits). A file is complete or not there: it is written under another name, brought to the disk and
// renamed. Holds no state of its own, so any thread may call it.
class GatewayDocuments
{
public:
    explicit GatewayDocuments(QString folder) // made when the first document comes
        : m_folder(std::move(folder))
    { }

    void removeLeftovers() const; // of a process that died while writing; once, before anything else

    // Whether a file of this name and size is there. Its bytes are not looked at.
    bool holds(const std::string &sha256, std::int64_t bytes) const;

    // `sha256` is that of `bytes`. Takes the place of what was there.
    Outcome put(const std::string &sha256, std::string_view bytes) const;

    // The file, opened for reading, once every byte of it was read and found to have this digest.
    // NotFound: it is not there. StorageCorrupt: it held other bytes and has been removed.
    Result<std::unique_ptr<QFile>> open(const std::string &sha256) const;

private:
    QString pathOf(const std::string &sha256) const; // empty when that is no digest

    QString m_folder;
};

} // namespace Counterfoil
