#include "attachmentdesk.h"

#include "attachmentreading.h"
#include "attachmentrunner.h"
#include "attachmentshelf.h"

#include <QFileInfo>

namespace Counterfoil {

AttachmentDesk::AttachmentDesk(AttachmentShelf *shelf, AttachmentRunner *runner)
    : m_shelf(shelf)
{
    connect(shelf, &AttachmentShelf::taken, this, [this](quint64 number, const Attachment &file) {
        if (stop(number))
            Q_EMIT taken(number, file);
    });
    connect(shelf, &AttachmentShelf::refused, this, [this](quint64 number, const Error &error) {
        if (stop(number))
            Q_EMIT refused(number, error);
    });
    connect(shelf, &AttachmentShelf::here, this, &AttachmentPort::ready);
    connect(shelf, &AttachmentShelf::failed, this, &AttachmentPort::failed);
    connect(shelf, &AttachmentShelf::gone, this, &AttachmentPort::gone);
    connect(runner, &AttachmentRunner::failed, this, &AttachmentPort::failed);
    connect(shelf, &AttachmentShelf::notHere, runner, &AttachmentRunner::fetch);
    connect(runner, &AttachmentRunner::fetched, shelf, &AttachmentShelf::keep);
}

AttachmentDesk::~AttachmentDesk()
{
    for (const auto &cancelled : std::as_const(m_awaited))
        *cancelled = true;
}

template <class Work> void AttachmentDesk::onShelf(Work work)
{
    QMetaObject::invokeMethod(
        m_shelf, [shelf = m_shelf, work = std::move(work)] { work(*shelf); }, Qt::QueuedConnection);
}

quint64 AttachmentDesk::expect(const QString &account)
{
    const quint64 number = ++m_last;
    m_awaited.insert(number, std::make_shared<std::atomic_bool>(false));
    onShelf([number, account, directory = m_directory](AttachmentShelf &shelf) {
        shelf.expect(number, directory, account);
    });
    return number;
}

quint64 AttachmentDesk::add(const QString &file, const QString &account)
{
    const quint64 number = expect(account);
    Reading &reading = m_readings[QFileInfo(file).path()];
    ++reading.files;
    reading.thread.start([this, number, file, cancelled = m_awaited.value(number)]() -> SideThread::Then {
        const auto bytes = readAttachment(file, *cancelled);
        return [this, number, file, bytes] { takeRead(number, file, bytes); };
    });
    return number;
}

quint64 AttachmentDesk::add(const QString &name, const QByteArray &bytes, const QString &account)
{
    const quint64 number = expect(account);
    onShelf([number, name = attachmentName(name), bytes](AttachmentShelf &shelf) {
        shelf.take(number, name, bytes);
    });
    return number;
}

void AttachmentDesk::takeRead(quint64 number, const QString &file, const Result<QByteArray> &bytes)
{
    if (const auto from = m_readings.find(QFileInfo(file).path()); --from->second.files == 0)
        m_readings.erase(from);
    if (!m_awaited.contains(number))
        return;
    if (bytes) {
        onShelf([number, name = attachmentName(file), read = *bytes](AttachmentShelf &shelf) {
            shelf.take(number, name, read);
        });
    } else {
        forget(number);
        Q_EMIT refused(number, bytes.error());
    }
}

bool AttachmentDesk::stop(quint64 number)
{
    const auto cancelled = m_awaited.take(number);
    if (cancelled)
        *cancelled = true;
    return cancelled != nullptr;
}

void AttachmentDesk::forget(quint64 number)
{
    stop(number);
    onShelf([number](AttachmentShelf &shelf) { shelf.forget(number); });
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
