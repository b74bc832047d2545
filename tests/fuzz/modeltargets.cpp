#include "einvoicecheck.h"
#include "einvoicereader.h"
#include "fuzztarget.h"
#include "invoice.h"
#include "jumptext.h"
#include "kinds.h"
#include "outboxcodec.h"
#include "randomrecord.h"
#include "renderprotocol.h"
#include "searchwords.h"

#include <QSizeF>

#include <sqlite3.h>

#include <memory>

namespace Counterfoil {

namespace {

QByteArray bytesOf(std::string_view text)
{
    return QByteArray(text.data(), static_cast<qsizetype>(text.size()));
}

// Whatever is cut into frames, and each frame as either end would read it.
const char *readRenderFrames(std::string_view bytes)
{
    FrameReader reader;
    const auto half = static_cast<std::ptrdiff_t>(bytes.size() / 2);
    reader.add(bytesOf(bytes.substr(0, static_cast<std::size_t>(half))));
    reader.next();
    reader.clear();
    reader.add(bytesOf(bytes));
    constexpr qsizetype lengthBytes = 4;
    while (const auto body = reader.next()) {
        if (const auto request = decodeRequest(*body)) {
            const auto again = decodeRequest(encodeFrame(*request).mid(lengthBytes));
            if (!again || encodeFrame(*again) != encodeFrame(*request))
                return "a request that was read is the same when it is written and read again";
        }
        if (const auto answer = decodeAnswer(*body)) {
            const auto again = decodeAnswer(encodeFrame(*answer).mid(lengthBytes));
            if (!again || encodeFrame(*again) != encodeFrame(*answer))
                return "an answer that was read is the same when it is written and read again";
        }
    }
    return nullptr;
}

std::string makeRenderFrames(Random &random)
{
    RenderRequest request;
    request.task = static_cast<RenderTask>(1 + random.below(std::uint64_t(RenderTask::Last)));
    request.id = static_cast<quint32>(random.next());
    request.part = QRect(0, 0, 10, 10);
    request.words = QStringLiteral("total");
    RenderAnswer answer;
    answer.task = static_cast<RenderTask>(random.below(std::uint64_t(RenderTask::Last) + 1));
    answer.document.title = QStringLiteral("Invoice");
    answer.document.pages.assign(static_cast<std::size_t>(random.below(3)), PageInfo{QSizeF(595, 842)});
    answer.words.assign(static_cast<std::size_t>(random.below(3)),
                        TextBox{QRectF(1, 2, 3, 4), QStringLiteral("Ü"), true});
    answer.hits.assign(static_cast<std::size_t>(random.below(3)),
                       TextHit{QRectF(1, 2, 3, 4), QRectF(), QStringLiteral("the total"), 4});
    answer.links.assign(static_cast<std::size_t>(random.below(3)),
                        PageLink{QRectF(1, 2, 3, 4), {2, 40}, QStringLiteral("https://example.com/")});
    answer.outline.assign(static_cast<std::size_t>(random.below(3)),
                          OutlineEntry{QStringLiteral("Lines"), 0, {1, 0}});
    return (encodeFrame(request) + encodeFrame(answer)).toStdString();
}

// An e-invoice that somebody sent: whatever is read can be checked, and says nothing twice over.
const char *readEInvoiceFile(std::string_view bytes)
{
    const auto invoice = readEInvoice(bytesOf(bytes));
    if (!invoice)
        return invoice.error().userText.isEmpty() ? "what cannot be read is said in a sentence" : nullptr;
    const EInvoiceFindings findings = checkInItself(*invoice);
    if (findings.size() > 2 * findingsMost + 1) // of each grade, and how many more there were
        return "findings are bounded";
    compareWithRecord(*invoice, Invoice{});
    compareWithPages(*invoice, invoice->number);
    return nullptr;
}

std::string makeEInvoiceFile(Random &random)
{
    const auto number = [&random] {
        static constexpr std::string_view signs[] = {"", "-", "+"};
        std::string text(signs[random.below(std::size(signs))]);
        return text + std::to_string(random.below(1'000'000)) + '.' + std::to_string(random.below(100));
    };
    const auto amount = [&](std::string_view name) {
        return '<' + std::string(name) + " currencyID=\"EUR\">" + number() + "</" + std::string(name) + '>';
    };
    const std::string tax = "<TaxCategory><ID>S</ID><Percent>" + number() + "</Percent></TaxCategory>";
    std::string xml = "<Invoice xmlns=\"urn:oasis:names:specification:ubl:schema:xsd:Invoice-2\"><ID>7</ID>"
                      "<IssueDate>2026-11-02</IssueDate><DocumentCurrencyCode>EUR</DocumentCurrencyCode>";
    xml += "<AllowanceCharge><ChargeIndicator>true</ChargeIndicator>" + amount("Amount") + tax
        + "</AllowanceCharge>";
    xml += "<TaxTotal>" + amount("TaxAmount") + "<TaxSubtotal>" + amount("TaxableAmount")
        + amount("TaxAmount") + tax + "</TaxSubtotal></TaxTotal><LegalMonetaryTotal>";
    for (const std::string_view name :
         {"LineExtensionAmount", "TaxExclusiveAmount", "TaxInclusiveAmount", "PayableAmount"})
        xml += amount(name);
    xml += "</LegalMonetaryTotal>";
    for (std::uint64_t i = random.below(4); i > 0; --i)
        xml += "<InvoiceLine><ID>" + std::to_string(i) + "</ID><InvoicedQuantity>" + number()
            + "</InvoicedQuantity>" + amount("LineExtensionAmount") + "<Price>" + amount("PriceAmount")
            + "</Price></InvoiceLine>";
    return xml + "</Invoice>";
}

// What somebody types or pastes becomes a question to SQLite, which must understand it.
const char *readSearch(std::string_view bytes)
{
    struct Close
    {
        void operator()(sqlite3 *db) const { sqlite3_close(db); }
    };
    static const std::unique_ptr<sqlite3, Close> db([]() {
        sqlite3 *opened = nullptr;
        sqlite3_open(":memory:", &opened);
        sqlite3_exec(opened, "CREATE VIRTUAL TABLE words USING fts5(text)", nullptr, nullptr, nullptr);
        return opened;
    }());
    const std::string typed(bytes);
    const std::string cleaned = JumpText::cleaned(typed);
    for (const std::string &number : JumpText::numbers(cleaned)) {
        if (number.empty())
            return "a number has digits";
        JumpText::withoutLabel(number);
    }
    for (const std::string &query :
         {SearchWords::query(typed), SearchWords::query(cleaned, SearchWords::Whole)}) {
        if (query.empty())
            continue;
        sqlite3_stmt *statement = nullptr;
        sqlite3_prepare_v2(db.get(), "SELECT rowid FROM words WHERE words MATCH ?", -1, &statement, nullptr);
        sqlite3_bind_text(statement, 1, query.data(), static_cast<int>(query.size()), SQLITE_TRANSIENT);
        sqlite3_step(statement);
        if (sqlite3_finalize(statement) != SQLITE_OK)
            return "SQLite understands what is asked of it";
    }
    return nullptr;
}

std::string makeSearch(Random &random)
{
    static constexpr std::string_view pieces[] = {"AB-12.5 ",   "\"bolt\" ", "PO:4500-771 ", "1Z 999 AA1 ",
                                                  "Überschuß ", "日本 ",     "* NEAR( ",     "\xe2\x80\x8f"};
    std::string text;
    for (std::uint64_t i = 1 + random.below(4); i > 0; --i)
        text += pieces[random.below(std::size(pieces))];
    return text;
}

// An entry as it lies in the outbox's file; a disk may have changed it.
const char *readOutboxEntry(std::string_view bytes)
{
    const auto entry = OutboxCodec::decode(bytes);
    if (!entry)
        return nullptr;
    const std::string text = OutboxCodec::encode(*entry);
    const auto again = OutboxCodec::decode(text);
    return again && OutboxCodec::encode(*again) == text
        ? nullptr
        : "an entry that was read is the same when it is written and read again";
}

std::string makeOutboxEntry(Random &random)
{
    const auto types = commandTypes();
    const CommandType &type = types[random.below(types.size())];
    OutboxEntry entry;
    entry.command.key = random.uuid();
    entry.command.verb = type.verb;
    entry.command.kind = type.kind;
    entry.command.account = "a-1";
    entry.command.target = "t-1";
    entry.command.madeAt = Instant{1'800'000'000'000};
    entry.command.base = randomRecord(*type.kind, random);
    entry.command.record = randomRecord(*type.kind, random);
    entry.state = static_cast<OutboxEntry::State>(random.below(9));
    entry.order = 1;
    if (random.below(2) == 0)
        entry.lastError = Error{ErrorKind::Timeout, QStringLiteral("Überlastet."), {}, 7, {}};
    entry.outcome.command = entry.command.key;
    entry.outcome.state = static_cast<CommandOutcome::State>(random.below(5));
    if (random.below(2) == 0)
        entry.outcome.theirs = randomRecord(*type.kind, random);
    return OutboxCodec::encode(entry);
}

} // namespace

std::span<const FuzzTarget> modelsFuzzTargets()
{
    static constexpr FuzzTarget all[] = {
        {"renderframes", readRenderFrames, makeRenderFrames},
        {"search", readSearch, makeSearch},
        {"einvoice", readEInvoiceFile, makeEInvoiceFile},
        {"outboxentry", readOutboxEntry, makeOutboxEntry},
    };
    return all;
}

} // namespace Counterfoil
