#include "einvoicereading.h"

#include "einvoicereader.h"
#include "filename.h"
#include "pagerenderer.h"
#include "xmltree.h"

#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <limits>
#include <utility>

namespace Counterfoil {

namespace {

Result<QByteArray> bytesOf(const QString &path)
{
    QFile file(path);
    if (!QFileInfo(file).isFile() || !file.open(QIODevice::ReadOnly))
        return Error{
            ErrorKind::Storage,
            EInvoiceReading::tr("The file cannot be read from this computer’s disk. See whether it is "
                                "still there, and open it again."),
            file.errorString()};
    // One byte more than may be, so that what is too large is seen to be.
    return file.read(XmlLimit::bytes + 1);
}

} // namespace

struct EInvoiceReading::Answer
{
    EInvoiceReport report;
    std::optional<Error> error;
};

EInvoiceReading::EInvoiceReading(QObject *parent)
    : QObject(parent)
{ }

EInvoiceReading::~EInvoiceReading() = default;

void EInvoiceReading::clear()
{
    if (m_renderer) {
        m_renderer->disconnect(this);
        m_renderer = nullptr;
    }
    ++m_turn;
    m_listing = 0;
    m_unpacking = 0;
    m_pages = 0;
    m_wordsAwaited.clear();
    m_words.clear();
    m_named = false;
    m_report = {};
    m_error = {};
    m_xml.clear();
    m_fileName.clear();
    if (std::exchange(m_state, State::None) != State::None)
        Q_EMIT changed();
}

void EInvoiceReading::lookIn(PageRenderer &renderer, int pages)
{
    clear();
    m_renderer = &renderer;
    m_pages = pages;
    connect(&renderer, &PageRenderer::attachmentsListed, this,
            [this](quint64 ticket, const std::vector<AttachedFile> &files) {
                if (ticket == m_listing)
                    list(files);
            });
    connect(&renderer, &PageRenderer::attachmentRead, this, [this](quint64 ticket, const QByteArray &bytes) {
        if (ticket == m_unpacking)
            read(bytes, m_fileName);
    });
    connect(&renderer, &PageRenderer::words, this, &EInvoiceReading::takeWords);
    connect(&renderer, &PageRenderer::failed, this, [this](quint64 ticket, const Error &error) {
        m_wordsAwaited.remove(ticket); // that page is not read, so nothing is said about what is printed
        if (ticket == m_unpacking)
            fail(error);
    });
    m_listing = renderer.attachments();
    renderer.setUrgency(m_listing, -1); // after what is to be seen
}

void EInvoiceReading::list(const std::vector<AttachedFile> &files)
{
    QStringList names;
    for (const AttachedFile &file : files)
        names.append(file.name);
    const int found = eInvoiceAmong(names);
    if (found < 0)
        return;
    m_fileName = names[found];
    m_named = isEInvoiceName(m_fileName);
    m_state = State::Looking;
    m_unpacking = m_renderer->attachment(found);
    m_renderer->setUrgency(m_unpacking, -1);
    for (int page = 0; page < m_pages && m_pages <= pagesMost; ++page) {
        const quint64 ticket = m_renderer->text(page);
        m_renderer->setUrgency(ticket, -2);
        m_wordsAwaited.insert(ticket, page);
    }
    Q_EMIT changed();
}

void EInvoiceReading::takeWords(quint64 ticket, int page, const std::vector<TextBox> &words)
{
    if (!m_wordsAwaited.contains(ticket))
        return;
    m_wordsAwaited.remove(ticket);
    QString text;
    for (const TextBox &word : words)
        text += word.text + (word.spaceAfter ? u' ' : u'\n');
    m_words.insert(page, text);
    if (m_words.size() == m_pages && !m_xml.isEmpty())
        work();
}

void EInvoiceReading::read(const QByteArray &xml, const QString &fileName)
{
    m_xml = xml;
    m_fileName = fileName;
    m_named = m_named || !m_renderer;
    m_state = State::Looking;
    work();
}

void EInvoiceReading::readFile(const QString &file)
{
    clear();
    m_named = true; // whoever opens it says so
    m_state = State::Looking;
    m_beside.start([this, file, turn = ++m_turn]() -> SideThread::Then {
        return [this, file, turn, bytes = bytesOf(file)] {
            if (turn != m_turn)
                return;
            if (bytes)
                read(*bytes, QFileInfo(file).fileName());
            else
                fail(bytes.error());
        };
    });
    Q_EMIT changed();
}

void EInvoiceReading::setRecord(const std::optional<Invoice> &record, const QString &seller)
{
    m_record = record;
    m_seller = seller;
    m_whyNoRecord.clear();
    if (!m_xml.isEmpty())
        work();
}

void EInvoiceReading::setNoRecord(const QString &why)
{
    if (m_record || m_whyNoRecord == why)
        return;
    m_whyNoRecord = why;
    m_report.whyNoRecord = why;
    if (m_state == State::Here)
        Q_EMIT changed();
}

// Reads it once, and checks it again whenever there is more to compare it with.
void EInvoiceReading::work()
{
    std::optional<QString> words;
    if (m_pages > 0 && m_words.size() == m_pages) {
        words.emplace();
        for (int page = 0; page < m_pages; ++page)
            *words += m_words.value(page) + u'\n';
    }
    m_beside.start([this, turn = ++m_turn, xml = m_xml, known = m_report.invoice, record = m_record,
                    seller = m_seller, words = std::move(words)]() -> SideThread::Then {
        Answer answer;
        answer.report.invoice = known;
        if (!known) {
            auto invoice = readEInvoice(xml);
            if (invoice)
                answer.report.invoice = std::make_shared<const EInvoice>(std::move(*invoice));
            else
                answer.error = invoice.error();
        }
        if (const auto &invoice = answer.report.invoice) {
            answer.report.inItself = checkInItself(*invoice);
            if (record)
                answer.report.record = compareWithRecord(*invoice, *record, seller);
            if (words)
                answer.report.pages = compareWithPages(*invoice, *words);
        }
        return [this, turn, answer = std::move(answer)] {
            if (turn == m_turn)
                take(answer);
        };
    });
}

void EInvoiceReading::take(const Answer &answer)
{
    if (answer.error) {
        fail(*answer.error);
        return;
    }
    m_report = answer.report;
    m_report.whyNoRecord = m_whyNoRecord;
    m_state = State::Here;
    Q_EMIT changed();
}

void EInvoiceReading::fail(const Error &error)
{
    // Any XML may be in a PDF; only what is named as one claims to be an e-invoice.
    m_state = m_named ? State::Unreadable : State::None;
    m_error = error;
    Q_EMIT changed();
}

QString EInvoiceReading::suggestedName() const
{
    const QString number = m_report.invoice ? m_report.invoice->number : QString();
    return FileName::safe(number.isEmpty() ? QStringLiteral("e-invoice") : number, QStringLiteral("xml"));
}

} // namespace Counterfoil
