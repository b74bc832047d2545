#include "manyrecords.h"

#include "account.h"
#include "invoice.h"
#include "order.h"
#include "random.h"
#include "shipment.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace Counterfoil {

namespace {

constexpr std::int64_t lastPlacedMs = 1'790'000'000'000;
constexpr std::int64_t daysOfHistory = 2'200;
constexpr std::int64_t articles = 20'000;
constexpr std::int64_t pageRows = 2'000;
constexpr std::int64_t stillOpen = 8; // of a hundred orders the newest that are

constexpr std::array firstWords{
    "Northern", "Harbour",   "Meridian", "Albion",    "Castle",    "Delta",     "Everest",  "Foxglove",
    "Granite",  "Hawthorn",  "Imperial", "Juniper",   "Kestrel",   "Lakeside",  "Magnolia", "Newbridge",
    "Orchard",  "Pennine",   "Quayside", "Riverside", "Sovereign", "Thornbury", "Union",    "Valley",
    "Westgate", "Yorkshire", "Zenith",   "Müller",    "Café",      "Ångström",  "O'Brien",  "Böhm"};
constexpr std::array secondWords{"Engineering", "Builders", "Catering",  "Hotels",     "Electrical",
                                 "Plumbing",    "Foods",    "Logistics", "Facilities", "Schools",
                                 "Clinics",     "Motors",   "Joinery",   "Bakery",     "Estates",
                                 "Brewery",     "Marine",   "Textiles",  "Dairy",      "Print"};
constexpr std::array places{"plant",    "warehouse",   "depot",  "main kitchen",
                            "workshop", "head office", "site 2", "loading bay"};
constexpr std::array towns{"Reno",    "Leeds",   "Bristol", "Glasgow", "Zürich", "Lyon",
                           "Hamburg", "Cardiff", "Exeter",  "Norwich", "Dundee", "Turin"};
constexpr std::array adjectives{"stainless", "brass",    "heavy-duty", "compact", "insulated", "galvanised",
                                "white",     "black",    "blue",       "clear",   "double",    "industrial",
                                "spare",     "recycled", "flexible",   "magnetic"};
constexpr std::array nouns{
    "hex bolt",      "washer",         "torque wrench",   "cable gland",   "junction box",
    "copper pipe",   "pressure gauge", "nitrile gloves",  "safety helmet", "dust mask",
    "floor cleaner", "hand soap",      "napkins",         "stock pot",     "chopping board",
    "dinner plate",  "wine glass",     "toner cartridge", "copier paper",  "box file",
    "label roll",    "LED panel",      "isolator switch", "pipe clip",     "hand towels",
    "heat gun",      "claw hammer",    "anchor bolt",     "blind rivet",   "tumbler"};
constexpr std::array sizes{"M6 x 40", "M8 x 50", "M10",        "12 V",      "18 V", "230 mm",
                           "15 mm",   "22 mm",   "5 l",        "20 l",      "XL",   "A4",
                           "0.75 mm", "IP65",    "box of 100", "pack of 10"};
constexpr std::array prefixes{"WH", "HT", "FX", "EL", "CB", "PL", "SF", "JN", "PP", "CT", "TW", "OF"};
constexpr std::array carriers{"DHL", "UPS", "DPD", "Royal Mail", "own van"};
constexpr std::array origins{"web", "edi", "phone", "email", "app"};

// The numbers that belong to one record: as scattered as chance and always the same.
class Dice
{
public:
    explicit Dice(std::uint64_t seed)
        : m_random(seed * 0x9e3779b97f4a7c15U + 1)
    { }
    std::int64_t below(std::int64_t bound)
    {
        return static_cast<std::int64_t>(m_random.below(static_cast<std::uint64_t>(bound)));
    }
    template <class List> const char *of(const List &list)
    {
        return list[static_cast<std::size_t>(below(static_cast<std::int64_t>(list.size())))];
    }

private:
    SeededRandom m_random;
};

std::string padded(std::int64_t number, int digits)
{
    std::string text = std::to_string(number);
    return std::string(static_cast<std::size_t>(std::max(0, digits - static_cast<int>(text.size()))), '0')
        + text;
}

// A few accounts order most.
std::int64_t accountOf(std::int64_t n, std::int64_t accounts)
{
    Dice dice(static_cast<std::uint64_t>(n) * 7 + 1);
    const std::int64_t a = dice.below(accounts);
    return a * dice.below(accounts) / accounts;
}

std::string accountKey(std::int64_t account)
{
    return "A" + padded(account, 5);
}

std::string accountName(std::int64_t account)
{
    Dice dice(static_cast<std::uint64_t>(account) + 31);
    const std::string first = dice.of(firstWords);
    return first + ' ' + dice.of(secondWords) + (dice.below(2) ? " Ltd" : "");
}

std::string currencyOf(std::int64_t account)
{
    return account % 10 < 7 ? "GBP" : account % 10 < 9 ? "EUR" : "USD";
}

std::string shipToOf(std::int64_t account, std::int64_t n)
{
    Dice dice(static_cast<std::uint64_t>(account * 5 + n % 5) + 77);
    const std::string town = dice.of(towns);
    return accountName(account) + ", " + town + ' ' + dice.of(places);
}

// Each account writes them in its own way.
std::string referenceOf(std::int64_t account, std::int64_t n)
{
    switch (account % 4) {
    case 0:
        return "PO-" + padded(100'000 + n * 3 % 900'000, 6);
    case 1:
        return "4500" + padded(n * 7 % 1'000'000, 6);
    case 2:
        return "PO " + std::to_string(2020 + n % 7) + '/' + padded(n % 10'000, 4);
    default:
        return padded(n % 100'000, 5) + '-' + accountName(account).substr(0, 3);
    }
}

Instant placedAt(std::int64_t n, std::int64_t orders)
{
    const std::int64_t step = daysOfHistory * msPerDay / std::max<std::int64_t>(orders, 1);
    return {lastPlacedMs - (orders - n) * step};
}

std::string skuOf(std::int64_t article)
{
    return std::string(prefixes[static_cast<std::size_t>(article) % prefixes.size()]) + '-'
        + padded(article * 37 % 100'000, 5);
}

std::string descriptionOf(std::int64_t article)
{
    Dice dice(static_cast<std::uint64_t>(article) + 4'711);
    const std::string adjective = dice.of(adjectives);
    const std::string noun = dice.of(nouns);
    return adjective + ' ' + noun + ' ' + dice.of(sizes);
}

Change changeOf(AnyRecord record, std::int64_t sequence, Instant time)
{
    const RecordType &type = record.type();
    Change change;
    change.kind = &type;
    change.key = type.findFlag(Key)->in<std::string>(record.data());
    change.account = type.findFlag(AccountKey)->in<std::string>(record.data());
    change.sequence = sequence;
    change.version = 1;
    change.time = time;
    change.record = std::move(record);
    return change;
}

OrderLine lineOf(std::int64_t number, Dice &dice, bool open)
{
    OrderLine line;
    const std::int64_t article = dice.below(articles) * dice.below(articles) / articles;
    line.lineNumber = number;
    line.sku = skuOf(article);
    line.description = descriptionOf(article);
    line.unit = "each";
    line.status = open ? "open" : "delivered";
    line.ordered = Decimal::fromInteger(1 + dice.below(40));
    line.shipped = open ? Decimal() : line.ordered;
    line.unitPrice = Decimal::fromInteger(1 + dice.below(90));
    line.net = {100 * (1 + dice.below(4'000))};
    line.tax = {line.net.minor / 5};
    return line;
}

} // namespace

std::int64_t ManyRecords::accounts() const
{
    return std::clamp<std::int64_t>(m_orders / 500, 10, 2'000);
}

Change ManyRecords::account(std::int64_t n) const
{
    auto account = std::make_shared<Account>();
    account->key = account->account = accountKey(n);
    account->number = std::to_string(10'000 + n);
    account->name = accountName(n);
    account->city = towns[static_cast<std::size_t>(n) % towns.size()];
    account->country = "GB";
    account->currency = currencyOf(n);
    account->terms = "Net 30";
    account->calendar = "Europe/London";
    return changeOf(AnyRecord(account), n + 1, {lastPlacedMs});
}

Change ManyRecords::order(std::int64_t n) const
{
    const std::int64_t account = accountOf(n, accounts());
    Dice dice(static_cast<std::uint64_t>(n) * 3);
    auto order = std::make_shared<Order>();
    order->key = "o" + std::to_string(n);
    order->account = accountKey(account);
    order->number = "SO-" + std::to_string(1'000'000 + n);
    order->poReference = referenceOf(account, n);
    order->placedAt = placedAt(n, m_orders);
    order->open = (m_orders - n) * 100 < m_orders * stillOpen && dice.below(10) != 0;
    order->status = order->open ? (dice.below(3) ? "open" : "part-shipped")
        : dice.below(30)        ? "delivered"
                                : "cancelled";
    order->origin = dice.of(origins);
    order->shipToName = shipToOf(account, n);
    order->shipToAddress = "12 Mill Lane\nLeeds LS1 4AP";
    order->billToName = accountName(account);
    order->billToAddress = "PO Box 12\nLeeds LS1 4AP";
    order->terms = "Net 30";
    order->paymentMethod = "invoice";
    order->currency = currencyOf(account);
    const std::int64_t count = 1 + dice.below(9);
    for (std::int64_t i = 1; i <= count; ++i) {
        order->lines.push_back(lineOf(i, dice, order->open));
        const OrderLine &line = order->lines.back();
        order->unitsOrdered = Decimal{order->unitsOrdered.millionths + line.ordered.millionths};
        order->unitsShipped = Decimal{order->unitsShipped.millionths + line.shipped.millionths};
        order->net = {order->net.minor + line.net.minor};
    }
    order->tax = {order->net.minor / 5};
    order->total = {order->net.minor + order->tax.minor};
    order->events.push_back({order->placedAt, "placed", "The order was placed.", {}});
    if (!order->open)
        order->events.push_back({{order->placedAt.ms + msPerDay},
                                 "shipped",
                                 "All lines left the warehouse.",
                                 "SHP-" + std::to_string(1'000'000 + n) + "-1"});
    const Instant time = order->placedAt;
    return changeOf(AnyRecord(order), n + 1, time);
}

Change ManyRecords::invoice(std::int64_t n) const
{
    const AnyRecord source = order(n).record;
    const Order &order = *source.as<Order>();
    auto invoice = std::make_shared<Invoice>();
    invoice->key = "i" + std::to_string(n);
    invoice->account = order.account;
    invoice->credit = n % 50 == 0;
    invoice->number = (invoice->credit ? "CR-" : "INV-") + std::to_string(3'000'000 + n);
    invoice->order = order.key;
    invoice->orderNumber = order.number;
    invoice->poReference = order.poReference;
    invoice->issuedAt = {order.placedAt.ms + 2 * msPerDay};
    invoice->dueOn = {static_cast<std::int32_t>(invoice->issuedAt.ms / msPerDay + 30)};
    invoice->open = (m_orders - n) * 100 < m_orders * 7;
    invoice->status = invoice->open ? "open" : "paid";
    invoice->billToName = order.billToName;
    invoice->shipToName = order.shipToName;
    invoice->terms = order.terms;
    invoice->currency = order.currency;
    invoice->net = order.net;
    invoice->tax = order.tax;
    invoice->total = order.total;
    if (invoice->open)
        invoice->openAmount = order.total;
    for (const OrderLine &line : order.lines) {
        InvoiceLine billed;
        billed.lineNumber = billed.orderLine = line.lineNumber;
        billed.sku = line.sku;
        billed.description = line.description;
        billed.unit = line.unit;
        billed.quantity = line.ordered;
        billed.unitPrice = line.unitPrice;
        billed.net = line.net;
        billed.tax = line.tax;
        invoice->lines.push_back(std::move(billed));
    }
    const Instant time = invoice->issuedAt;
    return changeOf(AnyRecord(invoice), n + 1, time);
}

Change ManyRecords::shipment(std::int64_t n) const
{
    const std::int64_t number = n * 5 / 6; // of its order
    const bool second = n > 0 && (n - 1) * 5 / 6 == number;
    const AnyRecord source = order(std::min(number, m_orders - 1)).record;
    const Order &order = *source.as<Order>();
    auto shipment = std::make_shared<Shipment>();
    shipment->key = "s" + std::to_string(n);
    shipment->account = order.account;
    shipment->number = "SHP-" + order.number.substr(3) + (second ? "-2" : "-1");
    shipment->order = order.key;
    shipment->orderNumber = order.number;
    shipment->poReference = order.poReference;
    shipment->shippedAt = {order.placedAt.ms + msPerDay + (second ? 1'000 : 0)};
    shipment->open = order.open;
    shipment->status = order.open ? "in-transit" : "delivered";
    shipment->carrier = carriers[static_cast<std::size_t>(n) % carriers.size()];
    shipment->tracking = "1Z999AA1" + padded(n * 7'919 % 100'000'000, 8);
    shipment->parcelCount = 1;
    shipment->shipToName = order.shipToName;
    shipment->expectedOn = {static_cast<std::int32_t>(shipment->shippedAt.ms / msPerDay + 2)};
    if (!order.open)
        shipment->deliveredAt = {shipment->shippedAt.ms + 2 * msPerDay};
    shipment->parcels.push_back({shipment->tracking, "", shipment->status, shipment->shippedAt, {}});
    for (const OrderLine &line : order.lines)
        shipment->lines.push_back({line.lineNumber, line.sku, line.description, line.unit, line.ordered, {}});
    shipment->events.push_back(
        {shipment->tracking, shipment->shippedAt, "picked-up", "Picked up from the sender.", "Leeds"});
    const Instant time = shipment->shippedAt;
    return changeOf(AnyRecord(shipment), n + 1, time);
}

Outcome ManyRecords::fill(CacheWriter &writer, const std::function<void(std::int64_t)> &progress) const
{
    struct Listing
    {
        const RecordType *kind;
        std::int64_t count;
        Change (ManyRecords::*make)(std::int64_t) const;
    };
    const Listing listings[] = {{&Account::type, accounts(), &ManyRecords::account},
                                {&Order::type, orders(), &ManyRecords::order},
                                {&Shipment::type, shipments(), &ManyRecords::shipment},
                                {&Invoice::type, orders(), &ManyRecords::invoice}};
    std::vector<std::string> kinds;
    for (const Listing &listing : listings)
        kinds.emplace_back(listing.kind->name);
    if (const auto begun = writer.beginFill(kinds, "made"); !begun)
        return begun;
    std::int64_t done = 0;
    for (const Listing &listing : listings) {
        for (std::int64_t left = listing.count; left > 0;) {
            FillPage page;
            page.kind = listing.kind;
            page.total = listing.count;
            for (std::int64_t i = 0; i < pageRows && left > 0; ++i)
                page.rows.push_back((this->*listing.make)(--left));
            page.listed = left == 0;
            page.next = page.listed ? std::string() : std::to_string(left);
            done += static_cast<std::int64_t>(page.rows.size());
            if (const auto stored = writer.applyFillPage(page); !stored)
                return stored.error();
            progress(done);
        }
    }
    const auto finished = writer.finishFill();
    return finished ? Outcome(Done()) : finished.error();
}

} // namespace Counterfoil
