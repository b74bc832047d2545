// The tour's stops at e-invoices: in a document, beside its pages, and in a file that somebody sent.

#include "tour.h"

#include "cachereader.h"
#include "desktop.h"
#include "documentview.h"
#include "einvoicereading.h"
#include "filewindow.h"
#include "filewindows.h"
#include "invoice.h"
#include "invoicedetailpane.h"
#include "recordspage.h"
#include "workspace.h"

#include <QFile>
#include <QTemporaryDir>

namespace Counterfoil {

// Of customers whose tax is VAT, which not everybody's is.
void Tour::einvoiceStops()
{
    auto *detail = qobject_cast<InvoiceDetailPane *>(&m_driver.workspace()->page(Invoice::type)->detail());
    const auto isHere = [detail] {
        const EInvoiceReading &reading = detail->document().einvoice();
        return reading.state() == EInvoiceReading::State::Here && reading.report().record
            && reading.report().pages;
    };
    for (const char *currency : {"EUR", "GBP"}) {
        const auto of = CacheReader(m_driver.desktop().client().profile().cachePath())
                            .byField(Invoice::type, "currency", currency);
        if (!of || of->empty())
            return m_driver.miss(QStringLiteral("no invoice in ") + QLatin1String(currency));
        m_driver.workspace()->openRecord({&Invoice::type, of->back().record.as<Invoice>()->key}, false);
        m_driver.waitUntil("the e-invoice is checked", isHere);
        m_driver.act(QStringLiteral("document.einvoice"));
        m_driver.picture(QStringLiteral("e-invoice-") + QLatin1String(currency));
        m_driver.desktop().theme().setScheme(Theme::Scheme::Dark);
        m_driver.picture(QStringLiteral("e-invoice-dark-") + QLatin1String(currency));
        m_driver.desktop().theme().setScheme(Theme::Scheme::Light);
        m_driver.act(QStringLiteral("document.einvoice"));
    }
    // The same with a total of somebody's own, as if it had come by mail.
    const QTemporaryDir folder;
    QByteArray xml = detail->document().einvoice().xml();
    const qsizetype total = xml.indexOf("<ram:GrandTotalAmount>");
    QFile file(folder.filePath(QStringLiteral("by mail.xml")));
    if (total < 0 || !file.open(QIODevice::WriteOnly))
        return m_driver.miss(QStringLiteral("no e-invoice to change"));
    xml.insert(total + qsizetype(qstrlen("<ram:GrandTotalAmount>")), '9');
    file.write(xml);
    file.close();
    FileWindows &files = m_driver.workspace()->files();
    files.open(file.fileName());
    FileWindow *window = files.find(file.fileName());
    m_driver.waitUntil("the file is compared with the ERP", [window] {
        return window->einvoice().state() == EInvoiceReading::State::Here
            && window->einvoice().report().record;
    });
    window->resize(760, 820);
    m_driver.picture(*window, QStringLiteral("e-invoice-by-mail"));
    m_driver.desktop().theme().setScheme(Theme::Scheme::Dark);
    m_driver.picture(*window, QStringLiteral("e-invoice-by-mail-dark"));
    m_driver.desktop().theme().setScheme(Theme::Scheme::Light);
    window->close();
    m_driver.desktop().window()->activateWindow();
}

} // namespace Counterfoil
