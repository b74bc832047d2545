#include "invoicedetailpane.h"

#include "actions.h"
#include "display.h"
#include "document.h"
#include "documentactions.h"
#include "documentview.h"
#include "invoicewords.h"
#include "linesmodel.h"
#include "linesview.h"
#include "pagerenderer.h"
#include "recordcell.h"
#include "recordheader.h"
#include "statepanel.h"
#include "type.h"

#include <QDataStream>
#include <QLabel>
#include <QScrollArea>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>
#include <map>

namespace Counterfoil {

namespace {

constexpr int digitsSideBySide = 104; // from this width on, the paper stands beside the facts
constexpr int layoutVersion = 2;

DetailPane::Words invoiceWords()
{
    return {InvoiceDetailPane::tr("Invoice"),
            InvoiceDetailPane::tr("Copy the invoice number"),
            Icons::Icon::Orders,
            InvoiceDetailPane::tr("No invoice chosen"),
            InvoiceDetailPane::tr("Choose one in the list, or press Ctrl+K and type its number."),
            InvoiceDetailPane::tr("This invoice is not on this computer")};
}

} // namespace

InvoiceDetailPane::InvoiceDetailPane(const PaneContext &context, QWidget *parent)
    : DetailPane(context, Invoice::type, invoiceWords(), parent)
    , m_renderer(new PageRenderer(context.renderProgram, this))
    , m_linesModel(new LinesModel(tr("Item"), this))
    , m_lines(new LinesView(*m_linesModel, scroll().widget()))
    , m_sums(new FactsGrid(12, 6, scroll().widget()))
    , m_settledModel(new LinesModel(tr("What"), this))
    , m_settled(new LinesView(*m_settledModel, scroll().widget()))
    , m_discount(new QLabel(scroll().widget()))
    , m_paper(new QWidget(this))
    , m_document(new DocumentView(context.documents, *m_renderer, m_paper))
    , m_noPaper(nullptr)
    , m_splitter(new QSplitter(this))
{
    constexpr int margin = RecordHeader::edgePadding;
    m_lines->setAccessibleName(tr("Lines of the invoice"));
    m_settled->setAccessibleName(tr("Payments and credits"));
    m_discount->setWordWrap(true);
    m_discount->setTextFormat(Qt::PlainText);
    addBelowBanner(m_discount);
    m_settledSection = addSection(tr("Payments and credits"), m_settled, 0);
    m_linesSection = addSection(tr("Lines"), m_lines, 0);
    addSection(tr("Sums"), m_sums, margin);
    endSections();
    setFocusProxy(m_lines);

    auto *paper = new QVBoxLayout(m_paper);
    paper->setContentsMargins(0, 0, 0, 0);
    paper->addWidget(m_document);
    m_noPaper = new StatePanel(m_paper);
    layout()->removeWidget(&scroll());
    m_splitter->addWidget(&scroll());
    m_splitter->addWidget(m_paper);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(1); // the grip reaches a little to both sides
    m_splitter->handle(1)->setAutoFillBackground(true);
    m_splitter->handle(1)->setBackgroundRole(QPalette::Mid);
    scroll().setMinimumSize(160, 90);
    m_paper->setMinimumSize(160, 120);
    layout()->addWidget(m_splitter);
    connect(m_splitter, &QSplitter::splitterMoved, this, &InvoiceDetailPane::keepSizes);
    turn(true);
}

InvoiceDetailPane::~InvoiceDetailPane()
{
    delete m_document; // it speaks to the renderer, which is older and would go first
}

void InvoiceDetailPane::focusBody()
{
    if (isDocumentShown())
        m_document->setFocus(Qt::OtherFocusReason);
    else
        m_lines->setFocus(Qt::OtherFocusReason);
}

void InvoiceDetailPane::addActions(Actions &actions)
{
    actions.add(QStringLiteral("document.toggle"), tr("Document"), tr("Show or hide the document"),
                {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_V)},
                [this] { setDocumentShown(!isDocumentShown()); });
    addDocumentActions(actions, *m_document);
}

void InvoiceDetailPane::setDocumentShown(bool shown)
{
    m_paper->setVisible(shown);
    if (const auto *invoice = watch().record<Invoice>(); shown && invoice)
        showDocument(*invoice);
}

bool InvoiceDetailPane::isDocumentShown() const
{
    return !m_paper->isHidden();
}

void InvoiceDetailPane::turn(bool force)
{
    const int digit = fontMetrics().horizontalAdvance(QLatin1Char('0'));
    const Qt::Orientation wanted = width() >= digitsSideBySide * digit ? Qt::Horizontal : Qt::Vertical;
    if (!force && m_splitter->orientation() == wanted)
        return;
    m_splitter->setOrientation(wanted);
    m_splitter->setStretchFactor(0, 2);
    m_splitter->setStretchFactor(1, 3);
    if (!m_splitter->restoreState(m_sizes.value(wanted))) {
        const int room = wanted == Qt::Horizontal ? width() : height();
        m_splitter->setSizes({room * 2 / 5, room * 3 / 5});
    }
    m_splitter->setOrientation(wanted); // which the state restored may say otherwise
}

void InvoiceDetailPane::keepSizes()
{
    m_sizes[m_splitter->orientation()] = m_splitter->saveState();
}

void InvoiceDetailPane::resizeEvent(QResizeEvent *event)
{
    DetailPane::resizeEvent(event);
    turn(false);
}

QByteArray InvoiceDetailPane::saveLayout() const
{
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream << layoutVersion << isDocumentShown() << m_sizes.value(Qt::Horizontal)
           << m_sizes.value(Qt::Vertical) << m_document->saveLook();
    return bytes;
}

void InvoiceDetailPane::restoreLayout(const QByteArray &bytes)
{
    QDataStream stream(bytes);
    int version = 0;
    bool shown = true;
    QByteArray across;
    QByteArray down;
    QByteArray look;
    stream >> version;
    if (version != layoutVersion)
        return;
    stream >> shown >> across >> down >> look;
    if (stream.status() != QDataStream::Ok)
        return;
    m_sizes = {{Qt::Horizontal, across}, {Qt::Vertical, down}};
    setDocumentShown(shown);
    m_document->restoreLook(look);
    turn(true);
}

void InvoiceDetailPane::resetLayout()
{
    m_sizes.clear();
    setDocumentShown(true);
    turn(true);
}

void InvoiceDetailPane::showRecord()
{
    const Invoice &invoice = *watch().record<Invoice>();
    const std::vector<Payment> payments = watch().linkedOf<Payment>();
    showHead(invoice, payments);
    showFacts();
    addresses().setFacts({{tr("Bill to"), DetailText::place(invoice.billToName, invoice.billToAddress)},
                          {tr("Ship to"), DetailText::place(invoice.shipToName, invoice.shipToAddress)}});
    showSettlement(invoice, payments);
    showLines(invoice);
    showSums(invoice);
    if (isDocumentShown())
        showDocument(invoice);
}

QString InvoiceDetailPane::summary() const
{
    const Invoice &invoice = *watch().record<Invoice>();
    const QString number = Display::text(invoice.number);
    const QString issued = Display::shortDate(invoice.issuedAt);
    QStringList sentences{
        invoice.credit ? tr("Credit memo %1 was issued on %2.", "a number and a date").arg(number, issued)
                       : tr("Invoice %1 was issued on %2.", "a number and a date").arg(number, issued)};
    if (!invoice.orderNumber.empty())
        sentences.append(
            invoice.poReference.empty()
                ? tr("It is for order %1.").arg(Display::text(invoice.orderNumber))
                : tr("It is for order %1, your PO %2.")
                      .arg(Display::text(invoice.orderNumber), Display::text(invoice.poReference)));
    if (!invoice.credit)
        sentences.append(
            tr("It comes to %1.", "an amount").arg(Display::money(invoice.total, invoice.currency)));
    sentences.append(standingOf(invoice, watch().linkedOf<Payment>(), today()).sentence);
    return sentences.join(u' ');
}

void InvoiceDetailPane::showHead(const Invoice &invoice, const std::vector<Payment> &payments)
{
    const auto cell = [&](int role) {
        return recordCell(Invoice::type, &invoice, *Invoice::type.find("status"), role, context().wording,
                          {today()})
            .toString();
    };
    setChip(cell(Qt::DisplayRole), cell(ItemRole::Symbol), toneNamed(cell(ItemRole::Tone)));
    QStringList parts;
    if (invoice.credit && !invoice.creditedNumber.empty())
        parts.append(tr("credits %1", "an invoice's number").arg(Display::text(invoice.creditedNumber)));
    else if (!invoice.orderNumber.empty())
        parts.append(tr("for %1", "an order's number").arg(Display::text(invoice.orderNumber)));
    if (!invoice.poReference.empty())
        parts.append(Display::text(invoice.poReference));
    if (invoice.dueOn.isSet())
        parts.append(tr("due %1", "a date").arg(Display::shortDate(invoice.dueOn)));
    setHeading(Display::text(invoice.number), parts.join(QStringLiteral(" · ")),
               Display::full(invoice.issuedAt));
    const InvoiceStanding standing = standingOf(invoice, payments, today());
    setBanner(standing.sentence, standing.tone);
    const QString discount = earlyDiscountOf(invoice, today());
    m_discount->setText(discount);
    m_discount->setVisible(!discount.isEmpty());
}

void InvoiceDetailPane::showFacts()
{
    const Invoice &invoice = *watch().record<Invoice>();
    using DetailText::orDash;
    facts().setFacts(
        {{tr("Amount"), Display::money(invoice.total, invoice.currency)},
         {tr("Open"), Display::money(invoice.openAmount, invoice.currency)},
         asOf(),
         {tr("Issued"), orDash(Display::shortDate(invoice.issuedAt)), Display::full(invoice.issuedAt)},
         {tr("Due"), orDash(Display::shortDate(invoice.dueOn)), Display::full(invoice.dueOn)},
         {tr("Terms"), orDash(Display::text(invoice.terms))}});
}

void InvoiceDetailPane::showLines(const Invoice &invoice)
{
    QList<LineWords> lines;
    for (const InvoiceLine &line : invoice.lines) {
        LineWords words{line.lineNumber, Display::text(line.sku), Display::text(line.description)};
        if (words.name.isEmpty())
            words.name = std::exchange(words.description, QString()); // freight and the like have no item
        words.values
            = {Display::quantity(line.quantity), line.unit == "each" ? QString() : Display::text(line.unit),
               Display::unitPrice(line.unitPrice, invoice.currency),
               tr("%1 %", "a tax rate in per cent").arg(Display::quantity(line.taxRate)),
               Display::money(line.net, invoice.currency)};
        lines.append(words);
    }
    m_linesModel->setLines(
        {{tr("Quantity"), 0}, {tr("Unit"), 4}, {tr("Price"), 2}, {tr("Tax"), 3}, {tr("Net"), 1}}, lines);
    m_linesSection.title->setText(tr("Lines · %1").arg(invoice.lines.size()));
}

void InvoiceDetailPane::showSums(const Invoice &invoice)
{
    // What the lines say of tax, by rate; what remains of the tax belongs to the freight.
    std::map<Decimal, Amount> byRate;
    Amount told;
    for (const InvoiceLine &line : invoice.lines) {
        byRate[line.taxRate] += line.tax;
        told += line.tax;
    }
    QList<Fact> sums{{tr("Net"), Display::money(invoice.net, invoice.currency)}};
    if (invoice.freight != Amount())
        sums.append({tr("Freight"), Display::money(invoice.freight, invoice.currency)});
    for (const auto &[rate, tax] : byRate) {
        if (tax != Amount())
            sums.append({tr("Tax at %1 %", "a rate in per cent").arg(Display::quantity(rate)),
                         Display::money(tax, invoice.currency)});
    }
    if (invoice.tax != told)
        sums.append({tr("Tax on freight"), Display::money(invoice.tax - told, invoice.currency)});
    sums.append({tr("Total"), Display::money(invoice.total, invoice.currency)});
    m_sums->setFacts(sums);
}

void InvoiceDetailPane::showSettlement(const Invoice &invoice, const std::vector<Payment> &payments)
{
    struct Entry
    {
        Instant at;
        LineWords words;
    };
    std::vector<Entry> entries;
    for (const Payment &payment : payments) {
        for (const PaymentPart &part : payment.parts) {
            if (part.invoice != invoice.key)
                continue;
            LineWords words{static_cast<qint64>(entries.size()),
                            tr("Payment %1", "its number").arg(Display::text(payment.number))};
            QStringList about{Display::text(payment.method), Display::text(payment.reference)};
            if (part.discount != Amount())
                about.append(tr("%1 kept back for paying early", "an amount")
                                 .arg(Display::money(part.discount, payment.currency)));
            about.removeAll(QString());
            words.description = about.join(QStringLiteral(" · "));
            words.values
                = {Display::shortDate(payment.receivedAt), Display::money(part.amount, payment.currency)};
            entries.push_back({payment.receivedAt, words});
        }
    }
    for (const Invoice &credit : watch().linkedOf<Invoice>()) {
        if (credit.creditedInvoice != invoice.key)
            continue;
        LineWords words{static_cast<qint64>(entries.size()),
                        tr("Credit memo %1", "its number").arg(Display::text(credit.number))};
        words.values = {Display::shortDate(credit.issuedAt), Display::money(credit.total, credit.currency)};
        entries.push_back({credit.issuedAt, words});
    }
    std::ranges::stable_sort(entries, std::greater(), &Entry::at);
    QList<LineWords> lines;
    for (const Entry &entry : entries)
        lines.append(entry.words);
    m_settledModel->setLines({{tr("Date"), 1}, {tr("Amount"), 0}}, lines);
    m_settledSection.box->setVisible(!lines.isEmpty());
}

void InvoiceDetailPane::showDocument(const Invoice &invoice)
{
    QString key;
    for (const Document &document : watch().linkedOf<Document>()) {
        if (document.invoice == invoice.key)
            key = Display::text(document.key);
    }
    if (key.isEmpty())
        m_noPaper->tell(Icons::Icon::Empty, tr("No document yet"),
                        tr("The ERP has announced none for %1. It appears here the moment there is one.",
                           "an invoice's number")
                            .arg(Display::text(invoice.number)));
    else
        m_noPaper->dismiss();
    if (key != m_documentKey) {
        m_documentKey = key;
        m_document->setDocument(key, Display::text(invoice.number));
    }
    m_document->setRecord(invoice, context().person.supplier);
}

} // namespace Counterfoil
