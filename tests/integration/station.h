#pragma once

#include "cachereader.h"
#include "gatewayprocess.h"
#include "syncclient.h"
#include "tcpproxy.h"

#include <QTemporaryDir>

namespace Counterfoil {

// A client with a profile of its own and a proxy between it and the gateway.
struct Station
{
    explicit Station(quint16 gatewayPort)
        : proxy(gatewayPort)
    {
        open();
    }
    void open()
    {
        client = std::make_unique<SyncClient>(
            SyncClient::Options{directory.path(), QStringLiteral("test"), false, {}, {}});
        QObject::connect(&client->signIn(), &SignInPort::signInFailed, client.get(),
                         [this](const Error &error) { signInFailed = error; });
        QObject::connect(&client->signIn(), &SignInPort::signInNeeded, client.get(),
                         [this](const Error &error) { signInNeeded = error; });
        // To fetch a document is to change its record, and most tests compare records.
        client->documents().setAhead({0, DocumentPort::Ahead::usualBytes});
    }
    SyncStatus status() const { return client->sync().status(); }
    bool is(SyncStatus::Mode mode) const { return status().mode == mode; }
    void signIn(const QString &password = QString::fromLatin1(GatewayProcess::password))
    {
        client->signIn().signIn(proxy.url(), user, password);
    }
    QString documentFolder() const { return client->profile().directory + QStringLiteral("/documents"); }
    Result<std::vector<CachedRecord>> all(const RecordType &kind) const
    {
        CacheReader reader(client->profile().cachePath());
        return reader.all(kind);
    }

    QString user = QStringLiteral("tess");
    QTemporaryDir directory;
    TcpProxy proxy;
    std::unique_ptr<SyncClient> client;
    std::optional<Error> signInFailed;
    std::optional<Error> signInNeeded;
};

} // namespace Counterfoil
