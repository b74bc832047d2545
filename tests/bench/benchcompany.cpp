#include "benchcompany.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>

#include <cstdio>
#include <cstdlib>

namespace Counterfoil {

namespace {

constexpr int stopDeadlineMs = 60'000;
constexpr int lookEveryMs = 1'000;
constexpr int makingDeadlineMs = 3'600'000;

// Written when the company is complete, so that a making that was interrupted begins anew.
QString notePath(const QString &folder)
{
    return folder + QStringLiteral("/made.json");
}

[[noreturn]] void giveUp(const QString &why)
{
    std::fprintf(stderr, "%s\n", qUtf8Printable(why));
    std::exit(1);
}

void makeCompany(BenchCompany &company)
{
    QDir(company.folder).removeRecursively();
    if (!QDir().mkpath(company.folder))
        giveUp(QStringLiteral("%1 cannot be made.").arg(company.folder));
    std::fprintf(stderr, "Making a company of %lld orders, once, in %s\n",
                 static_cast<long long>(company.orders), qUtf8Printable(company.folder));
    QProcess gateway;
    gateway.setProcessChannelMode(QProcess::MergedChannels);
    QElapsedTimer timer;
    timer.start();
    const QStringList files{
        QStringLiteral("--store"),     QStringLiteral("sqlite:%1/gateway.sqlite").arg(company.folder),
        QStringLiteral("--erp-store"), company.folder + QStringLiteral("/sandbox.sqlite"),
        QStringLiteral("--listen"),    QStringLiteral("127.0.0.1:0")};
    gateway.start(QCoreApplication::applicationDirPath() + QStringLiteral("/counterfoil-gateway"),
                  files + company.gatewayArguments());
    QByteArray said;
    while (!said.contains("listening on")) {
        if (gateway.state() == QProcess::NotRunning || timer.hasExpired(makingDeadlineMs))
            giveUp(QStringLiteral("The gateway did not make the company: %1")
                       .arg(QString::fromUtf8(said.right(500))));
        gateway.waitForReadyRead(lookEveryMs);
        said += gateway.readAll();
        if (company.madeSeconds == 0 && QFile::exists(company.folder + QStringLiteral("/sandbox.sqlite")))
            company.madeSeconds = static_cast<double>(timer.elapsed()) / 1e3;
    }
    company.readSeconds = static_cast<double>(timer.elapsed()) / 1e3 - company.madeSeconds;
    company.peakMb = peakMemoryMb(gateway.processId());
    gateway.terminate();
    if (!gateway.waitForFinished(stopDeadlineMs))
        giveUp(QStringLiteral("The gateway did not end."));
    QFile note(notePath(company.folder));
    if (!note.open(QIODevice::WriteOnly))
        giveUp(note.errorString());
    note.write(QJsonDocument(QJsonObject{{QStringLiteral("madeSeconds"), company.madeSeconds},
                                         {QStringLiteral("readSeconds"), company.readSeconds},
                                         {QStringLiteral("peakMb"), company.peakMb}})
                   .toJson());
}

} // namespace

QString BenchCompany::size(std::int64_t orders)
{
    return orders % 1'000'000 == 0 ? QStringLiteral("%1m").arg(orders / 1'000'000)
                                   : QStringLiteral("%1k").arg(orders / 1'000);
}

QString BenchCompany::root()
{
    const QString named = qEnvironmentVariable("COUNTERFOIL_BENCH_DATA");
    return named.isEmpty()
        ? QDir::cleanPath(QCoreApplication::applicationDirPath() + QStringLiteral("/../../bench"))
        : named;
}

QStringList BenchCompany::gatewayArguments() const
{
    return {QStringLiteral("--erp"), QStringLiteral("sandbox"), QStringLiteral("--scale"),
            QString::number(orders), QStringLiteral("--speed"), QStringLiteral("0")};
}

BenchCompany BenchCompany::of(std::int64_t orders)
{
    BenchCompany company;
    company.orders = orders;
    company.folder = root() + u'/' + size(orders);
    QFile note(notePath(company.folder));
    if (note.open(QIODevice::ReadOnly)) {
        const QJsonObject known = QJsonDocument::fromJson(note.readAll()).object();
        company.madeSeconds = known[QStringLiteral("madeSeconds")].toDouble();
        company.readSeconds = known[QStringLiteral("readSeconds")].toDouble();
        company.peakMb = known[QStringLiteral("peakMb")].toDouble();
    } else {
        makeCompany(company);
    }
    return company;
}

double peakMemoryMb(std::int64_t process)
{
    QFile file(QStringLiteral("/proc/%1/status").arg(process));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : file.readAll().split('\n')) {
        if (line.startsWith("VmHWM:"))
            return line.mid(6).trimmed().split(' ').front().toDouble() / 1024;
    }
    return 0;
}

} // namespace Counterfoil
