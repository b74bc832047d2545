// The tour's stops where documents leave: the sheets, and a batch under way.

#include "tour.h"

#include "desktop.h"
#include "folderfield.h"
#include "invoice.h"
#include "listpane.h"
#include "outgoingdesk.h"
#include "packsheet.h"
#include "recordspage.h"
#include "workspace.h"

#include <QDir>
#include <QTemporaryDir>

namespace Counterfoil {

void Tour::outgoingStops()
{
    constexpr int rows = 12;
    show(Invoice::type);
    m_driver.workspace()->page(Invoice::type)->list().focusList();
    for (int row = 1; row < rows; ++row)
        m_driver.press(Qt::Key_Down, Qt::ShiftModifier);
    m_driver.act(QStringLiteral("outgoing.save"));
    m_driver.picture(QStringLiteral("save"));
    m_driver.press(Qt::Key_Escape);
    m_driver.act(QStringLiteral("outgoing.print"));
    m_driver.picture(QStringLiteral("print"));
    m_driver.press(Qt::Key_Escape);
    m_driver.desktop().theme().setScheme(Theme::Scheme::Dark);
    m_driver.act(QStringLiteral("outgoing.names"));
    m_driver.picture(QStringLiteral("names-dark"));
    m_driver.press(Qt::Key_Escape);
    m_driver.act(QStringLiteral("outgoing.pack"));
    m_driver.picture(QStringLiteral("pack-dark"));
    m_driver.press(Qt::Key_Escape);
    m_driver.desktop().theme().setScheme(Theme::Scheme::Light);
    // A folder that is not there shows what a batch says of what fails.
    auto *desk = m_driver.workspace()->findChild<OutgoingDesk *>();
    m_driver.act(QStringLiteral("outgoing.save"));
    m_driver.press(Qt::Key_A, Qt::ControlModifier);
    m_driver.type(QStringLiteral("/a folder that is gone"));
    m_driver.press(Qt::Key_Return);
    m_driver.waitUntil("the batch is over", [desk] { return desk->batch() && !desk->isBusy(); });
    m_driver.picture(QStringLiteral("save-failed"));
    const QTemporaryDir folder;
    m_driver.act(QStringLiteral("outgoing.pack"));
    for (const PackSheet *sheet : m_driver.desktop().window()->findChildren<PackSheet *>()) {
        if (sheet->isVisible())
            sheet->findChild<FolderField *>()->setFolder(folder.path());
    }
    m_driver.press(Qt::Key_Return, Qt::ControlModifier);
    m_driver.waitUntil("the pack is there",
                       [desk, &folder] { return !desk->isBusy() && !QDir(folder.path()).isEmpty(); });
    m_driver.picture(QStringLiteral("packed"));
}

} // namespace Counterfoil
