#pragma once

#include "cartbook.h"
#include "cartsmodel.h"

#include <QObject>

#include <map>
#include <optional>

namespace Counterfoil {

// The cart that somebody works on: as it stands here, what it was made on top of, and what of it is on its
// way into the outbox. A colleague's change does not slip under what is typed: as long as something is held
// here the base stays, and the ERP finds the conflict. GUI thread; never waits.
class CartEditing final : public QObject
{
    Q_OBJECT
public:
    CartEditing(CartBook &book, const StatusWording &wording, const QString &user, QObject *parent = nullptr);

    void show(const std::string &target); // of the book; another one or none: nothing is shown
    const std::string &target() const { return m_target; }
    const BookEntry *entry() const; // nullptr: none is shown
    const Cart &cart() const { return m_cart; }
    const CartState &state() const { return m_state; }
    bool isEdited() const { return m_edited; } // and not asked for yet

    void edit(const Cart &cart); // as the person wants it; save() asks for it
    // What has not left this machine is replaced. `more`: something is typed that could not be read yet.
    void save(bool more = false);
    // What is reviewed stays as it is seen until it is placed or the review ends.
    void beginReview() { m_reviewing = true; }
    void endReview();
    void place(const Cart &seen); // as soon as what was changed before is stored
    void retire();

Q_SIGNALS:
    void changed();
    void told(const QString &sentence);
    void notStored(const QString &sentence); // it stays here and is tried again with the next change

private:
    struct Sent
    {
        QString saying; // once it is stored
        Cart base;      // what it was made on top of
        std::string target;
        bool stored = false;
    };

    bool isHeld() const; // what is here is not to be replaced by what is known
    void take();
    void follow(const BookEntry &entry);
    void forgetSent();
    Command next(const BookEntry &entry, std::string_view verb) const;
    void submit(Command command, const QString &saying);
    void note(const QString &key, const Command &command, const QString &saying);
    const OutboxEntry *replaceable(const BookEntry &entry) const;

    CartBook &m_book;
    const StatusWording &m_wording;
    const std::string m_user;
    std::string m_target;
    Cart m_cart;
    Cart m_base;
    std::int64_t m_version = 0; // of the fact that the base is
    CartState m_state;
    bool m_edited = false;
    bool m_reviewing = false;
    std::map<QString, Sent> m_sent; // by command, until the book knows it
    QString m_lastSent;
    std::optional<Cart> m_placing;
};

} // namespace Counterfoil
