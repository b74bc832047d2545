#include "rightsnotice.h"

#include "banner.h"
#include "display.h"
#include "itemroles.h"
#include "outboxwords.h"

#include <QAbstractItemModel>
#include <QAccessible>
#include <QHBoxLayout>
#include <QPushButton>

#include <algorithm>

namespace Counterfoil {

namespace {

constexpr qsizetype mostNames = 4;     // of accounts in a sentence
constexpr qsizetype mostWithdrawn = 5; // changes listed; the outbox has them all

void add(QStringList &to, const QStringList &keys, QStringList &notIn)
{
    for (const QString &key : keys) {
        notIn.removeAll(key);
        if (!to.contains(key))
            to.append(key);
    }
}

} // namespace

RightsNotice::RightsNotice(const QAbstractItemModel &accounts, const CommandPort &commands, QWidget *parent)
    : QWidget(parent)
    , m_accounts(accounts)
    , m_commands(commands)
    , m_banner(new Banner(this))
{
    setAccessibleName(tr("What you may see has changed"));
    auto *understood = new QPushButton(tr("Understood"), this);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(Space::medium, Space::small, Space::medium, Space::small);
    layout->setSpacing(Space::medium);
    layout->addWidget(m_banner, 1);
    layout->addWidget(understood, 0, Qt::AlignTop);
    connect(understood, &QPushButton::clicked, this, &RightsNotice::dismiss);
    const auto rememberAll = [this] { remember(0, m_accounts.rowCount() - 1); };
    connect(&accounts, &QAbstractItemModel::modelReset, this, rememberAll);
    connect(&accounts, &QAbstractItemModel::rowsInserted, this,
            [this](const QModelIndex &, int first, int last) { remember(first, last); });
    connect(&accounts, &QAbstractItemModel::dataChanged, this,
            [this](const QModelIndex &from, const QModelIndex &to) { remember(from.row(), to.row()); });
    connect(&commands, &CommandPort::entriesChanged, this, &RightsNotice::describe);
    rememberAll();
    hide();
}

void RightsNotice::remember(int first, int last)
{
    for (int row = first; row <= last; ++row) {
        const QModelIndex index = m_accounts.index(row, 0);
        m_names.insert(index.data(ItemRole::Key).toString(), index.data().toString());
    }
    describe(); // the names of what was gained come after the news
}

void RightsNotice::tell(const ScopeChange &change)
{
    add(m_change.gained, change.gained, m_change.lost);
    add(m_change.lost, change.lost, m_change.gained);
    m_change.withheldDiffers = m_change.withheldDiffers || change.withheldDiffers;
    m_change.ended = m_change.ended || change.ended;
    describe();
    QAccessibleEvent event(m_banner, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

void RightsNotice::tellOn(const Told &told)
{
    m_names.insert(told.names);
    if (told.change != ScopeChange())
        tell(told.change);
}

void RightsNotice::dismiss()
{
    m_change = {};
    describe();
}

QString RightsNotice::names(const QStringList &keys) const
{
    QStringList known;
    for (const QString &key : keys) {
        if (m_names.contains(key) && known.size() < mostNames)
            known.append(m_names.value(key));
    }
    const auto more = static_cast<int>(keys.size() - known.size());
    if (known.isEmpty())
        return tr("%Ln accounts or assortments of items", nullptr, more); // which have no names of their own
    if (more > 0)
        known.append(tr("%Ln more", "accounts", more));
    return known.join(QStringLiteral(", "));
}

QString RightsNotice::withdrawn() const
{
    const OutboxEntries entries = m_commands.entries();
    QStringList lines;
    int count = 0;
    for (const OutboxEntry &entry : *entries) {
        if (entry.state != OutboxEntry::State::Withdrawn || !entry.needsDecision())
            continue;
        ++count;
        if (lines.size() < mostWithdrawn)
            lines.append(
                tr("– %1, asked for on %2", "a change and when")
                    .arg(OutboxWords::of(entry, *entries).what, Display::dateAndTime(entry.command.madeAt)));
    }
    if (count == 0)
        return {};
    lines.prepend(tr("%Ln changes that were not sent yet were withdrawn:", nullptr, count));
    if (count > mostWithdrawn)
        lines.append(tr("– and %Ln more", "changes", count - static_cast<int>(mostWithdrawn)));
    return lines.join(QLatin1Char('\n'));
}

void RightsNotice::describe()
{
    QStringList sentences;
    if (m_change.ended) {
        sentences.append(
            tr("Your access has ended. Everything that it gave you was removed from this computer."));
    } else {
        if (!m_change.lost.isEmpty())
            sentences.append(tr("You no longer have access to %1. Everything of it was removed from this "
                                "computer.",
                                "the names of accounts")
                                 .arg(names(m_change.lost)));
        if (!m_change.gained.isEmpty())
            sentences.append(tr("You now have access to %1. Its records come to this computer by themselves.",
                                "the names of accounts")
                                 .arg(names(m_change.gained)));
        if (m_change.withheldDiffers)
            sentences.append(tr("Which prices and invoices you may see has changed. What you may not see any "
                                "more was removed from this computer."));
    }
    const bool was = !isHidden();
    const bool is = !sentences.isEmpty();
    QString text = sentences.join(QLatin1Char(' '));
    if (const QString gone = m_change.ended || !m_change.lost.isEmpty() ? withdrawn() : QString();
        !gone.isEmpty())
        text += QLatin1Char('\n') + gone;
    const bool loses = m_change.ended || m_change.withheldDiffers || !m_change.lost.isEmpty();
    m_banner->tell(text, loses ? Tone::Warn : Tone::Info);
    setVisible(is);
    if (was != is)
        Q_EMIT shownChanged();
}

} // namespace Counterfoil
