#pragma once

#include <QNetworkRequest>
#include <QUrl>

#include <string>

namespace Counterfoil {

// The address of a target (path and query, encoded) below a gateway's.
QUrl urlOf(const QUrl &gateway, const std::string &target);

// What every request to a gateway has in common: no redirects, no cookies, no kept passwords.
QNetworkRequest requestFor(const QUrl &url, const std::string &bearer);

} // namespace Counterfoil
