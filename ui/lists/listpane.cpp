#include "listpane.h"

#include "calendars.h"
#include "columnroom.h"
#include "filterchip.h"
#include "freshness.h"
#include "hairline.h"
#include "listfilterbar.h"
#include "listfoot.h"
#include "listselection.h"
#include "popover.h"
#include "recordfilteroptions.h"
#include "recordheader.h"
#include "recordview.h"
#include "rownotes.h"
#include "statepanel.h"
#include "type.h"

#include <QCheckBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLocale>
#include <QProgressBar>
#include <QSettings>
#include <QSignalBlocker>

#include <algorithm>

namespace Counterfoil {

namespace {

constexpr char headerKey[] = "header";
constexpr char fitsKey[] = "columnsFit";
constexpr char compactKey[] = "compact";
constexpr char layoutVersionKey[] = "layoutVersion";
constexpr int layoutVersion
    = 2; // raised when the columns change in kind, so that an old layout is not applied
constexpr int fillingHeight = 3;

} // namespace

ListPane::ListPane(const PaneContext &context, const ListDescription &description, QWidget *parent)
    : QWidget(parent)
    , m_description(description)
    , m_context(context)
    , m_calendars(new Calendars(context.readers, context.clock, this))
    , m_options(new RecordFilterOptions(context.readers, *description.kind, filterFields(description), this))
    , m_model(new RecordListModel(context.readers, context.clock, *description.kind, this,
                                  context.person.seesPrices))
    , m_filters(new ListFilterBar(m_description, *m_options, context.clock, context.person.seesPrices, this))
    , m_view(new RecordView(context.clock, this))
    , m_filling(new QProgressBar(this))
    , m_state(new StatePanel(m_view->viewport()))
    , m_foot(new ListFoot(m_description, *m_model, context.person.seesPrices, this))
{
    if (m_description.notes) {
        m_notes = m_description.notes(context.readers, m_model);
        m_model->setNotes(m_notes);
    }
    if (!m_description.sortedBy.empty()) {
        RecordQuery query = m_model->query();
        query.sortField = m_description.sortedBy;
        query.descending = false;
        m_model->setQuery(query);
    }
    build();
    setUpView();
    connectAll();
    resetLayout();
    requery();
    showFilling();
}

ListPane::~ListPane() = default;

void ListPane::build()
{
    m_layout = new QVBoxLayout(this);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(0);
    m_layout->addWidget(m_filters);
    m_layout->addWidget(hairline(this));
    m_layout->addWidget(m_view, 1);
    m_layout->addWidget(hairline(this));
    m_layout->addWidget(m_foot);
    setFocusProxy(m_view);
    setAccessibleName(m_description.name);
}

void ListPane::setChart(QWidget *chart)
{
    m_layout->insertWidget(m_layout->indexOf(m_view), chart);
}

void ListPane::setUpView()
{
    m_view->setModel(m_model);
    m_view->setAccessibleName(m_description.name);
    m_view->setStrongColumn(m_model->columnOf(QStringLiteral("number")));
    m_filling->setTextVisible(false);
    m_filling->setFixedHeight(fillingHeight);
    m_filling->setAccessibleName(tr("First download"));
    RecordHeader &header = m_view->recordHeader();
    header.setContextMenuPolicy(Qt::CustomContextMenu);
    connect(&header, &QWidget::customContextMenuRequested, this, &ListPane::chooseColumns);
    connect(&header, &QHeaderView::sortIndicatorChanged, this, &ListPane::sortBy);
    connect(&header, &QHeaderView::sectionResized, this, [this](int column, int was, int is) {
        if (was == 0 || is == 0)
            return; // hidden or shown, which is told later than it is done
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
    connect(m_view, &RecordView::resized, this, [this] {
        fitColumns(); // before the new width is painted
        placeOverlays();
    });
    connect(m_view, &RecordView::rowsAboveChanged, m_foot, &ListFoot::showRowsAbove);
    connect(m_foot, &ListFoot::topWanted, m_view, &QAbstractItemView::scrollToTop);
    m_view->setMostSelected(ListSelection::most);
    connect(m_view, &RecordView::selectionCut, this, &ListPane::selectionCut);
    m_selection = new ListSelection(*m_view, m_context.readers, *m_description.kind,
                                    m_context.person.seesPrices, this);
    connect(m_selection, &ListSelection::described, m_foot, &ListFoot::showSelected);
}

void ListPane::connectAll()
{
    connect(m_filters, &ListFilterBar::changed, this, &ListPane::requery);
    connect(m_filters, &ListFilterBar::leftDownwards, this, &ListPane::focusList);
    connect(m_filters, &ListFilterBar::columnsWanted, this, &ListPane::chooseColumns);
    connect(m_calendars, &Calendars::changed, this, &ListPane::requery); // "overdue" depends on the day
    connect(m_state, &StatePanel::actionChosen, this,
            [this] { m_error.isEmpty() ? clearFilters() : requery(); });
    connect(m_model, &QAbstractItemModel::modelReset, this, &ListPane::noteReset);
    connect(m_model, &QAbstractItemModel::rowsInserted, this, &ListPane::restoreSelection);
    connect(m_model, &QAbstractItemModel::rowsInserted, this, &ListPane::showState);
    connect(m_model, &QAbstractItemModel::rowsRemoved, this, &ListPane::showState);
    connect(m_model, &RecordListModel::totalsChanged, this, &ListPane::noteTotals);
    connect(m_model, &RecordListModel::countingChanged, this, &ListPane::noteTotals);
    connect(m_model, &RecordListModel::rowFound, this, [this](const QString &key, int row) {
        if (key != m_currentKey || row < 0 || m_view->currentIndex().isValid())
            return;
        const QModelIndex index = m_model->index(row, std::max(0, m_view->strongColumn()));
        m_view->selectionModel()->setCurrentIndex(
            index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
        m_view->scrollTo(index, QAbstractItemView::PositionAtCenter);
    });
    connect(m_model, &RecordListModel::failed, this, [this](const QString &text) {
        m_error = text;
        showState();
    });
    connect(&m_context.freshness, &Freshness::changed, this, &ListPane::showFilling);
}

void ListPane::resetLayout()
{
    RecordHeader &header = m_view->recordHeader();
    {
        const QSignalBlocker quiet(header);
        for (int column = 0; column < m_model->columnCount(); ++column) {
            header.moveSection(header.visualIndex(column), column);
            header.setSectionHidden(column, false);
        }
        const RecordQuery &query = m_model->query();
        header.setSortIndicator(m_model->columnOf(QString::fromStdString(query.sortField)),
                                query.descending ? Qt::DescendingOrder : Qt::AscendingOrder);
    }
    m_fitsItself = true;
    setCompact(false);
    fitColumns();
}

void ListPane::fitColumns()
{
    if (!m_fitsItself)
        return;
    m_fitting = true;
    RecordHeader &header = m_view->recordHeader();
    const int given = m_view->viewport()->width();
    QList<ColumnRoom> rooms;
    for (const ColumnRoom &room : m_description.columns) {
        if (hasRoomNow(room))
            rooms.append(room);
    }
    const QList<const char *> gone = columnsWithoutRoom(rooms, given);
    int needed = 2 * ColumnRoom::edgeExtra;
    for (const ColumnRoom &room : std::as_const(rooms))
        needed += gone.contains(room.field) ? 0 : leastWidth(room);
    // A state's words are elided before the row gets wider than the list.
    const int lacking = std::max(0, needed - given);
    // Plenty of room is shared out before the stretching column takes the rest.
    const int shown = static_cast<int>(rooms.size() - gone.size());
    const int spare = std::max(0, given - needed) / (shown + 2);
    for (const ColumnRoom &room : m_description.columns) {
        const int column = m_model->columnOf(QString::fromLatin1(room.field));
        if (column < 0)
            continue;
        const bool stretches = room.traits & ColumnRoom::Stretching
            && (!m_notes || m_model->query().text.empty() || room.traits & ColumnRoom::WithText);
        header.setSectionResizeMode(column, stretches ? QHeaderView::Stretch : QHeaderView::Interactive);
        const int edge = column == 0 || column == header.count() - 1 ? ColumnRoom::edgeExtra : 0;
        const int less = room.traits & ColumnRoom::Chip ? std::min(lacking, leastWidth(room) / 2) : 0;
        if (!stretches)
            header.resizeSection(column,
                                 leastWidth(room) + edge + std::min(spare, leastWidth(room) / 3) - less);
        header.setSectionHidden(column, gone.contains(room.field) || !hasRoomNow(room));
    }
    // Where the column that stretches had to go, the first fills the row.
    if (const int gap = given - header.length(); gap > 0)
        header.resizeSection(0, header.sectionSize(0) + gap);
    m_fitting = false;
}

bool ListPane::hasRoomNow(const ColumnRoom &room) const
{
    return (!(room.traits & ColumnRoom::WithText) || !m_model->query().text.empty())
        && (!(room.traits & ColumnRoom::PricesOnly) || m_context.person.seesPrices);
}

// What says where a text was found comes and goes with the text, also among columns that the person chose.
void ListPane::showTextColumns()
{
    m_fitting = true;
    for (const ColumnRoom &room : m_description.columns) {
        if (room.traits & ColumnRoom::WithText)
            m_view->recordHeader().setSectionHidden(m_model->columnOf(QString::fromLatin1(room.field)),
                                                    !hasRoomNow(room));
    }
    m_fitting = false;
    fitColumns();
}

void ListPane::setColumnShown(int column, bool shown)
{
    m_fitsItself = false;
    m_view->recordHeader().setSectionHidden(column, !shown);
}

QString ListPane::settingsKey(const char *name) const
{
    return m_description.id + u'/' + QLatin1String(name);
}

void ListPane::saveTo(QSettings &settings) const
{
    settings.setValue(settingsKey(layoutVersionKey), layoutVersion);
    settings.setValue(settingsKey(headerKey), m_view->recordHeader().saveState());
    settings.setValue(settingsKey(fitsKey), m_fitsItself);
    settings.setValue(settingsKey(compactKey), isCompact());
}

void ListPane::restoreFrom(const QSettings &settings)
{
    setCompact(settings.value(settingsKey(compactKey), false).toBool());
    if (settings.value(settingsKey(layoutVersionKey)).toInt() != layoutVersion)
        return;
    m_fitsItself = settings.value(settingsKey(fitsKey), true).toBool();
    RecordHeader &header = m_view->recordHeader();
    {
        const QSignalBlocker quiet(header);
        header.restoreState(settings.value(settingsKey(headerKey)).toByteArray());
    }
    showTextColumns();
    if (header.sortIndicatorSection() >= 0 && header.sortIndicatorSection() < m_model->columnCount())
        sortBy(header.sortIndicatorSection(), header.sortIndicatorOrder());
}

void ListPane::setAccounts(const std::vector<std::string> &accounts, const std::string &calendarOf)
{
    m_accounts = accounts;
    m_calendarOf = calendarOf;
    m_options->setAccounts(accounts);
    requery();
    Q_EMIT accountsChanged();
}

Date ListPane::today() const
{
    return m_calendars->today(m_calendarOf);
}

void ListPane::requery()
{
    RecordQuery query = m_model->query();
    query.accounts = m_accounts;
    m_filters->applyTo(query, today());
    if (query == m_model->query() && m_error.isEmpty() && m_answered)
        return;
    const bool searches = !query.text.empty();
    const bool searched = !m_model->query().text.empty();
    m_answered = false;
    m_error.clear();
    if (m_notes)
        m_notes->setText(QString::fromStdString(query.text));
    m_model->setQuery(query);
    if (m_notes && searches != searched)
        showTextColumns();
}

void ListPane::sortBy(int column, Qt::SortOrder order)
{
    m_model->sort(column, order);
    // A column that no order goes by says so.
    const int sorted = m_model->columnOf(QString::fromStdString(m_model->query().sortField));
    if (sorted == column)
        return;
    const QSignalBlocker quiet(m_view->recordHeader());
    m_view->recordHeader().setSortIndicator(
        sorted, m_model->query().descending ? Qt::DescendingOrder : Qt::AscendingOrder);
}

void ListPane::noteReset()
{
    m_answered = true;
    m_error.clear();
    restoreSelection();
    showState();
}

void ListPane::restoreSelection()
{
    if (m_view->currentIndex().isValid() || m_model->rowCount() == 0)
        return;
    const int row = m_currentKey.isEmpty() ? 0 : m_model->rowOf(m_currentKey);
    if (row < 0) {
        m_model->findRow(m_currentKey);
        return;
    }
    const int column = std::max(0, m_view->strongColumn());
    const QModelIndex index = m_model->index(row, column);
    if (index.data(ItemRole::Key).toString().isEmpty())
        return; // its row is still on its way; asked again when it is here
    m_view->selectionModel()->setCurrentIndex(
        index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
}

void ListPane::noteTotals()
{
    m_answered = m_answered || m_model->totals().count == 0;
    restoreSelection();
    showState();
}

void ListPane::showState()
{
    using Icons::Icon;
    if (m_model->rowCount() > 0 || !m_answered || m_model->isCounting()) {
        m_state->dismiss();
        if (m_error.isEmpty() || m_model->rowCount() > 0)
            return;
    }
    const SyncStatus &status = m_context.freshness.status();
    if (!m_error.isEmpty())
        m_state->tell(Icon::Warning, m_description.failedTitle, m_error, tr("Try again"));
    else if (m_filters->isRestricting())
        tellNoMatch();
    else if (status.mode == SyncStatus::Mode::Filling)
        m_state->tell(m_description.icon, m_description.fillingTitle,
                      tr("The newest appear here first, within moments."));
    else if (status.provenAt || status.asOf.isSet())
        m_state->tell(Icon::Empty, m_description.emptyTitle, m_description.emptyText);
    else if (status.mode == SyncStatus::Mode::Offline)
        m_state->tell(Icon::Unplugged, tr("None of them is on this computer yet"),
                      tr("The download needs the gateway. It goes on by itself once there is a connection."));
    else
        m_state->dismiss();
}

void ListPane::tellNoMatch()
{
    QString text = tr("Filtered by %1.").arg(m_filters->descriptions().join(QStringLiteral(", ")));
    if (const qint64 unsearched = m_model->totals().unsearched; unsearched > 0)
        text += QLatin1Char(' ') + tr("%1 were not searched yet.").arg(QLocale().toString(unsearched))
            + (m_description.unsearchedWhy.isEmpty() ? QString() : u'\n' + m_description.unsearchedWhy);
    m_state->tell(Icons::Icon::Filter, m_description.noMatchTitle, text, tr("Clear filters"));
}

void ListPane::showFilling()
{
    const bool filling = m_context.freshness.status().mode == SyncStatus::Mode::Filling;
    m_filling->setVisible(filling);
    if (filling) {
        const SyncStatus::KindProgress all = m_context.freshness.overall();
        m_filling->setRange(0, all.total > 0 ? 1000 : 0);
        if (all.total > 0)
            m_filling->setValue(static_cast<int>(all.done * 1000 / all.total));
    }
    placeOverlays();
    if (m_model->rowCount() == 0)
        showState();
}

void ListPane::placeOverlays()
{
    const QPoint top = m_view->mapTo(this, QPoint(0, 0));
    m_filling->setGeometry(top.x(), top.y() - fillingHeight + 1, m_view->width(), fillingHeight);
    m_filling->raise();
}

void ListPane::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        fitColumns();
}

void ListPane::focusFilter()
{
    m_filters->focusText();
}

void ListPane::focusList()
{
    m_view->setFocus(Qt::OtherFocusReason);
}

void ListPane::clearFilters()
{
    m_filters->clear();
}

void ListPane::setCompact(bool compact)
{
    m_view->setDensity(compact ? Type::Density::Compact : Type::Density::Normal);
}

bool ListPane::isCompact() const
{
    return m_view->density() == Type::Density::Compact;
}

void ListPane::select(const QString &key)
{
    m_currentKey = key;
    m_view->selectionModel()->clear();
    restoreSelection();
    if (m_view->currentIndex().isValid())
        m_view->scrollTo(m_view->currentIndex());
    Q_EMIT currentChanged(key);
}

void ListPane::chooseColumns()
{
    if (!m_columnsCard) {
        auto *content = new QWidget;
        fillColumnsCard(content);
        m_columnsCard = new Popover(m_filters->columnsButton(), content);
        connect(m_columnsCard, &Popover::dismissed, m_columnsCard, &QObject::deleteLater);
    }
    m_columnsCard->open(Popover::Align::End);
}

void ListPane::fillColumnsCard(QWidget *content)
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
    connect(compact, &QCheckBox::toggled, this, &ListPane::setCompact);
    layout->addWidget(hairline(content));
    layout->addWidget(compact);
}

} // namespace Counterfoil
