#include "heldport.h"

#include <QCryptographicHash>
#include <QFile>

namespace Counterfoil {

void HeldPort::want(const QString &document)
{
    wanted.append(document);
    if (failing.contains(document))
        QMetaObject::invokeMethod(
            this, [this, document] { Q_EMIT failed(document, failing.value(document)); },
            Qt::QueuedConnection);
    else if (m_files.contains(document))
        QMetaObject::invokeMethod(
            this, [this, document] { come(document); }, Qt::QueuedConnection);
}

OutgoingDocument HeldPort::put(const QString &number, const QByteArray &bytes)
{
    OutgoingDocument document;
    document.key = QStringLiteral("d-") + number;
    document.number = number;
    document.paper = QStringLiteral("invoice");
    document.ending = QStringLiteral("pdf");
    document.dated = Instant{1'793'707'200'000};
    document.bytes = bytes.size();
    document.sha256
        = QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
    const QString path = m_dir.filePath(document.sha256 + document.key);
    QFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size())
        m_files.insert(document.key, path);
    return document;
}

} // namespace Counterfoil
