#include "jumpbox.h"

#include "icons.h"
#include "itemroles.h"
#include "linetext.h"
#include "palettemodel.h"
#include "plaintipdelegate.h"
#include "style.h"
#include "tokens.h"
#include "type.h"

#include <QApplication>
#include <QKeyEvent>
#include <QListView>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

namespace Counterfoil {

namespace {

constexpr int shownHits = 11;
constexpr int shadowMargin = 12;
constexpr qsizetype longestText = 400; // a pasted page is no search

class Card final : public QWidget
{
public:
    using QWidget::QWidget;

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Tokens &t = Tokens::of(palette());
        QPainter painter(this);
        const QRectF card = QRectF(rect()).adjusted(shadowMargin, shadowMargin, -shadowMargin, -shadowMargin);
        paintShadow(painter, card, Radius::card, t.shadow, shadowMargin);
        paintBox(painter, card, Radius::card, t.raised, t.edge);
    }
};

// A row: picture, what it is, and at the far side why it matched or its key; or what went wrong.
class PaletteDelegate final : public PlainTipDelegate
{
public:
    using PlainTipDelegate::PlainTipDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Tokens &t = Tokens::of(option.palette);
        painter->save();
        const bool current = option.state & QStyle::State_Selected;
        const QRect row = option.rect.adjusted(6, 1, -6, -1);
        if (current)
            paintBox(*painter, row, Radius::chip, t.selection, Qt::transparent);
        const bool record = !index.data(ItemRole::Key).toString().isEmpty();
        const bool mirrored = option.direction == Qt::RightToLeft;
        const double side = 16;
        QRectF mark(row.left() + 8, row.center().y() - side / 2 + 0.5, side, side);
        QRect words = row.adjusted(8 + 16 + 10, 0, -10, 0);
        if (mirrored) {
            mark.moveRight(row.right() - 8);
            words = row.adjusted(10, 0, -34, 0);
        }
        const QString symbol = index.data(ItemRole::Symbol).toString();
        if (record || !symbol.isEmpty()) {
            const TonePair &tone = t.tone(toneNamed(index.data(ItemRole::Tone).toString()));
            Icons::paintSymbol(*painter, symbol, mark.adjusted(1, 1, -1, -1), tone.text);
        } else {
            Icons::paint(*painter, Icons::Icon::Arrow, mark.adjusted(4, 4, -4, -4),
                         current ? t.accent : t.muted);
        }
        const QFont body = option.font;
        const QFont caption = Type::font(Type::Role::Caption);
        QString why = index.data(ItemRole::Raw).toString();
        if (record && index.data().toString().startsWith(why.section(QLatin1Char(' '), -1)))
            why.clear(); // it was found by the number that the line begins with
        const QFontMetrics captionMetrics(caption);
        const QString shownWhy = captionMetrics.elidedText(why, Qt::ElideMiddle, words.width() / 2);
        const int whyWidth = captionMetrics.horizontalAdvance(shownWhy);
        const auto leading = QStyle::visualAlignment(option.direction, Qt::AlignLeading);
        const auto trailing = QStyle::visualAlignment(option.direction, Qt::AlignTrailing);
        painter->setFont(caption);
        painter->setPen(t.muted);
        painter->drawText(words, int(trailing | Qt::AlignVCenter), shownWhy);
        const int aside = whyWidth + 12;
        const QRect name = option.direction == Qt::RightToLeft ? words.adjusted(aside, 0, 0, 0)
                                                               : words.adjusted(0, 0, -aside, 0);
        painter->setPen(t.text);
        LineText::draw(*painter, name, leading, index.data().toString(), body);
        painter->restore();
    }

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        return {200, Type::rowHeight(Type::Density::Compact) + 4};
    }
};

} // namespace

JumpBox::JumpBox(PaletteModel &model, QWidget *parent)
    : SearchField(Icons::Icon::Search, tr("Search or jump to anything"),
                  QKeySequence(Qt::CTRL | Qt::Key_K).toString(QKeySequence::NativeText), parent)
    , m_model(model)
    , m_card(new Card(window()))
    , m_list(new QListView(m_card))
{
    setAccessibleName(tr("Search or jump to anything"));
    setMaxLength(static_cast<int>(longestText));
    m_list->setModel(&model);
    m_list->setItemDelegate(new PaletteDelegate(m_list));
    m_list->setUniformItemSizes(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->viewport()->setAutoFillBackground(false);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setAccessibleName(tr("What was found"));
    auto *layout = new QVBoxLayout(m_card);
    layout->setContentsMargins(shadowMargin + 1, shadowMargin + 5, shadowMargin + 1, shadowMargin + 5);
    layout->addWidget(m_list);
    m_card->hide();
    connect(this, &QLineEdit::textEdited, this, [this](const QString &text) {
        m_enterWaits = m_pasted = false;
        m_model.setText(text);
        openList();
    });
    connect(&model, &PaletteModel::answered, this, &JumpBox::onAnswered);
    connect(m_list, &QListView::clicked, this, [this](const QModelIndex &index) {
        choose(index.row(), QApplication::keyboardModifiers() & Qt::ControlModifier);
    });
}

QSize JumpBox::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(QLatin1Char('0')) * 46, Type::controlHeight() + 2};
}

void JumpBox::begin(const QString &text)
{
    if (!hasFocus())
        m_focusBefore = QApplication::focusWidget();
    setText(text);
    m_enterWaits = m_pasted = false;
    setFocus(Qt::ShortcutFocusReason);
    m_model.setText(text);
    openList();
}

void JumpBox::beginWithPasted(const QString &text)
{
    const QString line = text.trimmed().section(QLatin1Char('\n'), 0, 0).simplified().left(longestText);
    if (line.isEmpty())
        return;
    if (!hasFocus())
        m_focusBefore = QApplication::focusWidget();
    setText(line);
    setFocus(Qt::ShortcutFocusReason);
    m_enterWaits = false;
    m_pasted = true;
    m_model.setText(line);
    openList();
}

bool JumpBox::isListOpen() const
{
    return m_card->isVisible();
}

void JumpBox::onAnswered()
{
    if (m_model.rowCount() > 0)
        m_list->setCurrentIndex(m_model.index(0, 0));
    placeList();
    if (std::exchange(m_enterWaits, false))
        choose(m_list->currentIndex().row(), m_ownWindow);
    else if (std::exchange(m_pasted, false) && m_model.namesOneRecord())
        choose(0, false);
}

void JumpBox::openList()
{
    if (m_card->parentWidget() != window())
        m_card->setParent(window());
    placeList();
    m_card->show();
    m_card->raise();
    qApp->installEventFilter(this);
}

void JumpBox::closeList()
{
    m_card->hide();
    qApp->removeEventFilter(this);
}

void JumpBox::placeList()
{
    const QPoint below = mapTo(window(), QPoint(0, height() + 4));
    const int rows = std::clamp(m_model.rowCount(), 1, shownHits);
    const int rowHeight = Type::rowHeight(Type::Density::Compact) + 4;
    const QMargins margins = m_card->layout()->contentsMargins();
    const int width = std::max(this->width(), fontMetrics().horizontalAdvance(QLatin1Char('0')) * 56);
    m_card->setGeometry(below.x() - shadowMargin, below.y() - shadowMargin, width + 2 * shadowMargin,
                        rows * rowHeight + margins.top() + margins.bottom());
    m_card->setVisible(m_card->isVisible() && m_model.rowCount() > 0);
}

void JumpBox::leave()
{
    closeList();
    clear();
    if (m_focusBefore)
        m_focusBefore->setFocus(Qt::OtherFocusReason);
    else
        clearFocus();
}

void JumpBox::choose(int row, bool inOwnWindow)
{
    const QPointer<QAction> action = m_model.actionAt(row);
    const RecordRef ref = m_model.refAt(row);
    if (!action && ref.isNull())
        return;
    leave();
    if (!ref.isNull())
        Q_EMIT recordChosen(ref, inOwnWindow);
    else if (action)
        action->trigger();
}

void JumpBox::step(int by)
{
    const int rows = m_model.rowCount();
    if (rows == 0)
        return;
    const int row = std::clamp(m_list->currentIndex().row() + by, 0, rows - 1);
    m_list->setCurrentIndex(m_model.index(row, 0));
}

void JumpBox::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Escape:
        leave();
        return;
    case Qt::Key_Down:
        isListOpen() ? step(1) : openList();
        return;
    case Qt::Key_Up:
        step(-1);
        return;
    case Qt::Key_PageDown:
        step(shownHits);
        return;
    case Qt::Key_PageUp:
        step(-shownHits);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        m_ownWindow = event->modifiers() & Qt::ControlModifier;
        if (m_model.isAnswered())
            choose(m_list->currentIndex().row(), m_ownWindow);
        else
            m_enterWaits = true;
        return;
    default:
        QLineEdit::keyPressEvent(event);
    }
}

bool JumpBox::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::MouseButtonPress && watched->isWidgetType()) {
        auto *widget = static_cast<QWidget *>(watched);
        if (widget != this && widget != m_card && !m_card->isAncestorOf(widget))
            closeList();
    }
    return QLineEdit::eventFilter(watched, event);
}

void JumpBox::focusInEvent(QFocusEvent *event)
{
    QLineEdit::focusInEvent(event);
    if (event->reason() == Qt::MouseFocusReason) {
        m_model.setText(text());
        openList();
    }
}

void JumpBox::focusOutEvent(QFocusEvent *event)
{
    QLineEdit::focusOutEvent(event);
    if (event->reason() != Qt::ActiveWindowFocusReason && event->reason() != Qt::PopupFocusReason)
        closeList();
}

} // namespace Counterfoil
