#include "watchedprogram.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QGuiApplication>
#include <QPixmap>
#include <QScreen>
#include <QThread>

namespace Counterfoil {

namespace {

constexpr int betweenLooksMs = 2;
constexpr double quietMs = 1'000;
constexpr double patienceMs = 20'000;
constexpr double msPerNs = 1e-6;

// In the middle of a window of 1280 × 800 in the screen's corner, clear of everything but rows.
QImage rowsOnScreen()
{
    return QGuiApplication::primaryScreen()->grabWindow(0, 420, 330, 320, 240).toImage();
}

bool isBlank(const QImage &image)
{
    const QRgb first = image.pixel(0, 0);
    for (int y = 0; y < image.height(); ++y) {
        const auto *line = reinterpret_cast<const QRgb *>(image.constScanLine(y));
        if (std::any_of(line, line + image.width(), [first](QRgb pixel) { return pixel != first; }))
            return false;
    }
    return true;
}

QByteArray read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

qint64 figureOf(const QByteArray &text, const char *name)
{
    const auto at = text.indexOf(name);
    return at < 0 ? 0 : text.mid(at + qstrlen(name)).simplified().split(' ').first().toLongLong();
}

} // namespace

bool WatchedProgram::start(const QString &program, const QStringList &arguments)
{
    m_process.setStandardOutputFile(QProcess::nullDevice());
    m_process.setStandardErrorFile(QProcess::nullDevice());
    m_sinceStart.start();
    m_process.start(program, arguments);
    return m_process.waitForStarted();
}

void WatchedProgram::stop()
{
    m_process.terminate();
    if (!m_process.waitForFinished(10'000)) {
        m_process.kill();
        m_process.waitForFinished();
    }
}

double WatchedProgram::msToPicture()
{
    const auto now = [this] { return static_cast<double>(m_sinceStart.nsecsElapsed()) * msPerNs; };
    QImage last = rowsOnScreen();
    double changedAt = -1;
    while (now() < patienceMs && (changedAt < 0 || now() - changedAt < quietMs)) {
        QThread::msleep(betweenLooksMs);
        const double asked = now();
        QImage seen = rowsOnScreen();
        if (seen == last)
            continue;
        last = std::move(seen);
        if (!isBlank(last))
            changedAt = asked;
    }
    return changedAt;
}

QList<qint64> WatchedProgram::processes() const
{
    QList<qint64> all{m_process.processId()};
    for (qsizetype i = 0; i < all.size(); ++i) {
        const QDir threads(QStringLiteral("/proc/%1/task").arg(all[i]));
        for (const QString &thread : threads.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
            for (const QByteArray &child :
                 read(threads.filePath(thread + QStringLiteral("/children"))).split(' ')) {
                if (const qint64 id = child.trimmed().toLongLong(); id > 0)
                    all.append(id);
            }
        }
    }
    return all;
}

qint64 WatchedProgram::ownMemory() const
{
    qint64 kibibytes = 0;
    for (const qint64 process : processes()) {
        const QByteArray text = read(QStringLiteral("/proc/%1/smaps_rollup").arg(process));
        kibibytes += figureOf(text, "Private_Clean:") + figureOf(text, "Private_Dirty:");
    }
    return kibibytes * 1024;
}

WatchedProgram::Work WatchedProgram::work() const
{
    Work work;
    for (const qint64 process : processes()) {
        const QDir threads(QStringLiteral("/proc/%1/task").arg(process));
        for (const QString &thread : threads.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
            work.wakeUps += figureOf(read(threads.filePath(thread + QStringLiteral("/status"))),
                                     "\nvoluntary_ctxt_switches:");
            work.cpuMs
                += read(threads.filePath(thread + QStringLiteral("/schedstat"))).split(' ').first().toDouble()
                * msPerNs;
        }
    }
    return work;
}

} // namespace Counterfoil
