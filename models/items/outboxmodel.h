#pragma once

#include "mergedrows.h"
#include "outboxwords.h"

#include <QAbstractListModel>

#include <memory>

namespace Counterfoil {

class CacheReaders;
class Clock;
class CommandPort;

// What was asked for and is not done with, in words: what needs a decision first, then what is on its way,
// each oldest first, then the latest that were done, for a short while, newest first. What was dismissed,
// replaced or cancelled is no row. Answers the roles that outboxwords.h lists.
class OutboxModel final : public MergedRows<QAbstractListModel>
{
    Q_OBJECT
public:
    static constexpr qint64 doneShownMs = 10 * 60 * 1000;
    static constexpr int doneMost = 20;

    OutboxModel(CommandPort &commands, CacheReaders &readers, const Clock &clock, QObject *parent = nullptr);
    ~OutboxModel() override;

    OutboxCounts counts() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

Q_SIGNALS:
    void countsChanged();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Counterfoil
