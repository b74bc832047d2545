#include "packprotocol.h"

#include <QDataStream>
#include <QIODevice>

namespace Counterfoil {

namespace {

constexpr QDataStream::Version streamVersion = QDataStream::Qt_6_4;

template <class Write> QByteArray encoded(Write write)
{
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream.setVersion(streamVersion);
    write(stream);
    return bytes;
}

} // namespace

QByteArray encodeOrder(const MergeOrder &order)
{
    return encoded([&](QDataStream &stream) {
        stream << order.countOnly << static_cast<quint32>(order.parts.size());
        for (const MergeOrder::Part &part : order.parts) {
            stream << part.offset << part.bytes << part.title.left(PackLimit::textLength)
                   << static_cast<quint32>(part.pages.size());
            for (const quint32 page : part.pages)
                stream << page;
        }
    });
}

QByteArray encodeOrder(const ZipOrder &order)
{
    return encoded([&](QDataStream &stream) {
        stream << order.target << order.manifestName << order.manifest << order.manifestTime
               << static_cast<quint32>(order.entries.size());
        for (const ZipOrder::Entry &entry : order.entries)
            stream << entry.path << entry.name << entry.sha256 << entry.time;
    });
}

QByteArray encodeAnswer(const PackAnswer &answer)
{
    return encoded([&](QDataStream &stream) {
        stream << static_cast<quint8>(answer.fault) << answer.index << answer.pages << answer.bytes;
    });
}

std::optional<MergeOrder> decodeMergeOrder(const QByteArray &bytes)
{
    QDataStream stream(bytes);
    stream.setVersion(streamVersion);
    MergeOrder order;
    quint32 count = 0;
    stream >> order.countOnly >> count;
    if (stream.status() != QDataStream::Ok || count == 0 || count > PackLimit::documents)
        return {};
    for (quint32 i = 0; i < count; ++i) {
        MergeOrder::Part part;
        quint32 pages = 0;
        stream >> part.offset >> part.bytes >> part.title >> pages;
        if (stream.status() != QDataStream::Ok || part.bytes > quint64{PackLimit::mergedBytes}
            || part.offset > quint64{PackLimit::mergedBytes} - part.bytes || pages > PackLimit::pages)
            return {};
        for (quint32 page = 0; pages > 0; --pages) {
            stream >> page;
            part.pages.push_back(page);
        }
        if (stream.status() != QDataStream::Ok)
            return {};
        order.parts.push_back(std::move(part));
    }
    return order;
}

std::optional<ZipOrder> decodeZipOrder(const QByteArray &bytes)
{
    QDataStream stream(bytes);
    stream.setVersion(streamVersion);
    ZipOrder order;
    quint32 count = 0;
    stream >> order.target >> order.manifestName >> order.manifest >> order.manifestTime >> count;
    if (stream.status() != QDataStream::Ok || count > PackLimit::documents)
        return {};
    for (quint32 i = 0; i < count; ++i) {
        ZipOrder::Entry entry;
        stream >> entry.path >> entry.name >> entry.sha256 >> entry.time;
        if (stream.status() != QDataStream::Ok)
            return {};
        order.entries.push_back(std::move(entry));
    }
    return order;
}

std::optional<PackAnswer> decodeAnswerOfPack(const QByteArray &bytes)
{
    QDataStream stream(bytes);
    stream.setVersion(streamVersion);
    PackAnswer answer;
    quint8 fault = 0;
    stream >> fault >> answer.index >> answer.pages >> answer.bytes;
    if (stream.status() != QDataStream::Ok || !stream.atEnd()
        || fault > static_cast<quint8>(PackFault::BadOrder) || answer.index >= PackLimit::documents
        || answer.pages > PackLimit::pages || answer.bytes > quint64{PackLimit::mergedBytes})
        return {};
    answer.fault = static_cast<PackFault>(fault);
    return answer;
}

} // namespace Counterfoil
