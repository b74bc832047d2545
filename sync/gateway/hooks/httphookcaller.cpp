#include "httphookcaller.h"

#include "hooksignature.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QThread>
#include <QTimer>

namespace Counterfoil {

namespace {

using Answered = std::function<void(HookAnswer)>;

Error noAnswer(ErrorKind kind, const QString &detail)
{
    return {kind, {}, detail};
}

QNetworkRequest signedRequest(const HookQuestion &question, Instant now)
{
    QNetworkRequest request(QUrl(QString::fromStdString(question.hook->url)));
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
    request.setHeader(QNetworkRequest::UserAgentHeader, QStringLiteral("Counterfoil-Gateway"));
    const std::int64_t seconds = now.ms / 1000;
    request.setRawHeader("webhook-id", QByteArray::fromStdString(question.id));
    request.setRawHeader("webhook-timestamp", QByteArray::number(static_cast<qint64>(seconds)));
    request.setRawHeader("webhook-signature",
                         hookSignature(question.hook->secret, question.id, seconds, question.body));
    return request;
}

HookAnswer answerOf(QNetworkReply &reply)
{
    const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status == 0)
        return noAnswer(ErrorKind::Offline, reply.errorString());
    if (status < 200 || status >= 300)
        return noAnswer(ErrorKind::BadReply, QStringLiteral("status %1").arg(status));
    // Cut off before its end, it might be read as something that was not meant.
    if (reply.error() != QNetworkReply::NoError)
        return noAnswer(ErrorKind::BadReply, reply.errorString());
    const QByteArray body = reply.readAll();
    if (body.size() > HttpHookCaller::answerBytes)
        return noAnswer(ErrorKind::BadReply, QStringLiteral("more than is taken"));
    return body.toStdString();
}

} // namespace

class HttpHookCaller::Private
{
public:
    explicit Private(const Clock &given)
        : clock(given)
    { }

    void post(const HookQuestion &question, const Answered &answered);

    const Clock &clock;
    QThread thread;
    QNetworkAccessManager *network = nullptr; // on the thread
};

void HttpHookCaller::Private::post(const HookQuestion &question, const Answered &answered)
{
    QNetworkReply *reply
        = network->post(signedRequest(question, clock.now()), QByteArray::fromStdString(question.body));
    reply->setReadBufferSize(answerBytes + 1); // what is more is not even taken in
    auto *timer = new QTimer(reply);
    timer->setSingleShot(true);
    QObject::connect(timer, &QTimer::timeout, reply, [reply] {
        reply->setProperty("late", true);
        reply->abort();
    });
    QObject::connect(reply, &QNetworkReply::readyRead, reply, [reply] {
        if (reply->bytesAvailable() > answerBytes) {
            reply->setProperty("long", true);
            reply->abort();
        }
    });
    QObject::connect(reply, &QNetworkReply::finished, reply, [reply, answered] {
        reply->deleteLater();
        if (reply->property("late").toBool())
            answered(noAnswer(ErrorKind::Timeout, QStringLiteral("no answer in time")));
        else if (reply->property("long").toBool())
            answered(noAnswer(ErrorKind::BadReply, QStringLiteral("more than is taken")));
        else
            answered(answerOf(*reply));
    });
    timer->start(static_cast<int>(question.hook->timeoutMs));
}

HttpHookCaller::HttpHookCaller(const Clock &clock)
    : d(std::make_unique<Private>(clock))
{
    d->network = new QNetworkAccessManager;
    d->network->moveToThread(&d->thread);
    QObject::connect(&d->thread, &QThread::finished, d->network, &QObject::deleteLater);
    d->thread.setObjectName(QStringLiteral("hooks"));
    d->thread.start();
}

HttpHookCaller::~HttpHookCaller()
{
    stop();
}

void HttpHookCaller::call(const HookQuestion &question, std::function<void(HookAnswer)> answered)
{
    QMetaObject::invokeMethod(
        d->network, [this, question, answered = std::move(answered)] { d->post(question, answered); },
        Qt::QueuedConnection);
}

// Replies are the network's children, and end with it on its own thread without having finished.
void HttpHookCaller::stop()
{
    d->thread.quit();
    d->thread.wait();
}

} // namespace Counterfoil
