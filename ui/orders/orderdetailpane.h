#pragma once

#include "detailpane.h"
#include "order.h"

namespace Counterfoil {

class LinesModel;
class LinesView;
class ParcelsList;
class Timeline;

// Everything about one order: what it leads to, facts, lines with what carried them, parcels, timeline.
class OrderDetailPane final : public DetailPane
{
    Q_OBJECT
public:
    explicit OrderDetailPane(const PaneContext &context, QWidget *parent = nullptr);

    void focusBody() override;

protected:
    void showRecord() override;
    void showFacts() override;

private:
    void showHead(const Order &order);
    void showTimeline(const Order &order);

    LinesModel *m_linesModel;
    LinesView *m_lines;
    Section m_linesSection;
    ParcelsList *m_parcels;
    Section m_parcelsSection;
    Timeline *m_timeline;
};

} // namespace Counterfoil
