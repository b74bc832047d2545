#include "catalogue.h"

#include "chance.h"
#include "countries.h"

#include <algorithm>
#include <iterator>

namespace Counterfoil::Sandbox {

namespace {

// Something that is sold, in a number of sizes and units.
struct Good
{
    const char *prefix; // of its SKUs
    const char *noun;
    const char *keywords; // other words for it
    const char *sizes;
    const char *units;
    std::int64_t lowestPence;
    std::int64_t highestPence;
    std::int64_t usualQuantity;
    bool fractions = false; // its unit prices may have four decimals
};

constexpr Good goods[] = {
    {"WH", "cordless drill", "power drill, drill driver, screw gun", "12 V|18 V|18 V brushless", "each", 5900,
     24000, 2},
    {"WH", "angle grinder", "disc cutter, flex", "115 mm|125 mm|230 mm", "each", 4900, 19000, 2},
    {"WH", "circular saw", "skill saw, rip saw", "165 mm|190 mm|235 mm", "each", 7900, 31000, 1},
    {"WH", "rotary hammer", "breaker, hammer drill", "SDS-plus 800 W|SDS-max 1500 W", "each", 14900, 62000,
     1},
    {"WH", "heat gun", "hot air gun, paint stripper", "1600 W|2000 W", "each", 2900, 9800, 2},
    {"HT", "combination spanner", "wrench", "8 mm|10 mm|13 mm|17 mm|24 mm|32 mm", "each|set of 6", 290, 3800,
     6},
    {"HT", "torque wrench", "torque spanner", "5–25 Nm|20–100 Nm|60–340 Nm", "each", 3900, 21000, 1},
    {"HT", "socket set", "ratchet set", "¼″, 42 pieces|½″, 26 pieces|¾″, 15 pieces", "each", 2900, 18500, 2},
    {"HT", "claw hammer", "nail hammer", "450 g|570 g", "each", 890, 2900, 4},
    {"HT", "screwdriver set", "turnscrews", "slotted|Phillips|Torx|VDE insulated", "set of 6", 1200, 5400, 3},
    {"HT", "pipe wrench", "stillson, footprint", "10″|14″|18″|24″", "each", 1400, 7600, 2},
    {"FX", "hex bolt", "hexagon screw, machine bolt", "M6 × 40|M8 × 50|M10 × 60|M12 × 80|M16 × 100",
     "each|box of 100", 4, 190, 200, true},
    {"FX", "washer", "shim, disc spring", "M5|M6|M8|M10|M12", "each|box of 200", 1, 60, 500, true},
    {"FX", "self-drilling screw", "tek screw, roofing screw", "4.2 × 19|4.8 × 25|5.5 × 38",
     "box of 100|box of 500", 320, 2900, 12},
    {"FX", "lock nut", "nyloc, stop nut", "M5|M6|M8|M10|M12", "each|box of 100", 2, 80, 300, true},
    {"FX", "anchor bolt", "rawlbolt, expansion bolt, wall plug", "M8 × 75|M10 × 95|M12 × 110",
     "each|box of 50", 28, 240, 60, true},
    {"FX", "blind rivet", "pop rivet", "3.2 × 8|4.0 × 10|4.8 × 12", "box of 500", 640, 2600, 6},
    {"EL", "LED panel", "ceiling light, luminaire, lamp", "600 × 600, 32 W|1200 × 300, 36 W|1200 × 600, 60 W",
     "each", 1900, 7800, 10},
    {"EL", "cable gland", "cord grip, strain relief", "M16|M20|M25|M32", "each|pack of 10", 45, 980, 25,
     true},
    {"EL", "junction box", "adaptable box, wiring box", "IP54|IP65|IP66", "each|pack of 10", 110, 2400, 15},
    {"EL", "isolator switch", "disconnector, breaker", "20 A|32 A|63 A", "each", 780, 6900, 4},
    {"EL", "emergency light", "exit sign, escape lighting", "3 h maintained|3 h non-maintained", "each", 1690,
     8400, 6},
    {"CB", "three-core cable", "flex, mains lead", "1.5 mm²|2.5 mm²|4 mm²", "m", 62, 310, 120, true},
    {"CB", "armoured cable", "swa", "4 mm²|6 mm²|10 mm²|16 mm²", "m", 240, 980, 80, true},
    {"CB", "network cable", "ethernet, lan, patch lead", "Cat 5e|Cat 6|Cat 6A", "m|reel of 305 m", 38, 140,
     150, true},
    {"CB", "equipment wire", "hook-up wire, tri-rated", "0.5 mm²|0.75 mm²|1.0 mm²", "reel of 100 m", 1100,
     3900, 4},
    {"PL", "compression elbow", "pipe bend, fitting", "15 mm|22 mm|28 mm", "each|pack of 10", 85, 640, 20},
    {"PL", "copper pipe", "tube", "15 mm × 3 m|22 mm × 3 m|28 mm × 3 m", "each", 690, 3900, 12},
    {"PL", "isolating valve", "stop tap, stopcock, shut-off", "15 mm|22 mm", "each|pack of 10", 140, 1900,
     10},
    {"PL", "pressure gauge", "manometer", "0–4 bar|0–10 bar|0–25 bar", "each", 890, 4600, 3},
    {"PL", "pipe clip", "bracket, saddle", "15 mm|22 mm|28 mm", "each|pack of 25", 6, 95, 100, true},
    {"SF", "nitrile gloves", "disposable gloves, examination", "S|M|L|XL", "box of 100", 520, 1690, 24},
    {"SF", "safety helmet", "hard hat", "white|yellow|blue", "each", 690, 3900, 10},
    {"SF", "hi-vis vest", "high visibility, waistcoat", "S|M|L|XL|XXL", "each|pack of 10", 240, 1290, 20},
    {"SF", "safety boots", "steel toe, footwear, shoes", "size 7|size 8|size 9|size 10|size 11", "pair", 3900,
     12900, 4},
    {"SF", "dust mask", "respirator, face mask", "FFP2|FFP3 valved", "box of 10|box of 20", 980, 4800, 12},
    {"SF", "safety glasses", "goggles, eye protection", "clear|smoke|anti-fog", "each|box of 12", 190, 2900,
     15},
    {"JN", "floor cleaner", "detergent, mop", "1 l|5 l|20 l", "each|case of 6", 290, 3900, 12},
    {"JN", "hand soap", "hand wash", "500 ml|5 l", "each|case of 12", 140, 2900, 12},
    {"JN", "degreaser", "solvent", "750 ml|5 l|20 l", "each", 390, 5200, 8},
    {"JN", "glass cleaner", "window spray", "750 ml|5 l", "each|case of 6", 190, 1900, 12},
    {"JN", "washing-up liquid", "dish soap", "1 l|5 l|20 l", "each", 160, 2400, 12},
    {"PP", "centrefeed roll", "blue roll, paper towel", "2-ply blue|2-ply white", "pack of 6", 980, 2900, 10},
    {"PP", "hand towels", "paper towel", "Z-fold|C-fold|V-fold", "case of 2,400|case of 3,000", 1490, 3900,
     8},
    {"PP", "toilet tissue", "loo roll, bathroom", "2-ply|3-ply", "pack of 36|pack of 40", 890, 2900, 8},
    {"PP", "napkins", "serviettes", "33 cm white|40 cm white|40 cm black", "case of 1,000|case of 2,000",
     1290, 4400, 6},
    {"CT", "gastronorm pan", "steam pan, insert", "1/1 GN, 65 mm|1/2 GN, 65 mm|1/3 GN, 100 mm", "each", 690,
     2900, 8},
    {"CT", "stock pot", "cauldron, boiler", "10 l|20 l|36 l|50 l", "each", 2900, 14900, 2},
    {"CT", "chef’s knife", "cook's blade", "18 cm|21 cm|25 cm", "each", 1490, 8900, 3},
    {"CT", "chopping board", "cutting board", "red|green|blue|white", "each|set of 6", 690, 4900, 4},
    {"CT", "mixing bowl", "basin", "24 cm|30 cm|36 cm", "each", 490, 2400, 6},
    {"TW", "dinner plate", "crockery", "23 cm|27 cm|30 cm", "box of 6|box of 12", 1490, 6900, 8},
    {"TW", "wine glass", "goblet, stemware", "25 cl|35 cl|45 cl", "box of 6|box of 24", 980, 5900, 8},
    {"TW", "tumbler", "drinking glass", "20 cl|35 cl", "box of 12|box of 48", 890, 4900, 6},
    {"TW", "espresso cup", "demitasse, coffee cup", "7 cl|9 cl", "box of 6|box of 24", 890, 3900, 6},
    {"TW", "table fork", "cutlery", "18/0|18/10", "box of 12", 590, 3400, 12},
    {"DS", "paper cup", "coffee cup, takeaway", "8 oz|12 oz|16 oz", "sleeve of 50|case of 1,000", 240, 5900,
     12},
    {"DS", "takeaway box", "food container", "500 ml|750 ml|1,000 ml", "case of 300|case of 500", 1490, 6900,
     8},
    {"DS", "sip lid", "cover", "80 mm|90 mm", "case of 1,000", 1190, 3900, 8},
    {"DS", "wooden stirrer", "coffee stick", "140 mm|190 mm", "box of 1,000", 290, 990, 10},
    {"OF", "copier paper", "printer, ream", "A4 80 g|A4 100 g|A3 80 g", "ream|box of 5", 390, 3400, 20},
    {"OF", "lever arch file", "ring binder, folder", "A4 black|A4 blue|A4 red", "each|box of 10", 190, 2400,
     10},
    {"OF", "ballpoint pens", "biro", "blue|black|red", "box of 50", 390, 1900, 6},
    {"OF", "whiteboard markers", "dry wipe", "assorted|black", "pack of 4|pack of 12", 290, 1490, 6},
    {"OF", "envelopes", "mailers", "C5|C4|DL", "box of 500", 1190, 3900, 4},
    {"FN", "task chair", "office seat, swivel", "black|graphite|blue", "each", 8900, 34900, 2},
    {"FN", "desk", "workstation, table", "1200 mm oak|1400 mm white|1600 mm oak", "each", 14900, 48900, 2},
    {"FN", "filing cabinet", "file storage", "2-drawer|3-drawer|4-drawer", "each", 9900, 29900, 1},
    {"FN", "locker", "cloakroom", "1-door|2-door|4-door", "each", 7900, 21900, 4},
    {"PK", "double-wall carton", "shipping box, cardboard", "305 × 229 × 229|457 × 305 × 305|610 × 457 × 457",
     "each|bundle of 20", 68, 3900, 50, true},
    {"PK", "stretch film", "pallet wrap, cling", "400 mm × 300 m, 17 µm|500 mm × 300 m, 23 µm",
     "roll|case of 6", 390, 4600, 12},
    {"PK", "packing tape", "parcel, adhesive, sellotape", "48 mm × 66 m clear|48 mm × 66 m brown",
     "roll|pack of 36", 68, 3900, 36, true},
    {"PK", "bubble wrap", "air cushion", "500 mm × 100 m|750 mm × 100 m", "roll", 890, 3400, 6},
    {"BR", "ball bearing", "race", "6204-2RS|6205-2RS|6306-ZZ|6308-ZZ", "each", 290, 3900, 8},
    {"BR", "V-belt", "drive belt, fan belt", "A42|A58|B65|SPA 1250", "each", 390, 2900, 6},
    {"BR", "roller chain", "drive chain", "08B-1|10B-1|12B-1", "m", 890, 3900, 5},
    {"BR", "shaft coupling", "jaw, joint", "14/16|19/24|24/32", "each", 1290, 9800, 2},
    {"BR", "oil seal", "gasket, shaft ring", "25 × 42 × 7|35 × 52 × 7|40 × 62 × 10", "each", 140, 980, 10},
};

constexpr std::int64_t idsOfSeries = 2'500;

constexpr const char *makes
    = "Ultra Forge|Norvik|Castellan|Brightwell|Kestrel|Hofmann|Tamar|Sirocco|Pilgrim|Aldane|Vantage|Corvus";

// What the beginnings of SKUs stand for.
constexpr std::pair<std::string_view, const char *> categories[]
    = {{"WH", "Power tools"}, {"HT", "Hand tools"}, {"FX", "Fixings"},   {"EL", "Electrical"},
       {"CB", "Cable"},       {"PL", "Plumbing"},   {"SF", "Safety"},    {"JN", "Cleaning"},
       {"PP", "Paper"},       {"CT", "Catering"},   {"TW", "Tableware"}, {"DS", "Disposables"},
       {"OF", "Office"},      {"FN", "Furniture"},  {"PK", "Packaging"}, {"BR", "Power transmission"}};

// "Hex bolts"
std::string manyOf(std::string noun)
{
    const auto ends = [&noun](std::string_view with) { return noun.ends_with(with); };
    if (ends("knife"))
        noun.replace(noun.size() - 2, 2, "ves");
    else if (ends("ch") || ends("x"))
        noun += "es";
    else if (!ends("s"))
        noun += 's';
    if (noun.front() >= 'a' && noun.front() <= 'z')
        noun.front() = static_cast<char>(noun.front() - 'a' + 'A');
    return noun;
}

} // namespace

std::string categoryOf(const Product &product)
{
    const auto found = std::ranges::find(categories, std::string_view(product.sku).substr(0, 2),
                                         &std::pair<std::string_view, const char *>::first);
    return found == std::end(categories) ? std::string() : found->second;
}

std::string familyOf(const Product &product)
{
    return manyOf(goods[product.good].noun);
}

std::string keywordsOf(const Product &product)
{
    return goods[product.good].keywords;
}

Product makeProduct(std::uint64_t seed, std::int64_t id)
{
    SeededRandom random = chanceOf(seed, ChanceOf::Product, id);
    const Good &good = goods[random.below(std::size(goods))];
    Product product;
    product.id = id;
    product.good = static_cast<std::size_t>(&good - std::begin(goods));
    product.sku = std::string(good.prefix) + '-' + std::to_string(1'000 + id);
    product.unit = pick(random, listed(good.units));
    product.make = pick(random, listed(makes));
    product.description = product.make + ' ' + good.noun + ", " + pick(random, listed(good.sizes));
    // What is said of the first few thousand is said of others as well, in another finish.
    if (const std::int64_t series = id / idsOfSeries; series > 0)
        product.description += ", series " + std::to_string(series * 10);
    const std::string_view noun = good.noun;
    product.protective = noun == "safety helmet" || noun == "safety boots";
    // Of what comes in boxes, fewer are ordered at once.
    const bool packed
        = product.unit.find(" of ") != std::string::npos && std::string_view(good.units).find("each") == 0;
    product.usualQuantity = packed ? std::max<std::int64_t>(good.usualQuantity / 10, 1) : good.usualQuantity;

    // Cheap things are commoner than dear ones: the smaller of two draws.
    const auto span = static_cast<std::uint64_t>(good.highestPence - good.lowestPence + 1);
    const std::uint64_t draw = std::min(random.below(span), random.below(span));
    const std::int64_t pence = good.lowestPence + static_cast<std::int64_t>(draw);
    const auto fraction = static_cast<std::int64_t>(good.fractions && pence < 100 ? random.below(100) : 0);
    product.listPrice = {pence * (Decimal::one / 100) + fraction * (Decimal::one / 10'000)};
    return product;
}

} // namespace Counterfoil::Sandbox
