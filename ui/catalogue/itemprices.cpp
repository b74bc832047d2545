#include "itemprices.h"

#include "cachereaders.h"
#include "quoteport.h"
#include "toldprices.h"

#include <algorithm>

namespace Counterfoil {

namespace {

ItemPrices::Told toldOf(const ToldPrice &price)
{
    ItemPrices::Told told{price.account, price.currency, price.at, {}};
    told.line.sku = price.sku;
    told.line.unit = price.unit;
    told.line.quantity = price.quantity;
    told.line.possible = true;
    told.line.unitPrice = price.unitPrice;
    told.line.priceReason = price.priceReason;
    told.line.available = price.available;
    told.line.inStock = price.inStock;
    told.line.expectedOn = price.expectedOn;
    return told;
}

} // namespace

ItemPrices::ItemPrices(const PaneContext &context, QObject *parent)
    : QObject(parent)
    , m_context(context)
{
    m_rest.setSingleShot(true);
    m_rest.setInterval(restMs);
    m_again.setInterval(againMs);
    connect(&m_rest, &QTimer::timeout, this, &ItemPrices::ask);
    connect(&m_again, &QTimer::timeout, this, &ItemPrices::ask);
    if (!context.quotes)
        return;
    connect(context.quotes, &QuotePort::answered, this, [this](quint64 number, const Quote &quote) {
        if (number == m_number)
            take(quote);
    });
    connect(context.quotes, &QuotePort::failed, this, [this](quint64 number, const Error &error) {
        if (number != m_number)
            return;
        m_number = 0;
        m_problem = error.userText;
        m_current = false;
        Q_EMIT changed();
    });
}

ItemPrices::~ItemPrices()
{
    if (m_number != 0)
        m_context.quotes->forget(m_number);
}

void ItemPrices::setWatched(bool watched)
{
    m_watched = watched;
    if (!watched) {
        m_again.stop();
        m_rest.stop();
    } else if (!m_sku.empty()) {
        m_rest.start();
        m_again.start();
    }
}

void ItemPrices::setItem(const std::string &account, const std::string &sku, Decimal quantity)
{
    const bool sameItem = account == m_account && sku == m_sku;
    if (sameItem && quantity == m_quantity)
        return;
    if (m_number != 0)
        m_context.quotes->forget(m_number);
    m_number = 0;
    m_account = account;
    m_sku = sku;
    m_quantity = quantity;
    m_current = false;
    m_problem.clear();
    if (!sameItem) {
        const auto known = std::ranges::find_if(
            m_remembered, [&](const Told &each) { return each.account == account && each.line.sku == sku; });
        m_told = known == m_remembered.end() ? std::nullopt : std::optional(*known);
        m_lastPaid.reset();
        readKnown();
    }
    const bool asks = m_watched && m_context.quotes && !account.empty() && !sku.empty();
    asks ? m_rest.start() : m_rest.stop();
    asks ? m_again.start() : m_again.stop();
    Q_EMIT changed();
}

void ItemPrices::ask()
{
    if (m_number != 0 || m_account.empty() || m_sku.empty() || !m_context.quotes)
        return;
    QuoteRequest request;
    request.account = m_account;
    request.lines = {{1, m_sku, m_quantity}};
    m_number = m_context.quotes->ask(request);
    Q_EMIT changed();
}

void ItemPrices::take(const Quote &quote)
{
    m_number = 0;
    m_problem.clear();
    m_current = true;
    m_told = Told{quote.account, quote.currency, quote.at, quote.lines.front()};
    std::erase_if(m_remembered, [this](const Told &each) {
        return each.account == m_told->account && each.line.sku == m_told->line.sku;
    });
    m_remembered.push_back(*m_told);
    if (m_remembered.size() > rememberedMost)
        m_remembered.pop_front();
    Q_EMIT changed();
}

void ItemPrices::readKnown()
{
    m_reading.cancel();
    if (m_account.empty() || m_sku.empty())
        return;
    struct Known
    {
        std::optional<ToldPrice> told;
        std::optional<PastPurchase> paid;
    };
    m_context.readers.ask(
        this, m_reading.renew(),
        [account = m_account, sku = m_sku](CacheReader &reader) {
            Known known;
            if (const auto told = ToldPrices(reader).of(account, sku))
                known.told = *told;
            if (const auto paid = BoughtItems(reader).history(account, sku); paid && !paid->empty())
                known.paid = paid->front();
            return known;
        },
        [this](const Known &known) {
            m_reading.finish();
            if (known.told && !m_told)
                m_told = toldOf(*known.told);
            m_lastPaid = known.paid;
            if (m_told || m_lastPaid)
                Q_EMIT changed();
        },
        CacheReaders::Length::Long);
}

} // namespace Counterfoil
