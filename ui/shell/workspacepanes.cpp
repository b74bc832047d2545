// The panes of a profile: what makes each, which is shown, and where a record is shown.

#include "workspace.h"

#include "account.h"
#include "accountpane.h"
#include "accountswitcher.h"
#include "address.h"
#include "ageingfilter.h"
#include "boughtpane.h"
#include "cart.h"
#include "cartdesk.h"
#include "cartpane.h"
#include "chosenrows.h"
#include "contact.h"
#include "detailpane.h"
#include "display.h"
#include "documentview.h"
#include "homepane.h"
#include "invoice.h"
#include "linkactions.h"
#include "listpane.h"
#include "outboxcorner.h"
#include "outgoingdesk.h"
#include "rail.h"
#include "recordspage.h"
#include "recordview.h"
#include "recordwatch.h"
#include "recordwindows.h"
#include "return.h"
#include "returndesk.h"
#include "workcounts.h"
#include "workmodel.h"
#include "workpane.h"

#include <QLocale>
#include <QStackedWidget>

#include <algorithm>

namespace Counterfoil {

namespace {

constexpr char homeId[] = "home";
constexpr char workId[] = "work";
constexpr char boughtId[] = "bought";
constexpr char cartsId[] = "carts";
constexpr char accountId[] = "account";

} // namespace

void Workspace::buildRail()
{
    m_rail = new Rail(m_profile.person.displayName, roleName(m_profile.person.role), this);
    m_panes.append({QLatin1String(homeId), tr("Go to Home"), &m_rail->addPane(tr("&Home"))});
    if (m_needs)
        m_panes.append(
            {QLatin1String(workId), tr("Go to what needs you"), &m_rail->addPane(tr("&Needs you"))});
    const auto addPlaces = [this](bool afterCarts) {
        for (const RecordPlace &place : m_places) {
            if (standsAfterCarts(place) != afterCarts)
                continue;
            m_panes.append({place.id, place.goThere, &m_rail->addPane(place.name)});
            if (place.restrictToWork)
                m_work->add(place.id, *place.kind, place.restrictToWork);
        }
    };
    addPlaces(false);
    m_panes.append({QLatin1String(boughtId), tr("Go to what was bought before"),
                    &m_rail->addPane(tr("&Bought before"))});
    if (m_cartDesk->mayOrder())
        m_panes.append({QLatin1String(cartsId), tr("Go to the carts"), &m_rail->addPane(tr("Car&ts"))});
    addPlaces(true);
    m_panes.append({QLatin1String(accountId), tr("Go to the account"), &m_rail->addPane(tr("&Account"))});
    for (const Pane &pane : std::as_const(m_panes))
        connect(pane.item, &QAbstractButton::clicked, this, [this, id = pane.id] { goTo(id); });
}

const RecordPlace *Workspace::placeOf(const QString &id) const
{
    const auto found = std::ranges::find(m_places, id, &RecordPlace::id);
    return found == m_places.end() ? nullptr : &*found;
}

const RecordPlace *Workspace::placeOf(const RecordType *kind) const
{
    const auto found = std::ranges::find(m_places, kind, &RecordPlace::kind);
    return found == m_places.end() ? nullptr : &*found;
}

QStringList Workspace::panes() const
{
    QStringList ids;
    for (const Pane &pane : m_panes)
        ids.append(pane.id);
    return ids;
}

RecordsPage *Workspace::Pane::records() const
{
    return qobject_cast<RecordsPage *>(widget);
}

HomePane *Workspace::Pane::home() const
{
    return qobject_cast<HomePane *>(widget);
}

WorkPane *Workspace::Pane::work() const
{
    return qobject_cast<WorkPane *>(widget);
}

AccountPane *Workspace::Pane::account() const
{
    return qobject_cast<AccountPane *>(widget);
}

void Workspace::Pane::focusFirst() const
{
    if (records())
        records()->list().focusList();
    else if (home())
        home()->focusFirst();
    else if (work())
        work()->focusFirst();
    else if (bought())
        bought()->focusFirst();
    else if (carts())
        carts()->focusFirst();
    else if (account())
        account()->focusFirst();
}

QWidget *Workspace::makePane(const QString &id)
{
    if (id == QLatin1String(workId))
        return makeWorkPane();
    if (id == QLatin1String(accountId))
        return makeAccountPane();
    if (id == QLatin1String(boughtId))
        return makeBoughtPane();
    if (id == QLatin1String(cartsId))
        return makeCartPane();
    const RecordPlace *place = placeOf(id);
    if (!place) {
        auto *home = new HomePane(m_context, m_stack);
        connect(home, &HomePane::opened, this, &Workspace::openRecord);
        connect(home, &HomePane::ageingChosen, this, [this](Ageing::Bucket bucket) {
            if (RecordsPage *invoices = page(Invoice::type)) {
                goTo(invoices->place().id);
                AgeingFilter::restrictTo(bucket, invoices->list());
            }
        });
        return home;
    }
    auto *page = new RecordsPage(*place, m_context, m_stack);
    connectPage(*page);
    return page;
}

QWidget *Workspace::makeAccountPane()
{
    auto *pane = new AccountPane(m_context, m_profile.commands, m_profile.people, m_stack);
    connect(pane, &AccountPane::entryWanted, m_outbox, &OutboxCorner::showEntry);
    connect(pane, &AccountPane::accountChoiceWanted, m_accounts, &AccountSwitcher::open);
    connect(pane, &AccountPane::told, this, &Workspace::tell);
    connect(pane, &AccountPane::opened, this, &Workspace::openRecord);
    pane->addActions(*m_actions);
    return pane;
}

AccountPane &Workspace::showAccountPane()
{
    goTo(QLatin1String(accountId));
    return *qobject_cast<AccountPane *>(m_stack->currentWidget());
}

void Workspace::editEntry(const QString &key)
{
    const auto &entries = *m_profile.commands.entries();
    const auto entry = std::ranges::find_if(
        entries, [&key](const OutboxEntry &each) { return each.command.key == key.toStdString(); });
    if (entry != entries.end() && entry->command.kind == &Cart::type)
        showCart(Display::text(entry->command.target.empty() ? resultOf(entry->command.key)
                                                             : entry->command.target));
    else if (entry != entries.end() && entry->command.kind == &Return::type)
        m_returnDesk->editRequest(*entry, this);
    else
        showAccountPane().editEntry(key);
}

// What is shown first is built first; the other panes cost nothing until then.
QWidget *Workspace::paneWidget(const QString &id)
{
    const auto pane = std::ranges::find(m_panes, id, &Pane::id);
    if (pane == m_panes.end())
        return nullptr;
    if (!pane->widget) {
        pane->widget = makePane(id);
        m_stack->addWidget(pane->widget);
        setAccounts(*pane);
        if (RecordsPage *page = pane->records()) {
            page->resize(m_stack->size());
            if (m_laidOut)
                page->restoreFrom(m_settings);
        } else if (BoughtPane *bought = pane->bought()) {
            bought->resize(m_stack->size());
            bought->restoreFrom(m_settings);
        }
    }
    return pane->widget;
}

void Workspace::connectPage(RecordsPage &page)
{
    connect(&page, &RecordsPage::visited, this, [this, &page](const RecordRef &ref) {
        if (!m_stepping && &page == currentPage())
            m_visits.visit(ref);
    });
    connect(&page, &RecordsPage::ownWindowWanted, this,
            [this](const RecordRef &ref) { openRecord(ref, true); });
    connect(&page, &RecordsPage::linkChosen, this, &Workspace::openRecord);
    connect(&page, &RecordsPage::linksChanged, this, [this] { m_linkActions->refresh(); });
    page.detail().addActions(*m_actions);
    connect(&page.list(), &ListPane::selectionCut, this, [this](int rows) {
        tell(tr("The first %1 rows are selected, which is the most at once.").arg(QLocale().toString(rows)));
    });
    RecordView &view = page.list().view();
    connect(&view, &RecordView::dragWanted, this,
            [this, &page] { m_outgoing->drag(chosenRows(*this, &page), this); });
    for (DocumentView *document : page.findChildren<DocumentView *>())
        connect(document, &DocumentView::pagesDragWanted, this,
                [this, document] { m_outgoing->drag(chosenPages(*document), this); });
    addReorderButton(page);
    joinCatalogue(page);
    joinApprovals(page);
    joinReturns(page);
    view.setContextMenuPolicy(Qt::CustomContextMenu);
    connect(&view, &QWidget::customContextMenuRequested, this,
            [this, &page](const QPoint &at) { showListMenu(page, at); });
}

void Workspace::goTo(const QString &paneId)
{
    QWidget *widget = paneWidget(paneId);
    if (!widget)
        return;
    m_shownPane = paneId;
    m_stack->setCurrentWidget(widget);
    for (const Pane &pane : std::as_const(m_panes))
        pane.item->setChecked(pane.id == paneId);
    m_linkActions->refresh();
    const auto shown = std::ranges::find(m_panes, paneId, &Pane::id);
    shown->focusFirst();
    if (const RecordsPage *page = shown->records(); page && !m_stepping)
        m_visits.visit(page->detail().ref());
}

RecordsPage *Workspace::page(const RecordType &kind)
{
    const RecordPlace *place = placeOf(&kind);
    return place ? qobject_cast<RecordsPage *>(paneWidget(place->id)) : nullptr;
}

RecordsPage *Workspace::currentPage() const
{
    return qobject_cast<RecordsPage *>(m_stack->currentWidget());
}

void Workspace::useAccount()
{
    for (const Pane &pane : std::as_const(m_panes))
        setAccounts(pane);
    m_work->setAccounts(m_accounts->accounts(), m_accounts->firstAccount());
    if (m_needs)
        m_needs->setAccounts(m_accounts->accounts());
}

void Workspace::setAccounts(const Pane &pane)
{
    if (RecordsPage *page = pane.records())
        page->list().setAccounts(m_accounts->accounts(), m_accounts->firstAccount());
    else if (HomePane *home = pane.home())
        home->setAccounts(m_accounts->accounts());
    else if (BoughtPane *bought = pane.bought())
        bought->setAccounts(m_accounts->accounts(), m_accounts->firstAccount());
    else if (CartPane *carts = pane.carts())
        carts->setAccounts(m_accounts->accounts(), m_accounts->firstAccount());
    else if (AccountPane *account = pane.account())
        account->setAccounts(m_accounts->accounts());
}

void Workspace::openRecord(const RecordRef &ref, bool inOwnWindow)
{
    if (ref.isNull())
        return;
    const RecordPlace *place = placeOf(ref.kind);
    if (ref.kind == &Account::type) {
        m_accounts->restore(QString::fromStdString(ref.key));
    } else if (ref.kind == &Address::type || ref.kind == &Contact::type) {
        showAccountPane().showRecord(ref);
    } else if (!place) {
        openLinked(ref, inOwnWindow);
    } else if (!inOwnWindow) {
        // Going there is one visit, not two.
        m_stepping = true;
        goTo(place->id);
        currentPage()->showRecord(QString::fromStdString(ref.key));
        m_stepping = false;
        m_visits.visit(ref);
        window()->activateWindow();
    } else if (!m_windows->open(ref)) {
        tell(tr("%Ln windows are open, which is the most at once. Close one first.", nullptr,
                RecordWindows::most));
    }
}

void Workspace::openLinked(const RecordRef &ref, bool inOwnWindow)
{
    delete m_way; // what was asked for last counts
    m_way = new RecordWatch(m_profile.readers, this);
    connect(m_way, &RecordWatch::changed, this, [this, inOwnWindow] {
        if (!m_way || m_way->state() == RecordWatch::State::Loading)
            return;
        RecordRef found;
        for (const Linked &linked : m_way->linked()) {
            const RecordType &kind = linked.row.record.type();
            if (!found.isNull() || !placeOf(&kind))
                continue;
            const Field *key = kind.findFlag(Key);
            found = {&kind, key->in<std::string>(linked.row.record.data())};
        }
        m_way->disconnect(this);
        m_way->deleteLater();
        if (found.isNull())
            tell(tr("Nothing more is known of it on this computer."));
        else
            openRecord(found, inOwnWindow);
    });
    m_way->setRef(ref);
}

void Workspace::step(int by)
{
    const std::optional<RecordRef> ref = m_visits.step(by);
    const RecordPlace *place = ref ? placeOf(ref->kind) : nullptr;
    if (!place)
        return;
    m_stepping = true;
    goTo(place->id);
    currentPage()->showRecord(QString::fromStdString(ref->key));
    m_stepping = false;
}

void Workspace::showWorkCounts()
{
    for (const Pane &pane : std::as_const(m_panes)) {
        const RecordPlace *place = placeOf(pane.id);
        if (!place || !place->restrictToWork)
            continue;
        const qint64 count = m_work->of(pane.id);
        pane.item->setCount(count > 0 ? place->workShort(count) : QString(), place->workMeaning(count));
    }
}

} // namespace Counterfoil
