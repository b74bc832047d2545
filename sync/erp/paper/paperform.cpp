#include "paperform.h"

#include "document.h"
#include "papertype.h"

namespace Counterfoil {

namespace {

struct Form
{
    std::string_view paper;
    const char *title;
    void (*fill)(PaperForm &form, const PaperData &data, const PaperNumbers &numbers);
    const std::string &(*number)(const PaperData &data);
};

const std::string &ofOrder(const PaperData &data)
{
    return data.order.number;
}

const std::string &ofShipment(const PaperData &data)
{
    return data.shipment.number;
}

const std::string &ofPayment(const PaperData &data)
{
    return data.payment.number;
}

const std::string &ofStatement(const PaperData &data)
{
    return data.statement.number;
}

const std::string &ofItem(const PaperData &data)
{
    return data.item.number;
}

const std::string &ofReturn(const PaperData &data)
{
    return data.returned.number;
}

const std::string &ofInvoice(const PaperData &data)
{
    return data.invoice.number;
}

constexpr Form forms[] = {
    {Paper::invoice, "Invoice", &fillInvoice, &ofInvoice},
    {Paper::creditMemo, "Credit memo", &fillInvoice, &ofInvoice},
    {Paper::acknowledgement, "Order acknowledgement", &fillAcknowledgement, &ofOrder},
    {Paper::packingSlip, "Packing slip", &fillPackingSlip, &ofShipment},
    {Paper::billOfLading, "Bill of lading", &fillBillOfLading, &ofShipment},
    {Paper::proofOfDelivery, "Proof of delivery", &fillProofOfDelivery, &ofShipment},
    {Paper::returnLabel, "Return", &fillReturnLabel, &ofReturn},
    {Paper::receipt, "Payment receipt", &fillReceipt, &ofPayment},
    {Paper::statement, "Statement of account", &fillStatement, &ofStatement},
    {Paper::certificate, "Certificate of conformity", &fillItemPaper, &ofItem},
    {Paper::safetyDataSheet, "Safety data sheet", &fillItemPaper, &ofItem},
    {Paper::picture, "Picture", &fillItemPaper,
     &ofItem}, // drawn by itempicture.h, with neither head nor foot
};

const Form &formFor(const PaperData &data)
{
    for (const Form &form : forms) {
        if (form.paper == data.paper)
            return form;
    }
    return forms[data.invoice.credit ? 1 : 0];
}

} // namespace

QString titleOf(const PaperData &data)
{
    return QString::fromUtf8(formFor(data).title);
}

const std::string &numberOf(const PaperData &data)
{
    return formFor(data).number(data);
}

const std::string &currencyOf(const PaperData &data)
{
    if (data.paper == Paper::acknowledgement)
        return data.order.currency;
    if (data.paper == Paper::statement)
        return data.statement.currency;
    return data.paper == Paper::receipt ? data.payment.currency : data.invoice.currency;
}

bool isBilling(const PaperData &data)
{
    return formFor(data).fill == &fillInvoice;
}

PaperForm formOf(const PaperData &data, const PaperNumbers &numbers)
{
    const Form &kind = formFor(data);
    PaperForm form;
    form.title = QString::fromUtf8(kind.title);
    form.number = paperText(kind.number(data));
    kind.fill(form, data, numbers);
    return form;
}

void addFact(PaperForm::Facts &facts, const char *label, const QString &value)
{
    if (!value.isEmpty())
        facts.emplace_back(QString::fromUtf8(label), value);
}

} // namespace Counterfoil
