#pragma once

#include "recordplace.h"
#include "recordref.h"

#include <QWidget>

namespace Counterfoil {

class Actions;
class CartDesk;
class OutgoingDesk;
class ReturnDesk;

// What is done with records in windows of their own; a desk that is null does nothing there.
struct RecordDesks
{
    OutgoingDesk *outgoing = nullptr; // takes their documents out
    CartDesk *carts = nullptr;        // orders them again
    ReturnDesk *returns = nullptr;    // sends something of them back
};

// One record in a window of its own.
class RecordWindow final : public QWidget
{
    Q_OBJECT
public:
    RecordWindow(const RecordPlace &place, const PaneContext &context, const QString &key,
                 const RecordDesks &desks = {}, QWidget *parent = nullptr);

    RecordRef ref() const;
    DetailPane &detail() const { return *m_pane; }
    const Actions &actions() const { return *m_actions; }

Q_SIGNALS:
    void linkChosen(const Counterfoil::RecordRef &ref, bool inOwnWindow);

private:
    void addActions(OutgoingDesk *outgoing);
    void addOrderingAgain(CartDesk &desk);
    void addReturning(ReturnDesk &desk);

    Actions *m_actions;
    DetailPane *m_pane;
};

} // namespace Counterfoil
