#include "workpane.h"

#include "filterchip.h"
#include "flowlayout.h"
#include "freshness.h"
#include "hairline.h"
#include "outboxdelegate.h"
#include "recordheader.h"
#include "statepanel.h"
#include "tokens.h"
#include "type.h"
#include "workmodel.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QListView>
#include <QLocale>
#include <QPainter>
#include <QVBoxLayout>

namespace Counterfoil {

namespace {

constexpr int chipCount = static_cast<int>(workReasons) + 1;

std::optional<WorkReason> reasonOf(int chip)
{
    return chip == 0 ? std::nullopt : std::optional(static_cast<WorkReason>(chip - 1));
}

} // namespace

QString WorkPane::reasonText(WorkReason reason)
{
    switch (reason) {
    case WorkReason::Refused:
        return tr("Refused");
    case WorkReason::ToDecide:
        return tr("Returns to decide");
    case WorkReason::Held:
        return tr("On hold");
    case WorkReason::Disputed:
        return tr("Disputed");
    case WorkReason::Late:
        return tr("Late");
    case WorkReason::Count:
        break;
    }
    return {};
}

WorkPane::WorkPane(const PaneContext &context, WorkModel &model, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_model(model)
    , m_summary(new QLabel(this))
    , m_list(new QListView(this))
    , m_rest(new QLabel(this))
    , m_state(new StatePanel(m_list->viewport()))
{
    setAccessibleName(tr("Needs you"));
    m_list->setModel(&model);
    m_list->setItemDelegate(new OutboxDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setResizeMode(QListView::Adjust);
    m_list->setMouseTracking(true);
    m_list->viewport()->setAutoFillBackground(false);
    m_list->setAccessibleName(tr("What needs somebody"));
    m_list->installEventFilter(this);
    Type::setMuted(*m_rest);
    m_rest->setContentsMargins(RecordHeader::edgePadding, Space::small, RecordHeader::edgePadding,
                               Space::small);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildHead());
    layout->addWidget(hairline(this));
    layout->addSpacing(Space::unit);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_rest);

    connect(m_list, &QListView::doubleClicked, this, [this] { open(false); });
    connect(&model, &WorkModel::changed, this, &WorkPane::showModel);
    connect(&context.freshness, &Freshness::changed, this, &WorkPane::showState);
    connect(m_state, &StatePanel::actionChosen, this, [this] { showOnly({}); });
    showModel();
}

QWidget *WorkPane::buildHead()
{
    auto *head = new QWidget(this);
    auto *title = new QLabel(tr("Needs you"), head);
    Type::set(*title, Type::Role::Title);
    Type::setMuted(*m_summary);
    m_summary->setWordWrap(true);
    auto *chips = new QWidget(head);
    auto *flow = new FlowLayout(Space::unit + 2, chips);
    flow->setContentsMargins(0, 0, 0, 0);
    for (int chip = 0; chip < chipCount; ++chip) {
        auto *button = new ToggleChip(QString(), chips);
        button->setToolTip(tr("Left and right in the list go through these"));
        connect(button, &QPushButton::clicked, this, [this, chip] { showOnly(reasonOf(chip)); });
        m_chips.append(button);
        flow->addWidget(button);
    }
    auto *layout = new QVBoxLayout(head);
    layout->setContentsMargins(RecordHeader::edgePadding, Space::medium, RecordHeader::edgePadding,
                               Space::medium);
    layout->setSpacing(Space::small);
    layout->addWidget(title);
    layout->addWidget(m_summary);
    layout->addWidget(chips);
    return head;
}

void WorkPane::focusFirst()
{
    m_list->setFocus(Qt::OtherFocusReason);
}

void WorkPane::showOnly(std::optional<WorkReason> reason)
{
    m_model.setOnly(reason);
    showModel(); // also when it is the same, since a click has switched the chip
    m_list->scrollToTop();
    m_list->setCurrentIndex(m_model.index(0));
}

void WorkPane::showModel()
{
    const QLocale locale;
    for (int chip = 0; chip < chipCount; ++chip) {
        const auto reason = reasonOf(chip);
        const qint64 count = reason ? m_model.count(*reason) : m_model.total();
        ToggleChip &button = *m_chips[chip];
        button.setText(tr("%1 · %2", "a reason, and how often there is")
                           .arg(reason ? reasonText(*reason) : tr("All"), locale.toString(count)));
        button.setChecked(reason == m_model.only());
        button.setActive(reason == m_model.only());
        button.setVisible(!reason || count > 0 || reason == m_model.only());
        button.updateGeometry();
    }
    const qint64 asked = m_model.only() ? m_model.count(*m_model.only()) : m_model.total();
    const qint64 rest = asked - m_model.rowCount();
    m_summary->setText(tr("The most urgent first, and what has waited longest. Enter opens it."));
    m_rest->setText(rest > 0 ? tr("%1 more wait less long than these.", nullptr, static_cast<int>(rest))
                                   .arg(locale.toString(rest))
                             : QString());
    m_rest->setVisible(rest > 0);
    if (!m_list->currentIndex().isValid())
        m_list->setCurrentIndex(m_model.index(0));
    showState();
}

void WorkPane::showState()
{
    const bool filling = m_context.freshness.status().mode == SyncStatus::Mode::Filling;
    if (!m_model.errorText().isEmpty() && !m_model.isKnown())
        m_state->tell(Icons::Icon::Warning, tr("What needs you cannot be read"), m_model.errorText());
    else if (!m_model.isKnown() || m_model.rowCount() > 0)
        m_state->dismiss();
    else if (m_model.only())
        m_state->tell(Icons::Icon::Filter, tr("None of these"),
                      tr("Other things need you; they are filtered out."), tr("Show everything"));
    else if (filling)
        m_state->tell(Icons::Icon::Check, tr("Your records are on their way"),
                      tr("What needs you stands here once they have been copied to this computer."));
    else
        m_state->tell(Icons::Icon::Check, tr("Nothing needs you"),
                      tr("Returns to decide, refused changes, orders on hold and late shipments appear here "
                         "the moment there are any."));
}

void WorkPane::open(bool inOwnWindow)
{
    const int row = m_list->currentIndex().row();
    if (const QString entry = m_model.entryAt(row); !entry.isEmpty())
        Q_EMIT entryWanted(entry);
    else if (const RecordRef ref = m_model.refAt(row); !ref.isNull())
        Q_EMIT opened(ref, inOwnWindow);
}

void WorkPane::step(int by)
{
    int at = m_model.only() ? static_cast<int>(*m_model.only()) + 1 : 0;
    do {
        at = (at + by + chipCount) % chipCount;
    } while (m_chips[at]->isHidden());
    showOnly(reasonOf(at));
}

bool WorkPane::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_list || event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto &key = *static_cast<QKeyEvent *>(event);
    switch (key.key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        open(key.modifiers().testFlag(Qt::ControlModifier));
        return true;
    case Qt::Key_Left:
    case Qt::Key_Right: {
        const bool on = (key.key() == Qt::Key_Right) != (layoutDirection() == Qt::RightToLeft);
        step(on ? 1 : -1);
        return true;
    }
    default:
        return false;
    }
}

void WorkPane::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), Tokens::of(palette()).panel);
}

} // namespace Counterfoil
