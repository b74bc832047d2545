#pragma once

#include "attachment.h"
#include "attachmentport.h"

#include <QPointer>
#include <QSet>
#include <QWidget>

class QLayout;
class QMimeData;
class QPushButton;

namespace Counterfoil {

struct Error;

// Files that are put to what somebody writes: chosen, dropped or pasted, and each can be left out again. They
// are copied at once, so that the person's own may go.
class AttachmentField final : public QWidget
{
    Q_OBJECT
public:
    explicit AttachmentField(AttachmentPort &port, QWidget *parent = nullptr);
    ~AttachmentField() override; // what is still being copied is not waited for

    void setAccount(const QString &account) { m_account = account; } // whose files they are
    // What is dropped on it, or pasted into it, is taken where it is files or a picture; texts go on to it.
    void listenTo(QWidget *field);

    const std::vector<Attachment> &files() const { return m_files; }
    // In place of the present ones, which stay where they are: whoever took over files() and coming() sees to
    // them.
    void setFiles(std::vector<Attachment> files, const QSet<quint64> &coming = {});
    const QSet<quint64> &coming() const { return m_coming; } // still being copied: the port's numbers
    void dropAll();                                          // nobody needs them
    bool isTaking() const { return !m_coming.isEmpty(); }
    void choose(); // asks which
    void add(const QStringList &files);

    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    void edited();
    // Of a file that is not taken; empty: another was, and no sentence about those given with it stands.
    void refused(const QString &sentence);

private:
    void showFiles();
    void forgetComing();
    void take(quint64 number, const Attachment &file);
    void refuse(quint64 number, const Error &error);
    bool takeFrom(const QMimeData &given); // false: there is nothing in it that is taken
    bool hasRoom();

    QPointer<AttachmentPort> m_port;
    std::vector<Attachment> m_files; // with m_coming: at most mostAttachments
    QSet<quint64> m_coming;
    bool m_told = false; // of the files last given, one was refused
    QString m_account;
    QPushButton *m_add;
    QList<QWidget *> m_chips;
};

// The same files where they are read: each opens with a click; its menu saves it.
class AttachmentLinks final : public QWidget
{
    Q_OBJECT
public:
    explicit AttachmentLinks(QWidget *parent = nullptr);

    void setFiles(const std::vector<Attachment> &files); // none: it is hidden
    static QString wordsOf(const Attachment &file);      // its name and its size

Q_SIGNALS:
    void openWanted(const Counterfoil::Attachment &file);
    void saveWanted(const Counterfoil::Attachment &file);

private:
    QStringList m_shown;
};

} // namespace Counterfoil
