#pragma once

#include "amount.h"

#include <QList>
#include <QString>
#include <QWidget>

#include <string>

namespace Counterfoil {

struct MonthBar
{
    QString label;    // under the bar: "Nov"
    QString fullName; // "November 2026"
    Amount amount;    // may be negative
};

// Amounts of some months as bars under their sum. Pointing at a bar, or the arrow keys, say what it
// stands for in the sum's place.
class MonthChart final : public QWidget
{
    Q_OBJECT
public:
    explicit MonthChart(QWidget *parent = nullptr);

    // `caption` explains the sum, or, without a currency, why there is none. The widget keeps its height.
    void setMonths(const QList<MonthBar> &months, const std::string &currency, const QString &caption);

    int selectedMonth() const { return m_selected; } // -1: none
    QString headline() const;                        // what stands above the bars now

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    QRect barsArea() const;
    void select(int month);
    void paintBars(QPainter &painter, const QRect &area) const;
    void paintLabels(QPainter &painter) const;
    void describe();

    QList<MonthBar> m_months;
    std::string m_currency;
    QString m_caption;
    int m_selected = -1;
};

} // namespace Counterfoil
