#include "parcelslist.h"

#include "display.h"
#include "icons.h"
#include "selectable.h"
#include "statuschip.h"
#include "statuswording.h"
#include "style.h"
#include "textlink.h"
#include "type.h"

#include <QApplication>
#include <QClipboard>
#include <QDesktopServices>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include <algorithm>

namespace Counterfoil {

namespace {

constexpr std::size_t mostParcelsShown = 100; // of one shipment

} // namespace

QUrl carrierPage(const std::string &trackingUrl)
{
    const QUrl url(QString::fromStdString(trackingUrl).trimmed(), QUrl::StrictMode);
    const bool web = url.scheme() == QLatin1String("https") || url.scheme() == QLatin1String("http");
    return url.isValid() && web && !url.host().isEmpty() && url.userInfo().isEmpty() ? url : QUrl();
}

ParcelsList::ParcelsList(const StatusWording &wording, Heads heads, QWidget *parent)
    : QWidget(parent)
    , m_wording(wording)
    , m_heads(heads)
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
        return; // a button that somebody is about to press must not be replaced
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
    if (m_heads == Heads::Yes) {
        auto *box = new QWidget(this);
        auto *row = new QHBoxLayout(box);
        row->setContentsMargins(0, m_layout->count() > 0 ? Space::small : 0, 0, 0);
        row->setSpacing(Space::small);
        auto *number = new TextLink(Display::text(shipment.number), box);
        Type::set(*number, Type::Role::Strong);
        number->setAccessibleName(tr("Go to shipment %1").arg(number->text()));
        connect(number, &QAbstractButton::clicked, this, [this, key = Display::text(shipment.key)] {
            Q_EMIT shipmentChosen(key, QApplication::keyboardModifiers() & Qt::ControlModifier);
        });
        auto *chip = new StatusChip(box);
        const StatusWording::Words state = m_wording.of("shipment", shipment.status);
        chip->setState(state.label, state.symbol, toneNamed(state.tone));
        QStringList words{Display::text(shipment.carrier), dates(shipment)};
        words.removeAll(QString());
        auto *about = new QLabel(words.join(QStringLiteral(" · ")), box);
        about->setTextFormat(Qt::PlainText);
        about->setWordWrap(true);
        Type::setMuted(*about);
        row->addWidget(number);
        row->addWidget(about, 1);
        row->addWidget(chip);
        m_layout->addWidget(box);
    }
    if (shipment.parcels.empty())
        addNote(tr("The ERP knows of no parcel."));
    const std::size_t shown = std::min(shipment.parcels.size(), mostParcelsShown);
    for (std::size_t i = 0; i < shown; ++i)
        addParcel(shipment, shipment.parcels[i]);
    if (shown < shipment.parcels.size())
        addNote(tr("and %Ln more parcels", nullptr, static_cast<int>(shipment.parcels.size() - shown)));
}

void ParcelsList::addNote(const QString &text)
{
    auto *note = new QLabel(text, this);
    Type::setMuted(*note);
    m_layout->addWidget(note);
}

QWidget *ParcelsList::trackingOf(const Parcel &parcel, QWidget *box)
{
    const QString tracking = Display::text(parcel.trackingNumber);
    if (const QUrl page = carrierPage(parcel.trackingUrl); !page.isEmpty() && !tracking.isEmpty()) {
        auto *link = new TextLink(tracking, box);
        link->setAccessibleName(tr("Track parcel %1 with the carrier").arg(tracking));
        link->setToolTip(tr("Opens %1 in your browser").arg(page.host()));
        connect(link, &QAbstractButton::clicked, this, [page] { QDesktopServices::openUrl(page); });
        return link;
    }
    auto *number = new QLabel(tracking.isEmpty() ? tr("No tracking number") : tracking, box);
    number->setTextFormat(Qt::PlainText);
    makeSelectable(*number);
    number->setAccessibleName(tr("Tracking number %1").arg(tracking));
    if (tracking.isEmpty())
        Type::setMuted(*number);
    return number;
}

void ParcelsList::addParcel(const Shipment &shipment, const Parcel &parcel)
{
    auto *box = new QWidget(this);
    auto *row = new QHBoxLayout;
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(Space::unit);
    row->addWidget(trackingOf(parcel, box));
    if (const QString tracking = Display::text(parcel.trackingNumber); !tracking.isEmpty()) {
        auto *copy = new QPushButton(box);
        copy->setIcon(Icons::icon(Icons::Icon::Copy));
        copy->setToolTip(tr("Copy the tracking number"));
        copy->setAccessibleName(tr("Copy tracking number %1").arg(tracking));
        setLook(*copy, ButtonLook::Quiet);
        connect(copy, &QPushButton::clicked, this,
                [tracking] { QGuiApplication::clipboard()->setText(tracking); });
        row->addWidget(copy);
    }
    auto *since = new QLabel(Display::shortDate(parcel.statusAt), box);
    since->setToolTip(Display::full(parcel.statusAt));
    Type::setMuted(*since);
    row->addStretch();
    row->addWidget(since);
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(row);
    QStringList words{Display::text(parcel.status)};
    if (!parcel.weight.isZero())
        words.append(tr("%1 kg", "a parcel's weight").arg(Display::quantity(parcel.weight)));
    words.removeAll(QString());
    if (!words.isEmpty()) {
        auto *status = new QLabel(words.join(QStringLiteral(" · ")), box);
        status->setTextFormat(Qt::PlainText);
        status->setWordWrap(true);
        Type::setMuted(*status);
        layout->addWidget(status);
    }
    box->setAccessibleName(tr("Parcel of %1").arg(Display::text(shipment.number)));
    m_layout->addWidget(box);
}

} // namespace Counterfoil
