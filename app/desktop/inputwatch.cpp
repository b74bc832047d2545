#include "inputwatch.h"

#include <QEvent>

namespace Counterfoil {

InputWatch::InputWatch(QObject &application, QObject *parent)
    : QObject(parent)
{
    application.installEventFilter(this);
}

bool InputWatch::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::KeyPress:
    case QEvent::MouseButtonPress:
    case QEvent::Wheel:
    case QEvent::TouchBegin:
        Q_EMIT acted();
        break;
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace Counterfoil
