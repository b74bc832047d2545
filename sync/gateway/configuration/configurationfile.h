#pragma once

#include "configuration.h"

#include <QDateTime>

namespace Counterfoil {

// The file on its disk. One thread.
class ConfigurationFile
{
public:
    explicit ConfigurationFile(QString path)
        : m_path(std::move(path))
    { }

    // As it is now. Every Error's sentence names the file.
    Result<GatewayConfiguration> read();
    // Whether it looks otherwise than when it was last read: another time, size or file of that name.
    bool changed() const;

private:
    struct Look
    {
        QDateTime modified;
        qint64 bytes = -1; // -1: not there
        QString target;    // where a link leads, which is how some systems exchange a file
        bool operator==(const Look &) const = default;
    };
    Look look() const;

    const QString m_path;
    Look m_seen;
};

} // namespace Counterfoil
