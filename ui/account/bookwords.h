#pragma once

#include "accountbook.h"
#include "accountrow.h"

#include <QCoreApplication>

namespace Counterfoil {

class StatusWording;

// How the entries of an account book are told as rows.
class BookWords
{
    Q_DECLARE_TR_FUNCTIONS(BookWords)
public:
    BookWords(const StatusWording &wording, const std::vector<OutboxEntry> &outbox, const Person &person)
        : m_wording(wording)
        , m_outbox(outbox)
        , m_person(person)
    { }

    // What needs the person comes first, then the usual ones, then the others by name; retired ones last.
    QList<AccountRowWords> addresses(const std::vector<BookEntry> &entries, const Account &account,
                                     bool withRetired) const;
    QList<AccountRowWords> contacts(const std::vector<BookEntry> &entries, bool withRetired) const;
    AccountRowWords contact(const BookEntry &entry) const;

    static QString rowKey(const BookEntry &entry);

private:
    AccountRowWords address(const BookEntry &entry, const Account &account) const;
    void addState(AccountRowWords &words, const BookEntry &entry) const;
    void addUndecided(AccountRowWords &words, const OutboxEntry &entry) const;
    bool may(std::string_view verb, const RecordType &kind) const;

    const StatusWording &m_wording;
    const std::vector<OutboxEntry> &m_outbox;
    const Person &m_person;
};

} // namespace Counterfoil
