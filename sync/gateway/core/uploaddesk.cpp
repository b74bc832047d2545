#include "uploaddesk.h"

#include "attachment.h"
#include "attachmentrules.h"
#include "codec.h"
#include "commandcodec.h"
#include "return.h"

#include <algorithm>
#include <charconv>

namespace Counterfoil {

namespace {

// Of a person, that nothing refers to; more than the largest command has files. The oldest make room.
constexpr std::size_t mostLooseFiles = 64;
constexpr std::int64_t mostLooseBytes = 500LL * 1024 * 1024;
constexpr std::int64_t looseForMs = 7LL * 24 * 3600 * 1000;   // then it goes
constexpr std::int64_t mostBytes = 50LL * 1024 * 1024 * 1024; // of all
constexpr std::int64_t uploadRetryMs = 60'000;
constexpr std::size_t digestDigits256 = 64;

bool isUploadRequest(const UploadRequest &wanted)
{
    const bool digest = wanted.sha256.size() == digestDigits256
        && std::ranges::all_of(wanted.sha256,
                               [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
    return digest && isCommandKey(wanted.upload) && wanted.bytes > 0
        && wanted.account.size() <= Limits::keyBytes && wanted.name.size() <= Limits::keyBytes
        && wanted.mediaType.size() <= Limits::keyBytes;
}

bool isSame(const UploadFolder::Upload &upload, const UploadRequest &wanted, const std::string &person)
{
    return upload.person == person && upload.facts.account == wanted.account
        && upload.facts.bytes == wanted.bytes && upload.facts.sha256 == wanted.sha256
        && upload.facts.mediaType == wanted.mediaType;
}

} // namespace

UploadDesk::UploadDesk(GatewayState &state)
    : m_state(state)
    , m_folder(state.settings.uploadFolder)
{ }

HttpResponse UploadDesk::standing(const UploadFolder::Upload &upload) const
{
    return {200, "application/json", encode(UploadAnswer{upload.received, upload.complete}), 0};
}

std::optional<Refusal> UploadDesk::refusalOfNew(const UploadRequest &wanted)
{
    if (wanted.bytes > mostAttachmentBytes)
        return Refusal{ProblemKind::UploadRefused, "more than 20 MiB"};
    if (attachmentEnding(wanted.mediaType).empty())
        return Refusal{ProblemKind::UploadRefused, "no type that is taken"};
    if (m_folder.bytes() + wanted.bytes > mostBytes)
        return Refusal{ProblemKind::Overloaded, "there is no room for files", uploadRetryMs};
    return std::nullopt;
}

// Once all bytes are there; also of those whose process died just then.
std::optional<Refusal> UploadDesk::complete(const UploadFolder::Upload &upload)
{
    if (upload.complete || !upload.isWhole())
        return std::nullopt;
    const auto done = m_folder.complete(upload.facts.upload);
    if (!done) {
        ++m_state.metrics.storeErrors;
        return refusalOf(done.error());
    }
    if (!*done)
        return Refusal{ProblemKind::UploadRefused, "other bytes than the digest says"};
    return std::nullopt;
}

HttpResponse UploadDesk::begin(const HttpRequest &request)
{
    const auto admitted = m_state.admit(request.bearer);
    if (const auto *refusal = std::get_if<Refusal>(&admitted))
        return m_state.problem(*refusal);
    const auto &caller = std::get<GatewayState::Admitted>(admitted);
    const User &user = caller.caller.user;
    const auto wanted = decode<UploadRequest>(request.body);
    if (!wanted || !isUploadRequest(*wanted))
        return m_state.problem({ProblemKind::Malformed, "the body announces no file"});
    // Whoever may ask for a return of the account may show what it is about.
    const bool offered = !m_state.settings.uploadFolder.isEmpty();
    if (!offered || !caller.scope->sees(wanted->account) || wanted->account.empty())
        return m_state.problem({ProblemKind::NotFound});
    if (!mayCommand(user.role, *findCommandType("request", &Return::type)))
        return m_state.problem({ProblemKind::Forbidden});
    if (const auto *known = m_folder.find(wanted->upload)) {
        if (!isSame(*known, *wanted, user.name))
            return m_state.problem({ProblemKind::KeyReused});
        m_folder.touch(wanted->upload, m_state.clock.now());
        // Of other bytes than the digest says none is left, and it begins anew.
        if (const auto refusal = complete(*known); refusal && refusal->kind != ProblemKind::UploadRefused)
            return m_state.problem(*refusal);
        return standing(*known);
    }
    if (const auto refusal = refusalOfNew(*wanted))
        return m_state.problem(*refusal);
    m_folder.makeRoom(user.name, wanted->bytes, mostLooseFiles, mostLooseBytes);
    if (const auto done = m_folder.begin(*wanted, user.name, m_state.clock.now()); !done) {
        ++m_state.metrics.storeErrors;
        return m_state.problem(refusalOf(done.error()));
    }
    return standing(*m_folder.find(wanted->upload));
}

// What does not go on where it stands is passed over, and the answer says where that is: so any request may
// be repeated, and one that got lost does no harm.
HttpResponse UploadDesk::take(const HttpRequest &request, const std::string &id)
{
    const auto admitted = m_state.admit(request.bearer);
    if (const auto *refusal = std::get_if<Refusal>(&admitted))
        return m_state.problem(*refusal);
    const auto &caller = std::get<GatewayState::Admitted>(admitted);
    const auto *upload = isCommandKey(id) ? m_folder.find(id) : nullptr;
    if (!upload || upload->person != caller.caller.user.name || !caller.scope->sees(upload->facts.account))
        return m_state.problem({ProblemKind::NotFound});
    const auto given = request.query.find("offset");
    const std::string text = given == request.query.end() ? std::string() : given->second;
    std::int64_t offset = -1;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), offset);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size() || offset < 0)
        return m_state.problem({ProblemKind::Malformed, "'offset' is no number"});
    const auto bytes = static_cast<std::int64_t>(request.body.size());
    if (upload->complete || offset != upload->received || bytes == 0)
        return standing(*upload);
    if (offset + bytes > upload->facts.bytes)
        return m_state.problem({ProblemKind::UploadRefused, "more bytes than were announced"});
    const bool showsType = offset > 0 || attachmentType(request.body) == upload->facts.mediaType;
    if (!showsType)
        return m_state.problem({ProblemKind::UploadRefused, "no file of the type that was announced"});
    if (const auto done = m_folder.append(id, request.body, m_state.clock.now()); !done) {
        ++m_state.metrics.storeErrors;
        return m_state.problem(refusalOf(done.error()));
    }
    if (const auto refusal = complete(*upload))
        return m_state.problem(*refusal);
    return standing(*upload);
}

// Of who sent it, and once something refers to it, of whoever sees the account.
HttpResponse UploadDesk::give(const HttpRequest &request, const std::string &id)
{
    const auto admitted = m_state.admit(request.bearer);
    if (const auto *refusal = std::get_if<Refusal>(&admitted))
        return m_state.problem(*refusal);
    const auto &caller = std::get<GatewayState::Admitted>(admitted);
    const auto *upload = isCommandKey(id) ? m_folder.find(id) : nullptr;
    const bool seen = upload && upload->complete && caller.scope->sees(upload->facts.account)
        && (!upload->keepers.empty() || upload->person == caller.caller.user.name);
    if (!seen)
        return m_state.problem({ProblemKind::NotFound});
    const std::string tag = '"' + upload->facts.sha256 + '"';
    HttpResponse response{200, upload->facts.mediaType, {}, 0};
    response.headers = {{"ETag", tag},
                        {"Accept-Ranges", "bytes"},
                        {"Content-Disposition", "attachment"},
                        {"Cache-Control", "private, immutable"}};
    if (namesTag(request.ifNoneMatch, tag)) {
        response.status = 304;
        return response;
    }
    const RangeWish wish = readRangeHeader(request.range, upload->facts.bytes);
    if (wish.kind == RangeKind::Unsatisfiable)
        return m_state.problem({ProblemKind::RangeNotSatisfiable});
    ByteRange range{0, upload->facts.bytes};
    if (wish.kind == RangeKind::Part) {
        range = wish.part;
        response.status = 206;
        response.headers.emplace_back("Content-Range",
                                      "bytes " + std::to_string(range.from) + '-'
                                          + std::to_string(range.from + range.bytes - 1) + '/'
                                          + std::to_string(upload->facts.bytes));
    }
    response.upload = id;
    response.document = HttpResponse::DocumentPart{upload->facts.sha256, range};
    return response;
}

std::optional<Refusal> UploadDesk::keepFor(const std::string &person, const Command &command)
{
    const auto attachments = attachmentsOf(command);
    for (const Attachment &each : attachments) {
        const auto *upload = m_folder.find(each.upload);
        const bool isHere = upload && upload->complete && upload->person == person
            && upload->facts.account == command.account && upload->facts.sha256 == each.sha256
            && upload->facts.bytes == each.bytes && upload->facts.mediaType == each.mediaType;
        if (!isHere)
            return Refusal{ProblemKind::UploadMissing, each.upload.substr(0, Limits::commandKeyBytes)};
    }
    for (const Attachment &each : attachments) {
        if (const auto done = m_folder.keep(each.upload, command.key); !done)
            return refusalOf(done.error());
    }
    return std::nullopt;
}

void UploadDesk::releaseFrom(const Command &command)
{
    for (const Attachment &each : attachmentsOf(command)) {
        if (!m_folder.find(each.upload))
            continue;
        if (const auto done = m_folder.release(each.upload, command.key, m_state.clock.now()); !done)
            ++m_state.metrics.storeErrors;
    }
}

void UploadDesk::removeLoose(Instant now)
{
    m_folder.removeLoose(Instant{now.ms - looseForMs});
}

} // namespace Counterfoil
