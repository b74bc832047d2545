#include "linesedit.h"

#include "style.h"
#include "tokens.h"

#include <QKeyEvent>
#include <QPainter>

namespace Counterfoil {

LinesEdit::LinesEdit(int lines, QWidget *parent)
    : QPlainTextEdit(parent)
    , m_lines(lines)
{
    setFrameShape(QFrame::NoFrame);
    setTabChangesFocus(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    viewport()->setAutoFillBackground(false);
    document()->setDocumentMargin(Space::small);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    fit();
}

void LinesEdit::setWrong(bool wrong)
{
    m_wrong = wrong;
    viewport()->update();
}

void LinesEdit::fit()
{
    setFixedHeight(fontMetrics().lineSpacing() * m_lines + 2 * Space::small + 2);
}

void LinesEdit::paintEvent(QPaintEvent *event)
{
    {
        const Tokens &t = Tokens::of(palette());
        QPainter painter(viewport());
        const bool focused = hasFocus();
        paintBox(painter, viewport()->rect(), Radius::control, focused ? t.panel : t.field,
                 m_wrong ? t.bad.text : t.edge);
        if (focused)
            paintFocusRing(painter, viewport()->rect(), Radius::control, t.accent);
    }
    QPlainTextEdit::paintEvent(event);
}

void LinesEdit::focusInEvent(QFocusEvent *event)
{
    QPlainTextEdit::focusInEvent(event);
    viewport()->update();
}

void LinesEdit::focusOutEvent(QFocusEvent *event)
{
    QPlainTextEdit::focusOutEvent(event);
    viewport()->update();
}

void LinesEdit::keyPressEvent(QKeyEvent *event)
{
    // Ctrl+Enter and Esc mean the form.
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (event->key() == Qt::Key_Escape || (enter && (event->modifiers() & Qt::ControlModifier)))
        event->ignore();
    else
        QPlainTextEdit::keyPressEvent(event);
}

void LinesEdit::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        fit();
}

} // namespace Counterfoil
