#include "selectable.h"

#include <QEvent>
#include <QLabel>

namespace Counterfoil {

namespace {

class Pointed final : public QObject
{
    Q_OBJECT
public:
    explicit Pointed(QLabel &label)
        : QObject(&label)
        , m_label(label)
    {
        label.installEventFilter(this);
    }

    bool eventFilter(QObject *watched, QEvent *event) override
    {
        // Scrolled under the pointer, or touched, it is pressed without having been entered.
        const bool pressed = event->type() == QEvent::MouseButtonPress
            || event->type() == QEvent::MouseButtonDblClick || event->type() == QEvent::ContextMenu;
        if (pressed || event->type() == QEvent::Enter) {
            m_label.setTextInteractionFlags(Qt::TextSelectableByMouse);
            m_label.removeEventFilter(this);
            deleteLater();
        }
        if (pressed)
            m_label.setFocus(Qt::MouseFocusReason);
        return QObject::eventFilter(watched, event);
    }

private:
    QLabel &m_label;
};

} // namespace

void makeSelectable(QLabel &label)
{
    new Pointed(label);
}

} // namespace Counterfoil

#include "selectable.moc"
