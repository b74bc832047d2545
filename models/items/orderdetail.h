#pragma once

#include "order.h"
#include "shipment.h"

#include <QObject>

#include <memory>
#include <optional>

namespace Counterfoil {

class CacheReaders;

// One order, kept up to date: set a key, and changed() follows now and whenever the cache's copy changes.
class OrderDetail final : public QObject
{
    Q_OBJECT
public:
    explicit OrderDetail(CacheReaders &readers, QObject *parent = nullptr);
    ~OrderDetail() override;

    void setKey(const QString &key); // empty: none
    QString key() const;

    enum class State { None, Loading, Here, Missing };
    State state() const;
    // Valid while Here. Lines and events complete; shipments those of this order that are cached.
    const Order &order() const;
    const std::vector<Shipment> &shipments() const;
    Instant knownSince() const; // when the ERP committed the version shown

Q_SIGNALS:
    void changed();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Counterfoil
