#include "jumpmodel.h"

#include "askflag.h"
#include "cachereader.h"
#include "cachereaders.h"
#include "display.h"
#include "jumpsearch.h"
#include "statuswording.h"

#include <QCoreApplication>

namespace Counterfoil {

namespace {

const char *reason(JumpHit::By by)
{
    switch (by) {
    case JumpHit::By::Number:
        return QT_TRANSLATE_NOOP("Jump", "Order %1");
    case JumpHit::By::PoReference:
        return QT_TRANSLATE_NOOP("Jump", "PO %1");
    case JumpHit::By::Tracking:
        return QT_TRANSLATE_NOOP("Jump", "Tracking number %1");
    case JumpHit::By::Shipment:
        return QT_TRANSLATE_NOOP("Jump", "Shipment %1");
    case JumpHit::By::ShipTo:
        return QT_TRANSLATE_NOOP("Jump", "Ship to %1");
    case JumpHit::By::Item:
        return QT_TRANSLATE_NOOP("Jump", "Item %1");
    case JumpHit::By::Other:
        break;
    }
    return nullptr;
}

QString why(const JumpHit &hit)
{
    const char *text = reason(hit.by);
    return text ? QCoreApplication::translate("Jump", text).arg(Display::text(hit.matched)) : QString();
}

} // namespace

class JumpModel::Private
{
public:
    explicit Private(CacheReaders &cacheReaders)
        : readers(cacheReaders)
        , wording(cacheReaders)
    { }

    CacheReaders &readers;
    StatusWording wording;
    AskFlag asking;
    std::vector<JumpHit> hits;
};

JumpModel::JumpModel(CacheReaders &readers, QObject *parent)
    : QAbstractListModel(parent)
    , d(std::make_unique<Private>(readers))
{ }

JumpModel::~JumpModel() = default;

void JumpModel::setText(const QString &text)
{
    d->readers.ask(
        this, d->asking.renew(),
        [typed = text.toStdString()](CacheReader &reader) { return JumpSearch(reader).find(typed); },
        [this, text](Result<std::vector<JumpHit>> hits) {
            d->asking.finish();
            beginResetModel();
            d->hits = hits ? std::move(*hits) : std::vector<JumpHit>();
            endResetModel();
            Q_EMIT answered(text);
        });
}

int JumpModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(d->hits.size());
}

QVariant JumpModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const JumpHit &hit = d->hits[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return hit.shipToName.empty()
            ? Display::text(hit.number)
            : Display::text(hit.number) + QStringLiteral(" · ") + Display::text(hit.shipToName);
    case Qt::ToolTipRole:
        return Display::full(hit.placedAt);
    case ItemRole::Raw:
        return why(hit);
    case ItemRole::Key:
        return Display::text(hit.key);
    case ItemRole::Tone:
        return d->wording.of("order", hit.status).tone;
    case ItemRole::Symbol:
        return d->wording.of("order", hit.status).symbol;
    case ItemRole::Fetched:
        return true;
    default:
        return {};
    }
}

} // namespace Counterfoil
