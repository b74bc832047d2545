// counterfoil-zip: puts files into a ZIP for the window, which starts it, cleans the names and names the
// target.

#include "packprotocol.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QFile>

#include <archive.h>
#include <archive_entry.h>

#include <cerrno>
#include <clocale>
#include <cstdio>
#include <memory>

#ifdef Q_OS_WIN
#include <fcntl.h>
#include <io.h>
#endif

using namespace Counterfoil;

namespace {

constexpr qint64 blockBytes = 256 * 1024;
constexpr __LA_MODE_T readable = 0644;

struct Closing
{
    void operator()(archive *zip) const { archive_write_free(zip); }
    void operator()(archive_entry *entry) const { archive_entry_free(entry); }
};
using Zip = std::unique_ptr<archive, Closing>;

PackFault faultOf(archive *zip)
{
    return archive_errno(zip) == ENOSPC || archive_errno(zip) == EDQUOT ? PackFault::DiskFull
                                                                        : PackFault::NotWritten;
}

PackFault begin(archive *zip, const QString &name, qint64 bytes, qint64 time)
{
    const std::unique_ptr<archive_entry, Closing> entry(archive_entry_new());
    archive_entry_set_pathname(entry.get(), name.toUtf8().constData());
    archive_entry_set_size(entry.get(), bytes);
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), readable);
    archive_entry_set_mtime(entry.get(), time, 0);
    return archive_write_header(zip, entry.get()) == ARCHIVE_OK ? PackFault::None : faultOf(zip);
}

PackFault add(archive *zip, const ZipOrder::Entry &entry)
{
    QFile file(entry.path);
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return PackFault::Unreadable;
    const qint64 bytes = file.size();
    if (const PackFault fault = begin(zip, entry.name, bytes, entry.time); fault != PackFault::None)
        return fault;
    QCryptographicHash hash(QCryptographicHash::Sha256);
    QByteArray block(blockBytes, Qt::Uninitialized);
    for (qint64 done = 0; done < bytes;) {
        const qint64 read = file.read(block.data(), std::min(blockBytes, bytes - done));
        if (read <= 0)
            return PackFault::Unreadable;
        hash.addData(QByteArrayView(block.constData(), read));
        if (archive_write_data(zip, block.constData(), size_t(read)) != read)
            return faultOf(zip);
        done += read;
    }
    const bool same = entry.sha256.isEmpty() || QString::fromLatin1(hash.result().toHex()) == entry.sha256;
    return same ? PackFault::None : PackFault::Changed;
}

PackAnswer pack(const ZipOrder &order)
{
    PackAnswer answer;
    const Zip zip(archive_write_new());
    // Names are in UTF-8 and say so. ZIP64 comes by itself where a file or the whole is too large for less.
    if (archive_write_set_format_zip(zip.get()) != ARCHIVE_OK
        || archive_write_set_options(zip.get(), "zip:hdrcharset=UTF-8") != ARCHIVE_OK
        || archive_write_open_filename(zip.get(), QFile::encodeName(order.target).constData())
            != ARCHIVE_OK) {
        answer.fault = faultOf(zip.get());
        return answer;
    }
    for (; answer.index < order.entries.size(); ++answer.index) {
        answer.fault = add(zip.get(), order.entries[answer.index]);
        if (answer.fault != PackFault::None)
            return answer;
    }
    answer.index = 0;
    answer.fault = begin(zip.get(), order.manifestName, order.manifest.size(), order.manifestTime);
    if (answer.fault == PackFault::None
        && archive_write_data(zip.get(), order.manifest.constData(), size_t(order.manifest.size()))
            != order.manifest.size())
        answer.fault = faultOf(zip.get());
    if (answer.fault == PackFault::None && archive_write_close(zip.get()) != ARCHIVE_OK)
        answer.fault = faultOf(zip.get());
    return answer;
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    std::setlocale(LC_CTYPE, "C.UTF-8"); // what libarchive takes names to be in
#ifdef Q_OS_WIN
    _setmode(_fileno(stdin), _O_BINARY);
    _setmode(_fileno(stdout), _O_BINARY);
#endif
    QFile input;
    QFile output;
    if (!input.open(stdin, QIODevice::ReadOnly) || !output.open(stdout, QIODevice::WriteOnly))
        return 2;
    const auto order = decodeZipOrder(input.read(PackLimit::orderBytes));
    PackAnswer answer;
    answer.fault = PackFault::BadOrder;
    if (order)
        answer = pack(*order);
    const QByteArray said = encodeAnswer(answer);
    return output.write(said) == said.size() && output.flush() ? 0 : 4;
}
