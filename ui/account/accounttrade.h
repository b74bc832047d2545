#pragma once

#include "panecontext.h"
#include "recordref.h"

#include <QWidget>

namespace Counterfoil {

class Calendars;
class CreditView;
class HomeCard;
class HomeFigures;
class HomeRows;

// What goes on between one account and the supplier: its credit, and the latest of what it ordered, is
// billed, has paid, sends back and waits for. Read while it is seen.
class AccountTrade final : public QWidget
{
    Q_OBJECT
public:
    explicit AccountTrade(const PaneContext &context, QWidget *parent = nullptr);

    void setAccount(const std::string &key); // of the one shown
    HomeRows &orders() const { return *m_orders; }
    HomeRows &returns() const { return *m_returns; }

Q_SIGNALS:
    void opened(const Counterfoil::RecordRef &ref, bool inOwnWindow);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    HomeRows *addCard(const QString &title);
    void showLists();

    const PaneContext m_context;
    const bool m_financial;
    HomeFigures *m_figures = nullptr; // once there is an account
    Calendars *m_calendars;
    CreditView *m_credit = nullptr;
    HomeRows *m_arrivals;
    HomeRows *m_orders;
    HomeRows *m_invoices = nullptr;
    HomeRows *m_payments = nullptr;
    HomeRows *m_returns;
};

} // namespace Counterfoil
