#pragma once

#include "attachmentport.h"

#include <QSet>

namespace Counterfoil {

class AttachmentRunner;
class AttachmentShelf;

// The face of the attachments on the GUI thread.
class AttachmentDesk final : public AttachmentPort
{
    Q_OBJECT
public:
    AttachmentDesk(AttachmentShelf *shelf, AttachmentRunner *runner);

    void setProfile(const QString &directory) { m_directory = directory; } // empty: nobody is signed in

    quint64 add(const QString &file) override;
    quint64 add(const QString &name, const QByteArray &bytes) override;
    void forget(quint64 number) override;
    void drop(const QString &upload) override;
    void want(const Attachment &file) override;

private:
    template <class Work> void onShelf(Work work);

    AttachmentShelf *m_shelf;
    QString m_directory;
    quint64 m_last = 0;
    QSet<quint64> m_forgotten; // that have yet to be copied
};

} // namespace Counterfoil
