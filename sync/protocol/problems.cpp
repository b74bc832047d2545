#include "problems.h"

#include "codec.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace Counterfoil {

namespace {

#define TEXT(text) QT_TRANSLATE_NOOP("Problem", text)

constexpr std::array<ProblemType, 33> types{{
    {ProblemKind::Malformed, "urn:counterfoil:problem:malformed", 400, ErrorKind::Rejected,
     "Malformed request",
     TEXT("The gateway did not understand this program. Update Counterfoil, or report this to your "
          "supplier.")},
    {ProblemKind::SignInFailed, "urn:counterfoil:problem:sign-in-failed", 401, ErrorKind::Unauthorized,
     "Wrong user or password",
     TEXT("This user name and password do not fit together. Check both and try again.")},
    {ProblemKind::TokenRefused, "urn:counterfoil:problem:token-refused", 401, ErrorKind::Unauthorized,
     "Token missing, expired or revoked", TEXT("Your sign-in has ended. Sign in again to go on.")},
    {ProblemKind::Forbidden, "urn:counterfoil:problem:forbidden", 403, ErrorKind::Forbidden, "Not permitted",
     TEXT("You are not permitted to do this. Ask your supplier's administrator for the right.")},
    {ProblemKind::AccessEnded, "urn:counterfoil:problem:access-ended", 403, ErrorKind::Forbidden,
     "Access ended",
     TEXT("Your access has ended, and the copy on this computer was removed. Ask your supplier if that is a "
          "mistake.")},
    {ProblemKind::NotFound, "urn:counterfoil:problem:not-found", 404, ErrorKind::NotFound, "Not found",
     TEXT("The gateway has nothing at this address. Check the gateway's address.")},
    {ProblemKind::UnknownKind, "urn:counterfoil:problem:unknown-kind", 404, ErrorKind::NotFound,
     "Unknown kind of record", TEXT("The gateway is older than this program and lacks a kind of record.")},
    {ProblemKind::DocumentNotFound, "urn:counterfoil:problem:document-not-found", 404, ErrorKind::NotFound,
     "No such document",
     TEXT("There is no such document, or you may not see it. Ask your supplier if you need it.")},
    {ProblemKind::MethodNotAllowed, "urn:counterfoil:problem:method-not-allowed", 405, ErrorKind::Rejected,
     "Method not allowed",
     TEXT("The gateway did not understand this program. Update Counterfoil, or report this to your "
          "supplier.")},
    {ProblemKind::TooLarge, "urn:counterfoil:problem:too-large", 413, ErrorKind::Rejected,
     "Request too large", TEXT("This is more than the gateway takes at once. Try with less.")},
    {ProblemKind::RangeNotSatisfiable, "urn:counterfoil:problem:range-not-satisfiable", 416,
     ErrorKind::Conflict, "The range lies outside the document",
     TEXT("The download did not fit the document; it begins again.")},
    {ProblemKind::RateLimited, "urn:counterfoil:problem:rate-limited", 429, ErrorKind::RateLimited,
     "Too many attempts", TEXT("Too many attempts. Wait a moment, then try again.")},
    {ProblemKind::CursorExpired, "urn:counterfoil:problem:cursor-expired", 410, ErrorKind::Conflict,
     "The log no longer reaches back to this cursor",
     TEXT("This copy is too old to be brought up to date in steps; "
          "it is being downloaded anew.")},
    {ProblemKind::CursorOtherEpoch, "urn:counterfoil:problem:cursor-other-epoch", 410, ErrorKind::Conflict,
     "The cursor belongs to another log",
     TEXT("The gateway was set up anew; this copy is being downloaded again.")},
    {ProblemKind::CursorAhead, "urn:counterfoil:problem:cursor-ahead", 410, ErrorKind::Conflict,
     "The cursor is ahead of the log",
     TEXT("The gateway was set back; this copy is being downloaded again.")},
    {ProblemKind::ScopeChanged, "urn:counterfoil:problem:scope-changed", 409, ErrorKind::Conflict,
     "What this person may see has changed",
     TEXT("What you may see has changed; this copy is being brought in line.")},
    {ProblemKind::KeyReused, "urn:counterfoil:problem:key-reused", 409, ErrorKind::Rejected,
     "The key belongs to another command",
     TEXT("The gateway knows this as another request already. Make the change once more.")},
    {ProblemKind::TooManyCommands, "urn:counterfoil:problem:too-many-commands", 503, ErrorKind::ServerDown,
     "Too many commands of this person are unfinished",
     TEXT("Many of your changes still wait for the supplier's system. Counterfoil sends this one when there "
          "is room.")},
    {ProblemKind::PasswordChangeNeeded, "urn:counterfoil:problem:password-change-needed", 403,
     ErrorKind::Forbidden, "The first password has to be changed",
     TEXT("You signed in with the password of an invitation. Choose a password of your own to go on.")},
    {ProblemKind::WrongPassword, "urn:counterfoil:problem:wrong-password", 403, ErrorKind::Rejected,
     "That is not the password now",
     TEXT("This is not your password. Type the one with which you signed in, and try again.")},
    {ProblemKind::PasswordRefused, "urn:counterfoil:problem:password-refused", 422, ErrorKind::Rejected,
     "The new password cannot be taken",
     TEXT("Choose a password of at least 12 characters that is not the one you have now.")},
    {ProblemKind::MemberNotFound, "urn:counterfoil:problem:member-not-found", 404, ErrorKind::NotFound,
     "No such person", TEXT("There is no such person among your accounts. Load the list again.")},
    {ProblemKind::MemberExists, "urn:counterfoil:problem:member-exists", 409, ErrorKind::Rejected,
     "The sign-in name is taken", TEXT("This sign-in name is taken. Choose another one.")},
    {ProblemKind::BeyondOwnRights, "urn:counterfoil:problem:beyond-own-rights", 403, ErrorKind::Rejected,
     "More than the caller may themselves",
     TEXT("You cannot give anybody more than you may yourself. Choose fewer accounts or rights, or ask your "
          "supplier.")},
    {ProblemKind::LastAdministrator, "urn:counterfoil:problem:last-administrator", 409, ErrorKind::Rejected,
     "Nobody would be left to look after people",
     TEXT("This is the last administrator here. Make somebody else an administrator first.")},
    {ProblemKind::Overloaded, "urn:counterfoil:problem:overloaded", 503, ErrorKind::ServerDown, "Overloaded",
     TEXT("The gateway is busy. Counterfoil tries again by itself.")},
    {ProblemKind::DocumentUnavailable, "urn:counterfoil:problem:document-unavailable", 503,
     ErrorKind::ServerDown, "The ERP does not give out the document at present",
     TEXT("The supplier's system cannot give out this document at present. Counterfoil tries again by "
          "itself.")},
    {ProblemKind::DocumentDamaged, "urn:counterfoil:problem:document-damaged", 502, ErrorKind::Rejected,
     "The ERP gave out a damaged document",
     TEXT(
         "The supplier's system did not give out this document as it should. Ask your supplier for a copy.")},
    {ProblemKind::QuoteUnavailable, "urn:counterfoil:problem:quote-unavailable", 503, ErrorKind::ServerDown,
     "The ERP tells no prices at present",
     TEXT("The supplier's system cannot tell today's prices at present. Ask again in a moment.")},
    {ProblemKind::QuotesNotOffered, "urn:counterfoil:problem:quotes-not-offered", 501, ErrorKind::Rejected,
     "The ERP tells no prices at all",
     TEXT("Your supplier's system tells no prices this way. Ask your supplier about prices and stock.")},
    {ProblemKind::UploadRefused, "urn:counterfoil:problem:upload-refused", 422, ErrorKind::BadInput,
     "The file is not taken", TEXT("This file is not taken. Add a photo or a PDF of at most 20 MB.")},
    {ProblemKind::UploadMissing, "urn:counterfoil:problem:upload-missing", 424, ErrorKind::Rejected,
     "A file that the command refers to is not there yet",
     TEXT("The files that go with it have yet to be sent. Counterfoil goes on by itself.")},
    {ProblemKind::Fault, "urn:counterfoil:problem:fault", 500, ErrorKind::ServerDown, "Internal fault",
     TEXT("The gateway has a fault of its own. Counterfoil tries again by itself; tell your supplier if it "
          "stays.")},
}};

#undef TEXT

const ProblemType &typeForStatus(int status)
{
    switch (status) {
    case 401:
        return problemType(ProblemKind::TokenRefused);
    case 403:
        return problemType(ProblemKind::Forbidden);
    case 404:
        return problemType(ProblemKind::NotFound);
    case 429:
        return problemType(ProblemKind::RateLimited);
    case 503:
        return problemType(ProblemKind::Overloaded);
    default:
        return problemType(status >= 500 ? ProblemKind::Fault : ProblemKind::Malformed);
    }
}

} // namespace

std::span<const ProblemType> problemTypes()
{
    return types;
}

const ProblemType &problemType(ProblemKind kind)
{
    return *std::ranges::find(types, kind, &ProblemType::kind);
}

const ProblemType *findProblemType(std::string_view uri)
{
    const auto found = std::ranges::find(types, uri, &ProblemType::uri);
    return found == types.end() ? nullptr : found;
}

Error errorFromAnswer(int status, std::string_view body)
{
    const auto problem = decode<Problem>(body);
    const ProblemType *known = problem ? findProblemType(problem->typeUri) : nullptr;
    const ProblemType &type = known ? *known : typeForStatus(status);

    Error error{type.errorKind, QCoreApplication::translate("Problem", type.userText)};
    error.detail = QStringLiteral("HTTP %1, %2").arg(status).arg(QLatin1String(type.title));
    if (known) {
        error.retryAfterMs = std::max<std::int64_t>(problem->retryAfterMs, 0);
        error.requestId = QString::fromStdString(problem->requestId);
        if (!problem->detail.empty())
            error.detail += QStringLiteral(": ") + QString::fromStdString(problem->detail);
    }
    return error;
}

} // namespace Counterfoil
