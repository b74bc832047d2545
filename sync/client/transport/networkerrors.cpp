#include "networkerrors.h"

#include <QCoreApplication>

namespace Counterfoil {

namespace {

#define TEXT(text) QCoreApplication::translate("Network", text)

Error unreachable(const QString &detail)
{
    return {ErrorKind::Offline,
            TEXT("The gateway cannot be reached. Check the network; Counterfoil tries again by itself."),
            detail};
}

Error unanswered(const QString &detail)
{
    return {ErrorKind::Timeout, TEXT("The gateway does not answer. Counterfoil tries again by itself."),
            detail};
}

Error nameless(const QString &detail)
{
    return {ErrorKind::Offline,
            TEXT("The gateway's name is not known here. Check its address, and whether this machine is on "
                 "the network."),
            detail};
}

Error untrusted(const QString &detail)
{
    return {ErrorKind::BadReply,
            TEXT("The connection is not safe: the gateway's certificate is not trusted. Nothing was sent. "
                 "Ask your "
                 "supplier or your administrator."),
            detail};
}

Error proxyRefused(const QString &detail)
{
    return {ErrorKind::Offline,
            TEXT("The proxy of this network did not let Counterfoil through. Ask your administrator."),
            detail};
}

Error garbled(const QString &detail)
{
    return {ErrorKind::BadReply,
            TEXT("The gateway's answer could not be read. Counterfoil tries again by itself; check the "
                 "address if this "
                 "stays."),
            detail};
}

} // namespace

Error networkError(QNetworkReply::NetworkError error, const QString &detail)
{
    switch (error) {
    case QNetworkReply::HostNotFoundError:
        return nameless(detail);
    case QNetworkReply::TimeoutError:
    case QNetworkReply::OperationCanceledError: // Qt's transfer timeout ends a request like this
        return unanswered(detail);
    case QNetworkReply::SslHandshakeFailedError:
        return untrusted(detail);
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyConnectionClosedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::ProxyTimeoutError:
    case QNetworkReply::ProxyAuthenticationRequiredError:
    case QNetworkReply::UnknownProxyError:
        return proxyRefused(detail);
    case QNetworkReply::ProtocolFailure:
    case QNetworkReply::ProtocolUnknownError:
    case QNetworkReply::ProtocolInvalidOperationError:
    case QNetworkReply::UnknownContentError:
        return garbled(detail);
    default:
        return unreachable(detail);
    }
}

Error socketError(QAbstractSocket::SocketError error, const QString &detail)
{
    switch (error) {
    case QAbstractSocket::HostNotFoundError:
        return nameless(detail);
    case QAbstractSocket::SocketTimeoutError:
        return unanswered(detail);
    case QAbstractSocket::SslHandshakeFailedError:
    case QAbstractSocket::SslInternalError:
    case QAbstractSocket::SslInvalidUserDataError:
        return untrusted(detail);
    case QAbstractSocket::ProxyAuthenticationRequiredError:
    case QAbstractSocket::ProxyConnectionRefusedError:
    case QAbstractSocket::ProxyConnectionClosedError:
    case QAbstractSocket::ProxyConnectionTimeoutError:
    case QAbstractSocket::ProxyNotFoundError:
    case QAbstractSocket::ProxyProtocolError:
        return proxyRefused(detail);
    default:
        return unreachable(detail);
    }
}

Error oversizedAnswer()
{
    return garbled(QStringLiteral("an answer beyond the size limit"));
}

#undef TEXT

} // namespace Counterfoil
