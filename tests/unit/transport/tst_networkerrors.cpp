#include "networkerrors.h"
#include "testentry.h"

#include <QMetaEnum>
#include <QTest>

using namespace Counterfoil;

class TestNetworkErrors : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyErrorHasAKindAndASentence();
    void distrustIsNeverPassedOver();
};

void TestNetworkErrors::everyErrorHasAKindAndASentence()
{
    const auto check = [](const Error &error) {
        QVERIFY(!error.userText.isEmpty());
        QVERIFY(error.userText.endsWith(u'.'));
        QCOMPARE(error.detail, QStringLiteral("detail"));
        QVERIFY(retryable(error.kind));
    };
    const auto replies = QMetaEnum::fromType<QNetworkReply::NetworkError>();
    for (int i = 0; i < replies.keyCount(); ++i)
        check(networkError(static_cast<QNetworkReply::NetworkError>(replies.value(i)),
                           QStringLiteral("detail")));
    const auto sockets = QMetaEnum::fromType<QAbstractSocket::SocketError>();
    for (int i = 0; i < sockets.keyCount(); ++i)
        check(socketError(static_cast<QAbstractSocket::SocketError>(sockets.value(i)),
                          QStringLiteral("detail")));
}

void TestNetworkErrors::distrustIsNeverPassedOver()
{
    QCOMPARE(networkError(QNetworkReply::SslHandshakeFailedError, {}).kind, ErrorKind::BadReply);
    QCOMPARE(networkError(QNetworkReply::OperationCanceledError, {}).kind, ErrorKind::Timeout);
    QCOMPARE(networkError(QNetworkReply::ConnectionRefusedError, {}).kind, ErrorKind::Offline);
    QCOMPARE(networkError(QNetworkReply::HostNotFoundError, {}).kind, ErrorKind::Offline);
    QCOMPARE(socketError(QAbstractSocket::SslHandshakeFailedError, {}).kind, ErrorKind::BadReply);
    QCOMPARE(oversizedAnswer().kind, ErrorKind::BadReply);
}

CORE_TEST(TestNetworkErrors)
#include "tst_networkerrors.moc"
