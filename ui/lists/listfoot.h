#pragma once

#include "recordlistmodel.h"

#include <QWidget>

class QLabel;

namespace Counterfoil {

struct ListDescription;
class Pill;

// The line below a list: how many rows its query finds and what that leaves out, what is open of them, and
// how many new ones wait above the visible rows.
class ListFoot final : public QWidget
{
    Q_OBJECT
public:
    // Both must outlive it.
    ListFoot(const ListDescription &description, const RecordListModel &model, bool showPrices,
             QWidget *parent);

    void showRowsAbove(int rows);
    void showSelected(const QString &words); // in place of what the list holds; empty: none are

Q_SIGNALS:
    void topWanted();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void show();
    void showSum();
    void showSelection();
    QString counted(const RecordListModel::Totals &totals) const;

    const ListDescription &m_description;
    const RecordListModel &m_model;
    const bool m_showPrices;
    QString m_selected;
    QLabel *m_count;
    Pill *m_above;
    QLabel *m_sum;
};

} // namespace Counterfoil
