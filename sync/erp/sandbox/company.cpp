#include "company.h"

#include "chance.h"
#include "exactvalue.h"
#include "founders.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace Counterfoil::Sandbox {

namespace {

// Accounts come in blocks of this many; the first of a block may be the parent of those after it.
constexpr std::int64_t blockSize = 10;

constexpr std::int64_t accountCount(std::int64_t scale)
{
    return scale <= 20'000 ? std::clamp<std::int64_t>(scale / 12, 24, 400)
                           : std::min<std::int64_t>(scale / 50, 5'000);
}

constexpr std::int64_t productCount(std::int64_t scale)
{
    return scale <= 50'000 ? std::clamp<std::int64_t>(scale / 2, 120, 2'500)
                           : std::clamp<std::int64_t>(scale / 10, 20'000, 100'000);
}

// Of each so many products in a row, the first belong to an assortment of their own each; the others are
// everybody's.
constexpr std::int64_t assortmentEvery = 29;
constexpr std::int64_t assortmentCount = 6;

std::string assortmentName(std::int64_t number)
{
    return "assortment-" + std::to_string(number + 1);
}

// a × b where both are in millionths.
Decimal times(Decimal a, std::int64_t millionths)
{
    const ExactValue product = ExactValue::product(a, {millionths});
    return {product.whole * Decimal::one + product.trillionths / Decimal::one};
}

const Country &anyCountry(Random &random)
{
    std::uint64_t total = 0;
    for (const Country &country : countries())
        total += static_cast<std::uint64_t>(country.share);
    auto left = static_cast<std::int64_t>(random.below(total));
    for (const Country &country : countries()) {
        left -= country.share;
        if (left < 0)
            return country;
    }
    return countries().front();
}

bool inEuropeanUnion(std::string_view country)
{
    static constexpr std::string_view members[]
        = {"DE", "FR", "NL", "ES", "IT", "PL", "SE", "CZ", "GR", "BG", "IE"};
    return std::ranges::find(members, country) != std::end(members);
}

std::string taxNumber(Random &random, std::string_view country)
{
    const auto digits = [&random](int count) {
        std::string text;
        for (int i = 0; i < count; ++i)
            text += static_cast<char>('0' + between(random, i == 0 ? 1 : 0, 9));
        return text;
    };
    if (inEuropeanUnion(country))
        return "VAT " + std::string(country == "GR" ? "EL" : country) + digits(9);
    if (country == "GB")
        return "VAT GB " + digits(3) + ' ' + digits(4) + ' ' + digits(2);
    if (country == "US")
        return "EIN " + digits(2) + '-' + digits(7);
    return {};
}

// What applies to an account that is taxed as its country has it; see Company::taxRate().
std::string taxWords(const Customer &customer)
{
    if (customer.taxBasisPoints == 0)
        return "Not taxed";
    const Decimal rate{customer.taxBasisPoints * (Decimal::one / 100)};
    return taxName(customer.country->code) + ' ' + rate.toString() + '%'
        + (customer.country->code == std::string_view("GB") ? ", protective wear 0%" : "");
}

// Businesses in the Union mostly account for the tax themselves; a reseller in the United States pays none.
void setTax(Random &random, Customer &customer)
{
    const std::string_view country = customer.country->code;
    customer.taxNumber = taxNumber(random, country);
    customer.taxBasisPoints = customer.country->taxBasisPoints;
    if (inEuropeanUnion(country) && percent(random, 55)) {
        customer.taxBasisPoints = 0;
        customer.account.taxTreatment = "Reverse charge";
        customer.taxNote
            = "Reverse charge: VAT is to be accounted for by the recipient, Article 196 of Directive "
              "2006/112/EC.";
    } else if (country == "US") {
        static constexpr std::int64_t rates[] = {575, 725, 825};
        if (percent(random, 65)) {
            customer.account.taxTreatment = "Exempt, for resale";
            customer.taxNote = "Exempt from sales tax: resale certificate on file.";
        } else {
            customer.taxBasisPoints = rates[random.below(std::size(rates))];
        }
    }
    if (customer.account.taxTreatment.empty())
        customer.account.taxTreatment = taxWords(customer);
}

// All but one, in which it has no contract.
void grantAssortments(Customer &customer)
{
    std::set<std::int64_t> all;
    for (std::int64_t i = 0; i < assortmentCount; ++i)
        all.insert(i);
    std::set<std::int64_t> contracted;
    for (const auto &[product, price] : customer.contract)
        contracted.insert(product % assortmentEvery);
    for (std::int64_t step = 0; step < assortmentCount; ++step) {
        const std::int64_t candidate = (customer.id + step) % assortmentCount;
        if (!contracted.contains(candidate)) {
            all.erase(candidate);
            break;
        }
    }
    for (const std::int64_t each : all)
        customer.account.assortments.push_back({assortmentName(each)});
}

void setTerms(Random &random, Customer &customer)
{
    static constexpr int dueDays[] = {30, 30, 30, 14, 45, 60};
    customer.dueDays = dueDays[random.below(std::size(dueDays))];
    customer.account.terms = "Net " + std::to_string(customer.dueDays);
    if (customer.dueDays >= 30 && percent(random, 30)) {
        customer.discountDays = 10;
        customer.discountPercent = percent(random, 25) ? 3 : 2;
        customer.account.terms
            = std::to_string(customer.discountPercent) + "% 10, net " + std::to_string(customer.dueDays);
    }
    customer.paysTogether = percent(random, 45);
}

} // namespace

std::string assortmentOf(const Product &product)
{
    const std::int64_t number = product.id % assortmentEvery;
    return number < assortmentCount ? assortmentName(number) : std::string();
}

Decimal roundedPrice(Decimal exact, int places)
{
    std::int64_t step = Decimal::one;
    for (int i = 0; i < places; ++i)
        step /= 10;
    if (exact.millionths < 100 * step)
        step = std::max<std::int64_t>(step / 100, 1);
    return {std::max(step, (exact.millionths + step / 2) / step * step)};
}

Company::Company(std::uint64_t seed, std::int64_t scale)
    : m_seed(seed)
    , m_scale(scale)
{
    const std::int64_t products = productCount(scale);
    m_products.reserve(static_cast<std::size_t>(products));
    for (std::int64_t id = 1; id <= products; ++id) {
        m_products.push_back(makeProduct(seed, id));
        m_productsBySku.emplace(m_products.back().sku, id);
    }
    const std::int64_t accounts = accountCount(scale);
    m_customers.reserve(static_cast<std::size_t>(accounts));
    std::int64_t shares = 0;
    for (std::int64_t id = 1; id <= accounts; ++id) {
        m_customers.push_back(makeCustomer(id, accounts));
        shares += m_customers.back().share;
        m_sharesUpTo.push_back(shares);
        m_customersByKey.emplace(m_customers.back().account.key, id);
    }
}

Customer Company::makeCustomer(std::int64_t id, std::int64_t count) const
{
    SeededRandom random = chanceOf(m_seed, ChanceOf::Account, id);
    Customer customer;
    customer.id = id;
    Account &account = customer.account;
    const auto founderCount = static_cast<std::int64_t>(founders().size());
    if (id <= founderCount) {
        const Founder &founder = founders()[static_cast<std::size_t>(id - 1)];
        customer.country = &countryOf(founder.country);
        account.name = founder.name;
        account.city = founder.city;
        if (founder.parent >= 0)
            account.parent = accountKey(founder.parent + 1);
        // Shares of the others add up to count × 10, on average; founders' are thousandths of the whole.
        customer.share = std::max<std::int64_t>(founder.share * count * 10 / 530, 1);
    } else {
        const std::int64_t place = (id - founderCount - 1) % blockSize;
        const std::int64_t head = id - place;
        SeededRandom block = chanceOf(m_seed, ChanceOf::Account, -head);
        const std::int64_t branches = percent(block, 45) ? between(block, 2, 6) : 0;
        const Country &headCountry = anyCountry(block);
        const auto cities = listed(headCountry.cities);
        const auto cityCount = static_cast<std::int64_t>(cities.size());
        if (place > 0 && place <= std::min(branches, cityCount)) {
            // Each branch in a city of its own.
            customer.country = &headCountry;
            account.city = cities[static_cast<std::size_t>((head + place) % cityCount)];
            account.parent = accountKey(head);
            account.name = this->customer(head).account.name + " · " + account.city;
        } else {
            customer.country = place == 0 ? &headCountry : &anyCountry(random);
            account.city = pick(random, listed(customer.country->cities));
            account.name = filled(filled(pick(random, listed(customer.country->companies)), "{s}",
                                         pick(random, listed(customer.country->stems))),
                                  "{c}", account.city);
        }
        customer.share = between(random, 1, 10) + (percent(random, 20) ? between(random, 5, 40) : 0);
    }
    account.key = accountKey(id);
    account.account = account.key;
    account.number = std::to_string(10'000 + id);
    account.country = customer.country->code;
    account.currency = customer.country->currency;
    account.calendar = supplierCalendar;
    setTerms(random, customer);
    customer.poStyle = static_cast<int>(random.below(6));
    static constexpr const char *methods[]
        = {"On account", "On account", "Bank transfer", "Direct debit", "Card"};
    customer.paymentMethod = methods[random.below(std::size(methods))];
    setTax(random, customer);

    SeededRandom terms = chanceOf(m_seed, ChanceOf::Contract, id);
    const int places = minorUnitPlaces(account.currency);
    const std::int64_t contracts = between(terms, 12, 40);
    for (std::int64_t i = 0; i < contracts; ++i) {
        const Product &product = anyProduct(terms);
        const Decimal net = times(product.listPrice, between(terms, 72, 96) * (Decimal::one / 100));
        customer.contract.emplace_back(product.id,
                                       roundedPrice(times(net, customer.country->perPound), places));
    }
    std::ranges::sort(customer.contract);
    const auto same = std::ranges::unique(customer.contract, {}, &std::pair<std::int64_t, Decimal>::first);
    customer.contract.erase(same.begin(), same.end());
    grantAssortments(customer);
    return customer;
}

const Customer *Company::findCustomer(const std::string &key) const
{
    const auto found = m_customersByKey.find(key);
    return found == m_customersByKey.end() ? nullptr : &customer(found->second);
}

const Product *Company::findProduct(const std::string &sku) const
{
    const auto found = m_productsBySku.find(sku);
    return found == m_productsBySku.end() ? nullptr : &product(found->second);
}

const Customer &Company::anyCustomer(Random &random) const
{
    const auto draw
        = static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(m_sharesUpTo.back())));
    const auto place = std::ranges::upper_bound(m_sharesUpTo, draw) - m_sharesUpTo.begin();
    return m_customers[static_cast<std::size_t>(place)];
}

const Product &Company::anyProduct(Random &random) const
{
    // The square of an even draw makes the first of 2,500 fifty times as frequent as the last.
    const std::uint64_t count = m_products.size();
    const std::uint64_t draw = random.below(1'000'000);
    return m_products[draw * draw / 1'000'000 * count / 1'000'000];
}

std::int64_t Company::dailyDemand(const Product &product, std::int64_t ordersPerDay) const
{
    const auto count = static_cast<double>(m_products.size());
    const auto rank = static_cast<double>(product.id);
    const double share = std::sqrt(rank / count) - std::sqrt((rank - 1) / count);
    constexpr double linesPerOrder = 4.2;
    // The first warehouse serves over half of all accounts; one that is too well stocked harms nobody.
    return std::llround(share * linesPerOrder * 0.5
                        * static_cast<double>(ordersPerDay * product.usualQuantity));
}

Decimal Company::price(const Customer &customer, const Product &product) const
{
    const auto found = std::ranges::lower_bound(customer.contract, product.id, {},
                                                &std::pair<std::int64_t, Decimal>::first);
    if (found != customer.contract.end() && found->first == product.id)
        return found->second;
    return roundedPrice(times(product.listPrice, customer.country->perPound),
                        minorUnitPlaces(customer.account.currency));
}

std::int64_t Company::taxRate(const Customer &customer, const Product &product) const
{
    return product.protective && customer.account.country == "GB" ? 0 : customer.taxBasisPoints;
}

Amount Company::usualDay(const Customer &customer, std::int64_t ordersPerDay) const
{
    constexpr std::int64_t poundsPerOrder = 1'000;
    const Decimal pounds{poundsPerOrder * ordersPerDay * customer.share * Decimal::one / m_sharesUpTo.back()};
    return extended(pounds, {customer.country->perPound}, minorUnitPlaces(customer.account.currency));
}

std::uint64_t Company::fingerprint() const
{
    std::uint64_t hash = 14'695'981'039'346'656'037U; // FNV-1a
    const auto mix = [&hash](std::string_view text) {
        for (const char c : text)
            hash = (hash ^ static_cast<unsigned char>(c)) * 1'099'511'628'211U;
    };
    for (const Product &product : m_products)
        mix(product.sku + product.description + product.unit + product.listPrice.toString());
    for (const Customer &customer : m_customers) {
        mix(customer.account.name + customer.account.terms + customer.account.city
            + customer.account.taxTreatment + customer.taxNumber + customer.taxNote);
        for (const auto &[product, price] : customer.contract)
            mix(std::to_string(product) + price.toString());
    }
    return hash;
}

} // namespace Counterfoil::Sandbox
