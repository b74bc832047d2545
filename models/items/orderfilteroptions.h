#pragma once

#include <QList>
#include <QObject>

#include <memory>
#include <string>
#include <vector>

namespace Counterfoil {

class CacheReaders;

// What the orders of some accounts can be filtered by: the states, origins and ship-to names that
// occur, with how often. Kept up to date, at most once in two seconds.
class OrderFilterOptions final : public QObject
{
    Q_OBJECT
public:
    explicit OrderFilterOptions(CacheReaders &readers, QObject *parent = nullptr);
    ~OrderFilterOptions() override;

    void setAccounts(const std::vector<std::string> &accounts); // empty: all

    struct Option
    {
        QString value; // for OrderQuery
        QString label;
        QString tone;   // of a state
        QString symbol; // of a state
        qint64 count = 0;
    };
    QList<Option> statuses() const; // in the supplier's order
    QList<Option> origins() const;  // most frequent first
    QList<Option> shipTos() const;  // the 200 most frequent, by name

Q_SIGNALS:
    void changed();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Counterfoil
