#pragma once

#include "attachment.h"
#include "backoff.h"
#include "commandeffects.h"
#include "result.h"
#include "uploadmessages.h"

#include <map>
#include <optional>

namespace Counterfoil {

// Brings the files that commands refer to to the gateway, one at a time, piece by piece, before the commands.
// One that fails by itself waits by itself, and the others go on. A part of CommandSender: takes events, adds
// to its effects. What it knows may be forgotten at any time, since the gateway says how far each file is.
class Uploads
{
public:
    struct File
    {
        std::string account;
        Attachment facts;
    };
    // What an event brought about that is not the uploads' own business.
    struct News
    {
        std::optional<Error> failure; // tried again by itself
        std::string upload;           // with which it happened
        bool bearerRefused = false;   // that was the failure
    };
    static constexpr int mostBeginnings = 3; // of a file whose bytes came otherwise than its digest says

    explicit Uploads(Random &random);

    void want(std::vector<File> files); // all that is needed, in order; the rest is let go of
    // Also one that can never be there: the gateway has the last word on the command, which it may have taken
    // long ago.
    bool isDone(const std::string &upload) const { return m_done.contains(upload); }
    // The gateway says so of a file that was done. Returned: why it cannot be there, of the RejectionCodes;
    // empty: it is brought anew.
    std::string_view missing(const std::string &upload);

    // Begins what comes next, unless something is under way.
    void advance(const Now &now, const std::string &bearer, RequestId &lastId, SenderEffects &effects);
    bool isAsking(RequestId id) const { return m_sent == id && id != 0; }
    News replied(const Now &now, const Result<HttpAnswer> &answer); // to what is asked
    void pieceRead(const std::string &upload, std::int64_t offset, const Result<std::string> &bytes);
    void retryNow(const Now &now);
    void abort(SenderEffects &effects);
    BootTime notBefore() const; // the next may begin; of the past: none waits for a time

private:
    struct Current
    {
        File file;
        std::int64_t received = -1; // by the gateway; -1: it has yet to say so
        std::string piece;          // to be sent next, from `received` on
    };
    // How one went so far, until it is done.
    struct Course
    {
        explicit Course(Random &random)
            : backoff(random)
        { }

        Backoff backoff;
        BootTime notBefore;
        std::int64_t most = -1; // that the gateway ever said it has received
        int setbacks = 0;       // since then, also of the network
        int beginnings = 0;
    };

    bool isWanted(const std::string &upload) const;
    const File *next(const Now &now) const; // nullptr: none may go now
    Course &course();                       // of the current one
    News told(const Now &now, const UploadAnswer &standing);
    News refused(const Now &now, const HttpAnswer &answer);
    News failed(const Now &now, const Error &error, int status = 0); // 0: without an answer
    News wayFailed(const Now &now, const Error &error);
    News fileFailed(const Now &now, const Error &error);
    News letGo(const Error &error);
    void end(std::string_view code = {}); // why it cannot be there

    std::vector<File> m_files;                      // bounded by the outbox
    std::map<std::string, std::string_view> m_done; // of these; why one cannot be there
    std::map<std::string, Course> m_courses;        // of these, that are not done
    std::optional<Current> m_current;
    RequestId m_sent = 0; // 0: none
    bool m_reading = false;
    Random &m_random;
    Backoff m_backoff; // of the way to the gateway
    BootTime m_notBefore;
};

} // namespace Counterfoil
