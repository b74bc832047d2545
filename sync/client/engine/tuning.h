#pragma once

#include "messages.h"

#include <cstddef>
#include <cstdint>

// Every interval and bound of the sync client, in one place. Times are milliseconds.
namespace Counterfoil::Tuning {

// Heartbeat. A cable that is pulled right after an answer is noticed at silenceMs, so within 3 s.
inline constexpr std::int64_t heartbeatMs = 1'000;
inline constexpr std::int64_t silenceMs = 2'500; // nothing says "live" with an older heartbeat
inline constexpr std::int64_t socketOpenMs = 5'000;

// Requests. The timeout counts from the last byte, so a slow page that still comes is not cut.
inline constexpr std::int64_t requestTimeoutMs = 10'000;
inline constexpr std::int64_t pageChanges = 1'000; // asked for; a page is about 1 MB then

// Live frames that wait while the store works. More: the feed is left and pulled again.
inline constexpr std::size_t queuedFrames = 256;
inline constexpr std::size_t queuedChanges = 5'000;

// Where WebSockets do not get through.
inline constexpr int socketFailuresBeforePolling = 2;
inline constexpr std::int64_t pollMs = 4'000;
inline constexpr std::int64_t socketRetryFirstMs = 15'000;
inline constexpr std::int64_t socketRetryLongestMs = 120'000;

// A lost feed is joined again within this time, spread so that a restarted gateway is not stormed.
inline constexpr std::int64_t rejoinSpreadMs = 250;
inline constexpr std::int64_t quickRejoinMs = 2'000;         // lost again that soon: wait a little
inline constexpr std::int64_t retryAfterLongestMs = 600'000; // however long the other side wishes

// An access token is renewed this long before it expires, or a tenth of its life if that is less.
inline constexpr std::int64_t renewEarlyMs = 30'000;

// Commands.
inline constexpr std::int64_t outcomesMs = 5'000;    // while the ERP has yet to answer some
inline constexpr int commandFailuresBeforePause = 3; // of different commands in a row: it is not them

inline constexpr std::int64_t uploadTimeoutMs
    = 60'000; // of a piece, whose answer comes once all of it is there

inline constexpr std::int64_t outboxRetryMs = 5'000; // when its file could not be opened
inline constexpr std::int64_t outboxTidyMs = 6 * 3'600'000;

// People, asked for by somebody who watches.
inline constexpr std::size_t peopleCalls = 8; // that wait for each other; one more is refused
inline constexpr int peoplePages = 40;
inline constexpr std::int64_t bearerWaitMs = 10'000; // for a new access token when one was refused

// Quotes, asked for by somebody who watches.
inline constexpr std::size_t quoteQuestions = 4;       // that wait for each other; one more is refused
inline constexpr std::int64_t quoteTimeoutMs = 20'000; // the gateway gives up on its ERP before

// Attachments, asked for by somebody who watches.
inline constexpr std::size_t attachmentsWanted = 12; // that wait for each other; one more is refused

// Documents.
inline constexpr std::size_t documentTransfers = 2;
inline constexpr std::size_t documentsWanted = 64;   // more: the oldest wish is let go
inline constexpr int documentTriesBeforeTelling = 3; // of failures that may pass by themselves
// The ERP may have to issue it first; the gateway then says itself that this takes too long.
inline constexpr std::int64_t documentSilenceMs = Limits::documentWaitMs + 10'000;
inline constexpr std::int64_t documentPaceMs = 20'000;   // in each such stretch at least
inline constexpr std::int64_t documentPaceBytes = 4'096; // so much has to come
inline constexpr std::size_t documentChunkBytes = 256 * 1024;
inline constexpr std::size_t documentNotices = 2'000; // changed records read one by one; more: all anew

// Documents fetched ahead: the newest, one at a time, as long as nothing else happens.
inline constexpr std::size_t aheadCount = 20'000;
inline constexpr std::size_t aheadAtOnce = 1'000; // known of at a time, of those that are not here
inline constexpr std::int64_t aheadPauseMs = 250;
inline constexpr std::int64_t aheadGuessBytes = 100'000; // of one that is not issued yet
inline constexpr std::int64_t openedKeptDays = 7;        // opened that lately: never given up for room
inline constexpr std::int64_t partKeptDays = 30;         // of a download cut short

} // namespace Counterfoil::Tuning
