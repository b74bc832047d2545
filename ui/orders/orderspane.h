#pragma once

#include "recordlistmodel.h"

#include <QPointer>
#include <QWidget>

class QLabel;
class QProgressBar;
class QSettings;

namespace Counterfoil {

class Freshness;
class OrderFilterBar;
class Popover;
class Pill;
class RecordFilterOptions;
class RecordView;
class StatePanel;

// The list of orders with its filters and its foot.
class OrdersPane final : public QWidget
{
    Q_OBJECT
public:
    OrdersPane(CacheReaders &readers, const RecordFilterOptions &options, const Freshness &freshness,
               const Clock &clock, bool showPrices, QWidget *parent = nullptr);

    void setAccounts(const std::vector<std::string> &accounts); // empty: all that the person sees
    void focusFilter();
    void focusList();
    void clearFilters();
    void chooseColumns();
    void setCompact(bool compact);
    bool isCompact() const;

    QString currentKey() const;
    void select(const QString &key); // selects its row once the list has it

    // Widths, order and choice of columns, sort and density.
    void saveTo(QSettings &settings) const;
    void restoreFrom(const QSettings &settings);
    void resetLayout();

    RecordView &view() const { return *m_view; }
    RecordListModel &model() const { return *m_model; }

Q_SIGNALS:
    void currentChanged(const QString &key);
    void opened(const QString &key); // Enter or a double click

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void requery();
    void setUpView();
    void noteReset();
    void restoreSelection();
    void showTotals();
    void showState();
    void showFilling();
    void fillColumnsCard(QWidget *content);
    void sortBy(int column, Qt::SortOrder order);
    void placeOverlays();
    void fitColumns();
    void setColumnShown(int column, bool shown);

    const RecordFilterOptions &m_options;
    const Freshness &m_freshness;
    RecordListModel *m_model;
    OrderFilterBar *m_filters;
    RecordView *m_view;
    QProgressBar *m_filling;
    Pill *m_above;
    StatePanel *m_state;
    QLabel *m_count;
    QLabel *m_sum;
    QPointer<Popover> m_columnsCard;
    QString m_currentKey;
    QString m_error;
    std::vector<std::string> m_accounts;
    bool m_fitsItself = true; // the columns follow the width, until the person changes one
    bool m_fitting = false;
    bool m_answered = false; // the model has shown what the present query finds
};

} // namespace Counterfoil
