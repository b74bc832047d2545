#pragma once

#include "gatewayfixture.h"
#include "gatewayserver.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSslConfiguration>
#include <QWebSocket>

#include <condition_variable>
#include <mutex>

namespace Counterfoil::Testing {

constexpr int patienceMs = 10'000;

// The scripted history, told under a lock, since the server asks from a thread of its own.
class SharedErp final : public Connector
{
public:
    Result<ErpBatch> changesAfter(const std::string &position, int limit) override
    {
        const std::lock_guard lock(m_mutex);
        return script.changesAfter(position, limit);
    }
    Result<IssuedDocument> document(const std::string &key) override
    {
        std::unique_lock lock(m_mutex);
        ++m_documentQuestions;
        m_go.wait(lock, [this] { return !m_held; });
        return script.document(key);
    }
    Result<CommandEffect> execute(const Command &command, const std::string &actor) override
    {
        const std::lock_guard lock(m_mutex);
        return script.execute(command, actor);
    }
    Result<std::optional<CommandEffect>> findByKey(const std::string &key) override
    {
        const std::lock_guard lock(m_mutex);
        return script.findByKey(key);
    }
    void setChangeCallback(std::function<void()> callback) override
    {
        const std::lock_guard lock(m_mutex);
        m_changed = std::move(callback);
    }
    template <class Work> void happen(Work work)
    {
        const std::lock_guard lock(m_mutex);
        work(script);
        if (m_changed)
            m_changed();
    }

    // Until let go, documents are asked for and not answered.
    void hold(bool held)
    {
        const std::lock_guard lock(m_mutex);
        m_held = held;
        m_go.notify_all();
    }
    int documentQuestions()
    {
        const std::lock_guard lock(m_mutex);
        return m_documentQuestions;
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_go;
    bool m_held = false;
    int m_documentQuestions = 0;
    ScriptedErp script;
    std::function<void()> m_changed;
};

struct Fetched
{
    int status = 0;
    QByteArray body;
    QNetworkReply::NetworkError error = QNetworkReply::NoError;
    QMap<QByteArray, QByteArray> headers;
};

// A server on a store of its own, and the ways to talk to it: real sockets in both directions.
class ServerFixture : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

protected:
    QUrl url(const QString &path) const { return QUrl(m_url + path); }
    Fetched fetch(const char *method, const QString &path, const std::string &token = {},
                  const QByteArray &body = {}, const QSslConfiguration *tls = nullptr,
                  const QMap<QByteArray, QByteArray> &headers = {});
    void startServer(ServerSettings settings = {});
    void startGateway(const GatewaySettings &settings); // before startServer(), or again after it
    std::string token(const std::string &user);
    QByteArray raw(const QByteArray &bytes, bool untilClosed = true);
    std::string cursor(const std::string &token, const QSslConfiguration *tls = nullptr); // of a snapshot
    std::unique_ptr<QWebSocket> openSocket(const std::string &token, const std::string &cursor);

    SystemClock m_clock;
    SystemRandom m_random;
    std::unique_ptr<QTemporaryDir> m_folder;
    SharedErp *m_erp = nullptr;
    std::unique_ptr<Connector> m_connector;
    std::unique_ptr<SqliteGatewayStore> m_store;
    std::unique_ptr<GatewayCore> m_core;
    std::unique_ptr<GatewayServer> m_server;
    QNetworkAccessManager m_network;
    QString m_url;
    QTemporaryDir m_certificates;
};

} // namespace Counterfoil::Testing
