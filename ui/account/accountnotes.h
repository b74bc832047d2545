#pragma once

#include "askflag.h"
#include "commandport.h"
#include "note.h"
#include "panecontext.h"

#include <QHash>
#include <QWidget>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace Counterfoil {

class LinesEdit;
class ToneLabel;

// What the supplier's people wrote about a customer for each other, newest first, and a field for the next.
// Made only for who may read it; on anybody else's machine there is none of it.
class AccountNotes final : public QWidget
{
    Q_OBJECT
public:
    static constexpr int mostShown = 50; // of the newest

    AccountNotes(const PaneContext &context, CommandPort &commands, QWidget *parent = nullptr);

    static bool areFor(const Person &person);
    void setAccount(const std::string &key); // what is being written stays with the account it is about
    void keep();                             // what is typed
    LinesEdit &field() const { return *m_field; }

private:
    struct Row
    {
        QString head;
        QString text;

        bool operator==(const Row &) const = default;
    };
    struct Unsent
    {
        std::string account; // that it is about
        QString text;
    };
    QString takeUnsent(const std::string &account);
    void giveBack(const Unsent &note); // it is not kept; joins what was typed since
    void load();
    void showRows();
    void say(qsizetype count); // where too much is typed

    const PaneContext m_context;
    CommandPort &m_commands;
    AskFlag m_asking;
    bool m_again = false;
    std::string m_account;
    std::vector<Note> m_notes;
    QList<Row> m_shown;
    QList<Unsent> m_unsent;           // about accounts that are not shown, one each, the latest last; bounded
    QHash<QString, Unsent> m_storing; // on their way to the outbox, by the key of the command
    QVBoxLayout *m_rows;
    LinesEdit *m_field;
    QPushButton *m_keep;
    ToneLabel *m_said;
};

} // namespace Counterfoil
