#pragma once

#include "attachment.h"
#include "sidethreads.h"

#include <QHash>
#include <QObject>
#include <QPointer>
#include <QWidget>

namespace Counterfoil {

class AttachmentPort;

// Opens and saves files that somebody put to a return or a message, once they are on this computer. What they
// are says what opens them, and not their name: their first bytes were looked at when they came.
class AttachmentOpening final : public QObject
{
    Q_OBJECT
public:
    explicit AttachmentOpening(AttachmentPort &port, QObject *parent = nullptr);

    void open(const Attachment &file);
    void save(const Attachment &file, QWidget *window); // where the person says

Q_SIGNALS:
    void told(const QString &sentence);
    void paperOpened(const QString &path);

private:
    void show(const Attachment &file, const QString &path);
    void askWhere(const Attachment &file, const QString &path, QWidget *window);
    void copy(const Attachment &file, const QString &from, const QString &to);

    struct Wish
    {
        bool saves = false;
        QPointer<QWidget> window = {};
    };
    AttachmentPort &m_port;
    QHash<QString, Wish> m_wishes; // by upload; bounded by what the port fetches at once
    SideThreads m_saves;
};

} // namespace Counterfoil
