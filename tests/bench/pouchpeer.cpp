#include "pouchpeer.h"

#include "database.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>

namespace Counterfoil {

namespace {

constexpr int peerDeadlineMs = 600'000;

QString modules()
{
    return qEnvironmentVariable("COUNTERFOIL_POUCHDB");
}

QString script(const char *name)
{
    return QStringLiteral(POUCH_SCRIPTS "/") + QString::fromLatin1(name);
}

bool writeDocuments(const QString &store, std::int64_t documents, const QString &path)
{
    const auto database = Sqlite::Database::open(store, Sqlite::Database::Mode::ReadOnly);
    QFile file(path);
    if (!database || !file.open(QIODevice::WriteOnly))
        return false;
    auto &open = const_cast<Sqlite::Database &>(*database);
    const auto rows = open.integer("SELECT count(*) FROM projection");
    const std::int64_t every = rows ? std::max<std::int64_t>(*rows / documents, 1) : 1;
    auto select = open.prepare("SELECT id, change FROM projection WHERE id % ? = 0 ORDER BY id");
    if (!select)
        return false;
    select->with(every);
    return select
        ->forEachRow([&](const Sqlite::Statement &row) {
            const std::string line = "{\"_id\":\"" + std::to_string(row.integer(0)) + "\","
                + std::string(row.text(1).substr(1)) + '\n';
            file.write(line.data(), static_cast<qint64>(line.size()));
        })
        .ok();
}

} // namespace

bool PouchPeer::isHere()
{
    return !modules().isEmpty() && QFile::exists(modules() + QStringLiteral("/node_modules/express-pouchdb"))
        && !QStandardPaths::findExecutable(QStringLiteral("node")).isEmpty();
}

PouchPeer PouchPeer::measure(const QString &folder, std::int64_t documents)
{
    PouchPeer peer;
    const QTemporaryDir place(folder + QStringLiteral("/pouch-XXXXXX"));
    const QString file = place.filePath(QStringLiteral("documents.ndjson"));
    if (!place.isValid() || !writeDocuments(folder + QStringLiteral("/gateway.sqlite"), documents, file))
        return peer;
    for (const char *part : {"server", "client"})
        QDir(place.path()).mkdir(QString::fromLatin1(part));
    QProcess server;
    server.setProcessChannelMode(QProcess::MergedChannels);
    server.start(QStringLiteral("node"),
                 {script("server.mjs"), modules(), place.filePath(QStringLiteral("server")), file});
    QByteArray said;
    while (!said.contains("READY") && server.state() != QProcess::NotRunning) {
        if (!server.waitForReadyRead(peerDeadlineMs))
            break;
        said += server.readAll();
    }
    const auto port = said.mid(said.indexOf("READY ") + 6).trimmed();
    QProcess client;
    client.start(QStringLiteral("node"),
                 {script("client.mjs"), modules(), place.filePath(QStringLiteral("client")),
                  QStringLiteral("http://127.0.0.1:%1/records").arg(QString::fromLatin1(port))});
    if (said.contains("READY") && client.waitForFinished(peerDeadlineMs)) {
        const QJsonObject result = QJsonDocument::fromJson(client.readAllStandardOutput()).object();
        peer.documents = static_cast<std::int64_t>(result[QStringLiteral("documents")].toDouble());
        peer.perSecond = static_cast<double>(peer.documents) / result[QStringLiteral("seconds")].toDouble();
        peer.peakMb = result[QStringLiteral("peakMb")].toDouble();
    } else {
        std::fprintf(stderr, "PouchDB: %s %s\n", said.constData(), client.readAllStandardError().constData());
    }
    server.closeWriteChannel();
    if (!server.waitForFinished(3'000))
        server.kill();
    server.waitForFinished();
    return peer;
}

} // namespace Counterfoil
