#include "messagelist.h"

#include "attachmentfield.h"
#include "error.h"
#include "linesedit.h"
#include "message.h"
#include "selectable.h"
#include "sendkey.h"
#include "tokens.h"
#include "tonelabel.h"
#include "tooltip.h"
#include "type.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

namespace Counterfoil {

namespace {

constexpr int fieldLines = 2;

} // namespace

MessageList::MessageList(AttachmentPort *attachments, QWidget *parent)
    : QWidget(parent)
    , m_port(attachments)
    , m_layout(new QVBoxLayout)
    , m_none(new QLabel(tr("Nothing has been written yet. Both sides read what is written here."), this))
    , m_field(new LinesEdit(fieldLines, this))
    , m_note(new ToneLabel(this))
    , m_send(new QPushButton(tr("Send"), this))
{
    Type::setMuted(*m_none);
    m_none->setWordWrap(true);
    m_field->setAccessibleName(tr("Write about this return"));
    m_field->setPlaceholderText(tr("Write about this return"));
    new SendKey(*m_field, [this] { send(); });
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
    if (attachments) {
        m_files = new AttachmentField(*attachments, this);
        m_files->listenTo(m_field);
        layout->addWidget(m_files);
        connect(m_files, &AttachmentField::refused, this, [this](const QString &sentence) {
            if (sentence.isEmpty())
                sayLimit();
            else
                m_note->tell(sentence, Tone::Warn);
        });
        connect(attachments, &AttachmentPort::taken, this, &MessageList::take);
        connect(attachments, &AttachmentPort::refused, this, &MessageList::refuse);
    }
    layout->addWidget(m_note);
    connect(m_field, &LinesEdit::textChanged, this, &MessageList::sayLimit);
    connect(m_send, &QPushButton::clicked, this, &MessageList::send);
}

MessageList::~MessageList()
{
    for (const Draft &draft : std::as_const(m_unsent)) {
        for (const quint64 number : draft.coming) {
            if (m_port) // it may have gone before the window
                m_port->forget(number);
        }
    }
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
    makeSelectable(*row.text);
    auto *layout = new QVBoxLayout(row.box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addWidget(row.head);
    layout->addWidget(row.text);
    row.files = new AttachmentLinks(row.box);
    layout->addWidget(row.files);
    connect(row.files, &AttachmentLinks::openWanted, this, &MessageList::openWanted);
    connect(row.files, &AttachmentLinks::saveWanted, this, &MessageList::saveWanted);
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
        m_rows[i].text->setVisible(!words.text.isEmpty());
        m_rows[i].files->setFiles(words.files);
        // One's own side stands back a little, so that a glance tells who said what.
        m_rows[i].box->layout()->setContentsMargins(words.own ? Space::huge : 0, 0, 0, 0);
    }
    m_none->setVisible(messages.isEmpty());
}

void MessageList::setWritable(bool writable)
{
    m_field->setVisible(writable);
    m_send->setVisible(writable);
    if (m_files)
        m_files->setVisible(writable);
}

void MessageList::writeAbout(const QString &key, const QString &account)
{
    if (key == m_about)
        return;
    if (m_files)
        m_files->setAccount(account);
    if (const Draft left = draft(); !left.isEmpty())
        m_unsent.insert(m_about, left);
    m_about = key;
    setDraft(m_unsent.take(key));
}

void MessageList::giveBack(const QString &key, const Draft &draft)
{
    Draft joined = key == m_about ? this->draft() : m_unsent.value(key);
    const bool both = !draft.text.isEmpty() && !joined.text.isEmpty();
    joined.text = draft.text + (both ? QStringLiteral("\n") : QString()) + joined.text;
    joined.files.insert(joined.files.begin(), draft.files.begin(), draft.files.end());
    if (key == m_about)
        setDraft(joined);
    else
        m_unsent.insert(key, joined);
}

void MessageList::take(quint64 number, const Attachment &file)
{
    for (Draft &draft : m_unsent) {
        if (draft.coming.remove(number))
            draft.files.push_back(file);
    }
}

void MessageList::refuse(quint64 number, const Error &error)
{
    for (Draft &draft : m_unsent) {
        if (draft.coming.remove(number))
            draft.warning = error.userText;
    }
}

MessageList::Draft MessageList::draft() const
{
    Draft shown{m_field->toPlainText()};
    if (m_files) {
        shown.files = m_files->files();
        shown.coming = m_files->coming();
    }
    return shown;
}

void MessageList::setDraft(const Draft &draft)
{
    m_field->setPlainText(draft.text);
    if (m_files)
        m_files->setFiles(draft.files, draft.coming);
    sayLimit();
    if (!draft.warning.isEmpty())
        m_note->tell(draft.warning, Tone::Warn);
}

void MessageList::focusField()
{
    m_field->setFocus(Qt::OtherFocusReason);
}

// What is too long stays as it is: nobody's words are cut off.
void MessageList::sayLimit()
{
    const qsizetype count = m_field->toPlainText().trimmed().size();
    constexpr auto most = static_cast<qsizetype>(mostMessageCharacters);
    m_field->setWrong(count > most);
    m_note->tell(count > most
                     ? tr("A message has at most %1 characters, and this one has %2. Make two of it.")
                           .arg(QLocale().toString(most), QLocale().toString(count))
                     : QString(),
                 Tone::Warn);
}

void MessageList::send()
{
    if (draft().isEmpty())
        return;
    if (m_files && m_files->isTaking())
        return m_note->tell(tr("A file is still being copied. Press again in a moment."), Tone::Info);
    if (draft().text.trimmed().size() > static_cast<qsizetype>(mostMessageCharacters))
        return sayLimit();
    Draft wanted = draft();
    if (wanted.files.size() > mostAttachments) // one that was given back joined another
        return m_note->tell(
            tr("At most %1 files go with a message. Leave some out, or write two.").arg(mostAttachments),
            Tone::Warn);
    setDraft({});
    wanted.text = wanted.text.trimmed();
    Q_EMIT sendWanted(wanted);
}

} // namespace Counterfoil
