#include "uploads.h"

#include "codec.h"
#include "commandoutcome.h"
#include "foreignanswer.h"
#include "messages.h"
#include "problems.h"
#include "tuning.h"
#include "uploadmessages.h"

#include <algorithm>
#include <utility>

namespace Counterfoil {

Uploads::Uploads(Random &random)
    : m_backoff(random)
{ }

bool Uploads::isWanted(const std::string &upload) const
{
    return std::ranges::any_of(m_files, [&](const File &file) { return file.facts.upload == upload; });
}

void Uploads::want(std::vector<File> files)
{
    m_files = std::move(files);
    std::erase_if(m_done, [this](const auto &done) { return !isWanted(done.first); });
    if (m_current && !isWanted(m_current->file.facts.upload))
        m_current.reset();
}

std::string_view Uploads::missing(const std::string &upload)
{
    const auto found = m_done.find(upload);
    if (found == m_done.end() || !found->second.empty())
        return found == m_done.end() ? std::string_view() : found->second;
    m_done.erase(found);
    return {};
}

void Uploads::advance(const Now &now, const std::string &bearer, RequestId &lastId, SenderEffects &effects)
{
    if (m_sent != 0 || m_reading || m_notBefore > now.boot)
        return;
    if (!m_current) {
        const auto next
            = std::ranges::find_if(m_files, [this](const File &file) { return !isDone(file.facts.upload); });
        if (next == m_files.end())
            return;
        m_current = Current{*next};
    }
    const Attachment &facts = m_current->file.facts;
    if (m_current->received >= 0 && m_current->piece.empty()) {
        m_reading = true;
        effects.push_back(ReadPiece{facts, m_current->received});
        return;
    }
    m_sent = ++lastId;
    SendRequest request{m_sent, "POST", "/v1/uploads", {}, bearer, Tuning::requestTimeoutMs};
    if (m_current->received < 0) {
        request.body = encode(UploadRequest{facts.upload, m_current->file.account, facts.name,
                                            facts.mediaType, facts.bytes, facts.sha256});
    } else {
        request.method = "PUT";
        request.target += '/' + facts.upload + "?offset=" + std::to_string(m_current->received);
        request.body = std::exchange(m_current->piece, {});
        request.isFile = true;
        request.timeoutMs = Tuning::uploadTimeoutMs;
    }
    effects.push_back(std::move(request));
}

Uploads::News Uploads::replied(const Now &now, const Result<HttpAnswer> &answer)
{
    m_sent = 0;
    if (!m_current)
        return {}; // nobody needs it any more
    if (!answer)
        return failed(now, answer.error());
    if (answer->status < 200 || answer->status >= 300)
        return refused(now, *answer);
    const auto standing = decode<UploadAnswer>(answer->body);
    const std::int64_t bytes = m_current->file.facts.bytes;
    if (!standing || standing->received < 0 || standing->received > bytes
        || (!standing->complete && standing->received == bytes))
        return failed(now, foreignAnswer(200));
    const bool gained = standing->received > m_current->received;
    m_current->received = standing->received;
    m_current->piece.clear();
    if (standing->complete) {
        m_done[m_current->file.facts.upload] = {};
        m_current.reset();
    }
    if (gained)
        m_backoff.succeeded();
    else // it passes everything over, and may go on doing so
        return failed(now, foreignAnswer(200));
    return {};
}

Uploads::News Uploads::refused(const Now &now, const HttpAnswer &answer)
{
    const Error error = errorOfRefusal(answer.status, answer.body);
    const auto problem = decode<Problem>(answer.body);
    const ProblemType *type = problem ? findProblemType(problem->typeUri) : nullptr;
    if (!type)
        return failed(now, error);
    switch (type->kind) {
    case ProblemKind::TokenRefused:
    case ProblemKind::AccessEnded: {
        News news = failed(now, error);
        news.bearerRefused = true;
        return news;
    }
    case ProblemKind::UploadRefused:
        // After all the bytes it may have been the way; before the first it is the file.
        if (m_current->received >= 0 && ++m_current->beginnings < mostBeginnings)
            return failed(now, error);
        break;
    case ProblemKind::Malformed:
    case ProblemKind::Forbidden:
    case ProblemKind::NotFound:
    case ProblemKind::KeyReused:
    case ProblemKind::TooLarge:
        break;
    default:
        return failed(now, error);
    }
    lose(RejectionCode::fileRefused);
    return {};
}

void Uploads::pieceRead(const std::string &upload, std::int64_t offset, const Result<std::string> &bytes)
{
    m_reading = false;
    if (!m_current || m_current->file.facts.upload != upload || m_current->received != offset)
        return;
    if (!bytes || bytes->empty())
        lose(RejectionCode::fileLost);
    else
        m_current->piece = *bytes;
}

// Where it stands is asked for again: what was under way may have arrived.
Uploads::News Uploads::failed(const Now &now, const Error &error)
{
    m_notBefore = BootTime{now.boot.ms + m_backoff.next(error)};
    if (m_current) {
        m_current->received = -1;
        m_current->piece.clear();
    }
    News news;
    news.failure = error;
    return news;
}

void Uploads::lose(std::string_view code)
{
    m_done[m_current->file.facts.upload] = code;
    m_current.reset();
}

void Uploads::retryNow(const Now &now)
{
    m_backoff.succeeded();
    m_notBefore = now.boot;
}

void Uploads::abort(SenderEffects &effects)
{
    if (m_sent != 0)
        effects.push_back(AbortRequest{m_sent});
    m_sent = 0;
    m_current.reset();
    m_backoff.succeeded();
    m_notBefore = BootTime();
}

} // namespace Counterfoil
