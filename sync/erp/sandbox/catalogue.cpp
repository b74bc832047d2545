#include "catalogue.h"

#include "chance.h"
#include "countries.h"

#include <array>

namespace Counterfoil::Sandbox {

namespace {

// A family of goods: each product is a make, a noun and a size from its lists.
struct Family
{
    const char *prefix; // of its SKUs
    const char *nouns;
    const char *sizes;
    const char *units;
    std::int64_t lowestPence;
    std::int64_t highestPence;
    std::int64_t usualQuantity;
    bool fractions; // its unit prices have four decimals
};

constexpr std::array<Family, 16> families{{
    {"WH", "cordless drill|angle grinder|circular saw|heat gun|impact driver|bench grinder|rotary hammer",
     "12 V|18 V|110 V|230 V|600 W|1200 W", "each", 4'900, 38'000, 2, false},
    {"HT",
     "combination spanner|socket set|torque wrench|claw hammer|screwdriver set|hacksaw|pipe wrench|hex key "
     "set",
     "8 mm|10 mm|13 mm|17 mm|24 mm|metric|imperial", "each|set of 6|set of 12", 350, 9'500, 6, false},
    {"FX", "hex bolt|coach screw|washer|self-drilling screw|threaded rod|lock nut|anchor bolt|rivet",
     "M4 × 20|M5 × 30|M6 × 40|M8 × 50|M10 × 60|M12 × 80", "each|box of 100|box of 200", 1, 900, 200, true},
    {"EL", "LED panel|cable gland|junction box|isolator switch|trunking|emergency light|PIR sensor",
     "IP54|IP65|20 A|32 A|600 × 600|40 W", "each|pack of 10", 220, 7'800, 10, false},
    {"CB", "three-core cable|armoured cable|network cable|earth cable|flex",
     "1.5 mm²|2.5 mm²|4 mm²|Cat 6|10 mm²", "m|reel of 100 m", 38, 620, 120, true},
    {"PL", "compression elbow|copper pipe|isolating valve|waste trap|pressure gauge|pipe clip",
     "15 mm|22 mm|28 mm|42 mm|½″|¾″", "each|pack of 10|pack of 25", 45, 4'200, 20, true},
    {"SF",
     "nitrile gloves|safety helmet|hi-vis vest|ear defenders|safety boots|dust mask|safety glasses|knee pads",
     "S|M|L|XL|size 8|size 10|FFP3", "pair|each|box of 100|pack of 20", 90, 8'900, 12, false},
    {"JN", "floor cleaner|hand soap|bleach|degreaser|glass cleaner|descaler|washing-up liquid",
     "750 ml|1 l|5 l|20 l|lavender|citrus", "each|case of 6|case of 12", 140, 4'800, 12, false},
    {"PP", "centrefeed roll|hand towels|toilet tissue|napkins|couch roll",
     "1 ply|2 ply|3 ply|blue|white|kraft", "pack of 6|case of 12|case of 36|case of 2000", 680, 4'400, 8,
     false},
    {"CT", "gastronorm pan|stock pot|chef’s knife|chopping board|ladle|sieve|mixing bowl|colander",
     "1/1 GN|1/2 GN|1/3 GN|10 l|20 l|25 cm|30 cm", "each|set of 4", 420, 12'500, 6, false},
    {"TW", "dinner plate|wine glass|tumbler|soup bowl|espresso cup|table fork|dessert spoon",
     "18 cm|27 cm|25 cl|35 cl|stainless|ivory", "each|box of 6|box of 12|box of 24", 85, 5'400, 24, false},
    {"DS", "paper cup|takeaway box|bagasse bowl|cutlery set|sip lid|wooden stirrer",
     "8 oz|12 oz|16 oz|750 ml|1000 ml|brown", "sleeve of 50|case of 500|case of 1000", 210, 6'900, 10, false},
    {"OF", "copier paper|box file|lever arch file|ballpoint pens|sticky notes|whiteboard markers|envelopes",
     "A4|A5|A3|blue|black|assorted|C5", "each|ream|box of 5|box of 50|pack of 12", 65, 3'900, 10, false},
    {"FN", "task chair|desk|filing cabinet|bookcase|meeting table|locker",
     "oak|white|graphite|1200 mm|1600 mm|4-drawer", "each", 7'900, 62'000, 2, false},
    {"PK", "double-wall carton|stretch film|packing tape|bubble wrap|pallet strap|void fill",
     "300 × 200|400 × 400|48 mm|500 mm|23 µm|heavy duty", "each|roll|pack of 6|bundle of 25", 38, 4'600, 25,
     true},
    {"BR", "ball bearing|V-belt|roller chain|shaft coupling|oil seal|linear guide",
     "6204|6306|A42|08B-1|35 × 52|HGR20", "each|m", 160, 14'500, 4, false},
}};

constexpr const char *makes
    = "Ultra Forge|Norvik|Castellan|Brightwell|Kestrel|Hofmann|Tamar|Sirocco|Pilgrim|Aldane|Vantage|Corvus";

} // namespace

Product makeProduct(std::uint64_t seed, std::int64_t id)
{
    SeededRandom random = chanceOf(seed, ChanceOf::Product, id);
    const Family &family = families[random.below(families.size())];
    Product product;
    product.id = id;
    product.sku = std::string(family.prefix) + '-' + std::to_string(1'000 + id);
    product.unit = pick(random, listed(family.units));
    product.description = std::string(pick(random, listed(makes))) + ' '
        + std::string(pick(random, listed(family.nouns))) + ", "
        + std::string(pick(random, listed(family.sizes)));
    product.usualQuantity = family.usualQuantity;

    // Cheap things are commoner than dear ones: the smaller of two draws.
    const auto span = static_cast<std::uint64_t>(family.highestPence - family.lowestPence + 1);
    const std::uint64_t draw = std::min(random.below(span), random.below(span));
    const std::int64_t pence = family.lowestPence + static_cast<std::int64_t>(draw);
    const auto fraction = static_cast<std::int64_t>(family.fractions && pence < 100 ? random.below(100) : 0);
    product.listPrice = {pence * (Decimal::one / 100) + fraction * (Decimal::one / 10'000)};
    return product;
}

} // namespace Counterfoil::Sandbox
