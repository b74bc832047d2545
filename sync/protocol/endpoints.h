#pragma once

#include "messages.h"
#include "problems.h"

#include <span>
#include <string>
#include <string_view>

// The endpoints of protocol v1, said once: the gateway's tests go through this table, and the public
// descriptions are made from it and from the field tables.
namespace Counterfoil {

struct EndpointParameter
{
    enum class Place { Query, Path, Header };

    std::string_view name; // empty: unused
    Place in;
    bool required;
    const char *description;
};

struct Endpoint
{
    // OneOutcome and Outcomes: JSON, see commandcodec.h
    enum class Body { None, Json, Page, Document, WebSocket, Text, OneOutcome, Outcomes };

    std::string_view method;
    std::string_view path; // with {parameters}
    const char *summary;
    bool needsToken;
    EndpointParameter parameters[4];
    const RecordType *request; // nullptr: no body, or a command; see takesCommand
    Body answerBody;
    const RecordType *answer; // of a Json body; nullptr: free form
    std::span<const ProblemKind> problems;
    bool takesCommand = false; // as its body, see commandcodec.h
};

std::span<const Endpoint> endpoints();

// OpenAPI 3.1 for the REST part, AsyncAPI 2.6 for /v1/live; both as indented JSON, the same bytes for
// the same field tables. Copies stand beside this file, kept equal by a test.
std::string openApiDocument();
std::string asyncApiDocument();

} // namespace Counterfoil
