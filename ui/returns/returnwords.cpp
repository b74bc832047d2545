#include "returnwords.h"

#include "detailpane.h"
#include "display.h"
#include "signinport.h"
#include "statuswording.h"

#include <QCoreApplication>

#include <algorithm>

namespace Counterfoil {

namespace {

class ReturnText
{
    Q_DECLARE_TR_FUNCTIONS(ReturnWords)
};

bool isAuthorisedInFull(const Return &record)
{
    return std::ranges::all_of(record.lines,
                               [](const ReturnLine &line) { return line.authorised >= line.quantity; });
}

ReturnStanding authorisedStanding(const Return &record)
{
    const QString number = Display::text(record.number);
    return isAuthorisedInFull(record)
        ? ReturnStanding{ReturnText::tr("Authorised: write %1 on the parcel and send it.", "a number")
                             .arg(number),
                         Tone::Info}
        : ReturnStanding{
            ReturnText::tr("Authorised in part: write %1 on the parcel and send what is authorised.",
                           "a number")
                .arg(number),
            Tone::Warn};
}

ReturnStanding creditedStanding(const Return &record, bool withPrices)
{
    const QString memo = Display::text(record.creditMemoNumber);
    if (!withPrices)
        return {ReturnText::tr("Credited with %1.", "a credit memo's number").arg(memo), Tone::Ok};
    const auto money = [&record](Amount amount) { return Display::money(amount, record.currency); };
    const Amount difference = creditDifference(record);
    if (difference == Amount())
        return {ReturnText::tr("Credited: %1 with %2, as expected.", "an amount and a credit memo's number")
                    .arg(money(record.postedCredit), memo),
                Tone::Ok};
    const QString remark = DetailText::sentence(record.creditRemark);
    if (difference > Amount())
        return {ReturnText::tr("Credited: %1 with %2, which is %3 more than expected. %4",
                               "an amount, a number, an amount, and why")
                    .arg(money(record.postedCredit), memo, money(difference), remark)
                    .trimmed(),
                Tone::Info};
    return {ReturnText::tr("Credited: %1 with %2, which is %3 less than expected. %4",
                           "an amount, a number, an amount, and why")
                .arg(money(record.postedCredit), memo, money(-difference), remark)
                .trimmed(),
            Tone::Warn};
}

// Whoever may ask for returns may take this one back, and so may the supplier.
QString takenBack(const Return &record, const Person &reader)
{
    const QString number = Display::text(record.number);
    const QString by = record.events.empty() ? QString() : Display::text(record.events.back().by);
    if (by.isEmpty())
        return ReturnText::tr("%1 was taken back.", "a return's number").arg(number);
    return by == reader.user
        ? QString()
        : ReturnText::tr("%1 was taken back by %2.", "a return's number, a person").arg(number, by);
}

} // namespace

Amount creditDifference(const Return &record)
{
    const bool posted = record.status == ReturnStatus::credited && !record.creditMemo.empty();
    return posted ? record.postedCredit - record.expectedCredit : Amount();
}

ReturnStanding standingOf(const Return &record, bool withPrices)
{
    const std::string &status = record.status;
    if (status == ReturnStatus::requested)
        return {record.routedTo.empty() ? ReturnText::tr("It waits for the supplier's decision.")
                                        : ReturnText::tr("It waits for a decision: %1.", "who decides")
                                              .arg(Display::text(record.routedTo)),
                Tone::Info};
    if (status == ReturnStatus::authorised)
        return authorisedStanding(record);
    if (status == ReturnStatus::inTransit)
        return {ReturnText::tr("It is on its way to the supplier."), Tone::Info};
    if (status == ReturnStatus::received)
        return {ReturnText::tr("The supplier has received it and inspects it."), Tone::Info};
    if (status == ReturnStatus::inspected)
        return {ReturnText::tr("It is inspected; what is due for it follows."), Tone::Info};
    if (status == ReturnStatus::credited)
        return creditedStanding(record, withPrices);
    if (status == ReturnStatus::settled)
        return {ReturnText::tr("It is settled; nothing is credited for it."), Tone::Ok};
    if (status == ReturnStatus::refused)
        return {ReturnText::tr("Refused: %1", "why, a sentence").arg(DetailText::sentence(record.refusal)),
                Tone::Bad};
    if (status == ReturnStatus::withdrawn)
        return {ReturnText::tr("It was taken back."), Tone::Neutral};
    if (status == ReturnStatus::lapsed)
        return {ReturnText::tr(
                    "It was authorised, and nothing ever came. Ask again if it is still to come back."),
                Tone::Neutral};
    return {};
}

QString endOf(const Return &record, const Person &reader)
{
    if (record.status == ReturnStatus::withdrawn)
        return takenBack(record, reader);
    return ReturnText::tr("%1 · %2", "a return's number and where it stands")
        .arg(Display::text(record.number), standingOf(record, reader.seesPrices).sentence);
}

QString summaryOf(const Return &record, const StatusWording &wording, bool withPrices)
{
    QStringList sentences{
        ReturnText::tr("Return %1 of order %2 was asked for on %3.", "two numbers and a date")
            .arg(Display::text(record.number), Display::text(record.orderNumber),
                 Display::shortDate(record.requestedAt))};
    QStringList items;
    for (const ReturnLine &line : record.lines)
        items.append(ReturnText::tr("%1 × %2 (%3)", "a quantity, an item, and why it comes back")
                         .arg(Display::quantity(line.quantity), Display::text(line.sku),
                              wording.of("returnReason", line.reason).label));
    sentences.append(ReturnText::tr("It is about %1.", "items").arg(items.join(QStringLiteral(", "))));
    sentences.append(standingOf(record, withPrices).sentence);
    if (withPrices && record.open && record.expectedCredit > Amount())
        sentences.append(ReturnText::tr("The expected credit is %1.", "an amount")
                             .arg(Display::money(record.expectedCredit, record.currency)));
    sentences.removeAll(QString());
    return sentences.join(u' ');
}

} // namespace Counterfoil
