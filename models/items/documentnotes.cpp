#include "documentnotes.h"

#include "account.h"
#include "display.h"
#include "document.h"
#include "itemroles.h"

#include <QPoint>

#include <algorithm>
#include <map>
#include <utility>

namespace Counterfoil {

namespace {

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
    : ReadNotes(readers, parent)
{
    connect(&readers, &CacheReaders::changed, this, [this](const ChangeNotice &notice) {
        if (!notice.touches(Document::type))
            return;
        const KindNotice *of = notice.isAllOf(Document::type) ? nullptr : notice.of(Document::type);
        markStale(
            [of](qint64 row) { return !of || std::ranges::find(of->updated, row) != of->updated.end(); });
    });
}

QList<RowNotes::Column> DocumentNotes::columns() const
{
    return {{QStringLiteral("inside"), tr("Words inside")},
            {QStringLiteral("accountName"), tr("Account")},
            {QStringLiteral("here"), tr("Here", "column: on this computer")}};
}

void DocumentNotes::forgetText(DocumentNote &note) const
{
    if (text().isEmpty())
        note.facts.found.reset();
}

QVariant DocumentNotes::data(qint64 row, int column, int role) const
{
    const DocumentNote *note = entry(row);
    if (!note)
        return {};
    switch (column) {
    case Inside:
        return inside(note->facts, role);
    case Owner:
        return role == Qt::DisplayRole || role == Qt::ToolTipRole ? QVariant(note->account)
            : role == ItemRole::Secondary                         ? QVariant(true)
                                                                  : QVariant();
    case Here:
        if (role == Qt::DisplayRole)
            return note->facts.here ? tr("Yes") : QString();
        if (role == Qt::ToolTipRole)
            return note->facts.here ? tr("It is on this computer and opens without a network.")
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
        const bool says = !text().isEmpty() && (unreadable || !facts.read);
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

std::function<DocumentNotes::Read(CacheReader &)> DocumentNotes::reading(Rows rows) const
{
    return [rows = std::move(rows), text = text().toStdString()](CacheReader &reader) {
        Read notes;
        const auto all = FileTexts(reader, Document::type).facts(rows, text);
        const auto documents = reader.byIds(Document::type, rows, WithLists::No);
        std::map<std::int64_t, std::string> accounts;
        for (std::size_t i = 0; documents && i < documents->size(); ++i)
            accounts[(*documents)[i].id] = (*documents)[i].record.as<Document>()->account;
        std::map<std::string, QString> names;
        for (std::size_t i = 0; all && i < all->size(); ++i) {
            const FileFacts &facts = (*all)[i];
            notes.emplace_back(facts.record,
                               DocumentNote{facts, accountName(reader, accounts[facts.record], names)});
        }
        return notes;
    };
}

} // namespace Counterfoil
