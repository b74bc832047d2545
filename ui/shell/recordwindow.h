#pragma once

#include "recordplace.h"
#include "recordref.h"

#include <QWidget>

namespace Counterfoil {

class Actions;
class OutgoingDesk;

// One record in a window of its own.
class RecordWindow final : public QWidget
{
    Q_OBJECT
public:
    RecordWindow(const RecordPlace &place, const PaneContext &context, const QString &key,
                 OutgoingDesk *outgoing = nullptr, QWidget *parent = nullptr);

    RecordRef ref() const;
    DetailPane &detail() const { return *m_pane; }
    const Actions &actions() const { return *m_actions; }

Q_SIGNALS:
    void linkChosen(const Counterfoil::RecordRef &ref, bool inOwnWindow);

private:
    void addActions(OutgoingDesk *outgoing);

    Actions *m_actions;
    DetailPane *m_pane;
};

} // namespace Counterfoil
