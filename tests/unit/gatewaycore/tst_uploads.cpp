#include "attachment.h"
#include "attachmentrules.h"
#include "commandfixture.h"
#include "message.h"
#include "return.h"
#include "testentry.h"
#include "uploadmessages.h"

#include <QDir>
#include <QFile>

using namespace Counterfoil;
using namespace Counterfoil::Testing;

namespace {

const std::string jpeg = "\xff\xd8\xff\xe0";

// A photo of so many bytes, whatever is on it.
std::string photo(std::size_t bytes, char on = 'x')
{
    return jpeg + std::string(bytes - jpeg.size(), on);
}

struct Uploading : Commands
{
    Uploading()
    {
        settings.uploadFolder = folder.filePath(QStringLiteral("uploads"));
        die();
        pumpAll();
    }
    static UploadRequest factsOf(const std::string &id, const std::string &bytes,
                                 const std::string &account = "A")
    {
        return {id,
                account,
                "photo.jpg",
                "image/jpeg",
                static_cast<std::int64_t>(bytes.size()),
                sha256Hex(bytes)};
    }
    HttpResponse announce(const std::string &token, const UploadRequest &facts)
    {
        return send("POST", "/v1/uploads", token, encode(facts));
    }
    HttpResponse put(const std::string &token, const std::string &id, std::size_t offset,
                     const std::string &bytes)
    {
        return send("PUT", "/v1/uploads/" + id, token, bytes, {{"offset", std::to_string(offset)}});
    }
    static UploadAnswer standing(const HttpResponse &answer)
    {
        const auto decoded = decode<UploadAnswer>(answer.body);
        if (answer.status != 200 || !decoded)
            qFatal("upload: %s", answer.body.c_str());
        return *decoded;
    }
    void upload(const std::string &token, const std::string &id, const std::string &bytes)
    {
        std::size_t at = static_cast<std::size_t>(standing(announce(token, factsOf(id, bytes))).received);
        while (at < bytes.size()) {
            const auto answer = put(token, id, at, bytes.substr(at, Limits::uploadPieceBytes));
            at = static_cast<std::size_t>(standing(answer).received);
        }
    }
    // Something that refers to the file.
    static Command message(const std::string &key, const std::string &upload, const std::string &bytes)
    {
        Command command;
        command.key = key;
        command.verb = "save";
        command.kind = &Message::type;
        command.account = "A";
        command.record = AnyRecord(Message::type);
        auto *record = command.record.as<Message>();
        record->ofReturn = "RMA-A";
        record->text = "Look.";
        record->attachments.push_back({upload, 0, "photo.jpg", "image/jpeg",
                                       static_cast<std::int64_t>(bytes.size()), sha256Hex(bytes)});
        return command;
    }
    QByteArray fetched(const std::string &token, const std::string &id)
    {
        const auto answer = send("GET", "/v1/uploads/" + id, token);
        if (answer.status != 200 || !answer.document)
            return {};
        auto file = core->openUpload(answer.upload);
        return file ? (*file)->readAll() : QByteArray();
    }
};

} // namespace

// Files that people put to what they ask for, on their way to the gateway and out of it again.
class UploadsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void arrivesInPieces();
    void goesOnAfterACutAndADeath();
    void repeatsDoNoHarm();
    void tooLargeOrOfAFalseType_data();
    void tooLargeOrOfAFalseType();
    void otherBytesBeginAnew();
    void isOfWhoSentIt();
    void comesBeforeWhatRefersToIt();
    void whoSeesTheReturnSeesIt();
    void staysWithWhatIsDecided();
    void orphansGo();
    void whatIsLooseMakesRoom();
    void wholeOnesAreCompletedLater();
    void whatWasRefusedKeepsNothing();
    void notOfferedWithoutAFolder();
};

void UploadsTest::arrivesInPieces()
{
    Uploading gateway;
    const std::string bytes = photo(Limits::uploadPieceBytes * 2 + 17);
    gateway.upload(gateway.ann, "u-1", bytes);
    QVERIFY(Uploading::standing(gateway.announce(gateway.ann, Uploading::factsOf("u-1", bytes))).complete);
    QCOMPARE(gateway.fetched(gateway.ann, "u-1").toStdString(), bytes);
    QCOMPARE(gateway.put(gateway.ann, "u-1", 0, std::string(Limits::uploadPieceBytes + 1, 'x')).status, 413);
}

void UploadsTest::goesOnAfterACutAndADeath()
{
    Uploading gateway;
    const std::string bytes = photo(1'000);
    const auto facts = Uploading::factsOf("u-1", bytes);
    gateway.announce(gateway.ann, facts);
    gateway.put(gateway.ann, "u-1", 0, bytes.substr(0, 600));
    gateway.die();
    const auto standing = Uploading::standing(gateway.announce(gateway.ann, facts));
    QCOMPARE(standing.received, 600);
    QVERIFY(!standing.complete);
    QVERIFY(Uploading::standing(gateway.put(gateway.ann, "u-1", 600, bytes.substr(600))).complete);
    gateway.die();
    QCOMPARE(gateway.fetched(gateway.ann, "u-1").toStdString(), bytes);
}

void UploadsTest::repeatsDoNoHarm()
{
    Uploading gateway;
    const std::string bytes = photo(1'000);
    const auto facts = Uploading::factsOf("u-1", bytes);
    gateway.announce(gateway.ann, facts);
    const auto first = bytes.substr(0, 600);
    QCOMPARE(Uploading::standing(gateway.put(gateway.ann, "u-1", 0, first)).received, 600);
    QCOMPARE(Uploading::standing(gateway.put(gateway.ann, "u-1", 0, first)).received,
             600); // its answer was lost
    QCOMPARE(Uploading::standing(gateway.put(gateway.ann, "u-1", 900, "yy")).received, 600); // a hole
    QVERIFY(Uploading::standing(gateway.put(gateway.ann, "u-1", 600, bytes.substr(600))).complete);
    QVERIFY(Uploading::standing(gateway.put(gateway.ann, "u-1", 600, bytes.substr(600))).complete);
    QCOMPARE(gateway.fetched(gateway.ann, "u-1").toStdString(), bytes);
    QCOMPARE(gateway.problemOf(gateway.announce(gateway.ann, Uploading::factsOf("u-1", photo(1'001)))),
             "key-reused");
}

void UploadsTest::tooLargeOrOfAFalseType_data()
{
    QTest::addColumn<QByteArray>("begins");
    QTest::addColumn<QString>("type");
    QTest::addColumn<bool>("taken");
    QTest::newRow("photo") << QByteArray("\xff\xd8\xff\xe0 and so on") << QStringLiteral("image/jpeg")
                           << true;
    QTest::newRow("picture") << QByteArray("\x89PNG\r\n\x1a\n and so on") << QStringLiteral("image/png")
                             << true;
    QTest::newRow("paper") << QByteArray("%PDF-1.7 and so on") << QStringLiteral("application/pdf") << true;
    QTest::newRow("program") << QByteArray("MZ\x90 and so on....") << QStringLiteral("image/jpeg") << false;
    QTest::newRow("page") << QByteArray("<html><script>...") << QStringLiteral("image/jpeg") << false;
    QTest::newRow("another picture") << QByteArray("\x89PNG\r\n\x1a\n and so on")
                                     << QStringLiteral("image/jpeg") << false;
    QTest::newRow("a type that is not taken")
        << QByteArray("PK\x03\x04 and so on...") << QStringLiteral("application/zip") << false;
    QTest::newRow("a program of no type") << QByteArray("MZ\x90 and so on....") << QString() << false;
    QTest::newRow("a program that looks on")
        << QByteArray("MZ\x90.....WEBP.........") << QStringLiteral("image/webp") << false;
}

void UploadsTest::tooLargeOrOfAFalseType()
{
    QFETCH(QByteArray, begins);
    QFETCH(QString, type);
    QFETCH(bool, taken);
    Uploading gateway;
    const std::string bytes = begins.toStdString();
    auto facts = Uploading::factsOf("u-1", bytes);
    facts.mediaType = type.toStdString();
    const auto announced = gateway.announce(gateway.ann, facts);
    const auto answer = announced.status == 200 ? gateway.put(gateway.ann, "u-1", 0, bytes) : announced;
    QCOMPARE(answer.status, taken ? 200 : 422);
    if (!taken)
        QCOMPARE(gateway.problemOf(answer), "upload-refused");
    facts.upload = "u-2";
    facts.bytes = 200LL * 1024 * 1024;
    QCOMPARE(gateway.problemOf(gateway.announce(gateway.ann, facts)), "upload-refused");
    facts.bytes = mostAttachmentBytes + 1;
    QCOMPARE(gateway.problemOf(gateway.announce(gateway.ann, facts)), "upload-refused");
    // Whoever says little and sends much gets no further than they said.
    facts.bytes = 20;
    facts.mediaType = "image/jpeg";
    gateway.announce(gateway.ann, facts);
    QCOMPARE(gateway.problemOf(gateway.put(gateway.ann, "u-2", 0, photo(21))), "upload-refused");
}

void UploadsTest::otherBytesBeginAnew()
{
    Uploading gateway;
    const std::string bytes = photo(500);
    gateway.announce(gateway.ann, Uploading::factsOf("u-1", bytes));
    QCOMPARE(gateway.problemOf(gateway.put(gateway.ann, "u-1", 0, photo(500, 'y'))), "upload-refused");
    QVERIFY(gateway.fetched(gateway.ann, "u-1").isEmpty());
    gateway.upload(gateway.ann, "u-1", bytes);
    QCOMPARE(gateway.fetched(gateway.ann, "u-1").toStdString(), bytes);
}

void UploadsTest::isOfWhoSentIt()
{
    Uploading gateway;
    const std::string bytes = photo(500);
    gateway.upload(gateway.ann, "u-1", bytes);
    gateway.user("amy", "buyer", {"A"});
    const auto amy = gateway.token("amy");
    const auto eve = gateway.token("eve");
    for (const std::string &other : {gateway.bob, amy, eve, std::string("nonsense")}) {
        QVERIFY(gateway.fetched(other, "u-1").isEmpty());
        QVERIFY(gateway.put(other, "u-1", 0, "x").status >= 400);
    }
    QCOMPARE(gateway.problemOf(gateway.announce(amy, Uploading::factsOf("u-1", bytes))), "key-reused");
    QCOMPARE(gateway.problemOf(gateway.announce(gateway.bob, Uploading::factsOf("u-2", bytes))), "not-found");
    QCOMPARE(gateway.problemOf(gateway.announce(eve, Uploading::factsOf("u-2", bytes))), "forbidden");
    for (const char *id : {"", "..", "u-1%00", "../../gateway.sqlite", "u_1"}) {
        auto facts = Uploading::factsOf(id, bytes);
        QVERIFY(gateway.announce(gateway.ann, facts).status >= 400);
        QVERIFY(gateway.send("GET", std::string("/v1/uploads/") + id, gateway.ann).status >= 400);
    }
}

// A command is taken once all that it refers to is there, and not before.
void UploadsTest::comesBeforeWhatRefersToIt()
{
    Uploading gateway;
    const std::string bytes = photo(500);
    const auto early = gateway.post(gateway.ann, Uploading::message("k-1", "u-1", bytes));
    QCOMPARE(early.status, 424);
    QCOMPARE(gateway.problemOf(early), "upload-missing");
    gateway.announce(gateway.ann, Uploading::factsOf("u-1", bytes));
    gateway.put(gateway.ann, "u-1", 0, bytes.substr(0, 400));
    QCOMPARE(gateway.post(gateway.ann, Uploading::message("k-1", "u-1", bytes)).status, 424);
    gateway.put(gateway.ann, "u-1", 400, bytes.substr(400));
    QCOMPARE(gateway.post(gateway.ann, Uploading::message("k-2", "u-1", photo(500, 'y'))).status,
             424); // not that one
    QCOMPARE(gateway.post(gateway.ann, Uploading::message("k-1", "u-1", bytes)).status, 200);
    // Somebody else's cannot be referred to.
    gateway.user("amy", "buyer", {"A"});
    QCOMPARE(gateway.post(gateway.token("amy"), Uploading::message("k-3", "u-1", bytes)).status, 424);
}

void UploadsTest::whoSeesTheReturnSeesIt()
{
    Uploading gateway;
    const std::string bytes = photo(500);
    gateway.upload(gateway.ann, "u-1", bytes);
    const auto sam = gateway.token("sam");
    QVERIFY(gateway.fetched(sam, "u-1").isEmpty());
    QCOMPARE(gateway.post(gateway.ann, Uploading::message("k-1", "u-1", bytes)).status, 200);
    QCOMPARE(gateway.fetched(sam, "u-1").toStdString(), bytes);
    QVERIFY(gateway.fetched(gateway.bob, "u-1").isEmpty());
    const auto part
        = gateway.core->handle({"GET", "/v1/uploads/u-1", {}, sam, {}, "192.0.2.1", "bytes=100-"});
    QCOMPARE(part.status, 206);
    QCOMPARE(part.document->range.bytes, 400);
}

// A decision carries the whole return, with the files that somebody else put to it.
void UploadsTest::staysWithWhatIsDecided()
{
    Uploading gateway;
    const std::string bytes = photo(500);
    gateway.upload(gateway.ann, "u-1", bytes);
    Command command;
    command.key = "k-1";
    command.verb = "decide";
    command.kind = &Return::type;
    command.account = "A";
    command.target = "RMA-A";
    command.record = AnyRecord(Return::type);
    command.record.as<Return>()->attachments.push_back(
        {"u-1", 0, "photo.jpg", "image/jpeg", std::ssize(bytes), sha256Hex(bytes)});
    command.base = command.record;
    QVERIFY(attachmentsOf(command).empty());
    command.base = AnyRecord(Return::type);
    QCOMPARE(attachmentsOf(command).size(), 1U);
    QCOMPARE(gateway.post(gateway.token("sam"), command).status, 424); // another's is not theirs to add
}

void UploadsTest::orphansGo()
{
    constexpr std::int64_t dayMs = 24LL * 3600 * 1000;
    Uploading gateway;
    const std::string bytes = photo(500);
    gateway.upload(gateway.ann, "u-1", bytes);
    gateway.upload(gateway.ann, "u-2", bytes);
    QCOMPARE(gateway.post(gateway.ann, Uploading::message("k-1", "u-2", bytes)).status, 200);
    gateway.later(8 * dayMs);
    gateway.core->tick();
    gateway.signInAgain();
    QVERIFY(gateway.fetched(gateway.ann, "u-1").isEmpty());
    QCOMPARE(gateway.fetched(gateway.ann, "u-2").toStdString(), bytes);
    gateway.die();
    QVERIFY(gateway.fetched(gateway.ann, "u-1").isEmpty());
    QCOMPARE(gateway.fetched(gateway.ann, "u-2").toStdString(), bytes);
}

// What somebody left lying makes room for what they send now, and for nobody else's.
void UploadsTest::whatIsLooseMakesRoom()
{
    Uploading gateway;
    const std::string bytes = photo(100);
    const auto sam = gateway.token("sam");
    gateway.upload(sam, "u-of-sam", bytes);
    for (int i = 0; i < 70; ++i) {
        gateway.later(1);
        gateway.upload(gateway.ann, "u-" + std::to_string(i), bytes);
    }
    QVERIFY(gateway.fetched(gateway.ann, "u-5").isEmpty());
    QCOMPARE(gateway.fetched(gateway.ann, "u-6").toStdString(), bytes);
    QCOMPARE(gateway.fetched(gateway.ann, "u-69").toStdString(), bytes);
    QCOMPARE(gateway.fetched(sam, "u-of-sam").toStdString(), bytes);
    auto facts = Uploading::factsOf("u-large", bytes);
    facts.bytes = mostAttachmentBytes;
    for (int i = 0; i < 30; ++i) {
        gateway.later(1);
        facts.upload = "u-large-" + std::to_string(i);
        QCOMPARE(gateway.announce(gateway.ann, facts).status, 200);
    }
    QVERIFY(gateway.fetched(gateway.ann, "u-69").isEmpty());
    QCOMPARE(gateway.problemOf(gateway.put(gateway.ann, "u-large-4", 0, bytes)), "not-found");
    QCOMPARE(gateway.put(gateway.ann, "u-large-5", 0, bytes).status, 200);
}

// The process died after the last byte, or the disk failed just then.
void UploadsTest::wholeOnesAreCompletedLater()
{
    Uploading gateway;
    const std::string bytes = photo(500);
    gateway.upload(gateway.ann, "u-1", bytes);
    gateway.upload(gateway.ann, "u-2", bytes);
    QDir folder(gateway.settings.uploadFolder);
    QVERIFY(folder.rename(QStringLiteral("u-1.file"), QStringLiteral("u-1.part")));
    QVERIFY(folder.rename(QStringLiteral("u-2.file"), QStringLiteral("u-2.part")));
    QFile changed(folder.filePath(QStringLiteral("u-2.part")));
    QVERIFY(changed.open(QIODevice::ReadWrite));
    changed.seek(400);
    changed.write("zz");
    changed.close();
    gateway.die();
    QVERIFY(Uploading::standing(gateway.announce(gateway.ann, Uploading::factsOf("u-1", bytes))).complete);
    QCOMPARE(gateway.fetched(gateway.ann, "u-1").toStdString(), bytes);
    QCOMPARE(Uploading::standing(gateway.announce(gateway.ann, Uploading::factsOf("u-2", bytes))).received,
             0);
    gateway.upload(gateway.ann, "u-2", bytes);
    QCOMPARE(gateway.fetched(gateway.ann, "u-2").toStdString(), bytes);
}

// Otherwise whoever asks for what is refused could fill the disk.
void UploadsTest::whatWasRefusedKeepsNothing()
{
    constexpr std::int64_t dayMs = 24LL * 3600 * 1000;
    Uploading gateway;
    auto record = std::make_shared<Return>();
    record->key = "RMA-A";
    record->account = "A";
    gateway.erp.put(&Return::type, "RMA-A", "A", AnyRecord(record));
    gateway.pumpAll();
    const std::string bytes = photo(500);
    for (const char *id : {"u-1", "u-2"})
        gateway.upload(gateway.ann, id, bytes);
    for (const auto &[key, id] : {std::pair("k-1", "u-1"), std::pair("k-2", "u-2")}) {
        Command command = Uploading::message(key, id, bytes);
        command.record.as<Message>()->fromSupplier = true; // which a buyer is not
        QCOMPARE(gateway.refusal(gateway.ann, command), std::string("forbidden"));
    }
    // Asked for again in time, it stays.
    QCOMPARE(gateway.refusal(gateway.ann, Uploading::message("k-3", "u-2", bytes)), std::string());
    gateway.later(8 * dayMs);
    gateway.core->tick();
    gateway.die();
    gateway.signInAgain();
    QVERIFY(gateway.fetched(gateway.ann, "u-1").isEmpty());
    QCOMPARE(gateway.fetched(gateway.ann, "u-2").toStdString(), bytes);
}

void UploadsTest::notOfferedWithoutAFolder()
{
    Commands gateway;
    QCOMPARE(
        gateway.send("POST", "/v1/uploads", gateway.ann, encode(Uploading::factsOf("u-1", photo(10)))).status,
        404);
}

CORE_TEST(UploadsTest)
#include "tst_uploads.moc"
