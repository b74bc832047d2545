#pragma once

#include "detailpane.h"
#include "order.h"

#include <set>

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
    std::set<std::int64_t> chosenLines() const; // the numbers of those selected
    const Order *shownOrder() const;            // nullptr: none is here

protected:
    void showRecord() override;
    void showFacts() override;
    QString summary() const override;

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
