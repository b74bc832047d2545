// What of a window is about returns, and what needs a person.

#include "workspace.h"

#include "actions.h"
#include "attachmentport.h"
#include "filewindows.h"
#include "listpane.h"
#include "orderdetailpane.h"
#include "outboxcorner.h"
#include "rail.h"
#include "recordspage.h"
#include "return.h"
#include "returndesk.h"
#include "returndetailpane.h"
#include "returnwords.h"
#include "syncport.h"
#include "workmodel.h"
#include "workpane.h"

#include <QLocale>
#include <QPushButton>
#include <QStackedWidget>

#include <algorithm>

namespace Counterfoil {

QWidget *Workspace::makeWorkPane()
{
    auto *pane = new WorkPane(m_context, *m_needs, m_stack);
    connect(pane, &WorkPane::opened, this, &Workspace::openRecord);
    connect(pane, &WorkPane::entryWanted, m_outbox, &OutboxCorner::decide);
    return pane;
}

void Workspace::showNeeds()
{
    const auto pane = std::ranges::find(m_panes, QLatin1String("work"), &Pane::id);
    const qint64 count = m_needs->total();
    const QString number = QLocale().toString(count);
    pane->item->setCount(count > 0 ? number : QString(),
                         tr("%1 things need you", nullptr, static_cast<int>(count)).arg(number));
}

void Workspace::addReturnActions()
{
    connect(&m_profile.sync, &SyncPort::scopeChanged, m_returnDesk, &ReturnDesk::forget);
    connect(m_returnDesk, &ReturnDesk::paperOpened, m_files, &FileWindows::open);
    if (m_profile.attachments)
        connect(m_profile.attachments, &AttachmentPort::gone, m_files, &FileWindows::closeBelow);
    if (!m_returnDesk->mayRequest())
        return;
    followEnds(Return::type,
               [this](const AnyRecord &record) { return endOf(*record.as<Return>(), m_profile.person); });
    m_actions->add(QStringLiteral("return.request"), tr("Returns"), tr("Return something of what is shown"),
                   {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_N)}, [this] { requestReturn(); });
}

void Workspace::requestReturn()
{
    const RecordsPage *page = currentPage();
    if (!page || !ReturnDesk::isReturnable(page->place().kind) || page->detail().key().isEmpty())
        return tell(tr("Choose an order, a shipment or an invoice to return something of it."));
    const auto *order = qobject_cast<OrderDetailPane *>(&page->detail());
    m_returnDesk->request(page->detail().ref(), order ? order->chosenLines() : std::set<std::int64_t>(),
                          this);
}

void Workspace::joinReturns(RecordsPage &page)
{
    if (auto *pane = qobject_cast<ReturnDetailPane *>(&page.detail()))
        m_returnDesk->join(*pane);
    if (!ReturnDesk::isReturnable(page.place().kind) || !m_returnDesk->mayRequest())
        return;
    auto *button = new QPushButton(tr("Return…"));
    button->setToolTip(tr("Asks for a return of something of it (Ctrl+Shift+N)"));
    connect(button, &QPushButton::clicked, this, &Workspace::requestReturn);
    page.detail().addHeadingButton(button);
}

} // namespace Counterfoil
