#pragma once

#include "sidethread.h"
#include "wordspiece.h"

#include <QString>

namespace Counterfoil {

// Makes the words of rows that wait for them on a thread and a connection of its own, while the writer stores
// those of the piece before: it is two fifths of the work. Lives on one thread with an event loop.
class WordsAhead
{
public:
    using Use = std::function<void(const WordsPiece &)>; // called on this thread, unless this is gone

    explicit WordsAhead(const QString &path);
    ~WordsAhead(); // what is being made ends at once
    WordsAhead(const WordsAhead &) = delete;
    WordsAhead &operator=(const WordsAhead &) = delete;

    // One after the other. A piece that cannot be made is an empty one, of no range.
    void make(const WordsRange &range, Use use);

private:
    struct Reading;

    std::shared_ptr<Reading> m_reading;
    SideThread m_thread;
};

} // namespace Counterfoil
