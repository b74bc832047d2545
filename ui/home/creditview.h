#pragma once

#include "homefigures.h"

#include <QWidget>

class QLabel;
class QVBoxLayout;

namespace Counterfoil {

class Banner;
class FactsGrid;
class ShareBar;

// How one account stands: what is available of its credit, what uses it, its terms, and why its orders are
// held. Of several accounts, the bar alone for each.
class CreditView final : public QWidget
{
    Q_OBJECT
public:
    explicit CreditView(QWidget *parent = nullptr);

    void show(const HomeLists &lists);

private:
    struct Line
    {
        QWidget *box;
        QLabel *name;
        QLabel *amount;
        QLabel *of;
        ShareBar *bar;
        Banner *banner;
    };
    void addLine();
    void showLine(const Line &line, const CreditStanding &standing, const QString &name);
    void showFacts(const HomeLists &lists);

    QVBoxLayout *m_layout;
    QList<Line> m_lines;
    FactsGrid *m_facts;
    QLabel *m_none;
};

} // namespace Counterfoil
