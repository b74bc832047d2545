#include "requests.h"

namespace Counterfoil {

QUrl urlOf(const QUrl &gateway, const std::string &target)
{
    const QByteArray base = gateway.toEncoded(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment
                                              | QUrl::StripTrailingSlash);
    return QUrl::fromEncoded(base + QByteArray::fromStdString(target), QUrl::StrictMode);
}

QNetworkRequest requestFor(const QUrl &url, const std::string &bearer)
{
    QNetworkRequest request(url);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setRawHeader("User-Agent", "counterfoil");
    if (!bearer.empty())
        request.setRawHeader("Authorization", "Bearer " + QByteArray::fromStdString(bearer));
    return request;
}

} // namespace Counterfoil
