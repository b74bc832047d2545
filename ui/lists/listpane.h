#pragma once

#include "listdescription.h"
#include "panecontext.h"
#include "recordlistmodel.h"

#include <QPointer>
#include <QWidget>

class QProgressBar;
class QSettings;
class QVBoxLayout;

namespace Counterfoil {

class Calendars;
class ListFilterBar;
class ListFoot;
class ListSelection;
class Popover;
class RecordFilterOptions;
class RecordView;
class RowNotes;
class StatePanel;

// The list of one kind of record with its filters and its foot. What tells one list from another is in
// its description.
class ListPane final : public QWidget
{
    Q_OBJECT
public:
    ListPane(const PaneContext &context, const ListDescription &description, QWidget *parent = nullptr);
    ~ListPane() override;

    const ListDescription &description() const { return m_description; }
    // Empty: all that the person sees. `calendarOf`: the account whose calendar says what day it is.
    void setAccounts(const std::vector<std::string> &accounts, const std::string &calendarOf);
    const std::vector<std::string> &accounts() const { return m_accounts; }
    const std::string &calendarOf() const { return m_calendarOf; }
    Date today() const; // in that calendar
    void focusFilter();
    void focusList();
    void clearFilters();
    void chooseColumns();
    void setCompact(bool compact);
    bool isCompact() const;

    QString currentKey() const { return m_currentKey; }
    const ListSelection &selection() const { return *m_selection; }
    void select(const QString &key); // selects its row once the list has it

    // Widths, order and choice of columns, sort and density, under the description's id.
    void saveTo(QSettings &settings) const;
    void restoreFrom(const QSettings &settings);
    void resetLayout();

    // Stands between the filters and the rows, such as a chart of what the list holds.
    void setChart(QWidget *chart);

    RowNotes *notes() const { return m_notes; } // nullptr: there are none
    ListFilterBar &filters() const { return *m_filters; }
    RecordView &view() const { return *m_view; }
    RecordListModel &model() const { return *m_model; }

Q_SIGNALS:
    void currentChanged(const QString &key);
    void opened(const QString &key); // Enter or a double click
    void accountsChanged();
    void selectionCut(int rows); // there were more to select than may be at once

protected:
    void changeEvent(QEvent *event) override;

private:
    void build();
    void setUpView();
    void connectAll();
    void requery();
    void noteReset();
    void restoreSelection();
    void noteTotals();
    void showState();
    void tellNoMatch();
    void showFilling();
    void fillColumnsCard(QWidget *content);
    void sortBy(int column, Qt::SortOrder order);
    void placeOverlays();
    void fitColumns();
    void showTextColumns();
    bool hasRoomNow(const ColumnRoom &room) const;
    void setColumnShown(int column, bool shown);
    QString settingsKey(const char *name) const;

    const ListDescription m_description;
    const PaneContext m_context;
    Calendars *m_calendars;
    RecordFilterOptions *m_options;
    RecordListModel *m_model;
    RowNotes *m_notes = nullptr; // of lists that have some
    ListFilterBar *m_filters;
    RecordView *m_view;
    QVBoxLayout *m_layout = nullptr;
    QProgressBar *m_filling;
    StatePanel *m_state;
    ListFoot *m_foot;
    ListSelection *m_selection = nullptr;
    QPointer<Popover> m_columnsCard;
    QString m_currentKey;
    QString m_error;
    std::vector<std::string> m_accounts;
    std::string m_calendarOf;
    bool m_fitsItself = true; // the columns follow the width, until the person changes one
    bool m_fitting = false;
    bool m_answered = false; // the model has shown what the present query finds
};

} // namespace Counterfoil
