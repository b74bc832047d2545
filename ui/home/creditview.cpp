#include "creditview.h"

#include "banner.h"
#include "display.h"
#include "factsgrid.h"
#include "sharebar.h"
#include "type.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace Counterfoil {

namespace {

// Above nine tenths of the limit the next order may be held.
Tone toneOf(const CreditStanding &standing)
{
    if (standing.limit.minor <= 0 || standing.used > standing.limit)
        return Tone::Bad;
    return standing.used.minor / 9 > standing.limit.minor / 10 ? Tone::Warn : Tone::Info;
}

} // namespace

CreditView::CreditView(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QVBoxLayout(this))
    , m_facts(new FactsGrid(13, 4, this))
    , m_none(new QLabel(tr("The supplier's system says nothing of this account's credit."), this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(Space::medium);
    m_none->setWordWrap(true);
    Type::setMuted(*m_none);
    m_layout->addWidget(m_none);
    m_layout->addWidget(m_facts);
}

void CreditView::addLine()
{
    auto *box = new QWidget(this);
    const Line line{
        box, new QLabel(box), new QLabel(box), new QLabel(box), new ShareBar(box), new Banner(box)};
    for (QLabel *label : {line.name, line.amount, line.of})
        label->setTextFormat(Qt::PlainText);
    line.name->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    Type::set(*line.amount, Type::Role::Strong);
    Type::setMuted(*line.of);
    auto *words = new QHBoxLayout;
    words->setSpacing(Space::unit + 2);
    words->addWidget(line.name, 1);
    words->addWidget(line.amount);
    words->addWidget(line.of);
    words->addStretch();
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Space::unit + 2);
    layout->addWidget(line.banner);
    layout->addLayout(words);
    layout->addWidget(line.bar);
    m_layout->insertWidget(static_cast<int>(m_lines.size()), box);
    m_lines.append(line);
}

void CreditView::show(const HomeLists &lists)
{
    const auto count = static_cast<qsizetype>(lists.standings.size());
    while (m_lines.size() > count)
        delete m_lines.takeLast().box;
    while (m_lines.size() < count)
        addLine();
    for (qsizetype i = 0; i < count; ++i) {
        const CreditStanding &standing = lists.standings[static_cast<std::size_t>(i)];
        const auto account = lists.accounts.find(standing.account);
        const bool named = lists.accountCount > 1 && account != lists.accounts.end();
        showLine(m_lines[i], standing, named ? Display::text(account->second.name) : QString());
    }
    m_none->setVisible(count == 0);
    showFacts(lists);
}

void CreditView::showLine(const Line &line, const CreditStanding &standing, const QString &name)
{
    const auto money = [&standing](Amount amount) { return Display::money(amount, standing.currency); };
    line.name->setText(name);
    line.name->setVisible(!name.isEmpty());
    line.bar->setVisible(standing.limited);
    if (standing.limited) {
        line.amount->setText(tr("%1 available", "an amount of credit").arg(money(standing.available)));
        line.of->setText(tr("of %1", "a credit limit").arg(money(standing.limit)));
        line.bar->setShares({standing.openInvoices.minor, standing.openOrders.minor}, standing.limit.minor,
                            toneOf(standing),
                            tr("%1 in open invoices and %2 in open orders use %3 of a credit limit of %4.")
                                .arg(money(standing.openInvoices), money(standing.openOrders),
                                     money(standing.used), money(standing.limit)));
    } else {
        line.amount->setText(tr("%1 used", "an amount of credit").arg(money(standing.used)));
        line.of->setText(tr("no credit limit is set"));
    }
    QString reason = Display::text(standing.holdReason).trimmed();
    if (!reason.isEmpty() && !reason.endsWith(u'.'))
        reason += u'.';
    line.banner->tell(reason.isEmpty() ? QString()
                                       : tr("On hold: %1 New orders wait until the supplier releases them.",
                                            "the ERP's reason, a sentence")
                                             .arg(reason),
                      Tone::Bad);
}

// Of one account only; of several, these would be sums over different limits.
void CreditView::showFacts(const HomeLists &lists)
{
    QList<Fact> facts;
    if (lists.standings.size() == 1) {
        const CreditStanding &standing = lists.standings.front();
        const auto money = [&standing](Amount amount) { return Display::money(amount, standing.currency); };
        facts = {{tr("Used"), money(standing.used)},
                 {tr("Open invoices"), money(standing.openInvoices)},
                 {tr("Open orders"), money(standing.openOrders)}};
        const auto account = lists.accounts.find(standing.account);
        if (account != lists.accounts.end() && !account->second.terms.empty())
            facts.append({tr("Terms"), Display::text(account->second.terms)});
    }
    m_facts->setVisible(!facts.isEmpty());
    m_facts->setFacts(facts);
}

} // namespace Counterfoil
