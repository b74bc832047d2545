#pragma once

#include "cart.h"
#include "order.h"
#include "quoteport.h"
#include "station.h"

#include <QSignalSpy>
#include <QTest>

#include <algorithm>

namespace Counterfoil {

inline constexpr int answerMs = 60'000;

// One line of the ledger: what was asked, what was answered, what the company's own file says of it.
inline void write(const QString &asked, const QString &answered, const QString &effect)
{
    qInfo("%-46s | %-56s | %s", qPrintable(asked), qPrintable(answered), qPrintable(effect));
}

// The cart that a person makes of what they were told: the lines that can be ordered just like that.
inline Cart cartOf(const Order &order, const Quote &quote, const std::string &reference)
{
    Cart cart;
    cart.account = order.account;
    cart.name = "Again: " + order.number;
    cart.poReference = reference;
    cart.acceptsHold = quote.willHold;
    cart.total = quote.total;
    for (const QuoteLine &line : quote.lines) {
        if (line.possible)
            cart.lines.push_back({std::ssize(cart.lines) + 1, line.sku, line.description, line.unit,
                                  line.quantity, line.unitPrice, quote.at, line.inStock, order.key,
                                  line.lineNumber});
    }
    return cart;
}

inline QuoteRequest questionAbout(const Order &order, const std::string &reference = {})
{
    QuoteRequest request{order.account, {}, {}, reference, {}, {}};
    for (const OrderLine &line : order.lines)
        request.lines.push_back({line.lineNumber, line.sku, line.ordered});
    return request;
}

// A machine at which somebody buys.
struct Buyer : Station
{
    explicit Buyer(const GatewayProcess &gateway)
        : Station(gateway.port())
    { }
    void restart()
    {
        client.reset();
        open();
        client->start();
    }
    std::optional<Quote> ask(const QuoteRequest &request) const
    {
        QSignalSpy answered(&client->quotes(), &QuotePort::answered);
        QSignalSpy failed(&client->quotes(), &QuotePort::failed);
        const quint64 number = client->quotes().ask(request);
        if (!QTest::qWaitFor([&] { return !answered.isEmpty() || !failed.isEmpty(); }, answerMs))
            return std::nullopt;
        lastError = failed.isEmpty() ? Error() : failed[0][1].value<Error>();
        if (answered.isEmpty() || answered[0][0].toULongLong() != number)
            return std::nullopt;
        return answered[0][1].value<Quote>();
    }
    std::optional<OutboxEntry> entry(const QString &key) const
    {
        const auto entries = client->commands().entries();
        const auto found = std::ranges::find_if(
            *entries, [&](const OutboxEntry &one) { return one.command.key == key.toStdString(); });
        return found == entries->end() ? std::nullopt : std::optional(*found);
    }
    bool ended(const QString &key) const
    {
        const auto found = entry(key);
        return found && found->isFinished();
    }
    std::vector<Order> orders() const
    {
        CacheReader reader(client->profile().cachePath());
        std::vector<Order> found;
        const auto rows = reader.all(Order::type);
        for (const CachedRecord &row : *rows) {
            const auto whole = reader.byKey(Order::type, row.record.as<Order>()->key);
            found.push_back(*(*whole)->record.as<Order>());
        }
        return found;
    }
    std::optional<Cart> cart(const std::string &key) const
    {
        CacheReader reader(client->profile().cachePath());
        const auto row = reader.byKey(Cart::type, key);
        return row && *row ? std::optional(*(*row)->record.as<Cart>()) : std::nullopt;
    }
    Command about(const char *verb, const Cart &wanted, const Cart *base = nullptr) const
    {
        Command command;
        command.verb = verb;
        command.kind = &Cart::type;
        command.account = wanted.account;
        command.record = AnyRecord(std::make_shared<Cart>(wanted));
        if (base) {
            command.target = base->key;
            command.base = AnyRecord(std::make_shared<Cart>(*base));
        }
        return command;
    }
    QString submit(const Command &command) const { return client->commands().submit(command); }

    // An order all of which can be had again, with what it costs today.
    std::optional<std::pair<Order, Quote>> orderable(const std::string &reference, std::size_t lines) const
    {
        for (const Order &order : orders()) {
            if (order.lines.size() < lines)
                continue;
            const auto quote = ask(questionAbout(order, reference));
            if (quote && std::ranges::all_of(quote->lines, &QuoteLine::possible)
                && std::ranges::none_of(quote->notices, &QuoteNotice::forbids))
                return std::pair(order, *quote);
        }
        return std::nullopt;
    }
    // Kept by the ERP and come back by the feed.
    std::optional<Cart> kept(const Cart &cart) const
    {
        const QString key = submit(about("save", cart));
        const auto came = [&] {
            const auto found = entry(key);
            return found && found->state == OutboxEntry::State::Applied && this->cart(found->outcome.target);
        };
        if (!QTest::qWaitFor(came, answerMs))
            return std::nullopt;
        return this->cart(entry(key)->outcome.target);
    }

    mutable Error lastError;
};

} // namespace Counterfoil
