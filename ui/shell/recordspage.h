#pragma once

#include "recordplace.h"
#include "recordref.h"

#include <QMainWindow>

class QDockWidget;
class QSettings;

namespace Counterfoil {

class ListPane;

// One kind's place in the window: its list, and the detail of the row chosen, docked beside each other as
// the person likes it.
class RecordsPage final : public QMainWindow
{
    Q_OBJECT
public:
    RecordsPage(const RecordPlace &place, const PaneContext &context, QWidget *parent);

    const RecordPlace &place() const { return m_place; }
    ListPane &list() const { return *m_list; }
    DetailPane &detail() const { return *m_detail; }

    void showRecord(const QString &key); // in the list, if it has it, and in the detail
    void focusDetail();                  // shows it, if need be
    bool isDetailShown() const;
    void toggleDetail();
    void toggleFloating();
    void toggleSide(); // nothing for a place without one

    void saveTo(QSettings &settings) const;
    void restoreFrom(QSettings &settings); // once the page has its width
    void resetLayout();

Q_SIGNALS:
    void visited(const Counterfoil::RecordRef &ref); // another record is shown
    void ownWindowWanted(const Counterfoil::RecordRef &ref);
    void linkChosen(const Counterfoil::RecordRef &ref, bool inOwnWindow);
    void linksChanged();

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Shares // of the width, in pixels
    {
        int side = 0; // hidden
        int list = 0;
        int detail = 0;
    };

    void addSide(QWidget &side);
    Shares shares() const;
    void shareWidth();

    const RecordPlace m_place;
    ListPane *m_list;
    DetailPane *m_detail;
    QDockWidget *m_listDock;
    QDockWidget *m_detailDock;
    QDockWidget *m_sideDock = nullptr;
    int m_digit; // as wide as one was when the width was shared
};

} // namespace Counterfoil
