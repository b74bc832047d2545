#include "configurationfile.h"

#include "configurationwords.h"

#include <QFile>
#include <QFileInfo>

namespace Counterfoil {

using ConfigurationWords::tr;

ConfigurationFile::Look ConfigurationFile::look() const
{
    const QFileInfo information(m_path);
    if (!information.exists())
        return {};
    return {information.lastModified(), information.size(), information.canonicalFilePath()};
}

bool ConfigurationFile::changed() const
{
    return look() != m_seen;
}

Result<GatewayConfiguration> ConfigurationFile::read()
{
    // Before it is read: what is written meanwhile is seen as another change.
    m_seen = look();
    QFile file(m_path);
    if (!file.open(QIODevice::ReadOnly))
        return Error{
            ErrorKind::BadInput,
            tr("The configuration %1 cannot be read. Check its name and who may read it.").arg(m_path),
            file.errorString()};
    auto configuration
        = readConfiguration(file.read(mostConfigurationBytes + 1), QFileInfo(m_path).absolutePath());
    if (!configuration) {
        Error error = configuration.error();
        error.userText = tr("The configuration %1 cannot be used. %2").arg(m_path, error.userText);
        return error;
    }
    return configuration;
}

} // namespace Counterfoil
