#include "outgoingdocument.h"

#include "account.h"
#include "display.h"
#include "invoice.h"

#include <unordered_map>

namespace Counterfoil {

namespace {

QString endingOf(const std::string &mediaType)
{
    if (mediaType == "application/pdf" || mediaType.empty())
        return QStringLiteral("pdf");
    if (mediaType == "application/xml" || mediaType == "text/xml")
        return QStringLiteral("xml");
    if (mediaType == "text/csv")
        return QStringLiteral("csv");
    return QStringLiteral("bin");
}

// Reads one set, and each account of it once.
class SetReader
{
public:
    SetReader(CacheReader &reader, bool withAmounts)
        : m_reader(reader)
        , m_withAmounts(withAmounts)
    { }

    Outcome add(const AnyRecord &row);
    OutgoingSet take() { return std::move(m_set); }

private:
    Outcome addDocument(const Document &document);
    Outcome addAccount(const std::string &key, OutgoingDocument &outgoing);
    void addInvoice(const Invoice &invoice, OutgoingDocument &outgoing) const;

    CacheReader &m_reader;
    const bool m_withAmounts;
    std::unordered_map<std::string, std::pair<QString, QString>> m_accounts; // number and name, by key
    OutgoingSet m_set;
};

Outcome SetReader::add(const AnyRecord &row)
{
    if (const auto *document = row.as<Document>())
        return addDocument(*document);
    const Field *key = row.type().findFlag(Key);
    const Field *number = row.type().find("number");
    const std::size_t before = m_set.documents.size();
    for (const Field &field : Document::type.fields) {
        if (!field.is(Link) || field.target != &row.type())
            continue;
        const auto found = m_reader.byField(Document::type, field.name, key->in<std::string>(row.data()));
        if (!found)
            return found.error();
        for (const CachedRecord &document : *found) {
            const auto &paper = *document.record.as<Document>();
            if (paper.paper == Paper::picture) // which is no paper of the item's
                continue;
            if (const auto done = addDocument(paper); !done)
                return done;
        }
    }
    if (m_set.documents.size() == before)
        m_set.without.append(Display::text((number ? number : key)->in<std::string>(row.data())));
    return Done();
}

Outcome SetReader::addDocument(const Document &document)
{
    OutgoingDocument outgoing;
    outgoing.key = Display::text(document.key);
    outgoing.number = Display::text(document.number);
    outgoing.paper = Display::text(document.paper);
    outgoing.ending = endingOf(document.mediaType);
    outgoing.dated = document.dated;
    outgoing.bytes = document.bytes;
    outgoing.sha256 = Display::text(document.sha256);
    if (const auto done = addAccount(document.account, outgoing); !done)
        return done;
    if (!document.invoice.empty()) {
        const auto invoice = m_reader.byKey(Invoice::type, document.invoice);
        if (!invoice)
            return invoice.error();
        if (*invoice)
            addInvoice(*(*invoice)->record.as<Invoice>(), outgoing);
    }
    m_set.documents.push_back(std::move(outgoing));
    return Done();
}

Outcome SetReader::addAccount(const std::string &key, OutgoingDocument &outgoing)
{
    auto known = m_accounts.find(key);
    if (known == m_accounts.end()) {
        const auto account = m_reader.byKey(Account::type, key);
        if (!account)
            return account.error();
        std::pair<QString, QString> names;
        if (*account) {
            const auto *record = (*account)->record.as<Account>();
            names = {Display::text(record->number), Display::text(record->name)};
        }
        known = m_accounts.emplace(key, std::move(names)).first;
    }
    outgoing.accountNumber = known->second.first;
    outgoing.accountName = known->second.second;
    return Done();
}

void SetReader::addInvoice(const Invoice &invoice, OutgoingDocument &outgoing) const
{
    outgoing.poReference = Display::text(invoice.poReference);
    outgoing.orderNumber = Display::text(invoice.orderNumber);
    if (m_withAmounts)
        outgoing.amounts = {invoice.key, invoice.currency, invoice.net, invoice.tax, invoice.total};
}

} // namespace

bool OutgoingDocument::Amounts::countsIn(QSet<QString> &counted) const
{
    if (invoice.empty())
        return true;
    const qsizetype before = counted.size();
    counted.insert(QString::fromStdString(invoice));
    return counted.size() > before;
}

Result<OutgoingSet> readOutgoing(CacheReader &reader, const OutgoingRows &rows, bool withAmounts)
{
    SetReader set(reader, withAmounts);
    const auto outcome = reader.atOneMoment([&]() -> Outcome {
        const auto found = reader.byIds(*rows.kind, rows.ids, WithLists::No);
        if (!found)
            return found.error();
        for (const CachedRecord &row : *found) {
            if (const auto done = set.add(row.record); !done)
                return done;
        }
        for (const std::string &key : rows.keys) {
            const auto row = reader.byKey(*rows.kind, key);
            if (!row)
                return row.error();
            if (!*row)
                continue;
            if (const auto done = set.add((*row)->record); !done)
                return done;
        }
        return Done();
    });
    if (!outcome)
        return outcome.error();
    OutgoingSet whole = set.take();
    whole.pages = rows.pages;
    return whole;
}

} // namespace Counterfoil
