#include "documentreading.h"

#include "sharedregion.h"

#include <QFile>
#include <QFileInfo>

namespace Counterfoil {

DocumentReading readInto(SharedRegion &region, const QString &path)
{
    QFile file(path);
    if (!QFileInfo(file).isFile())
        return {0, RenderFault::Unreadable, QStringLiteral("not a file")};
    if (!file.open(QIODevice::ReadOnly))
        return {0, RenderFault::Unreadable, file.errorString()};
    if (file.size() > region.size())
        return {0, RenderFault::TooLarge, QStringLiteral("%1 bytes").arg(file.size())};
    qint64 done = 0;
    while (done < region.size()) {
        const qint64 more = file.read(reinterpret_cast<char *>(region.data()) + done, region.size() - done);
        if (more < 0)
            return {0, RenderFault::Unreadable, file.errorString()};
        if (more == 0)
            break;
        done += more;
    }
    if (done == 0)
        return {0, RenderFault::NotPdf, QStringLiteral("empty")};
    return {done, RenderFault::None, {}};
}

} // namespace Counterfoil
