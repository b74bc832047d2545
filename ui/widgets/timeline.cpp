#include "timeline.h"

#include "style.h"
#include "tokens.h"
#include "type.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>

#include <algorithm>

namespace Counterfoil {

namespace {

constexpr int eventDotSide = 9;
constexpr int textIndent = 22;

} // namespace

Timeline::Timeline(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QVBoxLayout(this))
    , m_earlier(new QLabel(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(Space::small);
    m_layout->addWidget(m_earlier);
    m_earlier->setContentsMargins(textIndent, 0, 0, 0);
    Type::setMuted(*m_earlier);
}

void Timeline::setEntries(const QList<TimelineEntry> &entries)
{
    const qsizetype shown = std::min<qsizetype>(entries.size(), mostEntries);
    while (m_rows.size() > shown)
        delete m_rows.takeLast().box;
    while (m_rows.size() < shown) {
        auto *box = new QWidget(this);
        auto *line = new QHBoxLayout(box);
        line->setContentsMargins(textIndent, 0, 0, 0);
        line->setSpacing(Space::medium);
        const Row row{box, new QLabel(box), new QLabel(box)};
        row.text->setWordWrap(true);
        row.text->setTextFormat(Qt::PlainText);
        row.text->setAlignment(Qt::AlignTop | Qt::AlignLeading);
        Type::set(*row.text, m_rows.isEmpty() ? Type::Role::Strong : Type::Role::Body);
        row.when->setAlignment(Qt::AlignTop | Qt::AlignTrailing);
        Type::setMuted(*row.when);
        line->addWidget(row.text, 1);
        line->addWidget(row.when);
        m_layout->insertWidget(static_cast<int>(m_rows.size()), box);
        m_rows.append(row);
    }
    for (qsizetype i = 0; i < shown; ++i) {
        m_rows[i].text->setText(entries[i].text);
        m_rows[i].when->setText(entries[i].when);
        m_rows[i].when->setToolTip(entries[i].fullWhen);
    }
    m_earlier->setText(tr("and %Ln earlier", nullptr, static_cast<int>(entries.size() - shown)));
    m_earlier->setVisible(entries.size() > shown);
    update();
}

void Timeline::paintEvent(QPaintEvent *)
{
    if (m_rows.isEmpty())
        return;
    const Tokens &t = Tokens::of(palette());
    QPainter painter(this);
    const double half = fontMetrics().height() / 2.0;
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    const double x = mirrored ? width() - eventDotSide / 2.0 - 1 : eventDotSide / 2.0 + 1;
    const double top = m_rows.first().box->y() + half;
    const double bottom = m_rows.last().box->y() + half;
    painter.fillRect(QRectF(x - 0.75, top, 1.5, bottom - top), t.line);
    for (qsizetype i = 0; i < m_rows.size(); ++i) {
        const double y = m_rows[i].box->y() + half;
        const QRectF dot(x - eventDotSide / 2.0, y - eventDotSide / 2.0, eventDotSide, eventDotSide);
        paintBox(painter, dot.adjusted(-2, -2, 2, 2), eventDotSide, t.panel, Qt::transparent);
        paintBox(painter, dot, eventDotSide / 2.0, i == 0 ? t.accent : t.edge, Qt::transparent);
    }
}

} // namespace Counterfoil
