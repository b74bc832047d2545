#include "codec.h"
#include "exactvalue.h"
#include "return.h"
#include "trytonthings.h"

#include <algorithm>
#include <string_view>

namespace Counterfoil {

namespace {

constexpr const char *returnFields[] = {"number"};

// What Counterfoil alone knows of it, by the module's keeping: who asked and decided, and in which words.
void takeOwn(const TrytonRow &row, Return &back)
{
    const std::string body = row.text("body");
    if (body.empty())
        return;
    const auto read = decode<Return>(body);
    if (!read) {
        row.complain("body");
        return;
    }
    back = *read;
}

const ReturnLine *ownLine(const Return &own, std::int64_t orderLine)
{
    const auto found = std::ranges::find(own.lines, orderLine, &ReturnLine::orderLine);
    return found == own.lines.end() ? nullptr : &*found;
}

class ReturnReader
{
public:
    ReturnReader(const TrytonRow &row, Return &back)
        : m_row(row)
        , m_back(back)
        , m_state(row.text("state"))
        , m_places(minorUnitPlaces(back.currency))
    { }

    void read()
    {
        readCredits();
        m_back.status = statusOf();
        m_back.open = m_back.status == ReturnStatus::requested || m_back.status == ReturnStatus::authorised
            || m_back.status == ReturnStatus::received;
        readLines();
        readEvents();
    }

private:
    void readCredits()
    {
        for (const TrytonRow &credit : m_row.rows("credits")) {
            m_back.postedCredit += credit.amount("total", m_places);
            m_back.creditMemo = trytonKey("", credit.id());
            m_back.creditMemoNumber = credit.text("number");
            m_creditedAt = noonOf(credit.date("date"));
        }
    }

    std::string_view statusOf() const
    {
        if (m_state == "rejected")
            return ReturnStatus::refused;
        if (m_state == "cancelled")
            return ReturnStatus::withdrawn;
        if (m_state == "waiting")
            return ReturnStatus::requested;
        if (!m_back.creditMemo.empty())
            return ReturnStatus::credited;
        if (m_row.flag("cancelled"))
            return ReturnStatus::lapsed;
        if (m_row.flag("over"))
            return ReturnStatus::settled;
        return m_row.has("received") ? ReturnStatus::received : ReturnStatus::authorised;
    }

    bool isDecided() const { return m_state == "approved" || m_state == "done"; }

    // Of what was asked for, Tryton keeps what was authorised; our own word has what was wished.
    void readLines()
    {
        const Return own = m_back;
        m_back.lines.clear();
        m_back.units = {};
        for (const TrytonRow &row : m_row.rows("lines"))
            addLine(row, own);
        if (isDecided() || m_state == "rejected") {
            for (const ReturnLine &line : own.lines) {
                if (!ownLine(m_back, line.orderLine))
                    m_back.lines.push_back(line);
            }
        }
        std::ranges::stable_sort(m_back.lines, {}, &ReturnLine::orderLine);
        for (std::size_t i = 0; i < m_back.lines.size(); ++i)
            m_back.lines[i].lineNumber = static_cast<std::int64_t>(i + 1);
        addAmounts();
        if (m_back.reason.empty())
            m_back.reason = trytonKey("", m_row.integer("reason"));
    }

    void addLine(const TrytonRow &row, const Return &own)
    {
        const ReturnLine *said = ownLine(own, row.integer("number"));
        ReturnLine line = said ? *said : ReturnLine();
        line.orderLine = row.integer("number");
        line.sku = row.text("sku");
        line.description = row.text("name");
        line.unit = row.text("unit");
        if (line.reason.empty())
            line.reason = trytonKey("", m_row.integer("reason"));
        const Decimal quantity = row.quantity("quantity");
        line.quantity = said && isDecided() ? said->quantity : quantity;
        line.authorised = isDecided() ? quantity : Decimal();
        line.received = row.quantity("received");
        line.accepted = m_back.status == ReturnStatus::credited ? line.received : Decimal();
        m_back.units += quantity;
        m_prices[line.orderLine] = {row.decimal("price"), trytonTaxRate(row), quantity};
        m_back.lines.push_back(std::move(line));
    }

    // As the order says; once Tryton has made the sale of what comes back, it has the total.
    void addAmounts()
    {
        m_back.amounts.clear();
        m_back.expectedCredit = {};
        for (const ReturnLine &line : m_back.lines) {
            ReturnAmount &amount = m_back.amounts.emplace_back();
            amount.lineNumber = line.lineNumber;
            const auto price = m_prices.find(line.orderLine);
            if (price == m_prices.end())
                continue;
            amount.unitPrice = price->second.price;
            amount.goods = extended(price->second.quantity, amount.unitPrice, m_places);
            amount.tax = trytonTax(amount.goods, price->second.taxRate);
            amount.credit = amount.goods + amount.tax;
            m_back.expectedCredit += amount.credit;
        }
        if (m_row.has("made") && m_row.decimal("total") > Decimal())
            m_back.expectedCredit = m_row.amount("total", m_places);
    }

    void add(std::string_view code, Instant at, std::string by, std::string text, std::string reference)
    {
        m_back.events.push_back({std::ssize(m_back.events) + 1, at, std::string(code), std::move(by),
                                 std::move(text), std::move(reference)});
        m_back.statusAt = at;
    }

    void readEvents()
    {
        m_back.events.clear();
        add(ReturnStatus::requested, m_row.instant("at"), m_back.requestedBy, "Asked for", {});
        const Instant changed = m_row.instant("changed");
        if (m_state == "rejected")
            add(ReturnStatus::refused, changed, m_back.decidedBy, "Refused", {});
        else if (m_state == "cancelled")
            add(ReturnStatus::withdrawn, changed, {}, "Taken back", {});
        else if (isDecided())
            add(ReturnStatus::authorised, m_row.has("made") ? m_row.instant("made") : changed,
                m_back.decidedBy, "Authorised", {});
        if (m_row.has("received"))
            add(ReturnStatus::received, noonOf(m_row.date("received")), {}, "Received", {});
        if (!m_back.creditMemo.empty())
            add(ReturnStatus::credited, m_creditedAt, {}, "Credited", m_back.creditMemoNumber);
        else if (m_back.status == ReturnStatus::lapsed)
            add(ReturnStatus::lapsed, changed, {}, "Cancelled", {});
        else if (m_back.status == ReturnStatus::settled)
            add(ReturnStatus::settled, changed, {}, "Settled", {});
    }

    struct Price
    {
        Decimal price;
        Decimal taxRate;
        Decimal quantity; // that it is for
    };
    const TrytonRow &m_row;
    Return &m_back;
    std::string m_state; // the complaint's
    int m_places;
    std::map<std::int64_t, Price> m_prices; // by the order's line
    Instant m_creditedAt;
};

// See returns.py for the row.
void makeReturn(const TrytonRow &row, const std::string &key, std::vector<AnyRecord> &records)
{
    const auto back = std::make_shared<Return>();
    takeOwn(row, *back);
    const TrytonRow sale = row.row("sale");
    back->key = key;
    back->account = trytonKey("", row.integer("party"));
    back->number = row.text("number");
    back->order = trytonKey("", sale.id());
    back->orderNumber = sale.text("number");
    back->poReference = sale.text("reference");
    back->requestedAt = row.instant("at");
    back->decidingRole = "csr";
    back->currency = row.row("currency").text("code");
    if (back->outcome.empty())
        back->outcome = ReturnOutcome::credit;
    if (back->requestedBy.empty()) { // Tryton's own people made it
        back->requestedBy = row.text("by");
        back->comment = row.text("text");
    }
    ReturnReader(row, *back).read();
    records.emplace_back(back);
}

void makeComplaint(const TrytonRow &row, const TrytonLookups &, std::vector<AnyRecord> &records)
{
    makeReturn(row, trytonKey("", row.id()), records);
}

void makeReturnSale(const TrytonRow &row, const TrytonLookups &, std::vector<AnyRecord> &records)
{
    makeReturn(row, trytonKey(returnSalePrefix, row.id()), records);
}

constexpr TrytonThing::Kind complaintKinds[] = {{&Return::type, ""}};
constexpr TrytonThing::Kind returnSaleKinds[] = {{&Return::type, returnSalePrefix}};

} // namespace

const TrytonThing trytonComplaint{
    "counterfoil.complaint", "counterfoil.complaint", returnFields, "[]", complaintKinds, makeComplaint};
const TrytonThing trytonReturnSale{"counterfoil.return_sale",
                                   "counterfoil.return_sale",
                                   returnFields,
                                   "[]",
                                   returnSaleKinds,
                                   makeReturnSale};

} // namespace Counterfoil
