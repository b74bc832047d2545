#pragma once

#include "mergedrows.h"
#include "workqueue.h"

#include <QAbstractListModel>

#include <memory>
#include <optional>

namespace Counterfoil {

class CacheReaders;
class Clock;
class CommandPort;
struct Person;

// What needs a person, the most urgent first: by WorkReason, and of one reason what has waited longest. Read
// off the GUI thread, on which it lives, and current with the cache, the outbox and the calendar. Answers the
// roles that outboxwords.h lists, but for Actions: what it is, for whom, since when, and what to do.
class WorkModel final : public MergedRows<QAbstractListModel>
{
    Q_OBJECT
public:
    WorkModel(CommandPort &commands, CacheReaders &readers, const Clock &clock, const Person &person,
              QObject *parent = nullptr);
    ~WorkModel() override;

    void
    setAccounts(const std::vector<std::string> &accounts); // none: all; of the outbox it shows everything
    void setOnly(std::optional<WorkReason> reason);        // none: whatever needs somebody
    std::optional<WorkReason> only() const;

    bool isKnown() const;                  // the cache has answered
    QString errorText() const;             // why it could not, a sentence; tried again with the next change
    qint64 count(WorkReason reason) const; // shown or not
    qint64 total() const;

    RecordRef refAt(int row) const; // of nothing: an entry of the outbox
    QString entryAt(int row) const; // its key; empty: a record

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

Q_SIGNALS:
    void changed(); // counts, or any of the above; after the rows

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Counterfoil
