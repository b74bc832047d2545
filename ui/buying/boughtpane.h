#pragma once

#include "boughtmodel.h"
#include "panecontext.h"
#include "recordref.h"

#include <QKeySequence>
#include <QSet>
#include <QWidget>

#include <functional>

class QAction;
class QLabel;
class QSettings;
class QSplitter;

namespace Counterfoil {

class Actions;
class BoughtDetail;
class Calendars;
class ChoiceField;
enum class ReorderBy;
class RecordView;
class SearchField;
class StatePanel;
class ToggleChip;

// What the account bought before, with last price, usual quantity and what is due again; beside it the item
// chosen with its orders.
class BoughtPane final : public QWidget
{
    Q_OBJECT
public:
    static constexpr int restDays = 14;   // for which an item that is due is not suggested when told so
    static constexpr int restsMost = 500; // remembered, the last to end

    explicit BoughtPane(const PaneContext &context, QWidget *parent = nullptr);

    // Empty: all that the person sees. `calendarOf`: the account whose calendar says what day it is.
    void setAccounts(const std::vector<std::string> &accounts, const std::string &calendarOf);
    void focusFirst();
    void focusFilter();
    void clearFilters();
    void showDueOnly(bool only);
    void select(const QString &key);
    void addActions(Actions &actions); // once
    void addReorderButton(QAction *reorder);

    void saveTo(QSettings &settings) const;
    void restoreFrom(const QSettings &settings);

    BoughtModel &model() const { return *m_model; }
    RecordView &view() const { return *m_view; }
    BoughtDetail &detail() const { return *m_detail; }
    SearchField &filter() const { return *m_filter; }
    ChoiceField &quantities() const { return *m_quantities; }
    ReorderBy reorderBy() const;
    std::vector<BoughtItem> chosen() const; // the rows selected, from the top

Q_SIGNALS:
    void orderChosen(const Counterfoil::RecordRef &order);
    void accountChoiceWanted(); // there are several, and none is chosen

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *buildList();
    void connectAll();
    QAction *addAction(const char *id, const QString &text, const QList<QKeySequence> &keys,
                       std::function<void()> run);
    void requery();
    void keepPlace(); // before the rows are reset
    void findPlace();
    void selectAgain();
    void showAll();
    void showState();
    void showFoot();
    void showChosen();
    void rest();
    int restingDays(const BoughtItem &item) const;
    void sortBy(int column, Qt::SortOrder order);
    void fitColumns();
    void openLastOrder();
    Date today() const;

    const PaneContext m_context;
    Calendars *m_calendars;
    BoughtModel *m_model;
    SearchField *m_filter;
    ToggleChip *m_due;
    ChoiceField *m_quantities; // in which they are ordered again
    RecordView *m_view;
    StatePanel *m_state;
    QLabel *m_foot;
    BoughtDetail *m_detail;
    QSplitter *m_splitter;
    QAction *m_lastOrder = nullptr;
    QAction *m_rest = nullptr;
    std::string m_calendarOf;
    QString m_key;            // of the current row
    QSet<QString> m_selected; // while the rows are reset
    int m_scrolled = 0;
    int m_sortColumn = BoughtModel::LastBought;
    bool m_descending = true;
    std::map<QString, Date> m_resting;
    struct PaneAction
    {
        QString id;
        QAction *action;
    };
    QList<PaneAction> m_actions;
};

} // namespace Counterfoil
