#include "formsheet.h"

#include "banner.h"
#include "style.h"
#include "type.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>

#include <algorithm>

namespace Counterfoil {

namespace {

// As high as what is in it, and less where the window is too small.
class FormScroll final : public QScrollArea
{
public:
    FormScroll(QWidget *body, int digits)
        : m_digits(digits)
    {
        setFrameShape(QFrame::NoFrame);
        setWidgetResizable(true);
        setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        setFocusPolicy(Qt::NoFocus);
        viewport()->setAutoFillBackground(false);
        setWidget(body);
        body->setAutoFillBackground(false);
        setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    }

    QSize sizeHint() const override
    {
        const int wanted = std::max(fontMetrics().horizontalAdvance(QLatin1Char('0')) * m_digits,
                                    widget()->minimumSizeHint().width());
        const int width = viewport()->width() > 0 && isVisible() ? viewport()->width() : wanted;
        const int height
            = widget()->hasHeightForWidth() ? widget()->heightForWidth(width) : widget()->sizeHint().height();
        return {wanted, height};
    }
    QSize minimumSizeHint() const override
    {
        return {widget()->minimumSizeHint().width(), Type::controlHeight() * 3};
    }

    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (watched == widget() && event->type() == QEvent::LayoutRequest)
            updateGeometry();
        return QScrollArea::eventFilter(watched, event);
    }

private:
    int m_digits;
};

} // namespace

FormSheet::Parts FormSheet::build(QWidget *body, int digits, const QString &saveText, QWidget *note)
{
    Parts parts{};
    parts.content = new QWidget;
    parts.body = body;
    parts.banner = new Banner(parts.content);
    parts.foot = new QWidget(parts.content);
    parts.cancel = new QPushButton(tr("Cancel"), parts.foot);
    parts.save = new QPushButton(saveText, parts.foot);
    parts.save->setToolTip(tr("Ctrl+Enter"));
    setLook(*parts.save, ButtonLook::Primary);
    auto *foot = new QHBoxLayout(parts.foot);
    foot->setContentsMargins(0, 0, 0, 0);
    foot->setSpacing(Space::small);
    foot->addStretch();
    foot->addWidget(parts.cancel);
    foot->addWidget(parts.save);

    parts.question = new QWidget(parts.content);
    auto *words = new QLabel(tr("You have typed something. What is to become of it?"), parts.question);
    words->setWordWrap(true);
    parts.discard = new QPushButton(tr("Throw it away"), parts.question);
    setLook(*parts.discard, ButtonLook::Danger);
    parts.keep = new QPushButton(tr("Keep it for later"), parts.question);
    parts.goOn = new QPushButton(tr("Go on"), parts.question);
    setLook(*parts.goOn, ButtonLook::Primary);
    auto *question = new QHBoxLayout(parts.question);
    question->setContentsMargins(0, 0, 0, 0);
    question->setSpacing(Space::small);
    question->addWidget(words, 1);
    for (QPushButton *button : {parts.discard, parts.keep, parts.goOn})
        question->addWidget(button);
    parts.question->hide();

    auto *layout = new QVBoxLayout(parts.content);
    layout->setContentsMargins(0, 0, Space::small, 0);
    layout->setSpacing(Space::large);
    layout->addWidget(new FormScroll(body, digits), 1);
    if (note)
        layout->addWidget(note);
    layout->addWidget(parts.banner);
    layout->addWidget(parts.foot);
    layout->addWidget(parts.question);
    return parts;
}

FormSheet::FormSheet(QWidget *window, const QString &title, QWidget *body, int digits,
                     const QString &saveText, QWidget *note)
    : FormSheet(window, title, build(body, digits, saveText, note))
{ }

FormSheet::FormSheet(QWidget *window, const QString &title, const Parts &parts)
    : Sheet(window, title, parts.content)
    , m_parts(parts)
    , m_saveText(parts.save->text())
{
    connect(m_parts.save, &QPushButton::clicked, this, &FormSheet::press);
    connect(m_parts.cancel, &QPushButton::clicked, this, &FormSheet::dismiss);
    connect(m_parts.goOn, &QPushButton::clicked, this, [this] { ask(false); });
    connect(m_parts.discard, &QPushButton::clicked, this, [this] { end(false); });
    connect(m_parts.keep, &QPushButton::clicked, this, [this] { end(true); });
}

void FormSheet::open(QWidget *first)
{
    Sheet::open();
    first->setFocus(Qt::TabFocusReason);
}

void FormSheet::goWith(const QObject *somebody)
{
    connect(somebody, &QObject::destroyed, this, &QObject::deleteLater);
}

bool FormSheet::isAsking() const
{
    return m_parts.question->isVisibleTo(m_parts.content);
}

void FormSheet::dismiss()
{
    if (m_busy)
        return;
    if (isAsking())
        ask(false);
    else if (isTyped())
        ask(true);
    else
        end();
}

void FormSheet::ask(bool asking)
{
    if (asking)
        m_asked = focusWidget();
    m_parts.question->setVisible(asking);
    m_parts.foot->setVisible(!asking);
    m_parts.body->setEnabled(!asking);
    QWidget *next = asking ? m_parts.goOn : m_asked ? m_asked.data() : m_parts.save;
    next->setFocus(Qt::TabFocusReason);
}

void FormSheet::end(bool keepTyped)
{
    m_busy = false;
    Sheet::dismiss();
    deleteLater();
    Q_EMIT closed(keepTyped);
}

void FormSheet::press()
{
    if (!m_busy && !isAsking())
        save();
}

void FormSheet::tell(const QString &sentence, Tone tone)
{
    m_parts.banner->tell(sentence, tone);
}

void FormSheet::setSaveText(const QString &text)
{
    m_saveText = text;
    if (!m_busy)
        m_parts.save->setText(text);
}

void FormSheet::setKeeps(bool keeps)
{
    m_parts.keep->setVisible(keeps);
}

void FormSheet::setCancelText(const QString &text)
{
    m_parts.cancel->setText(text);
}

void FormSheet::setBusy(const QString &text)
{
    // A control that cannot be used loses the focus, and gets it back.
    if (!text.isEmpty() && !m_busy)
        m_asked = focusWidget();
    m_busy = !text.isEmpty();
    m_parts.save->setText(m_busy ? text : m_saveText);
    for (QWidget *part :
         {m_parts.body, static_cast<QWidget *>(m_parts.save), static_cast<QWidget *>(m_parts.cancel)})
        part->setEnabled(!m_busy);
    if (!m_busy && m_asked)
        m_asked->setFocus(Qt::OtherFocusReason);
}

void FormSheet::showOnlyClose(const QString &text)
{
    setBusy({});
    m_parts.save->hide();
    m_parts.cancel->setText(text);
    m_parts.cancel->setFocus(Qt::OtherFocusReason);
}

// What the window does with keys is not for now: the sheet is what there is.
bool FormSheet::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        event->accept();
        return true;
    }
    return Sheet::event(event);
}

void FormSheet::keyPressEvent(QKeyEvent *event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    auto *button = qobject_cast<QAbstractButton *>(focusWidget());
    if (event->key() == Qt::Key_Escape) {
        dismiss();
    } else if (enter && button && button->hasFocus() && !(event->modifiers() & Qt::ControlModifier)) {
        button->click();
    } else if (enter && (m_enterSaves || (event->modifiers() & Qt::ControlModifier))) {
        press();
    }
}

} // namespace Counterfoil
