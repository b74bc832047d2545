#pragma once

#include "panecontext.h"

#include <QWidget>

#include <atomic>
#include <memory>

namespace Counterfoil {

class Actions;
class DocumentView;
class EInvoiceReading;
class EInvoiceView;
class LocalDocuments;
class PageRenderer;

// A PDF from anywhere on this computer in a window of its own, in the same viewer, and its e-invoice with the
// same check: in itself, and against the ERP where that knows an invoice of the number and is the seller's.
// An XML file is shown as the e-invoice that it is.
class FileWindow final : public QWidget
{
    Q_OBJECT
public:
    FileWindow(const PaneContext &context, const QString &file, QWidget *parent = nullptr);
    ~FileWindow() override;

    QString file() const { return m_file; }
    const EInvoiceReading &einvoice() const;
    DocumentView *document() const { return m_document; } // nullptr: of an XML file
    const Actions &actions() const { return *m_actions; }

private:
    void openPdf();
    void openXml();
    void addActions();
    void noteEInvoice();
    void setNoRecord(const QString &why);

    const PaneContext m_context;
    const QString m_file;
    Actions *m_actions;
    LocalDocuments *m_port = nullptr;
    PageRenderer *m_renderer = nullptr;
    DocumentView *m_document = nullptr;
    EInvoiceReading *m_reading = nullptr; // of an XML file
    EInvoiceView *m_view = nullptr;
    std::shared_ptr<std::atomic_bool> m_gone = std::make_shared<std::atomic_bool>(false);
    QString m_lookedFor; // the number of an invoice
};

} // namespace Counterfoil
