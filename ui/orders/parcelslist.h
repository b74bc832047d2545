#pragma once

#include "shipment.h"

#include <QWidget>

class QVBoxLayout;

namespace Counterfoil {

class StatusWording;

// The shipments of an order with their parcels; each tracking number can be copied.
class ParcelsList final : public QWidget
{
    Q_OBJECT
public:
    explicit ParcelsList(const StatusWording &wording, QWidget *parent = nullptr);

    void setShipments(const std::vector<Shipment> &shipments);

private:
    void addShipment(const Shipment &shipment);
    void addParcel(const Shipment &shipment, const Parcel &parcel);
    QString dates(const Shipment &shipment) const;

    const StatusWording &m_wording;
    QVBoxLayout *m_layout;
    std::vector<Shipment> m_shown;
};

} // namespace Counterfoil
