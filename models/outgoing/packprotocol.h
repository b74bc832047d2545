#pragma once

#include <QByteArray>
#include <QString>

#include <optional>
#include <vector>

namespace Counterfoil {

// What the window and the programs that make packs say to each other: one order on their standard input, one
// answer on their standard output. counterfoil-merge may have been taken over by a document, so its answer is
// believed no further than it can be checked.
namespace PackLimit {
inline constexpr qint64 mergedBytes = 256LL * 1024 * 1024; // of all documents together, and of the result
inline constexpr quint32 documents = 2'000;
inline constexpr quint32 pages = 100'000;
inline constexpr qsizetype orderBytes = 8 * 1024 * 1024;
inline constexpr qsizetype answerBytes = 64;
inline constexpr qsizetype textLength = 1'000;
} // namespace PackLimit

enum class PackFault : quint8 {
    None,
    // Of a document.
    NotPdf,
    Damaged,
    Locked,
    Unreadable,
    Changed, // its bytes are not those that were issued
    LastOfDocument = Changed,
    // Of the whole.
    TooLarge,
    DiskFull,
    NotWritten,
    BadOrder,
    // What the window sees for itself.
    Died,
    TooSlow,
    CannotStart,
};

struct MergeOrder
{
    struct Part // where in the region it lies
    {
        quint64 offset = 0;
        quint64 bytes = 0;
        QString title;                   // of its bookmark
        std::vector<quint32> pages = {}; // which of it, from 0; none: all
    };
    std::vector<Part> parts;
    bool countOnly = false; // of one document: how many pages it has
};

struct ZipOrder
{
    struct Entry
    {
        QString path; // on this computer
        QString name; // in the ZIP
        QString sha256;
        qint64 time = 0; // seconds since 1970
    };
    std::vector<Entry> entries;
    QByteArray manifest;
    QString manifestName;
    qint64 manifestTime = 0;
    QString target; // an empty file
};

struct PackAnswer
{
    PackFault fault = PackFault::None;
    quint32 index = 0; // of the document
    quint32 pages = 0; // of all the parts together
    quint64 bytes = 0; // of the result
};

QByteArray encodeOrder(const MergeOrder &order);
QByteArray encodeOrder(const ZipOrder &order);
QByteArray encodeAnswer(const PackAnswer &answer);
// Nothing when it is malformed or out of bounds.
std::optional<MergeOrder> decodeMergeOrder(const QByteArray &bytes);
std::optional<ZipOrder> decodeZipOrder(const QByteArray &bytes);
std::optional<PackAnswer> decodeAnswerOfPack(const QByteArray &bytes);

} // namespace Counterfoil
