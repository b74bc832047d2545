#include "orderspane.h"

#include "display.h"
#include "filterchip.h"
#include "freshness.h"
#include "order.h"
#include "orderfilterbar.h"
#include "pill.h"
#include "popover.h"
#include "recordfilteroptions.h"
#include "recordheader.h"
#include "recordview.h"
#include "statepanel.h"
#include "statuschip.h"
#include "tabular.h"
#include "type.h"

#include <QCheckBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QSettings>
#include <QSignalBlocker>

namespace Counterfoil {

namespace {

constexpr char headerKey[] = "orders/header";
constexpr char fitsKey[] = "orders/columnsFit";
constexpr char compactKey[] = "orders/compact";
constexpr char layoutVersionKey[] = "orders/layoutVersion";
constexpr int layoutVersion
    = 1; // raised when the columns change in kind, so that an old layout is not applied
constexpr int fillingHeight = 3;
constexpr int mostCurrenciesShown = 3;

// How wide a column is at least: as wide as this text. What is left over goes to the ship-to column.
struct ColumnRoom
{
    const char *field;
    const char16_t *widest;
    bool chip;
    bool dispensable; // hidden by itself where there is no room; the detail says it too
};

constexpr ColumnRoom rooms[] = {
    {"number", u"SO-00000", false, false},
    {"poReference", u"0000000000", false, false},
    {"placedAt", u"30 Nov 2000", false, false},
    {"status", u"On hold · credit", true, false},
    {"origin", u"Import", false, false},
    {"shipToName", u"Manchester DC", false, false},
    {"unitsShipped", u"0,000 of 0,000", false, true},
    {"total", u"CZK 00,000.00", false, false},
};

int leastWidth(const ColumnRoom &room)
{
    const QString text = QString::fromUtf16(room.widest);
    const int content = room.chip ? StatusChip::sizeFor(text, QStringLiteral("●")).width()
                                  : qRound(Tabular::width(text, Type::font(Type::Role::Body)));
    return content + 2 * RecordHeader::cellPadding + 2;
}

QFrame *hairline(QWidget *parent)
{
    auto *line = new QFrame(parent);
    line->setFixedHeight(1);
    line->setFrameShape(QFrame::NoFrame);
    line->setAutoFillBackground(true);
    line->setBackgroundRole(QPalette::Mid);
    return line;
}

} // namespace

OrdersPane::OrdersPane(CacheReaders &readers, const RecordFilterOptions &options, const Freshness &freshness,
                       const Clock &clock, bool showPrices, QWidget *parent)
    : QWidget(parent)
    , m_options(options)
    , m_freshness(freshness)
    , m_model(new RecordListModel(readers, clock, Order::type, this, showPrices))
    , m_filters(new OrderFilterBar(options, clock, this))
    , m_view(new RecordView(clock, this))
    , m_filling(new QProgressBar(this))
    , m_above(new Pill(this))
    , m_state(new StatePanel(m_view->viewport()))
    , m_count(new QLabel(this))
    , m_sum(new QLabel(this))
{
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(RecordHeader::edgePadding, Space::unit, RecordHeader::edgePadding, Space::unit);
    foot->addWidget(m_count);
    foot->addSpacing(Space::medium);
    foot->addWidget(m_above);
    foot->addStretch();
    foot->addWidget(m_sum);
    Type::setMuted(*m_count);
    Type::setMuted(*m_sum);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_filters);
    layout->addWidget(hairline(this));
    layout->addWidget(m_view, 1);
    layout->addWidget(hairline(this));
    layout->addLayout(foot);
    setFocusProxy(m_view);
    setUpView();

    connect(m_filters, &OrderFilterBar::changed, this, &OrdersPane::requery);
    connect(m_filters, &OrderFilterBar::leftDownwards, this, &OrdersPane::focusList);
    connect(m_filters, &OrderFilterBar::columnsWanted, this, &OrdersPane::chooseColumns);
    connect(m_state, &StatePanel::actionChosen, this,
            [this] { m_error.isEmpty() ? clearFilters() : requery(); });
    connect(m_model, &QAbstractItemModel::modelReset, this, &OrdersPane::noteReset);
    connect(m_model, &QAbstractItemModel::rowsInserted, this, &OrdersPane::restoreSelection);
    connect(m_model, &QAbstractItemModel::rowsInserted, this, &OrdersPane::showState);
    connect(m_model, &QAbstractItemModel::rowsRemoved, this, &OrdersPane::showState);
    connect(m_model, &RecordListModel::totalsChanged, this, &OrdersPane::showTotals);
    connect(m_model, &RecordListModel::countingChanged, this, &OrdersPane::showTotals);
    connect(m_model, &RecordListModel::failed, this, [this](const QString &text) {
        m_error = text;
        showState();
    });
    connect(&freshness, &Freshness::changed, this, &OrdersPane::showFilling);
    requery();
    showFilling();
}

void OrdersPane::setUpView()
{
    m_view->setModel(m_model);
    m_view->setAccessibleName(tr("Orders"));
    m_view->setStrongColumn(m_model->columnOf(QStringLiteral("number")));
    m_filling->setTextVisible(false);
    m_filling->setFixedHeight(fillingHeight);
    m_filling->setAccessibleName(tr("First download"));
    m_above->setTone(Tone::Info);
    QSizePolicy room = m_above->sizePolicy();
    room.setRetainSizeWhenHidden(true); // so that the foot keeps its height
    m_above->setSizePolicy(room);
    m_above->hide();
    RecordHeader &header = m_view->recordHeader();
    header.setContextMenuPolicy(Qt::CustomContextMenu);
    connect(&header, &QWidget::customContextMenuRequested, this, &OrdersPane::chooseColumns);
    connect(&header, &QHeaderView::sortIndicatorChanged, this, &OrdersPane::sortBy);
    connect(&header, &QHeaderView::sectionResized, this, [this](int column) {
        const auto mode = m_view->recordHeader().sectionResizeMode(column);
        m_fitsItself = m_fitsItself && (m_fitting || mode == QHeaderView::Stretch);
    });
    connect(&header, &QHeaderView::sectionMoved, this, [this] { m_fitsItself = m_fitsItself && m_fitting; });
    connect(m_view, &RecordView::currentRowChanged, this, [this](const QModelIndex &index) {
        const QString key = index.data(ItemRole::Key).toString();
        if (key.isEmpty() || key == m_currentKey)
            return;
        m_currentKey = key;
        Q_EMIT currentChanged(key);
    });
    connect(m_view, &RecordView::opened, this, [this](const QModelIndex &index) {
        if (const QString key = index.data(ItemRole::Key).toString(); !key.isEmpty())
            Q_EMIT opened(key);
    });
    connect(m_view, &RecordView::rowsAboveChanged, this, [this](int rows) {
        m_above->setText(tr("%n new above", nullptr, rows));
        m_above->setVisible(rows > 0);
    });
    connect(m_above, &QAbstractButton::clicked, m_view, &QAbstractItemView::scrollToTop);
    resetLayout();
}

void OrdersPane::resetLayout()
{
    RecordHeader &header = m_view->recordHeader();
    {
        const QSignalBlocker quiet(header);
        for (int column = 0; column < m_model->columnCount(); ++column) {
            header.moveSection(header.visualIndex(column), column);
            header.setSectionHidden(column, false);
        }
        const RecordQuery &query = m_model->query();
        header.setSortIndicator(m_model->columnOf(Display::text(std::string(sortFieldOf(query)->name))),
                                query.descending ? Qt::DescendingOrder : Qt::AscendingOrder);
    }
    m_fitsItself = true;
    setCompact(false);
    fitColumns();
}

void OrdersPane::fitColumns()
{
    if (!m_fitsItself)
        return;
    m_fitting = true;
    RecordHeader &header = m_view->recordHeader();
    int needed = 2 * (RecordHeader::edgePadding - RecordHeader::cellPadding);
    for (const ColumnRoom &room : rooms)
        needed += leastWidth(room);
    const int given = m_view->viewport()->width();
    // Plenty of room is shared out before the ship-to column takes the rest.
    const int spare = std::max(0, given - needed) / (static_cast<int>(std::size(rooms)) + 2);
    for (const ColumnRoom &room : rooms) {
        const int column = m_model->columnOf(QString::fromLatin1(room.field));
        if (column < 0)
            continue;
        const bool stretches = room.field == std::string_view("shipToName");
        header.setSectionResizeMode(column, stretches ? QHeaderView::Stretch : QHeaderView::Interactive);
        const int edge = column == 0 || column == header.count() - 1
            ? RecordHeader::edgePadding - RecordHeader::cellPadding
            : 0;
        if (!stretches)
            header.resizeSection(column, leastWidth(room) + edge + std::min(spare, leastWidth(room) / 3));
        header.setSectionHidden(column, room.dispensable && needed > given);
    }
    m_fitting = false;
}

void OrdersPane::setColumnShown(int column, bool shown)
{
    m_fitsItself = false;
    m_view->recordHeader().setSectionHidden(column, !shown);
}

void OrdersPane::saveTo(QSettings &settings) const
{
    settings.setValue(QLatin1String(layoutVersionKey), layoutVersion);
    settings.setValue(QLatin1String(headerKey), m_view->recordHeader().saveState());
    settings.setValue(QLatin1String(fitsKey), m_fitsItself);
    settings.setValue(QLatin1String(compactKey), isCompact());
}

void OrdersPane::restoreFrom(const QSettings &settings)
{
    setCompact(settings.value(QLatin1String(compactKey), false).toBool());
    if (settings.value(QLatin1String(layoutVersionKey)).toInt() != layoutVersion)
        return;
    m_fitsItself = settings.value(QLatin1String(fitsKey), true).toBool();
    RecordHeader &header = m_view->recordHeader();
    {
        const QSignalBlocker quiet(header);
        header.restoreState(settings.value(QLatin1String(headerKey)).toByteArray());
    }
    fitColumns();
    if (header.sortIndicatorSection() >= 0 && header.sortIndicatorSection() < m_model->columnCount())
        sortBy(header.sortIndicatorSection(), header.sortIndicatorOrder());
}

void OrdersPane::setAccounts(const std::vector<std::string> &accounts)
{
    m_accounts = accounts;
    requery();
}

void OrdersPane::requery()
{
    RecordQuery query = m_model->query();
    query.accounts = m_accounts;
    m_filters->applyTo(query);
    if (query == m_model->query() && m_error.isEmpty() && m_answered)
        return;
    m_answered = false;
    m_error.clear();
    m_model->setQuery(query);
}

void OrdersPane::sortBy(int column, Qt::SortOrder order)
{
    m_model->sort(column, order);
}

void OrdersPane::noteReset()
{
    m_answered = true;
    m_error.clear();
    restoreSelection();
    showState();
}

void OrdersPane::restoreSelection()
{
    if (m_view->currentIndex().isValid() || m_model->rowCount() == 0)
        return;
    int row = m_currentKey.isEmpty() ? 0 : m_model->rowOf(m_currentKey);
    if (row < 0)
        return;
    const int column = std::max(0, m_view->strongColumn());
    const QModelIndex index = m_model->index(row, column);
    if (index.data(ItemRole::Key).toString().isEmpty())
        return; // its row is still on its way; asked again when it is here
    m_view->selectionModel()->setCurrentIndex(
        index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
}

void OrdersPane::showTotals()
{
    const RecordListModel::Totals totals = m_model->totals();
    const QLocale locale;
    const QString orders
        = tr("%1 orders", nullptr, static_cast<int>(totals.count)).arg(locale.toString(totals.count));
    // Rows are shown before they are counted.
    const bool known = totals.count > 0 || m_model->rowCount() == 0;
    m_count->setText(!known ? tr("Counting…")
                            : tr("%1 · %2 open", "how many orders, and how many of them are open")
                                  .arg(orders, locale.toString(totals.openCount)));
    const QStringList amounts = totals.openAmounts.mid(0, mostCurrenciesShown);
    const int others = static_cast<int>(totals.openAmounts.size() - amounts.size());
    const QString sum = amounts.join(QStringLiteral(" + "));
    if (amounts.isEmpty())
        m_sum->clear();
    else if (others > 0)
        m_sum->setText(tr("%1 and %n more currencies open", "amounts", others).arg(sum));
    else
        m_sum->setText(tr("%1 open", "an amount").arg(sum));
    m_sum->setToolTip(others > 0 ? totals.openAmounts.join(QLatin1Char('\n')) : QString());
    m_answered = m_answered || totals.count == 0;
    restoreSelection();
    showState();
}

void OrdersPane::showState()
{
    using Icons::Icon;
    if (m_model->rowCount() > 0 || !m_answered || m_model->isCounting()) {
        m_state->dismiss();
        if (m_error.isEmpty() || m_model->rowCount() > 0)
            return;
    }
    const SyncStatus::Mode mode = m_freshness.status().mode;
    if (!m_error.isEmpty())
        m_state->tell(Icon::Warning, tr("The orders could not be read"), m_error, tr("Try again"));
    else if (m_filters->isRestricting())
        m_state->tell(Icon::Filter, tr("No order matches"),
                      tr("Filtered by %1.").arg(m_filters->descriptions().join(QStringLiteral(", "))),
                      tr("Clear filters"));
    else if (mode == SyncStatus::Mode::Filling)
        m_state->tell(Icon::Orders, tr("Your orders are on their way"),
                      tr("The newest appear here first, within moments."));
    else if (m_freshness.status().provenAt || m_freshness.status().asOf.isSet())
        m_state->tell(Icon::Empty, tr("No orders yet"),
                      tr("An order appears here the moment the ERP has it."));
    else if (mode == SyncStatus::Mode::Offline)
        m_state->tell(
            Icon::Unplugged, tr("Nothing is on this computer yet"),
            tr("The first download needs the gateway. It starts by itself once there is a connection."));
    else
        m_state->dismiss();
}

void OrdersPane::showFilling()
{
    const bool filling = m_freshness.status().mode == SyncStatus::Mode::Filling;
    m_filling->setVisible(filling);
    if (filling) {
        const SyncStatus::KindProgress all = m_freshness.overall();
        m_filling->setRange(0, all.total > 0 ? 1000 : 0);
        if (all.total > 0)
            m_filling->setValue(static_cast<int>(all.done * 1000 / all.total));
    }
    placeOverlays();
    if (m_model->rowCount() == 0)
        showState();
}

void OrdersPane::placeOverlays()
{
    const QPoint top = m_view->mapTo(this, QPoint(0, 0));
    m_filling->setGeometry(top.x(), top.y() - fillingHeight + 1, m_view->width(), fillingHeight);
    m_filling->raise();
}

void OrdersPane::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    // The list inside has its new width only after the layout has run.
    QMetaObject::invokeMethod(this, &OrdersPane::fitColumns, Qt::QueuedConnection);
    placeOverlays();
}

void OrdersPane::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        fitColumns();
}

void OrdersPane::focusFilter()
{
    m_filters->focusText();
}

void OrdersPane::focusList()
{
    m_view->setFocus(Qt::OtherFocusReason);
}

void OrdersPane::clearFilters()
{
    m_filters->clear();
}

void OrdersPane::setCompact(bool compact)
{
    m_view->setDensity(compact ? Type::Density::Compact : Type::Density::Normal);
}

bool OrdersPane::isCompact() const
{
    return m_view->density() == Type::Density::Compact;
}

QString OrdersPane::currentKey() const
{
    return m_currentKey;
}

void OrdersPane::select(const QString &key)
{
    m_currentKey = key;
    m_view->selectionModel()->clear();
    restoreSelection();
    if (m_view->currentIndex().isValid())
        m_view->scrollTo(m_view->currentIndex());
    Q_EMIT currentChanged(key);
}

void OrdersPane::chooseColumns()
{
    if (!m_columnsCard) {
        auto *content = new QWidget;
        fillColumnsCard(content);
        m_columnsCard = new Popover(m_filters->columnsButton(), content);
        connect(m_columnsCard, &Popover::dismissed, m_columnsCard, &QObject::deleteLater);
    }
    m_columnsCard->open(Popover::Align::End);
}

void OrdersPane::fillColumnsCard(QWidget *content)
{
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(Space::large, Space::medium, Space::large, Space::medium);
    layout->setSpacing(Space::small);
    RecordHeader &header = m_view->recordHeader();
    for (int visual = 0; visual < header.count(); ++visual) {
        const int column = header.logicalIndex(visual);
        auto *box
            = new QCheckBox(m_model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString(), content);
        box->setChecked(!header.isSectionHidden(column));
        box->setEnabled(column != m_view->strongColumn()); // a row without its name says nothing
        connect(box, &QCheckBox::toggled, this,
                [this, column](bool shown) { setColumnShown(column, shown); });
        layout->addWidget(box);
    }
    auto *compact = new QCheckBox(tr("Compact rows"), content);
    compact->setChecked(isCompact());
    connect(compact, &QCheckBox::toggled, this, &OrdersPane::setCompact);
    layout->addWidget(hairline(content));
    layout->addWidget(compact);
}

} // namespace Counterfoil
