#pragma once

#include "panecontext.h"
#include "recordplace.h"
#include "recordref.h"
#include "recordwindow.h"

#include <QObject>
#include <QPointer>

class QSettings;

namespace Counterfoil {

class RecordWindow;

// The records that are open in windows of their own: each once, at most so many, and where they were
// when the profile is opened again. Owns the windows.
class RecordWindows final : public QObject
{
    Q_OBJECT
public:
    static constexpr int most = 16;

    RecordWindows(const PaneContext &context, const QList<RecordPlace> &places, QObject *parent = nullptr);
    ~RecordWindows() override;

    void setDesks(const RecordDesks &desks) { m_desks = desks; } // of windows that are opened from now on

    // Comes forward when it is open already. False: too many are open, or its kind has no pane.
    bool open(const RecordRef &ref);

    void saveTo(QSettings &settings) const;
    void restoreFrom(QSettings &settings);

Q_SIGNALS:
    void linkChosen(const Counterfoil::RecordRef &ref, bool inOwnWindow);

private:
    RecordWindow *find(const RecordRef &ref) const;

    const PaneContext m_context;
    const QList<RecordPlace> m_places;
    RecordDesks m_desks;
    QList<QPointer<RecordWindow>> m_windows;
};

} // namespace Counterfoil
