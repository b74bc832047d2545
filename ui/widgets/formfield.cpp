#include "formfield.h"

#include "choicefield.h"
#include "flowlayout.h"
#include "linesedit.h"
#include "style.h"
#include "textlink.h"
#include "tonelabel.h"
#include "type.h"

#include <QCheckBox>
#include <QEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QVBoxLayout>

namespace Counterfoil {

namespace {

constexpr int shownLines = 3;

// A line with a border in the colour of what is wrong.
class FormLine final : public QLineEdit
{
public:
    using QLineEdit::QLineEdit;

    void setWrong(bool wrong)
    {
        m_wrong = wrong;
        update();
    }

protected:
    void paintEvent(QPaintEvent *event) override
    {
        QLineEdit::paintEvent(event);
        if (!m_wrong || hasFocus())
            return;
        QPainter painter(this);
        paintBox(painter, rect(), Radius::control, Qt::transparent, Tokens::of(palette()).bad.text);
    }

private:
    bool m_wrong = false;
};

} // namespace

FormField::FormField(Kind kind, const QString &caption, QWidget *parent)
    : QWidget(parent)
    , m_kind(kind)
    , m_caption(caption)
    , m_note(new ToneLabel(this))
    , m_offer(new QWidget(this))
    , m_use(new TextLink(QString(), m_offer))
    , m_keep(new TextLink(QString(), m_offer))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(3);
    if (kind != Kind::Check) {
        auto *label = new QLabel(caption, this);
        Type::set(*label, Type::Role::CaptionStrong);
        Type::setMuted(*label);
        layout->addWidget(label);
    }
    build();
    m_editor->setAccessibleName(caption);
    m_editor->installEventFilter(this);
    layout->addWidget(m_editor);
    layout->addWidget(m_note);
    auto *offer = new FlowLayout(Space::small, m_offer);
    offer->setContentsMargins(0, 0, 0, 0);
    for (TextLink *link : {m_use, m_keep}) {
        Type::set(*link, Type::Role::Caption);
        offer->addWidget(link);
    }
    m_offer->hide();
    layout->addWidget(m_offer);
    layout->addStretch();
    connect(m_use, &QAbstractButton::clicked, this, &FormField::take);
    connect(m_keep, &QAbstractButton::clicked, this, [this] {
        clearNote();
        m_editor->setFocus(Qt::OtherFocusReason);
        Q_EMIT refused();
    });
    connect(this, &FormField::edited, this, &FormField::clearNote);
}

void FormField::build()
{
    switch (m_kind) {
    case Kind::Line:
    case Kind::Secret:
        m_editor = m_line = new FormLine(this);
        if (m_kind == Kind::Secret)
            m_line->setEchoMode(QLineEdit::Password);
        connect(m_line, &QLineEdit::textEdited, this, &FormField::edited);
        break;
    case Kind::Lines:
        m_editor = m_lines = new LinesEdit(shownLines, this);
        connect(m_lines, &QPlainTextEdit::textChanged, this, &FormField::edited);
        break;
    case Kind::Choice:
        m_editor = m_choice = new ChoiceField(this);
        connect(m_choice, &ChoiceField::chosen, this, [this] {
            Q_EMIT edited();
            Q_EMIT left();
        });
        break;
    case Kind::Check:
        m_editor = m_check = new QCheckBox(m_caption, this);
        connect(m_check, &QCheckBox::clicked, this, &FormField::edited);
        break;
    }
}

QString FormField::value() const
{
    if (m_line)
        return m_line->text();
    if (m_lines)
        return m_lines->toPlainText();
    if (m_choice)
        return m_choice->value();
    return m_check->isChecked() ? QStringLiteral("1") : QString();
}

void FormField::setValue(const QString &value)
{
    if (value == this->value())
        return;
    if (m_line) {
        m_line->setText(value);
        m_line->setCursorPosition(0); // a long one shows how it begins
    } else if (m_lines) {
        const QSignalBlocker quiet(m_lines);
        m_lines->setPlainText(value);
    } else if (m_choice) {
        m_choice->setValue(value);
    } else {
        m_check->setChecked(!value.isEmpty());
    }
    clearNote();
}

void FormField::setChoices(const QList<Choice> &choices)
{
    if (m_choice)
        m_choice->setChoices(choices);
}

void FormField::setHint(const QString &hint)
{
    if (m_line)
        m_line->setPlaceholderText(hint);
    else if (m_lines)
        m_lines->setPlaceholderText(hint);
    else if (m_choice)
        m_choice->setNothing(hint);
}

void FormField::tell(const QString &sentence, Tone tone)
{
    m_offer->hide();
    m_note->tell(sentence, tone);
    m_editor->setAccessibleDescription(sentence);
    markWrong(tone == Tone::Bad && !sentence.isEmpty());
}

QString FormField::told() const
{
    return m_note->text();
}

void FormField::suggest(const QString &sentence, const QString &suggestion, const QString &use,
                        const QString &keep)
{
    if (m_offer->isVisibleTo(this) && suggestion == m_suggestion)
        return; // the pointer may be on it
    m_suggestion = suggestion;
    m_use->setText(use);
    m_keep->setText(keep);
    for (TextLink *link : {m_use, m_keep}) {
        link->setAccessibleName(link->text());
        link->setVisible(!link->text().isEmpty());
        link->updateGeometry();
    }
    tell(sentence, Tone::Neutral);
    m_offer->show();
}

void FormField::clearNote()
{
    m_suggestion.clear();
    tell({}, Tone::Neutral);
}

void FormField::take()
{
    const QString suggestion = m_suggestion;
    m_editor->setFocus(Qt::OtherFocusReason);
    setValue(suggestion);
    Q_EMIT edited();
}

void FormField::markWrong(bool wrong)
{
    if (m_line)
        static_cast<FormLine *>(m_line)->setWrong(wrong);
    else if (m_lines)
        m_lines->setWrong(wrong);
    else if (m_choice)
        m_choice->setWrong(wrong);
}

bool FormField::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_editor && event->type() == QEvent::FocusOut)
        Q_EMIT left();
    return QWidget::eventFilter(watched, event);
}

} // namespace Counterfoil
