#pragma once

#include "fieldtable.h"

#include <QList>
#include <QObject>

#include <memory>
#include <string>
#include <vector>

namespace Counterfoil {

class CacheReaders;

// What the records of a kind, those of some accounts, can be filtered by: the values that occur in each
// of some Text fields, with how often. Kept up to date, at most once in two seconds.
class RecordFilterOptions final : public QObject
{
    Q_OBJECT
public:
    RecordFilterOptions(CacheReaders &readers, const RecordType &kind, std::vector<std::string> fields,
                        QObject *parent = nullptr);
    ~RecordFilterOptions() override;

    const RecordType &kind() const;
    void setAccounts(const std::vector<std::string> &accounts); // empty: all

    struct Option
    {
        QString value; // for RecordQuery::AnyOf
        QString label;
        QString tone;   // of a state
        QString symbol; // of a state
        qint64 count = 0;
    };
    // The 200 most frequent values: states in the supplier's order, others by label. Empty for a field that
    // was not named.
    QList<Option> of(std::string_view field) const;

Q_SIGNALS:
    void changed();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Counterfoil
