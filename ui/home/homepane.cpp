#include "homepane.h"

#include "ageingbar.h"
#include "ageingmodel.h"
#include "cachereaders.h"
#include "calendars.h"
#include "creditview.h"
#include "display.h"
#include "freshness.h"
#include "homecard.h"
#include "homerows.h"
#include "homewords.h"
#include "monthchart.h"
#include "statuswording.h"
#include "type.h"

#include <QDate>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QScrollArea>

#include <algorithm>

namespace Counterfoil {

namespace {

constexpr int currenciesShown = 4;    // in the ageing card
constexpr int columnLeastDigits = 50; // narrower, and rows lose their words
constexpr int margin = Space::large;

} // namespace

HomePane::HomePane(const PaneContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_financial(context.person.seesInvoices && context.person.seesPrices)
    , m_figures(new HomeFigures(context.readers, context.clock, m_financial, this))
    , m_calendars(new Calendars(context.readers, context.clock, this))
    , m_title(new QLabel(this))
    , m_asOf(new QLabel(this))
    , m_scroll(new QScrollArea(this))
    , m_body(new QWidget)
{
    setAccessibleName(tr("Home"));
    Type::set(*m_title, Type::Role::Title);
    m_title->setTextFormat(Qt::PlainText);
    m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    Type::setMuted(*m_asOf);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(margin, Space::medium, margin, Space::medium);
    head->addWidget(m_title, 1);
    head->addWidget(m_asOf);

    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    // Always there, seen only where there is something to scroll: what is as high as its width lets it be
    // would otherwise make the bar come and go without end.
    m_scroll->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->viewport()->setAutoFillBackground(false);
    auto *columns = new QHBoxLayout(m_body);
    columns->setContentsMargins(margin, 0, margin, margin);
    columns->setSpacing(margin);
    for (int i = 0; i < columnsMost; ++i) {
        auto *column = new QVBoxLayout;
        column->setSpacing(margin);
        columns->addLayout(column, 1);
        m_columns.append(column);
    }
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addWidget(m_scroll, 1);

    m_arrivals = addRowsCard(m_arrivalsCard, tr("Arriving next"));
    m_orders = addRowsCard(m_ordersCard, tr("Recent orders"));
    if (m_financial)
        buildFinancial();
    m_scroll->setWidget(m_body);
    m_body->setAutoFillBackground(false); // which setWidget() has switched on
    m_body->setVisible(false);            // until there is something to show, so that nothing jumps
    connectAll();
    showHeading();
}

HomeRows *HomePane::addRowsCard(HomeCard *&card, const QString &title)
{
    card = new HomeCard(title, m_body);
    auto *rows = new HomeRows(card);
    card->add(rows, 0);
    connect(rows, &HomeRows::opened, this, &HomePane::opened);
    return rows;
}

void HomePane::buildFinancial()
{
    m_creditCard = new HomeCard(tr("Credit"), m_body);
    m_credit = new CreditView(m_creditCard);
    m_creditCard->add(m_credit, HomeCard::padding);
    m_ageing = new AgeingModel(m_context.readers, m_context.clock, this);
    m_ageingCard = new HomeCard(tr("Open and overdue"), m_body);
    auto *ageing = new AgeingBar(*m_ageing, AgeingBar::Detail::Full, currenciesShown, m_ageingCard);
    ageing->setCursor(Qt::PointingHandCursor);
    m_ageingCard->add(ageing, HomeCard::padding);
    connect(ageing, &AgeingBar::chosen, this, &HomePane::ageingChosen);
    m_overdue = addRowsCard(m_overdueCard, tr("Most overdue"));
    m_spendingCard = new HomeCard(tr("Spend"), m_body);
    auto *charts = new QWidget(m_spendingCard);
    auto *chartsLayout = new QVBoxLayout(charts);
    chartsLayout->setContentsMargins(0, 0, 0, 0);
    chartsLayout->setSpacing(Space::large);
    for (int i = 0; i < chartsMost; ++i) {
        m_charts.append(new MonthChart(charts));
        chartsLayout->addWidget(m_charts.last());
        m_charts.last()->setVisible(i == 0);
    }
    m_spendingCard->add(charts, HomeCard::padding);
    m_invoices = addRowsCard(m_invoicesCard, tr("Recent invoices"));
    m_payments = addRowsCard(m_paymentsCard, tr("Payments received"));
    connect(m_ageing, &AgeingModel::changed, this, &HomePane::showAgeing);
    connect(m_figures, &HomeFigures::spendingChanged, this, &HomePane::showSpending);
}

void HomePane::connectAll()
{
    connect(m_figures, &HomeFigures::listsChanged, this, &HomePane::showLists);
    connect(m_calendars, &Calendars::changed, this, &HomePane::showLists);
    connect(&m_context.wording, &StatusWording::changed, this, &HomePane::showLists);
    connect(&m_context.freshness, &Freshness::changed, this, &HomePane::showHeading);
}

void HomePane::setAccounts(const std::vector<std::string> &accounts)
{
    m_accounts = accounts;
    m_figures->setAccounts(accounts);
    if (m_ageing)
        m_ageing->setAccounts(accounts);
}

void HomePane::focusFirst()
{
    if (HomeRow *row = m_arrivals->row(0))
        row->setFocus(Qt::OtherFocusReason);
    else if (HomeRow *order = m_orders->row(0))
        order->setFocus(Qt::OtherFocusReason);
    else
        m_scroll->setFocus(Qt::OtherFocusReason);
}

void HomePane::showHeading()
{
    const HomeLists &lists = m_figures->lists();
    QString name = tr("All accounts");
    if (!m_figures->isKnown()) {
        name = QString();
    } else if (!m_accounts.empty()) {
        const auto account = lists.accounts.find(m_accounts.front());
        name = account == lists.accounts.end() ? QString() : Display::text(account->second.name);
        if (m_accounts.size() > 1)
            name = tr("%1 and %Ln branches", "an account", static_cast<int>(m_accounts.size()) - 1).arg(name);
    } else if (lists.accountCount == 1 && !lists.accounts.empty()) {
        name = Display::text(lists.accounts.begin()->second.name);
    }
    m_title->setText(name);
    m_asOf->setText(tr("As of: %1", "how old what is shown is at most").arg(m_context.freshness.asOf()));
}

QString HomePane::emptyText(const QString &text) const
{
    return m_context.freshness.status().mode == SyncStatus::Mode::Filling
        ? tr("Still being copied to this computer.")
        : text;
}

void HomePane::showLists()
{
    if (!m_figures->isKnown())
        return;
    const HomeLists &lists = m_figures->lists();
    const HomeWords words(m_context.wording, *m_calendars, m_context.person.seesPrices);
    m_arrivals->setRows(words.arrivals(lists), emptyText(tr("Nothing is on its way.")));
    m_orders->setRows(words.orders(lists), emptyText(tr("No orders yet.")));
    bool several = false;
    if (m_financial) {
        m_invoices->setRows(words.invoices(lists), emptyText(tr("No invoices yet.")));
        m_payments->setRows(words.payments(lists), emptyText(tr("No payments yet.")));
        m_credit->show(lists);
        several = lists.accountCount > HomeFigures::standingsShown;
    }
    if (several != m_several) {
        m_several = several;
        m_columnCount = 0;
    }
    showHeading();
    arrange();
    m_body->setVisible(true);
}

void HomePane::showAgeing()
{
    m_overdue->setRows(HomeWords::overdue(m_ageing->mostOverdue()), emptyText(tr("Nothing is overdue.")));
    const auto currencies = static_cast<int>(m_ageing->buckets().size());
    m_ageingCard->setNote(currencies > currenciesShown
                              ? tr("and %Ln more currencies", "", currencies - currenciesShown)
                              : QString());
}

QList<MonthBar> HomePane::barsOf(const std::vector<Date> &months, const Spending *spending)
{
    const QLocale locale;
    QList<MonthBar> bars;
    for (std::size_t month = 0; month < months.size(); ++month) {
        const QDate day = QDate(1970, 1, 1).addDays(months[month].daysSinceEpoch);
        bars.append({locale.standaloneMonthName(day.month(), QLocale::ShortFormat),
                     tr("%1 %2", "a month and a year")
                         .arg(locale.standaloneMonthName(day.month()), QString::number(day.year())),
                     spending ? spending->months[month] : Amount()});
    }
    return bars;
}

void HomePane::showSpending()
{
    const SpendingFigures &figures = m_figures->spending();
    for (int i = 0; i < m_charts.size(); ++i) {
        const auto at = static_cast<std::size_t>(i);
        const bool there = at < figures.byCurrency.size();
        m_charts[i]->setVisible(there || i == 0);
        const Spending *spending = there ? &figures.byCurrency[at] : nullptr;
        m_charts[i]->setMonths(there || i == 0 ? barsOf(figures.months, spending) : QList<MonthBar>(),
                               spending ? spending->currency : std::string(),
                               spending ? tr("in 12 months, invoices less credits")
                                        : tr("Nothing was billed in 12 months"));
    }
    const auto currencies = static_cast<int>(figures.byCurrency.size());
    m_spendingCard->setNote(
        currencies > chartsMost ? tr("and %Ln more currencies", "", currencies - chartsMost) : QString());
}

// Cards keep their order; which column each stands in depends on how many there are, and on nothing that
// changes with the figures.
void HomePane::arrange()
{
    const int digits = fontMetrics().horizontalAdvance(QLatin1Char('0')) * columnLeastDigits;
    const int columns
        = std::clamp((width() - margin) / std::max(1, digits + margin), 1, m_financial ? columnsMost : 2);
    if (columns == m_columnCount)
        return;
    m_columnCount = columns;
    HomeCard *standing = m_several ? m_overdueCard : m_creditCard;
    using Cards = QList<HomeCard *>;
    QList<Cards> cards;
    if (columns == 1)
        cards = {{standing, m_ageingCard, m_arrivalsCard, m_ordersCard, m_invoicesCard, m_spendingCard,
                  m_paymentsCard}};
    else if (columns == 2)
        cards = {{standing, m_arrivalsCard, m_ordersCard},
                 {m_ageingCard, m_spendingCard, m_invoicesCard, m_paymentsCard}};
    else
        cards = {{standing, m_arrivalsCard},
                 {m_ageingCard, m_ordersCard, m_paymentsCard},
                 {m_spendingCard, m_invoicesCard}};
    if (!m_financial && columns == 2)
        cards = {{m_arrivalsCard}, {m_ordersCard}};
    for (HomeCard *card : {m_creditCard, m_overdueCard}) {
        if (card)
            card->setVisible(card == standing);
    }
    QWidget *before = nullptr;
    for (int i = 0; i < m_columns.size(); ++i) {
        while (QLayoutItem *item = m_columns[i]->takeAt(0))
            delete item;
        for (HomeCard *card : cards.value(i)) {
            if (!card)
                continue;
            m_columns[i]->addWidget(card);
            // The tab key goes down the columns as the eye does.
            if (before)
                QWidget::setTabOrder(before, card);
            before = card;
        }
        m_columns[i]->addStretch();
        static_cast<QHBoxLayout *>(m_body->layout())->setStretch(i, i < columns ? 1 : 0);
    }
}

void HomePane::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_figures->setWatched(true);
}

void HomePane::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_figures->setWatched(false);
}

void HomePane::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void HomePane::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), Tokens::of(palette()).ground);
}

void HomePane::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        arrange();
}

} // namespace Counterfoil
