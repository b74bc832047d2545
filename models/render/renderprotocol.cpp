#include "renderprotocol.h"

#include <QDataStream>
#include <QIODevice>
#include <QtEndian>

#include <algorithm>
#include <cmath>

namespace Counterfoil {

namespace {

constexpr qsizetype lengthBytes = sizeof(quint32);

void prepare(QDataStream &stream)
{
    stream.setVersion(QDataStream::Qt_6_4);
    stream.setByteOrder(QDataStream::BigEndian);
    stream.setFloatingPointPrecision(QDataStream::DoublePrecision);
}

template <class Write> QByteArray frame(const Write &write)
{
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    prepare(stream);
    stream << quint32(0) << renderProtocolVersion;
    write(stream);
    qToBigEndian(quint32(bytes.size() - lengthBytes), bytes.data());
    return bytes;
}

template <class Item, class Write>
void writeList(QDataStream &stream, const std::vector<Item> &items, const Write &write)
{
    stream << quint32(items.size());
    for (const Item &item : items)
        write(item);
}

// The count is checked before anything is kept, and every item takes bytes of a bounded frame.
template <class Item, class Read>
bool readList(QDataStream &stream, quint32 limit, std::vector<Item> &items, const Read &read)
{
    quint32 count = 0;
    stream >> count;
    if (stream.status() != QDataStream::Ok || count > limit)
        return false;
    for (quint32 i = 0; i < count; ++i) {
        Item item;
        if (!read(item) || stream.status() != QDataStream::Ok)
            return false;
        items.push_back(std::move(item));
    }
    return true;
}

bool sane(double value)
{
    return std::isfinite(value) && std::abs(value) <= RenderLimit::pageEdge;
}

bool sane(const QRectF &box)
{
    return sane(box.x()) && sane(box.y()) && sane(box.width()) && sane(box.height());
}

bool sane(const QSizeF &size)
{
    return sane(size.width()) && sane(size.height()) && size.width() > 0 && size.height() > 0;
}

bool sane(const PagePlace &place)
{
    return place.page >= -1 && place.page < int(RenderLimit::pages) && sane(place.top);
}

bool sane(const TextHit &hit)
{
    return sane(hit.box) && sane(hit.continued) && hit.line.size() <= RenderLimit::textLength
        && hit.begin >= 0 && hit.begin <= hit.line.size();
}

bool sane(const AttachedFile &file)
{
    return file.name.size() <= RenderLimit::textLength && file.description.size() <= RenderLimit::textLength
        && file.mediaType.size() <= RenderLimit::textLength && file.bytes >= -1
        && file.bytes <= RenderLimit::documentBytes;
}

// The corners may lie anywhere, so that QRect's own width() could overflow.
bool isDrawable(const QRect &part)
{
    constexpr qint64 most = RenderLimit::pixelBytes / bytesOfPixel;
    const qint64 width = qint64(part.right()) - part.left() + 1;
    const qint64 height = qint64(part.bottom()) - part.top() + 1;
    return width > 0 && height > 0 && width <= most && height <= most && width * height <= most;
}

bool ended(const QDataStream &stream)
{
    return stream.status() == QDataStream::Ok && stream.atEnd();
}

bool readLists(QDataStream &stream, RenderAnswer &answer)
{
    const auto pages = [&stream](PageInfo &page) {
        stream >> page.size;
        return sane(page.size);
    };
    const auto hits = [&stream](TextHit &hit) {
        stream >> hit.box >> hit.continued >> hit.line >> hit.begin;
        return sane(hit);
    };
    const auto words = [&stream](TextBox &word) {
        stream >> word.box >> word.text >> word.spaceAfter;
        return sane(word.box) && word.text.size() <= RenderLimit::textLength;
    };
    const auto links = [&stream](PageLink &link) {
        stream >> link.box >> link.place.page >> link.place.top >> link.address;
        return sane(link.box) && sane(link.place) && link.address.size() <= RenderLimit::textLength;
    };
    const auto attachments = [&stream](AttachedFile &file) {
        stream >> file.name >> file.description >> file.mediaType >> file.bytes;
        return sane(file);
    };
    int deepest = 0; // the next entry may be
    const auto outline = [&stream, &deepest](OutlineEntry &entry) {
        stream >> entry.title >> entry.depth >> entry.place.page >> entry.place.top;
        const bool fits = entry.depth >= 0 && entry.depth <= deepest;
        deepest = std::min(entry.depth + 1, RenderLimit::outlineDepth - 1);
        return fits && sane(entry.place) && entry.title.size() <= RenderLimit::textLength;
    };
    return readList(stream, RenderLimit::pages, answer.document.pages, pages)
        && readList(stream, RenderLimit::hitsOfPage, answer.hits, hits)
        && readList(stream, RenderLimit::wordsOfPage, answer.words, words)
        && readList(stream, RenderLimit::linksOfPage, answer.links, links)
        && readList(stream, RenderLimit::outlineEntries, answer.outline, outline)
        && readList(stream, RenderLimit::attachments, answer.attachments, attachments);
}

} // namespace

QByteArray encodeFrame(const RenderRequest &request)
{
    return frame([&request](QDataStream &stream) {
        stream << quint8(request.task) << request.id << request.documentBytes << request.page << request.zoom
               << request.rotation << request.colours.paper << request.colours.ink << request.part
               << request.words << request.matchCase << request.attachment;
    });
}

QByteArray encodeFrame(const RenderAnswer &answer)
{
    return frame([&answer](QDataStream &stream) {
        stream << quint8(answer.task) << answer.id << quint8(answer.fault) << quint8(answer.open.toInt())
               << answer.document.title << answer.drawn << answer.attachedBytes;
        writeList(stream, answer.document.pages, [&stream](const PageInfo &page) { stream << page.size; });
        writeList(stream, answer.hits, [&stream](const TextHit &hit) {
            stream << hit.box << hit.continued << hit.line << qint32(hit.begin);
        });
        writeList(stream, answer.words,
                  [&stream](const TextBox &word) { stream << word.box << word.text << word.spaceAfter; });
        writeList(stream, answer.links, [&stream](const PageLink &link) {
            stream << link.box << qint32(link.place.page) << link.place.top << link.address;
        });
        writeList(stream, answer.outline, [&stream](const OutlineEntry &entry) {
            stream << entry.title << qint32(entry.depth) << qint32(entry.place.page) << entry.place.top;
        });
        writeList(stream, answer.attachments, [&stream](const AttachedFile &file) {
            stream << file.name << file.description << file.mediaType << file.bytes;
        });
    });
}

std::optional<RenderRequest> decodeRequest(const QByteArray &body)
{
    QDataStream stream(body);
    prepare(stream);
    RenderRequest request;
    quint32 version = 0;
    quint8 task = 0;
    stream >> version >> task >> request.id >> request.documentBytes >> request.page >> request.zoom
        >> request.rotation >> request.colours.paper >> request.colours.ink >> request.part >> request.words
        >> request.matchCase >> request.attachment;
    if (!ended(stream) || version != renderProtocolVersion)
        return {};
    if (task < quint8(RenderTask::Open) || task > quint8(RenderTask::Last))
        return {};
    request.task = RenderTask(task);
    if (request.documentBytes < 0 || request.documentBytes > RenderLimit::documentBytes || request.page < 0
        || request.rotation < 0 || request.rotation > 270 || request.rotation % 90 != 0
        || request.words.size() > RenderLimit::textLength || request.attachment < 0
        || quint32(request.attachment) >= RenderLimit::attachments
        || (request.task == RenderTask::Draw
            && (!(request.zoom > 0 && request.zoom <= RenderLimit::zoom) || !isDrawable(request.part))))
        return {};
    return request;
}

std::optional<RenderAnswer> decodeAnswer(const QByteArray &body)
{
    QDataStream stream(body);
    prepare(stream);
    RenderAnswer answer;
    quint32 version = 0;
    quint8 task = 0;
    quint8 fault = 0;
    quint8 open = 0;
    stream >> version >> task >> answer.id >> fault >> open >> answer.document.title >> answer.drawn
        >> answer.attachedBytes;
    if (stream.status() != QDataStream::Ok || version != renderProtocolVersion
        || task > quint8(RenderTask::Last) || fault > quint8(RenderFault::LastOfWorker)
        || open > allRenderDoors || answer.attachedBytes < 0
        || answer.attachedBytes > RenderLimit::attachmentBytes
        || answer.document.title.size() > RenderLimit::textLength)
        return {};
    answer.task = RenderTask(task);
    answer.fault = RenderFault(fault);
    answer.open = RenderDoors(open);
    if (!readLists(stream, answer) || !ended(stream))
        return {};
    return answer;
}

std::optional<QByteArray> FrameReader::next()
{
    if (m_bytes.size() < lengthBytes || broken())
        return {};
    const auto length = qsizetype(qFromBigEndian<quint32>(m_bytes.constData()));
    if (m_bytes.size() < lengthBytes + length)
        return {};
    QByteArray body = m_bytes.mid(lengthBytes, length);
    m_bytes.remove(0, lengthBytes + length);
    return body;
}

bool FrameReader::broken() const
{
    return m_bytes.size() >= lengthBytes
        && qFromBigEndian<quint32>(m_bytes.constData()) > RenderLimit::frameBytes;
}

} // namespace Counterfoil
