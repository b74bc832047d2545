#pragma once

#include "windowdriver.h"

#include <functional>

namespace Counterfoil {

class AccountPane;
class OrderChangeSheet;
struct Address;
struct Order;

// Leads the real window through its panes and states, and keeps one PNG for each stop. Where the display
// is scaled only the panes are visited, since that is what scaling changes.
class Tour final
{
public:
    Tour(Desktop &desktop, const QString &folder);

    bool run(); // false: a stop could not be reached or written, named on standard error

private:
    void panes(); // every pane, in both looks and at both sizes
    void paneAt(const QString &look);
    void signInStops();
    void firstFillStop();
    void orderStops();
    void shipmentStops();
    void invoiceStops();
    void documentStops();
    void einvoiceStops();
    void outgoingStops(); // (touroutgoing.cpp)
    void boughtStops();   // (tourbuying.cpp, as the next)
    void cartStops();
    void reviewStop(const QString &name);
    void placeStop();
    void orderChangeStop();
    void askOfOrder(const Order &order, const QString &name,
                    const std::function<void(OrderChangeSheet &)> &fill);
    void askStop();       // what can be ordered of the review that is open
    void approvalStops(); // (tourapprovals.cpp, as the next)
    void decideStops();
    void papersStops();    // the archive, searched for words inside
    void catalogueStops(); // (tourcatalogue.cpp)
    void queueStops();     // (tourreturns.cpp, as the next)
    void returnStops();
    void requestStop();
    void customerStop();
    void paperKindStops(); // (tourpapers.cpp, as the next)
    void proofStop();
    void findStops();
    void pasteStop();
    void textSizeStop();
    void offlineStops();
    void darkStops();
    void viewerStop();
    void gatewayLostStop();

    // What a person asks for (tourcommands.cpp).
    void accountStops();
    void statementStop();
    void formStop();
    void conflictStops();    // somebody else changes the same address meanwhile, both without a network
    void cartConflictStop(); // the same person changes the cart that is shown at another computer
    void withdrawalStop();
    AccountPane *accountPane() const;
    bool openAddress(Address &address); // the usual one for deliveries; false: there is none

    void waitForPage(); // of the document beside the invoice
    void show(const RecordType &kind);

    WindowDriver m_driver;
};

} // namespace Counterfoil
