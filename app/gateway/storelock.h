#pragma once

#include "result.h"

#include <QFile>

#include <memory>

namespace Counterfoil {

// One gateway at a time serves a store. Held until destroyed; the system lets go of it with the
// process, however that ends. Command lines that look after users need none.
class StoreLock
{
public:
    static Result<StoreLock> take(const QString &storeFile);

private:
    explicit StoreLock(std::unique_ptr<QFile> file)
        : m_file(std::move(file))
    { }

    std::unique_ptr<QFile> m_file; // beside the store; its handle holds the lock
};

} // namespace Counterfoil
