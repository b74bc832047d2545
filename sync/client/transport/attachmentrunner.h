#pragma once

#include "attachment.h"
#include "serialcalls.h"

#include <QByteArray>

namespace Counterfoil {

// Fetches attachments that somebody wants to look at, on the sync thread. Each call ends with one signal.
class AttachmentRunner final : public QObject
{
    Q_OBJECT
public:
    explicit AttachmentRunner(QObject *parent = nullptr);

    SerialCalls &calls() { return m_calls; }

    void fetch(const Attachment &file, quint64 generation); // which comes back with it
    void endAll();                                          // of whoever was signed in, or might see more

Q_SIGNALS:
    // The bytes have its digest.
    void fetched(const Counterfoil::Attachment &file, const QByteArray &bytes, quint64 generation);
    void failed(const Counterfoil::Attachment &file, const Counterfoil::Error &error);

private:
    SerialCalls m_calls;
};

} // namespace Counterfoil
