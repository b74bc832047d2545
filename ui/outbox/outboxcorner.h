#pragma once

#include "outboxwords.h"
#include "panecontext.h"

#include <QPointer>
#include <QSet>
#include <QWidget>

namespace Counterfoil {

class CommandPort;
class ConflictView;
class OutboxModel;
class OutboxPanel;
class Pill;
class Popover;
struct Error;

// The outbox in the window's bar: a pill while anything waits or needs the person, what it opens, and what
// comes of what is chosen there. Everything given outlives it.
class OutboxCorner final : public QWidget
{
    Q_OBJECT
public:
    // `host` is what a conflict is laid over.
    OutboxCorner(const PaneContext &context, CommandPort &port, QWidget &host, QWidget *parent);
    ~OutboxCorner() override;

    OutboxModel &model() const { return *m_model; }
    void toggle();                      // the panel, also while nothing waits
    void showEntry(const QString &key); // in the panel; the panel alone when it is no longer there
    void decide(const QString &key);    // side by side where that is possible, else in the panel

Q_SIGNALS:
    void editWanted(const QString &key);
    void told(const QString &sentence); // what could not be done, or was done otherwise than asked for

private:
    void showPanel(const QString &key);
    void describe();
    void tellOfAmended();
    void run(OutboxAction action, const QString &key);
    void resolve(const QString &key);
    void sendAgain(const QString &key);
    const OutboxEntry *find(const QString &key) const; // until the entries change

    const PaneContext m_context;
    CommandPort &m_port;
    QWidget &m_host;
    OutboxModel *m_model;
    Pill *m_pill;
    OutboxPanel *m_panel;
    QPointer<Popover> m_card; // a child of the window
    QPointer<ConflictView> m_conflict;
    QSet<QString> m_open; // keys of what had not ended
    QString m_asked;      // the key of what is sent again; empty: nothing
};

} // namespace Counterfoil
