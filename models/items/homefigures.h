#pragma once

#include "account.h"
#include "accountfigures.h"
#include "creditstanding.h"
#include "invoice.h"
#include "order.h"
#include "payment.h"
#include "return.h"
#include "shipment.h"

#include <QObject>

#include <map>
#include <memory>
#include <optional>

namespace Counterfoil {

class CacheReaders;
class Clock;

// Something that is to come: a shipment on its way, or a line that waits for stock.
struct Arrival
{
    Date expectedOn; // none: the ERP knows no date
    std::optional<Shipment> shipment;
    BackorderedLine line; // where there is no shipment

    RecordRef ref() const;
    const std::string &account() const { return shipment ? shipment->account : line.account; }
};

// The shortlists of the Home pane.
struct HomeLists
{
    std::vector<Order> orders;     // newest first
    std::vector<Invoice> invoices; // and credit memos, newest first
    std::vector<Payment> payments; // newest first, with what they were applied to
    std::vector<Return> returns;   // newest first
    std::vector<Arrival> arrivals; // the first expected first; those without a date last
    std::vector<CreditStanding> standings;
    std::map<std::string, Account, std::less<>> accounts; // those that are named in the above
    std::int64_t accountCount = 0;                        // that these lists are about
};

// What the Home pane says about some accounts, kept current and read off the GUI thread, on which it
// lives. What is financial is not read where it is not shown.
class HomeFigures final : public QObject
{
    Q_OBJECT
public:
    static constexpr int rowsPerList = 6;
    static constexpr int arrivalsMost = 8;
    static constexpr int standingsShown = 6;
    static constexpr int months = 12;

    enum class Spend { Yes, No }; // whether a year's spending is read, which takes longest

    HomeFigures(CacheReaders &readers, const Clock &clock, bool financial, QObject *parent = nullptr,
                Spend spend = Spend::Yes);
    ~HomeFigures() override;

    void setAccounts(const std::vector<std::string> &accounts); // none: all; reads at once
    void setWatched(bool watched);                              // reading stops while nobody looks

    bool isKnown() const;         // the lists are there
    bool isSpendingKnown() const; // takes longer where there is much
    const HomeLists &lists() const;
    const SpendingFigures &spending() const;

Q_SIGNALS:
    void listsChanged();
    void spendingChanged();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Counterfoil
