#include "messagelist.h"

#include "linesedit.h"
#include "message.h"
#include "tokens.h"
#include "tooltip.h"
#include "type.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace Counterfoil {

namespace {

constexpr int fieldLines = 2;

} // namespace

MessageList::MessageList(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QVBoxLayout)
    , m_none(new QLabel(tr("Nothing has been written yet. Both sides read what is written here."), this))
    , m_field(new LinesEdit(fieldLines, this))
    , m_send(new QPushButton(tr("Send"), this))
{
    Type::setMuted(*m_none);
    m_none->setWordWrap(true);
    m_field->setAccessibleName(tr("Write about this return"));
    m_field->setPlaceholderText(tr("Write about this return"));
    m_field->installEventFilter(this);
    m_send->setToolTip(tr("Ctrl+Enter"));
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(Space::medium);
    m_layout->addWidget(m_none);
    auto *foot = new QHBoxLayout;
    foot->setSpacing(Space::small);
    foot->addWidget(m_field, 1);
    foot->addWidget(m_send, 0, Qt::AlignBottom);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Space::medium);
    layout->addLayout(m_layout);
    layout->addLayout(foot);
    connect(m_send, &QPushButton::clicked, this, &MessageList::send);
}

void MessageList::addRow()
{
    Row row{};
    row.box = new QWidget(this);
    row.head = new QLabel(row.box);
    row.head->setTextFormat(Qt::PlainText);
    Type::set(*row.head, Type::Role::CaptionStrong);
    Type::setMuted(*row.head);
    row.text = new QLabel(row.box);
    row.text->setTextFormat(Qt::PlainText);
    row.text->setWordWrap(true);
    row.text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *layout = new QVBoxLayout(row.box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addWidget(row.head);
    layout->addWidget(row.text);
    m_layout->addWidget(row.box);
    m_rows.append(row);
}

void MessageList::setMessages(const QList<Words> &messages)
{
    if (messages == m_messages)
        return; // what somebody is selecting stays selected
    m_messages = messages;
    while (m_rows.size() > messages.size())
        delete m_rows.takeLast().box;
    while (m_rows.size() < messages.size())
        addRow();
    for (qsizetype i = 0; i < messages.size(); ++i) {
        const Words &words = messages[i];
        m_rows[i].head->setText(tr("%1 · %2", "who wrote it, and when").arg(words.author, words.when));
        m_rows[i].head->setToolTip(plainToolTip(words.fullWhen));
        m_rows[i].text->setText(words.text);
        // One's own side stands back a little, so that a glance tells who said what.
        m_rows[i].box->layout()->setContentsMargins(words.own ? Space::huge : 0, 0, 0, 0);
    }
    m_none->setVisible(messages.isEmpty());
}

void MessageList::setWritable(bool writable)
{
    m_field->setVisible(writable);
    m_send->setVisible(writable);
}

QString MessageList::typed() const
{
    return m_field->toPlainText();
}

void MessageList::setTyped(const QString &text)
{
    m_field->setPlainText(text);
}

void MessageList::focusField()
{
    m_field->setFocus(Qt::OtherFocusReason);
}

void MessageList::send()
{
    const QString text = typed().trimmed().left(static_cast<qsizetype>(mostMessageCharacters));
    if (text.isEmpty())
        return;
    m_field->clear();
    Q_EMIT sendWanted(text);
}

bool MessageList::eventFilter(QObject *watched, QEvent *event)
{
    const bool press = event->type() == QEvent::KeyPress;
    if (watched == m_field && (press || event->type() == QEvent::ShortcutOverride)) {
        auto &key = *static_cast<QKeyEvent *>(event);
        const bool enter = key.key() == Qt::Key_Return || key.key() == Qt::Key_Enter;
        if (enter && key.modifiers().testFlag(Qt::ControlModifier)) {
            key.accept(); // in the window the keys mean something else
            if (press)
                send();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace Counterfoil
