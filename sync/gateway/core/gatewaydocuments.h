#pragma once

#include "result.h"

#include <QFile>

#include <memory>
#include <string>

namespace Counterfoil {

// The bytes of documents that the ERP issued, as files named by their SHA-256 (64 lower-case hexadecimal
// digits). A file is complete or not there: it is written under another name, brought to the disk and
// renamed. There is room for so many bytes; then those go that nobody asked for longest, which the ERP is
// asked for again. Any thread may call it.
class GatewayDocuments
{
public:
    static constexpr std::int64_t usualRoom = 16LL << 30; // bytes

    // The folder is made when the first document comes.
    explicit GatewayDocuments(QString folder, std::int64_t room = usualRoom);
    ~GatewayDocuments();

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

    struct Held;
    void makeRoom(const QString &newest, std::int64_t bytes) const;

    const QString m_folder;
    const std::int64_t m_room;
    const std::unique_ptr<Held> m_held;
};

} // namespace Counterfoil
