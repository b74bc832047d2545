#pragma once

#include "attachment.h"

#include <span>

namespace Counterfoil {

// What a person asks the ERP to do. It is made once, with its key, when the person acts, and is the same
// bytes however often it is sent; another wish is another command.
struct Command
{
    std::string key;  // idempotency key, a UUID; stored before anybody is told of the command
    std::string verb; // "save", "retire", "place" …; see commandTypes()
    const RecordType *kind = nullptr;
    std::string account; // that the record belongs to; for a new one, is to belong to
    std::string target;  // the record's key, or resultOf() another command; empty: a new record
    // The key of the earlier command on the same record on top of which this one was made, while that one
    // had no outcome yet; empty: made on top of a fact. It never takes effect before that one, nor without.
    std::string after;
    std::int64_t baseVersion = 0; // of the fact; 0 for a new record and with `after`
    Instant madeAt;
    // Of a save: the record as it was when the person began (null for a new one), and as it is to be; of a
    // place: the cart as it was saved last, and as the person saw it; of an approve or refuse: the approval
    // with what the person has to say of it; of a request or decide: see return.h. Only Editable fields count
    // and travel. A Link among them may hold resultOf() another command.
    AnyRecord base;
    AnyRecord record;
};

// "$result:KEY" stands for the key of the record that the command KEY makes, in `target` or in a Link.
std::string resultOf(const std::string &commandKey);
std::string_view commandOfResult(std::string_view text); // KEY; empty when the text is no such reference

// The commands without which this one makes no sense: `after` and what it refers to, each once.
std::vector<std::string> dependencies(const Command &command);

// The files that it puts to something, and that are to be at the gateway before it is. What stood there
// before (in `base`) is somebody's already.
std::vector<Attachment> attachmentsOf(const Command &command);

// What can be asked for at all, and by whom: said once, for the window that offers it and the gateway that
// allows it. Everybody may save the contact that they are themselves, whatever their role.
struct CommandType
{
    std::string_view verb;
    const RecordType *kind;
    bool makesNew; // may come without a target
    std::span<const std::string_view> roles;
};
std::span<const CommandType> commandTypes();
const CommandType *findCommandType(std::string_view verb, const RecordType *kind);
bool carriesRecord(std::string_view verb); // "retire" alone does not
bool mayCommand(std::string_view role, const CommandType &type);

} // namespace Counterfoil
