#include "attachmentreading.h"

#include "attachmentrules.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace Counterfoil {

namespace {

#define TEXT(text) QCoreApplication::translate("Attachments", text)

constexpr qint64 readAtOnceBytes = 256 * 1024;
constexpr qsizetype nameCharacters = 120; // of what the record says; the rest is left out

} // namespace

QString attachmentName(const QString &path)
{
    QString plain;
    const QString name = path.section(u'/', -1);
    for (const QChar c : name) {
        if (c.isPrint())
            plain += c;
    }
    return plain.trimmed().right(nameCharacters);
}

Error attachmentTooLarge(const QString &name)
{
    return {ErrorKind::BadInput,
            TEXT("“%1” is too large: a file has at most 20 MB. Make the picture smaller, then add it again.")
                .arg(name),
            QStringLiteral("a file too large")};
}

Error attachmentUnreadable(const QString &name, const QString &detail)
{
    return {ErrorKind::BadInput,
            TEXT("“%1” cannot be read. Check that it is still there and that you may read it.").arg(name),
            detail};
}

#undef TEXT

Result<QByteArray> readAttachment(const QString &path, const std::atomic_bool &cancelled)
{
    const QString name = attachmentName(path);
    QFile file(path);
    // What is no file may never end.
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly))
        return attachmentUnreadable(name, file.errorString());
    QByteArray bytes;
    while (!cancelled && !file.atEnd()) {
        if (std::max<qint64>(file.size(), bytes.size()) > mostAttachmentBytes) // it may grow meanwhile
            return attachmentTooLarge(name);
        const QByteArray piece = file.read(readAtOnceBytes);
        if (piece.isEmpty())
            return attachmentUnreadable(name, file.errorString());
        bytes += piece;
    }
    return bytes;
}

} // namespace Counterfoil
