#pragma once

#include "ageingmodel.h"

#include <QWidget>

namespace Counterfoil {

// What is open and for how long it is overdue: sums, a bar, and what each part of it amounts to; one
// such block for each of the first currencies. Has its height from the beginning, so that nothing moves
// when the figures arrive.
class AgeingBar final : public QWidget
{
    Q_OBJECT
public:
    // Compact: names of the parts without their amounts, which a tool tip tells.
    enum class Detail { Compact, Full };

    AgeingBar(AgeingModel &model, Detail detail, int mostCurrencies, QWidget *parent = nullptr);

    // What a screen reader says, and a tool tip: every figure.
    static QString inWords(const Ageing &ageing);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

Q_SIGNALS:
    // A part was clicked: on the bar or by its name. Only where there is such a part.
    void chosen(Counterfoil::Ageing::Bucket bucket, const QString &currency);

protected:
    void mousePressEvent(QMouseEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    struct Part
    {
        QString name;
        QString amount;
        QColor colour;
    };
    void take();
    int blocks() const;
    int blockHeight(int width) const;
    int partColumns(int width) const;
    Ageing::Bucket bucketAt(QPoint place, const Ageing &ageing) const; // Count: none; place: in its block
    QList<Part> partsOf(const Ageing &ageing) const;
    void paintBlock(QPainter &painter, const QRect &area, const Ageing &ageing) const;
    void paintParts(QPainter &painter, const QRect &area, const Ageing &ageing) const;

    AgeingModel &m_model;
    const Detail m_detail;
    const int m_mostCurrencies;
};

} // namespace Counterfoil
