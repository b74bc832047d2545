#include "hooksignature.h"

#include <QMessageAuthenticationCode>

namespace Counterfoil {

QByteArray hookSignature(const std::string &secret, const std::string &id, std::int64_t unixSeconds,
                         const std::string &body)
{
    QMessageAuthenticationCode code(QCryptographicHash::Sha256, QByteArray::fromStdString(secret));
    code.addData(QByteArray::fromStdString(id + '.' + std::to_string(unixSeconds) + '.'));
    code.addData(body.data(), static_cast<qsizetype>(body.size()));
    return "v1," + code.result().toBase64();
}

} // namespace Counterfoil
