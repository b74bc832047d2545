#pragma once

#include "instant.h"
#include "result.h"
#include "uploadmessages.h"

#include <QFile>

#include <map>
#include <memory>
#include <optional>
#include <set>

namespace Counterfoil {

// Files that people sent, complete or on their way. The folder is all that there is to know: beside each file
// stands a note of what it is to be, and another of the commands that refer to it, so a process that died
// left nothing half said. What is told to be complete, or kept, is on the disk. One thread, but for open().
class UploadFolder
{
public:
    struct Upload
    {
        UploadRequest facts;
        std::string person;
        std::int64_t received = 0; // bytes
        bool complete = false;
        std::set<std::string> keepers; // keys of commands that refer to it; none: it is loose, and goes
        Instant touchedAt;             // when it was last heard of

        bool isWhole() const { return received == facts.bytes; } // and complete once the digest was seen
    };

    // Made when the first upload comes. Empty: there are none.
    explicit UploadFolder(QString folder)
        : m_folder(std::move(folder))
    { }

    const Upload *find(const std::string &id); // nullptr: there is none
    Outcome begin(const UploadRequest &facts, const std::string &person, Instant now);
    // `bytes` go on where it stands.
    Outcome append(const std::string &id, std::string_view bytes, Instant now);
    // All bytes are there: whether they have the digest that was said. If not, it begins anew.
    Result<bool> complete(const std::string &id);
    void touch(const std::string &id, Instant now);
    Outcome keep(const std::string &id, const std::string &command);
    Outcome release(const std::string &id, const std::string &command, Instant now);
    std::int64_t bytes(); // of all, as announced
    // Of a person, the loose ones that were heard of least lately, until so many more bytes are within the
    // bounds; and everybody's that were not heard of since.
    void makeRoom(const std::string &person, std::int64_t bytes, std::size_t mostFiles,
                  std::int64_t mostBytes);
    void removeLoose(Instant touchedBefore);

    // Of one that is complete, for reading; any thread.
    Result<std::unique_ptr<QFile>> open(const std::string &id) const;

private:
    using Uploads = std::map<std::string, Upload>;

    void load();
    bool readIn(const std::string &id);
    QString path(const std::string &id, const char *end) const;
    Outcome writeNote(const Upload &upload) const;
    Outcome writeKeepers(const std::string &id, const std::set<std::string> &keepers) const;
    Uploads::iterator remove(Uploads::iterator upload);

    const QString m_folder;
    Uploads m_uploads; // all that are loose, and of the others those that were asked for
    std::int64_t m_bytes = 0;
    bool m_loaded = false;
};

} // namespace Counterfoil
