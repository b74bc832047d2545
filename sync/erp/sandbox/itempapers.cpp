#include "itempapers.h"

namespace Counterfoil::Sandbox {

namespace {

// The headings of Annex II to Regulation (EC) 1907/2006, shortened, with what fits a cleaning preparation.
std::vector<PaperFact> safetyData(const Product &product)
{
    return {{"1 Identity", product.description + ". A cleaning preparation for professional use."},
            {"2 Hazards", "Causes serious eye irritation (H319). Signal word: warning."},
            {"3 Contents", "Water, surfactants below 15 %, fragrance, preservative."},
            {"4 First aid",
             "Eyes: rinse with water for several minutes, remove contact lenses. Skin: wash with water. "
             "Swallowed: rinse the mouth and call a doctor."},
            {"5 Fire", "Not flammable. Put out the surroundings with water spray, foam or carbon dioxide."},
            {"6 Spills", "Keep away from drains. Take up with sand and wash the floor: it may be slippery."},
            {"7 Handling", "Store upright in the closed original container, from 5 to 35 °C."},
            {"8 Protection", "Gloves of nitrile, EN ISO 374. Safety glasses where it may splash."},
            {"9 Properties", "Liquid, coloured, pH 7 to 9 undiluted, 1.02 g/cm³ at 20 °C."},
            {"10 Stability", "Stable under the conditions of section 7. Do not mix with other cleaners."},
            {"13 Disposal", "Empty containers with the packaging waste, rests as local rules have it."},
            {"14 Transport", "No dangerous goods by ADR, IMDG or IATA."}};
}

std::vector<PaperFact> conformity(const Product &product)
{
    const bool electrical = product.sku.starts_with("EL-") || product.sku.starts_with("CB-");
    const bool worn = product.sku.starts_with("SF-");
    const char *rules = electrical ? "Electrical Equipment (Safety) Regulations 2016; Directive 2014/35/EU."
        : worn                     ? "Regulation (EU) 2016/425 on personal protective equipment."
                                   : "Supply of Machinery (Safety) Regulations 2008; Directive 2006/42/EC.";
    return {
        {"Statement",
         "We declare that the item named above, as we supply it, conforms to the rules and was tested as "
         "stated here."},
        {"Rules", rules},
        {"Tests", "Type test and routine test of each lot at the maker’s; the records are kept ten years."},
        {"Lots", "All lots supplied from the date of this revision on, until another takes its place."},
        {"Signed", "Quality department, Bristol. Valid without signature."}};
}

// The letter or figure before that of the revision.
std::string revisionBefore(const std::string &revision)
{
    const bool first = revision.size() != 1 || revision == "A" || revision == "1";
    return first ? std::string() : std::string(1, static_cast<char>(revision.front() - 1));
}

} // namespace

PaperItem itemPaper(const Document &document, const Product &product)
{
    PaperItem item;
    item.number = document.number;
    item.sku = product.sku;
    item.description = product.description + ", " + product.unit;
    item.revision = document.revision;
    item.superseded = document.superseded;
    item.statements = document.paper == Paper::safetyDataSheet ? safetyData(product) : conformity(product);
    if (const std::string before = revisionBefore(document.revision); !before.empty())
        item.statements.push_back({"Replaces", "Revision " + before + ", which is not to be used any more."});
    return item;
}

} // namespace Counterfoil::Sandbox
