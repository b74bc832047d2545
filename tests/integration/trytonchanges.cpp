#include "trytonchanges.h"

#include "trytonrow.h"

#include <QJsonObject>

namespace Counterfoil {

using TrytonWords::s;

QJsonValue TrytonChanges::call(const char *method, const QJsonArray &parameters)
{
    return m_tryton.call(s("model.") + s(method), parameters);
}

QJsonArray TrytonChanges::search(const char *model, const QJsonArray &domain, int limit)
{
    return m_tryton.call(s("model.%1.search").arg(s(model)), {domain, 0, limit, QJsonValue()}).toArray();
}

QJsonValue TrytonChanges::any(const char *model, const QJsonArray &domain)
{
    const QJsonArray ids = search(model, domain);
    return ids.isEmpty() ? QJsonValue(0) : ids.at(m_random.bounded(int(ids.size())));
}

void TrytonChanges::changeParty()
{
    const QString word = QString::number(m_random.bounded(1'000'000));
    switch (m_random.bounded(6)) {
    case 0: // to which orders, shipments and invoices bear the name
        call("party.party.write",
             {QJsonArray{any("party.party")}, QJsonObject{{s("name"), s("Trader ") + word}}});
        return;
    case 1:
        call(
            "party.address.write",
            {QJsonArray{any("party.address")}, QJsonObject{{s("street"), word + s(" New Street\nFloor 2")}}});
        return;
    case 2:
        call("party.address.write",
             {QJsonArray{any("party.address")}, QJsonObject{{s("active"), m_random.bounded(2) == 0}}});
        return;
    case 3:
        call("party.contact_mechanism.create",
             listOf(QJsonArray{QJsonObject{{s("party"), any("party.party")},
                                           {s("type"), s("email")},
                                           {s("value"), word + s("@example.org")},
                                           {s("name"), s("Clerk ") + word}}}));
        return;
    case 4:
        call("party.contact_mechanism.delete", listOf(QJsonArray{any("party.contact_mechanism")}));
        return;
    default:
        call("product.product.write",
             {QJsonArray{any("product.product")}, QJsonObject{{s("suffix_code"), s("-") + word}}});
        return;
    }
}

void TrytonChanges::placeOrder()
{
    const QJsonArray parties
        = search("party.address", where("delivery", true)); // of parties that orders can go to
    if (parties.isEmpty())
        return;
    const QJsonValue address = parties.at(m_random.bounded(int(parties.size())));
    const QJsonValue party = call("party.address.read", {QJsonArray{address}, QJsonArray{s("party")}})
                                 .toArray()
                                 .at(0)
                                 .toObject()
                                 .value(s("party"));
    const QJsonObject price{{s("__class__"), s("Decimal")}, {s("decimal"), s("3.4500")}};
    const QJsonObject line{{s("type"), s("line")},
                           {s("product"), any("product.product", where("type", s("goods")))},
                           {s("quantity"), 1 + m_random.bounded(9)},
                           {s("unit"), 1},
                           {s("unit_price"), price}};
    const QJsonArray made = call("sale.sale.create",
                                 listOf(QJsonArray{QJsonObject{
                                     {s("party"), party},
                                     {s("company"), 1},
                                     {s("currency"), any("currency.currency")},
                                     {s("invoice_address"), address},
                                     {s("shipment_address"), address},
                                     {s("warehouse"), any("stock.location", where("type", s("warehouse")))},
                                     {s("reference"), s("TEST")},
                                     {s("lines"), listOf({s("create"), QJsonArray{line}})}}}))
                                .toArray();
    if (made.isEmpty())
        return;
    call("sale.sale.quote", listOf(made));
    if (m_random.bounded(3) == 0)
        call("sale.sale.cancel", listOf(made));
    else if (m_random.bounded(3) > 0)
        call("sale.sale.confirm", listOf(made));
}

void TrytonChanges::changeOrder()
{
    const QString word = QString::number(m_random.bounded(1'000'000));
    switch (m_random.bounded(6)) {
    case 0:
        call("sale.sale.write",
             {QJsonArray{any("sale.sale")}, QJsonObject{{s("reference"), s("PO-") + word}}});
        return;
    case 1: // which Tryton allows by RPC, whatever the state
        call("sale.line.write",
             {QJsonArray{any("sale.line", where("type", s("line")))},
              QJsonObject{{s("description"), s("As agreed ") + word}}});
        return;
    case 2: { // every third is the slow transaction's
        const qint64 package = any("stock.package").toInteger();
        if (package % 3 != 0)
            call("stock.package.write",
                 {QJsonArray{package}, QJsonObject{{s("shipping_reference"), s("NP ") + word}}});
        return;
    }
    case 3: {
        const QJsonArray shipment{any("stock.shipment.out", where("state", s("waiting")))};
        call("stock.shipment.out.assign_try", listOf(shipment));
        return;
    }
    case 4: {
        const QJsonValue gone = any("sale.sale", where("state", s("cancelled")));
        if (gone.toInteger() > 0)
            call("sale.sale.delete", listOf(QJsonArray{gone}));
        return;
    }
    default:
        return placeOrder();
    }
}

void TrytonChanges::changeMoney()
{
    const QString word = QString::number(m_random.bounded(1'000'000));
    switch (m_random.bounded(3)) {
    case 0:
        call("account.invoice.write",
             {QJsonArray{any("account.invoice", where("state", s("draft")))},
              QJsonObject{{s("reference"), word}}});
        return;
    case 1:
        call("party.party.write",
             {QJsonArray{any("party.party")},
              QJsonObject{{s("credit_limit_amount"),
                           QJsonObject{{s("__class__"), s("Decimal")}, {s("decimal"), word}}}}});
        return;
    default: {
        const QJsonValue payment = any("account.payment", where("state", s("processing")));
        if (payment.toInteger() > 0)
            call(m_random.bounded(2) ? "account.payment.succeed" : "account.payment.fail",
                 listOf(QJsonArray{payment}));
        return;
    }
    }
}

void TrytonChanges::changeGoods()
{
    const QString word = QString::number(m_random.bounded(1'000'000));
    const QJsonArray template_{any("product.template")};
    switch (m_random.bounded(5)) {
    case 0:
        call("product.template.write", {template_, QJsonObject{{s("name"), s("Goods ") + word}}});
        return;
    case 1:
        call("product.template.write", {template_, QJsonObject{{s("active"), m_random.bounded(3) > 0}}});
        return;
    case 2: // by which everything names it; now and then two have the same
        call("product.template.write",
             {template_, QJsonObject{{s("code"), m_random.bounded(4) == 0 ? s("SAME") : s("NEW-") + word}}});
        return;
    case 3:
        call("product.template.write", {template_, QJsonObject{{s("salable"), m_random.bounded(3) > 0}}});
        return;
    default:
        call("product.category.write",
             {QJsonArray{any("product.category")}, QJsonObject{{s("name"), s("Sort ") + word}}});
        return;
    }
}

// A complaint about an order, and what becomes of it.
void TrytonChanges::changeReturns()
{
    const QString word = QString::number(m_random.bounded(1'000'000));
    const QJsonArray waiting{any("sale.complaint", where("state", s("waiting")))};
    switch (m_random.bounded(5)) {
    case 0:
        call("sale.complaint.type.write",
             {QJsonArray{any("sale.complaint.type")}, QJsonObject{{s("name"), s("Because ") + word}}});
        return;
    case 1:
        if (waiting.at(0).toInteger() > 0)
            call(m_random.bounded(3) ? "sale.complaint.approve" : "sale.complaint.reject", listOf(waiting));
        return;
    case 2: {
        const QJsonArray back{any("sale.sale", where("origin", s("sale.complaint,%"), "like"))};
        if (back.at(0).toInteger() > 0) {
            call("sale.sale.quote", listOf(back));
            call("sale.sale.confirm", listOf(back));
        }
        return;
    }
    case 3: {
        const QJsonArray shipment{any("stock.shipment.out.return", where("state", s("draft")))};
        if (shipment.at(0).toInteger() > 0)
            call("stock.shipment.out.return.receive", listOf(shipment));
        return;
    }
    default:
        complain();
    }
}

void TrytonChanges::complain()
{
    const QJsonValue sale = any("sale.sale", where("state", s("processing")));
    const QJsonArray read
        = call("sale.sale.read", {QJsonArray{sale}, QJsonArray{s("party"), s("origin")}}).toArray();
    const QJsonObject row = read.at(0).toObject();
    if (!row.value(s("origin")).isNull())
        return;
    const QJsonObject action{{s("action"), s("sale_return")}};
    const QJsonArray made
        = call("sale.complaint.create",
               listOf(QJsonArray{QJsonObject{{s("customer"), row.value(s("party"))},
                                             {s("company"), 1},
                                             {s("type"), any("sale.complaint.type")},
                                             {s("origin"), s("sale.sale,%1").arg(sale.toInteger())},
                                             {s("actions"), listOf({s("create"), QJsonArray{action}})}}}))
              .toArray();
    call("sale.complaint.wait", listOf(made));
}

void TrytonChanges::changeSomething()
{
    switch (m_random.bounded(7)) {
    case 0:
    case 1:
        return changeParty();
    case 2:
        return changeMoney();
    case 3:
        return changeGoods();
    case 4:
        return changeReturns();
    default:
        return changeOrder();
    }
}

} // namespace Counterfoil
