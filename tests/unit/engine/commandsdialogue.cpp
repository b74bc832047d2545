#include "commandsdialogue.h"

#include "account.h"
#include "address.h"
#include "codec.h"
#include "commandcodec.h"
#include "message.h"
#include "uploadmessages.h"

#include <algorithm>

namespace Counterfoil {

CommandsDialogue::CommandsDialogue()
{
    restart();
}

void CommandsDialogue::restart()
{
    sender = std::make_unique<CommandSender>(random);
    m_request.reset();
    m_fileRequest.reset();
    m_piece.reset();
    m_work.reset();
    m_wakeAt.reset();
    file.reset();
    auto opened = OutboxFile::open(m_directory.filePath(QStringLiteral("outbox.sqlite")));
    if (!opened)
        qFatal("no outbox: %s", qUtf8Printable(opened.error().detail));
    file = *std::move(opened);
}

Command CommandsDialogue::save(const std::string &target, const std::string &after)
{
    Command command;
    command.verb = "save";
    command.kind = &Address::type;
    command.account = "acc";
    command.target = target;
    command.after = after;
    auto address = std::make_shared<Address>();
    address->account = "acc";
    address->name = "Site " + std::to_string(m_made + 1);
    address->street = "1 Quay Street";
    address->city = "Leeds";
    address->country = "GB";
    address->shipTo = true;
    command.record = AnyRecord(address);
    if (!target.empty()) {
        command.base = AnyRecord(std::make_shared<Address>(*address));
        command.base.as<Address>()->name = "Site";
        command.baseVersion = after.empty() ? 3 : 0;
    }
    return command;
}

std::string CommandsDialogue::submit(Command command)
{
    command.key = "key-" + std::to_string(++m_made);
    command.madeAt = now.wall;
    const Outcome stored = file->submit(command);
    if (!stored)
        qFatal("not queued: %s", qUtf8Printable(stored.error().detail));
    changed();
    return command.key;
}

std::string CommandsDialogue::add(const std::string &target, const std::string &after)
{
    return submit(save(target, after));
}

std::string CommandsDialogue::addDefault(const std::string &address)
{
    Command command;
    command.verb = "save";
    command.kind = &Account::type;
    command.account = command.target = "acc";
    command.baseVersion = 1;
    auto account = std::make_shared<Account>();
    account->key = "acc";
    command.base = AnyRecord(std::make_shared<Account>(*account));
    account->defaultShipTo = address;
    command.record = AnyRecord(account);
    return submit(std::move(command));
}

OutboxEntry CommandsDialogue::entry(const std::string &key) const
{
    const OutboxEntries entries = file->entries();
    const auto found
        = std::ranges::find_if(*entries, [&](const OutboxEntry &entry) { return entry.command.key == key; });
    if (found == entries->end())
        qFatal("no entry %s", key.c_str());
    return *found;
}

void CommandsDialogue::mode(SyncStatus::Mode mode, bool byPerson)
{
    SyncStatus status;
    status.mode = mode;
    status.disconnectedByPerson = byPerson;
    take(sender->statusChanged(now, status));
}

void CommandsDialogue::online()
{
    open();
    token();
    mode(SyncStatus::Mode::Live);
}

void CommandsDialogue::pass(std::int64_t ms)
{
    const std::int64_t end = now.boot.ms + ms;
    while (m_wakeAt && *m_wakeAt <= end) {
        now.wall.ms += *m_wakeAt - now.boot.ms;
        now.boot.ms = *std::exchange(m_wakeAt, std::nullopt);
        take(sender->woke(now));
    }
    now.wall.ms += end - now.boot.ms;
    now.boot.ms = end;
}

void CommandsDialogue::take(SenderEffects effects)
{
    for (SenderEffect &effect : effects) {
        if (auto *upload = std::get_if<SendRequest>(&effect);
            upload && upload->target.starts_with("/v1/uploads")) {
            if (m_fileRequest || m_piece)
                qFatal("two files at once");
            m_fileRequest = std::move(*upload);
        } else if (auto *piece = std::get_if<ReadPiece>(&effect)) {
            if (m_fileRequest || m_piece)
                qFatal("two files at once");
            m_piece = std::move(*piece);
        } else if (auto *request = std::get_if<SendRequest>(&effect)) {
            if (m_request)
                qFatal("two requests at once");
            m_request = std::move(*request);
            if (m_request->target == "/v1/commands") {
                posted.push_back(asked());
                statesWhenPosted.push_back(state(asked()));
            }
        } else if (auto *gone = std::get_if<AbortRequest>(&effect);
                   gone && m_fileRequest && m_fileRequest->id == gone->id) {
            m_fileRequest.reset();
        } else if (auto *abort = std::get_if<AbortRequest>(&effect); abort && m_request) {
            ++aborted;
            m_request.reset();
        } else if (auto *work = std::get_if<OutboxWork>(&effect)) {
            if (m_work)
                qFatal("two works at once");
            m_work = std::move(*work);
        } else if (auto *token = std::get_if<RefuseToken>(&effect)) {
            refused.push_back(token->bearer);
        } else if (auto *wake = std::get_if<WakeIn>(&effect)) {
            m_wakeAt = now.boot.ms + wake->ms;
        }
    }
    if (storing && m_work)
        store();
}

void CommandsDialogue::store()
{
    const OutboxWork work = *std::exchange(m_work, std::nullopt);
    ++writes;
    Outcome outcome = Done();
    if (const auto *sending = std::get_if<NoteSending>(&work))
        outcome = file->willSend(sending->key, now.wall);
    else if (const auto *told = std::get_if<NoteOutcome>(&work))
        outcome = file->told(told->outcome, now.wall);
    else if (const auto *failed = std::get_if<NoteFailed>(&work))
        outcome = file->attemptFailed(failed->key, failed->error, now.wall);
    if (outcome)
        take(sender->stored(now, file->entries()));
    else
        take(sender->stored(now, outcome.error()));
}

void CommandsDialogue::storeFails(ErrorKind kind)
{
    m_work.reset();
    take(sender->stored(now, Error{kind, {}, QStringLiteral("test")}));
}

std::string CommandsDialogue::asked() const
{
    if (!m_request)
        return {};
    if (m_request->target == "/v1/commands") {
        const auto command = decodeCommand(m_request->body);
        return command ? command->key : "no command: " + command.error().detail.toStdString();
    }
    std::string text = "outcomes:";
    const auto request = decode<OutcomesRequest>(m_request->body);
    for (const CommandRef &ref : request->commands)
        text += ' ' + ref.command;
    return text;
}

void CommandsDialogue::answer(int status, const std::string &body)
{
    const RequestId id = std::exchange(m_request, std::nullopt)->id;
    take(sender->replied(now, id, HttpAnswer{status, body}));
}

void CommandsDialogue::noAnswer(ErrorKind kind)
{
    const RequestId id = std::exchange(m_request, std::nullopt)->id;
    take(sender->replied(now, id, Error{kind, {}, QStringLiteral("test")}));
}

void CommandsDialogue::refuse(ProblemKind kind, std::int64_t retryAfterMs)
{
    const ProblemType &type = problemType(kind);
    Problem problem;
    problem.typeUri = type.uri;
    problem.title = type.title;
    problem.status = type.status;
    problem.retryAfterMs = retryAfterMs;
    answer(type.status, encode(problem));
}

CommandOutcome CommandsDialogue::outcome(const std::string &key, CommandOutcome::State state)
{
    CommandOutcome outcome;
    outcome.command = key;
    outcome.state = state;
    if (state == CommandOutcome::State::Applied)
        outcome.target = "of-" + key;
    if (state == CommandOutcome::State::Rejected)
        outcome.reasonCode = "no-such-city";
    if (state == CommandOutcome::State::Conflict) {
        outcome.target = "of-" + key;
        outcome.theirVersion = 4;
        outcome.theirs = AnyRecord(Address::type);
    }
    return outcome;
}

std::string CommandsDialogue::addMessage(const std::vector<std::string> &uploads)
{
    Command command;
    command.verb = "save";
    command.kind = &Message::type;
    command.account = "acc";
    auto message = std::make_shared<Message>();
    message->ofReturn = "RMA-1";
    message->text = "Look.";
    for (const std::string &upload : uploads)
        message->attachments.push_back(
            {upload, 0, upload + ".jpg", "image/jpeg", 1'000'000, std::string(64, 'a')});
    command.record = AnyRecord(message);
    return submit(std::move(command));
}

void CommandsDialogue::answerFile(int status, const std::string &body)
{
    const RequestId id = std::exchange(m_fileRequest, std::nullopt)->id;
    take(sender->replied(now, id, HttpAnswer{status, body}));
}

void CommandsDialogue::tellFile(std::int64_t received, bool complete)
{
    answerFile(200, encode(UploadAnswer{received, complete}));
}

void CommandsDialogue::refuseFile(ProblemKind kind)
{
    const ProblemType &type = problemType(kind);
    Problem problem;
    problem.typeUri = type.uri;
    problem.title = type.title;
    problem.status = type.status;
    answerFile(type.status, encode(problem));
}

void CommandsDialogue::noFileAnswer(ErrorKind kind)
{
    const RequestId id = std::exchange(m_fileRequest, std::nullopt)->id;
    take(sender->replied(now, id, Error{kind, {}, QStringLiteral("test")}));
}

void CommandsDialogue::givePiece(const Result<std::string> &bytes)
{
    const ReadPiece piece = *std::exchange(m_piece, std::nullopt);
    take(sender->pieceRead(now, piece, bytes));
}

void CommandsDialogue::tell(CommandOutcome::State state, std::int64_t effectSeq)
{
    const auto one = [&](const std::string &key) {
        CommandOutcome told = outcome(key, state);
        told.effectSeq = effectSeq;
        return told;
    };
    if (m_request->target == "/v1/commands") {
        answer(200, encodeOutcome(one(asked())));
        return;
    }
    std::vector<CommandOutcome> outcomes;
    const auto request = decode<OutcomesRequest>(m_request->body);
    for (const CommandRef &ref : request->commands)
        outcomes.push_back(one(ref.command));
    answer(200, encodeOutcomes(outcomes));
}

void CommandsDialogue::receiveAll()
{
    while (m_request && m_request->target == "/v1/commands")
        tell(CommandOutcome::State::Received);
}

} // namespace Counterfoil
