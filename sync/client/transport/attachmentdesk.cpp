#include "attachmentdesk.h"

#include "attachmentrunner.h"
#include "attachmentshelf.h"

namespace Counterfoil {

AttachmentDesk::AttachmentDesk(AttachmentShelf *shelf, AttachmentRunner *runner)
    : m_shelf(shelf)
{
    connect(shelf, &AttachmentShelf::taken, this, [this](quint64 number, const Attachment &file) {
        if (m_forgotten.remove(number))
            drop(QString::fromStdString(file.upload));
        else
            Q_EMIT taken(number, file);
    });
    connect(shelf, &AttachmentShelf::refused, this, [this](quint64 number, const Error &error) {
        if (!m_forgotten.remove(number))
            Q_EMIT refused(number, error);
    });
    connect(shelf, &AttachmentShelf::here, this, &AttachmentPort::ready);
    connect(shelf, &AttachmentShelf::failed, this, &AttachmentPort::failed);
    connect(runner, &AttachmentRunner::failed, this, &AttachmentPort::failed);
    connect(shelf, &AttachmentShelf::notHere, runner, &AttachmentRunner::fetch);
    connect(runner, &AttachmentRunner::fetched, shelf, &AttachmentShelf::keep);
}

template <class Work> void AttachmentDesk::onShelf(Work work)
{
    QMetaObject::invokeMethod(
        m_shelf, [shelf = m_shelf, work = std::move(work)] { work(*shelf); }, Qt::QueuedConnection);
}

quint64 AttachmentDesk::add(const QString &file)
{
    const quint64 number = ++m_last;
    onShelf([number, file, directory = m_directory](AttachmentShelf &shelf) {
        shelf.take(number, directory, file);
    });
    return number;
}

quint64 AttachmentDesk::add(const QString &name, const QByteArray &bytes)
{
    const quint64 number = ++m_last;
    onShelf([number, name, bytes, directory = m_directory](AttachmentShelf &shelf) {
        shelf.takeBytes(number, directory, name, bytes);
    });
    return number;
}

void AttachmentDesk::forget(quint64 number)
{
    m_forgotten.insert(number);
}

void AttachmentDesk::drop(const QString &upload)
{
    onShelf([upload](AttachmentShelf &shelf) { shelf.drop(upload); });
}

void AttachmentDesk::want(const Attachment &file)
{
    onShelf([file](AttachmentShelf &shelf) { shelf.find(file); });
}

} // namespace Counterfoil
