#include "documentanswer.h"
#include "documentfolder.h"
#include "foreignanswer.h"
#include "fuzztarget.h"
#include "messages.h"
#include "profile.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

namespace Counterfoil {

namespace {

// In memory where the system has such a place: each reading writes a file.
QString scratchPath()
{
    static const QTemporaryDir folder(
        (QDir(QStringLiteral("/dev/shm")).exists() ? QStringLiteral("/dev/shm") : QDir::tempPath())
        + QStringLiteral("/fuzz-XXXXXX"));
    return folder.path();
}

void writeFile(const QString &path, std::string_view bytes)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    if (file.open(QIODevice::WriteOnly))
        file.write(bytes.data(), static_cast<qint64>(bytes.size()));
}

std::string takeLine(std::string_view &text)
{
    const auto end = std::min(text.find('\n'), text.size());
    std::string line(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    return line;
}

// A line each: the headers of an answer to a transfer that goes on, or begins.
const char *readDocumentHead(std::string_view bytes)
{
    AnswerHead head;
    const bool goesOn = takeLine(bytes) != "0";
    head.status = goesOn ? 206 : 200;
    head.etag = takeLine(bytes);
    head.reprDigest = takeLine(bytes);
    head.contentRange = takeLine(bytes);
    head.contentEncoding = takeLine(bytes);
    head.contentLength = takeLine(bytes);
    const PartState part{100, 200, "\"e\"", std::string(64, 'a')};
    const auto answer = readDocumentAnswer(head, goesOn ? part : PartState());
    if (!answer)
        return answer.error().userText.isEmpty() ? "a refusal says what happened" : nullptr;
    if (answer->offset != (goesOn ? part.bytes : 0))
        return "bytes go where they were asked for";
    if (answer->total < 0 || answer->total > static_cast<std::int64_t>(Limits::documentBytes))
        return "a document has its bound";
    return DocumentFolder::isDigest(answer->sha256) ? nullptr : "nothing but a digest names a file";
}

std::string makeDocumentHead(Random &random)
{
    const bool goesOn = random.below(2) == 0;
    const QByteArray digest(32, static_cast<char>(goesOn ? 0xaa : random.below(256)));
    std::string text = goesOn ? "1\n" : "0\n";
    text += "\"e\"\nsha-256=:" + digest.toBase64().toStdString() + ":\n";
    text += goesOn ? "bytes 100-199/200\n" : "\n";
    text += random.below(2) == 0 ? "identity\n" : "\n";
    return text + std::to_string(random.below(1'000'000)) + '\n';
}

const char *readForeignAnswer(std::string_view bytes)
{
    if (bytes.empty())
        return nullptr;
    const int status = 400 + static_cast<unsigned char>(bytes.front());
    return errorOfRefusal(status, bytes.substr(1)).userText.isEmpty() ? "a refusal says what happened"
                                                                      : nullptr;
}

std::string makeForeignAnswer(Random &random)
{
    static constexpr std::string_view bodies[]
        = {"<html>Please sign in to the guest network</html>",
           R"({"type":"urn:counterfoil:problem:scope-changed","status":409,"added":[{"account":"a"}]})",
           R"({"type":"about:blank","title":"Bad gateway"})", ""};
    return static_cast<char>(random.below(200)) + std::string(bodies[random.below(std::size(bodies))]);
}

Person somebody()
{
    Person person;
    person.user = QStringLiteral("mia");
    person.gateway = QUrl(QStringLiteral("https://gateway.example"));
    return person;
}

// The profile's file was written by this program, some earlier version of it, or a hand.
const char *readProfile(std::string_view bytes)
{
    static const ProfileStore store(scratchPath());
    static const Profile known = store.profileOf(somebody());
    static const bool saved = store.save(known).ok();
    if (!saved)
        return "the scratch folder can be written to";
    writeFile(known.directory + QStringLiteral("/profile.json"), bytes);
    const auto last = store.last();
    if (last && (last->person.user != known.person.user || last->directory != known.directory))
        return "nobody gets another person's folder";
    return nullptr;
}

std::string makeProfile(Random &random)
{
    std::string text
        = R"({"user":"mia","gateway":"https://gateway.example","role":"buyer","seesPrices":true)";
    if (random.below(2) == 0)
        text += R"(,"asOf":"2026-11-21T08:12:00.000Z","displayName":"Mia \u00dc","supplier":"S")";
    return text + '}';
}

// A part's notes, beside a part of a hundred bytes.
const char *readPartNotes(std::string_view bytes)
{
    static const QString folder = scratchPath();
    static const QString part = DocumentFolder::root(folder) + u'/' + DocumentFolder::partPath("a", "d");
    writeFile(part, std::string(100, 'x'));
    writeFile(part + QStringLiteral(".resume"), bytes);
    const PartState state = DocumentFolder(folder).begin(1, "a", "d");
    if (state.bytes != 0 && (state.bytes != 100 || state.total < state.bytes))
        return "a part is as long as it is";
    return nullptr;
}

std::string makePartNotes(Random &random)
{
    return R"({"total":)" + std::to_string(random.below(400)) + R"(,"etag":"\"e\"","sha256":")"
        + std::string(64, 'a') + "\"}";
}

} // namespace

std::span<const FuzzTarget> clientFuzzTargets()
{
    static constexpr FuzzTarget all[] = {
        {"documenthead", readDocumentHead, makeDocumentHead},
        {"foreignanswer", readForeignAnswer, makeForeignAnswer},
        {"profile", readProfile, makeProfile},
        {"partnotes", readPartNotes, makePartNotes},
    };
    return all;
}

} // namespace Counterfoil
