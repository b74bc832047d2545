#pragma once

#include "addressbook.h"
#include "companyclock.h"
#include "objections.h"
#include "offers.h"
#include "purchase.h"
#include "returnable.h"
#include "standings.h"
#include "task.h"

#include <optional>

namespace Counterfoil::Sandbox {

// What happens to orders from their placing to their end, one task after the other, each at its time.
// All chance comes from the task's own number, so the same company does the same things at any pace
// of calling and after any restart.
class Simulation
{
public:
    Simulation(Books &books, const Company &company, const CompanyClock &clock, std::int64_t ordersPerDay);

    void openStock(); // of a new company
    void load();      // what a company in the books was about to do

    // While history is made, tasks keep office hours, and an order is written when it is finished;
    // settle() writes what is left, and what is planned for it.
    void setMakingHistory(bool making) { m_makingHistory = making; }
    void settle(std::int64_t companyTime); // at the end of it
    void saveCounters();                   // within the transaction of the steps taken

    void place(std::int64_t companyTime); // the next order
    bool due(std::int64_t until) const { return !m_agenda.empty() && m_agenda.begin()->at <= until; }
    std::int64_t nextAt() const { return m_agenda.empty() ? INT64_MAX : m_agenda.begin()->at; }
    void step(); // the next task of the agenda; there must be one

    // purchasing.cpp: what an order would meet if it were placed now, and the placing of one
    const Company &company() const { return m_company; }
    const Offers &offers() const { return m_offers; }
    std::int64_t dayOf(Instant at) const;
    Date shownDate(Date companyDay) const;
    Decimal available(const Customer &customer, const Product &product) const; // in the account's warehouse
    Date expectedOn(const Customer &customer, const Product &product) const;   // the next receipt; or none
    std::vector<QuoteStock> stock(const Customer &customer, const Product &product) const;
    const CreditStanding &standing(const Customer &customer);
    std::string placeFor(const Purchase &purchase, Instant at); // the order's key
    // orderchanges.cpp: what somebody wants of an order that was placed; why it is not done, or nothing
    std::optional<Objection> change(const std::string &order, const Order &base, const Order &wanted,
                                    const std::string &actor, Instant at);
    std::optional<Objection> cancel(const std::string &order, const std::string &actor, Instant at);

    // itemrecords.cpp: what is said of the products; once, when the company is founded
    void openCatalogue(Instant founded);

    // housekeeping.cpp: what somebody wrote past this
    void addressesChanged(const std::string &account);
    void planCheck(const RecordType &type, std::int64_t id, Instant at); // of an Address or a Contact

    // returns.cpp: the company does next what is to be done about the return, some time after `at`
    void planReturn(std::int64_t id, Instant at);

private:
    struct Line
    {
        std::int64_t product = 0;
        std::array<Decimal, warehouseCount> allocated{};
    };
    struct ActiveShipment
    {
        std::int64_t id = 0;
        Shipment record;
        std::int64_t invoice = 0; // 0: not billed yet
        bool inBooks = false;
        bool changed = true;
    };
    struct ActiveOrder
    {
        std::int64_t id = 0;
        const Customer *customer = nullptr;
        Order record;
        std::vector<Line> lines;
        std::vector<ActiveShipment> shipments;
        std::array<bool, warehouseCount> shipPlanned{};
        Amount invoiced; // the totals of its invoices
        Amount counted;  // what the account's standing holds of it
        bool inBooks = false;
        bool acknowledged = false; // its paper is known to be there
        bool finished = false;
    };
    struct ActiveInvoice
    {
        std::int64_t id = 0;
        Invoice record;
        bool inBooks = false;
        bool changed = true;
    };
    // What a customer finds wrong with an invoice, which credit is asked for, and why.
    struct Claim
    {
        const InvoiceLine *line;
        Decimal quantity;
        Decimal unitPrice;
        std::string text;
    };
    struct Stock
    {
        Decimal onHand;
        Decimal allocated;
        std::int64_t receiptAt = 0;                                // company time; 0: nothing is on its way
        std::vector<std::pair<std::int64_t, std::size_t>> waiting; // orders and their lines, first come first
    };
    // simulation.cpp
    void perform(const Plan &plan, ActiveOrder &order);
    void performOnInvoice(const Plan &plan);
    void count(ActiveOrder &order);
    std::int64_t plan(std::int64_t delayMs, Task task, std::int64_t subject, std::int64_t detail = 0);
    void flush(ActiveOrder &order);
    void flush(ActiveShipment &shipment, Instant at);
    void loadOrder(std::int64_t id);
    Date calendar(std::int64_t companyTime) const;
    Instant stamp() const { return m_clock.wall(m_now); }
    void addEvent(ActiveOrder &order, const char *code, std::string text, std::string reference = {});
    SeededRandom taskChance(std::int64_t salt) const;

    // housekeeping.cpp
    void planTidying();
    void check(const RecordType &type, std::int64_t id);
    void tidyUp();
    void reviseAnItemPaper();
    void turnMonth();

    // ordering.cpp
    static std::string orderNumber(std::int64_t id);
    static std::int64_t orderId(const std::string &number);
    std::int64_t taxRateOf(const ActiveOrder &order, std::size_t line) const;
    void fillHeader(ActiveOrder &order, Random &random);
    void fillLines(ActiveOrder &order, Random &random);
    void review(ActiveOrder &order);
    void decide(ActiveOrder &order);
    void cancelRemaining(ActiveOrder &order, const std::string &why);
    void cancelBackorder(ActiveOrder &order, std::size_t line);

    // orderchanges.cpp
    ActiveOrder *changeable(const std::string &order, Instant at);
    std::optional<Objection> takeOff(ActiveOrder &order, const OrderWish &wish, const Order &base);
    void changed(ActiveOrder &order, const std::string &what);
    void planCloseWhenComplete(ActiveOrder &order);
    void total(ActiveOrder &order);
    void refreshStatus(ActiveOrder &order);

    // fulfilment.cpp
    void allocate(ActiveOrder &order);
    Decimal reserve(ActiveOrder &order, std::size_t line, std::size_t warehouse, Decimal wanted);
    void backorder(ActiveOrder &order, std::size_t line, Decimal quantity, Random &random);
    void refreshPromise(ActiveOrder &order);
    void ship(ActiveOrder &order, std::size_t warehouse);
    void pack(ActiveOrder &order, ActiveShipment &shipment, std::size_t warehouse, std::size_t line);
    void planShipping(ActiveOrder &order, std::size_t warehouse, Random &random);
    void close(ActiveOrder &order);
    void replenish(std::size_t place, Random &random);
    void receive(std::size_t place, Decimal quantity);
    void slip(std::size_t place, Decimal quantity, Random &random);
    void serveWaiting(std::size_t place, Random &random);

    // delivery.cpp
    void handOver(ActiveOrder &order, ActiveShipment &shipment, const std::string &what,
                  std::size_t warehouse, Random &random);
    void awaitCollection(ActiveOrder &order, ActiveShipment &shipment, const std::string &what,
                         std::size_t warehouse, Random &random);
    void addParcels(Shipment &record, const std::string &country, Random &random);
    void track(ActiveOrder &order, ActiveShipment &shipment);
    void deliver(ActiveOrder &order, ActiveShipment &shipment);
    void failDelivery(ActiveOrder &order, ActiveShipment &shipment, Random &random);
    void takeBack(ActiveOrder &order, ActiveShipment &shipment);
    void endDelivery(ActiveOrder &order, ActiveShipment &shipment, const char *status);

    // billing.cpp
    void bill(ActiveOrder &order, ActiveShipment &shipment);
    void addInvoiceLines(ActiveOrder &order, const Shipment &shipment, Invoice &invoice);
    void planPayment(const ActiveInvoice &invoice, const Customer &customer, Random &random);
    ActiveInvoice &issue(Invoice record);
    ActiveInvoice &fetchInvoice(std::int64_t id);
    void setOpenAmount(ActiveInvoice &invoice, Amount open);
    void flushInvoices();
    void tellOrder(const std::string &orderKey, const char *code, std::string text, std::string reference);

    // credits.cpp
    std::optional<Claim> claimOn(const ActiveInvoice &invoice) const;
    void dispute(ActiveInvoice &invoice);
    void resolve(ActiveInvoice &invoice);
    void creditLater(ActiveInvoice &invoice, bool whole);
    void credit(ActiveInvoice &invoice, const Claim *claim, const std::string &reason);
    static Invoice memoOn(const Invoice &invoice); // without lines
    const Invoice &post(ActiveInvoice &invoice, Invoice memo, const std::string &reason);

    // returns.cpp
    std::int64_t askForReturn(std::int64_t shipment);     // its id; 0: nothing of it can come back
    void moveReturn(std::int64_t id, std::int64_t steps); // to its next state, after so many events
    void planNextOf(std::int64_t id);
    void decideReturn(Return &record, std::int64_t id);
    void inspectReturn(Return &record, Random &random);
    void settleReturn(Return &record);
    void postCredit(Return &record, const std::vector<CreditPart> &parts);
    void restock(const Return &record);
    void sendReplacement(Return &record);
    void say(const Return &about, const std::string &author, bool fromSupplier, const std::string &text);
    std::vector<std::int64_t> openReturns();

    // receivables.cpp
    void pay(ActiveInvoice &invoice, bool early);
    void payOthers(Payment &payment, const ActiveInvoice &first, const Customer &customer);
    void useCredits(Payment &payment, const Customer &customer);
    void addPart(Payment &payment, ActiveInvoice &invoice, Amount amount, Amount discount);
    void applyRests(ActiveInvoice &invoice, const Customer &customer);

    static std::size_t placeOf(std::int64_t product, std::size_t warehouse);
    static std::int64_t productAt(std::size_t place);
    std::int64_t fullStock(const Product &product, std::int64_t dailyDemand) const; // units of it in a place
    void saveStock(std::size_t place);
    static std::size_t atHome(const Customer &customer, const Product &product);
    void withdraw(std::int64_t product);

    Books &m_books;
    const Company &m_company;
    const CompanyClock &m_clock;
    const std::int64_t m_ordersPerDay;
    bool m_makingHistory = false;
    std::int64_t m_now = 0;  // company time
    std::int64_t m_task = 0; // the number of the task being performed
    std::int64_t m_lastPlan = 0;
    std::int64_t m_lastOrder = 0;
    std::int64_t m_lastShipment = 0;
    std::int64_t m_lastInvoice = 0;
    std::int64_t m_lastPayment = 0;
    Instant m_monthBegan{0}; // for the months before it the statements are issued
    Instant m_monthEnds{0};
    std::set<Plan> m_agenda;
    std::unordered_map<std::int64_t, ActiveOrder> m_active;
    std::vector<Stock> m_stock;
    std::set<std::int64_t> m_touched; // orders to flush after this task
    // While history is made: the open ones, since most change again; else those that the task looks at.
    std::unordered_map<std::int64_t, ActiveInvoice> m_invoices;
    std::set<std::int64_t> m_touchedInvoices;
    Standings m_standings;
    Offers m_offers;
    AddressBook m_addresses;
};

} // namespace Counterfoil::Sandbox
