#pragma once

#include "shipment.h"

#include <QUrl>
#include <QWidget>

class QVBoxLayout;

namespace Counterfoil {

class StatusWording;

// Where a tracking number leads: the address that the ERP gave, if a browser may be sent there. Empty for
// anything but http and https.
QUrl carrierPage(const std::string &trackingUrl);

// Shipments with their parcels: a tracking number opens the carrier's page in the system's browser, and
// can be copied.
class ParcelsList final : public QWidget
{
    Q_OBJECT
public:
    enum class Heads { No, Yes }; // whether each shipment is named above its parcels

    ParcelsList(const StatusWording &wording, Heads heads, QWidget *parent = nullptr);

    void setShipments(const std::vector<Shipment> &shipments);

Q_SIGNALS:
    void shipmentChosen(const QString &key, bool inOwnWindow);

private:
    void addShipment(const Shipment &shipment);
    void addParcel(const Shipment &shipment, const Parcel &parcel);
    QWidget *trackingOf(const Parcel &parcel, QWidget *box);
    void addNote(const QString &text);
    QString dates(const Shipment &shipment) const;

    const StatusWording &m_wording;
    const Heads m_heads;
    QVBoxLayout *m_layout;
    std::vector<Shipment> m_shown;
};

} // namespace Counterfoil
