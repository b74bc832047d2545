#pragma once

#include "itemroles.h"

#include <QAbstractListModel>

#include <memory>

namespace Counterfoil {

class CacheReaders;

// What the search-or-jump box finds while typing: orders by number, PO reference, item, tracking
// number or ship-to name. Best first, at most 50. DisplayRole is the line to show, ItemRole::Key the
// order's key, ItemRole::Raw why it matched ("Tracking number 1Z…").
class JumpModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    explicit JumpModel(CacheReaders &readers, QObject *parent = nullptr);
    ~JumpModel() override;

    void setText(const QString &text);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

Q_SIGNALS:
    void answered(const QString &text); // the rows now belong to this text

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Counterfoil
