#include "sharebar.h"

#include <QPainter>

#include <algorithm>

namespace Counterfoil {

namespace {

constexpr int thickness = 8;

} // namespace

ShareBar::ShareBar(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ShareBar::setShares(const QList<std::int64_t> &amounts, std::int64_t whole, Tone tone,
                         const QString &inWords)
{
    m_amounts = amounts;
    m_whole = whole;
    m_tone = tone;
    setAccessibleName(inWords);
    setToolTip(inWords);
    update();
}

QSize ShareBar::sizeHint() const
{
    return {thickness * 12, thickness};
}

void ShareBar::paintEvent(QPaintEvent *)
{
    const Tokens &t = Tokens::of(palette());
    const QColor strong = m_tone == Tone::Info ? t.accent : t.tone(m_tone).text;
    QList<ChartPaint::Share> shares;
    std::int64_t sum = 0;
    for (qsizetype i = 0; i < m_amounts.size(); ++i) {
        const std::int64_t amount = std::max<std::int64_t>(m_amounts[i], 0);
        sum += amount;
        shares.append({amount, blend(t.panel, strong, i == 0 ? 0.85 : 0.5)});
    }
    QPainter painter(this);
    ChartPaint::shares(painter, rect(), shares, std::max(m_whole, sum), t.neutral.fill, layoutDirection());
}

} // namespace Counterfoil
