#include "statepanel.h"

#include "style.h"
#include "tokens.h"
#include "type.h"

#include <QEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace Counterfoil {

namespace {

constexpr int pictureSide = 52;
constexpr int textWidth = 340;

} // namespace

StatePanel::StatePanel(QWidget *over)
    : QWidget(over)
    , m_picture(new QWidget(this))
    , m_title(new QLabel(this))
    , m_text(new QLabel(this))
    , m_button(new QPushButton(this))
{
    m_picture->setFixedSize(pictureSide, pictureSide);
    m_title->setAlignment(Qt::AlignCenter);
    m_title->setWordWrap(true);
    Type::set(*m_title, Type::Role::Strong);
    m_text->setAlignment(Qt::AlignCenter);
    m_text->setWordWrap(true);
    Type::setMuted(*m_text);
    m_button->hide();
    connect(m_button, &QPushButton::clicked, this, &StatePanel::actionChosen);

    auto *layout = new QVBoxLayout(this);
    layout->addStretch(2);
    layout->addWidget(m_picture, 0, Qt::AlignHCenter);
    layout->addSpacing(Space::small);
    layout->addWidget(m_title);
    layout->addWidget(m_text);
    layout->addSpacing(Space::small);
    layout->addWidget(m_button, 0, Qt::AlignHCenter);
    layout->addStretch(3);
    over->installEventFilter(this);
    resize(over->size());
    hide();
}

void StatePanel::tell(Icons::Icon icon, const QString &title, const QString &text, const QString &action)
{
    m_icon = icon;
    m_title->setText(title);
    m_text->setText(text);
    m_text->setVisible(!text.isEmpty());
    m_button->setText(action);
    m_button->setAccessibleName(action);
    m_button->setVisible(!action.isEmpty());
    setAccessibleName(title);
    setAccessibleDescription(text);
    setGeometry(parentWidget()->rect());
    show();
    raise();
    update();
}

QString StatePanel::title() const
{
    return m_title->text();
}

QString StatePanel::text() const
{
    return m_text->text();
}

bool StatePanel::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize)
        setGeometry(parentWidget()->rect());
    return QWidget::eventFilter(watched, event);
}

// Lines of a length that one reads at a glance, however wide the panel is.
void StatePanel::resizeEvent(QResizeEvent *)
{
    const int side = std::max(Space::large, (width() - textWidth) / 2);
    layout()->setContentsMargins(side, Space::large, side, Space::large);
}

void StatePanel::paintEvent(QPaintEvent *)
{
    const Tokens &t = Tokens::of(palette());
    QPainter painter(this);
    painter.fillRect(rect(), t.panel);
    const QRectF disc(m_picture->geometry());
    paintBox(painter, disc, pictureSide / 2.0, t.neutral.fill, Qt::transparent);
    Icons::paint(painter, m_icon, disc.adjusted(14, 14, -14, -14), t.neutral.text);
}

} // namespace Counterfoil
