// The e-invoice of the document that is open: beside its pages, or in their place where there is no room for
// both.

#include "documentview.h"

#include "documenttoolbar.h"
#include "einvoicereading.h"
#include "einvoiceview.h"
#include "pageview.h"

#include <QAction>
#include <QFrame>
#include <QHBoxLayout>

namespace Counterfoil {

namespace {

constexpr int digitsSideBySide = 112; // from this width on, pages and e-invoice both fit

// With what it agrees: no more than it was compared with.
QString agreement(const EInvoiceReport &report)
{
    if (report.record && report.pages)
        return DocumentView::tr(
            "The document has an e-invoice in it, which agrees with the ERP and the pages.");
    if (report.record)
        return DocumentView::tr("The document has an e-invoice in it, which agrees with the ERP.");
    return DocumentView::tr(
        "The document has an e-invoice in it, which agrees in itself. It was not compared with the ERP.");
}

} // namespace

void DocumentView::buildEInvoiceCommands()
{
    addCommand("document.einvoice", tr("Show or hide the e-invoice"), {QKeySequence(Qt::Key_E)},
               &DocumentView::toggleEInvoice);
    addCommand("document.saveEInvoice", tr("Save the e-invoice’s XML"),
               {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_S)}, &DocumentView::saveEInvoice);
}

void DocumentView::updateEInvoiceCommands()
{
    const bool there = isOpen() && m_einvoice->state() != EInvoiceReading::State::None;
    command("document.einvoice")->setEnabled(there);
    command("document.einvoice")->setChecked(isEInvoiceShown());
    command("document.saveEInvoice")->setEnabled(there && !m_einvoice->xml().isEmpty());
}

void DocumentView::buildEInvoice(QHBoxLayout &beside)
{
    m_einvoice = new EInvoiceReading(this);
    m_einvoiceView = new EInvoiceView(*m_einvoice, this);
    m_einvoiceLine = new QFrame(this);
    m_einvoiceLine->setFixedWidth(1);
    m_einvoiceLine->setAutoFillBackground(true);
    m_einvoiceLine->setBackgroundRole(QPalette::Mid);
    beside.addWidget(m_einvoiceLine);
    beside.addWidget(m_einvoiceView, 1);
    connect(m_einvoice, &EInvoiceReading::changed, this, [this] {
        arrangeEInvoice();
        updateCommands();
        Q_EMIT einvoiceChanged();
    });
    connect(m_toolbar, &DocumentToolbar::einvoiceWanted, this, &DocumentView::toggleEInvoice);
}

void DocumentView::setRecord(const std::optional<Invoice> &record, const QString &seller)
{
    m_einvoice->setRecord(record, seller);
}

void DocumentView::setNoRecord(const QString &why)
{
    m_einvoice->setNoRecord(why);
}

void DocumentView::setEInvoiceShown(bool shown)
{
    m_einvoiceWanted = shown;
    arrangeEInvoice();
    updateCommands();
}

bool DocumentView::isEInvoiceShown() const
{
    return !m_einvoiceView->isHidden();
}

void DocumentView::toggleEInvoice()
{
    setEInvoiceShown(!isEInvoiceShown());
    setFocus();
}

void DocumentView::saveEInvoice()
{
    m_einvoiceView->save();
}

void DocumentView::arrangeEInvoice()
{
    using Reading = EInvoiceReading::State;
    const Reading state = m_einvoice->state();
    const bool shown = m_einvoiceWanted && isOpen() && state != Reading::None;
    const bool both = width() >= digitsSideBySide * fontMetrics().horizontalAdvance(QLatin1Char('0'));
    const bool hadFocus = m_pages->hasFocus() || m_einvoiceView->isAncestorOf(focusWidget());
    m_einvoiceView->setVisible(shown);
    m_einvoiceLine->setVisible(shown && both);
    m_pages->setVisible(!shown || both);
    setFocusProxy(shown ? static_cast<QWidget *>(m_einvoiceView) : m_pages);
    if (hadFocus)
        setFocus();
    if (state == Reading::Here && m_einvoice->report().agrees())
        m_toolbar->setEInvoice(tr("E-invoice"), agreement(m_einvoice->report()), Tone::Ok);
    else if (state == Reading::Here)
        m_toolbar->setEInvoice(tr("E-invoice"),
                               tr("The document has an e-invoice in it, which does not agree."), Tone::Bad);
    else if (state == Reading::Unreadable)
        m_toolbar->setEInvoice(tr("E-invoice"),
                               tr("The document has an e-invoice in it, which cannot be read."), Tone::Warn);
    else
        m_toolbar->setEInvoice({}, {}, Tone::Neutral);
}

void DocumentView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrangeEInvoice();
}

} // namespace Counterfoil
