// What can be done in the Account pane: each action with its name and key, in one place.

#include "accountpane.h"

#include "accountediting.h"
#include "accountsection.h"
#include "actions.h"
#include "passwordsheet.h"
#include "peoplesection.h"
#include "statementsheet.h"

#include <QAction>

namespace Counterfoil {

namespace {

QKeySequence keys(QKeyCombination key)
{
    return QKeySequence(key);
}

} // namespace

void AccountPane::addAction(const char *id, const QString &text, const QList<QKeySequence> &keys,
                            std::function<void()> run)
{
    auto *action = new QAction(text, this);
    action->setShortcuts(keys);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(action, &QAction::triggered, this, [run = std::move(run)] { run(); });
    QWidget::addAction(action);
    m_actions.append({QString::fromLatin1(id), action});
}

// Only what this person may do is listed at all; what depends on a row is there while there is such a row.
void AccountPane::addActions(Actions &actions)
{
    const bool addresses = m_editing->may("save", Address::type);
    const bool contacts = m_editing->may("save", Contact::type);
    if (addresses)
        addAction("account.addAddress", tr("Add an address"),
                  {keys(QKeyCombination(Qt::ControlModifier, Qt::Key_N))},
                  [this] { m_editing->addAddress(); });
    if (contacts)
        addAction("account.addContact", tr("Add a contact"),
                  {keys(QKeyCombination(Qt::ControlModifier | Qt::ShiftModifier, Qt::Key_N))},
                  [this] { m_editing->addContact(); });
    addAction("account.edit", tr("Change the address or contact"), {Qt::Key_F2},
              [this] { carryOutOnCurrent(RowDeed::Edit); });
    if (addresses) {
        addAction("account.usualShipTo", tr("Make it the usual address for deliveries"), {},
                  [this] { carryOutOnCurrent(RowDeed::MakeShipTo); });
        addAction("account.usualBillTo", tr("Make it the usual address for invoices"), {},
                  [this] { carryOutOnCurrent(RowDeed::MakeBillTo); });
    }
    if (addresses || contacts)
        addAction("account.retire", tr("Retire the address or contact"), {Qt::Key_Delete},
                  [this] { carryOutOnCurrent(RowDeed::Retire); });
    addAction("account.entry", tr("What became of the change"), {},
              [this] { carryOutOnCurrent(RowDeed::ShowEntry); });
    addAction("account.profile", tr("Change your profile"), {}, [this] { m_editing->editProfile(); });
    addAction("account.password", tr("Change your password"), {}, [this] { changePassword(); });
    if (m_people)
        addAction("account.invite", tr("Invite somebody"), {}, [this] { m_people->invite(); });
    if (m_context.person.seesInvoices)
        addAction("account.statement", tr("Statement of account"), {}, [this] { showStatement(); });
    const QString group = tr("Account");
    for (const PaneAction &each : std::as_const(m_actions))
        actions.adopt(each.id, group, each.action);
    refreshActions();
}

StatementSheet *AccountPane::showStatement()
{
    if (!m_book->account().record.as<Account>() || !m_context.person.seesInvoices)
        return nullptr;
    auto *sheet = new StatementSheet(window(), m_context, m_book->accountKey());
    sheet->goWith(this);
    sheet->open();
    return sheet;
}

AccountRow *AccountPane::currentRow() const
{
    const QWidget *focus = focusWidget();
    for (const AccountSection *section : {m_addresses, m_contacts, m_profile}) {
        if (focus && section->isAncestorOf(focus))
            return section->current();
    }
    return nullptr;
}

void AccountPane::carryOutOnCurrent(RowDeed deed)
{
    AccountRow *row = currentRow();
    if (row && row->words().deeds.testFlag(deed))
        Q_EMIT row->wanted(deed);
}

void AccountPane::refreshActions()
{
    const AccountRow *row = currentRow();
    const RowDeeds deeds = row ? row->words().deeds : RowDeeds();
    const bool here = m_book->state() == AccountBook::State::Here;
    for (const PaneAction &each : std::as_const(m_actions)) {
        const auto possible = [&]() -> bool {
            if (each.id == QLatin1String("account.edit"))
                return deeds.testFlag(RowDeed::Edit);
            if (each.id == QLatin1String("account.usualShipTo"))
                return deeds.testFlag(RowDeed::MakeShipTo);
            if (each.id == QLatin1String("account.usualBillTo"))
                return deeds.testFlag(RowDeed::MakeBillTo);
            if (each.id == QLatin1String("account.retire"))
                return deeds.testFlag(RowDeed::Retire);
            if (each.id == QLatin1String("account.entry"))
                return deeds.testFlag(RowDeed::ShowEntry);
            if (each.id == QLatin1String("account.profile"))
                return m_book->own() != nullptr;
            return here || !each.id.startsWith(QLatin1String("account.add"));
        };
        each.action->setEnabled(possible());
    }
}

void AccountPane::changePassword()
{
    auto *sheet = new PasswordSheet(window(), m_peoplePort);
    sheet->goWith(this);
    connect(sheet, &PasswordSheet::done, this, [this] { Q_EMIT told(tr("Your password is changed")); });
    sheet->open();
}

} // namespace Counterfoil
