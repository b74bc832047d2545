#include "filewindow.h"

#include "actions.h"
#include "cachereader.h"
#include "cachereaders.h"
#include "copyaction.h"
#include "documentactions.h"
#include "documentview.h"
#include "einvoicereading.h"
#include "einvoiceview.h"
#include "invoice.h"
#include "keysheet.h"
#include "localdocuments.h"
#include "pagerenderer.h"
#include "signinport.h"

#include <QFileInfo>
#include <QVBoxLayout>

namespace Counterfoil {

namespace {

constexpr QSize fileWindowFirstSize(1180, 860);

} // namespace

FileWindow::FileWindow(const PaneContext &context, const QString &file, QWidget *parent)
    : QWidget(parent, Qt::Window)
    , m_context(context)
    , m_file(file)
    , m_actions(new Actions(*this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(QFileInfo(file).fileName());
    resize(fileWindowFirstSize);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    if (file.endsWith(QLatin1String(".xml"), Qt::CaseInsensitive))
        openXml();
    else
        openPdf();
    addActions();
}

FileWindow::~FileWindow()
{
    *m_gone = true;
    delete m_document; // it speaks to port and renderer, which are older and would go first
}

void FileWindow::openPdf()
{
    m_port = new LocalDocuments(this);
    m_renderer = new PageRenderer(m_context.renderProgram, this);
    m_document = new DocumentView(*m_port, *m_renderer, this);
    layout()->addWidget(m_document);
    connect(m_document, &DocumentView::einvoiceChanged, this, &FileWindow::noteEInvoice);
    m_document->setEInvoiceShown(true);
    m_document->setDocument(m_file, QFileInfo(m_file).fileName());
    m_document->setFocus();
}

void FileWindow::openXml()
{
    m_reading = new EInvoiceReading(this);
    m_view = new EInvoiceView(*m_reading, this);
    layout()->addWidget(m_view);
    connect(m_reading, &EInvoiceReading::changed, this, &FileWindow::noteEInvoice);
    m_reading->readFile(m_file);
    m_view->setFocus();
}

const EInvoiceReading &FileWindow::einvoice() const
{
    return m_document ? m_document->einvoice() : *m_reading;
}

// The ERP is asked once, and only about what its own company has issued: others count their invoices as well.
void FileWindow::noteEInvoice()
{
    if (einvoice().state() != EInvoiceReading::State::Here)
        return;
    const EInvoice &invoice = *einvoice().report().invoice;
    const bool ours = invoice.seller.name.simplified().compare(m_context.person.supplier.simplified(),
                                                               Qt::CaseInsensitive)
        == 0;
    if (!ours)
        setNoRecord(tr("It was not compared with the ERP, which is another seller’s."));
    if (!ours || invoice.number.isEmpty() || invoice.number == m_lookedFor)
        return;
    m_lookedFor = invoice.number;
    m_context.readers.ask(
        this, m_gone,
        [number = invoice.number.toStdString()](CacheReader &reader) {
            return reader.byField(Invoice::type, "number", number);
        },
        [this](Result<std::vector<CachedRecord>> found) {
            if (!found)
                setNoRecord(tr("It was not compared with the ERP: the invoice could not be looked up here."));
            else if (found->empty())
                setNoRecord(
                    tr("It was not compared with the ERP, of which no invoice with its number is here."));
            else if (found->size() > 1)
                setNoRecord(
                    tr("It was not compared with the ERP, which has more than one invoice with its number."));
            if (!found || found->size() != 1)
                return;
            const Invoice record = *found->front().record.as<Invoice>();
            if (m_document)
                m_document->setRecord(record, m_context.person.supplier);
            else
                m_reading->setRecord(record, m_context.person.supplier);
        });
}

void FileWindow::setNoRecord(const QString &why)
{
    if (m_document)
        m_document->setNoRecord(why);
    else
        m_reading->setNoRecord(why);
}

void FileWindow::addActions()
{
    const QString window = tr("Window");
    addCopyAction(*m_actions, *this, tr("Record"));
    if (m_document)
        addDocumentActions(*m_actions, *m_document);
    else
        m_actions->add(QStringLiteral("document.saveEInvoice"), tr("Document"),
                       tr("Save the e-invoice’s XML"), {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_S)},
                       [this] { m_view->save(); });
    m_actions->add(QStringLiteral("window.close"), window, tr("Close the window"),
                   {QKeySequence(Qt::CTRL | Qt::Key_W)}, [this] { close(); });
    m_actions->add(QStringLiteral("help.keys"), window, tr("Show all keys"), {QKeySequence(Qt::Key_F1)},
                   [this] { (new KeySheet(this, *m_actions))->open(); });
}

} // namespace Counterfoil
