#pragma once

#include "askflag.h"
#include "commandport.h"
#include "messagelist.h"
#include "panecontext.h"
#include "returncase.h"

#include <QHash>
#include <QObject>
#include <QPointer>

#include <functional>
#include <set>

namespace Counterfoil {

class AttachmentOpening;
class ReturnDetailPane;
enum class ReturnDecision;
struct ScopeChange;

// Has returns asked for, decided, taken back and written about: wishes like any other, which also work
// without a connection. GUI thread; never waits.
class ReturnDesk final : public QObject
{
    Q_OBJECT
public:
    static constexpr qsizetype mostDrafts = 100; // that are kept; a sheet opened beyond says so

    ReturnDesk(const PaneContext &context, CommandPort &commands, QObject *parent = nullptr);

    bool mayRequest() const;                          // this person may ask for returns at all
    static bool isReturnable(const RecordType *kind); // an order, a shipment or an invoice
    // From an order, a shipment or an invoice; opens a sheet over the window. `lines`: of the order, that are
    // to come back whole.
    void request(const RecordRef &from, const std::set<std::int64_t> &lines, QWidget *window);
    void editRequest(const OutboxEntry &entry, QWidget *window); // asks for it otherwise
    void join(ReturnDetailPane &pane);                           // does what is wanted there
    void forget(const ScopeChange &change);                      // drafts about what may not be seen any more

Q_SIGNALS:
    void told(const QString &sentence);
    void paperOpened(const QString &file); // a PDF that was put to something, to be shown

private:
    using Use = std::function<void(ReturnCase about, std::int64_t version)>;
    // `version` is of `from`. Says so where there is nothing to begin with.
    void read(const RecordRef &from, QWidget *window, Use use);
    void keep(const QString &key, const Return &draft);
    void openRequest(const RecordRef &from, ReturnCase about, const std::set<std::int64_t> &lines,
                     QWidget *window);
    // `instead` of that entry of the outbox; empty: of none. `undo`: if it cannot be stored; may be empty.
    void ask(const Return &wanted, const QString &instead, std::function<void()> undo);
    void decide(const RecordRef &ref, ReturnDecision decision, QWidget *window);
    void withdraw(const RecordRef &ref, const QString &number, QWidget *window);
    struct Waiting // for the outbox
    {
        QString saying;             // once it is stored
        std::function<void()> undo; // if it is not; may be empty
    };
    void write(const Return &about, const MessageList::Draft &draft, ReturnDetailPane &pane);
    void submit(const Command &command, const Waiting &waiting);

    const PaneContext m_context;
    CommandPort &m_commands;
    AskFlag m_asking;
    QHash<QString, Waiting> m_waiting;    // by the key of the command
    QHash<QString, Return> m_drafts;      // by what they are from, with their files; at most mostDrafts
    AttachmentOpening *m_files = nullptr; // nullptr: no files go with returns
};

} // namespace Counterfoil
