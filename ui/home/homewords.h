#pragma once

#include "homefigures.h"
#include "homerows.h"

#include <QCoreApplication>

namespace Counterfoil {

class Calendars;
class StatusWording;

// How the records of the Home pane's shortlists are told.
class HomeWords
{
    Q_DECLARE_TR_FUNCTIONS(HomeWords)
public:
    HomeWords(const StatusWording &wording, const Calendars &calendars, bool prices)
        : m_wording(wording)
        , m_calendars(calendars)
        , m_prices(prices)
    { }

    // `lists` names the accounts where they are about more than one.
    QList<HomeRowWords> orders(const HomeLists &lists) const;
    QList<HomeRowWords> invoices(const HomeLists &lists) const;
    QList<HomeRowWords> payments(const HomeLists &lists) const;
    QList<HomeRowWords> returns(const HomeLists &lists) const;
    QList<HomeRowWords> arrivals(const HomeLists &lists) const;
    static QList<HomeRowWords> overdue(const std::vector<OverdueAccount> &accounts);

private:
    static QStringList invoicesOf(const Payment &payment);
    HomeRowWords shipment(const Shipment &shipment, const QString &account) const;
    HomeRowWords waitingLine(const BackorderedLine &line, const QString &account) const;

    const StatusWording &m_wording;
    const Calendars &m_calendars;
    const bool m_prices;
};

} // namespace Counterfoil
