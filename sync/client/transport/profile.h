#pragma once

#include "instant.h"
#include "result.h"
#include "signinport.h"

#include <optional>

namespace Counterfoil {

// One person on one gateway, as this machine remembers them: enough to start without a network.
struct Profile
{
    Person person;
    Instant asOf;      // the cache held everything the ERP had by then; none: not known
    QString directory; // of its files, readable by the owner alone

    QString id() const; // the directory's name; also the name under which the tokens are kept
    QString cachePath() const;
    QString outboxPath() const;
    QString lockPath() const; // for a QLockFile: one process per profile
};

// The profiles below one directory, one folder each, named by a hash of gateway and user. Blocking
// disk access; safe from any thread, one at a time, but for makeFolder().
class ProfileStore
{
public:
    explicit ProfileStore(QString root)
        : m_root(std::move(root))
    { }

    // Where this person's files are; makes nothing. asOf is not set.
    Profile profileOf(const Person &person) const;

    // The one used last, with its person and asOf; none: nobody, or signed out, or not readable.
    std::optional<Profile> last() const;

    Outcome makeFolder(const Profile &profile) const;
    Outcome save(const Profile &profile) const; // and makes it the one used last
    void forgetLast() const;                    // the files stay

private:
    QString m_root;
};

} // namespace Counterfoil
