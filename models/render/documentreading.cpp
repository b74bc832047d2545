#include "documentreading.h"

#include "sharedregion.h"

#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace Counterfoil {

DocumentReading readInto(SharedRegion &region, const QString &path, qint64 written)
{
    qint64 done = 0;
    const auto refused = [&](RenderFault fault, const QString &detail) {
        return DocumentReading{0, std::max(done, written), fault, detail};
    };
    QFile file(path);
    if (!QFileInfo(file).isFile())
        return refused(RenderFault::Unreadable, QStringLiteral("not a file"));
    if (!file.open(QIODevice::ReadOnly))
        return refused(RenderFault::Unreadable, file.errorString());
    if (file.size() > region.size())
        return refused(RenderFault::TooLarge, QStringLiteral("%1 bytes").arg(file.size()));
    while (done < region.size()) {
        const qint64 more = file.read(reinterpret_cast<char *>(region.data()) + done, region.size() - done);
        if (more < 0)
            return refused(RenderFault::Unreadable, file.errorString());
        if (more == 0)
            break;
        done += more;
    }
    if (done == 0)
        return refused(RenderFault::NotPdf, QStringLiteral("empty"));
    std::fill(region.data() + done, region.data() + std::max(done, written), uchar(0));
    return {done, done, RenderFault::None, {}};
}

} // namespace Counterfoil
