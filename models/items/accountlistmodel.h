#pragma once

#include "itemroles.h"
#include "mergedrows.h"

#include <QAbstractListModel>

#include <memory>

namespace Counterfoil {

class CacheReaders;

// The accounts that the person may see, parents before their branches, with "All accounts" first
// when there is more than one (its key is empty). Depth is under ItemRole::Raw, 0 or 1; ItemRole::Note
// is a top account's place and a branch's number.
class AccountListModel final : public MergedRows<QAbstractListModel>
{
    Q_OBJECT
public:
    explicit AccountListModel(CacheReaders &readers, QObject *parent = nullptr);
    ~AccountListModel() override;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Counterfoil
