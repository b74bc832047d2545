#include "accountpane.h"

#include "accountediting.h"
#include "accountlistmodel.h"
#include "accountnotes.h"
#include "accountsection.h"
#include "accounttrade.h"
#include "bookwords.h"
#include "cachereader.h"
#include "cachereaders.h"
#include "choicefield.h"
#include "countrynames.h"
#include "display.h"
#include "factsgrid.h"
#include "freshness.h"
#include "peoplesection.h"
#include "statepanel.h"
#include "statuswording.h"
#include "type.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>

#include <algorithm>

namespace Counterfoil {

namespace {

constexpr int margin = Space::large;
constexpr int columnLeastDigits = 56; // narrower, and rows lose their words
constexpr int factDigits = 18;
constexpr int mostFacts = 6;

} // namespace

AccountPane::AccountPane(const PaneContext &context, CommandPort &commands, PeoplePort &people,
                         QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_commands(commands)
    , m_peoplePort(people)
    , m_book(new AccountBook(context.readers, commands, context.person, this))
    , m_editing(new AccountEditing(*m_book, commands, context.person, this))
    , m_title(new QLabel(this))
    , m_subtitle(new QLabel(this))
    , m_branch(new ChoiceField(this))
    , m_statement(new QPushButton(tr("Statement of account…"), this))
    , m_facts(new FactsGrid(factDigits, mostFacts, this))
    , m_scroll(new QScrollArea(this))
    , m_body(new QWidget)
    , m_state(new StatePanel(m_scroll))
{
    setAccessibleName(tr("Account"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildHead());
    layout->addWidget(m_scroll, 1);
    buildBody();
    connectAll();
    showBook();
}

QWidget *AccountPane::buildHead()
{
    auto *head = new QWidget(this);
    Type::set(*m_title, Type::Role::Title);
    m_title->setTextFormat(Qt::PlainText);
    m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_subtitle->setWordWrap(true);
    Type::setMuted(*m_subtitle);
    m_branch->setAccessibleName(tr("Branch"));
    m_branch->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    auto *line = new QHBoxLayout;
    line->setSpacing(Space::medium);
    line->addWidget(m_title, 1);
    line->addWidget(m_branch);
    line->addWidget(m_statement);
    auto *layout = new QVBoxLayout(head);
    layout->setContentsMargins(margin, Space::medium, margin, Space::medium);
    layout->setSpacing(Space::small);
    layout->addLayout(line);
    layout->addWidget(m_subtitle);
    layout->addWidget(m_facts);
    return head;
}

void AccountPane::buildBody()
{
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    // Always there, seen only where there is something to scroll, as on the Home pane.
    m_scroll->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->viewport()->setAutoFillBackground(false);
    auto *columns = new QHBoxLayout(m_body);
    columns->setContentsMargins(margin, 0, margin, margin);
    columns->setSpacing(margin);
    for (int i = 0; i < 2; ++i) {
        auto *column = new QVBoxLayout;
        column->setSpacing(margin);
        columns->addLayout(column, 1);
        m_columns.append(column);
    }
    m_choose = buildChoice();
    m_trade = new AccountTrade(m_context, m_body);
    if (AccountNotes::areFor(m_context.person))
        m_notes = new AccountNotes(m_context, m_commands, m_body);
    m_addresses = new AccountSection(tr("Addresses"), {}, m_body);
    m_contacts = new AccountSection(tr("Contacts"), {}, m_body);
    m_profile = new AccountSection(tr("You"), {}, m_body);
    m_profile->setAddText(tr("Change your password…"), Icons::Icon::Lock);
    if (m_context.person.invitesPeople) {
        m_people = new PeopleSection(m_peoplePort, m_context.freshness, m_context.person.user, m_body);
        m_accountModel = new AccountListModel(m_context.readers, this);
    }
    m_scroll->setWidget(m_body);
    m_body->setAutoFillBackground(false); // which setWidget() has switched on
}

// Where there are several accounts, one is to be chosen first.
QWidget *AccountPane::buildChoice()
{
    auto *choice = new AccountSection(tr("No account is chosen"), tr("Choose an account"), m_body);
    choice->setAddText(tr("Choose an account"), Icons::Icon::Search);
    choice->setRows({},
                    tr("You see several accounts. Choose one, and its addresses and contacts stand here."));
    connect(choice, &AccountSection::addWanted, this, &AccountPane::accountChoiceWanted);
    return choice;
}

void AccountPane::connectAll()
{
    connect(m_book, &AccountBook::changed, this, &AccountPane::showBook);
    connect(&m_context.wording, &StatusWording::changed, this, &AccountPane::showSections);
    connect(m_editing, &AccountEditing::told, this, &AccountPane::told);
    connect(m_editing, &AccountEditing::otherWanted, this, [this](const QString &key) {
        if (const BookEntry *other = find(key))
            m_editing->edit(*other);
    });
    connect(m_statement, &QPushButton::clicked, this, &AccountPane::showStatement);
    connect(m_branch, &ChoiceField::chosen, this,
            [this] { m_book->setAccount(m_branch->value().toStdString()); });
    connect(m_state, &StatePanel::actionChosen, this, &AccountPane::accountChoiceWanted);
    connect(m_trade, &AccountTrade::opened, this, &AccountPane::opened);
    connect(m_addresses, &AccountSection::addWanted, m_editing, &AccountEditing::addAddress);
    connect(m_contacts, &AccountSection::addWanted, m_editing, &AccountEditing::addContact);
    connect(m_profile, &AccountSection::addWanted, this, &AccountPane::changePassword);
    connect(m_addresses, &AccountSection::moreWanted, this, [this] {
        m_retiredAddresses = !m_retiredAddresses;
        showSections();
    });
    connect(m_contacts, &AccountSection::moreWanted, this, [this] {
        m_retiredContacts = !m_retiredContacts;
        showSections();
    });
    for (AccountSection *section : {m_addresses, m_contacts, m_profile}) {
        connect(section, &AccountSection::wanted, this, &AccountPane::carryOut);
        connect(section, &AccountSection::currentChanged, this, &AccountPane::refreshActions);
    }
    if (!m_people)
        return;
    connect(m_people, &PeopleSection::told, this, &AccountPane::told);
    connect(m_accountModel, &QAbstractItemModel::modelReset, this, &AccountPane::showAccountChoices);
    connect(m_accountModel, &QAbstractItemModel::rowsInserted, this, &AccountPane::showAccountChoices);
    connect(m_accountModel, &QAbstractItemModel::rowsRemoved, this, &AccountPane::showAccountChoices);
    connect(m_accountModel, &QAbstractItemModel::dataChanged, this, &AccountPane::showAccountChoices);
}

void AccountPane::showAccountChoices()
{
    QList<Choice> choices;
    for (int row = 0; row < m_accountModel->rowCount(); ++row) {
        const QModelIndex index = m_accountModel->index(row);
        if (const QString key = index.data(ItemRole::Key).toString(); !key.isEmpty())
            choices.append({key, index.data().toString()});
    }
    m_people->setAccounts(choices);
}

void AccountPane::setAccounts(const std::vector<std::string> &accounts)
{
    m_book->setAccount(accounts.empty() ? std::string() : accounts.front());
}

void AccountPane::focusFirst()
{
    (m_book->state() == AccountBook::State::Here ? m_addresses : m_profile)->focusFirst();
}

const BookEntry *AccountPane::find(const QString &rowKey) const
{
    const std::string target = rowKey.toStdString();
    for (const auto *entries : {&m_book->addresses(), &m_book->contacts()}) {
        const auto found = std::ranges::find(*entries, target, &BookEntry::target);
        if (found != entries->end())
            return &*found;
    }
    const BookEntry *own = m_book->own();
    return own && own->target == target ? own : nullptr;
}

void AccountPane::carryOut(const QString &rowKey, RowDeed deed)
{
    const BookEntry *found = find(rowKey);
    if (!found)
        return;
    const BookEntry entry = *found; // what is done changes the book
    switch (deed) {
    case RowDeed::Edit:
        sender() == m_profile ? m_editing->editProfile() : m_editing->edit(entry);
        break;
    case RowDeed::EditRefused:
        entry.undecided ? m_editing->editEntry(*entry.undecided) : m_editing->edit(entry);
        break;
    case RowDeed::ShowEntry:
        lookAt(entry);
        break;
    case RowDeed::MakeShipTo:
        m_editing->makeUsual(entry, AccountEditing::Usual::ShipTo);
        break;
    case RowDeed::MakeBillTo:
        m_editing->makeUsual(entry, AccountEditing::Usual::BillTo);
        break;
    case RowDeed::Retire:
        m_editing->retire(entry);
        break;
    }
}

void AccountPane::lookAt(const BookEntry &entry)
{
    if (const auto &asked = entry.undecided ? entry.undecided : entry.pending)
        Q_EMIT entryWanted(Display::text(asked->command.key));
}

void AccountPane::showRecord(const RecordRef &ref)
{
    if (ref.kind == &Account::type) {
        m_book->setAccount(ref.key);
        return;
    }
    const QString key = QString::fromStdString(ref.key);
    m_wantedRow = key;
    if (find(key)) {
        goOn();
        return;
    }
    const auto flag = std::make_shared<std::atomic_bool>(false);
    m_context.readers.ask(
        this, flag, [ref](CacheReader &reader) { return reader.byKey(*ref.kind, ref.key); },
        [this](const Result<std::optional<CachedRecord>> &row) {
            if (!row || !*row)
                return;
            const AnyRecord &record = (*row)->record;
            m_book->setAccount(record.type().findFlag(AccountKey)->in<std::string>(record.data()));
        });
}

void AccountPane::editEntry(const QString &entryKey)
{
    const OutboxEntries entries = m_commands.entries();
    const auto entry
        = std::ranges::find_if(*entries, [key = entryKey.toStdString()](const OutboxEntry &each) {
              return each.command.key == key;
          });
    if (entry == entries->end())
        return;
    m_wantedEntry = entryKey;
    // One's own contact is here whatever the account.
    const bool isOwn = m_book->own() && entry->command.target == m_book->own()->target;
    if (isOwn
        || (m_book->state() == AccountBook::State::Here && m_book->accountKey() == entry->command.account))
        goOn();
    else
        m_book->setAccount(entry->command.account);
}

void AccountPane::goOn()
{
    if (!m_wantedEntry.isEmpty() && m_book->state() != AccountBook::State::Loading) {
        const std::string key = std::exchange(m_wantedEntry, {}).toStdString();
        const OutboxEntries entries = m_commands.entries();
        for (const OutboxEntry &entry : *entries) {
            if (entry.command.key == key)
                m_editing->editEntry(entry);
        }
    }
    if (!m_wantedRow.isEmpty() && (m_addresses->focusRow(m_wantedRow) || m_contacts->focusRow(m_wantedRow)))
        m_wantedRow.clear();
}

void AccountPane::showBook()
{
    showHead();
    showFacts();
    showSections();
    showState();
    arrange();
    goOn();
}

void AccountPane::showHead()
{
    const auto *account = m_book->account().record.as<Account>();
    m_title->setText(account ? Display::text(account->name) : tr("Account"));
    const bool reads = !m_editing->may("save", Address::type) && !m_editing->may("save", Contact::type);
    m_subtitle->setText(reads && account
                            ? tr("You can look at this account; your role changes only your own profile.")
                            : QString());
    m_subtitle->setVisible(!m_subtitle->text().isEmpty());
    QList<Choice> branches;
    for (const Account &each : m_book->family())
        branches.append({Display::text(each.key),
                         tr("%1 · %2", "an account's name and number")
                             .arg(Display::text(each.name), Display::text(each.number))});
    m_branch->setChoices(branches);
    m_branch->setValue(Display::text(m_book->accountKey()));
    m_branch->setVisible(branches.size() > 1);
    m_statement->setVisible(account && m_context.person.seesInvoices);
}

void AccountPane::showFacts()
{
    QList<Fact> facts;
    if (const auto *account = m_book->account().record.as<Account>()) {
        QStringList place{Display::text(account->city), countryName(account->country)};
        place.removeAll(QString());
        facts = {{tr("Number"), Display::text(account->number)},
                 {tr("Place"), place.join(QStringLiteral(", "))},
                 {tr("Terms"), Display::text(account->terms)},
                 {tr("Currency"), Display::text(account->currency)},
                 {tr("Tax"), Display::text(account->taxTreatment)},
                 {tr("Due days end in"), Display::text(account->calendar)}};
        facts.removeIf([](const Fact &fact) { return fact.value.isEmpty(); });
    }
    m_facts->setFacts(facts);
    m_facts->setVisible(!facts.isEmpty());
}

QString AccountPane::emptyText(const QString &text) const
{
    return m_context.freshness.status().mode == SyncStatus::Mode::Filling
        ? tr("Still being copied to this computer.")
        : text;
}

void AccountPane::showSections()
{
    const OutboxEntries outbox = m_commands.entries();
    const BookWords words(m_context.wording, *outbox, m_context.person);
    const auto *account = m_book->account().record.as<Account>();
    const bool here = account != nullptr;
    const auto retiredIn = [](const std::vector<BookEntry> &entries) {
        return static_cast<int>(std::ranges::count_if(
            entries, [](const BookEntry &entry) { return !entry.isCurrent() && !entry.pending; }));
    };
    const auto moreText = [](int retired, bool shown) {
        return retired == 0 ? QString()
            : shown         ? tr("Hide what is retired")
                            : tr("Show %Ln retired", nullptr, retired);
    };
    m_addresses->setAddText(here && m_editing->may("save", Address::type) ? tr("Add an address") : QString());
    m_addresses->setRows(here ? words.addresses(m_book->addresses(), *account, m_retiredAddresses)
                              : QList<AccountRowWords>(),
                         emptyText(tr("No addresses yet.")));
    m_addresses->setMore(moreText(retiredIn(m_book->addresses()), m_retiredAddresses));
    m_contacts->setAddText(here && m_editing->may("save", Contact::type) ? tr("Add a contact") : QString());
    m_contacts->setRows(here ? words.contacts(m_book->contacts(), m_retiredContacts)
                             : QList<AccountRowWords>(),
                        emptyText(tr("No contacts yet.")));
    m_contacts->setMore(moreText(retiredIn(m_book->contacts()), m_retiredContacts));
    m_addresses->setVisible(here);
    m_contacts->setVisible(here);
    m_trade->setVisible(here);
    if (here)
        m_trade->setAccount(account->key);
    if (m_notes)
        m_notes->setVisible(here);
    if (m_notes && here)
        m_notes->setAccount(account->key);

    QList<AccountRowWords> own;
    if (m_book->own()) {
        AccountRowWords row = words.contact(*m_book->own());
        row.marks.clear();
        row.deeds.setFlag(RowDeed::Retire, false);
        own.append(row);
    }
    m_profile->setNote(m_context.person.user);
    m_profile->setRows(own,
                       emptyText(tr("The supplier has no contact for %1 yet: ask them for one, so that "
                                    "your name and numbers can stand here.")
                                     .arg(m_context.person.displayName)));
    refreshActions();
}

// What stands where there is no account; one's own profile and the people stay in reach below it.
void AccountPane::showState()
{
    const AccountBook::State state = m_book->state();
    m_body->setVisible(state != AccountBook::State::Loading); // so that nothing jumps
    if (state == AccountBook::State::Failed)
        m_state->tell(Icons::Icon::Warning, tr("This account cannot be read"), m_book->errorText());
    else if (state == AccountBook::State::Missing)
        m_state->tell(Icons::Icon::Empty, tr("This account is not on this computer"),
                      emptyText(tr("You may not be allowed to see it any more. Choose another one.")),
                      tr("Choose an account"));
    else
        m_state->dismiss();
    m_choose->setVisible(state == AccountBook::State::Unchosen);
}

void AccountPane::arrange()
{
    const int digits = fontMetrics().horizontalAdvance(QLatin1Char('0')) * columnLeastDigits;
    const int columns = width() - margin >= 2 * (digits + margin) ? 2 : 1;
    if (columns == m_columnCount)
        return;
    m_columnCount = columns;
    using Parts = QList<QWidget *>;
    const QList<Parts> parts = columns == 2
        ? QList<Parts>{{m_choose, m_trade, m_people}, {m_notes, m_contacts, m_addresses, m_profile}}
        : QList<Parts>{{m_choose, m_notes, m_trade, m_contacts, m_addresses, m_profile, m_people}, {}};
    QWidget *before = nullptr;
    for (int i = 0; i < m_columns.size(); ++i) {
        while (QLayoutItem *item = m_columns[i]->takeAt(0))
            delete item;
        for (QWidget *part : parts[i]) {
            if (!part)
                continue;
            m_columns[i]->addWidget(part);
            if (before)
                QWidget::setTabOrder(before, part);
            before = part;
        }
        m_columns[i]->addStretch(1);
        static_cast<QHBoxLayout *>(m_body->layout())->setStretch(i, i == 0 ? 3 : columns == 2 ? 2 : 0);
    }
}

void AccountPane::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void AccountPane::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), Tokens::of(palette()).ground);
}

void AccountPane::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        arrange();
}

} // namespace Counterfoil
