#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace Counterfoil {

// Where chance comes from. The simulator passes one made from a seed.
class Random
{
public:
    virtual ~Random() = default;
    virtual void fill(std::span<std::byte> bytes) = 0;

    std::uint64_t next();
    std::uint64_t below(std::uint64_t bound); // 0 to bound - 1; bound > 0
    std::string uuid();                       // version 4, RFC 9562, lower case with dashes
    std::string token(std::size_t byteCount); // base64url without padding, for secrets
};

// The operating system's generator, fit for keys. Safe from any thread.
class SystemRandom final : public Random
{
public:
    void fill(std::span<std::byte> bytes) override;
};

// The same numbers for the same seed, on every platform (splitmix64). Never for secrets.
class SeededRandom final : public Random
{
public:
    explicit SeededRandom(std::uint64_t seed)
        : m_state(seed)
    { }
    void fill(std::span<std::byte> bytes) override;

private:
    std::uint64_t m_state;
};

} // namespace Counterfoil
