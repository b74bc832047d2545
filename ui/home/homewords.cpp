#include "homewords.h"

#include "calendars.h"
#include "display.h"
#include "itemroles.h"
#include "recordcell.h"
#include "statuswording.h"

#include <algorithm>

namespace Counterfoil {

namespace {

constexpr std::size_t invoicesNamed = 3; // of a payment

QString listed(QStringList parts)
{
    parts.removeAll(QString());
    return parts.join(QStringLiteral(" · "));
}

// Empty where all is about one account anyway.
QString accountOf(const HomeLists &lists, const std::string &key)
{
    const auto known = lists.accounts.find(key);
    return lists.accountCount > 1 && known != lists.accounts.end() ? Display::text(known->second.name)
                                                                   : QString();
}

} // namespace

QList<HomeRowWords> HomeWords::orders(const HomeLists &lists) const
{
    QList<HomeRowWords> rows;
    for (const Order &order : lists.orders) {
        const StatusWording::Words state = m_wording.of("order", order.status);
        HomeRowWords &row = rows.emplaceBack();
        row.ref = {&Order::type, order.key};
        row.lead = Display::text(order.number);
        row.about = listed({accountOf(lists, order.account), Display::shortDate(order.placedAt),
                            Display::text(order.poReference)});
        row.chip = state.label;
        row.symbol = state.symbol;
        row.tone = toneNamed(state.tone);
        row.value = m_prices ? Display::money(order.total, order.currency) : QString();
        row.fullForm = tr("Placed %1").arg(Display::full(order.placedAt));
    }
    return rows;
}

QList<HomeRowWords> HomeWords::invoices(const HomeLists &lists) const
{
    const Field &status = *Invoice::type.find("status");
    QList<HomeRowWords> rows;
    for (const Invoice &invoice : lists.invoices) {
        const CellContext context{m_calendars.today(invoice.account)};
        const auto cell = [&](int role) {
            return recordCell(Invoice::type, &invoice, status, role, m_wording, context).toString();
        };
        const QString due = invoice.dueOn.isSet() ? tr("due %1").arg(Display::shortDate(invoice.dueOn))
                                                  : Display::shortDate(invoice.issuedAt);
        HomeRowWords &row = rows.emplaceBack();
        row.ref = {&Invoice::type, invoice.key};
        row.lead = Display::text(invoice.number);
        row.about = listed({accountOf(lists, invoice.account), due, Display::text(invoice.poReference)});
        row.chip = cell(Qt::DisplayRole);
        row.symbol = cell(ItemRole::Symbol);
        row.tone = toneNamed(cell(ItemRole::Tone));
        row.value = m_prices ? Display::money(invoice.total, invoice.currency) : QString();
        row.fullForm = tr("Issued %1").arg(Display::full(invoice.issuedAt));
    }
    return rows;
}

QStringList HomeWords::invoicesOf(const Payment &payment)
{
    if (payment.parts.empty())
        return {tr("not applied yet", "a payment")};
    QStringList invoices;
    for (std::size_t i = 0; i < std::min(payment.parts.size(), invoicesNamed); ++i)
        invoices.append(Display::text(payment.parts[i].invoiceNumber));
    if (payment.parts.size() > invoicesNamed)
        invoices.append(tr("%Ln more", "invoices that a payment was applied to",
                           static_cast<int>(payment.parts.size() - invoicesNamed)));
    return invoices;
}

QList<HomeRowWords> HomeWords::payments(const HomeLists &lists) const
{
    QList<HomeRowWords> rows;
    for (const Payment &payment : lists.payments) {
        const StatusWording::Words state = m_wording.of("payment", payment.status);
        HomeRowWords &row = rows.emplaceBack();
        row.ref = {&Payment::type, payment.key};
        row.lead = Display::shortDate(payment.receivedAt);
        row.about = listed({accountOf(lists, payment.account), Display::text(payment.method),
                            invoicesOf(payment).join(QStringLiteral(", "))});
        row.chip = payment.status.empty() ? QString() : state.label;
        row.symbol = state.symbol;
        row.tone = toneNamed(state.tone);
        row.value = m_prices ? Display::money(payment.amount, payment.currency) : QString();
        row.fullForm = listed({Display::text(payment.number), Display::text(payment.reference),
                               Display::full(payment.receivedAt)});
    }
    return rows;
}

QList<HomeRowWords> HomeWords::returns(const HomeLists &lists) const
{
    QList<HomeRowWords> rows;
    for (const Return &record : lists.returns) {
        const StatusWording::Words state = m_wording.of("return", record.status);
        const bool credited = !record.creditMemo.empty();
        HomeRowWords &row = rows.emplaceBack();
        row.ref = {&Return::type, record.key};
        row.lead = Display::text(record.number);
        row.about = listed({accountOf(lists, record.account), Display::shortDate(record.requestedAt),
                            m_wording.of("returnReason", record.reason).label});
        row.chip = state.label;
        row.symbol = state.symbol;
        row.tone = toneNamed(state.tone);
        row.value = m_prices
            ? Display::money(credited ? record.postedCredit : record.expectedCredit, record.currency)
            : QString();
        row.fullForm = tr("Asked for %1", "a time").arg(Display::full(record.requestedAt));
    }
    return rows;
}

HomeRowWords HomeWords::shipment(const Shipment &shipment, const QString &account) const
{
    HomeRowWords row;
    const StatusWording::Words state = m_wording.of("shipment", shipment.status);
    const QString parcels = shipment.parcelCount > 0
        ? tr("%Ln parcels", "", static_cast<int>(shipment.parcelCount))
        : QString();
    row.about = listed({Display::text(shipment.number), account, Display::text(shipment.carrier), parcels});
    row.chip = state.label;
    row.symbol = state.symbol;
    row.tone = toneNamed(state.tone);
    row.fullForm = listed({Display::text(shipment.shipToName), Display::text(shipment.tracking)});
    return row;
}

HomeRowWords HomeWords::waitingLine(const BackorderedLine &line, const QString &account) const
{
    HomeRowWords row;
    const StatusWording::Words state = m_wording.of("orderLine", "backordered");
    row.about = listed({tr("%1 × %2", "a quantity of an item")
                            .arg(Display::quantity(line.quantity), Display::text(line.sku)),
                        Display::text(line.orderNumber), account, Display::text(line.description)});
    row.chip = state.label == QLatin1String("backordered") ? tr("Backordered") : state.label;
    row.symbol = state.symbol;
    row.tone = state.tone.isEmpty() ? Tone::Warn : toneNamed(state.tone);
    row.fullForm = Display::text(line.description);
    return row;
}

QList<HomeRowWords> HomeWords::arrivals(const HomeLists &lists) const
{
    QList<HomeRowWords> rows;
    for (const Arrival &arrival : lists.arrivals) {
        const QString account = accountOf(lists, arrival.account());
        HomeRowWords row
            = arrival.shipment ? shipment(*arrival.shipment, account) : waitingLine(arrival.line, account);
        row.ref = arrival.ref();
        const int days = arrival.expectedOn.isSet()
            ? arrival.expectedOn.daysSinceEpoch - m_calendars.today(arrival.account()).daysSinceEpoch
            : 0;
        if (!arrival.expectedOn.isSet())
            row.lead = tr("No date", "nobody knows when it arrives");
        else if (days == 0)
            row.lead = tr("Today");
        else if (days == 1)
            row.lead = tr("Tomorrow");
        else
            row.lead = Display::shortDate(arrival.expectedOn);
        if (arrival.expectedOn.isSet() && days < 0) {
            row.chip = tr("Late %Ln d", "days", -days);
            row.symbol = QStringLiteral("!");
            row.tone = Tone::Bad;
        }
        rows.append(row);
    }
    return rows;
}

QList<HomeRowWords> HomeWords::overdue(const std::vector<OverdueAccount> &accounts)
{
    QList<HomeRowWords> rows;
    for (const OverdueAccount &account : accounts) {
        HomeRowWords row;
        row.ref = {&Account::type, account.account};
        row.lead = Display::text(account.name);
        row.about = tr("%Ln invoices", "", static_cast<int>(account.invoices));
        row.chip = tr("%Ln d", "days that something is overdue", static_cast<int>(account.days));
        row.tone = account.days > 60 ? Tone::Bad : account.days > 30 ? Tone::Warn : Tone::Neutral;
        row.value = Display::money(account.overdue, account.currency);
        row.fullForm = tr("The oldest is overdue by %Ln days", "", static_cast<int>(account.days));
        rows.append(row);
    }
    return rows;
}

} // namespace Counterfoil
