#include "findbar.h"

#include "actionbutton.h"
#include "documentfind.h"
#include "flowlayout.h"
#include "searchfield.h"
#include "style.h"
#include "tokens.h"
#include "type.h"

#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QPushButton>
#include <QTimer>

namespace Counterfoil {

namespace {

constexpr int typingPauseMs = 120; // after it a search begins by itself
constexpr int mostTyped = 200;     // characters; no line of a document that anybody looks for is longer

QPushButton *quietButton(Icons::Icon icon, const QString &name, QWidget *parent)
{
    auto *button = new QPushButton(parent);
    button->setIcon(Icons::icon(icon));
    button->setToolTip(name);
    button->setAccessibleName(name);
    button->setFocusPolicy(Qt::TabFocus); // a click leaves the keys with what is typed
    setLook(*button, ButtonLook::Quiet);
    return button;
}

} // namespace

FindBar::FindBar(const DocumentFind &find, QAction *list, QWidget *parent)
    : QWidget(parent)
    , m_find(find)
    , m_field(new SearchField(Icons::Icon::Search, tr("Find in the document"), {}, this))
    , m_result(new QLabel(this))
    , m_case(new QPushButton(tr("Aa", "button: small and capital letters differ"), this))
    , m_previous(quietButton(Icons::Icon::ChevronUp, tr("Previous (Shift+Enter)"), this))
    , m_next(quietButton(Icons::Icon::Chevron, tr("Next (Enter)"), this))
    , m_typing(new QTimer(this))
{
    m_field->setMaxLength(mostTyped);
    m_field->setMinimumWidth(140);
    m_field->setAccessibleName(tr("Find in the document"));
    m_field->installEventFilter(this);
    Type::setMuted(*m_result);
    m_case->setCheckable(true);
    m_case->setFocusPolicy(Qt::TabFocus);
    m_case->setToolTip(tr("Small and capital letters differ"));
    m_case->setAccessibleName(tr("Small and capital letters differ"));
    setLook(*m_case, ButtonLook::Quiet);
    auto *close = quietButton(Icons::Icon::Close, tr("Close (Esc)"), this);

    auto *layout = new FlowLayout(Space::unit, this);
    layout->setContentsMargins(Space::medium, Space::unit + 2, Space::medium, Space::unit + 3);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_field, m_result, m_case, m_previous, m_next,
                                                            buttonFor(list, this), close})
        layout->addWidget(widget);

    m_typing->setSingleShot(true);
    m_typing->setInterval(typingPauseMs);
    connect(m_typing, &QTimer::timeout, this, &FindBar::searchNow);
    connect(m_field, &QLineEdit::textChanged, m_typing, QOverload<>::of(&QTimer::start));
    connect(m_case, &QPushButton::toggled, this, &FindBar::searchNow);
    connect(m_previous, &QPushButton::clicked, this, [this] { goOn(false); });
    connect(m_next, &QPushButton::clicked, this, [this] { goOn(true); });
    connect(close, &QPushButton::clicked, this, &FindBar::closed);
    connect(&find, &DocumentFind::changed, this, &FindBar::showResult);
    showResult();
}

void FindBar::begin(const QString &words)
{
    show();
    if (!words.isEmpty())
        m_field->setText(words.simplified().left(mostTyped));
    m_field->selectAll();
    m_field->setFocus(Qt::ShortcutFocusReason);
    searchNow();
}

void FindBar::light(const QString &words)
{
    show();
    m_field->setText(words.simplified().left(mostTyped));
    searchNow();
}

QString FindBar::words() const
{
    return m_field->text();
}

bool FindBar::matchesCase() const
{
    return m_case->isChecked();
}

QString FindBar::resultText() const
{
    return m_result->text();
}

void FindBar::searchNow()
{
    m_typing->stop();
    if (m_field->text() != m_find.words() || m_case->isChecked() != m_find.matchesCase())
        Q_EMIT searchWanted(m_field->text(), m_case->isChecked());
}

void FindBar::goOn(bool forwards)
{
    if (m_typing->isActive())
        searchNow(); // that goes to the first one
    else if (forwards)
        Q_EMIT nextWanted();
    else
        Q_EMIT previousWanted();
}

void FindBar::showResult()
{
    const QLocale locale;
    const QString count = locale.toString(m_find.count());
    QString text;
    if (m_find.words().isEmpty())
        text.clear();
    else if (!m_find.failure().isEmpty())
        text = m_find.count() > 0 ? tr("%1 of %2, not all searched").arg(m_find.position()).arg(count)
                                  : tr("Could not be searched");
    else if (m_find.position() == 0)
        text = m_find.isRunning() ? tr("Searching…") : tr("Not found");
    else if (m_find.isCut())
        text = tr("%1 of more than %2").arg(locale.toString(m_find.position()), count);
    else
        text
            = tr("%1 of %2", "the hit one is at, of how many").arg(locale.toString(m_find.position()), count);
    m_result->setText(text);
    m_result->setToolTip(m_find.failure());
    m_result->setVisible(!text.isEmpty());
    m_field->setAccessibleDescription(text);
    m_previous->setEnabled(m_find.count() > 0);
    m_next->setEnabled(m_find.count() > 0);
}

bool FindBar::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            goOn(!(key->modifiers() & Qt::ShiftModifier));
            return true;
        }
        if (key->key() == Qt::Key_Escape) {
            Q_EMIT closed();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void FindBar::paintEvent(QPaintEvent *)
{
    const Tokens &t = Tokens::of(palette());
    QPainter painter(this);
    painter.fillRect(rect(), t.panel);
    painter.fillRect(QRect(0, height() - 1, width(), 1), t.line);
}

} // namespace Counterfoil
