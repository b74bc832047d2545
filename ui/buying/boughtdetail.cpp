#include "boughtdetail.h"

#include "cachereaders.h"
#include "display.h"
#include "factsgrid.h"
#include "hairline.h"
#include "linesmodel.h"
#include "linesview.h"
#include "order.h"
#include "recordheader.h"
#include "selectable.h"
#include "statepanel.h"
#include "tokens.h"
#include "type.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QScrollArea>

namespace Counterfoil {

namespace {

constexpr int factDigits = 16;
constexpr int mostFacts = 3;
constexpr int margin = RecordHeader::edgePadding;

} // namespace

BoughtDetail::BoughtDetail(PaneContext context, QWidget *parent)
    : QWidget(parent)
    , m_context(std::move(context))
    , m_title(new QLabel(this))
    , m_subtitle(new QLabel(this))
    , m_facts(new FactsGrid(factDigits, mostFacts, this))
    , m_buttons(new QHBoxLayout)
    , m_historyTitle(new QLabel(this))
    , m_linesModel(new LinesModel(tr("Order"), this))
    , m_lines(new LinesView(*m_linesModel))
    , m_scroll(new QScrollArea(this))
    , m_state(new StatePanel(this))
{
    setAccessibleName(tr("Item bought before"));
    build();
    connect(m_lines, &QAbstractItemView::activated, this, [this](const QModelIndex &index) {
        if (index.isValid() && index.row() < static_cast<int>(m_history.size()))
            Q_EMIT orderChosen({&Order::type, m_history[static_cast<std::size_t>(index.row())].order});
    });
    show(nullptr, Due::Unknown, 0);
}

void BoughtDetail::build()
{
    Type::set(*m_title, Type::Role::Title);
    m_title->setTextFormat(Qt::PlainText);
    makeSelectable(*m_title);
    m_subtitle->setTextFormat(Qt::PlainText);
    m_subtitle->setWordWrap(true);
    Type::setMuted(*m_subtitle);
    Type::set(*m_historyTitle, Type::Role::Strong);
    m_lines->setAccessibleName(tr("Orders that had this item"));
    m_buttons->setSpacing(Space::small);
    m_buttons->addStretch();

    auto *head = new QVBoxLayout;
    head->setContentsMargins(margin, Space::medium, margin, Space::medium);
    head->setSpacing(Space::small);
    head->addWidget(m_title);
    head->addWidget(m_subtitle);
    head->addWidget(m_facts);
    head->addLayout(m_buttons);

    auto *body = new QWidget;
    auto *column = new QVBoxLayout(body);
    column->setContentsMargins(0, Space::medium, 0, Space::medium);
    column->setSpacing(Space::small);
    auto *heading = new QHBoxLayout;
    heading->setContentsMargins(margin, 0, margin, 0);
    heading->addWidget(m_historyTitle);
    column->addLayout(heading);
    column->addWidget(m_lines);
    column->addStretch();
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->viewport()->setAutoFillBackground(false);
    m_scroll->setWidget(body);
    body->setAutoFillBackground(false); // which setWidget() has switched on

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addWidget(hairline(this));
    layout->addWidget(m_scroll, 1);
}

void BoughtDetail::addButton(QWidget *button)
{
    m_buttons->insertWidget(m_buttons->count() - 1, button);
}

void BoughtDetail::focusBody()
{
    m_lines->setFocus(Qt::OtherFocusReason);
}

void BoughtDetail::show(const BoughtItem *item, Due due, int resting)
{
    if (!item) {
        m_item.reset();
        m_history.clear();
        m_asking.cancel();
        m_state->tell(Icons::Icon::Boxed, tr("No item chosen"),
                      tr("Choose one in the list to see when it was bought, and at what price."));
        m_state->raise();
        return;
    }
    m_state->dismiss();
    const bool same = m_item && *m_item == *item;
    const bool sameItem = m_item && m_item->account == item->account && m_item->sku == item->sku;
    m_item = *item;
    m_title->setText(Display::text(item->sku));
    m_subtitle->setText(Display::text(item->last.description));
    showFacts(due, resting);
    if (same)
        return;
    if (!sameItem) {
        m_history.clear();
        showHistory();
    }
    readHistory();
}

void BoughtDetail::showFacts(Due due, int resting)
{
    const BoughtItem &item = *m_item;
    const QString unit = item.last.unit.empty() ? tr("each") : Display::text(item.last.unit);
    QList<Fact> facts{{tr("Last bought"), Display::shortDate(item.last.at), Display::full(item.last.at)}};
    if (m_context.person.seesPrices)
        facts.append({tr("Last price"),
                      Display::unitPrice(item.last.unitPrice, item.last.currency) + u'\n'
                          + tr("for %1", "a price, for one unit").arg(unit)});
    facts.append({tr("Usual quantity"), Display::quantity(item.usual) + u'\n' + unit});
    facts.append({tr("Orders"), QString::number(item.times)});
    facts.append({tr("Rhythm"),
                  item.dueOn.isSet() ? tr("every %Ln days", nullptr, item.rhythmDays) : tr("not known yet")});
    if (item.dueOn.isSet()) {
        const QString day = Display::shortDate(item.dueOn);
        const QString more = due == Due::Lapsed ? tr("not bought since")
            : resting > 0                       ? tr("not suggested for %Ln days", nullptr, resting)
                                                : QString();
        facts.append({tr("Due again"), more.isEmpty() ? day : day + u'\n' + more, Display::full(item.dueOn)});
    }
    m_facts->setFacts(facts);
}

void BoughtDetail::readHistory()
{
    m_context.readers.ask(
        this, m_asking.renew(),
        [account = m_item->account, sku = m_item->sku](CacheReader &reader) {
            return BoughtItems(reader).history(account, sku);
        },
        [this](Result<std::vector<PastPurchase>> purchases) {
            m_asking.finish();
            if (!purchases)
                return; // what is shown stays; the next change asks again
            m_history = std::move(*purchases);
            showHistory();
            Q_EMIT historyShown();
        },
        CacheReaders::Length::Long);
}

void BoughtDetail::showHistory()
{
    QList<LinesColumn> columns{{tr("Ordered on"), 0}, {tr("Quantity"), 1}};
    if (m_context.person.seesPrices)
        columns.append({tr("Price"), 2});
    QList<LineWords> lines;
    for (const PastPurchase &purchase : m_history) {
        LineWords words{qint64(lines.size()) + 1, Display::text(purchase.orderNumber), {}};
        // What was called or packed otherwise then is said where it was.
        if (m_item && purchase.unit != m_item->last.unit)
            words.description = Display::text(purchase.unit);
        words.values = {Display::shortDate(purchase.at), Display::quantity(purchase.quantity)};
        if (m_context.person.seesPrices)
            words.values.append(Display::unitPrice(purchase.unitPrice, purchase.currency));
        lines.append(words);
    }
    m_linesModel->setLines(columns, lines);
    const bool cut = m_history.size() >= BoughtItems::historyMost;
    m_historyTitle->setText(cut ? tr("The last %Ln orders with it", nullptr, BoughtItems::historyMost)
                                : tr("Bought in %Ln orders", nullptr, static_cast<int>(m_history.size())));
    m_lines->setVisible(!m_history.empty());
    m_historyTitle->setVisible(!m_history.empty());
}

void BoughtDetail::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), Tokens::of(palette()).panel);
}

} // namespace Counterfoil
