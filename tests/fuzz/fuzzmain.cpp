#include "fuzztarget.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>

// libFuzzer's side: the target is named by COUNTERFOIL_FUZZ_TARGET. One program for all of them, so that
// the rooms are built once; "list" prints the names.

namespace {

using Counterfoil::FuzzTarget;
using Counterfoil::SeededRandom;

const FuzzTarget *target = nullptr;

std::string_view viewOf(const std::uint8_t *data, std::size_t size)
{
    return {reinterpret_cast<const char *>(data), size};
}

} // namespace

extern "C" int LLVMFuzzerInitialize(int *, char ***)
{
    const char *name = std::getenv("COUNTERFOIL_FUZZ_TARGET");
    target = name ? Counterfoil::findFuzzTarget(name) : nullptr;
    if (target)
        return 0;
    for (const FuzzTarget &each : Counterfoil::fuzzTargets())
        std::printf("%.*s\n", static_cast<int>(each.name.size()), each.name.data());
    std::exit(name && std::strcmp(name, "list") == 0 ? EXIT_SUCCESS : EXIT_FAILURE);
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (const char *broken = target->read(viewOf(data, size))) {
        std::fprintf(stderr, "Not kept: %s\n", broken);
        std::abort();
    }
    return 0;
}

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t *data, std::size_t size, std::size_t maxSize);

// Now and then sound bytes, made from the field tables, or a piece of them: blind changes alone would
// need hours to spell a field's name.
extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t *data, std::size_t size, std::size_t maxSize,
                                               unsigned int seed)
{
    SeededRandom random(seed);
    if (random.below(4) != 0)
        return LLVMFuzzerMutate(data, size, maxSize);
    std::string bytes = target->make(random);
    if (random.below(8) != 0)
        bytes = Counterfoil::damaged(std::string(viewOf(data, size)), bytes, random);
    const std::size_t length = std::min(bytes.size(), maxSize);
    std::memcpy(data, bytes.data(), length);
    return length;
}
