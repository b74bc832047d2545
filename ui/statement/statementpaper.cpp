#include "statementpaper.h"

#include "display.h"
#include "statementtext.h"
#include "statementwords.h"

#include <QAbstractTextDocumentLayout>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QSaveFile>
#include <QTextDocument>

#include <algorithm>

namespace Counterfoil {

namespace {

constexpr int dotsPerInch = 1'200;
constexpr double pointsPerInch = 72;
constexpr double margin = 48; // points
constexpr double footing = 24;

QString cell(const QString &text, const char *attributes = "")
{
    return QStringLiteral("<td %1>%2</td>").arg(QLatin1String(attributes), text.toHtmlEscaped());
}

QString figure(const QString &text)
{
    return cell(text, "align='right' style='white-space:nowrap'");
}

QString sumRow(const QString &name, Amount amount, const std::string &currency, bool strong = false)
{
    const QString row = cell(name) + figure(Display::money(amount, currency));
    return strong ? QStringLiteral("<tr style='font-weight:600'>%1</tr>").arg(row)
                  : QStringLiteral("<tr>%1</tr>").arg(row);
}

QString sumsOf(const AccountStatement &statement)
{
    const std::string &currency = statement.currency;
    QString rows = sumRow(StatementText::tr("Opening balance"), statement.opening, currency)
        + sumRow(StatementText::tr("Invoices"), statement.charged, currency);
    if (statement.credited != Amount())
        rows += sumRow(StatementText::tr("Credit memos"), statement.credited, currency);
    rows += sumRow(StatementText::tr("Payments"), statement.paid, currency);
    if (statement.discounts != Amount())
        rows += sumRow(StatementText::tr("Discounts for early payment"), statement.discounts, currency);
    return QStringLiteral("<table width='45%' cellpadding='2'>%1</table>")
        .arg(rows + sumRow(StatementText::tr("Closing balance"), statement.closing, currency, true));
}

QString ageingOf(const AccountStatement &statement)
{
    QString rows;
    for (const Ageing::Bucket bucket : {Ageing::NotDue, Ageing::To30, Ageing::To60, Ageing::Beyond})
        rows += sumRow(StatementWords::bucket(bucket), statement.ageing.amounts[bucket], statement.currency);
    if (statement.ageing.credits != Amount())
        rows += sumRow(StatementText::tr("Credits not yet offset"), statement.ageing.credits,
                       statement.currency);
    if (statement.unapplied != Amount())
        rows += sumRow(StatementText::tr("Paid and not yet applied"), -statement.unapplied,
                       statement.currency);
    rows += sumRow(StatementText::tr("Owed today"), statement.ageing.open() - statement.unapplied,
                   statement.currency, true);
    return QStringLiteral(
               "<p style='margin-top:14px'><b>%1</b></p><table width='45%' cellpadding='2'>%2</table>")
        .arg(StatementText::tr("Open on %1").arg(StatementWords::day(statement.today)).toHtmlEscaped(), rows);
}

QString entriesOf(const AccountStatement &statement)
{
    const QString rule = QStringLiteral("border-bottom:0.5px solid #b8bfca");
    QString rows;
    const auto balance = [&](const QString &name, Amount amount, Date on) {
        rows += QStringLiteral("<tr style='font-weight:600'>%1</tr>")
                    .arg(cell(StatementWords::day(on)) + cell(name) + cell({}) + cell({}) + cell({})
                         + figure(Display::money(amount, statement.currency)));
    };
    balance(StatementText::tr("Opening balance"), statement.opening, statement.from);
    for (const StatementEntry &entry : statement.entries)
        rows += QStringLiteral("<tr>%1</tr>")
                    .arg(cell(StatementWords::day(entry.on))
                         + cell(StatementWords::nameOf(entry.what) + QLatin1Char(' ')
                                + Display::text(entry.number))
                         + cell(Display::text(entry.reference)) + cell(StatementWords::day(entry.dueOn))
                         + figure(Display::money(entry.amount, statement.currency))
                         + figure(Display::money(entry.balance, statement.currency)));
    balance(StatementText::tr("Closing balance"), statement.closing, statement.to);
    const auto head = [&rule](const QString &text, const char *align) {
        return QStringLiteral("<th align='%1' style='%2'>%3</th>")
            .arg(QLatin1String(align), rule, text.toHtmlEscaped());
    };
    return QStringLiteral(
               "<table width='100%' cellpadding='3' cellspacing='0'><thead><tr>%1</tr></thead>%2</table>")
        .arg(head(StatementText::tr("Date"), "left") + head(StatementText::tr("What"), "left")
                 + head(StatementText::tr("Reference"), "left") + head(StatementText::tr("Due"), "left")
                 + head(StatementText::tr("Amount"), "right") + head(StatementText::tr("Balance"), "right"),
             rows);
}

QString htmlOf(const AccountStatement &statement, const QString &supplier)
{
    const QString account
        = StatementText::tr("%1, account %2")
              .arg(Display::text(statement.account.name), Display::text(statement.account.number));
    QString html
        = QStringLiteral("<p>%1</p><h1>%2</h1><p><b>%3</b><br>%4</p>")
              .arg(supplier.toHtmlEscaped(), StatementText::tr("Statement of account").toHtmlEscaped(),
                   account.toHtmlEscaped(), StatementWords::period(statement).toHtmlEscaped());
    html += sumsOf(statement) + QStringLiteral("<p></p>") + entriesOf(statement) + ageingOf(statement);
    if (const QString caution = StatementWords::caution(statement); !caution.isEmpty())
        html += QStringLiteral("<p>%1</p>").arg(caution.toHtmlEscaped());
    return html;
}

void drawPages(QTextDocument &document, QPdfWriter &writer, const QString &foot)
{
    const double scale = dotsPerInch / pointsPerInch;
    const QSizeF page = writer.pageLayout().fullRect(QPageLayout::Point).size();
    const QSizeF body(page.width() - 2 * margin, page.height() - 2 * margin - footing);
    document.setPageSize(body);
    QPainter painter(&writer);
    painter.scale(scale, scale);
    const int pages = document.pageCount();
    for (int i = 0; i < pages; ++i) {
        if (i > 0)
            writer.newPage();
        painter.save();
        painter.translate(margin, margin - i * body.height());
        const QRectF part(0, i * body.height(), body.width(), body.height());
        painter.setClipRect(part);
        QAbstractTextDocumentLayout::PaintContext context;
        context.clip = part;
        context.palette.setColor(QPalette::Text, Qt::black);
        document.documentLayout()->draw(&painter, context);
        painter.restore();
        painter.setFont(document.defaultFont());
        painter.drawText(QRectF(margin, page.height() - margin, body.width(), footing),
                         int(Qt::AlignLeft | Qt::AlignBottom), foot);
        painter.drawText(QRectF(margin, page.height() - margin, body.width(), footing),
                         int(Qt::AlignRight | Qt::AlignBottom),
                         StatementText::tr("Page %1 of %2").arg(i + 1).arg(pages));
    }
}

// The words of a page can be searched for and copied: ligatures and figures that change their shape beside
// others cannot, so fonts that are known to have none come first.
QFont paperFont()
{
    QFont font;
    font.setFamilies({QStringLiteral("Noto Sans"), QStringLiteral("Segoe UI"),
                      QStringLiteral("Helvetica Neue"), QStringLiteral("DejaVu Sans")});
    font.setPixelSize(9);
    font.setHintingPreference(QFont::PreferNoHinting);
    return font;
}

bool writesOnLetter(const std::string &country)
{
    constexpr std::string_view countries[]{"US", "CA", "MX", "PH", "CL", "CO"};
    return std::ranges::find(countries, country) != std::end(countries);
}

} // namespace

Outcome writeStatementPaper(const AccountStatement &statement, const QString &supplier, const QString &file)
{
    QSaveFile target(file);
    const auto failed = [&target] {
        return Error{
            ErrorKind::Storage,
            StatementText::tr("The statement could not be saved there. Choose another folder, or make room."),
            target.errorString()};
    };
    if (!target.open(QIODevice::WriteOnly))
        return failed();
    QPdfWriter writer(&target);
    writer.setPageLayout(
        QPageLayout(QPageSize(writesOnLetter(statement.account.country) ? QPageSize::Letter : QPageSize::A4),
                    QPageLayout::Portrait, QMarginsF()));
    writer.setResolution(dotsPerInch);
    writer.setCreator(QStringLiteral("Counterfoil"));
    writer.setTitle(StatementWords::fileName(statement));
    QTextDocument document;
    document.setDefaultFont(paperFont());
    document.setDocumentMargin(0);
    document.setUndoRedoEnabled(false);
    document.setHtml(htmlOf(statement, supplier));
    drawPages(document, writer, StatementText::tr("%1, %2").arg(supplier, StatementWords::period(statement)));
    if (!target.commit())
        return failed();
    return Done();
}

} // namespace Counterfoil
