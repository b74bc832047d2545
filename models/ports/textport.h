#pragma once

#include "filetext.h"

#include <QList>
#include <QObject>
#include <QString>

namespace Counterfoil {

// The texts of documents on this computer: which are to be read yet, and where what was read goes, so that
// people find documents by the words in them. Lives on the GUI thread; never blocks; answers by signal.
class TextPort : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    static constexpr int unreadMost = 32; // told at once

    struct Unread
    {
        qint64 record = 0;  // its row in the cache
        std::string digest; // of the file
        QString file;       // complete, and not to be written to
    };

    // The newest documents whose text is not known, nor found unreadable by this version of the program;
    // unreadFound() follows.
    virtual void findUnread(const QString &program) = 0;
    virtual void keep(const Counterfoil::FileText &text) = 0; // kept() follows

Q_SIGNALS:
    // `later`: it cannot be said yet.
    void unreadFound(const QList<Counterfoil::TextPort::Unread> &files, bool later);
    void kept(bool stored); // false: there is no room, or the like
    void changed();         // documents came or became others; some may be unread
};

} // namespace Counterfoil
