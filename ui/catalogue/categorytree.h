#pragma once

#include "askflag.h"
#include "askpace.h"
#include "itemcategories.h"
#include "panecontext.h"

#include <QTreeView>

class QStandardItem;
class QStandardItemModel;

namespace Counterfoil {

class ListPane;

// What the catalogue has, by category and family with how many items each; choosing one restricts the list to
// it. Follows the cache, the accounts chosen and the list's own filters.
class CategoryTree final : public QTreeView
{
    Q_OBJECT
public:
    CategoryTree(const PaneContext &context, ListPane &list);

    QStringList categories() const;                                   // as shown, without "All items"
    void choose(const QString &category, const QString &family = {}); // both empty: all; as if clicked

Q_SIGNALS:
    void shown(); // anew

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void ask();
    void take(const std::vector<ItemFamily> &families);
    using Counts = std::vector<std::pair<QString, qint64>>; // by name
    static QList<QStandardItem *> rowOf(const QString &name, const QString &category, const QString &family);
    void settle(QStandardItem *under, int first, const Counts &counts); // its rows from there on
    void restrict(const QModelIndex &index);
    void follow(); // the filters
    QModelIndex find(const QString &category, const QString &family) const;

    const PaneContext m_context;
    ListPane &m_list;
    QStandardItemModel *m_model;
    std::vector<ItemFamily> m_families;
    bool m_following = false;
    AskFlag m_asking;
    AskPace m_pace;
};

} // namespace Counterfoil
