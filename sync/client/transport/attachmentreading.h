#pragma once

#include "result.h"

#include <QByteArray>

#include <atomic>

namespace Counterfoil {

// What people choose to put to what they write: wherever it is, so this may block for as long as a share that
// has gone does. Reads no more than a file may have.
Result<QByteArray> readAttachment(const QString &path, const std::atomic_bool &cancelled);

// How it is called in the record: without a folder, and what may be printed.
QString attachmentName(const QString &path);

Error attachmentTooLarge(const QString &name);
Error attachmentUnreadable(const QString &name, const QString &detail);

} // namespace Counterfoil
