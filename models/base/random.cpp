#include "random.h"

#include <QByteArray>
#include <QRandomGenerator>
#include <QUuid>

#include <array>
#include <cstring>

namespace Counterfoil {

std::uint64_t Random::next()
{
    std::uint64_t value = 0;
    fill(std::as_writable_bytes(std::span(&value, 1)));
    return value;
}

std::uint64_t Random::below(std::uint64_t bound)
{
    Q_ASSERT(bound > 0);
    // Values past the last whole multiple of the bound would make small results likelier.
    const std::uint64_t limit = UINT64_MAX - UINT64_MAX % bound;
    std::uint64_t value = next();
    while (value >= limit)
        value = next();
    return value % bound;
}

std::string Random::uuid()
{
    QByteArray id(16, '\0');
    fill(std::as_writable_bytes(std::span(id.data(), 16)));
    id[6] = static_cast<char>((id[6] & 0x0f) | 0x40);
    id[8] = static_cast<char>((id[8] & 0x3f) | 0x80);
    return QUuid::fromRfc4122(id).toString(QUuid::WithoutBraces).toStdString();
}

std::string Random::token(std::size_t byteCount)
{
    QByteArray bytes(static_cast<qsizetype>(byteCount), '\0');
    fill(std::as_writable_bytes(std::span(bytes.data(), byteCount)));
    return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals).toStdString();
}

void SystemRandom::fill(std::span<std::byte> bytes)
{
    std::array<quint32, 16> block{};
    while (!bytes.empty()) {
        QRandomGenerator::system()->generate(block.begin(), block.end());
        const std::size_t count = std::min(bytes.size(), sizeof block);
        std::memcpy(bytes.data(), block.data(), count);
        bytes = bytes.subspan(count);
    }
}

void SeededRandom::fill(std::span<std::byte> bytes)
{
    while (!bytes.empty()) {
        std::uint64_t z = m_state += 0x9e3779b97f4a7c15U;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
        z ^= z >> 31;
        const std::size_t count = std::min(bytes.size(), sizeof z);
        std::memcpy(bytes.data(), &z, count);
        bytes = bytes.subspan(count);
    }
}

} // namespace Counterfoil
