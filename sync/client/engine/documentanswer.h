#pragma once

#include "result.h"

#include <cstdint>
#include <optional>
#include <string>

namespace Counterfoil {

// What an earlier transfer of a document left, and what is needed to go on with it.
struct PartState
{
    std::int64_t bytes = 0;
    std::int64_t total = 0; // 0: not known
    std::string etag;
    std::string sha256;

    bool canGoOn() const { return bytes > 0 && !etag.empty() && !sha256.empty(); }
    bool isWhole() const { return canGoOn() && bytes == total; }
};

// The beginning of an answer, headers as they came; empty: absent.
struct AnswerHead
{
    int status = 0;
    std::string etag;
    std::string reprDigest;
    std::string contentRange;
    std::string contentEncoding;
    std::string contentLength;
};

// Where the bytes that follow belong, and what all of them together must be.
struct DocumentAnswer
{
    std::int64_t offset = 0;
    std::int64_t total = 0; // 0: not known
    std::string etag;       // empty: no transfer can go on from here
    std::string sha256;
};

// Judges a 200 or a 206 to "GET /v1/documents/{key}", asked for from part.bytes on when part.canGoOn().
// BadReply when it is not the gateway's or cannot be right, Rejected when the document is too large.
Result<DocumentAnswer> readDocumentAnswer(const AnswerHead &head, const PartState &part);

} // namespace Counterfoil
