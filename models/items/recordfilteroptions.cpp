#include "recordfilteroptions.h"

#include "askflag.h"
#include "cachereaders.h"
#include "display.h"
#include "recordcell.h"
#include "recordreader.h"
#include "statuswording.h"

#include <QTimer>

#include <algorithm>
#include <map>

namespace Counterfoil {

namespace {

constexpr int pauseMs = 2'000;

using Facets = std::map<std::string, std::vector<FacetValue>, std::less<>>;

Result<Facets> readFacets(CacheReader &reader, const RecordType &kind, const std::vector<std::string> &fields,
                          const std::vector<std::string> &accounts)
{
    Facets facets;
    for (const std::string &field : fields) {
        auto values = RecordReader(reader).facets(kind, field, accounts);
        if (!values)
            return values.error();
        facets[field] = std::move(*values);
    }
    return facets;
}

} // namespace

class RecordFilterOptions::Private
{
public:
    Private(RecordFilterOptions *object, CacheReaders &cacheReaders, const RecordType &recordKind,
            std::vector<std::string> fieldNames)
        : q(object)
        , readers(cacheReaders)
        , kind(recordKind)
        , fields(std::move(fieldNames))
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
            [counted = &kind, wantedFields = fields, wanted = accounts](CacheReader &reader) {
                return readFacets(reader, *counted, wantedFields, wanted);
            },
            [this](Result<Facets> read) {
                asking.finish();
                pause.start();
                if (!read) {
                    due = true;
                    return;
                }
                facets = std::move(*read);
                Q_EMIT q->changed();
            },
            CacheReaders::Length::Long);
    }

    RecordFilterOptions *q;
    CacheReaders &readers;
    const RecordType &kind;
    std::vector<std::string> fields;
    StatusWording wording;
    AskFlag asking;
    QTimer pause;
    bool due = false;
    std::vector<std::string> accounts;
    Facets facets;
};

RecordFilterOptions::RecordFilterOptions(CacheReaders &readers, const RecordType &kind,
                                         std::vector<std::string> fields, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, readers, kind, std::move(fields)))
{
    connect(&readers, &CacheReaders::changed, this, [this](const ChangeNotice &notice) {
        if (notice.touches(d->kind))
            d->loadSoon();
    });
    connect(&d->wording, &StatusWording::changed, this, &RecordFilterOptions::changed);
    connect(&d->pause, &QTimer::timeout, this, [this] {
        if (d->due && !d->asking.isUnderWay())
            d->load();
    });
    d->load();
}

RecordFilterOptions::~RecordFilterOptions() = default;

const RecordType &RecordFilterOptions::kind() const
{
    return d->kind;
}

void RecordFilterOptions::setAccounts(const std::vector<std::string> &accounts)
{
    if (accounts == d->accounts)
        return;
    d->accounts = accounts;
    d->load();
}

QList<RecordFilterOptions::Option> RecordFilterOptions::of(std::string_view field) const
{
    const auto facets = d->facets.find(field);
    if (facets == d->facets.end())
        return {};
    const Field &described = *d->kind.find(field);
    const bool isStatus = field == "status";
    std::vector<std::pair<qint64, Option>> placed;
    for (const FacetValue &facet : facets->second) {
        Option option{Display::text(facet.value),
                      valueText(d->kind, described, facet.value, d->wording),
                      {},
                      {},
                      qint64{facet.count}};
        qint64 position = 0;
        if (isStatus) {
            const StatusWording::Words words = d->wording.of(d->kind.name, facet.value);
            option.tone = words.tone;
            option.symbol = words.symbol;
            position = words.position;
        }
        placed.emplace_back(position, std::move(option));
    }
    std::ranges::stable_sort(placed, [](const auto &a, const auto &b) {
        return a.first != b.first ? a.first < b.first
                                  : QString::localeAwareCompare(a.second.label, b.second.label) < 0;
    });
    QList<Option> options;
    for (auto &[position, option] : placed)
        options.append(std::move(option));
    return options;
}

} // namespace Counterfoil
