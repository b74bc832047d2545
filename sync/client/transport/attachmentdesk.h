#pragma once

#include "attachmentport.h"
#include "result.h"
#include "sidethread.h"

#include <QHash>

#include <atomic>
#include <map>
#include <memory>

namespace Counterfoil {

class AttachmentRunner;
class AttachmentShelf;

// The face of the attachments on the GUI thread. Reads what people choose on threads beside it, one for each
// folder: a share that has gone holds up what is there alone, and nobody who leaves.
class AttachmentDesk final : public AttachmentPort
{
    Q_OBJECT
public:
    AttachmentDesk(AttachmentShelf *shelf, AttachmentRunner *runner);
    ~AttachmentDesk() override;

    void setProfile(const QString &directory) { m_directory = directory; } // empty: nobody is signed in

    quint64 add(const QString &file, const QString &account) override;
    quint64 add(const QString &name, const QByteArray &bytes, const QString &account) override;
    void forget(quint64 number) override;
    void drop(const QString &upload) override;
    void want(const Attachment &file) override;

private:
    struct Reading
    {
        SideThread thread;
        int files = 0; // that are yet to be read
    };

    template <class Work> void onShelf(Work work);
    quint64 expect(const QString &account);
    bool stop(quint64 number); // waiting for it; false: nobody did
    void takeRead(quint64 number, const QString &file, const Result<QByteArray> &bytes);

    AttachmentShelf *m_shelf;
    QString m_directory;
    quint64 m_last = 0;
    QHash<quint64, std::shared_ptr<std::atomic_bool>> m_awaited; // set: it need not be read on
    std::map<QString, Reading> m_readings;                       // by the folder
};

} // namespace Counterfoil
