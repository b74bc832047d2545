#include "cartediting.h"

#include "cart.h"
#include "display.h"

#include <utility>

namespace Counterfoil {

namespace {

const Cart &cartIn(const BookEntry &entry)
{
    return *entry.record.as<Cart>();
}

AnyRecord editable(const Cart &cart)
{
    return editableOf(AnyRecord(std::make_shared<Cart>(cart)));
}

// What was asked for and refused: it stays in sight to be put right.
const OutboxEntry *refusedSave(const BookEntry &entry)
{
    const bool refused = entry.undecided && entry.undecided->state == OutboxEntry::State::Rejected
        && entry.undecided->command.verb == "save" && !entry.undecided->command.record.isNull();
    return refused ? &*entry.undecided : nullptr;
}

} // namespace

CartEditing::CartEditing(CartBook &book, const StatusWording &wording, const QString &user, QObject *parent)
    : QObject(parent)
    , m_book(book)
    , m_wording(wording)
    , m_user(user.toStdString())
{
    connect(&book, &CartBook::changed, this, &CartEditing::take);
    connect(&book.commands(), &CommandPort::queued, this, [this](const QString &key) {
        const auto sent = m_sent.find(key);
        if (sent == m_sent.end())
            return;
        sent->second.stored = true;
        if (!sent->second.saying.isEmpty())
            Q_EMIT told(sent->second.saying);
        if (m_book.knows(key))
            take();
    });
    connect(&book.commands(), &CommandPort::notQueued, this, [this](const QString &key, const Error &error) {
        auto sent = m_sent.extract(key);
        if (sent.empty())
            return;
        m_placing.reset();
        m_base = std::move(sent.mapped().base);
        m_edited = true;
        Q_EMIT notStored(error.userText);
        Q_EMIT told(error.userText);
    });
}

const BookEntry *CartEditing::entry() const
{
    return m_target.empty() ? nullptr : m_book.find(m_target);
}

void CartEditing::show(const std::string &target)
{
    m_target = target;
    m_edited = m_reviewing = false;
    m_placing.reset();
    m_sent.clear(); // it is stored all the same
    take();
}

bool CartEditing::isHeld() const
{
    return m_edited || m_reviewing || m_placing || !m_sent.empty();
}

void CartEditing::forgetSent()
{
    std::erase_if(m_sent,
                  [this](const auto &each) { return each.second.stored && m_book.knows(each.first); });
}

void CartEditing::take()
{
    forgetSent();
    const BookEntry *found = entry();
    if (!found) {
        m_state = {};
        m_cart = m_base = {};
        m_edited = m_reviewing = false;
        m_placing.reset();
        Q_EMIT changed();
        return;
    }
    m_target = found->target;
    m_state = CartState::of(m_book, *found, m_wording, m_user);
    if (!m_state.editable && m_sent.empty() && std::exchange(m_edited, false))
        Q_EMIT told(tr("Somebody else changed the cart, so your last change was not kept."));
    if (!isHeld() || !m_state.editable)
        follow(*found);
    const Cart &known = cartIn(*found);
    m_cart.account = known.account;
    m_cart.currency = known.currency;
    if (const Account *account = m_book.account(known.account); account && m_cart.currency.empty())
        m_cart.currency = account->currency; // of one that is still to be made
    m_cart.owner = known.owner;
    m_cart.order = known.order;
    m_cart.open = known.open;
    Q_EMIT changed();
    if (m_placing && m_sent.empty())
        place(Cart(*m_placing));
}

void CartEditing::follow(const BookEntry &entry)
{
    m_cart = m_base = cartIn(entry);
    m_version = entry.version;
    const OutboxEntry *refused = refusedSave(entry);
    if (!refused)
        return;
    copyEditable(Cart::type, refused->command.record.data(), &m_cart);
    if (!refused->command.base.isNull())
        copyEditable(Cart::type, refused->command.base.data(), &m_base);
}

void CartEditing::edit(const Cart &cart)
{
    if (!m_state.editable)
        return;
    m_cart = cart;
    m_edited = true;
    Q_EMIT changed();
}

// On top of what the person saw; what is still on its way into the outbox comes first.
Command CartEditing::next(const BookEntry &entry, std::string_view verb) const
{
    Command command = commandOn(entry, verb, m_cart.account);
    command.base = editable(m_base);
    if (command.after.empty())
        command.baseVersion = m_version;
    if (const auto last = m_sent.find(m_lastSent); last != m_sent.end()) {
        command.after = m_lastSent.toStdString();
        command.target = last->second.target;
        command.baseVersion = 0;
    }
    return command;
}

// So that hours of work offline are one wish, and what was refused is asked for otherwise.
const OutboxEntry *CartEditing::replaceable(const BookEntry &entry) const
{
    if (!m_sent.empty())
        return nullptr;
    const bool unsent = entry.pending && entry.pending->canCancel() && entry.pending->command.verb == "save";
    return unsent ? &*entry.pending : refusedSave(entry);
}

void CartEditing::note(const QString &key, const Command &command, const QString &saying)
{
    const std::string target = command.target.empty() ? resultOf(key.toStdString()) : command.target;
    m_sent.insert_or_assign(key, Sent{saying, m_base, target});
    m_lastSent = key;
}

void CartEditing::submit(Command command, const QString &saying)
{
    const QString key = m_book.commands().submit(command);
    note(key, command, saying);
}

void CartEditing::save(bool more)
{
    const BookEntry *found = entry();
    if (!m_edited || !found || !m_state.editable)
        return;
    m_edited = more;
    if (equalEditable(Cart::type, &m_base, &m_cart)) {
        if (!more)
            take();
        return;
    }
    if (const OutboxEntry *before = replaceable(*found)) {
        Command command = before->command;
        command.record = editable(m_cart);
        note(m_book.commands().resubmit(QString::fromStdString(before->command.key), command), command, {});
    } else {
        Command command = next(*found, "save");
        command.record = editable(m_cart);
        submit(std::move(command), {});
    }
    m_base = m_cart;
}

void CartEditing::endReview()
{
    m_reviewing = false;
    take();
}

void CartEditing::place(const Cart &seen)
{
    m_placing.reset();
    const BookEntry *found = entry();
    if (!found || !m_state.editable)
        return;
    if (!m_sent.empty()) { // what was saved last must be known to be on top of it
        m_placing = seen;
        return;
    }
    if (!equalEditable(Cart::type, found->record.data(), &m_base)) {
        m_edited = m_reviewing = false;
        take();
        Q_EMIT told(tr("Somebody changed the cart meanwhile. Look at it again."));
        return;
    }
    Command command = next(*found, "place");
    command.record = editable(seen);
    const auto undecided = found->undecided;
    m_edited = false; // it is all in what is placed
    submit(std::move(command), tr("Queued: placing the order %1").arg(Display::text(seen.name)));
    if (undecided && undecided->command.verb == "place")
        m_book.commands().dismiss(QString::fromStdString(undecided->command.key));
}

void CartEditing::retire()
{
    const BookEntry *found = entry();
    if (!found || !m_state.editable)
        return;
    m_edited = false;
    submit(next(*found, "retire"), tr("Queued: deleting the cart"));
}

} // namespace Counterfoil
