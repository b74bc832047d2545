#include "recordwindow.h"

#include "actions.h"
#include "chosenrows.h"
#include "copyaction.h"
#include "detailpane.h"
#include "keysheet.h"
#include "linkactions.h"
#include "outgoingactions.h"

#include <QVBoxLayout>

namespace Counterfoil {

namespace {

constexpr QSize firstSize(760, 820);

} // namespace

RecordWindow::RecordWindow(const RecordPlace &place, const PaneContext &context, const QString &key,
                           OutgoingDesk *outgoing, QWidget *parent)
    : QWidget(parent, Qt::Window)
    , m_actions(new Actions(*this))
    , m_pane(place.detail(context, this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(m_pane->accessibleName());
    resize(firstSize);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_pane->heading());
    layout->addWidget(m_pane, 1);
    connect(m_pane, &DetailPane::titleChanged, this, [this](const QString &number) {
        setWindowTitle(tr("%1 %2", "kind and number of a record").arg(m_pane->accessibleName(), number));
    });
    connect(m_pane, &DetailPane::linkChosen, this, &RecordWindow::linkChosen);
    addActions(outgoing);
    m_pane->setKey(key);
}

RecordRef RecordWindow::ref() const
{
    return m_pane->ref();
}

void RecordWindow::addActions(OutgoingDesk *outgoing)
{
    const QString record = tr("Record");
    const QString window = tr("Window");
    addCopyAction(*m_actions, *this, record);
    if (outgoing)
        addOutgoingActions(*m_actions, *outgoing, *this, [this] { return chosenRows(*this, *m_pane); });
    m_pane->addActions(*m_actions);
    m_actions->add(QStringLiteral("record.copyNumber"), record, tr("Copy the number"),
                   {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C)}, [this] { m_pane->copyNumber(); });
    auto *links = new LinkActions(*m_actions, record, [this] { return m_pane; });
    connect(m_pane, &DetailPane::linksChanged, links, &LinkActions::refresh);
    m_actions->add(QStringLiteral("window.close"), window, tr("Close the window"),
                   {QKeySequence(Qt::CTRL | Qt::Key_W), QKeySequence(Qt::Key_Escape)}, [this] { close(); });
    m_actions->add(QStringLiteral("help.keys"), window, tr("Show all keys"), {QKeySequence(Qt::Key_F1)},
                   [this] {
                       auto *sheet = new KeySheet(this, *m_actions);
                       sheet->open();
                   });
}

} // namespace Counterfoil
