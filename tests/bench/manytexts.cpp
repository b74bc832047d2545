#include "manytexts.h"

#include "cachereader.h"
#include "cachewriter.h"
#include "document.h"
#include "filetexts.h"
#include "random.h"

#include <QElapsedTimer>
#include <QFile>

#include <cstdio>
#include <iterator>

namespace Counterfoil {

namespace {

constexpr int documentsAPage = 1'000;
constexpr std::int64_t newest = 1'700'000'000'000;
constexpr std::int64_t apartMs = 15 * 60'000; // so that 100,000 are three years

constexpr const char *things[]
    = {"Hexagon bolt",   "Socket screw",  "Washer",        "Rubber gasket", "Threaded rod",
       "Lock nut",       "Pipe clamp",    "Anchor",        "Copper seal",   "Spring pin",
       "Cable tie",      "Hinge",         "Shelf bracket", "Wood screw",    "Rivet",
       "Retaining ring", "Grease nipple", "Eye bolt",      "Turnbuckle",    "Shackle"};
constexpr const char *finishes[]
    = {"zinc plated", "stainless A2", "stainless A4", "black", "galvanised", "brass"};
constexpr const char *towns[]
    = {"Manchester", "Leeds", "Bristol", "Glasgow", "Cardiff", "Norwich", "York", "Hull"};
constexpr const char *streets[]
    = {"Station Road", "Mill Lane", "Harbour Way", "Church Street", "Victoria Avenue"};

template <std::size_t size> std::string one(const char *const (&of)[size], SeededRandom &random)
{
    return of[random.below(size)];
}

std::string number(SeededRandom &random, std::uint64_t below)
{
    return std::to_string(random.below(below));
}

std::string textOf(int n)
{
    SeededRandom random(static_cast<std::uint64_t>(n) + 1);
    std::string text = "INVOICE\nInvoice number INV-" + std::to_string(200'000 + n) + "\nYour order PO "
        + number(random, 9'000'000) + "\nOrder SO-" + std::to_string(100'000 + n) + "\nAccount 1"
        + number(random, 4'000) + "\nDeliver to " + one(towns, random) + " depot, " + number(random, 200)
        + ' ' + one(streets, random) + ", " + one(towns, random)
        + "\nPosition Item Description Quantity Price Net\n";
    const auto lines = 8 + random.below(30);
    for (std::uint64_t line = 1; line <= lines; ++line) {
        text += std::to_string(line) + " F-" + number(random, 90'000) + "-M" + number(random, 20) + ' '
            + one(things, random) + " M" + number(random, 24) + " x " + number(random, 200) + ", "
            + one(finishes, random) + ' ' + number(random, 500) + " each " + number(random, 90) + '.'
            + number(random, 99) + ' ' + number(random, 9'000) + '.' + number(random, 99) + '\n';
    }
    return text
        + "Net total VAT at 20 % Amount due by bank transfer within 30 days\nGoods remain our property until "
          "paid for in full. Thank you for your business.\n"
        + FileText::pageEnd;
}

Document documentOf(int n)
{
    Document document;
    document.key = "doc-" + std::to_string(n);
    document.account = "a" + std::to_string(n % 40);
    document.number = "INV-" + std::to_string(200'000 + n);
    document.paper = "invoice";
    document.mediaType = "application/pdf";
    document.dated = Instant{newest - n * apartMs};
    document.issued = true;
    document.bytes = 60'000;
    const std::string digits = std::to_string(n);
    document.sha256 = std::string(64 - digits.size(), 'e') + digits;
    return document;
}

Outcome fill(CacheWriter &writer, int documents)
{
    if (const auto begun = writer.beginFill({std::string(Document::type.name)}, "made"); !begun)
        return begun;
    for (int n = 0; n < documents; n += documentsAPage) {
        FillPage page;
        page.kind = &Document::type;
        page.listed = n + documentsAPage >= documents;
        for (int i = n; i < std::min(n + documentsAPage, documents); ++i) {
            const Document document = documentOf(i);
            Change change{&Document::type, document.key, document.account, i + 1, 1, document.dated, {}};
            change.record = AnyRecord(std::make_shared<Document>(document));
            page.rows.push_back(std::move(change));
        }
        if (const auto stored = writer.applyFillPage(page); !stored)
            return stored.error();
    }
    const auto finished = writer.finishFill();
    while (finished && writer.wordsWaiting()) {
        if (const auto stored = writer.storeWords({}); !stored)
            return stored.error();
    }
    return finished ? Outcome(Done()) : finished.error();
}

Outcome readAll(CacheWriter &writer, const QString &path, int documents)
{
    CacheReader reader(path);
    for (int n = 0; n < documents; n += documentsAPage) {
        std::vector<FileText> texts;
        for (int i = n; i < std::min(n + documentsAPage, documents); ++i) {
            const Document document = documentOf(i);
            const auto row = reader.byKey(Document::type, document.key);
            if (!row || !*row)
                return Error{ErrorKind::Storage, {}, QStringLiteral("a document is missing")};
            texts.push_back({(*row)->id, document.sha256, FileText::State::Whole, textOf(i), "bench"});
        }
        if (const auto stored = writer.storeTexts(Document::type, texts); !stored)
            return stored.error();
        std::fprintf(stderr, "\r%d texts", n + documentsAPage);
    }
    return Done();
}

bool isWhole(const QString &path, int documents)
{
    if (!QFile::exists(path))
        return false;
    CacheReader reader(path);
    const auto counts = FileTexts(reader, Document::type).counts();
    return counts && counts->read == documents;
}

} // namespace

QString manyTexts(const QDir &folder, int documents)
{
    folder.mkpath(QStringLiteral("."));
    QString path = folder.filePath(QStringLiteral("inside-%1.sqlite").arg(documents));
    if (isWhole(path, documents))
        return path;
    for (const char *suffix : {"", "-wal", "-shm"})
        QFile::remove(path + QLatin1String(suffix));
    QElapsedTimer timer;
    timer.start();
    const auto writer = CacheWriter::open(path);
    Outcome made = writer ? fill(**writer, documents) : writer.error();
    if (made)
        made = readAll(**writer, path, documents);
    std::fprintf(stderr, "\r%d documents and their texts stored in %.1f s\n", documents,
                 static_cast<double>(timer.elapsed()) / 1e3);
    if (!made)
        std::fprintf(stderr, "%s\n", qUtf8Printable(made.error().detail));
    return made ? path : QString();
}

std::vector<std::string> typedInside(int documents)
{
    std::vector<std::string> typed{"rubber gasket",      "manchester",  "turnbuckle black", "retaining",
                                   "galvanised shackle", "harbour way", "f-4411",           "po 77",
                                   "zzz nothing",        "invoice"};
    for (const int part : {3, 30, 60, 95})
        typed.push_back("so-" + std::to_string(100'000 + documents / 100 * part));
    return typed;
}

} // namespace Counterfoil
