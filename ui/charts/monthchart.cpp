#include "monthchart.h"

#include "chartpaint.h"
#include "display.h"
#include "style.h"
#include "tokens.h"
#include "type.h"

#include <QAccessible>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace Counterfoil {

namespace {

constexpr double barShare = 0.62; // of a month's width
constexpr double leastBar = 2;    // of what is not nothing

int lineHeight(Type::Role role)
{
    return QFontMetrics(Type::font(role)).height();
}

} // namespace

MonthChart::MonthChart(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
}

void MonthChart::setMonths(const QList<MonthBar> &months, const std::string &currency, const QString &caption)
{
    m_months = months;
    m_currency = currency;
    m_caption = caption;
    if (m_selected >= months.size())
        m_selected = -1;
    describe();
    update();
}

QString MonthChart::headline() const
{
    if (m_months.isEmpty() || m_currency.empty())
        return {};
    if (m_selected >= 0)
        return Display::money(m_months[m_selected].amount, m_currency);
    Amount sum;
    for (const MonthBar &month : m_months)
        sum += month.amount;
    return Display::money(sum, m_currency);
}

void MonthChart::describe()
{
    setAccessibleName(
        m_months.isEmpty()
            ? QString()
            : tr("%1 %2", "an amount, and what it is the sum of")
                  .arg(headline(), m_selected >= 0 ? m_months[m_selected].fullName : m_caption));
    QStringList words;
    for (const MonthBar &month : std::as_const(m_months))
        words.append(tr("%1: %2", "a month and an amount")
                         .arg(month.fullName, Display::money(month.amount, m_currency)));
    setAccessibleDescription(words.join(QLatin1Char('\n')));
}

QSize MonthChart::sizeHint() const
{
    return {lineHeight(Type::Role::Body) * 18,
            lineHeight(Type::Role::Strong) + lineHeight(Type::Role::Caption) * 2 + Space::small * 2
                + lineHeight(Type::Role::Body) * 5};
}

QSize MonthChart::minimumSizeHint() const
{
    return {lineHeight(Type::Role::Body) * 10, sizeHint().height()};
}

QRect MonthChart::barsArea() const
{
    const int top = lineHeight(Type::Role::Strong) + lineHeight(Type::Role::Caption) + Space::small;
    const int bottom = lineHeight(Type::Role::Caption) + Space::unit;
    return rect().adjusted(0, top, 0, -bottom);
}

void MonthChart::paintEvent(QPaintEvent *)
{
    const Tokens &t = Tokens::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRect line(0, 0, width(), lineHeight(Type::Role::Strong));
    ChartPaint::text(painter, line, Qt::AlignLeft, headline(), Type::font(Type::Role::Strong), t.text,
                     layoutDirection());
    const QRect under(0, line.bottom() + 1, width(), lineHeight(Type::Role::Caption));
    ChartPaint::text(painter, under, Qt::AlignLeft,
                     m_selected >= 0 ? m_months[m_selected].fullName : m_caption,
                     Type::font(Type::Role::Caption), t.muted, layoutDirection());
    paintBars(painter, barsArea());
    paintLabels(painter);
    if (hasFocus())
        paintFocusRing(painter, rect(), Radius::chip, t.accent);
}

void MonthChart::paintBars(QPainter &painter, const QRect &area) const
{
    const Tokens &t = Tokens::of(palette());
    std::int64_t highest = 0;
    std::int64_t lowest = 0;
    for (const MonthBar &month : m_months) {
        highest = std::max(highest, month.amount.minor);
        lowest = std::min(lowest, month.amount.minor);
    }
    const double range = static_cast<double>(highest) - static_cast<double>(lowest);
    const double perMinor = range > 0 ? area.height() / range : 0;
    const double baseline = area.bottom() + 1 + static_cast<double>(lowest) * perMinor;
    const double step = m_months.isEmpty() ? 0 : double(area.width()) / double(m_months.size());
    for (int i = 0; i < m_months.size(); ++i) {
        const auto minor = m_months[i].amount.minor;
        const double height
            = minor == 0 ? 0 : std::max(std::abs(static_cast<double>(minor)) * perMinor, leastBar);
        const double x = area.left() + i * step + step * (1 - barShare) / 2;
        QRectF bar(x, minor < 0 ? baseline : baseline - height, step * barShare, height);
        if (layoutDirection() == Qt::RightToLeft)
            bar.moveLeft(width() - bar.right());
        const bool last = i + 1 == m_months.size();
        const bool marked = m_selected >= 0 ? i == m_selected : last;
        const QColor strong = minor < 0 ? t.warn.text : t.accent;
        paintBox(painter, bar, 2.5, marked ? strong : blend(t.panel, strong, t.dark ? 0.5 : 0.42),
                 Qt::transparent);
    }
    painter.fillRect(QRectF(area.left(), baseline, area.width(), 1), t.line);
}

void MonthChart::paintLabels(QPainter &painter) const
{
    const Tokens &t = Tokens::of(palette());
    const QFont caption = Type::font(Type::Role::Caption);
    const QFontMetrics metrics(caption);
    const double step = m_months.isEmpty() ? 0 : double(width()) / double(m_months.size());
    int widest = 0;
    for (const MonthBar &month : m_months)
        widest = std::max(widest, metrics.horizontalAdvance(month.label));
    // Where not every month's name has room, those of every second, third … do, counted from the newest.
    int every = 1;
    while (step > 0 && every * step < widest + Space::unit)
        ++every;
    painter.setFont(caption);
    for (int i = 0; i < m_months.size(); ++i) {
        if ((m_months.size() - 1 - i) % every != 0)
            continue;
        double middle = (i + 0.5) * step;
        if (layoutDirection() == Qt::RightToLeft)
            middle = width() - middle;
        const double half = widest / 2.0 + 1;
        const double x = std::clamp(middle - half, 0.0, std::max(0.0, width() - 2 * half));
        painter.setPen(i == m_selected ? t.text : t.muted);
        painter.drawText(QRectF(x, height() - metrics.height(), 2 * half, metrics.height()),
                         int(Qt::AlignCenter) | Qt::TextSingleLine, m_months[i].label);
    }
}

void MonthChart::select(int month)
{
    if (m_months.isEmpty() || month == m_selected)
        return;
    m_selected = month;
    describe();
    update();
    if (hasFocus()) {
        QAccessibleEvent said(this, QAccessible::NameChanged);
        QAccessible::updateAccessibility(&said);
    }
}

void MonthChart::keyPressEvent(QKeyEvent *event)
{
    const int last = static_cast<int>(m_months.size()) - 1;
    const int forward = layoutDirection() == Qt::RightToLeft ? -1 : 1;
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right: {
        const int way = event->key() == Qt::Key_Right ? forward : -forward;
        select(m_selected < 0 ? last : std::clamp(m_selected + way, 0, std::max(last, 0)));
        return;
    }
    case Qt::Key_Home:
        select(0);
        return;
    case Qt::Key_End:
        select(last);
        return;
    case Qt::Key_Escape:
        if (m_selected >= 0) {
            select(-1);
            return;
        }
        break;
    default:
        break;
    }
    QWidget::keyPressEvent(event);
}

void MonthChart::mouseMoveEvent(QMouseEvent *event)
{
    if (m_months.isEmpty() || width() <= 0)
        return;
    const auto x = static_cast<int>(event->position().x());
    const int along = layoutDirection() == Qt::RightToLeft ? width() - 1 - x : x;
    const int month = along * static_cast<int>(m_months.size()) / width();
    select(std::clamp(month, 0, static_cast<int>(m_months.size()) - 1));
}

void MonthChart::leaveEvent(QEvent *)
{
    select(-1);
}

void MonthChart::focusOutEvent(QFocusEvent *event)
{
    select(-1);
    QWidget::focusOutEvent(event);
}

} // namespace Counterfoil
