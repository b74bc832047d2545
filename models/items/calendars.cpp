#include "calendars.h"

#include "account.h"
#include "askflag.h"
#include "cachereader.h"
#include "cachereaders.h"
#include "clock.h"

#include <QDateTime>
#include <QTimeZone>
#include <QTimer>

#include <algorithm>
#include <map>

namespace Counterfoil {

namespace {

constexpr qint64 longestWaitMs = 3'600'000; // the wall clock may be set meanwhile
constexpr qint64 shortestWaitMs = 1'000;

} // namespace

class Calendars::Private
{
public:
    struct Zone
    {
        QTimeZone zone = QTimeZone::utc();
        Date today;
    };

    Private(Calendars *object, CacheReaders &cacheReaders, const Clock &timeSource)
        : q(object)
        , readers(cacheReaders)
        , clock(timeSource)
    {
        zones.emplace(std::string(), Zone());
        midnight.setSingleShot(true);
    }

    void load();
    void take(const std::vector<CachedRecord> &rows);
    bool turn();

    Calendars *q;
    CacheReaders &readers;
    const Clock &clock;
    AskFlag asking;
    bool failed = false;                                       // tried again with the next change
    std::map<std::string, std::string, std::less<>> byAccount; // the zone's name
    std::map<std::string, Zone, std::less<>> zones;            // UTC under the empty name
    QTimer midnight;
};

void Calendars::Private::load()
{
    readers.ask(
        q, asking.renew(), [](CacheReader &reader) { return reader.all(Account::type); },
        [this](const Result<std::vector<CachedRecord>> &rows) {
            asking.finish();
            failed = !rows;
            if (rows)
                take(*rows);
        });
}

void Calendars::Private::take(const std::vector<CachedRecord> &rows)
{
    std::map<std::string, std::string, std::less<>> wanted;
    for (const CachedRecord &row : rows) {
        const auto &account = *row.record.as<Account>();
        const QTimeZone zone(QByteArray::fromStdString(account.calendar));
        if (!zone.isValid())
            continue;
        wanted[account.key] = account.calendar;
        zones.emplace(account.calendar, Zone{zone, {}});
    }
    const bool other = wanted != byAccount;
    byAccount = std::move(wanted);
    if (turn() || other)
        Q_EMIT q->changed();
}

// Looks what day it is everywhere, and when to look again. True when it is another than before.
bool Calendars::Private::turn()
{
    const QDateTime now = QDateTime::fromMSecsSinceEpoch(clock.now().ms, Qt::UTC);
    bool other = false;
    qint64 wait = longestWaitMs;
    for (auto &[name, zone] : zones) {
        const QDateTime there = now.toTimeZone(zone.zone);
        const QDate day = there.date();
        const Date today = Date::fromCivil(day.year(), day.month(), day.day());
        other = other || today != zone.today;
        zone.today = today;
        wait = std::min(wait, now.msecsTo(day.addDays(1).startOfDay(zone.zone)));
    }
    midnight.start(static_cast<int>(std::max(wait, shortestWaitMs)));
    return other;
}

Calendars::Calendars(CacheReaders &readers, const Clock &clock, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, readers, clock))
{
    connect(&readers, &CacheReaders::changed, this, [this](const ChangeNotice &notice) {
        if (d->failed || notice.touches(Account::type))
            d->load();
    });
    connect(&d->midnight, &QTimer::timeout, this, [this] {
        if (d->turn())
            Q_EMIT changed();
    });
    d->turn();
    d->load();
}

Calendars::~Calendars() = default;

Date Calendars::today(std::string_view account) const
{
    const auto known = d->byAccount.find(account);
    return d->zones.find(known == d->byAccount.end() ? std::string() : known->second)->second.today;
}

} // namespace Counterfoil
