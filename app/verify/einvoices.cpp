#include "einvoices.h"

#include "einvoicereader.h"
#include "einvoicewords.h"
#include "pagerenderer.h"
#include "xmltree.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QFile>
#include <QLocale>
#include <QTextStream>

#include <algorithm>

namespace Counterfoil {

namespace {

// Takes what it needs out of a PDF by the program that draws pages, as the window does.
class PdfContents
{
public:
    explicit PdfContents(PageRenderer &renderer)
        : m_renderer(renderer)
    { }

    Error error;
    QByteArray xml; // empty: there is none
    QString words;

    void read(const QString &file)
    {
        error = {};
        xml.clear();
        words.clear();
        std::size_t pages = 0;
        int which = -1;
        const auto opened = QObject::connect(&m_renderer, &PageRenderer::opened, &m_loop,
                                             [&](quint64, const OpenedDocument &document) {
                                                 pages = document.pages.size();
                                                 m_loop.exit(0);
                                             });
        wait(m_renderer.open(file));
        QObject::disconnect(opened);
        if (pages == 0)
            return;
        QObject::connect(&m_renderer, &PageRenderer::attachmentsListed, &m_loop,
                         [&](quint64, const std::vector<AttachedFile> &files) {
                             const auto found = std::ranges::find_if(
                                 files, [](const AttachedFile &each) { return isEInvoiceName(each.name); });
                             which = found == files.end() ? -1 : static_cast<int>(found - files.begin());
                             m_loop.exit(0);
                         });
        wait(m_renderer.attachments());
        if (which < 0) {
            m_renderer.disconnect(&m_loop);
            return;
        }
        QObject::connect(&m_renderer, &PageRenderer::attachmentRead, &m_loop,
                         [&](quint64, const QByteArray &bytes) {
                             xml = bytes;
                             m_loop.exit(0);
                         });
        wait(m_renderer.attachment(which));
        QObject::connect(
            &m_renderer, &PageRenderer::words, &m_loop, [&](quint64, int, const std::vector<TextBox> &boxes) {
                for (const TextBox &box : boxes)
                    words += box.text + (box.spaceAfter ? QStringLiteral(" ") : QStringLiteral("\n"));
                m_loop.exit(0);
            });
        bool whole = true;
        for (std::size_t page = 0; page < pages; ++page)
            whole = wait(m_renderer.text(static_cast<int>(page))) && whole;
        if (!whole)
            words.clear(); // nothing is said about what is printed unless all of it was read
        m_renderer.disconnect(&m_loop);
    }

private:
    bool wait(quint64)
    {
        const auto failed
            = QObject::connect(&m_renderer, &PageRenderer::failed, &m_loop, [&](quint64, const Error &why) {
                  error = why;
                  m_loop.exit(1);
              });
        const bool answered = m_loop.exec() == 0;
        QObject::disconnect(failed);
        return answered;
    }

    PageRenderer &m_renderer;
    QEventLoop m_loop;
};

QString cell(QString text)
{
    return text.replace(u'|', QStringLiteral("\\|")).replace(u'\n', u' ');
}

QString findingsOf(const EInvoice &invoice, const QString &words)
{
    EInvoiceFindings findings = checkInItself(invoice);
    if (!words.isEmpty()) {
        const EInvoiceFindings printed = compareWithPages(invoice, words);
        findings.insert(findings.end(), printed.begin(), printed.end());
    }
    QStringList sentences;
    for (const EInvoiceFinding &finding : findings) {
        const QString rule = finding.rule.isEmpty() ? QString() : QStringLiteral(" (%1)").arg(finding.rule);
        const bool wrong = finding.grade() == EInvoiceFinding::Grade::Wrong;
        sentences.append((wrong ? QStringLiteral("**differs:** ") : QStringLiteral("note: "))
                         + EInvoiceWords::sentence(finding, invoice.currency) + rule);
    }
    return sentences.isEmpty() ? QStringLiteral("agrees") : sentences.join(QStringLiteral("<br>"));
}

} // namespace

int verifyEInvoices(const QDir &folder)
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
    QTextStream out(stdout);
    const QStringList files
        = folder.entryList({QStringLiteral("*.pdf"), QStringLiteral("*.xml")}, QDir::Files, QDir::Name);
    if (files.isEmpty()) {
        QTextStream(stderr) << "There is no .pdf or .xml in " << folder.path() << ".\n";
        return 1;
    }
    PageRenderer renderer(QCoreApplication::applicationDirPath() + QStringLiteral("/counterfoil-render"));
    PdfContents contents(renderer);
    out << "| file | profile · syntax | kind | number | lines | total | to be paid | what the check found |\n"
           "| --- | --- | --- | --- | --- | --- | --- | --- |\n";
    int unread = 0;
    for (const QString &name : files) {
        QByteArray xml;
        contents.words.clear();
        contents.error = {};
        if (name.endsWith(QLatin1String(".xml"), Qt::CaseInsensitive)) {
            QFile file(folder.filePath(name));
            xml = file.open(QIODevice::ReadOnly) ? file.read(XmlLimit::bytes + 1) : QByteArray();
        } else {
            contents.read(folder.filePath(name));
            xml = contents.xml;
        }
        const auto invoice = readEInvoice(xml);
        out << "| " << cell(name) << " | ";
        if (!invoice) {
            ++unread;
            out << "| | | | | | " << cell(contents.error.userText + u' ' + invoice.error().userText)
                << " |\n";
            continue;
        }
        out << EInvoiceWords::profile(*invoice) << " | " << EInvoiceWords::kind(*invoice) << " | "
            << cell(invoice->number) << " | " << invoice->lines.size() << " | "
            << EInvoiceWords::amount(invoice->grandTotal, invoice->currency) << " | "
            << EInvoiceWords::amount(invoice->payable, invoice->currency) << " | "
            << cell(findingsOf(*invoice, contents.words)) << " |\n";
    }
    out << "\n" << files.size() - unread << " of " << files.size() << " were read.\n";
    return unread == 0 ? 0 : 1;
}

} // namespace Counterfoil
