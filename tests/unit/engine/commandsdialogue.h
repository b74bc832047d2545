#pragma once

#include "commandsender.h"
#include "outboxfile.h"
#include "problems.h"

#include <QTemporaryDir>

namespace Counterfoil {

// A conversation with a CommandSender over a real outbox, in virtual time: a gateway that answers as it is
// told. What is to be written is written at once, unless `storing` is false.
class CommandsDialogue
{
public:
    CommandsDialogue();

    // The person's side.
    std::string add(const std::string &target = {}, const std::string &after = {}); // its key
    std::string addDefault(const std::string &address); // makes the address the account's default
    std::string addMessage(const std::vector<std::string> &uploads); // with files of 1,000,000 bytes
    void changed() { take(sender->entriesChanged(now, file->entries())); }
    OutboxEntry entry(const std::string &key) const;
    OutboxEntry::State state(const std::string &key) const { return entry(key).state; }

    // The engine's side.
    void open() { take(sender->opened(now, file->entries())); }
    void token(const std::string &bearer = "bearer") { take(sender->tokenChanged(now, bearer)); }
    void mode(SyncStatus::Mode mode, bool byPerson = false);
    void online();              // opened, live, and asked for what there was to ask
    void restart();             // the program's
    void pass(std::int64_t ms); // wake-ups come on the way
    void take(SenderEffects effects);

    // The gateway's side.
    std::string asked() const; // the key of the command under way, "outcomes: KEY KEY", or nothing
    const std::optional<SendRequest> &request() const { return m_request; }
    void answer(int status, const std::string &body);
    void noAnswer(ErrorKind kind);
    void refuse(ProblemKind kind, std::int64_t retryAfterMs = 0);
    void tell(CommandOutcome::State state, std::int64_t effectSeq = 0); // of all that is asked
    void receiveAll(); // every command that is sent, until none is
    static CommandOutcome outcome(const std::string &key, CommandOutcome::State state);

    // Of a file on its way.
    const std::optional<SendRequest> &fileRequest() const { return m_fileRequest; }
    const std::optional<ReadPiece> &piece() const { return m_piece; }
    void answerFile(int status, const std::string &body);
    void tellFile(std::int64_t received, bool complete);
    void refuseFile(ProblemKind kind);
    void noFileAnswer(ErrorKind kind);
    void givePiece(const Result<std::string> &bytes);

    // The outbox's side, while `storing` is false.
    void store();
    void storeFails(ErrorKind kind);
    const std::optional<OutboxWork> &work() const { return m_work; }

    Now now{{5'000'000}, {1'790'000'000'000}};
    SeededRandom random{7};
    std::unique_ptr<OutboxFile> file;
    std::unique_ptr<CommandSender> sender;
    bool storing = true;
    int writes = 0;
    std::vector<std::string> posted;  // keys, in order
    std::vector<std::string> refused; // bearers
    std::vector<OutboxEntry::State> statesWhenPosted;
    int aborted = 0;

private:
    Command save(const std::string &target, const std::string &after);
    std::string submit(Command command);

    QTemporaryDir m_directory;
    std::optional<SendRequest> m_request;
    std::optional<SendRequest> m_fileRequest;
    std::optional<ReadPiece> m_piece;
    std::optional<OutboxWork> m_work;
    std::optional<std::int64_t> m_wakeAt;
    int m_made = 0;
};

} // namespace Counterfoil
