#include "gatewayfixture.h"
#include "testentry.h"

#include "endpoints.h"
#include "kinds.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Counterfoil;
using namespace Counterfoil::Testing;

// Every address there is, and what is not an address.
class GatewayRequestsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void junkRequests_data();
    void junkRequests();
    void everyEndpointIsServed();
    void describesItself();
    void metricsForOwnerOnly();
};

void GatewayRequestsTest::junkRequests_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("query");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    const auto row = [](const char *name, const char *method, const char *path, const char *query,
                        const QByteArray &body, int status) {
        QTest::newRow(name) << QString::fromLatin1(method) << QString::fromLatin1(path)
                            << QString::fromLatin1(query) << body << status;
    };
    row("unknown path", "GET", "/v2/changes", "", {}, 404);
    row("empty path", "GET", "", "", {}, 404);
    row("root", "GET", "/", "", {}, 404);
    row("path beyond", "GET", "/v1/changes/x", "", {}, 404);
    row("wrong method", "PUT", "/v1/changes", "", {}, 405);
    row("wrong method, session", "GET", "/v1/session", "", {}, 405);
    row("unknown kind", "GET", "/v1/snapshot/secrets", "", {}, 404);
    row("no kind", "GET", "/v1/snapshot/", "", {}, 404);
    row("limit no number", "GET", "/v1/snapshot/order", "limit=many", {}, 400);
    row("limit zero", "GET", "/v1/snapshot/order", "limit=0", {}, 400);
    row("limit negative", "GET", "/v1/snapshot/order", "limit=-5", {}, 400);
    row("limit beyond an int", "GET", "/v1/snapshot/order", "limit=99999999999", {}, 400);
    row("limit too large is cut", "GET", "/v1/snapshot/order", "limit=1000000", {}, 200);
    row("next no token", "GET", "/v1/snapshot/order", "next=zzz", {}, 400);
    row("live without upgrade", "GET", "/v1/live", "", {}, 400);
    row("no body", "POST", "/v1/session", "", {}, 400);
    row("no JSON", "POST", "/v1/session", "", "user=ann", 400);
    row("cut short", "POST", "/v1/session", "", "{\"user\":\"ann\",\"passw", 400);
    row("wrong type", "POST", "/v1/session", "", "{\"user\":5,\"password\":\"x\"}", 400);
    row("array", "POST", "/v1/session", "", "[]", 400);
    row("empty object", "POST", "/v1/session", "", "{}", 400);
    row("not UTF-8", "POST", "/v1/session", "", "{\"user\":\"\xff\xfe\",\"password\":\"x\"}", 400);
    row("deep", "POST", "/v1/session", "", QByteArray(60'000, '['), 400);
    row("long user", "POST", "/v1/session", "",
        "{\"user\":\"" + QByteArray(5000, 'u') + "\",\"password\":\"x\"}", 400);
    row("long password", "POST", "/v1/session", "",
        "{\"user\":\"u\",\"password\":\"" + QByteArray(5000, 'p') + "\"}", 400);
    row("oversized", "POST", "/v1/session", "", QByteArray(70'000, ' '), 413);
    row("refresh without token", "POST", "/v1/session/refresh", "", "{}", 401);
    row("refresh with junk", "POST", "/v1/session/refresh", "", "{\"refreshToken\":\"a.b.c\"}", 401);
}

void GatewayRequestsTest::junkRequests()
{
    QFETCH(QString, method);
    QFETCH(QString, path);
    QFETCH(QString, query);
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    Gateway gateway;
    fill(gateway);
    std::map<std::string, std::string> parameters;
    const auto ann = gateway.token("ann");
    parameters["after"] = gateway.snapshotCursor(ann); // so that nothing but the row's own fault is wrong
    if (!query.isEmpty())
        parameters[query.section(u'=', 0, 0).toStdString()] = query.section(u'=', 1).toStdString();
    const auto answer = gateway.send(method.toLatin1().constData(), path.toStdString(), ann,
                                     body.toStdString(), parameters);
    QCOMPARE(answer.status, status);
    if (status != 200) {
        QCOMPARE(answer.contentType, "application/problem+json");
        const auto problem = decode<Problem>(answer.body);
        QVERIFY(problem);
        QCOMPARE(problem->status, status);
        QVERIFY(!problem->requestId.empty());
        QVERIFY(findProblemType(problem->typeUri));
    }
    QCOMPARE(gateway.list(gateway.token("ann"), "order").status, 200);
}

void GatewayRequestsTest::everyEndpointIsServed()
{
    Gateway gateway;
    fill(gateway);
    for (const Endpoint &endpoint : endpoints()) {
        std::string path(endpoint.path);
        if (const auto brace = path.find('{'); brace != std::string::npos)
            path.replace(brace, std::string::npos, "order");
        const std::string method(endpoint.method);
        const auto without = gateway.send(method.c_str(), path);
        QVERIFY2(without.status != 404 && without.status != 405, path.c_str());
        if (endpoint.needsToken && path != "/v1/live")
            QVERIFY2(without.status == 401, path.c_str());
        const auto with = gateway.send(method.c_str(), path, "not-a-token");
        if (endpoint.needsToken && path != "/v1/live")
            QVERIFY2(with.status == 401, path.c_str());
    }
    for (const RecordType *kind : allKinds())
        QCOMPARE(gateway.list(gateway.token("ann"), std::string(kind->name)).status, 200);
}

void GatewayRequestsTest::describesItself()
{
    Gateway gateway;
    const auto open = gateway.send("GET", "/v1/openapi.json");
    QCOMPARE(open.status, 200);
    const auto document = QJsonDocument::fromJson(QByteArray::fromStdString(open.body)).object();
    QVERIFY(document.contains(QStringLiteral("openapi")));
    QCOMPARE(gateway.send("GET", "/v1/asyncapi.json").status, 200);
}

void GatewayRequestsTest::metricsForOwnerOnly()
{
    Gateway gateway;
    fill(gateway);
    gateway.user("root", "admin");
    QCOMPARE(gateway.send("GET", "/metrics").status, 401);
    QCOMPARE(gateway.send("GET", "/metrics", gateway.token("sam")).status, 403);
    const auto answer = gateway.send("GET", "/metrics", gateway.token("root"));
    QCOMPARE(answer.status, 200);
    QVERIFY(answer.body.find("\ncounterfoil_http_answers_total{status=\"401\"} 1\n") != std::string::npos);
    QVERIFY(answer.body.find("\ncounterfoil_log_last_sequence 7\n") != std::string::npos);
    const auto local = gateway.core->handle({"GET", "/metrics", {}, {}, {}, "127.0.0.1"});
    QCOMPARE(local.status, 200);
}

CORE_TEST(GatewayRequestsTest)
#include "tst_gatewayrequests.moc"
