#pragma once

#include "openeddocument.h"
#include "renderdoors.h"

#include <QByteArray>
#include <QRect>

#include <optional>
#include <vector>

namespace Counterfoil {

// What the window and its render worker say to each other: one request, one answer, over the worker's
// standard input and output. The document's bytes and the pixels are not part of it, they lie in the two
// shared regions. Whatever comes from the worker is mistrusted: a document may have taken it over.

// Every bound of that conversation. What exceeds one is refused by whoever would send it, and counts as
// nonsense where it arrives all the same.
namespace RenderLimit {
inline constexpr qint64 documentBytes = 64 * 1024 * 1024;
inline constexpr qint64 pixelBytes = 64 * 1024 * 1024;
inline constexpr quint32 frameBytes = 8 * 1024 * 1024;
inline constexpr quint32 pages = 20'000;
inline constexpr quint32 wordsOfPage = 50'000; // a page with more shows, and yields its first so many
inline constexpr quint32 hitsOfPage = 10'000;
inline constexpr quint32 linesOfPage = 500; // of so many hits it is said what stands around them
inline constexpr quint32 linksOfPage = 2'000;
inline constexpr quint32 outlineEntries = 10'000;
inline constexpr int outlineDepth = 16;
inline constexpr quint32 attachments = 1'000;               // a document with more shows its first so many
inline constexpr qint64 attachmentBytes = 32 * 1024 * 1024; // unpacked; fits the region of the pixels
inline constexpr qsizetype textLength = 1'000;              // of a title, a word, what is sought
inline constexpr double pageEdge = 1'000'000;               // points
inline constexpr double zoom = 1'000;                       // device pixels a point
} // namespace RenderLimit

inline constexpr quint32 renderProtocolVersion = 4;
inline constexpr int bytesOfPixel = 4; // QImage::Format_RGB32

enum class RenderTask : quint8 {
    Hello, // said by the worker alone, once, when it is ready
    Open,
    Draw,
    Text,
    Find,
    Links,
    Outline,
    Attachments,
    Attachment, // the bytes of one, in the region of the pixels
    Last = Attachment,
};

enum class RenderFault : quint8 {
    None,
    // What the worker may say.
    NotPdf,
    Damaged,
    Locked,
    TooLarge,
    FontMissing,
    LastOfWorker = FontMissing,
    // What the window sees for itself.
    Unreadable, // the file
    TooSlow,
    Died,
    Nonsense,
    CannotStart,
    NeverReady, // it started, and that was all
    NoSuchPage,
    NoSuchFile, // in the document
    TooMany,
};

struct RenderRequest
{
    RenderTask task = RenderTask::Open;
    quint32 id = 0;           // comes back with the answer
    qint64 documentBytes = 0; // to open
    qint32 page = 0;
    double zoom = 1;     // device pixels a point
    qint32 rotation = 0; // 0, 90, 180 or 270, clockwise
    PageColours colours; // to draw with
    QRect part;          // device pixels, never empty, at most RenderLimit::pixelBytes of them
    QString words;       // to find
    bool matchCase = false;
    qint32 attachment = 0; // which one to unpack, as Attachments lists them
};

struct RenderAnswer
{
    RenderTask task = RenderTask::Hello;
    quint32 id = 0; // of the request
    RenderFault fault = RenderFault::None;
    RenderDoors open; // said with Hello
    OpenedDocument document;
    QSize drawn; // device pixels, rows of drawn.width() * bytesOfPixel bytes from the region's start
    std::vector<TextBox> words;
    std::vector<TextHit> hits;
    std::vector<PageLink> links;
    std::vector<OutlineEntry> outline;
    std::vector<AttachedFile> attachments;
    qint64 attachedBytes = 0; // from the region's start
};

// As frames: the body's length in four bytes, most significant first, then the body.
QByteArray encodeFrame(const RenderRequest &request);
QByteArray encodeFrame(const RenderAnswer &answer);

// The body of a frame; nothing when it is malformed, of another version or out of bounds.
std::optional<RenderRequest> decodeRequest(const QByteArray &body);
std::optional<RenderAnswer> decodeAnswer(const QByteArray &body);

// Cuts what arrives into the bodies of frames.
class FrameReader
{
public:
    void add(const QByteArray &bytes) { m_bytes += bytes; }
    void clear() { m_bytes.clear(); }
    std::optional<QByteArray> next();
    bool broken() const; // the next frame claims to be longer than any may be

private:
    QByteArray m_bytes;
};

} // namespace Counterfoil
