#include "homerows.h"

#include "chartpaint.h"
#include "homecard.h"
#include "linetext.h"
#include "statuschip.h"
#include "style.h"
#include "tooltip.h"
#include "type.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

namespace Counterfoil {

namespace {

constexpr int leadShareMost = 2; // a half of the row

} // namespace

HomeRow::HomeRow(QWidget *parent)
    : QAbstractButton(parent)
{
    setAttribute(Qt::WA_Hover);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void HomeRow::setWords(const HomeRowWords &words)
{
    m_words = words;
    QStringList said{words.lead, words.about, words.chip, words.value};
    said.removeAll(QString());
    setAccessibleName(said.join(QStringLiteral(", ")));
    setToolTip(plainToolTip(words.fullForm));
    update();
}

HomeRow::Widths HomeRow::wanted() const
{
    return {LineText::width(m_words.lead, Type::font(Type::Role::Strong)),
            m_words.chip.isEmpty() ? 0 : StatusChip::sizeFor(m_words.chip, m_words.symbol).width(),
            LineText::width(m_words.value, Type::font(Type::Role::Body), LineText::Digits::Even)};
}

void HomeRow::setWidths(const Widths &widths)
{
    m_widths = widths;
    update();
}

QSize HomeRow::sizeHint() const
{
    return {m_widths.lead + m_widths.chip + m_widths.value + 6 * HomeCard::padding, Type::rowHeight()};
}

QSize HomeRow::minimumSizeHint() const
{
    return {QFontMetrics(Type::font(Type::Role::Body)).horizontalAdvance(QLatin1Char('0')) * 24,
            Type::rowHeight()};
}

void HomeRow::paintEvent(QPaintEvent *)
{
    const Tokens &t = Tokens::of(palette());
    const Qt::LayoutDirection direction = layoutDirection();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRect inner = rect().adjusted(HomeCard::padding, 0, -HomeCard::padding, 0);
    if (underMouse() || isDown())
        paintBox(painter, rect().adjusted(Space::small, 1, -Space::small, -1), Radius::chip, t.hover,
                 Qt::transparent);
    const auto place = [&](int left, int width) {
        return QStyle::visualRect(direction, inner, QRect(inner.left() + left, 0, width, height()));
    };
    const int lead = std::min(m_widths.lead + 1, inner.width() / leadShareMost);
    ChartPaint::text(painter, place(0, lead), Qt::AlignLeft, m_words.lead, Type::font(Type::Role::Strong),
                     t.text, direction);
    int end = inner.width();
    if (m_widths.value > 0) {
        painter.setPen(t.text);
        const bool mirrored = direction == Qt::RightToLeft;
        LineText::draw(painter, place(end - m_widths.value, m_widths.value),
                       mirrored ? Qt::AlignLeft : Qt::AlignRight, m_words.value, Type::font(Type::Role::Body),
                       LineText::Digits::Even);
        end -= m_widths.value + Space::medium;
    }
    const int aboutLeft = lead + Space::medium;
    if (m_widths.chip > 0) {
        // Chips begin at one edge, so that their words are read down the column.
        const int width = std::min(m_widths.chip, end - aboutLeft);
        const QRect cell = place(end - width, width);
        if (!m_words.chip.isEmpty() && width > 0)
            StatusChip::paint(painter, cell, direction == Qt::RightToLeft ? Qt::AlignRight : Qt::AlignLeft, t,
                              m_words.chip, m_words.symbol, m_words.tone);
        end -= width + Space::medium;
    }
    if (end > aboutLeft)
        ChartPaint::text(painter, place(aboutLeft, end - aboutLeft), Qt::AlignLeft, m_words.about,
                         Type::font(Type::Role::Body), t.muted, direction);
    if (hasFocus())
        paintFocusRing(painter, rect().adjusted(Space::small, 1, -Space::small, -1), Radius::chip, t.accent);
}

void HomeRow::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        click();
        return;
    case Qt::Key_Down:
        focusNextPrevChild(true);
        return;
    case Qt::Key_Up:
        focusNextPrevChild(false);
        return;
    default:
        QAbstractButton::keyPressEvent(event);
    }
}

HomeRows::HomeRows(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QVBoxLayout(this))
    , m_empty(new QLabel(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(0);
    m_empty->setContentsMargins(HomeCard::padding, 0, HomeCard::padding, Space::unit);
    m_empty->setWordWrap(true);
    Type::setMuted(*m_empty);
    m_layout->addWidget(m_empty);
}

void HomeRows::addRow()
{
    auto *row = new HomeRow(this);
    connect(row, &QAbstractButton::clicked, this, [this, row] {
        Q_EMIT opened(row->words().ref, QApplication::keyboardModifiers() & Qt::ControlModifier);
    });
    m_rows.append(row);
    m_layout->addWidget(row);
}

void HomeRows::setRows(const QList<HomeRowWords> &rows, const QString &emptyText)
{
    while (m_rows.size() > rows.size())
        delete m_rows.takeLast();
    while (m_rows.size() < rows.size())
        addRow();
    for (qsizetype i = 0; i < rows.size(); ++i)
        m_rows[i]->setWords(rows[i]);
    m_empty->setText(emptyText);
    m_empty->setVisible(rows.isEmpty());
    align();
}

void HomeRows::align()
{
    HomeRow::Widths widths;
    for (const HomeRow *row : std::as_const(m_rows)) {
        const HomeRow::Widths wanted = row->wanted();
        widths.lead = std::max(widths.lead, wanted.lead);
        widths.chip = std::max(widths.chip, wanted.chip);
        widths.value = std::max(widths.value, wanted.value);
    }
    for (HomeRow *row : std::as_const(m_rows)) {
        row->setWidths(widths);
        row->updateGeometry();
    }
}

void HomeRows::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        align();
}

} // namespace Counterfoil
