#pragma once

#include "attachmentport.h"

#include <QHash>
#include <QList>
#include <QPointer>
#include <QSet>
#include <QString>
#include <QWidget>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace Counterfoil {

class AttachmentField;
class AttachmentLinks;
struct Error;
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
        QSet<quint64> coming = {}; // the port's numbers of those that are still being copied
        QString warning = {};      // about a file that was not taken

        bool isEmpty() const { return text.trimmed().isEmpty() && files.empty() && coming.isEmpty(); }
    };

    // `attachments`: nullptr: no files go with a message.
    explicit MessageList(AttachmentPort *attachments, QWidget *parent = nullptr);
    ~MessageList() override;

    void setMessages(const QList<Words> &messages);
    void setWritable(bool writable);
    // What is being written stays with the record that it is about, with the files that are on their way to
    // it, as long as the window lives.
    void writeAbout(const QString &key, const QString &account);
    const QString &about() const { return m_about; }
    void giveBack(const QString &key, const Draft &draft); // it was not sent; joins what was written since
    Draft draft() const;
    void setDraft(const Draft &draft); // about what is shown
    void focusField();
    AttachmentField *files() const { return m_files; } // nullptr: none can be added

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
    void take(quint64 number, const Attachment &file); // for a draft that is not shown
    void refuse(quint64 number, const Error &error);   // likewise

    QPointer<AttachmentPort> m_port;
    QString m_about;
    QHash<QString, Draft> m_unsent; // about what is not shown; bounded by what somebody types
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
