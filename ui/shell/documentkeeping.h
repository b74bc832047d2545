#pragma once

#include "documentport.h"

#include <QObject>
#include <QPointer>

class QAbstractItemModel;
class QSettings;

namespace Counterfoil {

class Actions;
class KeepingSheet;
class SyncPort;

// What one person decided about the documents on this computer: kept with the window's layout, told to
// whoever fetches them, and changed in a sheet.
class DocumentKeeping final : public QObject
{
    Q_OBJECT
public:
    // `accounts` says whose there may be; AccountListModel. All must outlive it. `window`: of the sheet.
    DocumentKeeping(DocumentPort &documents, const SyncPort &sync, const QAbstractItemModel &accounts,
                    QSettings &settings, QWidget &window);

    void addActions(Actions &actions);
    void openSheet();
    const DocumentPort::Ahead &ahead() const { return m_ahead; }

private:
    void load();
    void use(const DocumentPort::Ahead &ahead);
    void forget(const QStringList &accounts);

    DocumentPort &m_documents;
    const QAbstractItemModel &m_accounts;
    QSettings &m_settings;
    QWidget &m_window;
    DocumentPort::Ahead m_ahead;
    QPointer<KeepingSheet> m_sheet;
};

} // namespace Counterfoil
