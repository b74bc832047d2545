#pragma once

#include <QList>
#include <QObject>

#include <functional>

class QAction;

namespace Counterfoil {

class Actions;
class DetailPane;

// Alt+1 to Alt+9: to what the record shown leads to. Each is in the palette under the name of where it
// goes now, and is off while it leads nowhere.
class LinkActions final : public QObject
{
    Q_OBJECT
public:
    // `shown` gives the detail whose links are meant; nullptr while there is none.
    LinkActions(Actions &actions, const QString &group, std::function<DetailPane *()> shown);

    void refresh(); // other links, or another detail

private:
    std::function<DetailPane *()> m_shown;
    QList<QAction *> m_actions;
};

} // namespace Counterfoil
