#include "orderfilteroptions.h"

#include "askflag.h"
#include "cachereaders.h"
#include "display.h"
#include "order.h"
#include "orderreader.h"
#include "statuswording.h"

#include <QTimer>

#include <algorithm>

namespace Counterfoil {

namespace {

constexpr int pauseMs = 2'000;

}

class OrderFilterOptions::Private
{
public:
    Private(OrderFilterOptions *object, CacheReaders &cacheReaders)
        : q(object)
        , readers(cacheReaders)
        , wording(cacheReaders)
    {
        pause.setSingleShot(true);
        pause.setInterval(pauseMs);
    }

    // What changes meanwhile is read once the pause is over.
    void loadSoon()
    {
        if (asking.isUnderWay() || pause.isActive())
            due = true;
        else
            load();
    }
    void load()
    {
        due = false;
        readers.ask(
            q, asking.renew(),
            [wanted = accounts](CacheReader &reader) { return OrderReader(reader).facets(wanted); },
            [this](Result<OrderFacets> read) {
                asking.finish();
                pause.start();
                if (!read) {
                    due = true;
                    return;
                }
                facets = std::move(*read);
                Q_EMIT q->changed();
            });
    }

    OrderFilterOptions *q;
    CacheReaders &readers;
    StatusWording wording;
    AskFlag asking;
    QTimer pause;
    bool due = false;
    std::vector<std::string> accounts;
    OrderFacets facets;
};

OrderFilterOptions::OrderFilterOptions(CacheReaders &readers, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, readers))
{
    connect(&readers, &CacheReaders::changed, this, [this](const ChangeNotice &notice) {
        if (notice.touches(Order::type))
            d->loadSoon();
    });
    connect(&d->wording, &StatusWording::changed, this, &OrderFilterOptions::changed);
    connect(&d->pause, &QTimer::timeout, this, [this] {
        if (d->due && !d->asking.isUnderWay())
            d->load();
    });
    d->load();
}

OrderFilterOptions::~OrderFilterOptions() = default;

void OrderFilterOptions::setAccounts(const std::vector<std::string> &accounts)
{
    if (accounts == d->accounts)
        return;
    d->accounts = accounts;
    d->load();
}

QList<OrderFilterOptions::Option> OrderFilterOptions::statuses() const
{
    QList<std::pair<qint64, Option>> placed;
    for (const FacetValue &facet : d->facets.statuses) {
        const StatusWording::Words words = d->wording.of("order", facet.value);
        placed.append(
            {words.position,
             {Display::text(facet.value), words.label, words.tone, words.symbol, qint64{facet.count}}});
    }
    std::ranges::stable_sort(placed, {}, &std::pair<qint64, Option>::first);
    QList<Option> options;
    for (const auto &[position, option] : placed)
        options.append(option);
    return options;
}

QList<OrderFilterOptions::Option> OrderFilterOptions::origins() const
{
    QList<Option> options;
    for (const FacetValue &facet : d->facets.origins)
        options.append(
            {Display::text(facet.value), Display::origin(facet.value), {}, {}, qint64{facet.count}});
    return options;
}

QList<OrderFilterOptions::Option> OrderFilterOptions::shipTos() const
{
    QList<Option> options;
    for (const FacetValue &facet : d->facets.shipTos)
        options.append({Display::text(facet.value), Display::text(facet.value), {}, {}, qint64{facet.count}});
    std::ranges::sort(options, [](const Option &a, const Option &b) {
        return QString::localeAwareCompare(a.label, b.label) < 0;
    });
    return options;
}

} // namespace Counterfoil
