#include "packing.h"

#include "filename.h"
#include "packmanifest.h"
#include "savedcopy.h"
#include "sharedregion.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDateTime>
#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QSet>

#include <cstring>

namespace Counterfoil {

namespace {

class PackingText
{
    Q_DECLARE_TR_FUNCTIONS(Packing)
};

constexpr int lookMs = 50;                      // how soon a cancellation is noticed
constexpr quint64 blockBytes = 4 * 1024 * 1024; // written between two looks

Error errorOf(PackFault fault, const PackJob &job)
{
    const bool isZip = job.form == PackJob::Form::Zip;
    switch (fault) {
    case PackFault::NotPdf:
        return {ErrorKind::BadInput, PackingText::tr("This is not a PDF, so it cannot go into one.")};
    case PackFault::Damaged:
        return {ErrorKind::BadInput, PackingText::tr("It is damaged. Ask the supplier to issue it again.")};
    case PackFault::Locked:
        return {ErrorKind::BadInput,
                PackingText::tr("It is locked with a password. Ask the supplier for one that is not.")};
    case PackFault::Unreadable:
        return {ErrorKind::Storage,
                PackingText::tr("Its file cannot be read from this computer’s disk. Try again.")};
    case PackFault::Changed:
        return {ErrorKind::StorageCorrupt,
                PackingText::tr(
                    "Its file is not what the supplier issued. Open it, so that it is fetched again.")};
    case PackFault::TooLarge:
        return {ErrorKind::Rejected,
                PackingText::tr(
                    "Together the documents are too large for one PDF. Choose fewer, or make a ZIP.")};
    case PackFault::DiskFull:
        return {ErrorKind::StorageFull,
                PackingText::tr(
                    "There is no room left on the disk for “%1”. Make room or choose another folder, and "
                    "try again.")
                    .arg(QDir::toNativeSeparators(job.folder))};
    case PackFault::TooSlow:
        return {ErrorKind::Timeout,
                isZip ? PackingText::tr("Packing took too long and was stopped. Choose fewer documents.")
                      : PackingText::tr(
                          "Packing took too long and was stopped. Choose fewer documents, or make a "
                          "ZIP.")};
    case PackFault::Died:
        return {
            ErrorKind::BadInput,
            isZip ? PackingText::tr("Packing came to a sudden end. Try again, or with fewer documents.")
                  : PackingText::tr("Packing came to a sudden end; one of the documents may be damaged. Try "
                                    "again with fewer, or make a ZIP.")};
    case PackFault::CannotStart:
        return {ErrorKind::Storage,
                PackingText::tr(
                    "The part of Counterfoil that makes packs cannot be started. Install Counterfoil anew "
                    "if it stays so.")};
    case PackFault::NotWritten:
    case PackFault::BadOrder:
    case PackFault::None:
        break;
    }
    return {ErrorKind::Storage,
            PackingText::tr("The pack could not be written to “%1”. Choose another folder and try again.")
                .arg(QDir::toNativeSeparators(job.folder))};
}

Error cancelledError()
{
    return {ErrorKind::Cancelled, PackingText::tr("It was cancelled.")};
}

// Runs one program to its end, and remembers which document it blamed.
class PackRun
{
public:
    PackRun(const PackJob &job, PackWatch &watch)
        : m_job(job)
        , m_watch(watch)
        , m_limit(PackJob::longestMs)
    { }

    int blamed() const { return m_blamed; }

    Result<MadePack> merge();
    Result<MadePack> zip();

private:
    Result<PackAnswer> run(const QString &program, QProcess &process, const QByteArray &order);
    Result<PackAnswer> runMerge(const SharedRegion &from, const SharedRegion &to, const MergeOrder &order);
    Result<MergeOrder> load(SharedRegion &region);
    Result<ZipOrder> zipOrder() const;
    Error refuse(PackFault fault, int index);

    const PackJob &m_job;
    PackWatch &m_watch;
    QDeadlineTimer m_limit;
    int m_blamed = -1;
};

Error PackRun::refuse(PackFault fault, int index)
{
    if (fault != PackFault::None && fault <= PackFault::LastOfDocument
        && index < static_cast<int>(m_job.sources.size()))
        m_blamed = index;
    return errorOf(fault, m_job);
}

Result<PackAnswer> PackRun::run(const QString &program, QProcess &process, const QByteArray &order)
{
    process.setProgram(QDir(m_job.programs).filePath(program));
    process.setStandardErrorFile(QProcess::nullDevice());
    process.start(QIODevice::ReadWrite);
    if (!process.waitForStarted())
        return refuse(PackFault::CannotStart, -1);
    m_watch.process = process.processId();
    process.write(order);
    process.closeWriteChannel();
    while (!process.waitForFinished(lookMs) && process.state() != QProcess::NotRunning) {
        if (!m_watch.cancelled && !m_limit.hasExpired() && process.bytesAvailable() <= PackLimit::answerBytes)
            continue;
        process.kill();
        process.waitForFinished();
        m_watch.process = 0;
        return m_watch.cancelled ? cancelledError() : refuse(PackFault::TooSlow, -1);
    }
    m_watch.process = 0;
    if (process.exitStatus() == QProcess::CrashExit || process.exitCode() != 0)
        return refuse(PackFault::Died, -1);
    const auto answer = decodeAnswerOfPack(process.readAllStandardOutput());
    if (!answer)
        return refuse(PackFault::Died, -1);
    if (answer->fault != PackFault::None)
        return refuse(answer->fault, static_cast<int>(answer->index));
    return *answer;
}

Result<PackAnswer> PackRun::runMerge(const SharedRegion &from, const SharedRegion &to,
                                     const MergeOrder &order)
{
    QProcess process;
    process.setArguments({from.handle(), to.handle()});
    SharedRegion::hand({&from, &to}, process);
    return run(QStringLiteral("counterfoil-merge"), process, encodeOrder(order));
}

// The documents one behind the other, each compared with what was issued.
Result<MergeOrder> PackRun::load(SharedRegion &region)
{
    MergeOrder order;
    qint64 end = 0;
    for (std::size_t i = 0; i < m_job.sources.size(); ++i) {
        const PackJob::Source &source = m_job.sources[i];
        if (m_watch.cancelled)
            return cancelledError();
        QFile file(source.file);
        if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
            return refuse(PackFault::Unreadable, static_cast<int>(i));
        const qint64 bytes = file.size();
        if (bytes > region.size() - end)
            return refuse(PackFault::TooLarge, -1);
        uchar *place = region.data() + end;
        for (qint64 done = 0; done < bytes;) {
            const qint64 read = file.read(reinterpret_cast<char *>(place + done), bytes - done);
            if (read <= 0)
                return refuse(PackFault::Unreadable, static_cast<int>(i));
            done += read;
        }
        const QByteArrayView written(place, bytes);
        if (!source.document.sha256.isEmpty()
            && QString::fromLatin1(
                   QCryptographicHash::hash(QByteArray::fromRawData(written.data(), written.size()),
                                            QCryptographicHash::Sha256)
                       .toHex())
                != source.document.sha256)
            return refuse(PackFault::Changed, static_cast<int>(i));
        order.parts.push_back({static_cast<quint64>(end), static_cast<quint64>(bytes),
                               source.name.section(u'.', 0, -2), source.pages});
        end += bytes;
    }
    return order;
}

Result<MadePack> PackRun::merge()
{
    const auto documents = SharedRegion::create(PackLimit::mergedBytes, SharedRegion::Child::Reads);
    const auto result = SharedRegion::create(PackLimit::mergedBytes, SharedRegion::Child::Writes);
    if (!documents || !result)
        return refuse(PackFault::CannotStart, -1);
    const auto order = load(*documents);
    if (!order)
        return order.error();
    const auto merged = runMerge(*documents, *result, *order);
    if (!merged)
        return merged.error();
    // The program is gone and writes no more. A fresh one, that has seen no document, counts what it made.
    std::memcpy(documents->data(), result->data(), merged->bytes);
    const auto counted = runMerge(*documents, *result, {{{0, merged->bytes, {}}}, true});
    if (!counted || counted->pages != merged->pages || merged->pages < m_job.sources.size()) {
        m_blamed = -1;
        return m_watch.cancelled ? cancelledError() : refuse(PackFault::Died, -1);
    }
    const auto saved = saveMade(
        [&](QFile &file) -> Outcome {
            const char *bytes = reinterpret_cast<const char *>(documents->data());
            for (quint64 done = 0; done < merged->bytes;) {
                if (m_watch.cancelled)
                    return cancelledError();
                const quint64 block = std::min<quint64>(blockBytes, merged->bytes - done);
                const qint64 written = file.write(bytes + done, static_cast<qint64>(block));
                if (written <= 0)
                    return cannotWrite(file, m_job.folder);
                done += static_cast<quint64>(written);
            }
            return Done();
        },
        m_job.folder, m_job.name, m_watch.cancelled);
    if (!saved)
        return saved.error();
    return MadePack{*saved, merged->pages};
}

Result<ZipOrder> PackRun::zipOrder() const
{
    ZipOrder order;
    order.manifestName = PackingText::tr("List", "the name of the list in a ZIP") + QStringLiteral(".csv");
    QSet<QString> taken{FileName::folded(order.manifestName)};
    std::vector<PackedDocument> packed;
    for (const PackJob::Source &source : m_job.sources) {
        QString name;
        for (int number = 1; name.isEmpty() || taken.contains(FileName::folded(name)); ++number)
            name = FileName::numbered(source.name, number);
        taken.insert(FileName::folded(name));
        const qint64 time = source.document.dated.isSet() ? source.document.dated.ms / 1000 : 0;
        order.entries.push_back({source.file, name, source.document.sha256, time});
        packed.push_back({source.document, name, QFileInfo(source.file).size(), source.document.sha256});
    }
    order.manifest = packManifest(packed);
    order.manifestTime = QDateTime::currentSecsSinceEpoch();
    return order;
}

Result<MadePack> PackRun::zip()
{
    auto order = zipOrder();
    if (!order)
        return order.error();
    const auto saved = saveMade(
        [&](QFile &file) -> Outcome {
            order->target = file.fileName();
            QProcess process;
            const auto answer = run(QStringLiteral("counterfoil-zip"), process, encodeOrder(*order));
            return answer ? Outcome(Done()) : Outcome(answer.error());
        },
        m_job.folder, m_job.name, m_watch.cancelled);
    if (!saved)
        return saved.error();
    return MadePack{*saved};
}

} // namespace

std::variant<MadePack, PackTrouble> makePack(const PackJob &job, PackWatch &watch)
{
    Q_ASSERT(!job.sources.empty() && job.sources.size() <= PackLimit::documents);
    PackRun run(job, watch);
    const auto made = job.form == PackJob::Form::OnePdf ? run.merge() : run.zip();
    if (made)
        return *made;
    return PackTrouble{made.error(), run.blamed()};
}

} // namespace Counterfoil
