#include "documentdesk.h"

#include "codec.h"

#include <QByteArray>
#include <QLoggingCategory>

#include <algorithm>

namespace Counterfoil {

namespace {

Q_LOGGING_CATEGORY(documentLog, "counterfoil.gateway.documents")

constexpr std::int64_t documentBusyRetryMs = 2'000;
constexpr std::int64_t documentRetryMs = 10'000;
constexpr std::size_t maxFileNameBytes = 100;
constexpr std::size_t maxMediaTypeBytes = 100;
// Documents issued that no record tells of yet; of one beyond these the ERP is asked again.
constexpr std::size_t untoldMost = 1'000;

bool isWordByte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// What the ERP says goes into headers, so nothing but a plain type/subtype is passed on.
std::string mediaTypeOf(const Document &document)
{
    const std::string &type = document.mediaType;
    const bool plain = type.size() <= maxMediaTypeBytes && std::ranges::count(type, '/') == 1
        && std::ranges::all_of(type, [](char c) {
                           return isWordByte(c) || std::string_view("/.+-").find(c) != std::string::npos;
                       });
    return plain ? type : "application/octet-stream";
}

// A name that every file system takes and that leads nowhere else.
std::string fileNameOf(const Document &document)
{
    std::string name;
    for (const char c : document.number.substr(0, maxFileNameBytes)) {
        const bool kept = isWordByte(c) || c == '-' || (c == '.' && !name.empty());
        if (kept)
            name += c;
        else if (!name.empty() && name.back() != '_')
            name += '_';
    }
    if (name.empty())
        name = "document";
    return mediaTypeOf(document) == "application/pdf" ? name + ".pdf" : name;
}

std::string reprDigest(const std::string &sha256)
{
    const auto digest = QByteArray::fromHex(QByteArray::fromStdString(sha256)).toBase64();
    return "sha-256=:" + digest.toStdString() + ':';
}

Refusal notFound()
{
    return {ProblemKind::DocumentNotFound};
}

Refusal documentUnavailable(const char *why)
{
    return {ProblemKind::DocumentUnavailable, why, documentRetryMs};
}

Refusal documentRefusal(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::NotFound:
        return notFound();
    case ErrorKind::BadReply:
        return {ProblemKind::DocumentDamaged, "the ERP's bytes are not those of the document"};
    case ErrorKind::BadInput:
        return {ProblemKind::DocumentDamaged, "the ERP cannot make it"};
    case ErrorKind::Storage:
    case ErrorKind::StorageFull:
    case ErrorKind::StorageLocked:
    case ErrorKind::StorageReadOnly:
        return refusalOf(error);
    default:
        return documentUnavailable("the ERP did not give it out");
    }
}

// What its record leaves out, the ERP's answer tells.
void complete(Document &document, const GatewayCore::KeptDocument &kept)
{
    document.sha256 = kept.sha256;
    document.bytes = kept.bytes;
    if (document.mediaType.empty())
        document.mediaType = kept.mediaType;
}

} // namespace

// Whoever may not see a document is told the same as where there is none.
Answer<DocumentDesk::Permitted> DocumentDesk::permit(const HttpRequest &request, const std::string &key)
{
    const auto admitted = m_state.admit(request.bearer);
    if (const auto *refusal = std::get_if<Refusal>(&admitted))
        return *refusal;
    const auto &caller = std::get<GatewayState::Admitted>(admitted);
    const Scope &scope = *caller.scope;
    const auto text = m_state.store.recordText(Document::type, key);
    if (!text)
        return refusalOf(text.error());
    if (!*text)
        return notFound();
    const auto change = decodeChange(**text);
    if (!change)
        return refusalOf(change.error());
    const auto *document = change->record.as<Document>();
    if (!document || !scope.sees(change->record) || !scope.sees(change->account))
        return notFound();
    return Permitted{*document, change->sequence, caller.caller.user.name};
}

HttpResponse DocumentDesk::answer(const HttpRequest &request, const std::string &key)
{
    auto permitted = permit(request, key);
    if (const auto *refusal = std::get_if<Refusal>(&permitted))
        return m_state.problem(*refusal);
    auto &wanted = std::get<Permitted>(permitted);
    return isKept(wanted) ? send(request, wanted.document) : wait(request, wanted);
}

// As its record says, or else as the ERP said when it issued it, while the record is the one of then.
bool DocumentDesk::isKept(Permitted &wanted)
{
    Document &document = wanted.document;
    if (const auto issued = m_issued.find(document.key); issued != m_issued.end()) {
        if (document.issued || issued->second.sequence != wanted.sequence)
            m_issued.erase(issued);
        else if (m_state.store.documents().holds(issued->second.kept.sha256, issued->second.kept.bytes)) {
            complete(document, issued->second.kept);
            return true;
        }
    }
    return document.issued && m_state.store.documents().holds(document.sha256, document.bytes);
}

HttpResponse DocumentDesk::wait(const HttpRequest &request, const Permitted &wanted)
{
    if (m_state.erpWatch.isDown())
        return m_state.problem(documentUnavailable("the ERP cannot be reached"));
    std::ptrdiff_t ofUser = 0;
    for (const auto &[key, others] : m_wanted)
        ofUser += std::ranges::count(others.waiting, wanted.user, &Waiting::user);
    if (m_waits >= m_state.settings.documentWaits
        || static_cast<std::size_t>(ofUser) >= m_state.settings.documentWaitsOfUser)
        return m_state.problem({ProblemKind::Overloaded, "too many wait for documents", documentBusyRetryMs});

    const Document &document = wanted.document;
    const auto [place, isNew] = m_wanted.try_emplace(document.key);
    if (isNew) {
        place->second.sha256 = document.issued ? document.sha256 : std::string();
        m_unasked.push_back(document.key);
    }
    place->second.waiting.push_back({++m_state.lastWait, wanted.user, m_state.clock.sinceBoot(), request});
    place->second.waiting.back().request.body.clear(); // says nothing, and need not be held
    ++m_waits;
    HttpResponse later;
    later.wait = m_state.lastWait;
    later.asksErp = true;
    return later;
}

HttpResponse DocumentDesk::send(const HttpRequest &request, const Document &document)
{
    const std::string tag = '"' + document.sha256 + '"';
    const std::string size = std::to_string(document.bytes);
    const bool rangeCounts = request.method == "GET" && (request.ifRange.empty() || request.ifRange == tag);
    const RangeWish wish
        = rangeCounts ? readRangeHeader(request.range, document.bytes) : RangeWish{RangeKind::Whole, {}};
    HttpResponse response;
    response.headers = {{"ETag", tag},
                        {"Accept-Ranges", "bytes"},
                        {"Cache-Control", "private, immutable"},
                        {"Repr-Digest", reprDigest(document.sha256)}};
    if (namesTag(request.ifNoneMatch, tag)) {
        response.status = 304;
        response.contentType.clear();
        return response;
    }
    if (wish.kind == RangeKind::Unsatisfiable) {
        response = m_state.problem({ProblemKind::RangeNotSatisfiable});
        response.headers = {{"Content-Range", "bytes */" + size}, {"Accept-Ranges", "bytes"}};
        return response;
    }
    ByteRange range{0, document.bytes};
    if (wish.kind == RangeKind::Part) {
        range = wish.part;
        response.status = 206;
        response.headers.emplace_back("Content-Range",
                                      "bytes " + std::to_string(range.from) + '-'
                                          + std::to_string(range.from + range.bytes - 1) + '/' + size);
    }
    response.contentType = mediaTypeOf(document);
    response.headers.emplace_back("Content-Disposition",
                                  "attachment; filename=\"" + fileNameOf(document) + '"');
    response.document = HttpResponse::DocumentPart{document.sha256, range};
    if (request.method == "GET") {
        ++m_state.metrics.documentsServed;
        m_state.metrics.documentBytes += range.bytes;
    }
    return response;
}

std::optional<GatewayCore::DocumentQuestion> DocumentDesk::question()
{
    if (m_unasked.empty())
        return std::nullopt;
    std::string key = std::move(m_unasked.front());
    m_unasked.pop_front();
    Wanted &wanted = m_wanted[key];
    wanted.asked = true;
    return GatewayCore::DocumentQuestion{std::move(key), wanted.sha256};
}

LateAnswers DocumentDesk::take(const GatewayCore::DocumentQuestion &question,
                               const Result<GatewayCore::KeptDocument> &kept)
{
    if (kept) {
        ++m_state.metrics.documentsIssued;
    } else {
        ++m_state.metrics.erpErrors;
        qCWarning(documentLog, "Document %s was not to be had: %s (%s)", question.key.c_str(),
                  name(kept.error().kind), qUtf8Printable(kept.error().detail));
    }
    LateAnswers answers;
    const auto wanted = m_wanted.extract(question.key);
    if (!wanted)
        return answers;
    for (const Waiting &waiting : wanted.mapped().waiting)
        answers.push_back({waiting.id, sendIssued(waiting.request, question, kept)});
    m_waits -= answers.size();
    return answers;
}

// Rights may have ended while the ERP was asked, and what its log says may have overtaken the answer.
HttpResponse DocumentDesk::sendIssued(const HttpRequest &request,
                                      const GatewayCore::DocumentQuestion &question,
                                      const Result<GatewayCore::KeptDocument> &kept)
{
    auto permitted = permit(request, question.key);
    if (const auto *refusal = std::get_if<Refusal>(&permitted))
        return m_state.problem(*refusal);
    if (!kept)
        return m_state.problem(documentRefusal(kept.error()));
    auto &wanted = std::get<Permitted>(permitted);
    Document &document = wanted.document;
    if (document.issued && document.sha256 != kept->sha256)
        return m_state.problem({ProblemKind::DocumentDamaged, "the ERP's bytes are not those it issued"});
    if (!document.issued) {
        if (m_issued.size() >= untoldMost)
            m_issued.erase(m_issued.begin());
        m_issued[document.key] = {wanted.sequence, *kept};
    }
    complete(document, *kept);
    return send(request, document);
}

LateAnswers DocumentDesk::giveUp()
{
    LateAnswers answers;
    const std::int64_t now = m_state.clock.sinceBoot().ms;
    for (auto place = m_wanted.begin(); place != m_wanted.end();) {
        Wanted &wanted = place->second;
        std::erase_if(wanted.waiting, [&](const Waiting &waiting) {
            if (now - waiting.since.ms < m_state.settings.documentMs)
                return false;
            answers.push_back({waiting.id, m_state.problem(documentUnavailable("the ERP takes too long"))});
            return true;
        });
        if (!wanted.asked && wanted.waiting.empty()) {
            std::erase(m_unasked, place->first);
            place = m_wanted.erase(place);
        } else {
            ++place;
        }
    }
    m_waits -= answers.size();
    return answers;
}

} // namespace Counterfoil
