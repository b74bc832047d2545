#pragma once

#include "attachmentdesk.h"
#include "attachmentrunner.h"
#include "attachmentshelf.h"
#include "message.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace Counterfoil {

inline const QByteArray photoHead = QByteArray("\xff\xd8\xff\xe0", 4);

// A shelf in a folder of its own, with the desk before it.
struct Shelf
{
    Shelf()
    {
        shelf.follow(folder.path(), none());
        desk.setProfile(folder.path());
    }

    static OutboxEntries none() { return std::make_shared<const std::vector<OutboxEntry>>(); }
    static OutboxEntries waiting(const Attachment &file,
                                 OutboxEntry::State state = OutboxEntry::State::Queued)
    {
        Message message;
        message.attachments = {file};
        OutboxEntry entry;
        entry.command.kind = &Message::type;
        entry.command.record = AnyRecord(std::make_shared<Message>(message));
        entry.state = state;
        return std::make_shared<const std::vector<OutboxEntry>>(1, entry);
    }
    QString write(const QString &name, const QByteArray &bytes) const
    {
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("cannot write");
        return file.fileName();
    }
    std::optional<Attachment> take(const QString &path, const QString &account = QStringLiteral("a1"))
    {
        QSignalSpy taken(&desk, &AttachmentPort::taken);
        QSignalSpy refused(&desk, &AttachmentPort::refused);
        desk.add(path, account);
        if (!QTest::qWaitFor([&] { return !taken.isEmpty() || !refused.isEmpty(); }, 20'000))
            qFatal("neither taken nor refused");
        if (taken.isEmpty()) {
            error = refused[0][1].value<Error>();
            return std::nullopt;
        }
        return taken[0][1].value<Attachment>();
    }
    std::optional<Attachment> photo(const char *account = "a1")
    {
        return take(write(QStringLiteral("dent.jpg"), photoHead + "rest"), QString::fromLatin1(account));
    }
    QString pathOf(const Attachment &file) const
    {
        return folder.path() + QStringLiteral("/uploads/") + QString::fromStdString(file.upload)
            + QStringLiteral(".jpg");
    }

    QTemporaryDir folder;
    AttachmentShelf shelf;
    AttachmentRunner runner;
    AttachmentDesk desk{&shelf, &runner};
    Error error;
};

} // namespace Counterfoil
