#pragma once

#include "chartpaint.h"

#include <QWidget>

namespace Counterfoil {

// A quiet bar: how much of a whole is taken, and by what. Its words stand beside it; it says them to a
// screen reader too.
class ShareBar final : public QWidget
{
    Q_OBJECT
public:
    explicit ShareBar(QWidget *parent = nullptr);

    // Amounts beyond the whole fill the bar.
    void setShares(const QList<std::int64_t> &amounts, std::int64_t whole, Tone tone, const QString &inWords);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QList<std::int64_t> m_amounts;
    std::int64_t m_whole = 0;
    Tone m_tone = Tone::Info;
};

} // namespace Counterfoil
