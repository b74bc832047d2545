#include "uploads.h"

#include "codec.h"
#include "commandoutcome.h"
#include "foreignanswer.h"
#include "messages.h"
#include "problems.h"
#include "tuning.h"

#include <algorithm>
#include <utility>

namespace Counterfoil {

Uploads::Uploads(Random &random)
    : m_random(random)
    , m_backoff(random)
{ }

bool Uploads::isWanted(const std::string &upload) const
{
    return std::ranges::any_of(m_files, [&](const File &file) { return file.facts.upload == upload; });
}

void Uploads::want(std::vector<File> files)
{
    m_files = std::move(files);
    std::erase_if(m_done, [this](const auto &done) { return !isWanted(done.first); });
    std::erase_if(m_courses, [this](const auto &course) { return !isWanted(course.first); });
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

Uploads::Course &Uploads::course()
{
    return m_courses.try_emplace(m_current->file.facts.upload, m_random).first->second;
}

// The first of those with the fewest setbacks, so that none that never arrives keeps back the others.
const Uploads::File *Uploads::next(const Now &now) const
{
    const File *best = nullptr;
    int fewest = 0;
    for (const File &file : m_files) {
        const auto course = m_courses.find(file.facts.upload);
        const bool begun = course != m_courses.end();
        if (isDone(file.facts.upload) || (begun && course->second.notBefore > now.boot))
            continue;
        const int setbacks = begun ? course->second.setbacks : 0;
        if (!best || setbacks < fewest) {
            best = &file;
            fewest = setbacks;
        }
    }
    return best;
}

BootTime Uploads::notBefore() const
{
    std::optional<BootTime> first;
    for (const File &file : m_files) {
        const auto course = m_courses.find(file.facts.upload);
        const BootTime at = course == m_courses.end() ? BootTime() : course->second.notBefore;
        if (!isDone(file.facts.upload) && (!first || at < *first))
            first = at;
    }
    return std::max(m_notBefore, first.value_or(BootTime()));
}

void Uploads::advance(const Now &now, const std::string &bearer, RequestId &lastId, SenderEffects &effects)
{
    if (m_sent != 0 || m_reading || m_notBefore > now.boot)
        return;
    if (!m_current) {
        const File *file = next(now);
        if (!file)
            return;
        m_current = Current{*file};
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
    if (!standing || standing->received < 0 || standing->received > m_current->file.facts.bytes)
        return fileFailed(now, foreignAnswer(200));
    return told(now, *standing);
}

Uploads::News Uploads::told(const Now &now, const UploadAnswer &standing)
{
    if (standing.complete) {
        m_backoff.succeeded();
        end();
        return {};
    }
    const std::int64_t before = std::exchange(m_current->received, standing.received);
    const bool announced = before < 0;
    Course &course = this->course();
    // Where it stood before a failure is no gain: or a piece that never arrives is sent again and again.
    if (!announced && standing.received > course.most) {
        m_backoff.succeeded();
        course.backoff.succeeded();
        course.setbacks = 0;
    }
    course.most = std::max(course.most, standing.received);
    if (standing.received == m_current->file.facts.bytes) { // it has yet to look at what it has
        fileFailed(now, foreignAnswer(200));
        return {};
    }
    if (!announced && standing.received <= before) // it passes everything over, and may go on doing so
        return fileFailed(now, foreignAnswer(200));
    return {};
}

Uploads::News Uploads::refused(const Now &now, const HttpAnswer &answer)
{
    const Error error = errorOfRefusal(answer.status, answer.body);
    const auto problem = decode<Problem>(answer.body);
    const ProblemType *type = problem ? findProblemType(problem->typeUri) : nullptr;
    const bool announced = m_current->received >= 0;
    switch (type ? type->kind : ProblemKind::Fault) {
    case ProblemKind::TokenRefused:
    case ProblemKind::AccessEnded: {
        News news = wayFailed(now, error);
        news.bearerRefused = true;
        return news;
    }
    case ProblemKind::UploadRefused:
        // After all the bytes it may have been the way; before the first it is the file.
        if (announced && ++course().beginnings < mostBeginnings) {
            course().most = -1;
            return fileFailed(now, error);
        }
        break;
    case ProblemKind::NotFound:
        if (announced) // it is gone since, and can be announced anew
            return fileFailed(now, error);
        break;
    case ProblemKind::Malformed:
    case ProblemKind::Forbidden:
    case ProblemKind::KeyReused:
    case ProblemKind::TooLarge:
        break;
    default:
        return failed(now, error, answer.status);
    }
    end(RejectionCode::fileRefused);
    return {};
}

void Uploads::pieceRead(const std::string &upload, std::int64_t offset, const Result<std::string> &bytes)
{
    m_reading = false;
    if (!m_current || m_current->file.facts.upload != upload || m_current->received != offset)
        return;
    if (!bytes || bytes->empty())
        end(RejectionCode::fileLost);
    else
        m_current->piece = *bytes;
}

Uploads::News Uploads::failed(const Now &now, const Error &error, int status)
{
    return mayBeOfWhatWasSent(error, status) ? fileFailed(now, error) : wayFailed(now, error);
}

Uploads::News Uploads::wayFailed(const Now &now, const Error &error)
{
    m_notBefore = BootTime{now.boot.ms + m_backoff.next(error)};
    return letGo(error);
}

Uploads::News Uploads::fileFailed(const Now &now, const Error &error)
{
    course().notBefore = BootTime{now.boot.ms + course().backoff.next(error)};
    return letGo(error);
}

// Where it stands is asked for again: what was under way may have arrived.
Uploads::News Uploads::letGo(const Error &error)
{
    ++course().setbacks;
    News news;
    news.failure = error;
    news.upload = m_current->file.facts.upload;
    m_current.reset();
    return news;
}

void Uploads::end(std::string_view code)
{
    const std::string upload = m_current->file.facts.upload;
    m_done[upload] = code;
    m_courses.erase(upload);
    m_current.reset();
}

void Uploads::retryNow(const Now &now)
{
    m_backoff.succeeded();
    m_notBefore = now.boot;
    for (auto &[upload, course] : m_courses) {
        course.backoff.succeeded();
        course.notBefore = now.boot;
    }
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
