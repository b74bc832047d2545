#include "actionbutton.h"

#include "style.h"

#include <QAction>
#include <QPushButton>

namespace Counterfoil {

QPushButton *buttonFor(QAction *action, QWidget *parent)
{
    auto *button = new QPushButton(parent);
    button->setIcon(action->icon());
    button->setFocusPolicy(Qt::TabFocus);
    setLook(*button, ButtonLook::Quiet);
    const auto follow = [button, action] {
        button->setEnabled(action->isEnabled());
        button->setCheckable(action->isCheckable());
        button->setChecked(action->isChecked());
        button->setToolTip(action->toolTip());
        button->setAccessibleName(action->text());
    };
    follow();
    QObject::connect(action, &QAction::changed, button, follow);
    QObject::connect(button, &QPushButton::clicked, action, [button, action] {
        action->trigger();
        button->setChecked(action->isChecked());
    });
    return button;
}

} // namespace Counterfoil
