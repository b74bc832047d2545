#include "document.h"
#include "paperform.h"
#include "papertype.h"

// What goes into the parcel of a return, and the label on it.
namespace Counterfoil {

// Says no price: it lies in a parcel.
void fillReturnLabel(PaperForm &form, const PaperData &data, const PaperNumbers &numbers)
{
    using Kind = PaperForm::Column::Kind;
    const Return &record = data.returned;
    const QString to = paperText(record.returnTo);
    form.parties = {{QStringLiteral("Send to"), to.section(u'\n', 0, 0), to.section(u'\n', 1)},
                    {QStringLiteral("From"), paperText(data.accountName), {}}};
    addFact(form.facts, "Return", form.number);
    addFact(form.facts, "Authorised", numbers.date(data.issuedOn));
    addFact(form.facts, "Account", paperText(data.accountNumber));
    addFact(form.facts, "Your PO", paperText(record.poReference));
    addFact(form.facts, "Our order", paperText(record.orderNumber));
    form.columns = {{QStringLiteral("Item"), Kind::Item},
                    {QStringLiteral("Description"), Kind::Words},
                    {QStringLiteral("Qty"), Kind::Figure},
                    {QStringLiteral("Unit"), Kind::Unit, true}};
    for (const ReturnLine &line : record.lines) {
        if (line.authorised.isZero())
            continue;
        form.rows.push_back({{paperText(line.sku), paperText(line.description),
                              numbers.plain(line.authorised), paperText(line.unit)},
                             {}});
    }
    addFact(form.sums, "Postage",
            record.labelPaid ? QStringLiteral("Paid by us") : QStringLiteral("Paid by you"));
    const QStringList instructions = paperText(record.instructions).split(u'\n', Qt::SkipEmptyParts);
    form.sentences.assign(instructions.begin(), instructions.end());
    form.sentences.push_back(
        QStringLiteral("Put this sheet into the parcel, and the label below on its outside."));
    form.slip = PaperForm::Slip::ParcelLabel;
}

} // namespace Counterfoil
