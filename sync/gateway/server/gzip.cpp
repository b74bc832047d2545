#include "gzip.h"

#include <QByteArrayView>
#include <QList>
#include <QString>

#include <zlib.h>

namespace Counterfoil {

std::optional<std::string> gzip(std::string_view bytes)
{
    constexpr int level = 2;
    constexpr int gzipWindow = 15 + 16;
    constexpr int memoryLevel = 8;
    z_stream stream{};
    if (deflateInit2(&stream, level, Z_DEFLATED, gzipWindow, memoryLevel, Z_DEFAULT_STRATEGY) != Z_OK)
        return std::nullopt;
    std::string packed(deflateBound(&stream, static_cast<uLong>(bytes.size())), '\0');
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef *>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    const int code = deflate(&stream, Z_FINISH);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    return code == Z_STREAM_END ? std::optional(std::move(packed)) : std::nullopt;
}

bool acceptsGzip(std::string_view acceptEncoding)
{
    const auto header
        = QString::fromLatin1(acceptEncoding.data(), static_cast<qsizetype>(acceptEncoding.size()));
    const auto codings = header.split(QLatin1Char(','));
    for (const QString &coding : codings) {
        const auto parts = coding.split(QLatin1Char(';'));
        if (parts.front().trimmed().compare(QLatin1String("gzip"), Qt::CaseInsensitive) != 0)
            continue;
        const QString quality = parts.size() > 1 ? parts[1].simplified().remove(QLatin1Char(' ')) : QString();
        return !quality.startsWith(QLatin1String("q=")) || quality.mid(2).toDouble() > 0.0;
    }
    return false;
}

} // namespace Counterfoil
