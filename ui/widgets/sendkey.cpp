#include "sendkey.h"

#include <QKeyEvent>
#include <QWidget>

#include <utility>

namespace Counterfoil {

SendKey::SendKey(QWidget &field, std::function<void()> send)
    : QObject(&field)
    , m_send(std::move(send))
{
    field.installEventFilter(this);
}

bool SendKey::eventFilter(QObject *watched, QEvent *event)
{
    const bool press = event->type() == QEvent::KeyPress;
    if (press || event->type() == QEvent::ShortcutOverride) {
        auto &key = *static_cast<QKeyEvent *>(event);
        const bool enter = key.key() == Qt::Key_Return || key.key() == Qt::Key_Enter;
        if (enter && key.modifiers().testFlag(Qt::ControlModifier)) {
            key.accept();
            if (press)
                m_send();
            return true;
        }
    }
    return QObject::eventFilter(watched, event);
}

} // namespace Counterfoil
