#include "sheet.h"

#include "style.h"
#include "tokens.h"
#include "type.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

#include "icons.h"

namespace Counterfoil {

Sheet::Sheet(QWidget *window, const QString &title, QWidget *content)
    : QWidget(window)
    , m_card(new QWidget(this))
{
    setAccessibleName(title);
    setFocusPolicy(Qt::StrongFocus);
    auto *heading = new QLabel(title, m_card);
    Type::set(*heading, Type::Role::Title);
    auto *close = new QPushButton(m_card);
    close->setIcon(Icons::icon(Icons::Icon::Close));
    close->setToolTip(tr("Close (Esc)"));
    close->setAccessibleName(tr("Close"));
    setLook(*close, ButtonLook::Quiet);
    connect(close, &QPushButton::clicked, this, &Sheet::dismiss);
    auto *top = new QHBoxLayout;
    top->addWidget(heading, 1);
    top->addWidget(close);
    auto *inside = new QVBoxLayout(m_card);
    inside->setContentsMargins(Space::huge, Space::large, Space::large, Space::huge);
    inside->setSpacing(Space::medium);
    inside->addLayout(top);
    inside->addWidget(content, 1);
    auto *outside = new QVBoxLayout(this);
    outside->setContentsMargins(Space::huge, Space::huge, Space::huge, Space::huge);
    outside->addWidget(m_card, 0, Qt::AlignCenter);
    window->installEventFilter(this);
    hide();
}

void Sheet::open()
{
    m_focusBefore = QApplication::focusWidget();
    setGeometry(parentWidget()->rect());
    show();
    raise();
    setFocus(Qt::PopupFocusReason);
}

void Sheet::dismiss()
{
    hide();
    if (m_focusBefore)
        m_focusBefore->setFocus(Qt::PopupFocusReason);
}

bool Sheet::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize)
        setGeometry(parentWidget()->rect());
    return QWidget::eventFilter(watched, event);
}

// Enter and Esc, with whatever else is held down, mean the sheet and nothing behind it; nor do keys that are
// a character, which the panes behind take for deeds.
bool Sheet::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        const auto &pressed = *static_cast<QKeyEvent *>(event);
        const int key = pressed.key();
        const bool isCharacter = !(pressed.modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier))
            && !pressed.text().isEmpty() && pressed.text().front().isPrint();
        if (key == Qt::Key_Escape || key == Qt::Key_Return || key == Qt::Key_Enter || isCharacter) {
            event->accept();
            return true;
        }
    }
    return QWidget::event(event);
}

void Sheet::paintEvent(QPaintEvent *)
{
    const Tokens &t = Tokens::of(palette());
    QPainter painter(this);
    painter.fillRect(rect(), QColor(0, 0, 0, t.dark ? 120 : 70));
    paintShadow(painter, m_card->geometry(), Radius::card, t.shadow, 16);
    paintBox(painter, m_card->geometry(), Radius::card, t.raised, t.edge);
}

void Sheet::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape || event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        dismiss();
    else
        QWidget::keyPressEvent(event);
}

void Sheet::mousePressEvent(QMouseEvent *event)
{
    if (!m_card->geometry().contains(event->position().toPoint()))
        dismiss();
}

bool Sheet::focusNextPrevChild(bool next)
{
    // The focus stays inside while the sheet is open.
    QWidget *from = QApplication::focusWidget();
    if (!from || !isAncestorOf(from))
        from = this;
    QWidget *candidate = next ? from->nextInFocusChain() : from->previousInFocusChain();
    while (candidate != from) {
        const bool takesTab = (candidate->focusPolicy() & Qt::TabFocus) == Qt::TabFocus;
        if (isAncestorOf(candidate) && takesTab && candidate->isVisible() && candidate->isEnabled()) {
            candidate->setFocus(next ? Qt::TabFocusReason : Qt::BacktabFocusReason);
            return true;
        }
        candidate = next ? candidate->nextInFocusChain() : candidate->previousInFocusChain();
    }
    return true;
}

} // namespace Counterfoil
