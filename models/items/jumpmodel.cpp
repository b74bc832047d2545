#include "jumpmodel.h"

#include "account.h"
#include "address.h"
#include "askflag.h"
#include "cachereader.h"
#include "cachereaders.h"
#include "contact.h"
#include "display.h"
#include "invoice.h"
#include "item.h"
#include "jumpsearch.h"
#include "order.h"
#include "payment.h"
#include "return.h"
#include "shipment.h"
#include "statuswording.h"

#include <QCoreApplication>

#include <algorithm>

namespace Counterfoil {

namespace {

const char *nameOf(const JumpHit &hit)
{
    struct Words
    {
        const RecordType *kind;
        const char *text;
    };
    static constexpr Words words[] = {{&Order::type, QT_TRANSLATE_NOOP("Jump", "Order %1")},
                                      {&Shipment::type, QT_TRANSLATE_NOOP("Jump", "Shipment %1")},
                                      {&Invoice::type, QT_TRANSLATE_NOOP("Jump", "Invoice %1")},
                                      {&Return::type, QT_TRANSLATE_NOOP("Jump", "Return %1")},
                                      {&Payment::type, QT_TRANSLATE_NOOP("Jump", "Payment %1")},
                                      {&Account::type, QT_TRANSLATE_NOOP("Jump", "Account %1")},
                                      {&Contact::type, QT_TRANSLATE_NOOP("Jump", "Contact %1")},
                                      {&Address::type, QT_TRANSLATE_NOOP("Jump", "Address %1")},
                                      {&Item::type, QT_TRANSLATE_NOOP("Jump", "Item %1")}};
    if (hit.credit)
        return QT_TRANSLATE_NOOP("Jump", "Credit memo %1");
    const auto found = std::ranges::find(words, hit.ref.kind, &Words::kind);
    return found == std::end(words) ? "%1" : found->text;
}

const char *reason(const JumpHit &hit)
{
    using By = JumpHit::By;
    switch (hit.by) {
    case By::Number:
    case By::Place:
        return nameOf(hit);
    case By::PoReference:
        return QT_TRANSLATE_NOOP("Jump", "PO %1");
    case By::Reference:
        return QT_TRANSLATE_NOOP("Jump", "Reference %1");
    case By::Tracking:
        return QT_TRANSLATE_NOOP("Jump", "Tracking number %1");
    case By::Phone:
        return QT_TRANSLATE_NOOP("Jump", "Phone %1");
    case By::Related:
        return QT_TRANSLATE_NOOP("Jump", "For %1");
    case By::Name:
        return hit.ref.kind == &Contact::type ? nameOf(hit) : QT_TRANSLATE_NOOP("Jump", "Name %1");
    case By::ShipTo:
        return QT_TRANSLATE_NOOP("Jump", "Ship to %1");
    case By::Item:
        return QT_TRANSLATE_NOOP("Jump", "Item %1");
    case By::Other:
        break;
    }
    return nullptr;
}

QString why(const JumpHit &hit)
{
    const char *text = reason(hit);
    return text ? QCoreApplication::translate("Jump", text).arg(Display::text(hit.matched)) : QString();
}

} // namespace

class JumpModel::Private
{
public:
    Private(JumpModel *model, CacheReaders &cacheReaders)
        : q(model)
        , readers(cacheReaders)
        , wording(cacheReaders)
    { }

    void look();
    StatusWording::Words words(const JumpHit &hit) const
    {
        return hit.status.empty() ? StatusWording::Words() : wording.of(hit.ref.kind->name, hit.status);
    }

    JumpModel *q;
    CacheReaders &readers;
    StatusWording wording;
    AskFlag asking;
    QString text;
    QString errorText;
    std::vector<JumpHit> hits;
};

JumpModel::JumpModel(CacheReaders &readers, QObject *parent)
    : QAbstractListModel(parent)
    , d(std::make_unique<Private>(this, readers))
{
    connect(&readers, &CacheReaders::changed, this, [this] {
        if (!d->errorText.isEmpty() && !d->asking.isUnderWay())
            d->look();
    });
}

JumpModel::~JumpModel() = default;

void JumpModel::Private::look()
{
    readers.ask(
        q, asking.renew(),
        [typed = text.toStdString()](CacheReader &reader) { return JumpSearch(reader).find(typed); },
        [this](Result<std::vector<JumpHit>> found) {
            asking.finish();
            q->beginResetModel();
            errorText = found ? QString() : found.error().userText;
            hits = found ? std::move(*found) : std::vector<JumpHit>();
            q->endResetModel();
            Q_EMIT q->answered(text);
        });
}

void JumpModel::setText(const QString &text)
{
    d->text = text;
    d->look();
}

QString JumpModel::errorText() const
{
    return d->errorText;
}

RecordRef JumpModel::refAt(int row) const
{
    return row >= 0 && row < rowCount() ? d->hits[static_cast<std::size_t>(row)].ref : RecordRef();
}

bool JumpModel::isExact(int row) const
{
    return row >= 0 && row < rowCount() && d->hits[static_cast<std::size_t>(row)].exact;
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
        return hit.name.empty() ? Display::text(hit.number)
                                : Display::text(hit.number) + QStringLiteral(" · ") + Display::text(hit.name);
    case Qt::ToolTipRole:
        return Display::full(hit.at);
    case ItemRole::Raw:
        return why(hit);
    case ItemRole::Key:
        return Display::text(hit.ref.key);
    case ItemRole::Kind:
        return Display::text(std::string(hit.ref.kind->name));
    case ItemRole::Tone:
        return d->words(hit).tone;
    case ItemRole::Symbol:
        return d->words(hit).symbol;
    case ItemRole::Fetched:
        return true;
    default:
        return {};
    }
}

} // namespace Counterfoil
