#pragma once

#include "fieldtable.h"
#include "random.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace Counterfoil {

// One place where bytes of somebody else's come in. libFuzzer drives it, and tst_fuzzseeds without
// libFuzzer. Its seeds are in seeds/NAME, what was found in them later included.
struct FuzzTarget
{
    std::string_view name;
    // Reads the bytes as the program does. nullptr: everything promised was kept; else what was not.
    // Memory and undefined behaviour are the sanitizers' part.
    const char *(*read)(std::string_view bytes);
    std::string (*make)(Random &random); // bytes such as an honest other end would send
};

std::vector<FuzzTarget> fuzzTargets(); // all of them
const FuzzTarget *findFuzzTarget(std::string_view name);

// Those of each room.
std::span<const FuzzTarget> protocolFuzzTargets();
std::span<const FuzzTarget> gatewayFuzzTargets();
std::span<const FuzzTarget> clientFuzzTargets();
std::span<const FuzzTarget> modelsFuzzTargets();
std::span<const FuzzTarget> erpFuzzTargets();

// Every record type that has a field table, those of lists within others included.
std::vector<const RecordType *> allRecordTypes();

// The bytes with some of them changed, cut out, said twice, or put in from `other`.
std::string damaged(std::string bytes, std::string_view other, Random &random);

} // namespace Counterfoil
