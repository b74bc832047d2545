#include "accountswitcher.h"

#include "accountlistmodel.h"
#include "icons.h"
#include "linetext.h"
#include "plaintipdelegate.h"
#include "popover.h"
#include "style.h"
#include "tokens.h"
#include "type.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QSortFilterProxyModel>
#include <QVBoxLayout>

#include <algorithm>

namespace Counterfoil {

namespace {

constexpr int widestName = 260;
constexpr int chevronSide = 15;
constexpr int shownRows = 12;

class AccountDelegate final : public PlainTipDelegate
{
public:
    using PlainTipDelegate::PlainTipDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Tokens &t = Tokens::of(option.palette);
        painter->save();
        if (option.state & QStyle::State_Selected)
            paintBox(*painter, option.rect.adjusted(4, 1, -4, -1), Radius::chip, t.selection,
                     Qt::transparent);
        const int indent = 12 + 16 * index.data(ItemRole::Raw).toInt();
        const QRect words = option.direction == Qt::RightToLeft ? option.rect.adjusted(12, 0, -indent, 0)
                                                                : option.rect.adjusted(indent, 0, -12, 0);
        const QFont font = indent > 12 ? option.font : Type::font(Type::Role::Strong);
        painter->setPen(t.text);
        const auto leading = QStyle::visualAlignment(option.direction, Qt::AlignLeading);
        const auto trailing = QStyle::visualAlignment(option.direction, Qt::AlignTrailing);
        const QString note = index.data(ItemRole::Note).toString();
        const int noteWidth = note.isEmpty() ? 0 : LineText::width(note, option.font) + 12;
        const QRect name = option.direction == Qt::RightToLeft ? words.adjusted(noteWidth, 0, 0, 0)
                                                               : words.adjusted(0, 0, -noteWidth, 0);
        LineText::draw(*painter, name, leading, index.data().toString(), font);
        painter->setPen(t.muted);
        LineText::draw(*painter, words, trailing, note, option.font);
        painter->restore();
    }

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        return {200, Type::rowHeight(Type::Density::Compact)};
    }
};

} // namespace

AccountSwitcher::AccountSwitcher(AccountListModel &model, QWidget *parent)
    : QAbstractButton(parent)
    , m_model(model)
    , m_matching(new QSortFilterProxyModel(this))
{
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    m_matching->setSourceModel(&model);
    m_matching->setFilterCaseSensitivity(Qt::CaseInsensitive);
    auto *content = new QWidget;
    m_search = new QLineEdit(content);
    m_search->setPlaceholderText(tr("Type to find an account"));
    m_search->setAccessibleName(tr("Find an account"));
    m_search->installEventFilter(this);
    m_list = new QListView(content);
    m_list->setModel(m_matching);
    m_list->setItemDelegate(new AccountDelegate(m_list));
    m_list->setUniformItemSizes(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->viewport()->setAutoFillBackground(false);
    m_list->setAccessibleName(tr("Accounts"));
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(Space::small, Space::small, Space::small, Space::small);
    layout->setSpacing(Space::small);
    layout->addWidget(m_search);
    layout->addWidget(m_list);
    content->setFixedWidth(320);
    m_card = new Popover(this, content);

    connect(this, &QAbstractButton::clicked, this, &AccountSwitcher::open);
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_matching->setFilterFixedString(text.trimmed());
        m_list->setCurrentIndex(m_matching->index(0, 0));
    });
    connect(m_list, &QListView::clicked, this, &AccountSwitcher::choose);
    connect(&model, &QAbstractItemModel::modelReset, this, &AccountSwitcher::describe);
    connect(&model, &QAbstractItemModel::rowsInserted, this, &AccountSwitcher::describe);
    connect(&model, &QAbstractItemModel::rowsRemoved, this, [this] {
        // Access to the one chosen may have ended: then all the others are meant, not none.
        if (!m_key.isEmpty() && rowOf(m_key) < 0)
            restore({});
        else
            describe();
    });
    connect(&model, &QAbstractItemModel::dataChanged, this, &AccountSwitcher::describe);
    hide(); // until there is an account to show
    describe();
}

int AccountSwitcher::rowOf(const QString &key) const
{
    for (int row = 0; row < m_model.rowCount(); ++row) {
        if (m_model.index(row).data(ItemRole::Key).toString() == key)
            return row;
    }
    return -1;
}

std::vector<std::string> AccountSwitcher::accounts() const
{
    std::vector<std::string> keys;
    if (m_key.isEmpty())
        return keys;
    keys.push_back(m_key.toStdString());
    const int row = rowOf(m_key);
    if (row < 0 || m_model.index(row).data(ItemRole::Raw).toInt() > 0)
        return keys;
    for (int branch = row + 1; branch < m_model.rowCount(); ++branch) {
        const QModelIndex index = m_model.index(branch);
        if (index.data(ItemRole::Raw).toInt() == 0)
            break;
        keys.push_back(index.data(ItemRole::Key).toString().toStdString());
    }
    return keys;
}

std::string AccountSwitcher::firstAccount() const
{
    if (!m_key.isEmpty())
        return m_key.toStdString();
    for (int row = 0; row < m_model.rowCount(); ++row) {
        const QString key = m_model.index(row).data(ItemRole::Key).toString();
        if (!key.isEmpty())
            return key.toStdString();
    }
    return {};
}

void AccountSwitcher::restore(const QString &key)
{
    m_key = key;
    describe();
    Q_EMIT chosen();
}

void AccountSwitcher::describe()
{
    const int row = std::max(0, rowOf(m_key));
    const QString name = m_model.rowCount() > 0 ? m_model.index(row).data().toString() : QString();
    if (name == text())
        return;
    setText(name);
    setAccessibleName(tr("Account: %1").arg(name));
    setVisible(!name.isEmpty());
    updateGeometry();
    update();
}

void AccountSwitcher::open()
{
    if (m_model.rowCount() < 2)
        return;
    m_search->clear();
    m_matching->setFilterFixedString(QString());
    const int rows = std::clamp(m_matching->rowCount(), 1, shownRows);
    m_list->setFixedHeight(rows * Type::rowHeight(Type::Density::Compact));
    m_list->setCurrentIndex(m_matching->mapFromSource(m_model.index(std::max(0, rowOf(m_key)))));
    m_card->open();
    m_search->setFocus(Qt::PopupFocusReason);
}

void AccountSwitcher::choose(const QModelIndex &index)
{
    if (!index.isValid())
        return;
    m_key = index.data(ItemRole::Key).toString();
    m_card->dismiss();
    describe();
    Q_EMIT chosen();
}

bool AccountSwitcher::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_search && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        const int row = m_list->currentIndex().row();
        if (key == Qt::Key_Down || key == Qt::Key_Up) {
            const int next = std::clamp(row + (key == Qt::Key_Down ? 1 : -1), 0,
                                        std::max(0, m_matching->rowCount() - 1));
            m_list->setCurrentIndex(m_matching->index(next, 0));
            return true;
        }
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            choose(m_list->currentIndex());
            return true;
        }
    }
    return QAbstractButton::eventFilter(watched, event);
}

QSize AccountSwitcher::sizeHint() const
{
    const int words = std::min(LineText::width(text(), Type::font(Type::Role::Strong)), widestName);
    return {words + chevronSide + 4 + 2 * Space::small, Type::controlHeight()};
}

QSize AccountSwitcher::minimumSizeHint() const
{
    return sizeHint();
}

void AccountSwitcher::paintEvent(QPaintEvent *)
{
    const Tokens &t = Tokens::of(palette());
    QPainter painter(this);
    const bool several = m_model.rowCount() > 1;
    if (several && (underMouse() || isDown()))
        paintBox(painter, rect(), Radius::control, t.hover, Qt::transparent);
    const QFont font = Type::font(Type::Role::Strong);
    painter.setPen(t.text);
    QRect inner = rect().adjusted(Space::small, 0, -Space::small, 0);
    if (several) {
        const bool mirrored = layoutDirection() == Qt::RightToLeft;
        const QRectF mark(mirrored ? inner.left() - 3 : inner.right() - chevronSide + 4,
                          (height() - chevronSide) / 2.0, chevronSide, chevronSide);
        Icons::paint(painter, Icons::Icon::Chevron, mark, t.muted);
        mirrored ? inner.setLeft(inner.left() + chevronSide + 4)
                 : inner.setRight(inner.right() - chevronSide - 4);
    }
    LineText::draw(painter, inner, QStyle::visualAlignment(layoutDirection(), Qt::AlignLeading), text(),
                   font);
    if (hasFocus())
        paintFocusRing(painter, rect(), Radius::control, t.accent);
}

} // namespace Counterfoil
