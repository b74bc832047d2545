#pragma once

#include "account.h"
#include "amount.h"
#include "catalogue.h"
#include "countries.h"
#include "random.h"

#include <unordered_map>
#include <vector>

namespace Counterfoil::Sandbox {

// An account with what the sandbox needs to act for it.
struct Customer
{
    std::int64_t id = 0; // from 1 without holes
    Account account;     // as it began: its place and its usual addresses may have changed since
    const Country *country = nullptr;
    std::int64_t taxBasisPoints = 0; // what is usual for its orders, in hundredths of a per cent
    std::string taxNumber;           // as printed on papers; may be empty
    std::string taxNote;             // why it pays none; empty when it pays
    int dueDays = 30;
    int discountDays = 0; // within which it may keep back discountPercent; 0: it may not
    std::int64_t discountPercent = 0;
    bool paysTogether = false; // several invoices with one payment
    int poStyle = 0;
    std::int64_t share = 1; // of all orders, relative
    std::string paymentMethod;
    std::vector<std::pair<std::int64_t, Decimal>> contract; // product and price in the account's currency
};

// Of which an account has to have been granted it to buy the product; empty: everybody may.
std::string assortmentOf(const Product &product);

// Rounded to the decimals that prices in the currency have; very cheap things have two more.
Decimal roundedPrice(Decimal exact, int minorUnitPlaces);

// Who buys what: everything about a company that does not change while it lives, as its seed and
// scale have it. A few megabytes at the largest scale.
class Company
{
public:
    Company(std::uint64_t seed, std::int64_t scale);

    std::uint64_t seed() const { return m_seed; }
    std::int64_t scale() const { return m_scale; }
    // Whoever buys of a large wholesaler buys more at a time, and finds most of it in stock.
    bool isLarge() const { return m_scale > 50'000; }
    const std::vector<Customer> &customers() const { return m_customers; }
    const std::vector<Product> &products() const { return m_products; }
    const Customer &customer(std::int64_t id) const { return m_customers[static_cast<std::size_t>(id - 1)]; }
    const Product &product(std::int64_t id) const { return m_products[static_cast<std::size_t>(id - 1)]; }
    const Customer *findCustomer(const std::string &accountKey) const;
    const Product *findProduct(const std::string &sku) const;

    // In hundredths of a per cent.
    std::int64_t taxRate(const Customer &customer, const Product &product) const;

    // What the account orders in a day when `ordersPerDay` come in, in its own currency; a guess.
    Amount usualDay(const Customer &customer, std::int64_t ordersPerDay) const;

    // Drawn in proportion to their shares of the business.
    const Customer &anyCustomer(Random &random) const;
    const Product &anyProduct(Random &random) const;

    // How many units of a product one warehouse sends out a day when `ordersPerDay` come in; at least 0.
    std::int64_t dailyDemand(const Product &product, std::int64_t ordersPerDay) const;

    // What the customer pays for one unit.
    Decimal price(const Customer &customer, const Product &product) const;

    // Changes when the making of companies changes, so that a file made otherwise is not misread.
    std::uint64_t fingerprint() const;

private:
    Customer makeCustomer(std::int64_t id, std::int64_t count) const;

    std::uint64_t m_seed;
    std::int64_t m_scale;
    std::vector<Product> m_products;
    std::vector<Customer> m_customers;
    std::vector<std::int64_t> m_sharesUpTo;
    std::unordered_map<std::string, std::int64_t> m_productsBySku;
    std::unordered_map<std::string, std::int64_t> m_customersByKey;
};

} // namespace Counterfoil::Sandbox
