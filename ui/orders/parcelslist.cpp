#include "parcelslist.h"

#include "display.h"
#include "icons.h"
#include "statuschip.h"
#include "statuswording.h"
#include "style.h"
#include "type.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include <algorithm>

namespace Counterfoil {

ParcelsList::ParcelsList(const StatusWording &wording, QWidget *parent)
    : QWidget(parent)
    , m_wording(wording)
    , m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(Space::unit);
    connect(&wording, &StatusWording::changed, this, [this] {
        const std::vector<Shipment> again = std::exchange(m_shown, {});
        setShipments(again);
    });
}

void ParcelsList::setShipments(const std::vector<Shipment> &shipments)
{
    const bool same
        = std::equal(shipments.begin(), shipments.end(), m_shown.begin(), m_shown.end(),
                     [](const Shipment &a, const Shipment &b) { return equal(Shipment::type, &a, &b); });
    if (same && m_layout->count() > 0)
        return; // a copy button that somebody is about to press must not be replaced
    m_shown = shipments;
    while (QLayoutItem *item = m_layout->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const Shipment &shipment : shipments)
        addShipment(shipment);
}

QString ParcelsList::dates(const Shipment &shipment) const
{
    if (shipment.deliveredAt.isSet())
        return tr("delivered %1").arg(Display::shortDate(shipment.deliveredAt));
    if (shipment.expectedOn.isSet())
        return tr("expected %1").arg(Display::shortDate(shipment.expectedOn));
    return shipment.shippedAt.isSet() ? tr("shipped %1").arg(Display::shortDate(shipment.shippedAt))
                                      : QString();
}

void ParcelsList::addShipment(const Shipment &shipment)
{
    auto *box = new QWidget(this);
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins(0, m_layout->count() > 0 ? Space::small : 0, 0, 0);
    row->setSpacing(Space::small);
    auto *number = new QLabel(Display::text(shipment.number), box);
    Type::set(*number, Type::Role::Strong);
    auto *chip = new StatusChip(box);
    const StatusWording::Words state = m_wording.of("shipment", shipment.status);
    chip->setState(state.label, state.symbol, toneNamed(state.tone));
    QStringList words{Display::text(shipment.carrier), dates(shipment)};
    words.removeAll(QString());
    auto *about = new QLabel(words.join(QStringLiteral(" · ")), box);
    Type::setMuted(*about);
    row->addWidget(number);
    row->addWidget(about);
    row->addStretch();
    row->addWidget(chip);
    m_layout->addWidget(box);
    for (const Parcel &parcel : shipment.parcels)
        addParcel(shipment, parcel);
}

void ParcelsList::addParcel(const Shipment &shipment, const Parcel &parcel)
{
    auto *box = new QWidget(this);
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(Space::small);
    const QString tracking = Display::text(parcel.trackingNumber);
    auto *number = new QLabel(tracking, box);
    number->setTextInteractionFlags(Qt::TextSelectableByMouse);
    number->setFocusPolicy(Qt::ClickFocus);
    number->setAccessibleName(tr("Tracking number %1").arg(tracking));
    auto *copy = new QPushButton(box);
    copy->setIcon(Icons::icon(Icons::Icon::Copy));
    copy->setToolTip(tr("Copy the tracking number"));
    copy->setAccessibleName(tr("Copy tracking number %1").arg(tracking));
    setLook(*copy, ButtonLook::Quiet);
    connect(copy, &QPushButton::clicked, this,
            [tracking] { QGuiApplication::clipboard()->setText(tracking); });
    QStringList words{Display::text(parcel.status), Display::shortDate(parcel.statusAt)};
    words.removeAll(QString());
    auto *status = new QLabel(words.join(QStringLiteral(" · ")), box);
    status->setToolTip(Display::full(parcel.statusAt));
    Type::setMuted(*status);
    row->addWidget(number);
    row->addWidget(copy);
    row->addStretch();
    row->addWidget(status);
    box->setAccessibleName(tr("Parcel of %1").arg(Display::text(shipment.number)));
    m_layout->addWidget(box);
}

} // namespace Counterfoil
