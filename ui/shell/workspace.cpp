#include "workspace.h"

#include "account.h"
#include "accountlistmodel.h"
#include "accountswitcher.h"
#include "actions.h"
#include "boughtpane.h"
#include "cartdesk.h"
#include "display.h"
#include "documentkeeping.h"
#include "filewindows.h"
#include "freshness.h"
#include "freshnesspanel.h"
#include "hairline.h"
#include "jumpbox.h"
#include "jumpmodel.h"
#include "listpane.h"
#include "outboxcorner.h"
#include "outboxmodel.h"
#include "outboxpanel.h"
#include "outgoingdesk.h"
#include "palettemodel.h"
#include "passwordsheet.h"
#include "pill.h"
#include "popover.h"
#include "rail.h"
#include "recordcounts.h"
#include "recordspage.h"
#include "recordwindows.h"
#include "returndesk.h"
#include "rightsnotice.h"
#include "statuswording.h"
#include "toast.h"
#include "wishes.h"
#include "workcounts.h"
#include "workmodel.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QLocale>
#include <QStackedWidget>

#include <algorithm>

namespace Counterfoil {

namespace {

constexpr char accountKey[] = "account";
constexpr char paneKey[] = "pane";

} // namespace

Workspace::Workspace(const WindowPorts &ports, Theme &theme, const OpenProfile &profile, QWidget *parent)
    : QWidget(parent)
    , m_ports(ports)
    , m_theme(theme)
    , m_profile(profile)
    , m_settings(profile.directory + QStringLiteral("/window.ini"), QSettings::IniFormat)
    , m_freshness(new Freshness(profile.sync, ports.clock, this))
    , m_wording(new StatusWording(profile.readers, this))
    , m_context{profile.readers,       *m_wording,        *m_freshness,
                ports.clock,           m_profile.person,  profile.documents,
                profile.renderProgram, &m_profile.quotes, m_profile.attachments}
    , m_places(recordPlaces(profile.person))
    , m_accountModel(new AccountListModel(profile.readers, this))
    , m_jumpModel(new JumpModel(profile.readers, this))
    , m_work(new WorkCounts(profile.readers, ports.clock, this))
    , m_actions(new Actions(*this))
    , m_palette(new PaletteModel(*m_jumpModel, *m_actions, this))
    , m_windows(new RecordWindows(m_context, m_places, this))
    , m_files(new FileWindows(m_context, *this))
    , m_keeping(new DocumentKeeping(profile.documents, profile.sync, *m_accountModel, m_settings, *this))
{
    if (m_profile.person.speaksForSupplier)
        m_needs = new WorkModel(m_profile.commands, m_profile.readers, m_ports.clock, m_profile.person, this);
    build();
    addActions();
    m_files->addActions(*m_actions);
    m_keeping->addActions(*m_actions);
    connectAll();
    noteFreshness();
    noteOutbox();
    m_accounts->restore(m_settings.value(QLatin1String(accountKey)).toString());
    const QString last = m_settings.value(QLatin1String(paneKey)).toString();
    goTo(panes().contains(last) ? last : m_panes.first().id);
}

Workspace::~Workspace()
{
    saveLayout();
    // What they read goes with this.
    delete m_panelCard;
    delete m_outgoing;
    delete m_outbox;
    delete m_windows;
    delete m_files;
    delete m_stack;
    delete m_cartDesk;
    qDeleteAll(m_endNews);
    delete m_returnDesk;
}

void Workspace::build()
{
    m_stack = new QStackedWidget(this);
    m_cartDesk = new CartDesk(m_context, m_profile.commands, this);
    m_returnDesk = new ReturnDesk(m_context, m_profile.commands, this);
    m_wishes = new Wishes(m_profile.commands, this);
    buildRail();
    m_notice = new RightsNotice(*m_accountModel, m_profile.commands, this);
    auto *main = new QVBoxLayout;
    main->setContentsMargins(0, 0, 0, 0);
    main->setSpacing(0);
    main->addWidget(buildBar());
    main->addWidget(hairline(this));
    main->addWidget(m_notice);
    main->addWidget(m_stack, 1);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_rail);
    layout->addLayout(main, 1);
    m_toast = new Toast(this);
    m_outgoing = new OutgoingDesk({m_profile.readers, m_profile.documents, m_ports.settingsFile,
                                   m_profile.person.seesPrices, m_profile.renderProgram, m_profile.doors},
                                  *this, this);
    m_windows->setDesks({m_outgoing, m_cartDesk, m_returnDesk});
}

QWidget *Workspace::buildBar()
{
    auto *bar = new QWidget(this);
    m_accounts = new AccountSwitcher(*m_accountModel, bar);
    m_jump = new JumpBox(*m_palette, bar);
    m_jump->setMaximumWidth(m_jump->sizeHint().width());
    m_pill = new Pill(bar);
    m_pill->setObjectName(QStringLiteral("freshnessPill"));
    m_panel
        = new FreshnessPanel(*m_freshness, *new RecordCounts(m_profile.readers, this), m_profile.documents);
    m_panelCard = new Popover(m_pill, m_panel);
    m_outbox = new OutboxCorner(m_context, m_profile.commands, *this, bar);
    auto *layout = new QHBoxLayout(bar);
    layout->setContentsMargins(Space::small, 9, Space::large, 9);
    layout->setSpacing(Space::small);
    layout->addWidget(m_accounts);
    layout->addWidget(m_jump, 1);
    layout->addStretch(0);
    layout->addSpacing(Space::small);
    layout->addWidget(m_outbox);
    layout->addWidget(m_pill);
    return bar;
}

void Workspace::connectAll()
{
    connect(m_freshness, &Freshness::changed, this, &Workspace::noteFreshness);
    connect(m_files, &FileWindows::told, this, &Workspace::tell);
    connect(&m_profile.sync, &SyncPort::statusChanged, this, &Workspace::noteTransition);
    connect(m_pill, &QAbstractButton::clicked, this, &Workspace::toggleFreshnessPanel);
    connect(m_panel, &FreshnessPanel::retryWanted, this, [this] { m_profile.sync.retryNow(); });
    connect(m_panel, &FreshnessPanel::connectedChosen, this, [this](bool on) { setDisconnected(!on); });
    connect(m_rail, &Rail::connectedChosen, this, [this](bool on) { setDisconnected(!on); });
    connect(m_rail, &Rail::keysWanted, this, &Workspace::showKeys);
    connect(m_rail, &Rail::personMenuWanted, this, &Workspace::showPersonMenu);
    connect(m_accounts, &AccountSwitcher::chosen, this, &Workspace::useAccount);
    // The branches of a parent are known only once the list of accounts has been read.
    connect(m_accountModel, &QAbstractItemModel::modelReset, this, &Workspace::useAccount);
    connect(m_accountModel, &QAbstractItemModel::rowsInserted, this, &Workspace::useAccount);
    connect(m_accountModel, &QAbstractItemModel::rowsRemoved, this, &Workspace::useAccount);
    connect(m_jump, &JumpBox::recordChosen, this, [this](const RecordRef &ref, bool inOwnWindow) {
        openRecord(ref, inOwnWindow);
        if (ref.kind == &Account::type)
            goTo(QStringLiteral("account")); // whom it was asked for, with all that is theirs
    });
    connect(m_work, &WorkCounts::changed, this, &Workspace::showWorkCounts);
    if (m_needs)
        connect(m_needs, &WorkModel::changed, this, &Workspace::showNeeds);
    connect(m_windows, &RecordWindows::linkChosen, this, &Workspace::openRecord);
    connect(m_outbox, &OutboxCorner::told, this, &Workspace::tell);
    connect(m_cartDesk, &CartDesk::told, this, &Workspace::tell);
    connect(m_returnDesk, &ReturnDesk::told, this, &Workspace::tell);
    connect(m_cartDesk, &CartDesk::made, this, &Workspace::showCart);
    connect(m_wishes, &Wishes::told, this, &Workspace::tell);
    followApprovals();
    connect(m_outgoing, &OutgoingDesk::told, this, &Workspace::tell);
    connect(m_outgoing, &OutgoingDesk::dragReady, this, &Workspace::dragFiles);
    connect(m_outbox, &OutboxCorner::editWanted, this, &Workspace::editEntry);
    connect(&m_outbox->model(), &OutboxModel::countsChanged, this, &Workspace::noteOutbox);
    connect(&m_profile.sync, &SyncPort::scopeChanged, m_notice, &RightsNotice::tell);
}

void Workspace::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_laidOut)
        return;
    m_laidOut = true;
    layout()->activate(); // the docks share out the width that they have by then
    restoreLayout();
    std::ranges::find(m_panes, m_shownPane, &Pane::id)->focusFirst();
    if (m_profile.person.mustChangePassword)
        (new PasswordSheet(this, m_profile.people))->open();
}

// What waits is kept with the layout, so that an end that nobody saw is told at the next start.
void Workspace::followEnds(const RecordType &kind, const EndNews::Sentence &sentence)
{
    const QString kept = Display::text(std::string(kind.plural)) + QStringLiteral("/waiting");
    auto *news = new EndNews(m_profile.readers, kind, m_profile.person.user,
                             m_settings.value(kept).toStringList(), sentence, this);
    m_endNews.append(news);
    connect(news, &EndNews::told, this, &Workspace::tell);
    connect(news, &EndNews::waitingChanged, this,
            [this, kept, news] { m_settings.setValue(kept, news->waiting()); });
}

void Workspace::noteFreshness()
{
    const SyncStatus &status = m_freshness->status();
    m_pill->setText(m_freshness->summary());
    m_pill->setTone(m_freshness->tone());
    m_pill->setAccessibleName(tr("Freshness: %1").arg(m_freshness->summary()));
    m_pill->setToolTip(m_freshness->sentence());
    m_pill->updateGeometry();
    m_pill->update();
    m_rail->setConnected(!status.disconnectedByPerson);
}

void Workspace::noteOutbox()
{
    const OutboxCounts counts = m_outbox->model().counts();
    m_panel->setOutbox(OutboxSummary::brief(counts).isEmpty() ? QString() : OutboxSummary::sentence(counts));
}

void Workspace::noteTransition()
{
    using Mode = SyncStatus::Mode;
    const SyncStatus status = m_profile.sync.status();
    const BootTime now = m_ports.clock.sinceBoot();
    if (status.mode == Mode::Offline) {
        m_wasAway = true;
        m_backSince = {};
        m_receivedBefore = status.changesReceived;
    } else if (m_wasAway && (status.mode == Mode::CatchingUp || status.mode == Mode::Connecting)) {
        // The last attempt counts, not those that failed before.
        if (m_backSince.ms == 0 || status.mode == Mode::Connecting)
            m_backSince = now;
    } else if (m_wasAway && (status.mode == Mode::Live || status.mode == Mode::Polling)) {
        m_wasAway = false;
        const qint64 changes = status.changesReceived - m_receivedBefore;
        const double seconds = m_backSince.ms ? static_cast<double>(now.ms - m_backSince.ms) / 1000 : 0;
        const QLocale locale;
        tell(changes > 0 ? tr("Back online: %1 changes caught up in %2 s", nullptr, static_cast<int>(changes))
                               .arg(locale.toString(changes), locale.toString(std::max(0.1, seconds), 'f', 1))
                         : tr("Back online: nothing had changed"));
    }
}

void Workspace::setKeptInMemoryOnly(bool only)
{
    m_panel->setKeptInMemoryOnly(only);
}

void Workspace::tell(const QString &text)
{
    m_toast->tell(text);
}

void Workspace::setDisconnected(bool disconnected)
{
    m_profile.sync.setConnected(!disconnected);
}

void Workspace::saveLayout()
{
    if (!m_laidOut)
        return;
    for (const Pane &pane : std::as_const(m_panes)) {
        if (const RecordsPage *page = pane.records())
            page->saveTo(m_settings);
        else if (const BoughtPane *bought = pane.bought())
            bought->saveTo(m_settings);
    }
    m_settings.setValue(QLatin1String(paneKey), m_shownPane);
    m_settings.setValue(QLatin1String(accountKey), m_accounts->chosenKey());
    m_windows->saveTo(m_settings);
    m_settings.sync();
}

void Workspace::restoreLayout()
{
    for (const Pane &pane : std::as_const(m_panes)) {
        if (RecordsPage *page = pane.records())
            page->restoreFrom(m_settings);
    }
    m_windows->restoreFrom(m_settings);
}

void Workspace::resetLayout()
{
    for (const Pane &pane : std::as_const(m_panes)) {
        if (RecordsPage *page = pane.records())
            page->resetLayout();
    }
    tell(tr("The layout is as it was at first"));
}

} // namespace Counterfoil
