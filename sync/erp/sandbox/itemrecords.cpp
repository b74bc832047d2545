#include "itemrecords.h"

#include "paperwork.h"
#include "simulation.h"

#include <algorithm>

namespace Counterfoil::Sandbox {

namespace {

// The first letters of a make's or a good's words, and digits that no other product has.
std::string makersNumber(const Product &product)
{
    constexpr std::int64_t numbers = 100'000;
    constexpr std::int64_t step = 7'919; // a prime, so that numbers in a row are far apart
    std::string letters;
    for (const std::string &text : {product.make, familyOf(product)}) {
        letters += letters.empty() ? "" : "-";
        bool begins = true;
        for (const char c : text) {
            if (begins && c > ' ')
                letters += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
            begins = c == ' ' || c == '-';
        }
    }
    const std::string digits = std::to_string(product.id * step % numbers);
    return letters + '-' + std::string(5 - digits.size(), '0') + digits;
}

std::string barcode(std::int64_t id, std::int64_t pack)
{
    std::string digits = std::to_string(501'000'000'000 + id * 4 + pack);
    int sum = 0;
    for (std::size_t i = 0; i < digits.size(); ++i)
        sum += (digits[i] - '0') * (i % 2 == 0 ? 1 : 3);
    return digits + static_cast<char>('0' + (10 - sum % 10) % 10);
}

std::vector<ItemPack> packsOf(const Product &product)
{
    std::vector<ItemPack> packs{{product.unit, Decimal::fromInteger(1), barcode(product.id, 0)}};
    if (product.unit == "m")
        packs.push_back({"drum of 100 m", Decimal::fromInteger(100), barcode(product.id, 1)});
    else if (const std::int64_t many = product.usualQuantity >= 50 ? 500 : product.usualQuantity * 4;
             many >= 8)
        packs.push_back(
            {"carton of " + std::to_string(many), Decimal::fromInteger(many), barcode(product.id, 1)});
    return packs;
}

// Each account numbers in a way of its own.
std::string numberOfAccount(const Customer &customer, std::int64_t product)
{
    const std::int64_t number = product * 37 + customer.id * 11;
    std::string digits = std::to_string(1'000'000 + number % 1'000'000).substr(1);
    switch (customer.id % 4) {
    case 0:
        return "MAT-" + digits;
    case 1:
        return digits.substr(0, 2) + '.' + digits.substr(2) + ".0";
    case 2:
        return "X" + digits + '/' + std::to_string(customer.id % 10);
    default:
        return "45" + digits;
    }
}

} // namespace

Item itemOf(const Offers &offers, const Product &product, std::int64_t day)
{
    Item item;
    item.key = item.sku = product.sku;
    item.account = assortmentOf(product);
    item.name = product.description;
    item.category = categoryOf(product);
    item.family = familyOf(product);
    item.manufacturer = product.make;
    item.manufacturerNumber = makersNumber(product);
    item.keywords = keywordsOf(product);
    item.unit = product.unit;
    item.minimum = offers.minimum(product);
    item.multiple = offers.multiple(product);
    item.packs = packsOf(product);
    item.picture = pictureOf(product, {}).key;
    item.description = product.description + ". Sold by the " + product.unit + ", from our " + item.category
        + " range. Made by " + product.make + " as " + item.manufacturerNumber + '.';
    item.withdrawn = offers.isWithdrawn(product, day);
    // An account that may not buy what takes its place is not told of it either.
    if (const Product *next = item.withdrawn ? offers.successor(product) : nullptr;
        next && assortmentOf(*next).empty())
        item.successor = next->sku;
    if (const Product *other = item.withdrawn ? nullptr : offers.substitute(product))
        item.substitute = other->sku;
    return item;
}

ItemNumber numberOf(const Customer &customer, const Product &product)
{
    ItemNumber number;
    number.sku = product.sku;
    number.key = customer.account.key + '/' + number.sku;
    number.account = customer.account.key;
    number.number = numberOfAccount(customer, product.id);
    return number;
}

void Simulation::openCatalogue(Instant founded)
{
    const std::int64_t today = m_clock.companyTime(founded) / msPerDay;
    for (const Product &product : m_company.products()) {
        const Item item = itemOf(m_offers, product, today);
        m_books.postNew(Item::type, product.id, &item, founded);
        // Numbered apart from everything else that happens, so that no chance depends on it.
        if (const auto day = m_offers.withdrawalDay(product); day && *day > today)
            m_agenda.insert(
                {*day * msPerDay, -product.id, static_cast<std::int64_t>(Task::Withdraw), product.id, 0});
    }
    std::int64_t id = 0;
    for (const Customer &customer : m_company.customers()) {
        for (const auto &[product, price] : customer.contract) {
            const ItemNumber number = numberOf(customer, m_company.product(product));
            m_books.postNew(ItemNumber::type, ++id, &number, founded);
        }
    }
}

void Simulation::withdraw(std::int64_t id)
{
    const Product &product = m_company.product(id);
    const Item item = itemOf(m_offers, product, m_now / msPerDay);
    m_books.postAgain(Item::type, id, &item, stamp());
}

} // namespace Counterfoil::Sandbox
