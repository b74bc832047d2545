#pragma once

#include "panecontext.h"
#include "recordref.h"
#include "workqueue.h"

#include <QWidget>

#include <optional>

class QLabel;
class QListView;

namespace Counterfoil {

class StatePanel;
class ToggleChip;
class WorkModel;

// What needs a person, the most urgent first, each with what to do about it. Enter opens it, the left and
// right keys go through the reasons.
class WorkPane final : public QWidget
{
    Q_OBJECT
public:
    // The model outlives it.
    WorkPane(const PaneContext &context, WorkModel &model, QWidget *parent = nullptr);

    void focusFirst();
    void showOnly(std::optional<WorkReason> reason); // none: everything

    static QString reasonText(WorkReason reason); // "Refused"

    QListView &list() const { return *m_list; }

Q_SIGNALS:
    void opened(const Counterfoil::RecordRef &ref, bool inOwnWindow);
    void entryWanted(const QString &key); // of the outbox

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    QWidget *buildHead();
    void showModel();
    void showState();
    void open(bool inOwnWindow);
    void step(int by); // to another reason that there is

    const PaneContext m_context;
    WorkModel &m_model;
    QLabel *m_summary;
    QList<ToggleChip *> m_chips; // all, then one a reason
    QListView *m_list;
    QLabel *m_rest;
    StatePanel *m_state;
};

} // namespace Counterfoil
