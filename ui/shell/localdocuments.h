#pragma once

#include "documentport.h"

namespace Counterfoil {

// Files of this computer as documents: the key is the path, and what is wanted is here.
class LocalDocuments final : public DocumentPort
{
    Q_OBJECT
public:
    using DocumentPort::DocumentPort;

    void want(const QString &document) override
    {
        QMetaObject::invokeMethod(
            this, [this, document] { Q_EMIT ready(document, document); }, Qt::QueuedConnection);
    }
    void forget(const QString &) override { } // who has forgotten does not listen
};

} // namespace Counterfoil
