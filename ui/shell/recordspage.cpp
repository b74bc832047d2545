#include "recordspage.h"

#include "detailpane.h"
#include "icons.h"
#include "listpane.h"

#include <QDockWidget>
#include <QEvent>
#include <QPushButton>
#include <QSettings>

#include <algorithm>
#include <cstdlib>

namespace Counterfoil {

namespace {

constexpr char docksKey[] = "/docks";
constexpr char detailKey[] = "/detail";
constexpr int docksVersion = 3;
constexpr int sideNeedsDigits = 130;  // of the page; in a narrower one it is hidden at first
constexpr int detailLeastDigits = 43; // keeps enough for its facts

int digitWidth(const QWidget &widget)
{
    return widget.fontMetrics().horizontalAdvance(QLatin1Char('0'));
}

} // namespace

RecordsPage::RecordsPage(const RecordPlace &place, const PaneContext &context, QWidget *parent)
    : QMainWindow(parent, Qt::Widget)
    , m_place(place)
    , m_list(new ListPane(context, place.list()))
    , m_detail(place.detail(context, nullptr))
    , m_listDock(new QDockWidget(QString(place.name).remove(u'&'), this))
    , m_detailDock(new QDockWidget(m_detail->accessibleName(), this))
    , m_digit(digitWidth(*this))
{
    setWindowFlags(Qt::Widget);
    setDockNestingEnabled(true);
    setAnimated(false);
    setContextMenuPolicy(Qt::NoContextMenu);
    m_listDock->setObjectName(place.id + QStringLiteral("List"));
    m_listDock->setFeatures(QDockWidget::NoDockWidgetFeatures);
    m_listDock->setTitleBarWidget(new QWidget(m_listDock));
    m_listDock->setWidget(m_list);
    addDockWidget(Qt::LeftDockWidgetArea, m_listDock);
    if (place.chart)
        m_list->setChart(place.chart(context, *m_list));
    if (place.side)
        addSide(*place.side(context, *m_list));
    if (place.join)
        place.join(*m_list, *m_detail);

    auto *own = new QPushButton;
    own->setIcon(Icons::icon(Icons::Icon::Window));
    own->setToolTip(tr("Open in a window of its own (Ctrl+Enter)"));
    own->setAccessibleName(tr("Open in a window of its own"));
    connect(own, &QPushButton::clicked, this, [this] { Q_EMIT ownWindowWanted(m_detail->ref()); });
    m_detail->addHeadingButton(own);
    m_detailDock->setObjectName(place.id + QStringLiteral("Detail"));
    m_detailDock->setFeatures(QDockWidget::DockWidgetMovable | QDockWidget::DockWidgetFloatable
                              | QDockWidget::DockWidgetClosable);
    m_detailDock->setTitleBarWidget(m_detail->heading());
    m_detailDock->setWidget(m_detail);
    addDockWidget(Qt::LeftDockWidgetArea, m_detailDock);
    splitDockWidget(m_listDock, m_detailDock, Qt::Horizontal);

    connect(m_list, &ListPane::currentChanged, this, [this](const QString &key) {
        m_detail->setKey(key);
        Q_EMIT visited(m_detail->ref());
    });
    connect(m_list, &ListPane::opened, this, &RecordsPage::focusDetail);
    connect(m_detail, &DetailPane::linkChosen, this, &RecordsPage::linkChosen);
    connect(m_detail, &DetailPane::linksChanged, this, &RecordsPage::linksChanged);
}

// To the left of the list.
void RecordsPage::addSide(QWidget &side)
{
    m_sideDock = new QDockWidget(side.accessibleName(), this);
    m_sideDock->setObjectName(m_place.id + QStringLiteral("Side"));
    m_sideDock->setFeatures(QDockWidget::NoDockWidgetFeatures);
    m_sideDock->setTitleBarWidget(new QWidget(m_sideDock));
    m_sideDock->setWidget(&side);
    addDockWidget(Qt::LeftDockWidgetArea, m_sideDock);
    splitDockWidget(m_sideDock, m_listDock, Qt::Horizontal);
}

void RecordsPage::toggleSide()
{
    if (m_sideDock)
        m_sideDock->setVisible(m_sideDock->isHidden());
}

void RecordsPage::showRecord(const QString &key)
{
    m_detailDock->show();
    m_list->select(key);
}

void RecordsPage::focusDetail()
{
    m_detailDock->show();
    m_detail->focusBody();
}

bool RecordsPage::isDetailShown() const
{
    return !m_detailDock->isHidden();
}

void RecordsPage::toggleDetail()
{
    m_detailDock->setVisible(m_detailDock->isHidden());
}

void RecordsPage::toggleFloating()
{
    m_detailDock->show();
    m_detailDock->setFloating(!m_detailDock->isFloating());
}

// How the width is shared when nobody has chosen otherwise: the list gets what its columns want, and its
// share of what is left where there is plenty; the detail keeps enough for its facts.
RecordsPage::Shares RecordsPage::shares() const
{
    Shares shares;
    const int wanted = m_place.listDigits * m_digit;
    if (m_sideDock && width() >= sideNeedsDigits * m_digit)
        shares.side = m_sideDock->widget()->minimumWidth();
    const int given = width() - shares.side;
    shares.list
        = std::max(given * m_place.listPercent / 100, std::min(wanted, given - detailLeastDigits * m_digit));
    shares.detail = given - shares.list;
    return shares;
}

void RecordsPage::shareWidth()
{
    m_digit = digitWidth(*this);
    const Shares given = shares();
    if (m_sideDock)
        m_sideDock->setVisible(given.side > 0);
    if (given.side > 0)
        resizeDocks({m_sideDock, m_listDock, m_detailDock}, {given.side, given.list, given.detail},
                    Qt::Horizontal);
    else
        resizeDocks({m_listDock, m_detailDock}, {given.list, given.detail}, Qt::Horizontal);
}

// Shared anew for letters of another size, unless somebody had chosen otherwise.
void RecordsPage::changeEvent(QEvent *event)
{
    QMainWindow::changeEvent(event);
    if (event->type() != QEvent::FontChange)
        return;
    const Shares before = shares();
    const bool sameSide = !m_sideDock || m_sideDock->isHidden() == (before.side == 0);
    if (sameSide && std::abs(m_listDock->width() - before.list) <= 2 * m_digit)
        shareWidth();
    m_digit = digitWidth(*this);
}

void RecordsPage::saveTo(QSettings &settings) const
{
    m_list->saveTo(settings);
    settings.setValue(m_place.id + QLatin1String(docksKey), saveState(docksVersion));
    settings.setValue(m_place.id + QLatin1String(detailKey), m_detail->saveLayout());
}

void RecordsPage::restoreFrom(QSettings &settings)
{
    m_list->restoreFrom(settings);
    shareWidth();
    restoreState(settings.value(m_place.id + QLatin1String(docksKey)).toByteArray(), docksVersion);
    m_listDock->show();
    m_detail->restoreLayout(settings.value(m_place.id + QLatin1String(detailKey)).toByteArray());
}

void RecordsPage::resetLayout()
{
    m_detailDock->setFloating(false);
    addDockWidget(Qt::LeftDockWidgetArea, m_listDock);
    splitDockWidget(m_listDock, m_detailDock, Qt::Horizontal);
    if (m_sideDock)
        splitDockWidget(m_sideDock, m_listDock, Qt::Horizontal);
    m_detailDock->show();
    shareWidth();
    m_list->resetLayout();
    m_detail->resetLayout();
}

} // namespace Counterfoil
