#include "outboxcorner.h"

#include "commandport.h"
#include "conflictview.h"
#include "outboxmodel.h"
#include "outboxpanel.h"
#include "pill.h"
#include "popover.h"

#include <QHBoxLayout>

#include <algorithm>

namespace Counterfoil {

OutboxCorner::OutboxCorner(const PaneContext &context, CommandPort &port, QWidget &host, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_port(port)
    , m_host(host)
    , m_model(new OutboxModel(port, context.readers, context.clock, this))
    , m_pill(new Pill(this))
    , m_panel(new OutboxPanel(*m_model))
    , m_card(new Popover(m_pill, m_panel))
{
    m_pill->setObjectName(QStringLiteral("outboxPill"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_pill);
    connect(m_pill, &QAbstractButton::clicked, this, &OutboxCorner::toggle);
    connect(m_model, &OutboxModel::countsChanged, this, &OutboxCorner::describe);
    connect(m_panel, &OutboxPanel::actionChosen, this, &OutboxCorner::run);
    connect(m_card, &Popover::dismissed, this, &OutboxCorner::describe);
    connect(&port, &CommandPort::failed, this, [this](const Error &error) { Q_EMIT told(error.userText); });
    connect(&port, &CommandPort::notQueued, this, [this](const QString &key, const Error &error) {
        if (key == m_asked)
            Q_EMIT told(error.userText);
    });
    connect(&port, &CommandPort::entriesChanged, this, &OutboxCorner::tellOfAmended);
    describe();
    tellOfAmended();
}

OutboxCorner::~OutboxCorner()
{
    delete m_card; // reads the model
}

void OutboxCorner::describe()
{
    const OutboxCounts counts = m_model->counts();
    const QString brief = OutboxSummary::brief(counts);
    const QString sentence = OutboxSummary::sentence(counts);
    // The panel hangs on the pill, so that is there as long as the panel is.
    setVisible(!brief.isEmpty() || (m_card && m_card->isOpen()));
    m_pill->setText(brief.isEmpty() ? tr("Nothing waits") : brief);
    m_pill->setTone(counts.needing > 0 ? Tone::Warn : Tone::Neutral);
    m_pill->setAccessibleName(tr("Outbox: %1").arg(m_pill->text()));
    m_pill->setToolTip(sentence);
    m_pill->updateGeometry();
    m_panel->setSummary(sentence);
}

// A check of the supplier's may have changed what was asked for: whoever asked hears it when it is done, and
// finds it in the panel afterwards.
void OutboxCorner::tellOfAmended()
{
    QSet<QString> open;
    const OutboxEntries entries = m_port.entries();
    for (const OutboxEntry &entry : *entries) {
        const QString key = QString::fromStdString(entry.command.key);
        if (!entry.isFinished())
            open.insert(key);
        else if (entry.state == OutboxEntry::State::Applied && !entry.outcome.reason.empty()
                 && m_open.contains(key))
            Q_EMIT told(OutboxWords::of(entry, *entries).explanation);
    }
    m_open = open;
}

void OutboxCorner::toggle()
{
    if (m_card->isOpen())
        m_card->dismiss();
    else
        showPanel({});
}

void OutboxCorner::showEntry(const QString &key)
{
    showPanel(key);
}

void OutboxCorner::showPanel(const QString &key)
{
    show();
    if (QLayout *bar = parentWidget()->layout())
        bar->activate(); // the card is placed by where the pill is then
    if (!m_card->isOpen())
        m_card->open(Popover::Align::End);
    describe();
    if (!key.isEmpty())
        m_panel->choose(key);
}

void OutboxCorner::decide(const QString &key)
{
    const OutboxEntry *entry = find(key);
    if (entry && possibleActions(*entry, *m_port.entries()).testFlag(OutboxAction::Resolve))
        resolve(key);
    else
        showPanel(key);
}

const OutboxEntry *OutboxCorner::find(const QString &key) const
{
    const auto &all = *m_port.entries();
    const auto found = std::ranges::find_if(
        all, [&key](const OutboxEntry &entry) { return entry.command.key == key.toStdString(); });
    return found == all.end() ? nullptr : &*found;
}

void OutboxCorner::run(OutboxAction action, const QString &key)
{
    switch (action) {
    case OutboxAction::Retry:
        m_port.retryNow(key);
        break;
    case OutboxAction::Cancel:
        m_port.cancel(key);
        break;
    case OutboxAction::Dismiss:
        m_port.dismiss(key);
        break;
    case OutboxAction::SendAgain:
        sendAgain(key);
        break;
    case OutboxAction::Resolve:
        resolve(key);
        break;
    case OutboxAction::Edit:
        m_card->dismiss();
        Q_EMIT editWanted(key);
        break;
    }
}

void OutboxCorner::sendAgain(const QString &key)
{
    const OutboxEntry *entry = find(key);
    if (!entry)
        return;
    Command command = entry->command;
    // What it was held for does not happen; it goes on top of what there is, and is a conflict if it cannot.
    if (entry->state == OutboxEntry::State::Held)
        command.after.clear();
    m_asked = m_port.resubmit(key, command);
}

void OutboxCorner::resolve(const QString &key)
{
    const OutboxEntry *entry = find(key);
    if (!entry || entry->state != OutboxEntry::State::Conflict || entry->outcome.theirs.isNull())
        return;
    QString forWhom;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const QModelIndex index = m_model->index(row);
        if (index.data(ItemRole::Key).toString() == key)
            forWhom = index.data(OutboxRole::ForWhom).toString();
    }
    m_card->dismiss();
    delete m_conflict;
    m_conflict = new ConflictView(m_context, m_port, *entry, forWhom, &m_host);
    m_conflict->begin();
}

} // namespace Counterfoil
