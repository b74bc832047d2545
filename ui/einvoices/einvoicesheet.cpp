#include "einvoicesheet.h"

#include "display.h"
#include "einvoicewords.h"
#include "linesmodel.h"
#include "linesview.h"
#include "recordheader.h"
#include "selectable.h"
#include "type.h"

#include <QGridLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace Counterfoil {

namespace {

constexpr int margin = RecordHeader::edgePadding;
// What is shown, so that no file keeps the window busy; the rest is in the XML.
constexpr qsizetype notesMost = 60;     // of a line
constexpr qsizetype factsMost = 100;    // of a section
constexpr qsizetype textMost = 20'000;  // characters of a section
constexpr qsizetype lineTextMost = 500; // characters of what stands in one line

// Only what is there.
void append(QList<Fact> &facts, const QString &caption, const QString &value, const QString &fullForm = {})
{
    if (!value.isEmpty())
        facts.append({caption, value, fullForm});
}

void append(QList<Fact> &facts, const QString &caption, Date date)
{
    append(facts, caption, Display::shortDate(date), Display::full(date));
}

QString period(Date from, Date to)
{
    if (!from.isSet() && !to.isSet())
        return {};
    return EInvoiceSheet::tr("%1 – %2", "from one day to another")
        .arg(Display::shortDate(from), Display::shortDate(to));
}

QString joined(QStringList parts, const QString &between)
{
    parts.removeAll(QString());
    return parts.join(between);
}

QString labelled(const char *pattern, const QString &value)
{
    return value.isEmpty() ? QString() : EInvoiceSheet::tr(pattern).arg(value);
}

QString partyLines(const EInvoiceParty &party)
{
    QStringList lines{party.name,
                      party.tradingName == party.name ? QString() : party.tradingName,
                      party.street,
                      party.street2,
                      party.street3,
                      joined({party.postcode, party.city}, QStringLiteral(" ")),
                      party.region,
                      EInvoiceWords::country(party.country),
                      labelled(QT_TR_NOOP("VAT number %1"), party.vatId),
                      labelled(QT_TR_NOOP("Tax number %1"), party.taxNumber),
                      labelled(QT_TR_NOOP("Registered as %1"), party.legalId),
                      labelled(QT_TR_NOOP("Number %1"), party.ids.join(QStringLiteral(", "))),
                      joined({party.contact, party.department}, QStringLiteral(", ")),
                      party.phone,
                      party.email,
                      party.electronicAddress == party.email ? QString() : party.electronicAddress};
    lines += party.description.split(u'\n');
    for (QString &line : lines)
        line = line.simplified();
    lines.removeAll(QString());
    lines.removeDuplicates(); // a country may be told by its name and by its code
    return lines.join(u'\n');
}

// A table of lines shows a note in one line and cuts what does not fit, so a long one is parted here.
QStringList wrapped(const QString &text)
{
    constexpr qsizetype most = 90;
    constexpr qsizetype linesMost = 40;
    QStringList lines;
    for (QString rest : text.split(u'\n', Qt::SkipEmptyParts)) {
        rest = rest.simplified();
        while (rest.size() > most) {
            const qsizetype space = rest.lastIndexOf(u' ', most);
            const qsizetype at = space > 0 ? space : most;
            lines.append(rest.left(at));
            rest = rest.mid(at).trimmed();
        }
        if (!rest.isEmpty())
            lines.append(rest);
    }
    if (lines.size() > linesMost)
        lines = lines.mid(0, linesMost) << QStringLiteral("…");
    return lines;
}

QString reasonOf(const EInvoiceAllowance &each)
{
    const QString kind = each.charge ? EInvoiceSheet::tr("Charge") : EInvoiceSheet::tr("Discount");
    return each.reason.isEmpty() ? kind : each.reason;
}

QLabel *paragraph(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    makeSelectable(*label);
    return label;
}

} // namespace

EInvoiceSheet::EInvoiceSheet(const EInvoice &invoice, QWidget *parent)
    : QWidget(parent)
    , m_invoice(invoice)
    , m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, margin);
    m_layout->setSpacing(0);
    addHead();
    addParties();
    addLines();
    addAllowances();
    addTaxes();
    addTotals();
    addPayment();
    addReferences();
    addNotes();
    addFiles();
    m_layout->addStretch();
}

QString EInvoiceSheet::money(const Stated &number) const
{
    return EInvoiceWords::amount(number, m_invoice.currency);
}

void EInvoiceSheet::addSection(const QString &title, QWidget *content, int sideMargin)
{
    if (!title.isEmpty()) {
        auto *label = new QLabel(title, this);
        Type::set(*label, Type::Role::CaptionStrong);
        Type::setMuted(*label);
        label->setContentsMargins(margin, 0, margin, 0);
        m_layout->addWidget(label);
    }
    auto *inset = new QHBoxLayout;
    inset->setContentsMargins(sideMargin, sideMargin > 0 && !title.isEmpty() ? Space::small : 0, sideMargin,
                              0);
    inset->addWidget(content);
    m_layout->addLayout(inset);
    m_layout->addSpacing(Space::huge);
}

void EInvoiceSheet::addFacts(const QString &title, const QList<Fact> &facts, int digits, int columns)
{
    if (facts.isEmpty())
        return;
    QList<Fact> shown;
    qsizetype room = textMost;
    bool whole = facts.size() <= factsMost;
    for (const Fact &fact : facts.mid(0, factsMost)) {
        whole = whole && fact.value.size() <= room;
        if (room > 0)
            shown.append({fact.caption.left(lineTextMost), fact.value.left(room), fact.fullForm});
        room -= fact.value.size();
    }
    auto *grid = new FactsGrid(digits, columns, this);
    grid->setFacts(shown);
    addSection(title, grid, margin);
    if (!whole)
        addRest();
}

void EInvoiceSheet::addRest()
{
    addSection({}, paragraph(tr("The rest is in the XML."), this), margin);
}

void EInvoiceSheet::addHead()
{
    const EInvoice &i = m_invoice;
    auto *title
        = paragraph(joined({EInvoiceWords::kind(i), i.number}, QStringLiteral(" ")).left(lineTextMost), this);
    Type::set(*title, Type::Role::Title);
    title->setContentsMargins(margin, Space::large, margin, Space::medium);
    m_layout->addWidget(title);
    QList<Fact> facts;
    append(facts, tr("Total"), money(i.grandTotal));
    if (i.payable != i.grandTotal)
        append(facts, tr("To be paid"), money(i.payable));
    append(facts, tr("Issued"), i.issued);
    append(facts, tr("Due"), i.due);
    append(facts, tr("Delivered"), i.delivered);
    append(facts, tr("Period"), period(i.periodFrom, i.periodTo));
    append(facts, tr("Currency"), i.currency);
    addFacts({}, facts, 12, 6);
}

void EInvoiceSheet::addParties()
{
    const EInvoice &i = m_invoice;
    QList<Fact> facts;
    append(facts, tr("Seller"), partyLines(i.seller));
    append(facts, tr("Buyer"), partyLines(i.buyer));
    append(facts, tr("Delivered to"), partyLines(i.shipTo));
    append(facts, tr("To be paid to"), partyLines(i.payee));
    append(facts, tr("Represented for taxes by"), partyLines(i.taxRepresentative));
    addFacts(tr("Parties"), facts, 22, 3);
}

void EInvoiceSheet::addLines()
{
    if (m_invoice.lines.empty())
        return;
    QList<LineWords> lines;
    const std::size_t shown = std::min(m_invoice.lines.size(), linesShown);
    for (std::size_t at = 0; at < shown; ++at) {
        const EInvoiceLine &line = m_invoice.lines[at];
        // The item's number in large, its name below, where it has the row's whole width.
        QStringList items{line.sellerItem, labelled(QT_TR_NOOP("yours: %1"), line.buyerItem),
                          line.standardItem};
        items.removeAll(QString());
        LineWords words{static_cast<qint64>(at),
                        joined({line.id, items.value(0)}, QStringLiteral("  ")).left(lineTextMost),
                        line.name.simplified().left(lineTextMost)};
        if (words.name.isEmpty())
            words.name = std::exchange(words.description, QString());
        if (line.description != line.name)
            words.notes = wrapped(line.description);
        if (items.size() > 1)
            words.notes += wrapped(items.mid(1).join(QStringLiteral(" · ")));
        for (const EInvoiceProperty &property : line.properties)
            words.notes += wrapped(property.name + QStringLiteral(": ") + property.value);
        if (line.grossPrice && line.discount)
            words.notes.append(tr("List price %1 less %2").arg(money(line.grossPrice), money(line.discount)));
        for (const EInvoiceAllowance &each : line.allowances)
            words.notes += wrapped(reasonOf(each) + QStringLiteral(": ") + money(each.amount));
        words.notes += wrapped(period(line.from, line.to));
        words.notes += wrapped(line.note);
        if (words.notes.size() > notesMost)
            words.notes = words.notes.mid(0, notesMost) << QStringLiteral("…");
        const QString base = EInvoiceWords::quantity(line.priceBase);
        const bool ofOne = base.isEmpty() || line.priceBase->value == Decimal::fromInteger(1);
        words.values = {
            EInvoiceWords::quantity(line.quantity), EInvoiceWords::unit(line.unit).left(lineTextMost),
            ofOne ? money(line.price) : tr("%1 for %2", "a price, a quantity").arg(money(line.price), base),
            EInvoiceWords::percent(line.taxRate), money(line.net)};
        lines.append(words);
    }
    auto *model = new LinesModel(tr("Item"), this);
    model->setLines({{tr("Quantity"), 0}, {tr("Unit"), 4}, {tr("Price"), 2}, {tr("Tax"), 3}, {tr("Net"), 1}},
                    lines);
    auto *view = new LinesView(*model, this);
    view->setAccessibleName(tr("Lines of the e-invoice"));
    addSection(tr("Lines · %1").arg(m_invoice.lines.size()), view, 0);
    if (shown < m_invoice.lines.size()) {
        auto *more = paragraph(
            tr("The first %1 lines are shown. All of them are checked, and all are in the XML.").arg(shown),
            this);
        addSection({}, more, margin);
    }
}

void EInvoiceSheet::addAllowances()
{
    QList<LineWords> lines;
    for (const EInvoiceAllowance &each : m_invoice.allowances) {
        LineWords words{lines.size(), reasonOf(each).left(lineTextMost), {}};
        if (each.percent && each.base)
            words.notes.append(tr("%1 of %2", "a rate, an amount")
                                   .arg(EInvoiceWords::percent(each.percent), money(each.base)));
        words.values = {EInvoiceWords::percent(each.taxRate),
                        (each.charge ? QString() : QStringLiteral("−")) + money(each.amount)};
        lines.append(words);
    }
    if (lines.isEmpty())
        return;
    auto *model = new LinesModel(tr("What"), this);
    model->setLines({{tr("Tax"), 1}, {tr("Amount"), 0}}, lines);
    auto *view = new LinesView(*model, this);
    view->setAccessibleName(tr("Discounts and charges"));
    addSection(tr("Discounts and charges"), view, 0);
}

void EInvoiceSheet::addTaxes()
{
    QList<LineWords> lines;
    for (const EInvoiceTax &tax : m_invoice.taxes) {
        LineWords words{lines.size(), EInvoiceWords::taxCategory(tax.category).left(lineTextMost), {}};
        words.notes = wrapped(tax.exemption);
        words.values = {EInvoiceWords::percent(tax.rate), money(tax.basis), money(tax.amount)};
        lines.append(words);
    }
    if (lines.isEmpty())
        return;
    auto *model = new LinesModel(tr("Tax"), this);
    model->setLines({{tr("Rate"), 1}, {tr("Basis"), 2}, {tr("Amount"), 0}}, lines);
    auto *view = new LinesView(*model, this);
    view->setAccessibleName(tr("Taxes by rate"));
    addSection(tr("Taxes"), view, 0);
}

void EInvoiceSheet::addTotals()
{
    const EInvoice &i = m_invoice;
    QList<Fact> facts;
    append(facts, tr("Lines"), money(i.lineTotal));
    const auto counts = [](const Stated &number) { return number && !number->value.isZero(); };
    if (counts(i.allowanceTotal))
        append(facts, tr("Discounts"), QStringLiteral("−") + money(i.allowanceTotal));
    if (counts(i.chargeTotal))
        append(facts, tr("Charges"), money(i.chargeTotal));
    append(facts, tr("Total without tax"), money(i.taxBasisTotal));
    append(facts, tr("Tax"), money(i.taxTotal));
    if (i.taxTotalAtHome)
        append(facts, tr("Tax in %1", "a currency").arg(i.taxCurrency.left(lineTextMost)),
               EInvoiceWords::amount(i.taxTotalAtHome, i.taxCurrency));
    append(facts, tr("Total"), money(i.grandTotal));
    if (counts(i.prepaid))
        append(facts, tr("Paid before"), money(i.prepaid));
    if (counts(i.rounding))
        append(facts, tr("Rounding"), money(i.rounding));
    append(facts, tr("To be paid"), money(i.payable));
    if (facts.isEmpty())
        return;
    auto *box = new QWidget(this);
    auto *grid = new QGridLayout(box);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(Space::huge);
    grid->setVerticalSpacing(Space::unit);
    grid->setColumnStretch(0, 1);
    int row = 0;
    for (const Fact &fact : facts) {
        const bool last = row + 1 == facts.size();
        auto *caption = new QLabel(fact.caption, box);
        auto *value = paragraph(fact.value, box);
        value->setWordWrap(false);
        value->setAccessibleName(fact.caption);
        if (last) {
            Type::set(*caption, Type::Role::Strong);
            Type::set(*value, Type::Role::Strong);
        } else {
            Type::setMuted(*caption);
        }
        grid->addWidget(caption, row, 1);
        grid->addWidget(value, row, 2, Qt::AlignTrailing);
        ++row;
    }
    addSection(tr("Totals"), box, margin);
}

void EInvoiceSheet::addPayment()
{
    const EInvoice &i = m_invoice;
    QList<Fact> facts;
    QStringList texts;
    for (const EInvoicePayment &payment : i.payments) {
        append(facts, tr("How"),
               payment.text.isEmpty() ? EInvoiceWords::paymentMeans(payment.code) : payment.text);
        append(facts, tr("Account"),
               joined({payment.account, payment.accountName, payment.bank}, QStringLiteral("\n")));
        append(facts, tr("Debited from"), payment.debited);
        append(facts, tr("Card"), payment.card);
    }
    append(facts, tr("Reference to give"), i.paymentReference);
    append(facts, tr("Creditor"), i.creditorId);
    for (const EInvoiceTerms &terms : i.terms) {
        append(facts, tr("Mandate"), terms.mandate);
        texts.append(terms.text);
    }
    texts.removeAll(QString());
    addFacts(tr("Payment"), facts, 24, 2);
    addTexts(tr("Terms"), texts);
}

void EInvoiceSheet::addReferences()
{
    const EInvoice &i = m_invoice;
    QList<Fact> facts;
    append(facts, tr("PO reference"), i.order);
    append(facts, tr("Order"), i.salesOrder);
    append(facts, tr("Your reference"), i.buyerReference);
    append(facts, tr("Contract"), i.contract);
    append(facts, tr("Project"), i.project);
    append(facts, tr("Shipment"), i.despatch);
    append(facts, tr("Receipt"), i.receipt);
    append(facts, tr("Your account"), i.buyerAccount);
    for (const EInvoiceReference &each : i.preceding)
        append(facts, tr("Refers to"),
               joined({each.number, Display::shortDate(each.date)}, QStringLiteral(", ")));
    addFacts(tr("References"), facts, 18, 4);
}

void EInvoiceSheet::addNotes()
{
    QStringList texts;
    for (const EInvoiceNote &note : m_invoice.notes)
        texts.append(note.text);
    addTexts(tr("Notes"), texts);
}

// Programs write them with blanks of all kinds.
void EInvoiceSheet::addTexts(const QString &title, const QStringList &texts)
{
    QStringList plain;
    for (const QString &text : texts) {
        QStringList lines = text.split(u'\n');
        for (QString &line : lines)
            line = line.simplified();
        lines.removeAll(QString());
        if (!lines.isEmpty())
            plain.append(lines.join(u'\n'));
    }
    if (plain.isEmpty())
        return;
    const QString all = plain.join(QStringLiteral("\n\n"));
    addSection(title, paragraph(all.left(textMost), this), margin);
    if (all.size() > textMost)
        addRest();
}

void EInvoiceSheet::addFiles()
{
    QList<Fact> facts;
    for (const EInvoiceAttachment &file : m_invoice.attachments)
        append(facts, file.name.isEmpty() ? tr("Attachment") : file.name,
               joined({file.number, file.fileName, file.location}, QStringLiteral("\n")));
    addFacts(tr("Goes with it"), facts, 24, 2);
}

} // namespace Counterfoil
