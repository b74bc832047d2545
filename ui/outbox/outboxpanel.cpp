#include "outboxpanel.h"

#include "hairline.h"
#include "outboxdelegate.h"
#include "style.h"
#include "tokens.h"
#include "type.h"

#include <QCoreApplication>
#include <QFrame>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QListView>
#include <QPushButton>

#include <algorithm>

namespace Counterfoil {

namespace {

constexpr int panelCharacters = 66; // its width, in digits of the body font
constexpr int mostListLines = 30;   // of body text; beyond that, the list scrolls

// In the order in which they stand; of those possible, Enter means the first.
struct ActionFace
{
    OutboxAction action;
    const char *text;
    const char *key; // shown in the tool tip; empty: none of its own
};

constexpr ActionFace faces[] = {
    {OutboxAction::Resolve, QT_TRANSLATE_NOOP("Counterfoil::OutboxPanel", "Resolve…"), "Enter"},
    {OutboxAction::SendAgain, QT_TRANSLATE_NOOP("Counterfoil::OutboxPanel", "Send again"), ""},
    {OutboxAction::Retry, QT_TRANSLATE_NOOP("Counterfoil::OutboxPanel", "Retry now"), ""},
    {OutboxAction::Edit, QT_TRANSLATE_NOOP("Counterfoil::OutboxPanel", "Edit…"), "F2"},
    {OutboxAction::Cancel, QT_TRANSLATE_NOOP("Counterfoil::OutboxPanel", "Cancel it"), "Del"},
    {OutboxAction::Dismiss, QT_TRANSLATE_NOOP("Counterfoil::OutboxPanel", "Dismiss"), "Del"},
};

// What Enter does: the likeliest wish, and never one that gives something up.
std::optional<OutboxAction> likeliest(OutboxActions possible)
{
    for (const ActionFace &face : faces) {
        if (possible.testFlag(face.action) && face.action != OutboxAction::Cancel
            && face.action != OutboxAction::Dismiss)
            return face.action;
    }
    return std::nullopt;
}

// The plurals' texts.
struct Summary
{
    Q_DECLARE_TR_FUNCTIONS(OutboxSummary)
};

} // namespace

QString OutboxSummary::brief(const OutboxCounts &counts)
{
    if (counts.needing > 0)
        return Summary::tr("%Ln need you", "changes that need a decision", counts.needing);
    return counts.waiting > 0 ? Summary::tr("%Ln waiting", "changes in the outbox", counts.waiting)
                              : QString();
}

QString OutboxSummary::sentence(const OutboxCounts &counts)
{
    QStringList sentences;
    if (counts.waiting > 0)
        sentences.append(Summary::tr("%Ln changes wait to be sent or answered.", nullptr, counts.waiting));
    if (counts.needing > 0)
        sentences.append(Summary::tr("%Ln changes need your decision.", nullptr, counts.needing));
    return sentences.isEmpty() ? Summary::tr("Nothing waits in the outbox.")
                               : sentences.join(QLatin1Char(' '));
}

OutboxPanel::OutboxPanel(QAbstractItemModel &model, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
    , m_summary(new QLabel(this))
    , m_list(new QListView(this))
    , m_empty(new QLabel(this))
    , m_foot(new QWidget(this))
{
    setAccessibleName(tr("Outbox"));
    setFocusPolicy(Qt::StrongFocus);
    auto *title = new QLabel(tr("Outbox"), this);
    Type::set(*title, Type::Role::Strong);
    Type::setMuted(*m_summary);
    m_summary->setWordWrap(true);
    Type::setMuted(*m_empty);
    m_empty->setWordWrap(true);
    m_empty->setText(tr("What you ask for waits here until the supplier's system has answered it, also "
                        "while there is no connection."));
    m_empty->setContentsMargins(Space::large, 0, Space::large, Space::large);
    m_list->setModel(&model);
    m_list->setItemDelegate(new OutboxDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setResizeMode(QListView::Adjust);
    m_list->setMouseTracking(true);
    m_list->viewport()->setAutoFillBackground(false);
    m_list->setAccessibleName(tr("What you asked for"));
    m_list->installEventFilter(this);
    auto *head = new QVBoxLayout;
    head->setContentsMargins(Space::large, Space::large, Space::large, Space::small);
    head->setSpacing(Space::unit);
    head->addWidget(title);
    head->addWidget(m_summary);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addWidget(m_empty);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_foot);
    buildButtons();

    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &OutboxPanel::showCurrent);
    connect(m_list, &QListView::doubleClicked, this, [this] {
        if (const auto action = likeliest(currentActions()))
            run(*action);
    });
    connect(&model, &QAbstractItemModel::modelReset, this, &OutboxPanel::keepCurrent);
    connect(&model, &QAbstractItemModel::rowsInserted, this, &OutboxPanel::keepCurrent);
    connect(&model, &QAbstractItemModel::rowsRemoved, this, &OutboxPanel::fit);
    connect(&model, &QAbstractItemModel::dataChanged, this, &OutboxPanel::fit);
    chooseFirst();
}

void OutboxPanel::buildButtons()
{
    auto *buttons = new QHBoxLayout;
    buttons->setContentsMargins(Space::large, Space::small, Space::large, Space::medium);
    buttons->setSpacing(Space::small);
    for (const ActionFace &face : faces) {
        auto *button = new QPushButton(tr(face.text), m_foot);
        const QString key = QString::fromLatin1(face.key);
        if (!key.isEmpty())
            button->setToolTip(tr("%1 (%2)", "an action and its key").arg(tr(face.text), key));
        setLook(*button, ButtonLook::Quiet);
        connect(button, &QPushButton::clicked, this, [this, action = face.action] { run(action); });
        m_buttons.insert(int(face.action), button);
        buttons->addWidget(button);
    }
    buttons->addStretch();
    auto *layout = new QVBoxLayout(m_foot);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(hairline(m_foot));
    layout->addLayout(buttons);
}

QString OutboxPanel::currentKey() const
{
    return m_list->currentIndex().data(ItemRole::Key).toString();
}

OutboxActions OutboxPanel::currentActions() const
{
    return OutboxActions::fromInt(m_list->currentIndex().data(OutboxRole::Actions).toInt());
}

void OutboxPanel::setSummary(const QString &text)
{
    m_summary->setText(text);
}

// What needs the person comes before what goes its way by itself.
void OutboxPanel::chooseFirst()
{
    int first = 0;
    for (int row = 0; row < m_model.rowCount(); ++row) {
        const QString tone = m_model.index(row, 0).data(ItemRole::Tone).toString();
        if (tone == QLatin1String("warn") || tone == QLatin1String("bad")) {
            first = row;
            break;
        }
    }
    m_list->setCurrentIndex(m_model.index(first, 0));
    fit();
}

void OutboxPanel::choose(const QString &key)
{
    for (int row = 0; row < m_model.rowCount(); ++row) {
        const QModelIndex index = m_model.index(row, 0);
        if (index.data(ItemRole::Key).toString() == key)
            m_list->setCurrentIndex(index);
    }
}

void OutboxPanel::keepCurrent()
{
    if (!m_list->currentIndex().isValid())
        choose(m_shownKey);
    if (m_list->currentIndex().isValid())
        fit();
    else
        chooseFirst();
}

void OutboxPanel::showCurrent()
{
    m_shownKey = currentKey();
    const OutboxActions possible = currentActions();
    const auto likely = likeliest(possible);
    for (const ActionFace &face : faces) {
        QPushButton *button = m_buttons.value(int(face.action));
        // A button that goes takes the focus along; the list has it then.
        if (!possible.testFlag(face.action) && button->hasFocus())
            m_list->setFocus();
        button->setVisible(possible.testFlag(face.action));
        setLook(*button, likely == face.action ? ButtonLook::Plain : ButtonLook::Quiet);
    }
    m_foot->setVisible(possible != OutboxActions());
}

// Rows came, went or changed: as high as they need, up to where the list scrolls.
void OutboxPanel::fit()
{
    const bool any = m_model.rowCount() > 0;
    // The focus stays in the panel, where Esc is understood, also when the last entry goes.
    const bool focused = hasFocus() || m_list->hasFocus();
    m_empty->setVisible(!any);
    if (any)
        m_list->show();
    setFocusProxy(any ? m_list : nullptr);
    if (focused)
        setFocus();
    m_list->setVisible(any);
    int height = 0;
    const int most = fontMetrics().lineSpacing() * mostListLines;
    for (int row = 0; row < m_model.rowCount() && height < most; ++row)
        height += m_list->sizeHintForRow(row);
    m_list->setFixedHeight(std::min(height, most));
    showCurrent();
    updateGeometry();
}

QSize OutboxPanel::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(QLatin1Char('0')) * panelCharacters,
            QWidget::sizeHint().height()};
}

void OutboxPanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    chooseFirst();
}

void OutboxPanel::run(OutboxAction action)
{
    if (currentActions().testFlag(action))
        Q_EMIT actionChosen(action, currentKey());
}

bool OutboxPanel::pressKey(const QKeyEvent &event)
{
    const OutboxActions possible = currentActions();
    switch (event.key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (const auto action = likeliest(possible))
            run(*action);
        return true;
    case Qt::Key_F2:
        run(OutboxAction::Edit);
        return true;
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
        run(possible.testFlag(OutboxAction::Cancel) ? OutboxAction::Cancel : OutboxAction::Dismiss);
        return true;
    default:
        return false;
    }
}

bool OutboxPanel::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_list && event->type() == QEvent::KeyPress && pressKey(*static_cast<QKeyEvent *>(event)))
        return true;
    return QWidget::eventFilter(watched, event);
}

} // namespace Counterfoil
