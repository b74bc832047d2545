#include "ageingmodel.h"

#include "account.h"
#include "askflag.h"
#include "askpace.h"
#include "cachereaders.h"
#include "calendars.h"
#include "clock.h"
#include "invoice.h"

namespace Counterfoil {

class AgeingModel::Private
{
public:
    Private(AgeingModel *model, CacheReaders &cacheReaders, const Clock &timeSource)
        : q(model)
        , readers(cacheReaders)
        , clock(timeSource)
        , pace([this] { ask(); })
    { }

    void ask();

    AgeingModel *q;
    CacheReaders &readers;
    const Clock &clock;
    std::vector<std::string> accounts;
    AgeingFigures figures;
    bool known = false;
    AskFlag asking;
    AskPace pace;
};

void AgeingModel::Private::ask()
{
    const auto read = [accounts = accounts, now = clock.now()](CacheReader &reader) {
        return AccountFigures(reader).ageing(accounts, now);
    };
    const auto use = [this](Result<AgeingFigures> answer) {
        asking.finish();
        pace.answered();
        // What cannot be read now leaves what is shown; the next change asks again.
        if (!answer || (known && *answer == figures))
            return;
        figures = std::move(*answer);
        known = true;
        Q_EMIT q->changed();
    };
    readers.ask(q, asking.renew(), read, use, CacheReaders::Length::Long);
}

AgeingModel::AgeingModel(CacheReaders &readers, const Clock &clock, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, readers, clock))
{
    connect(&readers, &CacheReaders::changed, this, [this](const ChangeNotice &notice) {
        if (notice.touches(Invoice::type) || notice.touches(Account::type))
            d->pace.wanted();
    });
    connect(new Calendars(readers, clock, this), &Calendars::changed, this, [this] { d->pace.wanted(); });
    d->pace.now();
}

AgeingModel::~AgeingModel() = default;

void AgeingModel::setAccounts(const std::vector<std::string> &accounts)
{
    if (d->accounts == accounts)
        return;
    d->accounts = accounts;
    d->known = false;
    d->pace.now();
}

const std::vector<std::string> &AgeingModel::accounts() const
{
    return d->accounts;
}

void AgeingModel::setWatched(bool watched)
{
    d->pace.setWatched(watched);
}

bool AgeingModel::isKnown() const
{
    return d->known;
}

const std::vector<Ageing> &AgeingModel::buckets() const
{
    return d->figures.byCurrency;
}

const std::vector<OverdueAccount> &AgeingModel::mostOverdue() const
{
    return d->figures.mostOverdue;
}

} // namespace Counterfoil
