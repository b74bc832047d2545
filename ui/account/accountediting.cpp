#include "accountediting.h"

#include "accountwords.h"
#include "confirmsheet.h"
#include "display.h"
#include "outboxwords.h"

#include <algorithm>

namespace Counterfoil {

namespace {

using About = EditTask::About;

constexpr qsizetype mostDrafts = 100; // the oldest is no draft that anybody remembers

std::string accountOf(const AnyRecord &record)
{
    return record.type().findFlag(AccountKey)->in<std::string>(record.data());
}

} // namespace

AccountEditing::AccountEditing(AccountBook &book, CommandPort &commands, const Person &person, QWidget *over)
    : QObject(over)
    , m_book(book)
    , m_commands(commands)
    , m_person(person)
    , m_over(over)
{
    connect(&commands, &CommandPort::queued, this, &AccountEditing::noteQueued);
    connect(&commands, &CommandPort::notQueued, this, &AccountEditing::noteNotQueued);
}

bool AccountEditing::may(std::string_view verb, const RecordType &kind) const
{
    return mayAsk(m_person, verb, kind);
}

std::vector<AnyRecord> AccountEditing::othersThan(const std::string &target, const RecordType &kind) const
{
    std::vector<AnyRecord> others;
    for (const BookEntry &entry : &kind == &Address::type ? m_book.addresses() : m_book.contacts()) {
        if (entry.target == target || !entry.isCurrent() || (entry.version == 0 && !entry.pending))
            continue;
        AnyRecord other = editableOf(entry.record);
        // What is not at the ERP yet is known by the command that makes it.
        kind.findFlag(Key)->in<std::string>(other.data()) = entry.target;
        others.push_back(std::move(other));
    }
    return others;
}

void AccountEditing::describeUsual(EditTask &task) const
{
    if (task.about != About::Address || m_book.account().record.isNull() || !may("save", Account::type))
        return;
    const auto &account = *m_book.account().record.as<Account>();
    const std::string &target = task.command.target;
    task.offersUsual = true;
    task.usualShipTo = !target.empty() && account.defaultShipTo == target;
    task.usualBillTo = !target.empty() && account.defaultBillTo == target;
}

EditTask AccountEditing::taskForNew(const RecordType &kind, About about) const
{
    EditTask task;
    task.about = about;
    task.command.verb = "save";
    task.command.kind = &kind;
    task.command.account = m_book.accountKey();
    task.start = AnyRecord(kind);
    if (auto *address = task.start.as<Address>()) {
        const auto *account = m_book.account().record.as<Account>();
        address->country = account ? account->country : std::string();
        address->name = account ? account->name : std::string();
        address->shipTo = true;
    }
    task.others = othersThan({}, kind);
    describeUsual(task);
    return task;
}

EditTask AccountEditing::taskFor(const BookEntry &entry, About about) const
{
    EditTask task;
    task.about = about;
    const std::string account = accountOf(entry.record);
    task.command = commandOn(entry, "save", account.empty() ? m_book.accountKey() : account);
    if (about == About::Profile)
        task.command.account = account; // of nobody's account, for people of the supplier
    task.start = entry.record;
    if (about != About::Profile)
        task.others = othersThan(entry.target, entry.record.type());
    describeUsual(task);
    return task;
}

void AccountEditing::addAddress()
{
    if (!m_book.account().record.isNull() && may("save", Address::type))
        open(taskForNew(Address::type, About::Address));
}

void AccountEditing::addContact()
{
    if (!m_book.account().record.isNull() && may("save", Contact::type))
        open(taskForNew(Contact::type, About::Contact));
}

void AccountEditing::edit(const BookEntry &entry)
{
    const bool own = m_book.own() && entry.target == m_book.own()->target;
    if (own && !may("save", Contact::type))
        editProfile();
    else if (may("save", entry.record.type()))
        open(taskFor(entry, entry.record.as<Address>() ? About::Address : About::Contact));
}

void AccountEditing::editProfile()
{
    if (m_book.own())
        open(taskFor(*m_book.own(), About::Profile));
}

void AccountEditing::editEntry(const OutboxEntry &entry)
{
    const Command &asked = entry.command;
    if (asked.record.isNull() || !(asked.kind == &Address::type || asked.kind == &Contact::type))
        return;
    const auto &entries = asked.kind == &Address::type ? m_book.addresses() : m_book.contacts();
    const auto there = std::ranges::find_if(
        entries, [&](const BookEntry &each) { return each.version > 0 && each.target == asked.target; });
    const bool own = m_book.own() && asked.target == m_book.own()->target;
    const BookEntry *fact = there != entries.end() ? &*there : own ? m_book.own() : nullptr;
    const About about = asked.kind == &Address::type ? About::Address
        : own && !may("save", Contact::type)         ? About::Profile
                                                     : About::Contact;
    EditTask task = fact ? taskFor(*fact, about) : taskForNew(*asked.kind, about);
    if (entry.canCancel() || !fact) {
        // Nobody has seen it yet, or it is to be made: it stays on top of what it was made upon.
        task.command = asked;
        task.command.key.clear();
        task.others = othersThan(asked.target.empty() ? resultOf(asked.key) : asked.target, *asked.kind);
    }
    copyEditable(*asked.kind, asked.record.data(), task.start.data());
    if (entry.needsDecision() || entry.canCancel())
        task.entry = Display::text(asked.key);
    if (entry.needsDecision())
        task.entryReason = OutboxWords::of(entry, *m_commands.entries()).explanation;
    open(std::move(task));
}

void AccountEditing::open(EditTask task)
{
    if (m_sheet)
        return;
    const QString id = task.draftId();
    task.notOffered = m_person.notOffered;
    auto *sheet = new EditSheet(m_over->window(), task, m_drafts.value(id));
    m_sheet = sheet;
    sheet->goWith(this);
    connect(sheet, &EditSheet::wanted, this, &AccountEditing::submit);
    connect(sheet, &EditSheet::otherWanted, this, &AccountEditing::otherWanted);
    connect(sheet, &EditSheet::nothingChanged, this, [this] { Q_EMIT told(tr("Nothing was changed")); });
    connect(sheet, &FormSheet::closed, this, [this, sheet, id](bool keepTyped) {
        m_sheet = nullptr;
        m_drafts.remove(id);
        if (keepTyped && m_drafts.size() < mostDrafts)
            m_drafts.insert(id, sheet->typed());
    });
    sheet->open();
}

QString AccountEditing::sayingOf(const Command &command) const
{
    const QString name = Display::name(command.record.isNull() ? command.base : command.record);
    if (command.kind == &Account::type)
        return tr("Queued: the usual address of the account");
    if (command.verb == "retire")
        return tr("Queued: retiring %1").arg(name);
    return command.target.empty() ? tr("Queued: adding %1").arg(name) : tr("Queued: changing %1").arg(name);
}

void AccountEditing::submit(const Command &command, const UsualChoice &usual)
{
    send(command, m_sheet ? m_sheet->task().entry : QString(),
         {m_sheet, sayingOf(command), command.target, usual});
}

// `instead` is the entry that it replaces; empty: none.
void AccountEditing::send(const Command &command, const QString &instead, const Waiting &waiting)
{
    const QString key
        = instead.isEmpty() ? m_commands.submit(command) : m_commands.resubmit(instead, command);
    m_waiting.insert(key, waiting);
}

void AccountEditing::noteQueued(const QString &key)
{
    if (!m_waiting.contains(key))
        return;
    const Waiting waiting = m_waiting.take(key);
    if (waiting.sheet)
        waiting.sheet->stored();
    if (waiting.usual.shipTo || waiting.usual.billTo)
        saveUsual(waiting.target.empty() ? resultOf(key.toStdString()) : waiting.target, waiting.usual);
    Q_EMIT told(waiting.saying);
}

void AccountEditing::noteNotQueued(const QString &key, const Error &error)
{
    if (!m_waiting.contains(key))
        return;
    const Waiting waiting = m_waiting.take(key);
    if (waiting.sheet)
        waiting.sheet->refuse(error.userText);
    else
        Q_EMIT told(error.userText);
}

void AccountEditing::saveUsual(const std::string &target, const UsualChoice &usual)
{
    const BookEntry &account = m_book.account();
    if (account.record.isNull())
        return;
    Command command = commandOn(account, "save", m_book.accountKey());
    command.record = editableOf(account.record);
    auto &wanted = *command.record.as<Account>();
    if (usual.shipTo)
        wanted.defaultShipTo = target;
    if (usual.billTo)
        wanted.defaultBillTo = target;
    send(command, {}, {nullptr, sayingOf(command), {}, {}});
}

void AccountEditing::makeUsual(const BookEntry &entry, Usual use)
{
    if (may("save", Account::type))
        saveUsual(entry.target, {use == Usual::ShipTo, use == Usual::BillTo});
}

void AccountEditing::retire(const BookEntry &entry)
{
    if (!may("retire", entry.record.type()))
        return;
    const bool isAddress = entry.record.as<Address>() != nullptr;
    const auto *account = m_book.account().record.as<Account>();
    QString consequence = isAddress
        ? tr("It is not offered for new orders any more. Documents that are issued keep it.")
        : tr("It is not listed any more. What it was named in keeps it.");
    if (account && isAddress
        && (account->defaultShipTo == entry.target || account->defaultBillTo == entry.target))
        consequence = tr("It is a usual address of this account: choose another one afterwards. Documents "
                         "that are issued keep it.");
    auto *sheet = new ConfirmSheet(m_over->window(), tr("Retire %1?").arg(Display::name(entry.record)),
                                   consequence, tr("Retire"));
    sheet->goWith(this);
    connect(sheet, &ConfirmSheet::confirmed, this, [this, entry] {
        const Command command = commandOn(
            entry, "retire", accountOf(entry.record).empty() ? m_book.accountKey() : accountOf(entry.record));
        send(command, {}, {nullptr, sayingOf(command), {}, {}});
    });
    sheet->open();
}

} // namespace Counterfoil
