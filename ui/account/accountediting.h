#pragma once

#include "accountbook.h"
#include "editsheet.h"

#include <QHash>
#include <QPointer>

namespace Counterfoil {

class ConfirmSheet;

// Lets the person fill in what is to change in an account book, and asks for it through the outbox. What was
// typed and not sent is kept while the window lives. Says what happened only once it is stored.
class AccountEditing final : public QObject
{
    Q_OBJECT
public:
    AccountEditing(AccountBook &book, CommandPort &commands, const Person &person, QWidget *over);

    bool may(std::string_view verb, const RecordType &kind) const;
    void addAddress();
    void addContact();
    void edit(const BookEntry &entry);        // an address or a contact
    void editProfile();                       // of the contact that the person is
    void editEntry(const OutboxEntry &entry); // what it asked for, to be asked for otherwise
    void retire(const BookEntry &entry);      // asks first
    enum class Usual { ShipTo, BillTo };
    void makeUsual(const BookEntry &entry, Usual use);

    EditSheet *sheet() const { return m_sheet; } // nullptr: none is open

Q_SIGNALS:
    void told(const QString &sentence);
    void otherWanted(const QString &key); // a record that is nearly the one typed

private:
    struct Waiting // for the outbox
    {
        QPointer<EditSheet> sheet; // nullptr: none
        QString saying;            // once it is stored
        std::string target;        // that may become a usual one
        UsualChoice usual;
    };
    EditTask taskFor(const BookEntry &entry, EditTask::About about) const;
    EditTask taskForNew(const RecordType &kind, EditTask::About about) const;
    void describeUsual(EditTask &task) const;
    std::vector<AnyRecord> othersThan(const std::string &target, const RecordType &kind) const;
    void open(EditTask task);
    void submit(const Command &command, const UsualChoice &usual);
    void send(const Command &command, const QString &instead, const Waiting &waiting);
    void saveUsual(const std::string &target, const UsualChoice &usual);
    void noteQueued(const QString &key);
    void noteNotQueued(const QString &key, const Error &error);
    QString sayingOf(const Command &command) const;

    AccountBook &m_book;
    CommandPort &m_commands;
    const Person &m_person;
    QWidget *m_over;
    QPointer<EditSheet> m_sheet;
    QHash<QString, AnyRecord> m_drafts; // by EditTask::draftId()
    QHash<QString, Waiting> m_waiting;  // by the key of the command
};

} // namespace Counterfoil
