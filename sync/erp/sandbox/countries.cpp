#include "countries.h"

#include <QLocale>
#include <QString>

#include <algorithm>
#include <array>
#include <utility>

namespace Counterfoil::Sandbox {

namespace {

constexpr Country all[] = {
    {"GB", "United Kingdom", "GBP", 2000, 1'000'000, 0, 0, 30,
     "Bristol|Cardiff|Leeds|Exeter|Manchester|Glasgow|Norwich|Sheffield|Newcastle upon Tyne|Belfast",
     "{s} & Sons Ltd|{s} Catering Supplies|{s} Engineering Ltd|{s} Hotels|{s} Facilities Group|{s} of {c}",
     "Ashworth|Pemberton|Calloway|Hargreaves|Thornbury|Merrick|Whitlock|Fairbank|Redfern|Stanhope|Winslow|"
     "Larkin",
     "Unit {n}, Temple Quay|{n} Station Road|{n} Victoria Street|{n} Mill Lane|Unit {n}, Riverside Park",
     "Alice Turner|Dev Patel|Gareth Morgan|Fiona Campbell|Ruth Adeyemi|Owen Hughes",
     "BS# #@@|CF## #@@|LS# #@@|EX# #@@|M## #@@|G# #@@|NR# #@@|S# #@@|NE# #@@|BT# #@@", "+44 1632 960###"},
    {"IE", "Ireland", "EUR", 2300, 1'150'000, 0, 0, 4, "Dublin|Cork|Galway|Limerick",
     "{s} Trading DAC|{s} Hospitality|{s} Engineering Ltd", "O’Sullivan|Kavanagh|Brennan|Doyle|Fitzgerald",
     "{n} Harbour Road|Unit {n}, Kilbarry Park|{n} Quay Street", "Aoife Byrne|Ciarán Walsh|Niamh Kelly",
     "D## @##@|T## @##@|H91 @##@|V94 @##@", "+353 1 555 ####"},
    {"DE", "Germany", "EUR", 1900, 1'150'000, 1, 1, 14,
     "Stuttgart|München|Köln|Düsseldorf|Leipzig|Nürnberg|Hamburg",
     "{s} GmbH|{s} Maschinenbau AG|{s} & Söhne KG|{s} Großküchentechnik GmbH|Gebr. {s} OHG",
     "Weiß|Schäfer|Köhler|Großmann|Lindner|Vogelsang|Übelacker|Krämer|Hofstätter",
     "Industriestraße {n}|Gewerbepark {n}|Hauptstraße {n}|Am Güterbahnhof {n}",
     "Anja Krämer|Stefan Vogel|Jürgen Maß|Petra Böhm", "70###|80###|50###|40###|04###|90###|20###",
     "+49 30 23125 ###"},
    {"FR", "France", "EUR", 2000, 1'150'000, 1, 1, 10, "Lyon|Nantes|Bordeaux|Lille|Besançon|Orléans",
     "{s} et Fils SARL|Établissements {s}|Hôtellerie {s}|{s} Équipement SAS",
     "Lefèvre|Garçon|Beaumont|Desprès|Châtelain|Moreau|Guérin",
     "{n} rue de la République|{n} avenue Foch|ZI Nord, lot {n}",
     "Hélène Moreau|Benoît Lefèvre|Chloé Garnier", "6900#|44#00|33#00|59#00|25000|45000",
     "+33 1 99 00 ## ##"},
    {"NL", "Netherlands", "EUR", 2100, 1'150'000, 1, 1, 6, "Rotterdam|Utrecht|Eindhoven|’s-Hertogenbosch",
     "{s} B.V.|Koninklijke {s} N.V.|{s} Horeca Groothandel",
     "Van den Berg|De Vries|Hoekstra|Zijlstra|Brouwer", "Havenweg {n}|Industrieweg {n}|Dorpsstraat {n}",
     "Sanne de Wit|Jeroen Visser|Marijke Bos", "30## @@|35## @@|56## @@|52## @@", "+31 85 555 ####"},
    {"ES", "Spain", "EUR", 2100, 1'150'000, 1, 1, 6, "Sevilla|Zaragoza|A Coruña|Málaga|Cádiz",
     "Hermanos {s} S.L.|Suministros {s} S.A.|Hostelería {s}", "Muñoz|Ibáñez|Peña|Castaño|Gutiérrez",
     "Calle Mayor {n}|Polígono Sur, nave {n}|Avenida de España {n}", "Lucía Ibáñez|Íñigo Peña|Carmen Núñez",
     "410##|500##|150##|290##|110##", "+34 955 55# ###"},
    {"IT", "Italy", "EUR", 2200, 1'150'000, 1, 1, 6, "Torino|Bologna|Verona|Forlì",
     "{s} S.p.A.|Fratelli {s} S.r.l.|Forniture {s}", "Bianchi|Ferraro|De Luca|Cantù|Rinaldi",
     "Via Roma {n}|Via dell’Industria {n}|Corso Italia {n}", "Giulia Rinaldi|Niccolò Ferraro|Marta Gallo",
     "101##|401##|371##|471##", "+39 011 555 ####"},
    {"PL", "Poland", "PLN", 2300, 5'050'000, 2, 1, 6, "Łódź|Kraków|Wrocław|Gdańsk|Poznań",
     "{s} Sp. z o.o.|Zakłady {s} S.A.|Hurtownia {s}", "Wiśniewski|Dąbrowski|Żuraw|Śliwa|Jabłoński",
     "ul. Przemysłowa {n}|ul. Świętokrzyska {n}|al. Niepodległości {n}",
     "Agnieszka Żak|Paweł Dąbek|Łukasz Górski", "9#-###|3#-###|5#-###|80-###|6#-###", "+48 22 555 ####"},
    {"SE", "Sweden", "SEK", 2500, 13'200'000, 2, 1, 4, "Göteborg|Malmö|Västerås|Umeå",
     "{s} AB|{s} & Co. Handels AB|Bröderna {s} AB", "Åkesson|Sjöberg|Öhman|Lindqvist|Nyström",
     "Industrivägen {n}|Hamngatan {n}|Storgatan {n}", "Åsa Öberg|Björn Sjögren|Märta Lund",
     "41# ##|21# ##|72# ##|90# ##", "+46 31 390 60##"},
    {"CZ", "Czech Republic", "CZK", 2100, 29'000'000, 2, 1, 3, "Brno|Plzeň|České Budějovice|Hradec Králové",
     "{s} s.r.o.|{s} a syn, a.s.", "Novák|Dvořák|Růžička|Hájek|Černý",
     "Průmyslová {n}|Nádražní {n}|Husova {n}", "Tereza Králová|Jiří Němec", "6## ##|3## ##|37# ##|50# ##",
     "+420 555 ### ###"},
    {"GR", "Greece", "EUR", 2400, 1'150'000, 2, 2, 3, "Αθήνα|Θεσσαλονίκη|Πάτρα|Ηράκλειο",
     "{s} Α.Ε.|Αφοί {s} Ο.Ε.|Ξενοδοχεία {s}", "Παπαδόπουλος|Νικολαΐδης|Βασιλείου|Οικονόμου",
     "Λεωφόρος Κηφισίας {n}|Οδός Εγνατία {n}|Βιομηχανική Περιοχή {n}", "Ελένη Βασιλείου|Γιώργος Δήμου",
     "1## ##|54# ##|26# ##|71# ##", "+30 21 5550 ####"},
    {"BG", "Bulgaria", "BGN", 2000, 2'250'000, 2, 2, 2, "София|Пловдив|Варна|Бургас",
     "{s} ООД|{s} и синове АД|Търговска къща {s}", "Димитров|Стоянов|Георгиев|Желязков",
     "бул. България {n}|ул. Индустриална {n}|ул. Шипка {n}", "Мария Стоянова|Петър Колев",
     "1###|4###|9###|8###", "+359 2 555 ####"},
    {"US", "USA", "USD", 0, 1'270'000, 3, -5, 8,
     "Columbus, OH|Portland, OR|Milwaukee, WI|Raleigh, NC|Tucson, AZ",
     "{s} Industrial Inc.|{s} Brothers LLC|{s} Food Service Co.|{s} Hardware",
     "Kowalski|Delgado|McAllister|Bergstrom|Nakamura",
     "{n}00 Commerce Drive|{n} Main Street|{n}1 Industrial Parkway",
     "Dana Whitfield|Luis Delgado|Megan O’Hara", "432##|972##|532##|276##|857##", "+1 614 555 01##"},
    {"CA", "Canada", "CAD", 500, 1'750'000, 3, -5, 3, "Québec|Halifax|Winnipeg|Trois-Rivières",
     "{s} Supply Ltd.|Quincaillerie {s} inc.|{s} Équipements", "Tremblay|MacLeod|Bélanger|Singh",
     "{n} rue Saint-Jean|{n} Portage Avenue|{n} Barrington Street", "Émilie Gagnon|Ian MacLeod",
     "G#@ #@#|B#@ #@#|R#@ #@#|G#@ #@#", "+1 204 555 01##"},
    {"JP", "Japan", "JPY", 1000, 190'000'000, 3, 9, 5, "大阪市|名古屋市|福岡市|札幌市",
     "株式会社{s}|{s}商事株式会社|{s}工業株式会社|有限会社{s}厨房", "山田|東洋|高橋|日進|中央|三河",
     "中央区本町{n}-3|港区南町{n}番地|工業団地{n}号", "佐藤 健一|鈴木 美咲|高橋 翔",
     "54#-00##|46#-00##|81#-00##|06#-00##", "+81 6 5555 ####"},
    {"KR", "South Korea", "KRW", 1000, 1'720'000'000, 3, 9, 3, "서울|부산|대구|인천",
     "주식회사 {s}|{s}산업(주)|{s}상사", "한빛|대성|동아|새한", "중앙로 {n}|산업단지로 {n}|해운대로 {n}",
     "김민준|이서연|박지훈", "04###|48###|41###|21###", "+82 2 555 ####"},
    {"CN", "China", "CNY", 1300, 9'100'000, 3, 8, 3, "上海|深圳|杭州|成都",
     "{s}贸易有限公司|{c}{s}机械有限公司|{s}酒店用品公司", "华兴|永昌|金龙|东方",
     "人民路{n}号|工业园区{n}栋|解放大道{n}号", "王芳|李伟|张敏", "200###|518###|310###|610###",
     "+86 21 5555 ####"},
    {"AE", "United Arab Emirates", "AED", 500, 4'660'000, 3, 4, 3, "دبي|أبو ظبي|الشارقة",
     "شركة {s} للتجارة|مؤسسة {s} الصناعية|فنادق {s}", "النور|الخليج|الواحة|المنارة",
     "شارع الشيخ زايد {n}|المنطقة الصناعية {n}|شارع الميناء {n}", "فاطمة الهاشمي|خالد المنصوري", "||",
     "+971 4 555 ####"},
    {"IL", "Israel", "ILS", 1800, 4'700'000, 2, 2, 2, "חיפה|תל אביב|באר שבע",
     "{s} בע\"מ|אחים {s} ושות'|מלונות {s}", "כרמל|גליל|אלון|שחם",
     "רחוב הרצל {n}|אזור התעשייה {n}|שדרות רוטשילד {n}", "נועה לוי|יוסי כהן", "3######|6######|8######",
     "+972 4 555 ####"},
    {"IN", "India", "INR", 1800, 107'000'000, 3, 5, 4, "Pune|Chennai|Ahmedabad|मुंबई",
     "{s} Traders Pvt Ltd|{s} & Company|{s} उद्योग", "Sharma|Iyer|Mehta|Deshpande|शक्ति",
     "{n} MG Road|Plot {n}, MIDC Estate|{n} Anna Salai", "Ananya Iyer|Rohan Mehta|Kavita Rao",
     "4110##|6000##|3800##|4000##", "+91 20 5555 ####"},
    {"KW", "Kuwait", "KWD", 0, 390'000, 3, 3, 2, "الكويت|حولي", "شركة {s} العالمية|مجموعة {s}",
     "السالمية|البدر|الصفاة", "شارع فهد السالم {n}|الشويخ الصناعية {n}", "نورة العتيبي|يوسف الرشيد",
     "1####|3####", "+965 2555 ####"},
};

} // namespace

std::span<const Country> countries()
{
    return all;
}

const Country &countryOf(std::string_view code)
{
    const auto *const found
        = std::ranges::find(all, code, [](const Country &c) { return std::string_view(c.code); });
    return found == std::end(all) ? all[0] : *found;
}

std::string countryName(std::string_view code)
{
    for (const Country &country : all) {
        if (code == country.code)
            return country.name;
    }
    const auto territory
        = QLocale::codeToTerritory(QString::fromLatin1(code.data(), static_cast<qsizetype>(code.size())));
    return territory == QLocale::AnyTerritory ? std::string(code)
                                              : QLocale::territoryToString(territory).toStdString();
}

std::string_view countryCode(std::string_view englishName)
{
    // Those that exports name and the sandbox has no accounts of its own in.
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 30> others{{
        {"Australia", "AU"},    {"Austria", "AT"},       {"Bahrain", "BH"},
        {"Belgium", "BE"},      {"Brazil", "BR"},        {"Channel Islands", "JE"},
        {"Cyprus", "CY"},       {"Czechia", "CZ"},       {"Denmark", "DK"},
        {"EIRE", "IE"},         {"Finland", "FI"},       {"Great Britain", "GB"},
        {"Hong Kong", "HK"},    {"Iceland", "IS"},       {"Korea", "KR"},
        {"Lebanon", "LB"},      {"Lithuania", "LT"},     {"Luxembourg", "LU"},
        {"Malta", "MT"},        {"Norway", "NO"},        {"Portugal", "PT"},
        {"RSA", "ZA"},          {"Saudi Arabia", "SA"},  {"Singapore", "SG"},
        {"South Africa", "ZA"}, {"Switzerland", "CH"},   {"Turkey", "TR"},
        {"UK", "GB"},           {"United States", "US"}, {"Ukraine", "UA"},
    }};
    for (const Country &country : all) {
        if (englishName == country.name || englishName == country.code)
            return country.code;
    }
    for (const auto &[name, code] : others) {
        if (englishName == name || englishName == code)
            return code;
    }
    return {};
}

std::vector<std::string_view> listed(std::string_view list)
{
    std::vector<std::string_view> elements;
    for (std::size_t begin = 0; begin <= list.size();) {
        const std::size_t end = std::min(list.find('|', begin), list.size());
        elements.push_back(list.substr(begin, end - begin));
        begin = end + 1;
    }
    return elements;
}

std::string filled(std::string_view pattern, std::string_view mark, std::string_view text)
{
    std::string result(pattern);
    if (const auto at = result.find(mark); at != std::string::npos)
        result.replace(at, mark.size(), text);
    return result;
}

std::string taxName(std::string_view country)
{
    if (country == "US")
        return "Sales tax";
    if (country == "CA" || country == "IN")
        return "GST";
    return country == "JP" ? "Consumption tax" : "VAT";
}

std::span<const Warehouse> warehouses()
{
    static constexpr std::array<Warehouse, warehouseCount> four{{
        {"Bristol", "GB"},
        {"Venlo", "NL"},
        {"Poznań", "PL"},
        {"Singapore", "SG"},
    }};
    return four;
}

} // namespace Counterfoil::Sandbox
