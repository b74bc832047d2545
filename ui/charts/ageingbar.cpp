#include "ageingbar.h"

#include "chartpaint.h"
#include "display.h"
#include "style.h"
#include "tokens.h"
#include "type.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace Counterfoil {

namespace {

constexpr int barHeight = 8;
constexpr int blockGap = Space::large;
constexpr int widestDigits = 14; // of a part's name with its amount beside it
constexpr int swatch = 8;

int captionHeight()
{
    return QFontMetrics(Type::font(Type::Role::Caption)).height();
}

int bodyHeight()
{
    return QFontMetrics(Type::font(Type::Role::Body)).height();
}

QString nameOf(Ageing::Bucket bucket)
{
    switch (bucket) {
    case Ageing::NotDue:
        return AgeingBar::tr("Not due");
    case Ageing::To30:
        return AgeingBar::tr("1–30 days");
    case Ageing::To60:
        return AgeingBar::tr("31–60 days");
    case Ageing::Beyond:
    case Ageing::Count:
        break;
    }
    return AgeingBar::tr("Over 60 days");
}

} // namespace

AgeingBar::AgeingBar(AgeingModel &model, Detail detail, int mostCurrencies, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
    , m_detail(detail)
    , m_mostCurrencies(mostCurrencies)
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setFocusPolicy(Qt::TabFocus);
    setAccessibleName(tr("Open invoices by age"));
    connect(&model, &AgeingModel::changed, this, &AgeingBar::take);
    model.setWatched(false); // until this is seen
    take();
}

QString AgeingBar::inWords(const Ageing &ageing)
{
    const auto money = [&ageing](Amount amount) { return Display::money(amount, ageing.currency); };
    QStringList said{tr("%1 open, %2 overdue").arg(money(ageing.open()), money(ageing.overdue()))};
    for (std::size_t i = 0; i < Ageing::Count; ++i) {
        const auto bucket = static_cast<Ageing::Bucket>(i);
        said.append(tr("%1: %2 in %Ln invoices", nullptr, static_cast<int>(ageing.invoices[i]))
                        .arg(nameOf(bucket), money(ageing.amounts[i])));
    }
    if (ageing.creditMemos > 0)
        said.append(tr("Credits not offset yet: %1").arg(money(ageing.credits)));
    return said.join(QLatin1Char('\n'));
}

void AgeingBar::take()
{
    QStringList words;
    for (int i = 0; i < std::min<int>(m_mostCurrencies, static_cast<int>(m_model.buckets().size())); ++i)
        words.append(inWords(m_model.buckets()[static_cast<std::size_t>(i)]));
    if (words.isEmpty() && m_model.isKnown())
        words.append(tr("Nothing is open."));
    setAccessibleDescription(words.join(QLatin1Char('\n')));
    updateGeometry();
    update();
}

int AgeingBar::blocks() const
{
    return std::clamp(static_cast<int>(m_model.buckets().size()), 1, m_mostCurrencies);
}

int AgeingBar::partColumns(int width) const
{
    if (m_detail == Detail::Compact)
        return Ageing::Count;
    const int wanted
        = QFontMetrics(Type::font(Type::Role::Body)).horizontalAdvance(QLatin1Char('0')) * widestDigits;
    return width >= wanted * 4 ? 4 : 2;
}

int AgeingBar::blockHeight(int width) const
{
    const int head = bodyHeight() + Space::small - 1;
    if (m_detail == Detail::Compact)
        return head + barHeight + Space::unit + captionHeight();
    const int columns = partColumns(width);
    const int lines = (int(Ageing::Count) + columns - 1) / columns;
    return head + barHeight + lines * (Space::small + captionHeight() + bodyHeight() + 1);
}

int AgeingBar::heightForWidth(int width) const
{
    return blocks() * blockHeight(width) + (blocks() - 1) * blockGap;
}

QSize AgeingBar::sizeHint() const
{
    const int width = std::max(this->width(), minimumSizeHint().width());
    return {width, heightForWidth(width)};
}

QSize AgeingBar::minimumSizeHint() const
{
    const int digits = QFontMetrics(Type::font(Type::Role::Body)).horizontalAdvance(QLatin1Char('0'));
    return {digits * 28, heightForWidth(digits * 28)};
}

QList<AgeingBar::Part> AgeingBar::partsOf(const Ageing &ageing) const
{
    const Tokens &t = Tokens::of(palette());
    QList<Part> parts;
    for (std::size_t i = 0; i < Ageing::Count; ++i) {
        const auto bucket = static_cast<Ageing::Bucket>(i);
        parts.append({nameOf(bucket), Display::money(ageing.amounts[i], ageing.currency),
                      ChartPaint::ageColour(t, bucket)});
    }
    return parts;
}

void AgeingBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const int height = blockHeight(width());
    QRect area(0, 0, width(), height);
    const auto &all = m_model.buckets();
    for (int i = 0; i < blocks(); ++i) {
        paintBlock(painter, area,
                   static_cast<std::size_t>(i) < all.size() ? all[static_cast<std::size_t>(i)] : Ageing());
        area.translate(0, height + blockGap);
    }
    if (hasFocus())
        paintFocusRing(painter, rect(), Radius::chip, Tokens::of(palette()).accent);
}

void AgeingBar::paintBlock(QPainter &painter, const QRect &area, const Ageing &ageing) const
{
    const Tokens &t = Tokens::of(palette());
    const QRect head(area.left(), area.top(), area.width(), bodyHeight());
    const QFont strong = Type::font(Type::Role::Strong);
    const bool none = m_model.buckets().empty();
    if (none && m_model.isKnown()) {
        ChartPaint::text(painter, head, Qt::AlignLeft, tr("Nothing is open"), strong, t.text,
                         layoutDirection());
    } else if (!none) {
        int used
            = ChartPaint::text(painter, head, Qt::AlignLeft,
                               tr("%1 open", "an amount").arg(Display::money(ageing.open(), ageing.currency)),
                               strong, t.text, layoutDirection());
        const QString late = ageing.overdueInvoices() == 0
            ? tr("nothing overdue")
            : tr("%1 overdue", "an amount").arg(Display::money(ageing.overdue(), ageing.currency));
        const auto beside = [&] {
            const int gap = used + Space::small;
            return layoutDirection() == Qt::RightToLeft ? head.adjusted(0, 0, -gap, 0)
                                                        : head.adjusted(gap, 0, 0, 0);
        };
        const QFont body = Type::font(Type::Role::Body);
        const int lateWidth = QFontMetrics(body).horizontalAdvance(late) + Space::medium;
        if (ageing.creditMemos > 0 && m_detail == Detail::Full && beside().width() > 2 * lateWidth)
            used += Space::small
                + ChartPaint::text(
                        painter, beside().adjusted(0, 0, -lateWidth, 0), Qt::AlignLeft,
                        tr("%1 in credits", "an amount").arg(Display::money(ageing.credits, ageing.currency)),
                        body, t.muted, layoutDirection());
        ChartPaint::text(painter, beside(), Qt::AlignRight, late, body,
                         ageing.overdueInvoices() > 0 ? t.bad.text : t.muted, layoutDirection());
    }
    Amount whole;
    QList<ChartPaint::Share> shares;
    for (std::size_t i = 0; i < Ageing::Count; ++i) {
        whole += ageing.amounts[i];
        shares.append({ageing.amounts[i].minor, ChartPaint::ageColour(t, static_cast<Ageing::Bucket>(i))});
    }
    const QRectF bar(area.left(), head.bottom() + Space::small, area.width(), barHeight);
    ChartPaint::shares(painter, bar, shares, whole.minor, t.neutral.fill, layoutDirection());
    const int below = static_cast<int>(bar.bottom());
    paintParts(painter, QRect(area.left(), below, area.width(), area.bottom() + 1 - below), ageing);
}

void AgeingBar::paintParts(QPainter &painter, const QRect &area, const Ageing &ageing) const
{
    const Tokens &t = Tokens::of(palette());
    const int columns = partColumns(area.width());
    const int columnWidth = area.width() / columns;
    const QFont caption = Type::font(Type::Role::Caption);
    const QList<Part> parts = partsOf(ageing);
    const int gap = m_detail == Detail::Compact ? Space::unit : Space::small;
    const int lineHeight = captionHeight() + gap + (m_detail == Detail::Full ? bodyHeight() + 1 : 0);
    for (int i = 0; i < parts.size(); ++i) {
        const QRect cell(area.left() + i % columns * columnWidth, area.top() + i / columns * lineHeight + gap,
                         columnWidth, lineHeight - gap);
        const QRect mirrored = QStyle::visualRect(layoutDirection(), area, cell);
        const QRect name(mirrored.left(), mirrored.top(), mirrored.width(), captionHeight());
        const QRect dot(0, 0, swatch, swatch);
        const QRect place = QStyle::visualRect(
            layoutDirection(), name, dot.translated(name.left(), name.top() + (name.height() - swatch) / 2));
        painter.setRenderHint(QPainter::Antialiasing);
        paintBox(painter, place, 2.5, parts[i].colour, Qt::transparent);
        const bool rtl = layoutDirection() == Qt::RightToLeft;
        const int beside = swatch + Space::unit + 2;
        ChartPaint::text(painter,
                         name.adjusted(rtl ? Space::unit : beside, 0, rtl ? -beside : -Space::unit, 0),
                         Qt::AlignLeft, parts[i].name, caption, t.muted, layoutDirection());
        if (m_detail == Detail::Compact || m_model.buckets().empty())
            continue;
        const QRect amount(mirrored.left(), name.bottom() + 2, mirrored.width() - Space::unit, bodyHeight());
        ChartPaint::text(painter, amount, Qt::AlignLeft, parts[i].amount, Type::font(Type::Role::Body),
                         t.text, layoutDirection());
    }
}

Ageing::Bucket AgeingBar::bucketAt(QPoint place, const Ageing &ageing) const
{
    if (layoutDirection() == Qt::RightToLeft)
        place.setX(width() - place.x());
    const int below = bodyHeight() + Space::small + barHeight; // of the bar
    if (place.y() < bodyHeight() || place.x() < 0 || place.x() >= width())
        return Ageing::Count;
    if (place.y() > below + Space::unit / 2) {
        const int columns = partColumns(width());
        const int line = Space::small + captionHeight() + bodyHeight() + 1;
        const int row = m_detail == Detail::Compact ? 0 : (place.y() - below) / line;
        const int part = row * columns + place.x() * columns / std::max(1, width());
        return static_cast<Ageing::Bucket>(std::min<int>(part, Ageing::Count));
    }
    Amount whole;
    for (const Amount amount : ageing.amounts)
        whole += amount;
    Amount before;
    for (std::size_t i = 0; i < Ageing::Count; ++i) {
        before += ageing.amounts[i];
        if (whole.minor > 0
            && place.x() <= static_cast<double>(before.minor) / static_cast<double>(whole.minor) * width())
            return static_cast<Ageing::Bucket>(i);
    }
    return Ageing::Count;
}

void AgeingBar::mousePressEvent(QMouseEvent *event)
{
    const int pitch = blockHeight(width()) + blockGap;
    const int y = qRound(event->position().y());
    const auto block = static_cast<std::size_t>(y / pitch);
    if (event->button() != Qt::LeftButton || block >= m_model.buckets().size())
        return QWidget::mousePressEvent(event);
    const Ageing &ageing = m_model.buckets()[block];
    const Ageing::Bucket bucket = bucketAt({qRound(event->position().x()), y % pitch}, ageing);
    if (bucket != Ageing::Count)
        Q_EMIT chosen(bucket, QString::fromStdString(ageing.currency));
}

bool AgeingBar::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const auto block = static_cast<std::size_t>(help->pos().y() / (blockHeight(width()) + blockGap));
        if (block < m_model.buckets().size())
            QToolTip::showText(help->globalPos(), inWords(m_model.buckets()[block]), this);
        return true;
    }
    return QWidget::event(event);
}

void AgeingBar::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_model.setWatched(true);
}

void AgeingBar::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_model.setWatched(false);
}

void AgeingBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::LayoutDirectionChange)
        updateGeometry();
    if (event->type() == QEvent::LocaleChange || event->type() == QEvent::LanguageChange)
        take();
}

} // namespace Counterfoil
