#pragma once

#include "attachment.h"
#include "error.h"

#include <QByteArray>
#include <QObject>
#include <QString>

namespace Counterfoil {

// Files that people put to what they ask for or write. What is added is copied, so that the person's own may
// go at any time, and goes to the gateway with the command that refers to it, before it. GUI thread; never
// blocks; answers by signal.
class AttachmentPort : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    // Of what is asked for or written in this account, whose files go with the right to it. taken() or
    // refused() follows, once for each call that is not forgotten, with the number that is returned.
    virtual quint64 add(const QString &file, const QString &account) = 0;
    virtual quint64 add(const QString &name, const QByteArray &bytes, const QString &account) = 0; // pasted
    // Nobody waits for that copy any more: it goes as soon as it is made, and nothing is said of it.
    virtual void forget(quint64 number) = 0;
    // One that was taken is put to nothing. Whatever no command refers to goes when the program ends.
    virtual void drop(const QString &upload) = 0;

    // Where somebody can look at it; ready() or failed() follows. It is a copy with the digest that the
    // record says, and what becomes of it changes nothing else.
    virtual void want(const Attachment &file) = 0;

Q_SIGNALS:
    void taken(quint64 number, const Counterfoil::Attachment &file);
    void refused(quint64 number, const Counterfoil::Error &error);
    void ready(const Counterfoil::Attachment &file, const QString &path);
    void failed(const Counterfoil::Attachment &file, const Counterfoil::Error &error);
    // Rights have changed, and this folder is removed whole, so that nothing stays that may not be seen any
    // more: whoever shows something of it stops. What may still be seen can be asked for again.
    void gone(const QString &folder);
};

} // namespace Counterfoil
