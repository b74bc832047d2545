#pragma once

#include "detailpane.h"
#include "order.h"
#include "shipment.h"

namespace Counterfoil {

class LinesModel;
class LinesView;
class ParcelsList;
class Timeline;

// Everything about one shipment: what it leads to, facts, parcels, what the carrier said, lines with
// their parcel, and what of its order is still to come.
class ShipmentDetailPane final : public DetailPane
{
    Q_OBJECT
public:
    explicit ShipmentDetailPane(const PaneContext &context, QWidget *parent = nullptr);

    void focusBody() override;

protected:
    void showRecord() override;
    void showFacts() override;
    QString summary() const override;

private:
    void showHead(const Shipment &shipment);
    void showLines(const Shipment &shipment);
    void showToCome();
    void showScans(const Shipment &shipment);

    ParcelsList *m_parcels;
    Section m_parcelsSection;
    Timeline *m_scans;
    Section m_scansSection;
    LinesModel *m_linesModel;
    LinesView *m_lines;
    Section m_linesSection;
    LinesModel *m_toComeModel;
    LinesView *m_toCome;
    Section m_toComeSection;
};

} // namespace Counterfoil
