#include "trytonpapers.h"

#include "trytontext.h"

#include <QCryptographicHash>
#include <QJsonObject>

#include <algorithm>
#include <charconv>

namespace Counterfoil {

namespace {

constexpr std::string_view invoiceDocument = "invoice-";
constexpr std::int64_t firstPauseMs = 30'000;
constexpr std::int64_t longestPauseMs = 3'600'000;
constexpr std::size_t mostAside = 1'000;

Error noSuchDocument(const std::string &key)
{
    return {ErrorKind::NotFound, TrytonText::tr("Tryton has no such document."), QString::fromStdString(key)};
}

std::int64_t invoiceOf(const std::string &key)
{
    std::int64_t invoice = 0;
    if (!key.starts_with(invoiceDocument))
        return 0;
    const char *const end = key.data() + key.size();
    const auto read = std::from_chars(key.data() + invoiceDocument.size(), end, invoice);
    return read.ec == std::errc() && read.ptr == end ? invoice : 0;
}

} // namespace

Result<IssuedDocument> TrytonPapers::document(const std::string &key)
{
    const std::int64_t invoice = invoiceOf(key);
    if (invoice <= 0)
        return noSuchDocument(key);
    if (const auto aside = m_aside.find(invoice);
        aside != m_aside.end() && m_clock.sinceBoot() < aside->second.until)
        return aside->second.error;
    auto made = make(key, invoice);
    if (made || made.error().kind == ErrorKind::NotFound)
        m_aside.erase(invoice);
    else
        setAside(invoice, made.error());
    return made;
}

void TrytonPapers::setAside(std::int64_t invoice, const Error &error)
{
    if (m_aside.size() >= mostAside && !m_aside.contains(invoice)) {
        m_aside.erase(
            std::ranges::min_element(m_aside, {}, [](const auto &entry) { return entry.second.until.ms; }));
    }
    Aside &aside = m_aside[invoice];
    aside.error = error;
    aside.pauseMs = std::clamp(aside.pauseMs * 2, firstPauseMs, longestPauseMs);
    aside.until = {m_clock.sinceBoot().ms + aside.pauseMs};
}

Result<IssuedDocument> TrytonPapers::make(const std::string &key, std::int64_t invoice)
{
    // As in the projection: what is no document there has no bytes here.
    std::vector<Change> changes;
    if (auto done = m_reader.read(trytonInvoice, {std::to_string(invoice)}, 1, {}, changes); !done)
        return done.error();
    if (changes.empty())
        return Error{ErrorKind::BadReply,
                     {},
                     QStringLiteral("the invoice cannot be read: ") + QString::fromStdString(key)};
    if (changes.back().record.isNull())
        return noSuchDocument(key);
    const auto bytes = report(invoice);
    if (!bytes)
        return bytes.error();
    IssuedDocument issued;
    issued.bytes = bytes->toStdString();
    issued.mediaType = "application/pdf";
    issued.sha256 = QCryptographicHash::hash(*bytes, QCryptographicHash::Sha256).toHex().toStdString();
    const auto same = m_session.call(
        QStringLiteral("model.counterfoil.change.issue"),
        {static_cast<qint64>(invoice), bytes->size(), QString::fromStdString(issued.sha256)});
    if (!same)
        return same.error();
    if (!same->toBool()) {
        return Error{
            ErrorKind::BadReply,
            TrytonText::tr(
                "Tryton's document is another one than it gave before. Ask the supplier which one counts."),
            QString::fromStdString(key)};
    }
    return issued;
}

Result<QByteArray> TrytonPapers::report(std::int64_t invoice)
{
    const auto id = static_cast<qint64>(invoice);
    const auto answer
        = m_session.call(QStringLiteral("report.account.invoice.execute"),
                         {QJsonArray{id},
                          QJsonObject{{QStringLiteral("model"), QStringLiteral("account.invoice")},
                                      {QStringLiteral("id"), id},
                                      {QStringLiteral("ids"), QJsonArray{id}}}},
                         {.alone = true});
    if (!answer)
        return answer.error();
    const QJsonArray parts = answer->toArray();
    if (parts.at(0).toString() != QLatin1String("pdf")) {
        return Error{
            ErrorKind::BadInput,
            TrytonText::tr(
                "Tryton made this document as something other than PDF, so it cannot be shown. PDF has to be "
                "set for the report \"Invoice\" in Tryton before an invoice is posted."),
            parts.at(0).toString()};
    }
    const QString text = parts.at(1).toObject().value(QStringLiteral("base64")).toString();
    QByteArray bytes = QByteArray::fromBase64(text.toLatin1());
    if (!bytes.startsWith("%PDF-"))
        return Error{ErrorKind::BadReply,
                     TrytonText::tr("Tryton gave something that is no PDF for this document."),
                     {}};
    return bytes;
}

} // namespace Counterfoil
