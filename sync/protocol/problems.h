#pragma once

#include "error.h"

#include <QString>

#include <span>
#include <string_view>

// The problem types of protocol v1: what can go wrong, the HTTP status it travels with, what the
// client makes of it, and the one sentence a person reads.
namespace Counterfoil {

enum class ProblemKind {
    Malformed,
    SignInFailed,
    TokenRefused,
    Forbidden,
    AccessEnded,
    NotFound,
    UnknownKind,
    DocumentNotFound,
    MethodNotAllowed,
    TooLarge,
    RangeNotSatisfiable,
    RateLimited,
    CursorExpired,
    CursorOtherEpoch,
    CursorAhead,
    ScopeChanged,
    KeyReused,
    TooManyCommands,
    PasswordChangeNeeded,
    WrongPassword,
    PasswordRefused,
    MemberNotFound,
    MemberExists,
    BeyondOwnRights,
    LastAdministrator,
    Overloaded,
    DocumentUnavailable,
    DocumentDamaged,
    QuoteUnavailable,
    QuotesNotOffered,
    UploadRefused,
    UploadMissing,
    Fault,
};

struct ProblemType
{
    ProblemKind kind;
    std::string_view uri; // "urn:counterfoil:problem:cursor-expired"
    int status;
    ErrorKind errorKind;
    const char *title;    // English, for developers
    const char *userText; // translation context "Problem"
};

std::span<const ProblemType> problemTypes();
const ProblemType &problemType(ProblemKind kind);
const ProblemType *findProblemType(std::string_view uri); // nullptr when this program does not know it

// The Error that a client makes of an answer which is no success: from the problem details in its
// body, or, where there are none (a proxy's page), from the status alone.
Error errorFromAnswer(int status, std::string_view body);

} // namespace Counterfoil
