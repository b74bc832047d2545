#include "codec.h"
#include "commandcodec.h"
#include "endpoints.h"
#include "fuzztarget.h"
#include "kinds.h"
#include "problems.h"
#include "randomrecord.h"
#include "uploadnote.h"

#include <algorithm>

namespace Counterfoil {

namespace {

void addWithElements(std::vector<const RecordType *> &types, const RecordType *type)
{
    if (!type || std::ranges::find(types, type) != types.end())
        return;
    types.push_back(type);
    for (const Field &field : type->fields)
        addWithElements(types, field.element);
}

bool equalChanges(const Change &a, const Change &b)
{
    return a.kind == b.kind && a.key == b.key && a.account == b.account && a.sequence == b.sequence
        && a.version == b.version && a.time == b.time && a.record.isNull() == b.record.isNull()
        && (a.record.isNull() || equal(*a.kind, a.record.data(), b.record.data()));
}

bool equalChanges(const std::vector<Change> &a, const std::vector<Change> &b)
{
    return std::ranges::equal(a, b, [](const Change &x, const Change &y) { return equalChanges(x, y); });
}

std::vector<std::string> encoded(const std::vector<Change> &changes)
{
    std::vector<std::string> lines;
    lines.reserve(changes.size());
    for (const Change &change : changes)
        lines.push_back(encodeChange(change));
    return lines;
}

template <class T> bool unexplained(const Result<T> &result)
{
    return !result.ok() && result.error().userText.isEmpty();
}

// The first byte picks the type, so that every field table there is gets read.
const char *readRecord(std::string_view bytes)
{
    static const std::vector<const RecordType *> types = allRecordTypes();
    if (bytes.empty())
        return nullptr;
    const RecordType &type = *types[static_cast<unsigned char>(bytes.front()) % types.size()];
    const auto record = decode(type, bytes.substr(1));
    if (!record)
        return unexplained(record) ? "a refusal says what happened" : nullptr;
    const std::string text = encode(type, record->data());
    const auto again = decode(type, text);
    if (!again || !equal(type, record->data(), again->data()))
        return "a record that was read is the same when it is written and read again";
    return encode(type, again->data()) == text ? nullptr : "equal records are equal texts";
}

std::string makeRecord(Random &random)
{
    static const std::vector<const RecordType *> types = allRecordTypes();
    const auto pick = random.below(types.size());
    const RecordType &type = *types[pick];
    return static_cast<char>(pick) + encode(type, randomRecord(type, random).data());
}

const char *readOneChange(std::string_view bytes)
{
    const auto change = decodeChange(bytes);
    if (!change)
        return unexplained(change) ? "a refusal says what happened" : nullptr;
    const auto again = decodeChange(encodeChange(*change));
    return again && equalChanges(*change, *again)
        ? nullptr
        : "a change that was read is the same when it is written and read again";
}

std::string makeChange(Random &random)
{
    const auto kinds = allKinds();
    Change change = randomChange(*kinds[random.below(kinds.size())], "k-1", "a-1", 1, random);
    if (random.below(8) == 0)
        change.record = {};
    return encodeChange(change);
}

std::vector<std::string> makeChanges(Random &random)
{
    std::vector<std::string> changes(random.below(4));
    std::ranges::generate(changes, [&random]() { return makeChange(random); });
    return changes;
}

const char *readPage(std::string_view bytes)
{
    const auto page = decodePage(bytes);
    if (!page)
        return unexplained(page) ? "a refusal says what happened" : nullptr;
    if (page->changes.size() > Limits::pageChanges)
        return "a page has its bound";
    const auto again = decodePage(encodePage(page->head, encoded(page->changes)));
    return again && equal(PageHead::type, &page->head, &again->head)
            && equalChanges(page->changes, again->changes)
        ? nullptr
        : "a page that was read is the same when it is written and read again";
}

std::string makePage(Random &random)
{
    PageHead head;
    fillRandomly(PageHead::type, &head, random);
    return encodePage(head, makeChanges(random));
}

const char *readFrame(std::string_view bytes)
{
    const auto frame = decodeFrame(bytes);
    if (!frame)
        return unexplained(frame) ? "a refusal says what happened" : nullptr;
    if (frame->changes.size() > Limits::frameChanges)
        return "a frame has its bound";
    const std::string text = encodeFrame(frame->head, encoded(frame->changes));
    if (text.size() > Limits::frameBytes)
        return nullptr; // written out it may be longer than it came
    const auto again = decodeFrame(text);
    return again && equal(LiveFrame::type, &frame->head, &again->head)
            && equalChanges(frame->changes, again->changes)
        ? nullptr
        : "a frame that was read is the same when it is written and read again";
}

std::string makeFrame(Random &random)
{
    static constexpr const char *frames[] = {"changes", "pong", "pull", "outcomes", "scope", "bye"};
    LiveFrame head;
    fillRandomly(LiveFrame::type, &head, random);
    head.frame = frames[random.below(std::size(frames))];
    return encodeFrame(head, makeChanges(random));
}

// Two bytes of status, then the body of a refusal.
const char *readProblem(std::string_view bytes)
{
    if (bytes.size() < 2)
        return nullptr;
    const int status = static_cast<unsigned char>(bytes[0]) * 256 + static_cast<unsigned char>(bytes[1]);
    const Error error = errorFromAnswer(status, bytes.substr(2));
    if (error.userText.isEmpty())
        return "a refusal says what happened";
    return error.retryAfterMs >= 0 ? nullptr : "nobody waits for a time that has passed";
}

std::string makeProblem(Random &random)
{
    const auto types = problemTypes();
    const ProblemType &type = types[random.below(types.size())];
    Problem problem;
    fillRandomly(Problem::type, &problem, random);
    problem.typeUri = type.uri;
    std::string bytes{static_cast<char>(type.status / 256), static_cast<char>(type.status % 256)};
    return bytes + encode(problem);
}

bool equalWishes(const AnyRecord &a, const AnyRecord &b)
{
    return a.isNull() == b.isNull() && (a.isNull() || equalEditable(a.type(), a.data(), b.data()));
}

bool equalCommands(const Command &a, const Command &b)
{
    return a.key == b.key && a.verb == b.verb && a.kind == b.kind && a.account == b.account
        && a.target == b.target && a.after == b.after && a.baseVersion == b.baseVersion
        && a.madeAt == b.madeAt && equalWishes(a.base, b.base) && equalWishes(a.record, b.record);
}

const char *readCommand(std::string_view bytes)
{
    const auto command = decodeCommand(bytes);
    if (!command)
        return unexplained(command) ? "a refusal says what happened" : nullptr;
    const std::string text = encodeCommand(*command);
    if (text.size() > Limits::requestBytes)
        return nullptr; // written out it may be longer than it came
    const auto again = decodeCommand(text);
    if (!again || !equalCommands(*command, *again))
        return "a command that was read is the same when it is written and read again";
    return commandDigestText(*again) == commandDigestText(*command) ? nullptr
                                                                    : "equal commands have equal digests";
}

std::string makeCommand(Random &random)
{
    const auto types = commandTypes();
    const CommandType &type = types[random.below(types.size())];
    Command command;
    command.key = random.uuid();
    command.verb = type.verb;
    command.kind = type.kind;
    command.account = "a-1";
    command.target = type.makesNew && random.below(3) == 0 ? std::string() : "t-1";
    if (random.below(4) == 0)
        command.after = random.uuid();
    command.baseVersion = static_cast<std::int64_t>(random.below(100));
    command.madeAt = Instant{1'800'000'000'000};
    if (carriesRecord(type.verb)) {
        command.record = randomRecord(*type.kind, random);
        if (!command.target.empty())
            command.base = randomRecord(*type.kind, random);
    }
    return encodeCommand(command);
}

bool equalOutcomes(const CommandOutcome &a, const CommandOutcome &b)
{
    return a.command == b.command && a.state == b.state && a.effectSeq == b.effectSeq && a.target == b.target
        && a.reasonCode == b.reasonCode && a.reason == b.reason && a.theirVersion == b.theirVersion
        && std::ranges::equal(a.differences, b.differences,
                              [](const CartDifference &x, const CartDifference &y) {
                                  return equal(CartDifference::type, &x, &y);
                              })
        && a.theirs.isNull() == b.theirs.isNull()
        && (a.theirs.isNull()
            || (&a.theirs.type() == &b.theirs.type()
                && equal(a.theirs.type(), a.theirs.data(), b.theirs.data())));
}

CommandOutcome someOutcome(Random &random)
{
    CommandOutcome outcome;
    outcome.command = random.uuid();
    outcome.state = static_cast<CommandOutcome::State>(random.below(5));
    outcome.effectSeq = static_cast<std::int64_t>(random.below(1'000));
    outcome.target = "t-1";
    outcome.reasonCode = RejectionCode::forbidden;
    outcome.reason = "Nicht möglich \"so\"";
    outcome.differences.resize(random.below(3));
    for (CartDifference &difference : outcome.differences)
        fillRandomly(CartDifference::type, &difference, random);
    if (outcome.state == CommandOutcome::State::Conflict)
        outcome.theirs = randomRecord(*allKinds()[random.below(allKinds().size())], random);
    return outcome;
}

// One outcome, as a command is answered, or several, as they are asked for.
const char *readOutcomes(std::string_view bytes)
{
    const auto outcome = decodeOutcome(bytes);
    if (unexplained(outcome))
        return "a refusal says what happened";
    if (outcome) {
        const auto again = decodeOutcome(encodeOutcome(*outcome));
        if (!again || !equalOutcomes(*outcome, *again))
            return "an outcome that was read is the same when it is written and read again";
    }
    const auto outcomes = decodeOutcomes(bytes);
    if (!outcomes)
        return unexplained(outcomes) ? "a refusal says what happened" : nullptr;
    const auto again = decodeOutcomes(encodeOutcomes(*outcomes));
    return again && std::ranges::equal(*outcomes, *again, equalOutcomes)
        ? nullptr
        : "outcomes that were read are the same when they are written and read again";
}

std::string makeOutcomes(Random &random)
{
    if (random.below(3) == 0)
        return encodeOutcome(someOutcome(random));
    std::vector<CommandOutcome> outcomes(random.below(4));
    std::ranges::generate(outcomes, [&random]() { return someOutcome(random); });
    return encodeOutcomes(outcomes);
}

} // namespace

std::vector<const RecordType *> allRecordTypes()
{
    std::vector<const RecordType *> types;
    for (const RecordType *kind : allKinds())
        addWithElements(types, kind);
    for (const Endpoint &endpoint : endpoints()) {
        addWithElements(types, endpoint.request);
        addWithElements(types, endpoint.answer);
    }
    for (const RecordType *type : {&PageHead::type, &PageEnd::type, &LiveFrame::type, &LivePing::type,
                                   &Problem::type, &CartDifference::type, &UploadNote::type})
        addWithElements(types, type);
    return types;
}

std::span<const FuzzTarget> protocolFuzzTargets()
{
    static constexpr FuzzTarget all[] = {
        {"record", readRecord, makeRecord},
        {"change", readOneChange, makeChange},
        {"page", readPage, makePage},
        {"frame", readFrame, makeFrame},
        {"problem", readProblem, makeProblem},
        {"command", readCommand, makeCommand},
        {"outcomes", readOutcomes, makeOutcomes},
    };
    return all;
}

} // namespace Counterfoil
