#pragma once

#include "error.h"

#include <QObject>
#include <QSet>
#include <QString>
#include <QStringList>

namespace Counterfoil {

// The bytes of documents, by the key of their Document record. What is on this computer is at hand
// without a network; what is not is fetched, the wanted one before everything that is fetched ahead.
// Lives on the GUI thread; never blocks; answers by signal.
class DocumentPort : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    struct Progress
    {
        qint64 done = 0;  // bytes
        qint64 total = 0; // 0: not known yet
    };

    // How much of what this person may see opens without a network.
    struct Holdings
    {
        qint64 known = 0;    // documents that there are
        qint64 here = 0;     // of these, whose bytes are on this computer
        qint64 bytes = 0;    // that these take
        qint64 pinned = 0;   // that stay whatever is given up
        bool paused = false; // the line is metered, so nothing is fetched ahead

        bool operator==(const Holdings &) const = default;
    };

    virtual Holdings holdings() const { return {}; }

    // What is fetched before anybody asks for it, the newest first.
    struct Ahead
    {
        static constexpr qint64 usualDays = 400;
        static constexpr qint64 usualBytes = 500LL * 1024 * 1024;

        qint64 days = usualDays;   // as old as that at most; 0: nothing is fetched ahead
        qint64 bytes = usualBytes; // beyond that, the oldest that was not opened lately is given up
        QStringList accounts;      // whose, by key; none: everybody's
        QStringList papers;        // which, as Document::paper has it; none: every kind
        bool onMetered = false;    // also while the line is metered

        bool operator==(const Ahead &) const = default;
    };

    virtual void setAhead(const Ahead &) { }

    // What is pinned is fetched however old it is, and never given up for room. It stays so until it is let
    // go of, or its record goes. Kept beside the files, as durable as they are.
    static constexpr qsizetype mostPinned = 2'000; // further ones are not pinned
    virtual bool canPin() const { return false; }
    virtual void setPinned(const QString &, bool) { }
    virtual QSet<QString> pinned() const { return {}; }

    // Asks for the file; ready() or failed() follows, once for each call, also when it is here already.
    // What is wanted last is fetched first. The file is complete, has the digest that the gateway gave,
    // and is not to be written to.
    virtual void want(const QString &document) = 0;
    // Takes one want() back: no signal follows for that call. What somebody else wants as well still comes.
    virtual void forget(const QString &document) = 0;

Q_SIGNALS:
    void progressed(const QString &document, const Counterfoil::DocumentPort::Progress &progress);
    void ready(const QString &document, const QString &file);
    // Offline: NetworkUnreachable or the like, with a sentence that says that it comes once connected; it
    // stays wanted until forgotten, and ready() follows then.
    void failed(const QString &document, const Counterfoil::Error &error);
    void holdingsChanged(const Counterfoil::DocumentPort::Holdings &holdings);
    void pinnedChanged();
};

} // namespace Counterfoil
