#include "linkactions.h"

#include "actions.h"
#include "detailpane.h"
#include "linksbar.h"

#include <QAction>

namespace Counterfoil {

LinkActions::LinkActions(Actions &actions, const QString &group, std::function<DetailPane *()> shown)
    : QObject(&actions)
    , m_shown(std::move(shown))
{
    for (int digit = 1; digit <= LinksBar::mostKeys; ++digit) {
        const QKeySequence key(Qt::ALT | static_cast<Qt::Key>(Qt::Key_0 + digit));
        m_actions.append(actions.add(QStringLiteral("link.%1").arg(digit), group, {}, {key}, [this, digit] {
            if (DetailPane *pane = m_shown())
                pane->goToLink(digit - 1);
        }));
    }
    refresh();
}

void LinkActions::refresh()
{
    const DetailPane *pane = m_shown();
    for (qsizetype i = 0; i < m_actions.size(); ++i) {
        const bool leads = pane && i < pane->links().size();
        m_actions[i]->setEnabled(leads);
        if (leads)
            m_actions[i]->setText(tr("Go to %1 %2", "kind and number of a record")
                                      .arg(pane->links()[i].kindName, pane->links()[i].number));
        else
            m_actions[i]->setText(tr("Go to linked record %1").arg(i + 1));
    }
}

} // namespace Counterfoil
