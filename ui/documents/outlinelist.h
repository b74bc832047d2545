#pragma once

#include "openeddocument.h"

#include <QTreeView>

class QStandardItemModel;

namespace Counterfoil {

// The outline of a document as a tree; an entry leads to its place.
class OutlineList final : public QTreeView
{
    Q_OBJECT
public:
    explicit OutlineList(QWidget *parent);

    void setOutline(const std::vector<OutlineEntry> &outline);
    bool isEmpty() const;
    void setCurrentPage(int page); // marks the last entry that begins on it or before

Q_SIGNALS:
    void placeChosen(const Counterfoil::PagePlace &place);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void choose(const QModelIndex &index);

    QStandardItemModel *m_model;
    std::vector<OutlineEntry> m_outline;
    std::vector<QPersistentModelIndex> m_indexes; // by entry
};

} // namespace Counterfoil
