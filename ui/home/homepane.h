#pragma once

#include "accountfigures.h"
#include "homefigures.h"
#include "panecontext.h"

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QScrollArea;
class QVBoxLayout;

namespace Counterfoil {

class AgeingBar;
class AgeingModel;
class Calendars;
class CreditView;
class HomeCard;
class HomeRows;
class MonthChart;
struct MonthBar;

// How the chosen accounts stand and what happens to them next: the first answer to most calls. Nothing
// financial is there for who may not see it.
class HomePane final : public QWidget
{
    Q_OBJECT
public:
    explicit HomePane(const PaneContext &context, QWidget *parent = nullptr);

    void setAccounts(const std::vector<std::string> &accounts); // none: all that the person sees
    void focusFirst();

Q_SIGNALS:
    // An account, too: one that is overdue is to be chosen.
    void opened(const Counterfoil::RecordRef &ref, bool inOwnWindow);
    void ageingChosen(Counterfoil::Ageing::Bucket bucket); // those invoices are to be listed

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    static constexpr int chartsMost = 2; // of spending, one for each of the main currencies
    static constexpr int columnsMost = 3;

    HomeRows *addRowsCard(HomeCard *&card, const QString &title);
    void buildFinancial();
    void connectAll();
    void showLists();
    void showAgeing();
    static QList<MonthBar> barsOf(const std::vector<Date> &months, const Spending *spending);
    void showSpending();
    void showHeading();
    QString emptyText(const QString &text) const;
    void arrange();

    const PaneContext m_context;
    const bool m_financial;
    std::vector<std::string> m_accounts;
    HomeFigures *m_figures;
    AgeingModel *m_ageing = nullptr;
    Calendars *m_calendars;

    QLabel *m_title;
    QLabel *m_asOf;
    QScrollArea *m_scroll;
    QWidget *m_body;
    QList<QVBoxLayout *> m_columns;
    int m_columnCount = 0;
    bool m_several = false; // more accounts than stand in the credit card: who is most overdue instead

    HomeCard *m_creditCard = nullptr;
    CreditView *m_credit = nullptr;
    HomeCard *m_ageingCard = nullptr;
    HomeCard *m_overdueCard = nullptr;
    HomeRows *m_overdue = nullptr;
    HomeCard *m_spendingCard = nullptr;
    QList<MonthChart *> m_charts;
    HomeCard *m_arrivalsCard = nullptr;
    HomeRows *m_arrivals;
    HomeCard *m_ordersCard = nullptr;
    HomeRows *m_orders;
    HomeCard *m_invoicesCard = nullptr;
    HomeRows *m_invoices = nullptr;
    HomeCard *m_paymentsCard = nullptr;
    HomeRows *m_payments = nullptr;
};

} // namespace Counterfoil
