#pragma once

#include <QByteArray>
#include <string>

namespace Counterfoil {

// The header webhook-signature of the Standard Webhooks: "v1," and the HMAC-SHA256 of "ID.SECONDS.BODY" under
// the secret's bytes, in Base64.
QByteArray hookSignature(const std::string &secret, const std::string &id, std::int64_t unixSeconds,
                         const std::string &body);

} // namespace Counterfoil
