#include "paper.h"

#include "document.h"
#include "itempicture.h"
#include "papereinvoice.h"
#include "paperform.h"
#include "paperparts.h"
#include "papertable.h"

#include <QCoreApplication>
#include <QGuiApplication>

#include <algorithm>

namespace Counterfoil {

namespace {

// A hundred million million of the smallest unit: sums of as many lines as a paper may have stay far
// from what an integer holds.
constexpr std::int64_t amountMost = 100'000'000'000'000;
// A row of more text lines than these may be parted between two pages.
constexpr std::size_t keptTogether = 8;

// Where the rows of a page begin and end: (row, text line) pairs.
struct PaperPage
{
    std::size_t row = 0;
    std::size_t line = 0;
    std::size_t endRow = 0;
    std::size_t endLine = 0;
    Amount carriedIn;
    bool table = true; // false: for the slip alone
    bool totals = false;
    bool slip = false;
};

QString tr(const char *text)
{
    return QCoreApplication::translate("Paper", text);
}

Error refusal(const PaperData &data, const QString &why)
{
    const QString number = paperText(numberOf(data)).left(64);
    return Error{
        ErrorKind::BadInput,
        tr("The paper of %1 cannot be drawn: %2. Ask the supplier to correct the record.").arg(number, why)};
}

bool tooGreat(Amount amount)
{
    return amount.minor > amountMost || amount.minor < -amountMost;
}

// Adds up what a record says, whichever it is.
struct PaperLoad
{
    std::size_t text = 0;
    bool longText = false;
    bool great = false;
    bool longList = false;

    void take(const std::string &value)
    {
        text += value.size();
        longText = longText || value.size() > paperTextMost;
    }
    void take(const RecordType &type, const void *record)
    {
        for (const Field &field : type.fields) {
            if (field.type == FieldType::Text) {
                take(field.in<std::string>(record));
            } else if (field.type == FieldType::Amount) {
                great = great || tooGreat(field.in<Amount>(record));
            } else if (field.type == FieldType::List) {
                void *list = field.address(const_cast<void *>(record));
                const std::size_t size = field.list->size(list);
                longList = longList || size > paperLinesMost;
                for (std::size_t i = 0; i < size && !longList; ++i)
                    take(*field.element, field.list->at(list, i));
            }
        }
    }
    void take(const std::vector<PaperFact> &facts)
    {
        for (const PaperFact &fact : facts) {
            take(fact.label);
            take(fact.value);
        }
    }
};

// What could not be drawn soundly, or would never end; empty: nothing.
QString defect(const PaperData &data)
{
    if (data.payTo.size() > paperFactsMost)
        return tr("it has more than %1 payment instructions").arg(paperFactsMost);
    PaperLoad load;
    load.take(Invoice::type, &data.invoice);
    load.take(Order::type, &data.order);
    load.take(Shipment::type, &data.shipment);
    load.take(Payment::type, &data.payment);
    load.take(Return::type, &data.returned);
    load.longList = load.longList || data.item.statements.size() > paperLinesMost
        || data.statement.movements.size() > paperLinesMost;
    if (load.longList)
        return tr("it has more than %1 lines").arg(paperLinesMost);
    load.take(data.item.statements);
    load.take(data.payTo);
    load.great = load.great || tooGreat(data.statement.opening);
    for (const PaperStatement::Movement &movement : data.statement.movements) {
        load.take(movement.text);
        load.take(movement.theirs);
        load.great = load.great || tooGreat(movement.amount);
    }
    for (const std::string *value :
         {&data.issuer.name,       &data.issuer.address, &data.issuer.taxNumber, &data.issuer.phone,
          &data.issuer.email,      &data.issuer.website, &data.accountNumber,    &data.accountName,
          &data.customerTaxNumber, &data.taxName,        &data.taxNote,          &data.creditReason,
          &data.paymentReference,  &data.issuedTime,     &data.statement.number, &data.statement.currency,
          &data.item.number,       &data.item.sku,       &data.item.description, &data.item.revision})
        load.take(*value);
    if (load.longText || load.text > paperTotalTextMost)
        return tr("a text in it is longer than a paper can hold");
    return load.great ? tr("an amount in it is too large") : QString();
}

// Puts rows on pages: as many as fit, with room for what is carried forward.
std::vector<PaperPage> pagesOf(const PaperTable &table, const PaperParts &parts)
{
    std::vector<PaperPage> pages(1);
    const double bottom = parts.bottom();
    double y = parts.letterhead(nullptr) + PaperTable::headHeight;
    Amount carried;
    const auto turn = [&](std::size_t row, std::size_t line) {
        pages.back().endRow = row;
        pages.back().endLine = line;
        pages.push_back({row, line, row, line, carried});
        y = parts.heading(nullptr) + PaperTable::headHeight + PaperTable::carriedHeight;
    };
    for (std::size_t row = 0; row < table.rows(); ++row) {
        const std::size_t lines = table.textLines(row);
        for (std::size_t line = 0; line < lines;) {
            const double room = bottom - PaperTable::carriedHeight - PaperTable::rowGap - y;
            const auto fit = static_cast<std::size_t>(std::max(room / PaperTable::lineHeight(), 0.0));
            const std::size_t left = lines - line;
            if (fit < left && (left <= keptTogether || fit < keptTogether / 2)) {
                turn(row, line);
                continue;
            }
            if (line == 0)
                carried += table.carried(row);
            const std::size_t placed = std::min(fit, left);
            line += placed;
            y += PaperTable::rowGap + double(placed) * PaperTable::lineHeight();
        }
    }
    if (parts.totals(nullptr, y) > bottom)
        turn(table.rows(), 0);
    pages.back().endRow = table.rows();
    pages.back().endLine = 0;
    pages.back().totals = true;
    const double end = parts.totals(nullptr, y);
    if (end + 10 + parts.slip(nullptr, 0) > bottom)
        pages.push_back({table.rows(), 0, table.rows(), 0, {}, false});
    pages.back().slip = true;
    return pages;
}

void drawPage(PaperSheet &sheet, const PaperTable &table, const PaperParts &parts, const PaperPage &page,
              bool first, const PaperPage *next)
{
    double y = first ? parts.letterhead(&sheet) : parts.heading(&sheet);
    if (page.table) {
        table.drawHead(sheet, y);
        y += PaperTable::headHeight;
        if (!first && table.carries()) {
            table.drawCarried(sheet, y, QStringLiteral("Brought forward"), page.carriedIn);
            y += PaperTable::carriedHeight;
        }
    }
    std::size_t line = page.line;
    for (std::size_t row = page.row; row < page.endRow || (row == page.endRow && line < page.endLine);
         ++row) {
        const std::size_t to = row == page.endRow ? page.endLine : table.textLines(row);
        table.drawRow(sheet, y, row, line, to);
        y += PaperTable::rowGap + double(to - line) * PaperTable::lineHeight();
        line = 0;
    }
    if (next && next->table && table.carries())
        table.drawCarried(sheet, y, QStringLiteral("Carried forward"), next->carriedIn);
    if (page.totals)
        parts.totals(&sheet, y);
    if (page.slip)
        parts.slip(&sheet, parts.bottom() - parts.slip(nullptr, 0));
}

// Qt dates the file with the moment of writing. The paper is dated with its day of issue, so that the
// same data gives the same bytes; the length stays, on which the places of all objects depend.
void dateFile(QByteArray &pdf, Date issued)
{
    const QByteArray mark("/CreationDate (D:");
    const auto at = pdf.indexOf(mark);
    const auto end = pdf.indexOf(')', at);
    if (at < 0 || end < 0)
        return;
    const auto begin = at + mark.size();
    const auto digits = std::min<qsizetype>(14, end - begin);
    QByteArray stamp
        = issued.isSet() ? QByteArray::fromStdString(issued.toString()).replace('-', "") : "19700101";
    stamp += "000000";
    for (qsizetype i = 0; i < end - begin; ++i) {
        if (i < digits)
            pdf[begin + i] = i < stamp.size() ? stamp.at(i) : '0';
        else if (pdf.at(begin + i) >= '0' && pdf.at(begin + i) <= '9')
            pdf[begin + i] = '0';
    }
}

} // namespace

Result<std::string> drawPaper(const PaperData &data)
{
    if (!qobject_cast<QGuiApplication *>(QCoreApplication::instance()))
        return Error{ErrorKind::ServerDown,
                     tr("The supplier's system cannot draw papers now. Try again later."),
                     QStringLiteral("drawing a paper needs a QGuiApplication")};
    if (const QString why = defect(data); !why.isEmpty())
        return refusal(data, why);
    if (data.paper == Paper::picture) {
        QByteArray picture = drawItemPicture(data.item);
        dateFile(picture, data.issuedOn);
        return picture.toStdString();
    }
    const PaperType type;
    const PaperNumbers numbers(data.country, currencyOf(data));
    const PaperForm form = formOf(data, numbers);
    const PaperParts parts(data, form, type, numbers);
    const PaperTable table(form, type, numbers, parts.left(), parts.right());
    const std::vector<PaperPage> pages = pagesOf(table, parts);
    PaperSheet sheet(type, numbers.sheet(), parts.title(),
                     {QString::fromLatin1(einvoiceFileName),
                      isBilling(data) ? einvoiceOf(data) : QByteArray(), QStringLiteral("text/xml")});
    for (std::size_t i = 0; i < pages.size(); ++i) {
        if (i > 0)
            sheet.nextPage();
        drawPage(sheet, table, parts, pages[i], i == 0, i + 1 < pages.size() ? &pages[i + 1] : nullptr);
        parts.footer(sheet, i + 1, pages.size());
    }
    QByteArray pdf = sheet.finish();
    if (pdf.isEmpty())
        return Error{ErrorKind::Storage,
                     tr("The supplier's system could not draw this paper. Try again later.")};
    dateFile(pdf, data.issuedOn);
    return pdf.toStdString();
}

} // namespace Counterfoil
