#pragma once

#include "attachment.h"

#include <QList>
#include <QString>
#include <QWidget>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace Counterfoil {

class AttachmentField;
class AttachmentLinks;
class AttachmentPort;
class LinesEdit;
class ToneLabel;

// What people write to each other, oldest first, and a field for the next.
class MessageList final : public QWidget
{
    Q_OBJECT
public:
    struct Words
    {
        QString key;
        QString author;
        QString when;
        QString fullWhen;
        QString text;
        bool own = false;                   // of the side that reads it
        std::vector<Attachment> files = {}; // never change with the key

        bool operator==(const Words &other) const
        {
            return key == other.key && author == other.author && when == other.when && text == other.text
                && own == other.own;
        }
    };
    struct Draft // what is being written
    {
        QString text;
        std::vector<Attachment> files = {};

        bool isEmpty() const { return text.trimmed().isEmpty() && files.empty(); }
    };

    // `attachments`: nullptr: no files go with a message.
    explicit MessageList(AttachmentPort *attachments, QWidget *parent = nullptr);

    void setMessages(const QList<Words> &messages);
    void setWritable(bool writable);
    Draft draft() const;
    Draft takeDraft(); // and leaves the field empty
    void setDraft(const Draft &draft);
    void focusField();
    AttachmentField *files() const { return m_files; } // nullptr: none can be added

    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    void sendWanted(const Counterfoil::MessageList::Draft &draft); // never an empty one
    void openWanted(const Counterfoil::Attachment &file);
    void saveWanted(const Counterfoil::Attachment &file);

private:
    struct Row
    {
        QWidget *box;
        QLabel *head;
        QLabel *text;
        AttachmentLinks *files;
    };
    void addRow();
    void sayLimit(); // where too much is typed
    void send();

    QList<Words> m_messages;
    QVBoxLayout *m_layout;
    QList<Row> m_rows;
    QLabel *m_none;
    LinesEdit *m_field;
    AttachmentField *m_files = nullptr;
    ToneLabel *m_note;
    QPushButton *m_send;
};

} // namespace Counterfoil
