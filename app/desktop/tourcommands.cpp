// The tour's stops at what a person asks for: forms, the outbox, a conflict, and rights that end.

#include "tour.h"

#include "account.h"
#include "accountpane.h"
#include "actions.h"
#include "address.h"
#include "cachereader.h"
#include "cartlinesmodel.h"
#include "cartpane.h"
#include "cartview.h"
#include "colleague.h"
#include "desktop.h"
#include "display.h"
#include "statementsheet.h"
#include "workspace.h"

#include <QAction>
#include <QDate>

#include <algorithm>
#include <memory>

namespace Counterfoil {

namespace {

constexpr QLatin1String otherUser("sam");
constexpr QLatin1String sameUser("maya"); // the buyer that the stops are signed in as

// One record of the cache as it is now; nothing: not there.
template <class T> std::optional<T> stored(const QString &cachePath, const std::string &key)
{
    const auto row = CacheReader(cachePath).byKey(T::type, key);
    return row && *row ? std::optional(*(*row)->record.template as<T>()) : std::nullopt;
}

bool anyNeedsDecision(const OutboxEntries &entries)
{
    return std::ranges::any_of(*entries, &OutboxEntry::needsDecision);
}

bool allFinished(const OutboxEntries &entries)
{
    return std::ranges::all_of(*entries, &OutboxEntry::isFinished);
}

} // namespace

AccountPane *Tour::accountPane() const
{
    return m_driver.workspace()->findChild<AccountPane *>();
}

bool Tour::openAddress(Address &address)
{
    const QString cache = m_driver.desktop().client().profile().cachePath();
    auto accounts = CacheReader(cache).all(Account::type);
    if (!accounts || accounts->empty())
        return false;
    const auto *account = accounts->front().record.as<Account>();
    const auto found = stored<Address>(cache, account->defaultShipTo);
    m_driver.act(QStringLiteral("pane.account"));
    if (!found || !accountPane())
        return false;
    address = *found;
    accountPane()->showRecord({&Address::type, address.key});
    m_driver.waitUntil("the address can be changed", [this] {
        const QAction *edit = m_driver.workspace()->actions().find(QStringLiteral("account.edit"));
        return edit && edit->isEnabled();
    });
    return true;
}

// Of half a year, up to today.
void Tour::statementStop()
{
    constexpr int days = 182;
    m_driver.act(QStringLiteral("account.statement"));
    auto *sheet = m_driver.desktop().window()->findChild<StatementSheet *>();
    if (!sheet)
        return m_driver.miss(QStringLiteral("no statement of account"));
    const auto today = static_cast<std::int32_t>(QDate(1970, 1, 1).daysTo(QDate::currentDate()));
    const auto isShown = std::make_shared<bool>(false);
    const auto shown = QObject::connect(sheet, &StatementSheet::shown, sheet, [isShown] { *isShown = true; });
    sheet->setPeriod({today - days}, {today});
    m_driver.waitUntil("the statement is made", [isShown] { return *isShown; });
    QObject::disconnect(shown);
    m_driver.picture(QStringLiteral("statement-dark"));
    m_driver.desktop().theme().setScheme(Theme::Scheme::Light);
    m_driver.picture(QStringLiteral("statement"));
    m_driver.desktop().theme().setScheme(Theme::Scheme::Dark);
    m_driver.press(Qt::Key_Escape);
}

void Tour::accountStops()
{
    m_driver.signOut();
    m_driver.signInAs(QStringLiteral("buyer"));
    const SyncPort &sync = m_driver.desktop().client().sync();
    m_driver.waitUntil("live as a buyer", [&sync] { return sync.status().mode == SyncStatus::Mode::Live; });
    m_driver.act(QStringLiteral("pane.account"));
    for (const bool dark : {false, true}) {
        m_driver.desktop().theme().setScheme(dark ? Theme::Scheme::Dark : Theme::Scheme::Light);
        m_driver.picture(dark ? QStringLiteral("account-of-a-buyer-dark")
                              : QStringLiteral("account-of-a-buyer"));
    }
    m_driver.resize({1920, 1080});
    m_driver.picture(QStringLiteral("account-of-a-buyer-dark-large"));
    m_driver.resize({1280, 800});
    statementStop();
    formStop();
    m_driver.desktop().theme().setScheme(Theme::Scheme::Light);
    formStop();
}

void Tour::formStop()
{
    m_driver.act(QStringLiteral("account.addAddress"));
    m_driver.press(Qt::Key_End);
    m_driver.type(QStringLiteral(", north gate"));
    m_driver.press(Qt::Key_Return, Qt::ControlModifier);
    m_driver.picture(QStringLiteral("address-form"));
    m_driver.press(Qt::Key_Escape);
    m_driver.picture(QStringLiteral("address-form-left"));
    // From "Go on" back to "Throw it away".
    m_driver.press(Qt::Key_Backtab, Qt::ShiftModifier);
    m_driver.press(Qt::Key_Backtab, Qt::ShiftModifier);
    m_driver.press(Qt::Key_Return);
}

void Tour::conflictStops()
{
    Desktop &desktop = m_driver.desktop();
    Colleague colleague(*desktop.demoGateway(), otherUser);
    m_driver.waitUntil("the colleague is live", [&colleague] { return colleague.isLive(); });
    CommandPort &commands = desktop.client().commands();
    Address address;
    if (!openAddress(address))
        return m_driver.miss(QStringLiteral("no address to change"));
    colleague.setConnected(false);
    m_driver.disconnectFromNetwork();

    Command theirs;
    theirs.verb = "save";
    theirs.kind = &Address::type;
    theirs.account = address.account;
    theirs.target = address.key;
    theirs.base = AnyRecord(std::make_shared<Address>(address));
    auto changed = std::make_shared<Address>(address);
    changed->name += " (goods in)";
    changed->attention = "Night desk";
    theirs.record = AnyRecord(changed);
    colleague.submit(theirs);

    m_driver.act(QStringLiteral("account.edit"));
    m_driver.press(Qt::Key_End);
    m_driver.type(QStringLiteral(", dock 4"));
    m_driver.press(Qt::Key_Return, Qt::ControlModifier);
    m_driver.waitUntil("it is queued", [&commands] { return !commands.entries()->empty(); });
    m_driver.picture(QStringLiteral("queued-offline"));
    m_driver.act(QStringLiteral("outbox.show"));
    m_driver.picture(QStringLiteral("outbox-offline"));
    m_driver.press(Qt::Key_Escape);

    colleague.setConnected(true);
    m_driver.waitUntil("the colleague was first", [&colleague] { return colleague.isDone(); });
    m_driver.connectToNetwork();
    m_driver.waitUntil("a conflict", [&commands] { return anyNeedsDecision(commands.entries()); });
    m_driver.picture(QStringLiteral("conflict-told"));
    m_driver.act(QStringLiteral("outbox.show"));
    m_driver.picture(QStringLiteral("outbox-conflict"));
    m_driver.press(Qt::Key_Return);
    m_driver.picture(QStringLiteral("conflict"));
    desktop.theme().setScheme(Theme::Scheme::Dark);
    m_driver.picture(QStringLiteral("conflict-dark"));
    desktop.theme().setScheme(Theme::Scheme::Light);
    m_driver.press(Qt::Key_1);
    m_driver.picture(QStringLiteral("conflict-chosen"));
    m_driver.press(Qt::Key_Return);
    m_driver.waitUntil("the choice is applied", [&commands] {
        return allFinished(commands.entries()) && !anyNeedsDecision(commands.entries());
    });
    const QString cache = desktop.client().profile().cachePath();
    m_driver.waitUntil("what was chosen is a fact", [&] {
        const auto now = stored<Address>(cache, address.key);
        return now && now->name.ends_with(", dock 4") && now->attention == "Night desk";
    });
    m_driver.picture(QStringLiteral("conflict-settled"));
}

void Tour::cartConflictStop()
{
    Desktop &desktop = m_driver.desktop();
    const CommandPort &commands = desktop.client().commands();
    CartView &view = m_driver.workspace()->findChild<CartPane *>()->cart();
    Colleague elsewhere(*desktop.demoGateway(), sameUser);
    m_driver.waitUntil("the other computer is live", [&elsewhere] { return elsewhere.isLive(); });
    m_driver.waitUntil("the cart is as it is there",
                       [&] { return view.isSaved() && allFinished(commands.entries()); });
    m_driver.disconnectFromNetwork();

    Command theirs;
    theirs.verb = "save";
    theirs.kind = &Cart::type;
    theirs.account = view.cart().account;
    theirs.target = view.cart().key;
    theirs.base = AnyRecord(std::make_shared<Cart>(view.cart()));
    auto changed = std::make_shared<Cart>(view.cart());
    const Decimal usual = changed->lines.front().quantity;
    changed->lines.front().quantity += usual;
    changed->lines.pop_back();
    changed->notes = "Ring before delivery.";
    theirs.record = AnyRecord(changed);
    elsewhere.submit(theirs);
    m_driver.waitUntil("the other computer was first", [&elsewhere] { return elsewhere.isDone(); });

    view.lines().setData(view.lines().index(0, CartLinesModel::Quantity),
                         Display::quantity(usual + usual + usual), Qt::EditRole);
    m_driver.waitUntil("it is queued", [&commands] { return !allFinished(commands.entries()); });
    m_driver.connectToNetwork();
    m_driver.waitUntil("the cart's conflict", [&commands] { return anyNeedsDecision(commands.entries()); });
    m_driver.picture(QStringLiteral("cart-conflict-told"));
    m_driver.act(QStringLiteral("outbox.show"));
    m_driver.press(Qt::Key_Return);
    for (const bool dark : {true, false}) {
        desktop.theme().setScheme(dark ? Theme::Scheme::Dark : Theme::Scheme::Light);
        m_driver.picture(dark ? QStringLiteral("cart-conflict-dark") : QStringLiteral("cart-conflict"));
    }
    m_driver.press(Qt::Key_2);
    m_driver.press(Qt::Key_Return);
    m_driver.waitUntil("the cart is decided on",
                       [&commands] { return !anyNeedsDecision(commands.entries()); });
    m_driver.picture(QStringLiteral("cart-conflict-decided"));
}

// A branch is all that the person keeps.
void Tour::withdrawalStop()
{
    const QString cache = m_driver.desktop().client().profile().cachePath();
    const auto accounts = CacheReader(cache).all(Account::type);
    std::string branch;
    for (const CachedRecord &row : accounts ? *accounts : std::vector<CachedRecord>()) {
        const auto *account = row.record.as<Account>();
        if (!account->parent.empty())
            branch = account->key;
    }
    const std::string kept = branch;
    if (kept.empty()
        || !m_driver.desktop().demoGateway()->changeUser(
            {QStringLiteral("set"), sameUser, QStringLiteral("--account"), QString::fromStdString(kept)}))
        return m_driver.miss(QStringLiteral("rights could not be changed"));
    m_driver.waitUntil("what may no longer be seen is gone", [&cache] {
        const auto left = CacheReader(cache).all(Account::type);
        return left && left->size() == 1;
    });
    m_driver.picture(QStringLiteral("rights-withdrawn"));
}

} // namespace Counterfoil
