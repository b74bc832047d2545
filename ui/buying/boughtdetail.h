#pragma once

#include "askflag.h"
#include "boughtitems.h"
#include "boughtmodel.h"
#include "panecontext.h"
#include "recordref.h"

#include <QWidget>

#include <optional>

class QHBoxLayout;
class QLabel;
class QScrollArea;

namespace Counterfoil {

class FactsGrid;
class LinesModel;
class LinesView;
class StatePanel;

// One item that was bought before: what is usual with it, and each order that had it.
class BoughtDetail final : public QWidget
{
    Q_OBJECT
public:
    explicit BoughtDetail(PaneContext context, QWidget *parent = nullptr);

    void show(const BoughtItem *item, Due due, int resting); // `resting`: days not suggested; nullptr: none
    const std::optional<BoughtItem> &item() const { return m_item; }
    const std::vector<PastPurchase> &history() const { return m_history; }
    void addButton(QWidget *button); // below the facts
    void focusBody();

Q_SIGNALS:
    void historyShown();
    void orderChosen(const Counterfoil::RecordRef &order);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void build();
    void showFacts(Due due, int resting);
    void readHistory();
    void showHistory();

    const PaneContext m_context;
    std::optional<BoughtItem> m_item;
    std::vector<PastPurchase> m_history;
    AskFlag m_asking;
    QLabel *m_title;
    QLabel *m_subtitle;
    FactsGrid *m_facts;
    QHBoxLayout *m_buttons;
    QLabel *m_historyTitle;
    LinesModel *m_linesModel;
    LinesView *m_lines;
    QScrollArea *m_scroll;
    StatePanel *m_state;
};

} // namespace Counterfoil
