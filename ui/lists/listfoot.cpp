#include "listfoot.h"

#include "listdescription.h"
#include "pill.h"
#include "recordheader.h"
#include "tokens.h"
#include "type.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>

#include <algorithm>

namespace Counterfoil {

namespace {

constexpr qsizetype mostCurrenciesShown = 3;

} // namespace

ListFoot::ListFoot(const ListDescription &description, const RecordListModel &model, bool showPrices,
                   QWidget *parent)
    : QWidget(parent)
    , m_description(description)
    , m_model(model)
    , m_showPrices(showPrices)
    , m_count(new QLabel(this))
    , m_above(new Pill(this))
    , m_sum(new QLabel(this))
{
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(RecordHeader::edgePadding, Space::unit, RecordHeader::edgePadding, Space::unit);
    line->addWidget(m_count);
    line->addSpacing(Space::medium);
    line->addWidget(m_above);
    line->addStretch();
    line->addWidget(m_sum);
    Type::setMuted(*m_count);
    Type::setMuted(*m_sum);
    m_count->setMinimumHeight(m_above->sizeHint().height()); // so that the foot keeps its height
    m_count->setMinimumWidth(1);                             // what they say never widens the list
    m_sum->setMinimumWidth(1);
    m_above->setTone(Tone::Info);
    m_above->hide();
    connect(m_above, &QAbstractButton::clicked, this, &ListFoot::topWanted);
    connect(&model, &RecordListModel::totalsChanged, this, &ListFoot::show);
    connect(&model, &RecordListModel::countingChanged, this, &ListFoot::show);
}

void ListFoot::showRowsAbove(int rows)
{
    m_above->setText(tr("%Ln new above", nullptr, rows));
    m_above->setVisible(rows > 0);
    showSum();
}

void ListFoot::showSelected(const QString &words)
{
    m_selected = words;
    show();
}

// As many of the sums as there is room for, and never a part of one.
void ListFoot::showSelection()
{
    const QString plus = QStringLiteral(" + ");
    const int room = width() - (m_above->isHidden() ? 0 : m_above->sizeHint().width())
        - 2 * (RecordHeader::edgePadding + Space::huge);
    QString shown = m_selected;
    for (QString whole = m_selected; fontMetrics().horizontalAdvance(shown) > room && whole.contains(plus);
         shown = whole + plus + QChar(0x2026))
        whole.truncate(whole.lastIndexOf(plus));
    m_count->setText(shown);
    m_count->setToolTip(m_selected);
}

void ListFoot::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    showSum();
}

void ListFoot::show()
{
    const RecordListModel::Totals totals = m_model.totals();
    // Rows are shown before they are counted.
    const bool known = totals.count > 0 || m_model.rowCount() == 0;
    m_count->setText(known ? counted(totals) : tr("Counting…"));
    showSum();
}

// With what the count leaves out: rows whose words are stored behind, and those beyond what a list holds.
QString ListFoot::counted(const RecordListModel::Totals &totals) const
{
    const QString sought = QString::fromStdString(m_model.query().text);
    QString text = m_description.found && !sought.isEmpty()
        ? m_description.found(totals.count, sought)
        : m_description.counted(totals.count, totals.openCount);
    if (totals.widened)
        text += QStringLiteral(" · ") + m_description.widenedText;
    if (totals.unsearched > 0)
        text += QStringLiteral(" · ") + tr("%1 not searched yet").arg(QLocale().toString(totals.unsearched));
    if (totals.listed < totals.count)
        text += QStringLiteral(" · ") + tr("the first %1 are listed").arg(QLocale().toString(totals.listed));
    return text;
}

// As many currencies as there is room for; all of them on hover.
void ListFoot::showSum()
{
    if (!m_selected.isEmpty()) {
        m_sum->clear();
        m_sum->setToolTip({});
        return showSelection();
    }
    const QStringList all = m_showPrices ? m_model.totals().openAmounts : QStringList();
    const int room = width() - m_count->sizeHint().width()
        - (m_above->isHidden() ? 0 : m_above->sizeHint().width())
        - 2 * (RecordHeader::edgePadding + Space::huge);
    QString text;
    for (qsizetype shown = std::min(all.size(), mostCurrenciesShown); shown > 0; --shown) {
        const int others = static_cast<int>(all.size() - shown);
        const QString sum = all.mid(0, shown).join(QStringLiteral(" + "));
        text = m_description.sumOpen(
            others == 0 ? sum : tr("%1 and %Ln more currencies", "amounts", others).arg(sum));
        if (fontMetrics().horizontalAdvance(text) <= room)
            break;
        text.clear(); // rather nothing than half a sum; the tool tip of the count has it
    }
    m_sum->setText(text);
    m_sum->setToolTip(all.size() > 1 ? all.join(QLatin1Char('\n')) : QString());
    const QString why = m_model.totals().unsearched > 0 ? m_description.unsearchedWhy : QString();
    m_count->setToolTip(text.isEmpty() && !all.isEmpty() ? all.join(QLatin1Char('\n')) : why);
}

} // namespace Counterfoil
