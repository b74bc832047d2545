#include "workwords.h"

#include "display.h"
#include "invoice.h"
#include "order.h"
#include "outboxwords.h"
#include "return.h"
#include "shipment.h"
#include "signinport.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace Counterfoil {

namespace {

constexpr qsizetype mostItemsNamed = 3; // of a return

class WorkText
{
    Q_DECLARE_TR_FUNCTIONS(WorkWords)
};

QString joinedParts(QStringList parts)
{
    parts.removeAll(QString());
    return parts.join(QStringLiteral("  ·  "));
}

void setSince(WorkRow &row, Instant since)
{
    row.when = WorkText::tr("since %1", "a time").arg(Display::dateAndTime(since));
    row.whenInFull = Display::full(since);
}

// The ERP's reason as a sentence of its own.
QString asReason(const std::string &words)
{
    QString text = Display::text(words).trimmed();
    if (text.isEmpty())
        return text;
    text.front() = text.front().toUpper();
    if (!text.back().isPunct())
        text += u'.';
    return text;
}

void tellHold(WorkRow &row, const Order &order, bool withPrices)
{
    const auto held
        = std::ranges::find(order.events.rbegin(), order.events.rend(), "held", &OrderEvent::code);
    setSince(row, held == order.events.rend() ? order.placedAt : held->at);
    row.what = WorkText::tr("Order %1").arg(Display::text(order.number));
    row.state = WorkText::tr("On hold");
    row.tone = QStringLiteral("bad");
    row.symbol = QStringLiteral("⏸");
    row.detail = joinedParts({Display::text(order.poReference),
                              withPrices ? Display::money(order.total, order.currency) : QString()});
    row.todo = WorkText::tr("%1 Nothing is shipped until it is released: settle it with the customer or with "
                            "credit control.",
                            "why an order is held, a sentence")
                   .arg(asReason(order.holdReason));
}

void tellDispute(WorkRow &row, const Invoice &invoice, bool withPrices)
{
    row.what = WorkText::tr("Invoice %1").arg(Display::text(invoice.number));
    row.when = WorkText::tr("issued %1", "a date").arg(Display::shortDate(invoice.issuedAt));
    row.whenInFull = Display::full(invoice.issuedAt);
    row.state = WorkText::tr("Disputed");
    row.tone = QStringLiteral("warn");
    row.symbol = QStringLiteral("!");
    row.detail = joinedParts(
        {Display::text(invoice.orderNumber),
         withPrices
             ? WorkText::tr("%1 open", "an amount").arg(Display::money(invoice.openAmount, invoice.currency))
             : QString()});
    row.todo = WorkText::tr("The customer objects: %1 Answer them, or have it corrected.", "why, a sentence")
                   .arg(asReason(invoice.disputeReason));
}

// What to do about it, for who may.
QString decisionOn(const Return &asked, const Person &person)
{
    if (!isToDecideBy(person, asked))
        return WorkText::tr("An administrator decides on it, not you: %1", "who, a sentence")
            .arg(asReason(asked.routedTo))
            .trimmed();
    return asked.comment.empty()
        ? WorkText::tr("Authorise it, authorise a part of it, or refuse it with a reason.")
        : WorkText::tr("“%1” Authorise it, authorise a part of it, or refuse it with a reason.",
                       "what the customer wrote")
              .arg(Display::text(asked.comment).simplified());
}

void tellReturn(WorkRow &row, const Return &asked, const Person &person)
{
    setSince(row, asked.requestedAt);
    row.what = WorkText::tr("Return %1").arg(Display::text(asked.number));
    row.state = WorkText::tr("To decide");
    row.tone = QStringLiteral("info");
    row.symbol = QStringLiteral("?");
    QStringList items;
    for (const ReturnLine &line : asked.lines) {
        if (items.size() < mostItemsNamed)
            items.append(WorkText::tr("%1 × %2", "a quantity of an item")
                             .arg(Display::quantity(line.quantity), Display::text(line.sku)));
    }
    if (static_cast<qsizetype>(asked.lines.size()) > mostItemsNamed)
        items.append(QStringLiteral("…"));
    row.detail
        = joinedParts({Display::text(asked.orderNumber), items.join(QStringLiteral(", ")),
                       person.seesPrices ? WorkText::tr("%1 credit", "an amount")
                                               .arg(Display::money(asked.expectedCredit, asked.currency))
                                         : QString()});
    row.todo = decisionOn(asked, person);
}

void tellLate(WorkRow &row, const Shipment &shipment, Date today)
{
    const int days = today.daysSinceEpoch - shipment.expectedOn.daysSinceEpoch;
    row.what = WorkText::tr("Shipment %1").arg(Display::text(shipment.number));
    row.when = WorkText::tr("expected %1", "a date").arg(Display::shortDate(shipment.expectedOn));
    row.whenInFull = Display::full(shipment.expectedOn);
    row.state = WorkText::tr("%Ln days late", nullptr, days);
    row.tone = QStringLiteral("warn");
    row.symbol = QStringLiteral("◔");
    row.detail = joinedParts({Display::text(shipment.orderNumber), Display::text(shipment.carrier),
                              Display::text(shipment.tracking)});
    const bool said = !shipment.events.empty();
    row.todo = said
        ? WorkText::tr("The carrier said last: %1 Ask where it is, and tell the customer.",
                       "a sentence of the carrier's")
              .arg(asReason(shipment.events.back().text))
        : WorkText::tr("The carrier has said nothing yet. Ask where it is, and tell the customer.");
}

} // namespace

bool isToDecideBy(const Person &person, const Return &asked)
{
    return asked.decidingRole.empty() || asked.decidingRole == "csr"
        || Display::text(asked.decidingRole) == person.role;
}

WorkRow WorkRow::of(const WorkQueue::Item &item, const QString &forWhom, Date today, const Person &person)
{
    WorkRow row;
    const RecordType &kind = item.record.type();
    row.reason = item.reason;
    row.ref = {&kind, kind.findFlag(Key)->in<std::string>(item.record.data())};
    row.key = Display::text(std::string(kind.name)) + u'/' + Display::text(row.ref.key);
    row.forWhom = forWhom;
    if (const auto *asked = item.record.as<Return>())
        tellReturn(row, *asked, person);
    else if (const auto *order = item.record.as<Order>())
        tellHold(row, *order, person.seesPrices);
    else if (const auto *invoice = item.record.as<Invoice>())
        tellDispute(row, *invoice, person.seesPrices);
    else if (const auto *shipment = item.record.as<Shipment>())
        tellLate(row, *shipment, today);
    return row;
}

WorkRow WorkRow::of(const OutboxEntry &entry, const std::vector<OutboxEntry> &all, const QString &forWhom)
{
    const OutboxWords words = OutboxWords::of(entry, all);
    WorkRow row;
    row.reason = WorkReason::Refused;
    row.entry = Display::text(entry.command.key);
    row.key = QStringLiteral("entry/") + row.entry;
    row.what = words.what;
    row.forWhom = forWhom;
    row.when = WorkText::tr("asked for %1", "a time").arg(Display::dateAndTime(entry.command.madeAt));
    row.whenInFull = Display::full(entry.command.madeAt);
    row.detail = words.changes;
    row.state = words.state;
    row.tone = words.tone;
    row.symbol = words.symbol;
    row.todo = words.explanation;
    return row;
}

} // namespace Counterfoil
