#pragma once

#include "cachereader.h"
#include "document.h"

#include <QSet>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace Counterfoil {

// What is known of a document on its way out of the program: what its file is called by, and what a
// manifest says of it.
struct OutgoingDocument
{
    struct Amounts // as issued; those of a credit memo are negative
    {
        std::string invoice; // its key: other documents may be of the same
        std::string currency;
        Amount net;
        Amount tax; // and what is neither: total - net - tax is freight
        Amount total;

        // Whether it is the first of its invoice, which `counted` then has. One without a key is.
        bool countsIn(QSet<QString> &counted) const;
    };

    QString key; // of the Document record
    QString number;
    QString paper;  // Document::paper
    QString ending; // of its file, by its type: "pdf"
    Instant dated;
    QString accountNumber;
    QString accountName;
    QString poReference;
    QString orderNumber;
    qint64 bytes = 0; // 0: not known before it was issued
    QString sha256;   // likewise, empty
    std::optional<Amounts> amounts;
};

// Rows of a list, of any kind that documents belong to, or documents themselves.
struct OutgoingRows
{
    const RecordType *kind = nullptr;
    std::vector<std::int64_t> ids;   // rows in the cache
    std::vector<std::string> keys;   // of records, after those
    std::vector<quint32> pages = {}; // of the one document that is read, those chosen, from 0; none: all

    bool isEmpty() const { return ids.empty() && keys.empty(); }
    std::size_t size() const { return ids.size() + keys.size(); }
};

struct OutgoingSet
{
    std::vector<OutgoingDocument> documents; // in the rows' order
    QStringList without;                     // numbers of rows that have no document
    std::vector<quint32> pages = {};         // as the rows have them
};

// The documents of the rows. `withAmounts`: of a person who may see prices. Takes about 50 µs a row; for a
// reader thread.
Result<OutgoingSet> readOutgoing(CacheReader &reader, const OutgoingRows &rows, bool withAmounts);

} // namespace Counterfoil
