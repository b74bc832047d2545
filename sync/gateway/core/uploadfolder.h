#pragma once

#include "instant.h"
#include "result.h"
#include "uploadmessages.h"

#include <QFile>

#include <map>
#include <memory>
#include <optional>

namespace Counterfoil {

// Files that people sent, complete or on their way. The folder is all that there is to know: beside each file
// stands a note of what it is to be, so a process that died left nothing half said. One thread, but for
// open().
class UploadFolder
{
public:
    struct Upload
    {
        UploadRequest facts;
        std::string person;
        std::int64_t received = 0; // bytes
        bool complete = false;
        bool kept = false; // something refers to it
        Instant touchedAt; // when it got further last
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
    Outcome keep(const std::string &id);
    // Bytes, as announced, of those of an account that nothing refers to, and how many of a person are on
    // their way.
    std::int64_t looseBytes(const std::string &account);
    std::size_t unfinishedOf(const std::string &person);
    void removeLoose(Instant touchedBefore); // that nothing refers to

    // Of one that is complete, for reading; any thread.
    Result<std::unique_ptr<QFile>> open(const std::string &id) const;

private:
    void load();
    QString path(const std::string &id, const char *end) const;
    Outcome writeNote(const Upload &upload) const;

    const QString m_folder;
    std::map<std::string, Upload> m_uploads; // bounded by looseBytes() and by what is referred to
    bool m_loaded = false;
};

} // namespace Counterfoil
