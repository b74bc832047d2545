#include "filterchip.h"

#include "icons.h"
#include "linetext.h"
#include "popover.h"
#include "style.h"
#include "tokens.h"
#include "tooltip.h"
#include "type.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QLocale>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

namespace Counterfoil {

namespace {

constexpr int chipChevronSide = 14;
constexpr int shownValues = 9;

} // namespace

ChipButton::ChipButton(QWidget *parent)
    : QPushButton(parent)
{
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void ChipButton::setActive(bool active)
{
    m_active = active;
    updateGeometry();
    update();
}

QSize ChipButton::sizeHint() const
{
    const QFont face = m_active ? Type::font(Type::Role::Strong) : font();
    const int words = std::min(LineText::width(text(), face), widestText);
    return {words + 20 + (m_opensCard ? chipChevronSide + 2 : 0), Type::controlHeight() - 4};
}

void ChipButton::paintEvent(QPaintEvent *)
{
    const Tokens &t = Tokens::of(palette());
    QPainter painter(this);
    const bool lit = underMouse() || isDown();
    const QColor fill = m_active ? t.info.fill : lit ? t.hover : t.panel;
    paintBox(painter, rect(), Radius::control, fill, m_active ? fill : t.edge);
    const QFont words = m_active ? Type::font(Type::Role::Strong) : font();
    painter.setPen(m_active ? t.info.text : t.text);
    QRect inner = rect().adjusted(10, 0, -10, 0);
    if (m_opensCard) {
        const bool mirrored = layoutDirection() == Qt::RightToLeft;
        QRectF mark(inner.right() - chipChevronSide + 4, (height() - chipChevronSide) / 2.0, chipChevronSide,
                    chipChevronSide);
        if (mirrored)
            mark.moveLeft(inner.left() - 3);
        Icons::paint(painter, Icons::Icon::Chevron, mark, m_active ? t.info.text : t.muted);
        mirrored ? inner.setLeft(inner.left() + chipChevronSide + 2)
                 : inner.setRight(inner.right() - chipChevronSide - 2);
    }
    LineText::draw(painter, inner, QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft), text(), words);
    if (hasFocus())
        paintFocusRing(painter, rect(), Radius::control, t.accent);
}

FilterChip::FilterChip(const QString &name, QWidget *parent)
    : ChipButton(parent)
    , m_name(name)
{
    auto *content = new QWidget;
    m_search = new QLineEdit(content);
    m_list = new QListWidget(content);
    m_clear = new QPushButton(tr("Clear"), content);
    content->setFixedWidth(232);
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(Space::small, Space::small, Space::small, Space::small);
    layout->setSpacing(Space::small);
    layout->addWidget(m_search);
    layout->addWidget(m_list);
    layout->addWidget(m_clear);
    m_search->setPlaceholderText(tr("Type to find"));
    m_search->setAccessibleName(tr("Find in %1").arg(name));
    m_search->installEventFilter(this); // the arrow keys and Enter act on the list below
    m_list->setAccessibleName(name);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->viewport()->setAutoFillBackground(false);
    setLook(*m_clear, ButtonLook::Quiet);
    m_card = new Popover(this, content);

    connect(this, &QPushButton::clicked, this, &FilterChip::openCard);
    connect(m_search, &QLineEdit::textChanged, this, &FilterChip::fillList);
    connect(m_clear, &QPushButton::clicked, this, [this] {
        setChosen({});
        m_card->dismiss();
        Q_EMIT chosenChanged();
    });
    connect(m_list, &QListWidget::itemChanged, this, [this](const QListWidgetItem *item) {
        const QString value = item->data(Qt::UserRole).toString();
        item->checkState() == Qt::Checked ? (void)m_chosen.insert(value) : (void)m_chosen.remove(value);
        describe();
        Q_EMIT chosenChanged();
    });
    connect(m_list, &QListWidget::itemActivated, this, [](QListWidgetItem *item) {
        item->setCheckState(item->checkState() == Qt::Checked ? Qt::Unchecked : Qt::Checked);
    });
    describe();
}

bool FilterChip::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_search && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Down || key == Qt::Key_Up) {
            const int way = key == Qt::Key_Down ? 1 : -1;
            m_list->setCurrentRow(
                std::clamp(m_list->currentRow() + way, 0, std::max(0, m_list->count() - 1)));
            return true;
        }
        if ((key == Qt::Key_Return || key == Qt::Key_Enter) && m_list->currentItem()) {
            Q_EMIT m_list->itemActivated(m_list->currentItem());
            return true;
        }
    }
    return ChipButton::eventFilter(watched, event);
}

void FilterChip::setChoices(const QList<Choice> &choices)
{
    if (choices == m_choices)
        return;
    m_choices = choices;
    describe();
    if (m_card->isOpen())
        fillList();
}

QStringList FilterChip::chosen() const
{
    QStringList values;
    for (const Choice &choice : m_choices) {
        if (m_chosen.contains(choice.value))
            values.append(choice.value);
    }
    for (const QString &value : m_chosen) {
        if (!values.contains(value))
            values.append(value);
    }
    return values;
}

void FilterChip::setChosen(const QStringList &values)
{
    m_chosen = QSet<QString>(values.begin(), values.end());
    describe();
    if (m_card->isOpen())
        fillList();
}

QString FilterChip::description() const
{
    QStringList labels;
    for (const QString &value : chosen()) {
        const auto known = std::find_if(m_choices.begin(), m_choices.end(),
                                        [&value](const Choice &choice) { return choice.value == value; });
        labels.append(known == m_choices.end() ? value : known->label);
    }
    if (labels.isEmpty())
        return {};
    return tr("%1: %2", "name of a filter and what is chosen").arg(m_name, labels.join(QStringLiteral(", ")));
}

void FilterChip::describe()
{
    const QString description = this->description();
    setText(description.isEmpty() ? m_name : description);
    setToolTip(plainToolTip(description));
    setAccessibleName(description.isEmpty() ? tr("%1: any").arg(m_name) : description);
    setActive(!m_chosen.isEmpty());
    m_clear->setEnabled(!m_chosen.isEmpty());
}

void FilterChip::openCard()
{
    m_search->clear();
    m_search->setVisible(m_choices.size() > choicesNeedingSearch);
    fillList();
    m_list->setFixedHeight(
        std::clamp(m_list->count(), 1, shownValues) * Type::rowHeight(Type::Density::Compact) + 4);
    m_card->open();
    (m_search->isVisible() ? static_cast<QWidget *>(m_search) : m_list)->setFocus(Qt::PopupFocusReason);
}

void FilterChip::fillList()
{
    const QSignalBlocker quiet(m_list);
    const QString wanted = m_search->text().trimmed();
    m_list->clear();
    for (const Choice &choice : std::as_const(m_choices)) {
        if (!choice.label.contains(wanted, Qt::CaseInsensitive))
            continue;
        const QString text = choice.count == 0 ? choice.label
                                               : tr("%1 (%2)", "a choice and how often there is")
                                                     .arg(choice.label, QLocale().toString(choice.count));
        auto *item = new QListWidgetItem(text, m_list);
        item->setData(Qt::UserRole, choice.value);
        item->setToolTip(plainToolTip(choice.label));
        item->setSizeHint(QSize(0, Type::rowHeight(Type::Density::Compact)));
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(m_chosen.contains(choice.value) ? Qt::Checked : Qt::Unchecked);
    }
    if (m_list->count() > 0)
        m_list->setCurrentRow(0);
}

ToggleChip::ToggleChip(const QString &text, QWidget *parent)
    : ChipButton(parent)
{
    setText(text);
    setAccessibleName(text);
    setCheckable(true);
    setOpensCard(false);
    connect(this, &QPushButton::toggled, this, &ToggleChip::setActive);
}

} // namespace Counterfoil
