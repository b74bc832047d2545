#pragma once

#include <QList>
#include <QString>
#include <QWidget>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace Counterfoil {

class LinesEdit;

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
        bool own = false; // of the side that reads it

        bool operator==(const Words &) const = default;
    };

    explicit MessageList(QWidget *parent = nullptr);

    void setMessages(const QList<Words> &messages);
    void setWritable(bool writable);
    QString typed() const;
    void setTyped(const QString &text);
    void focusField();

    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    void sendWanted(const QString &text); // nothing but blanks is not sent

private:
    struct Row
    {
        QWidget *box;
        QLabel *head;
        QLabel *text;
    };
    void addRow();
    void send();

    QList<Words> m_messages;
    QVBoxLayout *m_layout;
    QList<Row> m_rows;
    QLabel *m_none;
    LinesEdit *m_field;
    QPushButton *m_send;
};

} // namespace Counterfoil
