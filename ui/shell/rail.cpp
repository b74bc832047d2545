#include "rail.h"

#include "icons.h"
#include "linetext.h"
#include "pill.h"
#include "style.h"
#include "tokens.h"
#include "type.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QPushButton>

#include <utility>

namespace Counterfoil {

namespace {

constexpr int railCharacters = 23; // its width, in digits of the body font
constexpr int itemPadding = 10;

// The program's mark and name.
class Brand final : public QWidget
{
public:
    explicit Brand(QWidget *parent)
        : QWidget(parent)
    {
        setAccessibleName(QStringLiteral("Counterfoil"));
    }
    QSize sizeHint() const override { return {120, 52}; }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Tokens &t = Tokens::of(palette());
        QPainter painter(this);
        QFont font = Type::font(Type::Role::Strong);
        font.setPixelSize(font.pixelSize() + 2);
        const QRectF mark(itemPadding - 2, (height() - 18) / 2.0, 18, 18);
        Icons::paint(painter, Icons::Icon::Brand, mark, t.accent);
        painter.setFont(font);
        painter.setPen(t.text);
        painter.drawText(QRectF(mark.right() + 7, 0, width() - mark.right(), height()),
                         Qt::AlignVCenter | Qt::AlignLeft, QStringLiteral("Counterfoil"));
    }
};

QPushButton *iconButton(Icons::Icon icon, const QString &name, QWidget *parent)
{
    auto *button = new QPushButton(parent);
    button->setIcon(Icons::icon(icon));
    button->setToolTip(name);
    button->setAccessibleName(name);
    setLook(*button, ButtonLook::Quiet);
    return button;
}

} // namespace

RailItem::RailItem(const QString &name, QWidget *parent)
    : QAbstractButton(parent)
    , m_name(name)
{
    // Without its letter, for which a button would make a shortcut that no list of keys knows of.
    setText(QString(name).remove(u'&'));
    setAccessibleName(text());
    setCheckable(true);
    setAutoExclusive(true);
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    describe();
}

QKeySequence RailItem::key() const
{
    const qsizetype at = m_name.indexOf(u'&') + 1;
    return at > 0 && at < m_name.size()
        ? QKeySequence(Qt::ALT | static_cast<Qt::Key>(m_name[at].toUpper().unicode()))
        : QKeySequence();
}

void RailItem::setCount(const QString &count, const QString &meaning)
{
    if (count == m_count && meaning == m_meaning)
        return;
    m_count = count;
    m_meaning = meaning;
    setAccessibleDescription(meaning);
    describe();
    update();
}

void RailItem::describe()
{
    const QString way
        = tr("%1 (%2)", "a pane and its key").arg(text(), key().toString(QKeySequence::NativeText));
    setToolTip(m_meaning.isEmpty() ? way : way + u'\n' + m_meaning);
}

void RailItem::setLetterShown(bool shown)
{
    if (shown != std::exchange(m_letterShown, shown))
        update();
}

QSize RailItem::sizeHint() const
{
    return {120, Type::controlHeight()};
}

void RailItem::paintEvent(QPaintEvent *)
{
    const Tokens &t = Tokens::of(palette());
    QPainter painter(this);
    const bool lit = underMouse();
    if (isChecked() || lit)
        paintBox(painter, rect(), Radius::control, isChecked() ? t.selection : blend(t.ground, t.text, 0.05),
                 Qt::transparent);
    const QRect inner = rect().adjusted(itemPadding, 0, -itemPadding, 0);
    const auto leading = QStyle::visualAlignment(layoutDirection(), Qt::AlignLeading);
    const auto trailing = QStyle::visualAlignment(layoutDirection(), Qt::AlignTrailing);
    painter.setPen(isChecked() ? t.info.text : t.text);
    painter.setFont(isChecked() ? Type::font(Type::Role::Strong) : font());
    painter.drawText(inner,
                     int(leading | Qt::AlignVCenter)
                         | (m_letterShown ? Qt::TextShowMnemonic : Qt::TextHideMnemonic),
                     m_name);
    painter.setFont(Type::font(isChecked() ? Type::Role::CaptionStrong : Type::Role::Caption));
    painter.setPen(isChecked() ? t.info.text : t.muted);
    painter.drawText(inner, int(trailing | Qt::AlignVCenter), m_count);
    if (hasFocus())
        paintFocusRing(painter, rect(), Radius::control, t.accent);
}

PersonItem::PersonItem(const QString &name, const QString &role, QWidget *parent)
    : QAbstractButton(parent)
    , m_role(role)
{
    setText(name);
    setAccessibleName(tr("%1, %2: menu", "person and role").arg(name, role));
    setToolTip(tr("Look, text size, keys, sign out"));
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize PersonItem::sizeHint() const
{
    return {120, fontMetrics().height() + QFontMetrics(Type::font(Type::Role::Caption)).height() + 14};
}

void PersonItem::paintEvent(QPaintEvent *)
{
    const Tokens &t = Tokens::of(palette());
    QPainter painter(this);
    if (underMouse())
        paintBox(painter, rect(), Radius::control, blend(t.ground, t.text, 0.05), Qt::transparent);
    const QRect inner = rect().adjusted(itemPadding, 6, -itemPadding, -6);
    const auto leading = QStyle::visualAlignment(layoutDirection(), Qt::AlignLeading);
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    const int side = 14;
    const QRect words = mirrored ? inner.adjusted(side + 4, 0, 0, 0) : inner.adjusted(0, 0, -side - 4, 0);
    const auto line = [&](int top, int height) { return QRect(words.left(), top, words.width(), height); };
    const int nameHeight = fontMetrics().height();
    painter.setPen(t.text);
    LineText::draw(painter, line(words.top(), nameHeight), leading, text(), Type::font(Type::Role::Strong));
    painter.setPen(t.muted);
    LineText::draw(painter, line(words.top() + nameHeight, words.height() - nameHeight), leading, m_role,
                   Type::font(Type::Role::Caption));
    Icons::paint(
        painter, Icons::Icon::Chevron,
        QRectF(mirrored ? inner.left() : inner.right() - side + 3, (height() - side) / 2.0, side, side),
        t.muted);
    if (hasFocus())
        paintFocusRing(painter, rect(), Radius::control, t.accent);
}

Rail::Rail(const QString &personName, const QString &role, QWidget *parent)
    : QWidget(parent)
    , m_panes(new QVBoxLayout)
    , m_connected(new Switch(this))
{
    setAccessibleName(tr("Panes"));
    fitWidth();
    QCoreApplication::instance()->installEventFilter(this);
    m_connected->setText(tr("Connected"));
    m_connected->setAccessibleName(tr("Connected to the gateway"));
    m_connected->setToolTip(tr("Switch off to work without the network"));
    auto *person = new PersonItem(personName, role, this);
    auto *look = iconButton(Icons::Icon::Moon, tr("Light or dark"), this);
    auto *keys = iconButton(Icons::Icon::Keyboard, tr("All keys (F1)"), this);
    auto *small = new QHBoxLayout;
    small->setContentsMargins(0, 0, 0, 0);
    small->setSpacing(0);
    small->addWidget(look);
    small->addWidget(keys);
    small->addStretch();
    auto *switchRow = new QHBoxLayout;
    switchRow->setContentsMargins(itemPadding, 0, itemPadding, 0);
    switchRow->addWidget(m_connected, 1);
    m_connected->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Space::small + 2, 0, Space::small + 2, Space::medium);
    layout->setSpacing(Space::unit);
    layout->addWidget(new Brand(this));
    m_panes->setSpacing(2);
    layout->addLayout(m_panes);
    layout->addStretch();
    layout->addLayout(switchRow);
    layout->addLayout(small);
    layout->addWidget(person);

    connect(m_connected, &QAbstractButton::clicked, this, &Rail::connectedChosen);
    connect(look, &QPushButton::clicked, this, &Rail::lookToggled);
    connect(keys, &QPushButton::clicked, this, &Rail::keysWanted);
    connect(person, &QAbstractButton::clicked, this,
            [this, person] { Q_EMIT personMenuWanted(person->mapToGlobal(QPoint(0, 0))); });
}

RailItem &Rail::addPane(const QString &name)
{
    auto *item = new RailItem(name, this);
    m_panes->addWidget(item);
    return *item;
}

void Rail::setConnected(bool connected)
{
    m_connected->setChecked(connected);
    m_connected->setText(connected ? tr("Connected") : tr("Disconnected"));
}

void Rail::showLetters(bool shown)
{
    for (RailItem *item : findChildren<RailItem *>())
        item->setLetterShown(shown);
}

bool Rail::eventFilter(QObject *watched, QEvent *event)
{
    const QEvent::Type type = event->type();
    const bool key = type == QEvent::KeyPress || type == QEvent::KeyRelease;
    if (key && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Alt)
        showLetters(type == QEvent::KeyPress);
    else if (type == QEvent::ApplicationDeactivate) // the key is let go elsewhere
        showLetters(false);
    return QWidget::eventFilter(watched, event);
}

void Rail::fitWidth()
{
    setFixedWidth(fontMetrics().horizontalAdvance(QLatin1Char('0')) * railCharacters);
}

void Rail::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        fitWidth();
}

void Rail::paintEvent(QPaintEvent *)
{
    const Tokens &t = Tokens::of(palette());
    QPainter painter(this);
    painter.fillRect(rect(), t.ground);
    const int edge = layoutDirection() == Qt::RightToLeft ? 0 : width() - 1;
    painter.fillRect(QRect(edge, 0, 1, height()), t.line);
}

} // namespace Counterfoil
