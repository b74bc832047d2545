#include "documentnotes.h"

#include "account.h"
#include "cachereaders.h"
#include "display.h"
#include "document.h"
#include "itemroles.h"

#include <QPoint>

#include <algorithm>
#include <map>
#include <utility>

namespace Counterfoil {

namespace {

constexpr std::size_t rowsAtOnce = 64;

// The name of the account, which most rows have in common.
QString accountName(CacheReader &reader, const std::string &account, std::map<std::string, QString> &known)
{
    const auto [name, isNew] = known.try_emplace(account);
    if (!isNew)
        return name->second;
    if (const auto row = reader.byKey(Account::type, account); row && *row)
        name->second = Display::text((*row)->record.as<Account>()->name);
    return name->second;
}

} // namespace

DocumentNotes::DocumentNotes(CacheReaders &readers, QObject *parent)
    : RowNotes(parent)
    , m_readers(readers)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(0);
    connect(&m_soon, &QTimer::timeout, this, &DocumentNotes::read);
    connect(&readers, &CacheReaders::changed, this, [this](const ChangeNotice &notice) {
        if (!notice.touches(Document::type))
            return;
        QList<qint64> changed;
        for (auto &[row, entry] : m_entries) {
            const KindNotice *of = notice.isAllOf(Document::type) ? nullptr : notice.of(Document::type);
            if (of && std::ranges::find(of->updated, row) == of->updated.end())
                continue;
            entry.stale = true;
            changed.append(row);
        }
        if (!changed.isEmpty())
            Q_EMIT noted(changed);
    });
}

QList<RowNotes::Column> DocumentNotes::columns() const
{
    return {{QStringLiteral("inside"), tr("Words inside")},
            {QStringLiteral("accountName"), tr("Account")},
            {QStringLiteral("here"), tr("Here", "column: on this computer")}};
}

void DocumentNotes::setText(const QString &text)
{
    if (text == m_text)
        return;
    m_text = text;
    m_asking.cancel();
    m_wanted.clear();
    // What is shown stays until the rows of the new text come, and is read anew with them.
    for (auto &[row, entry] : m_entries) {
        entry.stale = true;
        if (text.isEmpty())
            entry.facts.found.reset();
    }
}

QVariant DocumentNotes::data(qint64 row, int column, int role) const
{
    const auto found = m_entries.find(row);
    if (found == m_entries.end() || found->second.stale)
        want(row);
    if (found == m_entries.end())
        return {};
    const Entry &entry = found->second;
    switch (column) {
    case Inside:
        return inside(entry.facts, role);
    case Owner:
        return role == Qt::DisplayRole || role == Qt::ToolTipRole ? QVariant(entry.account)
            : role == ItemRole::Secondary                         ? QVariant(true)
                                                                  : QVariant();
    case Here:
        if (role == Qt::DisplayRole)
            return entry.facts.here ? tr("Yes") : QString();
        if (role == Qt::ToolTipRole)
            return entry.facts.here ? tr("It is on this computer and opens without a network.")
                                    : tr("It is fetched when it is opened.");
        return role == ItemRole::Secondary ? QVariant(true) : QVariant();
    default:
        return {};
    }
}

QVariant DocumentNotes::inside(const FileFacts &facts, int role) const
{
    if (!facts.found) {
        const bool unreadable = facts.read && facts.state == FileText::State::Unreadable;
        const bool says = !m_text.isEmpty() && (unreadable || !facts.read);
        if (role == Qt::DisplayRole && says)
            return unreadable ? tr("Its words cannot be read") : tr("Its words are not known yet");
        if (role == Qt::ToolTipRole && says)
            return unreadable ? tr("The document is damaged, locked, or too hard to read.")
                              : tr("They are once it was on this computer for a while.");
        return role == ItemRole::Secondary ? QVariant(true) : QVariant();
    }
    const std::string &snippet = facts.found->snippet;
    const QString page = facts.found->page > 0
        ? tr("Page %1: ", "before what stands there").arg(facts.found->page + 1)
        : QString();
    const QString before = page + QString::fromStdString(snippet.substr(0, facts.found->begin));
    const QString hit = QString::fromStdString(snippet.substr(facts.found->begin, facts.found->length));
    const QString after = QString::fromStdString(snippet.substr(facts.found->begin + facts.found->length));
    switch (role) {
    case Qt::DisplayRole:
        return QString(before + hit + after);
    case Qt::ToolTipRole:
        // A tooltip that looks like HTML is shown as HTML, with the files that it names; these are words of
        // somebody's document.
        return QString(QLatin1String("<p>") + (before + hit + after).toHtmlEscaped() + QLatin1String("</p>"));
    case ItemRole::Lit:
        return QPoint(static_cast<int>(before.size()), static_cast<int>(hit.size()));
    case ItemRole::Secondary:
        return true;
    default:
        return {};
    }
}

void DocumentNotes::want(qint64 row) const
{
    m_wanted.insert(row);
    if (!m_asking.isUnderWay() && !m_soon.isActive())
        m_soon.start();
}

void DocumentNotes::read()
{
    if (m_wanted.empty() || m_asking.isUnderWay())
        return;
    std::vector<std::int64_t> rows;
    while (!m_wanted.empty() && rows.size() < rowsAtOnce)
        rows.push_back(m_wanted.extract(m_wanted.begin()).value());
    m_readers.ask(
        this, m_asking.renew(),
        [rows, text = m_text.toStdString()](CacheReader &reader) {
            Entries entries;
            const auto all = FileTexts(reader, Document::type).facts(rows, text);
            const auto documents = reader.byIds(Document::type, rows, WithLists::No);
            std::map<std::int64_t, std::string> accounts;
            for (std::size_t i = 0; documents && i < documents->size(); ++i)
                accounts[(*documents)[i].id] = (*documents)[i].record.as<Document>()->account;
            std::map<std::string, QString> names;
            for (std::size_t i = 0; all && i < all->size(); ++i)
                entries.push_back({(*all)[i], accountName(reader, accounts[(*all)[i].record], names), false});
            return entries;
        },
        [this](const Entries &entries) {
            m_asking.finish();
            take(entries);
        });
}

void DocumentNotes::take(const Entries &entries)
{
    if (m_entries.size() + entries.size() > rowsMost)
        m_entries.clear();
    QList<qint64> rows;
    for (const Entry &entry : entries) {
        m_entries[entry.facts.record] = entry;
        rows.append(entry.facts.record);
    }
    if (!rows.isEmpty())
        Q_EMIT noted(rows);
    if (!m_wanted.empty())
        m_soon.start();
}

} // namespace Counterfoil
