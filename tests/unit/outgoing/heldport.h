#pragma once

#include "documentport.h"
#include "outgoingdocument.h"

#include <QHash>
#include <QTemporaryDir>

namespace Counterfoil {

// A shelf with real files on it. What is on it comes with the next turn of the event loop, what is not comes
// when the test says so.
class HeldPort final : public DocumentPort
{
    Q_OBJECT
public:
    void want(const QString &document) override;
    void forget(const QString &document) override { forgotten.append(document); }

    void come(const QString &document) { Q_EMIT ready(document, m_files.value(document)); }

    // A document of this number, whose file is on the shelf.
    OutgoingDocument put(const QString &number, const QByteArray &bytes);
    QString fileOf(const OutgoingDocument &document) const { return m_files.value(document.key); }
    void takeAway(const OutgoingDocument &document) { m_files.remove(document.key); }
    void bringBack(const OutgoingDocument &document)
    {
        m_files.insert(document.key, m_dir.filePath(document.sha256 + document.key));
    }

    QStringList wanted;
    QStringList forgotten;
    QHash<QString, Error> failing;

private:
    QTemporaryDir m_dir;
    QHash<QString, QString> m_files;
};

} // namespace Counterfoil
