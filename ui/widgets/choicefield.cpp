#include "choicefield.h"

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
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

namespace Counterfoil {

namespace {

constexpr int chevronSide = 15;
constexpr int shownRows = 9;
constexpr int leastCharacters = 12;

// What begins with what was typed comes before what merely has it somewhere.
int rankOf(const Choice &choice, const QString &typed)
{
    if (typed.isEmpty() || choice.value.compare(typed, Qt::CaseInsensitive) == 0)
        return 0;
    if (choice.label.startsWith(typed, Qt::CaseInsensitive))
        return 1;
    return choice.label.contains(typed, Qt::CaseInsensitive) ? 2 : -1;
}

} // namespace

ChoiceField::ChoiceField(QWidget *parent)
    : QAbstractButton(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    auto *content = new QWidget;
    m_search = new QLineEdit(content);
    m_search->setPlaceholderText(tr("Type to find"));
    m_search->installEventFilter(this); // arrows and Enter act on the list below
    m_list = new QListWidget(content);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->viewport()->setAutoFillBackground(false);
    m_list->installEventFilter(this);
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(Space::small, Space::small, Space::small, Space::small);
    layout->setSpacing(Space::small);
    layout->addWidget(m_search);
    layout->addWidget(m_list);
    m_card = new Popover(this, content);
    connect(this, &QAbstractButton::clicked, this, [this] { open(); });
    connect(m_search, &QLineEdit::textChanged, this, &ChoiceField::fill);
    connect(m_list, &QListWidget::itemClicked, this, &ChoiceField::choose);
}

void ChoiceField::setChoices(const QList<Choice> &choices)
{
    if (choices == m_choices)
        return;
    m_choices = choices;
    describe();
    if (m_card->isOpen())
        fill();
}

void ChoiceField::setValue(const QString &value)
{
    m_value = value;
    describe();
}

void ChoiceField::setWrong(bool wrong)
{
    m_wrong = wrong;
    update();
}

void ChoiceField::describe()
{
    const auto known = std::ranges::find(m_choices, m_value, &Choice::value);
    setText(known == m_choices.end() ? m_value : known->label);
    setAccessibleDescription(text());
    updateGeometry();
    update();
}

void ChoiceField::open(const QString &typed)
{
    const bool searched = m_choices.size() > choicesNeedingSearch;
    m_search->setVisible(searched);
    m_search->setAccessibleName(tr("Find in %1").arg(accessibleName()));
    m_list->setAccessibleName(accessibleName());
    m_search->setText(searched ? typed : QString());
    fill();
    m_list->setFixedHeight(std::clamp(static_cast<int>(m_choices.size()), 1, shownRows)
                               * Type::rowHeight(Type::Density::Compact)
                           + 4);
    const int digit = fontMetrics().horizontalAdvance(QLatin1Char('0'));
    m_list->parentWidget()->setFixedWidth(std::max(width(), digit * 30));
    m_card->open();
    (searched ? static_cast<QWidget *>(m_search) : m_list)->setFocus(Qt::PopupFocusReason);
}

void ChoiceField::fill()
{
    const QString typed = m_search->text().trimmed();
    m_list->clear();
    for (int rank = 0; rank <= 2; ++rank) {
        for (const Choice &choice : std::as_const(m_choices)) {
            if (rankOf(choice, typed) != rank)
                continue;
            auto *item = new QListWidgetItem(choice.label, m_list);
            item->setData(Qt::UserRole, choice.value);
            item->setToolTip(plainToolTip(choice.label));
            item->setSizeHint(QSize(0, Type::rowHeight(Type::Density::Compact)));
            if (typed.isEmpty() && choice.value == m_value)
                m_list->setCurrentItem(item);
        }
    }
    if (!m_list->currentItem() && m_list->count() > 0)
        m_list->setCurrentRow(0);
    m_list->scrollToItem(m_list->currentItem(), QAbstractItemView::PositionAtCenter);
}

void ChoiceField::choose()
{
    const QListWidgetItem *item = m_list->currentItem();
    if (!item)
        return;
    const QString value = item->data(Qt::UserRole).toString();
    m_card->dismiss();
    if (value == m_value)
        return;
    setValue(value);
    Q_EMIT chosen();
}

bool ChoiceField::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress && (watched == m_search || watched == m_list)) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (watched == m_search && (key == Qt::Key_Down || key == Qt::Key_Up)) {
            const int row = m_list->currentRow() + (key == Qt::Key_Down ? 1 : -1);
            m_list->setCurrentRow(std::clamp(row, 0, std::max(0, m_list->count() - 1)));
            return true;
        }
        if (key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Tab) {
            choose();
            if (key == Qt::Key_Tab)
                focusNextPrevChild(true);
            return true;
        }
    }
    return QAbstractButton::eventFilter(watched, event);
}

void ChoiceField::keyPressEvent(QKeyEvent *event)
{
    const bool plain = !(event->modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier));
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (event->key() == Qt::Key_Down || (enter && plain)) {
        open();
    } else if (plain && !event->text().isEmpty() && event->text().front().isLetterOrNumber()) {
        open(event->text());
    } else if (enter) {
        event->ignore(); // with Ctrl it means the form, not this field
    } else {
        QAbstractButton::keyPressEvent(event);
    }
}

QSize ChoiceField::sizeHint() const
{
    return {LineText::width(text(), font()) + chevronSide + 3 * Space::medium, Type::controlHeight()};
}

QSize ChoiceField::minimumSizeHint() const
{
    return {fontMetrics().horizontalAdvance(QLatin1Char('0')) * leastCharacters, Type::controlHeight()};
}

void ChoiceField::paintEvent(QPaintEvent *)
{
    const Tokens &t = Tokens::of(palette());
    QPainter painter(this);
    const bool lit = (underMouse() || isDown()) && isEnabled();
    paintBox(painter, rect(), Radius::control, lit ? t.hover : t.field, m_wrong ? t.bad.text : t.edge);
    if (hasFocus())
        paintFocusRing(painter, rect(), Radius::control, t.accent);
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    QRect inner = rect().adjusted(Space::medium, 0, -Space::small, 0);
    if (mirrored)
        inner = rect().adjusted(Space::small, 0, -Space::medium, 0);
    QRectF mark(inner.right() - chevronSide + 1, (height() - chevronSide) / 2.0, chevronSide, chevronSide);
    if (mirrored)
        mark.moveLeft(inner.left());
    Icons::paint(painter, Icons::Icon::Chevron, mark, t.muted);
    mirrored ? inner.setLeft(inner.left() + chevronSide + Space::unit)
             : inner.setRight(inner.right() - chevronSide - Space::unit);
    const QString words = text().isEmpty() ? m_nothing : text();
    painter.setPen(text().isEmpty() ? t.muted : palette().color(QPalette::ButtonText));
    LineText::draw(painter, inner, QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft), words, font());
}

} // namespace Counterfoil
