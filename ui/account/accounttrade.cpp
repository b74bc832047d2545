#include "accounttrade.h"

#include "calendars.h"
#include "creditview.h"
#include "freshness.h"
#include "homecard.h"
#include "homefigures.h"
#include "homerows.h"
#include "homewords.h"
#include "statuswording.h"

#include <QVBoxLayout>

namespace Counterfoil {

AccountTrade::AccountTrade(const PaneContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_financial(context.person.seesInvoices && context.person.seesPrices)
    , m_calendars(new Calendars(context.readers, context.clock, this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Space::large);
    if (m_financial) {
        auto *card = new HomeCard(tr("Credit"), this);
        m_credit = new CreditView(card);
        card->add(m_credit, HomeCard::padding);
        layout->addWidget(card);
    }
    m_orders = addCard(tr("Recent orders"));
    m_arrivals = addCard(tr("Arriving next"));
    m_returns = addCard(tr("Returns"));
    if (m_financial) {
        m_invoices = addCard(tr("Recent invoices"));
        m_payments = addCard(tr("Payments received"));
    }
    connect(m_calendars, &Calendars::changed, this, &AccountTrade::showLists);
    connect(&context.wording, &StatusWording::changed, this, &AccountTrade::showLists);
}

HomeRows *AccountTrade::addCard(const QString &title)
{
    auto *card = new HomeCard(title, this);
    auto *rows = new HomeRows(card);
    card->add(rows, 0);
    layout()->addWidget(card);
    connect(rows, &HomeRows::opened, this, &AccountTrade::opened);
    return rows;
}

void AccountTrade::setAccount(const std::string &key)
{
    if (!m_figures) { // before, it would read what all accounts together have
        m_figures
            = new HomeFigures(m_context.readers, m_context.clock, m_financial, this, HomeFigures::Spend::No);
        m_figures->setWatched(isVisible());
        connect(m_figures, &HomeFigures::listsChanged, this, &AccountTrade::showLists);
    }
    m_figures->setAccounts({key});
}

void AccountTrade::showLists()
{
    if (!m_figures || !m_figures->isKnown())
        return;
    const HomeLists &lists = m_figures->lists();
    const HomeWords words(m_context.wording, *m_calendars, m_context.person.seesPrices);
    const bool filling = m_context.freshness.status().mode == SyncStatus::Mode::Filling;
    const auto none = [filling](const QString &text) {
        return filling ? tr("Still being copied to this computer.") : text;
    };
    m_orders->setRows(words.orders(lists), none(tr("No orders yet.")));
    m_arrivals->setRows(words.arrivals(lists), none(tr("Nothing is on its way.")));
    m_returns->setRows(words.returns(lists), none(tr("Nothing was returned yet.")));
    if (!m_financial)
        return;
    m_invoices->setRows(words.invoices(lists), none(tr("No invoices yet.")));
    m_payments->setRows(words.payments(lists), none(tr("No payments yet.")));
    m_credit->show(lists);
}

void AccountTrade::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_figures)
        m_figures->setWatched(true);
}

void AccountTrade::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    if (m_figures)
        m_figures->setWatched(false);
}

} // namespace Counterfoil
