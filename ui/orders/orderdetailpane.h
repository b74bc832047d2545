#pragma once

#include "display.h"
#include "order.h"
#include "recordwatch.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QScrollArea;

namespace Counterfoil {

class FactsGrid;
class Freshness;
class OrderLinesModel;
class OrderLinesView;
class StatusWording;
class ParcelsList;
class StatePanel;
class StatusChip;
class Timeline;

// Everything about one order: facts, lines, parcels, timeline. Follows the cache live.
class OrderDetailPane final : public QWidget
{
    Q_OBJECT
public:
    OrderDetailPane(CacheReaders &readers, const StatusWording &wording, const Freshness &freshness,
                    bool showPrices, QWidget *parent = nullptr);

    // Name, state and buttons. Not inside the pane, so that a dock can be dragged by it; whoever shows
    // the pane puts it above.
    QWidget *heading() const { return m_heading; }
    void addHeadingButton(QPushButton *button);

    void setKey(const QString &key);
    QString key() const { return Display::text(m_detail->ref().key); }
    QString number() const; // empty until the order is here
    void copyNumber() const;
    void focusLines();

Q_SIGNALS:
    void titleChanged(const QString &number);

private:
    void buildHeading();
    void buildBody();
    struct Section
    {
        QWidget *box;
        QLabel *title;
    };
    Section addSection(const QString &title, QWidget *content, int sideMargin);
    void show();
    void showHeading(const Order &order);
    void showState();
    void showFacts();
    void showAddresses(const Order &order);
    void showTimeline(const Order &order);

    const StatusWording &m_wording;
    const Freshness &m_freshness;
    bool m_showPrices;
    RecordWatch *m_detail;
    OrderLinesModel *m_linesModel;

    QWidget *m_heading;
    QLabel *m_title;
    StatusChip *m_chip;
    QLabel *m_subtitle;
    QWidget *m_buttons;

    QScrollArea *m_scroll;
    QWidget *m_banner;
    QLabel *m_bannerText;
    FactsGrid *m_facts;
    FactsGrid *m_addresses;
    OrderLinesView *m_lines;
    Section m_linesSection{};
    ParcelsList *m_parcels;
    Section m_parcelsSection{};
    Timeline *m_timeline;
    StatePanel *m_state;
    QString m_shownNumber;
};

} // namespace Counterfoil
