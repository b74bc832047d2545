#include "paymentdetailpane.h"

#include "display.h"
#include "linesmodel.h"
#include "linesview.h"
#include "payment.h"
#include "signinport.h"
#include "statuswording.h"

#include <QLabel>
#include <QScrollArea>

namespace Counterfoil {

namespace {

DetailPane::Words paymentWords()
{
    return {PaymentDetailPane::tr("Payment"),
            PaymentDetailPane::tr("Copy the payment number"),
            Icons::Icon::Orders,
            PaymentDetailPane::tr("No payment chosen"),
            PaymentDetailPane::tr("Choose one in the list, or press Ctrl+K and type its number."),
            PaymentDetailPane::tr("This payment is not on this computer")};
}

} // namespace

PaymentDetailPane::PaymentDetailPane(const PaneContext &context, QWidget *parent)
    : DetailPane(context, Payment::type, paymentWords(), parent)
    , m_partsModel(new LinesModel(tr("For"), this))
    , m_parts(new LinesView(*m_partsModel, scroll().widget()))
{
    m_parts->setAccessibleName(tr("What the payment was applied to"));
    m_partsSection = addSection(QString(), m_parts, 0);
    addresses().hide();
    endSections();
    setFocusProxy(m_parts);
}

void PaymentDetailPane::focusBody()
{
    m_parts->setFocus(Qt::OtherFocusReason);
}

void PaymentDetailPane::showRecord()
{
    const Payment &payment = *watch().record<Payment>();
    const StatusWording::Words state = context().wording.of("payment", payment.status);
    setChip(payment.status.empty() ? QString() : state.label, state.symbol, toneNamed(state.tone));
    QStringList about{Display::text(payment.method), Display::text(payment.reference)};
    if (payment.receivedAt.isSet())
        about.append(tr("received %1").arg(Display::shortDate(payment.receivedAt)));
    about.removeAll(QString());
    setHeading(Display::text(payment.number), about.join(QStringLiteral(" · ")),
               Display::full(payment.receivedAt));
    showFacts();
    showParts(payment);
}

void PaymentDetailPane::showFacts()
{
    const Payment &payment = *watch().record<Payment>();
    using DetailText::orDash;
    const bool prices = context().person.seesPrices;
    QList<Fact> shown;
    if (prices)
        shown.append({tr("Amount"), Display::money(payment.amount, payment.currency)});
    shown += {
        {tr("Received"), orDash(Display::shortDate(payment.receivedAt)), Display::full(payment.receivedAt)},
        asOf(),
        {tr("Method"), orDash(Display::text(payment.method))},
        {tr("Your reference"), orDash(Display::text(payment.reference))}};
    if (prices && payment.unapplied != Amount())
        shown.append({tr("Not applied yet"), Display::money(payment.unapplied, payment.currency)});
    facts().setFacts(shown);
}

void PaymentDetailPane::showParts(const Payment &payment)
{
    const bool prices = context().person.seesPrices;
    QList<LineWords> lines;
    for (const PaymentPart &part : payment.parts) {
        const QString number = Display::text(part.invoiceNumber);
        // A credit memo lowers what was to be paid.
        const QString name = part.amount < Amount() ? tr("Credit memo %1", "its number").arg(number)
                                                    : tr("Invoice %1", "its number").arg(number);
        LineWords words{static_cast<qint64>(lines.size()), name, {}};
        if (prices && part.discount != Amount())
            words.description = tr("%1 kept back for paying early", "an amount")
                                    .arg(Display::money(part.discount, payment.currency));
        if (prices)
            words.values = {Display::money(part.amount, payment.currency)};
        lines.append(words);
    }
    m_partsModel->setLines(prices ? QList<LinesColumn>{{tr("Amount"), 0}} : QList<LinesColumn>(), lines);
    m_partsSection.title->setText(tr("Applied to · %1").arg(lines.size()));
    m_partsSection.box->setVisible(!lines.isEmpty());
}

} // namespace Counterfoil
