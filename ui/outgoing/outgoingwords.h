#pragma once

#include "documentbatch.h"

// What is said of documents on their way out.
namespace Counterfoil::OutgoingWords {

enum class Way { Save, Print, Pack, Mail, Drag };

QString nameOf(const OutgoingDocument &document);        // "Invoice INV-88213"
QString countOf(std::size_t documents);                  // "12 documents"
QStringList rangesOf(const std::vector<quint32> &pages); // "1-3" and "7"; from 0, ascending
QString pagesOf(const std::vector<quint32> &pages);      // "page 3", "pages 1-3, 7", "12 pages"
// A name for a file of them: "INV-88213 page 3.pdf", where that of the document is "INV-88213.pdf".
QString fileOfPages(const QString &file, const std::vector<quint32> &pages);
// "INV-3 has no document yet and is left out."; empty for none.
QString leftOut(const QStringList &numbers);
// "£4,218.20 + €200.00", what the documents come to, a currency each; empty where no amount is known.
QString sumOf(const std::vector<OutgoingDocument> &documents);

QString title(Way way, const DocumentBatch &batch);    // "Saving 12 documents"
QString progress(Way way, const DocumentBatch &batch); // "3 of 12 saved, 1 failed"

} // namespace Counterfoil::OutgoingWords
