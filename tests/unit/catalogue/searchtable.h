#pragma once

// What people typed, and the item that they meant, of the 100,000 that the sandbox sells with the seed 1:
// numbers with and without dashes, in parts and with errors, the maker's and an account's own; names with
// errors, in other orders, glued together and by other words.
namespace Counterfoil::Testing {

struct Typed
{
    const char *text;
    const char *sku;
};

inline constexpr Typed searchTable[] = {
    {"pl1001", "PL-1001"},
    {"PL 1001", "PL-1001"},
    {"ht 1978", "HT-1978"},
    {"2955 br", "BR-2955"},
    {"tw3932", "TW-3932"},
    {"sf-49O9", "SF-4909"},
    {"TW--5886", "TW-5886"},
    {"sf_6863", "SF-6863"},
    {"pp.7840", "PP-7840"},
    {"fx/8817", "FX-8817"},
    {"9794", "TW-9794"},
    {"10771", "FX-10771"},
    {"ct 11748", "CT-11748"},
    {"jn-12752", "JN-12725"},
    {"fx-1370", "FX-13702"},
    {"fx14697", "FX-14679"},
    {"pl 156 56", "PL-15656"},
    {"pk16663", "PK-16633"},
    {"1761O", "DS-17610"},
    {"tw 18 587", "TW-18587"},
    {"BDM08316", "SF-19564"},
    {"S-LP-45179", "EL-20541"},
    {"ack 82042", "CT-21518"},
    {"c-sl-189", "DS-22495"},
    {"55768", "PP-23472"},
    {"cmb92631", "CT-24449"},
    {"spg29494", "PL-25426"},
    {"K TB 66357", "DS-26403"},
    {"ctt-03220", "PP-27380"},
    {"kpg40038", "PL-28357"},
    {"sht7694", "PP-29334"},
    {"cck-13890", "CT-30311"},
    {"h-n-50672", "PP-31288"},
    {"ufmb-8753", "CT-32265"},
    {"btcc24398", "CB-33242"},
    {"ivalve 07919", "PL-1001"},
    {"MAT-107525", "BR-2955"},
    {"mat 161260", "TW-3932"},
    {"214995", "SF-4909"},
    {"mat268730", "TW-5886"},
    {"MAT537405", "FX-10771"},
    {"pilgrim selfdrilling screw 4.8x25 series 130", "FX-34219"},
    {"norvik washing up liquid 5 l series 130", "JN-35196"},
    {"pilgrim cabel gland m20 series 140", "EL-36173"},
    {"hofman filling cabinet 4 drawer series 140", "FN-37150"},
    {"aldane diner plate 23cm series 140", "TW-38127"},
    {"vantage loker 1-door series 150", "FN-39104"},
    {"vantge equipment wire 0.75 series 150", "CB-40081"},
    {"castelan dinner plate 30 cm series 160", "TW-41058"},
    {"ultra forge napkins 33cm white 160", "PP-42035"},
    {"hoffmann network cable cat5e series 160", "CB-43012"},
    {"kestral hand towels v fold series 170", "PP-43989"},
    {"brightwel ball bearing 6205 series 170", "BR-44966"},
    {"corvus takaway box 500ml series 170", "DS-45943"},
    {"tamar oil sael 25x42x7 180", "BR-46920"},
    {"corvus emergancy light 3h non maintained 180", "EL-47897"},
    {"vantage ball point pens red series 190", "OF-48874"},
    {"tamar locknut m6 series 190", "FX-49851"},
    {"kestrel cable gladn m25 190", "EL-50828"},
    {"brightwell presure guage 0-25 bar 200", "PL-51805"},
    {"sirocco vbelt b65 200", "BR-52782"},
    {"hofmann bublewrap 500mm 210", "PK-53759"},
    {"vantage cirular saw 190mm 210", "WH-54736"},
    {"castellan cabinet filing 4-drawer 210", "FN-55713"},
    {"corvus flor cleaner 5l 220", "JN-56690"},
    {"hofmann izolator swich 20a 220", "EL-57667"},
    {"ultraforge heatgun 2000w 230", "WH-58644"},
    {"pipe wrentch 10 ultra forge series 230", "HT-60598"},
    {"tamar witeboard markers black 240", "OF-61575"},
    {"corvus washr m8 series 250", "FX-63529"},
    {"norvik saftey glases clear 250", "SF-64506"},
    {"vantage spaner 17mm series 250", "HT-65483"},
    {"tamar nitril gloves s 260", "SF-66460"},
    {"angle ginder 115 brightwell 260", "WH-68414"},
    {"aldane hexbolt m10x60 270", "FX-69391"},
    {"packng tape brown norvik 270", "PK-70368"},
    {"shaft cuopling 24/32 ultra forge 280", "BR-71345"},
    {"vantage cordles dril 12v 280", "WH-72322"},
    {"pilgrim wrench 24 mm series 280", "HT-73299"},
    {"brightwell breaker 32 a series 290", "EL-75253"},
    {"norvik ethernet cat 5e series 300", "CB-76230"},
    {"pilgrim demitasse 9 cl series 300", "TW-77207"},
    {"tamar nail hammer 570 series 300", "HT-78184"},
    {"kestrel steel toe size 8 310", "SF-79161"},
    {"sirocco steam pan 1/2 series 310", "CT-80138"},
    {"pilgrim disposable gloves L series 320", "SF-81115"},
    {"tamar sds max 1500w 320", "WH-82092"},
    {"pilgrim clawhammer 570g 320", "HT-83069"},
    {"vantage hook-up wire 1.0 330", "CB-84046"},
    {"hofmann coffee cup 12oz 330", "DS-85023"},
    {"castellan drive chain 12b 340", "BR-87954"},
    {"hofmann serviettes 40cm white 350", "PP-88931"},
    {"tamar disc cutter 125 350", "WH-89908"},
    {"brightwell pipe bend 28mm 350", "PL-90885"},
    {"sirocco cloakroom 1 door 360", "FN-91862"},
    {"pilgrim detergent 20 l 360", "JN-92839"},
    {"pilgrim dry wipe black 370", "OF-93816"},
    {"kestrel coffee stick 140 370", "DS-94793"},
    {"sirocco torx screwdriver 370", "HT-95770"},
    {"tamar tek screw 4.8 x 25 390", "FX-98701"},
};

struct OwnNumber
{
    const char *sku;
    const char *number;
};

inline constexpr OwnNumber ownNumbers[] = {
    {"BR-2955", "MAT-107525"}, {"TW-3932", "MAT-161260"},  {"SF-4909", "MAT-214995"},
    {"TW-5886", "MAT-268730"}, {"FX-10771", "MAT-537405"},
};

} // namespace Counterfoil::Testing
