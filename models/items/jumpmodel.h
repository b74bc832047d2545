#pragma once

#include "itemroles.h"
#include "recordref.h"

#include <QAbstractListModel>

#include <memory>

namespace Counterfoil {

class CacheReaders;

// What the search-or-jump box finds while typing or pasting: records of any kind, by their numbers,
// references, names and items. Best first, at most 50. DisplayRole is the line to show, ItemRole::Kind and
// ItemRole::Key the record, ItemRole::Raw why it matched ("Tracking number 1Z…").
class JumpModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    explicit JumpModel(CacheReaders &readers, QObject *parent = nullptr);
    ~JumpModel() override;

    void setText(const QString &text);
    // Why the last text could not be looked up, a sentence; empty: it could. Tried again with the next
    // change.
    QString errorText() const;
    RecordRef refAt(int row) const;
    bool isExact(int row) const; // it is known by just what was typed

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

Q_SIGNALS:
    void answered(const QString &text); // the rows, or errorText(), now belong to this text

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Counterfoil
