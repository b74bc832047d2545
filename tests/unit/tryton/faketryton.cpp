#include "faketryton.h"

#include <QJsonDocument>
#include <QTcpSocket>

namespace Counterfoil {

namespace {

QJsonArray clause(const QJsonArray &parameters, QLatin1String comparison)
{
    for (const auto &each : parameters.at(0).toArray()) {
        const QJsonArray found = each.toArray();
        if (found.at(0).toString() == QLatin1String("id") && found.at(1).toString() == comparison)
            return found;
    }
    return {};
}

} // namespace

QJsonObject traceback()
{
    return {{QStringLiteral("error"),
             QJsonArray{QStringLiteral("year -43 is out of range"), QStringLiteral("Traceback …")}}};
}

QList<qint64> idsOf(const QJsonArray &parameters)
{
    QList<qint64> ids;
    for (const auto &id : clause(parameters, QLatin1String("in")).at(2).toArray())
        ids.append(id.toInteger());
    return ids;
}

FakeTryton::FakeTryton()
{
    rows[QStringLiteral("company.company")][1]
        = {{QStringLiteral("id"), 1},
           {QStringLiteral("party"), 1},
           {QStringLiteral("currency."), QJsonObject{{QStringLiteral("code"), QStringLiteral("EUR")}}},
           {QStringLiteral("timezone"), QStringLiteral("Europe/Berlin")}};
    m_server.listen(QHostAddress::LocalHost);
    QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this] {
        QTcpSocket *const socket = m_server.nextPendingConnection();
        const auto bytes = std::make_shared<QByteArray>();
        QObject::connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        QObject::connect(socket, &QTcpSocket::readyRead, socket, [this, socket, bytes] {
            *bytes += socket->readAll();
            const auto head = bytes->indexOf("\r\n\r\n");
            const QJsonObject question = QJsonDocument::fromJson(bytes->mid(head + 4)).object();
            if (head < 0 || question.isEmpty())
                return; // not whole yet
            const QJsonObject said = answer(question.value(QStringLiteral("method")).toString(),
                                            question.value(QStringLiteral("params")).toArray());
            socket->write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n"
                          + QJsonDocument(said).toJson(QJsonDocument::Compact));
            socket->disconnectFromHost();
        });
    });
}

TrytonAccess FakeTryton::access() const
{
    return {QUrl(QStringLiteral("http://127.0.0.1:%1/erp").arg(m_server.serverPort())), QStringLiteral("me"),
            "secret"};
}

QJsonArray FakeTryton::search(const QString &model, const QJsonArray &parameters)
{
    const QList<qint64> wanted = idsOf(parameters);
    const QJsonArray after = clause(parameters, QLatin1String(">"));
    const QJsonArray not_ = clause(parameters, QLatin1String("!="));
    const QJsonArray idAlone{QStringLiteral("id")};
    const QJsonArray fields = parameters.at(4).toArray();
    QJsonArray found;
    for (const auto &[id, row] : rows[model]) {
        const bool fits = (wanted.isEmpty() || wanted.contains(id))
            && (after.isEmpty() || id > after.at(2).toInteger())
            && (not_.isEmpty() || id != not_.at(2).toInteger());
        if (fits && found.size() < parameters.at(2).toInteger())
            found.append(fields == idAlone ? QJsonObject{{QStringLiteral("id"), id}} : row);
    }
    return found;
}

QJsonObject FakeTryton::answer(const QString &method, const QJsonArray &parameters)
{
    asked.append(method);
    if (instead) {
        const QJsonObject own = instead(method, parameters);
        if (!own.isEmpty())
            return own;
    }
    QJsonValue result = QJsonArray();
    if (method == QLatin1String("common.db.login"))
        result = QJsonArray{2, QStringLiteral("key")};
    else if (method == QLatin1String("model.counterfoil.change.changes"))
        result = journal;
    else if (method.endsWith(QLatin1String(".search_read")))
        result = search(method.section(u'.', 1, -2), parameters);
    return {{QStringLiteral("id"), 1}, {QStringLiteral("result"), result}};
}

} // namespace Counterfoil
