#include "documentkeeping.h"

#include "actions.h"
#include "itemroles.h"
#include "keepingsheet.h"
#include "syncport.h"

#include <QAbstractItemModel>
#include <QSettings>
#include <QWidget>

#include <algorithm>

namespace Counterfoil {

namespace {

constexpr char daysKey[] = "documents/days";
constexpr char bytesKey[] = "documents/bytes";
constexpr char accountsKey[] = "documents/accounts";
constexpr char papersKey[] = "documents/papers";
constexpr char meteredKey[] = "documents/onMetered";
constexpr qint64 mostDays = 100 * 366;
constexpr qint64 mostBytes = 1LL << 40;
constexpr qsizetype mostListed = 1'000; // in a file that anybody may have edited

} // namespace

DocumentKeeping::DocumentKeeping(DocumentPort &documents, const SyncPort &sync,
                                 const QAbstractItemModel &accounts, QSettings &settings, QWidget &window)
    : QObject(&window)
    , m_documents(documents)
    , m_accounts(accounts)
    , m_settings(settings)
    , m_window(window)
{
    load();
    m_documents.setAhead(m_ahead);
    connect(&sync, &SyncPort::scopeChanged, this, [this](const ScopeChange &change) { forget(change.lost); });
}

void DocumentKeeping::load()
{
    const auto number = [this](const char *key, qint64 usual, qint64 most) {
        bool isNumber = false;
        const qint64 value = m_settings.value(QLatin1String(key)).toLongLong(&isNumber);
        return isNumber ? std::clamp<qint64>(value, 0, most) : usual;
    };
    const auto list = [this](const char *key) {
        return m_settings.value(QLatin1String(key)).toStringList().mid(0, mostListed);
    };
    m_ahead.days = number(daysKey, DocumentPort::Ahead::usualDays, mostDays);
    m_ahead.bytes = number(bytesKey, DocumentPort::Ahead::usualBytes, mostBytes);
    m_ahead.accounts = list(accountsKey);
    m_ahead.papers = list(papersKey);
    m_ahead.onMetered = m_settings.value(QLatin1String(meteredKey)).toBool();
}

void DocumentKeeping::use(const DocumentPort::Ahead &ahead)
{
    if (ahead == m_ahead)
        return;
    m_ahead = ahead;
    m_settings.setValue(QLatin1String(daysKey), ahead.days);
    m_settings.setValue(QLatin1String(bytesKey), ahead.bytes);
    m_settings.setValue(QLatin1String(accountsKey), ahead.accounts);
    m_settings.setValue(QLatin1String(papersKey), ahead.papers);
    m_settings.setValue(QLatin1String(meteredKey), ahead.onMetered);
    m_documents.setAhead(ahead);
}

// Of an account that a person may not see any more, nothing stays, and not its key either. Where none is left
// of those that were chosen, nothing comes ahead: no list would mean everybody's.
void DocumentKeeping::forget(const QStringList &accounts)
{
    DocumentPort::Ahead left = m_ahead;
    const auto lost
        = left.accounts.removeIf([&accounts](const QString &account) { return accounts.contains(account); });
    if (lost > 0 && left.accounts.isEmpty())
        left.days = 0;
    use(left);
}

void DocumentKeeping::addActions(Actions &actions)
{
    actions.add(QStringLiteral("documents.keeping"), tr("Documents"), tr("Documents kept on this computer…"),
                {}, [this] { openSheet(); });
}

void DocumentKeeping::openSheet()
{
    if (m_sheet)
        return;
    QList<Choice> accounts;
    for (int row = 0; row < m_accounts.rowCount(); ++row) {
        const QModelIndex index = m_accounts.index(row, 0);
        if (const QString key = index.data(ItemRole::Key).toString(); !key.isEmpty())
            accounts.append({key, index.data().toString()});
    }
    m_sheet = new KeepingSheet(m_window.window(), m_documents, accounts, m_ahead);
    m_sheet->goWith(this);
    connect(m_sheet, &KeepingSheet::chosen, this, &DocumentKeeping::use);
    m_sheet->open();
}

} // namespace Counterfoil
