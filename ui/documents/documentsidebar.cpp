#include "documentsidebar.h"

#include "actionbutton.h"
#include "tokens.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QStackedWidget>

#include <algorithm>

namespace Counterfoil {

namespace {

constexpr int leastWidth = 150; // pixels, of a part that grows
constexpr int mostWidth = 300;
constexpr int share = 38; // per cent

} // namespace

DocumentSidebar::DocumentSidebar(QWidget *parent)
    : QWidget(parent)
    , m_buttons(new QWidget(this))
    , m_stack(new QStackedWidget(this))
{
    auto *buttons = new QHBoxLayout(m_buttons);
    buttons->setContentsMargins(Space::unit, Space::unit, Space::unit, Space::unit);
    buttons->setSpacing(2);
    buttons->addStretch(1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 1, 0);
    layout->setSpacing(0);
    layout->addWidget(m_buttons);
    layout->addWidget(m_stack, 1);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    parent->installEventFilter(this);
    hide();
}

void DocumentSidebar::addPart(QWidget *part, QAction *shows, bool grows)
{
    m_parts.append({part, shows, grows});
    m_stack->addWidget(part);
    auto *row = static_cast<QHBoxLayout *>(m_buttons->layout());
    row->insertWidget(row->count() - 1, buttonFor(shows, m_buttons));
}

void DocumentSidebar::showPart(QWidget *part)
{
    if (part)
        m_stack->setCurrentWidget(part);
    setVisible(part != nullptr);
    for (const Part &one : std::as_const(m_parts))
        one.action->setChecked(one.widget == part);
    fitWidth();
}

QWidget *DocumentSidebar::shownPart() const
{
    return isHidden() ? nullptr : m_stack->currentWidget();
}

void DocumentSidebar::fitWidth()
{
    const QWidget *part = m_stack->currentWidget();
    const auto found = std::ranges::find(m_parts, part, &Part::widget);
    if (found == m_parts.end())
        return;
    const int room = parentWidget()->width() * share / 100;
    setFixedWidth(1 + (found->grows ? std::clamp(room, leastWidth, mostWidth) : part->minimumWidth()));
}

bool DocumentSidebar::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == parent() && event->type() == QEvent::Resize)
        fitWidth();
    return QWidget::eventFilter(watched, event);
}

void DocumentSidebar::paintEvent(QPaintEvent *)
{
    const Tokens &t = Tokens::of(palette());
    QPainter painter(this);
    painter.fillRect(rect(), t.ground);
    painter.fillRect(QRect(width() - 1, 0, 1, height()), t.line);
}

} // namespace Counterfoil
