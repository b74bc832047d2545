#include "documentfetch.h"

#include "documentshelf.h"
#include "foreignanswer.h"
#include "messages.h"
#include "networkerrors.h"
#include "pages.h"
#include "requests.h"
#include "tuning.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QPointer>

namespace Counterfoil {

namespace {

constexpr qint64 progressMs = 100; // between two reports

Error tooSlow()
{
    return networkError(QNetworkReply::TimeoutError, QStringLiteral("a document came too slowly"));
}

Error otherDigest()
{
    return {ErrorKind::BadReply, {}, QStringLiteral("the bytes or their digest are not those of the record")};
}

} // namespace

DocumentFetch::DocumentFetch(QNetworkAccessManager &access, OnShelf onShelf, const QUrl &gateway,
                             const StartTransfer &what, QObject *parent)
    : QObject(parent)
    , m_access(access)
    , m_onShelf(std::move(onShelf))
    , m_gateway(gateway)
    , m_what(what)
    , m_pace(this)
{
    connect(&m_pace, &QTimer::timeout, this, &DocumentFetch::checkPace);
    this->onShelf([id = what.id, account = what.account, key = what.key](
                      DocumentShelf &shelf) -> Result<PartState> { return shelf.begin(id, account, key); },
                  [this](const Result<PartState> &part) { begun(part); });
}

void DocumentFetch::stop()
{
    m_over = true;
    m_pace.stop();
    if (m_reply) {
        m_reply->disconnect(this);
        m_reply->abort();
        std::exchange(m_reply, nullptr)->deleteLater();
    }
    m_onShelf([id = m_what.id](DocumentShelf &shelf) {
        shelf.leave(id);
        return std::function<void()>();
    });
}

template <class Work, class Use> void DocumentFetch::onShelf(Work work, Use use)
{
    m_busy = true;
    m_onShelf([self = QPointer<DocumentFetch>(this), work = std::move(work),
               use = std::move(use)](DocumentShelf &shelf) -> std::function<void()> {
        auto answer = work(shelf);
        return [self, use, answer = std::move(answer)] {
            if (!self || self->m_over)
                return;
            self->m_busy = false;
            use(answer);
        };
    });
}

void DocumentFetch::begun(const Result<PartState> &part)
{
    if (!part) {
        fail(part.error());
        return;
    }
    m_part = *part;
    const bool wanted = m_what.sha256.empty() || m_part.sha256 == m_what.sha256;
    if (!wanted)
        m_part = PartState();
    if (m_part.isWhole())
        finish(m_part.sha256); // it had all come when the program ended
    else
        request();
}

void DocumentFetch::request()
{
    QNetworkRequest request
        = requestFor(urlOf(m_gateway, "/v1/documents/" + queryValue(m_what.key)), m_what.bearer);
    request.setTransferTimeout(static_cast<int>(Tuning::documentSilenceMs));
    request.setRawHeader("Accept-Encoding", "identity"); // or a range would be of something else
    if (m_part.canGoOn()) {
        request.setRawHeader("Range", "bytes=" + QByteArray::number(static_cast<qint64>(m_part.bytes)) + '-');
        request.setRawHeader("If-Range", QByteArray::fromStdString(m_part.etag));
    }
    m_reply = m_access.get(request);
    m_reply->setReadBufferSize(static_cast<qint64>(2 * Tuning::documentChunkBytes));
    connect(m_reply, &QNetworkReply::readyRead, this, &DocumentFetch::advance);
    connect(m_reply, &QNetworkReply::finished, this, &DocumentFetch::advance);
    m_pace.start(static_cast<int>(Tuning::documentPaceMs));
    m_sinceProgress.start();
}

// Moves what has come to the shelf, one piece at a time, and ends when there is no more.
void DocumentFetch::advance()
{
    if (m_over || m_busy || !m_reply)
        return;
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status != 0 && status != 200 && status != 206) {
        readRefusal();
        return;
    }
    if (!m_answer && status != 0) {
        readHead();
        return;
    }
    const QByteArray bytes
        = m_answer ? m_reply->read(static_cast<qint64>(Tuning::documentChunkBytes)) : QByteArray();
    if (!bytes.isEmpty()) {
        onShelf([id = m_what.id, bytes](DocumentShelf &shelf) { return shelf.write(id, bytes); },
                [this, size = bytes.size()](const Outcome &outcome) { written(size, outcome); });
    } else if (m_reply->isFinished()) {
        ended();
    }
}

void DocumentFetch::readHead()
{
    const auto header = [this](const char *name) { return m_reply->rawHeader(name).toStdString(); };
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const auto answer
        = readDocumentAnswer({status, header("ETag"), header("Repr-Digest"), header("Content-Range"),
                              header("Content-Encoding"), header("Content-Length")},
                             m_part);
    if (!answer) {
        fail(answer.error());
        return;
    }
    if (!m_what.sha256.empty() && answer->sha256 != m_what.sha256) {
        fail(otherDigest(), true);
        return;
    }
    m_answer = *answer;
    onShelf([id = m_what.id, at = *answer](DocumentShelf &shelf) { return shelf.place(id, at); },
            [this](const Outcome &outcome) { written(0, outcome); });
}

void DocumentFetch::readRefusal()
{
    m_refusal += m_reply->read(static_cast<qint64>(Limits::requestBytes) - m_refusal.size());
    const bool enough = m_refusal.size() >= static_cast<qint64>(Limits::requestBytes);
    if (!enough && !m_reply->isFinished())
        return;
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const Error error = errorOfRefusal(status, m_refusal.toStdString());
    if (status == 416 && m_part.canGoOn()) { // what is here does not belong to what is there
        onShelf([id = m_what.id](DocumentShelf &shelf) { return shelf.discard(id); },
                [this, error](const Outcome &) { fail(error, true); });
    } else {
        fail(error);
    }
}

void DocumentFetch::written(qsizetype bytes, const Outcome &outcome)
{
    if (!outcome) {
        fail(outcome.error());
        return;
    }
    m_received += bytes;
    if (m_sinceProgress.elapsed() >= progressMs) {
        m_sinceProgress.restart();
        tellProgress();
    }
    advance();
}

void DocumentFetch::tellProgress()
{
    Q_EMIT progressed(
        m_what.id,
        {static_cast<qint64>(m_answer->offset) + m_received, static_cast<qint64>(m_answer->total)});
}

void DocumentFetch::ended()
{
    const auto error = m_reply->error();
    if (error != QNetworkReply::NoError || !m_answer) {
        fail(networkError(error, m_reply->errorString()));
        return;
    }
    if (m_answer->total > 0 && m_answer->offset + m_received != m_answer->total) {
        fail(networkError(QNetworkReply::RemoteHostClosedError, QStringLiteral("a document was cut short")));
        return;
    }
    tellProgress();
    finish(m_answer->sha256);
}

void DocumentFetch::finish(const std::string &sha256)
{
    m_pace.stop();
    onShelf([what = m_what, sha256](DocumentShelf &shelf) { return shelf.finish(what, sha256); },
            [this](const Result<std::optional<Transferred>> &file) { finished(file); });
}

void DocumentFetch::finished(const Result<std::optional<Transferred>> &file)
{
    if (!file) {
        fail(file.error());
    } else if (!*file) {
        fail(otherDigest(), true);
    } else {
        stop();
        Q_EMIT succeeded(m_what.id, **file);
    }
}

// The network's own timeout counts from the last byte, however few there were.
void DocumentFetch::checkPace()
{
    const bool slow = m_received - m_receivedBefore < Tuning::documentPaceBytes;
    m_receivedBefore = m_received;
    if (slow && !m_busy && m_answer)
        fail(tooSlow());
}

void DocumentFetch::fail(const Error &error, bool wrongBytes)
{
    if (m_over)
        return;
    stop();
    const bool gained = m_answer && !m_answer->etag.empty() && m_answer->offset + m_received > m_part.bytes;
    Q_EMIT failed(m_what.id, {error, wrongBytes, gained && !wrongBytes});
}

} // namespace Counterfoil
