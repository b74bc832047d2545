#include "boughtpane.h"

#include "actions.h"
#include "boughtdetail.h"
#include "calendars.h"
#include "choicefield.h"
#include "columnroom.h"
#include "filterchip.h"
#include "freshness.h"
#include "hairline.h"
#include "order.h"
#include "recordheader.h"
#include "recordview.h"
#include "reorderby.h"
#include "searchfield.h"
#include "statepanel.h"
#include "style.h"
#include "tokens.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QPushButton>
#include <QScrollBar>
#include <QSettings>
#include <QSignalBlocker>
#include <QSplitter>

#include <algorithm>
#include <utility>

namespace Counterfoil {

namespace {

constexpr char splitterKey[] = "bought/splitter";
constexpr char restsKey[] = "bought/resting";
constexpr char quantitiesKey[] = "bought/quantities";
constexpr int listPercent = 68;

struct Room
{
    BoughtModel::Column column;
    ColumnRoom room;
};

// Named by their place, since no record's fields stand behind them.
const QList<Room> &rooms()
{
    using Column = BoughtModel;
    static const QList<Room> all{
        {Column::Sku, {"sku", u"WWWW-0000-00"}},
        {Column::Description, {"description", u"Ultra Forge drill press", ColumnRoom::Stretching}},
        {Column::LastBought, {"lastBought", u"Last bought 00", ColumnRoom::Plain, 5}},
        {Column::LastPrice, {"lastPrice", u"£0,000.0000", ColumnRoom::Plain, 6}},
        {Column::Usual, {"usual", u"00 × case of 0,000"}},
        {Column::Times, {"times", u"Orders 0", ColumnRoom::Plain, 2}},
        {Column::Rhythm, {"rhythm", u"every 000 days", ColumnRoom::Plain, 3}},
        {Column::DueAgain, {"dueAgain", u"Since 00 Nov 0", ColumnRoom::Chip, 7}},
        {Column::AccountName, {"account", u"Harbour Supply Co.", ColumnRoom::Plain, 4}}};
    return all;
}

} // namespace

BoughtPane::BoughtPane(const PaneContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_calendars(new Calendars(context.readers, context.clock, this))
    , m_model(new BoughtModel(context.readers, context.person.seesPrices, this))
    , m_filter(new SearchField(Icons::Icon::Filter, tr("Filter"), QStringLiteral("/"), this))
    , m_due(new ToggleChip(tr("Due again"), this))
    , m_quantities(new ChoiceField(this))
    , m_view(new RecordView(context.clock, this))
    , m_state(new StatePanel(m_view->viewport()))
    , m_foot(new QLabel(this))
    , m_detail(new BoughtDetail(context, this))
    , m_splitter(new QSplitter(Qt::Horizontal, this))
{
    setAccessibleName(tr("Bought before"));
    m_splitter->addWidget(buildList());
    m_splitter->addWidget(m_detail);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(1);
    m_splitter->setSizes({100 * listPercent, 100 * (100 - listPercent)}); // more than there is: shares
    m_splitter->setStretchFactor(0, listPercent);
    m_splitter->setStretchFactor(1, 100 - listPercent);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_splitter);

    m_lastOrder = addAction("bought.lastOrder", tr("Go to the last order with the item"),
                            {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_G)}, [this] { openLastOrder(); });
    m_rest = addAction("bought.rest", tr("Do not suggest the item for %Ln days", nullptr, restDays),
                       {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_R)}, [this] { rest(); });
    auto *last = new QPushButton(tr("Go to the last order"), m_detail);
    last->setToolTip(tr("Ctrl+Shift+G"));
    connect(last, &QPushButton::clicked, m_lastOrder, &QAction::trigger);
    m_detail->addButton(last);
    connectAll();
    requery();
    showAll();
}

QWidget *BoughtPane::buildList()
{
    auto *list = new QWidget(this);
    m_filter->setAccessibleName(tr("Filter what was bought before"));
    m_filter->setToolTip(tr("Item numbers, with or without dashes, and descriptions"));
    m_filter->setClearButtonEnabled(true);
    m_filter->installEventFilter(this);
    m_due->setToolTip(tr("Items whose day has come, by the rhythm in which they were bought"));
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(Space::large, Space::small, Space::medium, Space::small);
    bar->setSpacing(Space::unit + 2);
    bar->addWidget(m_filter);
    bar->addWidget(m_due);
    bar->addStretch();
    offerReorderBy(*m_quantities);
    m_quantities->hide(); // until something can be ordered
    bar->addWidget(m_quantities);

    m_view->setModel(m_model);
    m_view->setAccessibleName(tr("Items bought before"));
    m_view->setStrongColumn(BoughtModel::Sku);
    RecordHeader &header = m_view->recordHeader();
    header.setSectionsMovable(false);
    header.setSortIndicator(m_sortColumn, Qt::DescendingOrder);

    m_foot->setMinimumWidth(1);
    Type::setMuted(*m_foot);
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(RecordHeader::edgePadding, Space::small, RecordHeader::edgePadding,
                             Space::small);
    foot->addWidget(m_foot);

    auto *layout = new QVBoxLayout(list);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addWidget(hairline(list));
    layout->addWidget(m_view, 1);
    layout->addWidget(hairline(list));
    layout->addLayout(foot);
    return list;
}

void BoughtPane::connectAll()
{
    connect(m_filter, &QLineEdit::textChanged, this, &BoughtPane::requery);
    connect(m_due, &QPushButton::clicked, this, &BoughtPane::showDueOnly);
    connect(m_calendars, &Calendars::changed, this, &BoughtPane::requery);
    connect(&m_view->recordHeader(), &QHeaderView::sortIndicatorChanged, this, &BoughtPane::sortBy);
    connect(m_model, &QAbstractItemModel::modelAboutToBeReset, this, &BoughtPane::keepPlace);
    connect(m_model, &QAbstractItemModel::modelReset, this, &BoughtPane::findPlace);
    connect(m_model, &BoughtModel::changed, this, &BoughtPane::showAll);
    connect(m_view, &RecordView::currentRowChanged, this, &BoughtPane::showChosen);
    connect(m_view, &RecordView::opened, this, [this] { m_detail->focusBody(); });
    connect(m_detail, &BoughtDetail::orderChosen, this, &BoughtPane::orderChosen);
    connect(&m_context.freshness, &Freshness::changed, this, &BoughtPane::showState);
    connect(m_state, &StatePanel::actionChosen, this, [this] {
        if (m_model->state() == BoughtModel::State::Several)
            Q_EMIT accountChoiceWanted();
        else
            clearFilters();
    });
}

QAction *BoughtPane::addAction(const char *id, const QString &text, const QList<QKeySequence> &keys,
                               std::function<void()> run)
{
    auto *action = new QAction(text, this);
    action->setShortcuts(keys);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(action, &QAction::triggered, this, [run = std::move(run)] { run(); });
    QWidget::addAction(action);
    m_actions.append({QString::fromLatin1(id), action});
    return action;
}

void BoughtPane::addActions(Actions &actions)
{
    addAction("bought.due", tr("Show only what is due again"), {},
              [this] { showDueOnly(!m_due->isChecked()); });
    for (const PaneAction &each : std::as_const(m_actions))
        actions.adopt(each.id, tr("Bought before"), each.action);
}

void BoughtPane::addReorderButton(QAction *reorder)
{
    auto *again = new QPushButton(tr("Order again"), m_detail);
    again->setToolTip(tr("Makes a cart of the chosen items (Ctrl+R)"));
    connect(again, &QPushButton::clicked, reorder, &QAction::trigger);
    m_detail->addButton(again);
    m_quantities->show();
}

ReorderBy BoughtPane::reorderBy() const
{
    return reorderByOf(*m_quantities);
}

void BoughtPane::setAccounts(const std::vector<std::string> &accounts, const std::string &calendarOf)
{
    m_calendarOf = calendarOf;
    m_model->setAccounts(accounts);
    requery();
}

Date BoughtPane::today() const
{
    return m_calendars->today(m_calendarOf);
}

void BoughtPane::focusFirst()
{
    m_view->setFocus(Qt::OtherFocusReason);
}

void BoughtPane::focusFilter()
{
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

void BoughtPane::clearFilters()
{
    m_filter->clear();
    showDueOnly(false);
}

void BoughtPane::showDueOnly(bool only)
{
    m_due->setChecked(only);
    m_due->setActive(only);
    requery();
}

void BoughtPane::requery()
{
    m_model->setQuery({m_filter->text(), m_due->isChecked(), m_sortColumn, m_descending, today(), m_resting});
}

void BoughtPane::sortBy(int column, Qt::SortOrder order)
{
    m_sortColumn = column;
    m_descending = order == Qt::DescendingOrder;
    requery();
}

void BoughtPane::keepPlace()
{
    m_scrolled = m_view->verticalScrollBar()->value();
    m_selected.clear();
    for (const BoughtItem &item : chosen())
        m_selected.insert(BoughtModel::keyOf(item));
}

void BoughtPane::select(const QString &key)
{
    m_key = key;
    findPlace();
}

// The row that was chosen, wherever it is now; else the first.
void BoughtPane::findPlace()
{
    const int found = m_key.isEmpty() ? -1 : m_model->rowOf(m_key);
    const int row = found >= 0 ? found : 0;
    if (row < m_model->rowCount()) {
        m_view->selectionModel()->setCurrentIndex(
            m_model->index(row, 0), QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    }
    selectAgain();
    m_view->verticalScrollBar()->setValue(found >= 0 ? m_scrolled : 0);
    if (found >= 0)
        m_view->scrollTo(m_model->index(row, 0));
    fitColumns();
}

// The others that were selected, where there were several.
void BoughtPane::selectAgain()
{
    const QSet<QString> wanted = std::exchange(m_selected, {});
    QItemSelection rows;
    for (int row = 0; wanted.size() > 1 && row < m_model->rowCount(); ++row) {
        if (wanted.contains(BoughtModel::keyOf(*m_model->item(row))))
            rows.select(m_model->index(row, 0), m_model->index(row, BoughtModel::ColumnCount - 1));
    }
    m_view->selectionModel()->select(rows, QItemSelectionModel::Select);
}

void BoughtPane::showAll()
{
    showState();
    showFoot();
    showChosen();
    m_due->setText(m_model->due() > 0 ? tr("Due again · %1").arg(QLocale().toString(m_model->due()))
                                      : tr("Due again"));
}

void BoughtPane::showState()
{
    using State = BoughtModel::State;
    const bool filling = m_context.freshness.status().mode == SyncStatus::Mode::Filling;
    if (m_model->state() == State::Failed) {
        m_state->tell(Icons::Icon::Warning, tr("What was bought before cannot be read"),
                      m_model->errorText());
    } else if (m_model->state() == State::Several) {
        m_state->tell(Icons::Icon::Person, tr("No account is chosen"),
                      tr("You see several accounts. Choose one, and what it bought before stands here."),
                      tr("Choose an account"));
    } else if (m_model->state() == State::Loading || m_model->rowCount() > 0) {
        m_state->dismiss();
    } else if (m_model->known() > 0) {
        m_state->tell(Icons::Icon::Filter,
                      m_due->isChecked() && m_filter->text().isEmpty() ? tr("Nothing is due again")
                                                                       : tr("No item matches"),
                      tr("Other items were bought before; they are filtered out."), tr("Clear all filters"));
    } else if (filling) {
        m_state->tell(Icons::Icon::Boxed, tr("Your orders are on their way"),
                      tr("What was bought before stands here once they have been copied to this computer."));
    } else {
        m_state->tell(Icons::Icon::Boxed, tr("Nothing bought yet"),
                      tr("Every item of your orders will stand here, with its last price."));
    }
}

void BoughtPane::showFoot()
{
    const QLocale locale;
    QString text;
    if (m_model->state() == BoughtModel::State::Here && m_model->known() > 0) {
        const int rows = m_model->rowCount();
        text = rows == m_model->known() ? tr("%1 items", nullptr, rows).arg(locale.toString(rows))
                                        : tr("%1 of %2 items", nullptr, m_model->known())
                                              .arg(locale.toString(rows), locale.toString(m_model->known()));
        if (m_model->isCut())
            text = tr("%1 · from the last %2 orders", "how many items, and what was looked at")
                       .arg(text, locale.toString(BoughtItems::ordersMost));
    }
    m_foot->setText(text);
}

void BoughtPane::showChosen()
{
    const int row = m_view->currentIndex().isValid() ? m_view->currentIndex().row() : -1;
    const BoughtItem *item = m_model->item(row);
    if (item)
        m_key = BoughtModel::keyOf(*item);
    m_detail->show(item, m_model->dueOf(row), item ? restingDays(*item) : 0);
    m_lastOrder->setEnabled(item != nullptr);
    m_rest->setEnabled(item && m_model->dueOf(row) == Due::Now);
}

std::vector<BoughtItem> BoughtPane::chosen() const
{
    QModelIndexList rows = m_view->selectionModel()->selectedRows();
    std::ranges::sort(rows, {}, &QModelIndex::row);
    std::vector<BoughtItem> items;
    for (const QModelIndex &row : std::as_const(rows)) {
        if (const BoughtItem *item = m_model->item(row.row()))
            items.push_back(*item);
    }
    return items;
}

int BoughtPane::restingDays(const BoughtItem &item) const
{
    const auto found = m_resting.find(BoughtModel::keyOf(item));
    return found == m_resting.end() ? 0 : std::max(0, found->second.daysSinceEpoch - today().daysSinceEpoch);
}

// What is due and not wanted yet; all the rows selected.
void BoughtPane::rest()
{
    const Date day = today();
    for (const BoughtItem &item : chosen())
        m_resting[BoughtModel::keyOf(item)] = {day.daysSinceEpoch + restDays};
    std::erase_if(m_resting, [day](const auto &each) { return each.second <= day; });
    while (m_resting.size() > restsMost)
        m_resting.erase(
            std::ranges::min_element(m_resting, {}, [](const auto &each) { return each.second; }));
    requery();
}

void BoughtPane::openLastOrder()
{
    if (const auto &item = m_detail->item())
        Q_EMIT orderChosen({&Order::type, item->last.order});
}

void BoughtPane::saveTo(QSettings &settings) const
{
    settings.setValue(QLatin1String(splitterKey), m_splitter->saveState());
    settings.setValue(QLatin1String(quantitiesKey), m_quantities->value());
    QStringList rests;
    for (const auto &[key, until] : m_resting)
        rests.append(QString::fromStdString(until.toString()) + u'\n' + key);
    settings.setValue(QLatin1String(restsKey), rests);
}

void BoughtPane::restoreFrom(const QSettings &settings)
{
    m_splitter->restoreState(settings.value(QLatin1String(splitterKey)).toByteArray());
    if (const QString by = settings.value(QLatin1String(quantitiesKey)).toString(); !by.isEmpty())
        m_quantities->setValue(by);
    m_resting.clear();
    const QStringList rests = settings.value(QLatin1String(restsKey)).toStringList();
    for (const QString &each : rests.mid(0, restsMost)) {
        const auto until = Date::parse(each.section(u'\n', 0, 0).toStdString());
        if (until)
            m_resting[each.section(u'\n', 1)] = *until;
    }
    requery();
}

void BoughtPane::fitColumns()
{
    RecordHeader &header = m_view->recordHeader();
    QList<ColumnRoom> wanted;
    const auto isWanted = [this](BoughtModel::Column column) {
        return (column != BoughtModel::AccountName || m_model->hasAccounts())
            && (column != BoughtModel::LastPrice || m_context.person.seesPrices);
    };
    for (const Room &each : rooms()) {
        if (isWanted(each.column))
            wanted.append(each.room);
    }
    const int given = m_view->viewport()->width();
    const QList<const char *> gone = columnsWithoutRoom(wanted, given);
    for (const Room &each : rooms()) {
        const bool stretches = each.room.traits & ColumnRoom::Stretching;
        header.setSectionResizeMode(each.column, stretches ? QHeaderView::Stretch : QHeaderView::Interactive);
        const bool edge = each.column == BoughtModel::Sku;
        if (!stretches)
            header.resizeSection(each.column, leastWidth(each.room) + (edge ? ColumnRoom::edgeExtra : 0));
        header.setSectionHidden(each.column, !isWanted(each.column) || gone.contains(each.room.field));
    }
}

void BoughtPane::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_model->setWatched(true);
}

void BoughtPane::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_model->setWatched(false);
}

void BoughtPane::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitColumns();
}

void BoughtPane::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        fitColumns();
}

void BoughtPane::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), Tokens::of(palette()).panel);
}

// As in the other lists: down and Enter lead from the filter to the rows, Esc empties it.
bool BoughtPane::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_filter || event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    switch (static_cast<QKeyEvent *>(event)->key()) {
    case Qt::Key_Down:
    case Qt::Key_Return:
    case Qt::Key_Enter:
        focusFirst();
        return true;
    case Qt::Key_Escape:
        if (m_filter->text().isEmpty())
            focusFirst();
        m_filter->clear();
        return true;
    default:
        return false;
    }
}

} // namespace Counterfoil
