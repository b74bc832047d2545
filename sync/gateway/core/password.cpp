#include "password.h"

#include <QCoreApplication>

#include <argon2.h>

#include <array>

namespace Counterfoil {

Result<std::string> hashPassword(std::string_view password, Random &random, PasswordCost cost)
{
    constexpr std::uint32_t hashBytes = 32;
    constexpr std::uint32_t lanes = 1;
    if (password.empty() || password.size() > maxPasswordBytes)
        return Error{
            ErrorKind::BadInput,
            QCoreApplication::translate("Gateway", "A password has between 1 and %1 bytes. Choose another.")
                .arg(maxPasswordBytes)};
    std::array<std::byte, 16> salt{};
    random.fill(salt);
    std::string encoded(
        argon2_encodedlen(cost.passes, cost.memoryKiB, lanes, salt.size(), hashBytes, Argon2_id), '\0');
    const int code
        = argon2id_hash_encoded(cost.passes, cost.memoryKiB, lanes, password.data(), password.size(),
                                salt.data(), salt.size(), hashBytes, encoded.data(), encoded.size());
    if (code != ARGON2_OK)
        return Error{ErrorKind::Storage,
                     QCoreApplication::translate("Gateway", "The password could not be stored. Try again."),
                     QString::fromUtf8(argon2_error_message(code))};
    encoded.resize(encoded.find('\0'));
    return encoded;
}

bool verifyPassword(std::string_view password, const std::string &hash)
{
    return password.size() <= maxPasswordBytes
        && argon2id_verify(hash.c_str(), password.data(), password.size()) == ARGON2_OK;
}

} // namespace Counterfoil
