#include "orderdetailpane.h"

#include "factsgrid.h"
#include "freshness.h"
#include "icons.h"
#include "orderlinesmodel.h"
#include "orderlinesview.h"
#include "parcelslist.h"
#include "recordheader.h"
#include "statepanel.h"
#include "statuschip.h"
#include "statuswording.h"
#include "style.h"
#include "timeline.h"
#include "type.h"

#include <QClipboard>
#include <QDateTime>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>

namespace Counterfoil {

namespace {

constexpr int margin = RecordHeader::edgePadding; // so that the table of lines runs from side to side

QString timeOf(Instant instant)
{
    return QLocale().toString(QDateTime::fromMSecsSinceEpoch(instant.ms).time(), QLocale::ShortFormat);
}

QString dateAndTime(Instant instant)
{
    return instant.isSet() ? OrderDetailPane::tr("%1, %2", "date and time of day")
                                 .arg(Display::shortDate(instant), timeOf(instant))
                           : QString();
}

// Why an order stands still, in the colours of what is bad.
class Banner final : public QWidget
{
public:
    using QWidget::QWidget;

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Tokens &t = Tokens::of(parentWidget()->palette());
        QPainter painter(this);
        paintBox(painter, rect(), Radius::control, t.bad.fill, Qt::transparent);
        Icons::paint(painter, Icons::Icon::Warning, QRectF(10, 9, 17, 17), t.bad.text);
    }
};

// The ERP's words, ended as a sentence whether the ERP did so or not.
QString sentence(const std::string &words)
{
    const QString text = Display::text(words);
    static const QString ends = QStringLiteral(".!?…。");
    return text.isEmpty() || ends.contains(text.back()) ? text : text + u'.';
}

} // namespace

OrderDetailPane::OrderDetailPane(CacheReaders &readers, const StatusWording &wording,
                                 const Freshness &freshness, bool showPrices, QWidget *parent)
    : QWidget(parent)
    , m_wording(wording)
    , m_freshness(freshness)
    , m_showPrices(showPrices)
    , m_detail(new RecordWatch(readers, this))
    , m_linesModel(new OrderLinesModel(wording, this))
    , m_heading(new QWidget(this))
    , m_scroll(new QScrollArea(this))
{
    setAccessibleName(tr("Order"));
    buildHeading();
    buildBody();
    m_state = new StatePanel(this);
    connect(m_detail, &RecordWatch::changed, this, &OrderDetailPane::show);
    connect(&wording, &StatusWording::changed, this, &OrderDetailPane::show);
    connect(&freshness, &Freshness::changed, this, [this] {
        if (m_detail->state() == RecordWatch::State::Here)
            showFacts();
    });
    show();
}

void OrderDetailPane::buildHeading()
{
    m_title = new QLabel(m_heading);
    Type::set(*m_title, Type::Role::Title);
    m_title->setAccessibleName(tr("Order number"));
    m_chip = new StatusChip(m_heading);
    m_subtitle = new QLabel(m_heading);
    m_subtitle->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    Type::setMuted(*m_subtitle);
    m_buttons = new QWidget(m_heading);
    auto *buttons = new QHBoxLayout(m_buttons);
    buttons->setContentsMargins(0, 0, 0, 0);
    buttons->setSpacing(0);
    auto *copy = new QPushButton(m_buttons);
    copy->setIcon(Icons::icon(Icons::Icon::Copy));
    copy->setToolTip(tr("Copy the order number"));
    copy->setAccessibleName(tr("Copy the order number"));
    connect(copy, &QPushButton::clicked, this, &OrderDetailPane::copyNumber);
    addHeadingButton(copy);

    auto *first = new QHBoxLayout;
    first->setSpacing(Space::medium);
    first->addWidget(m_title);
    first->addWidget(m_chip);
    first->addStretch();
    first->addWidget(m_buttons);
    auto *layout = new QVBoxLayout(m_heading);
    layout->setContentsMargins(margin, Space::medium, Space::medium, Space::small);
    layout->setSpacing(1);
    layout->addLayout(first);
    layout->addWidget(m_subtitle);
    m_heading->setAutoFillBackground(true);
    m_heading->setBackgroundRole(QPalette::Window);
}

void OrderDetailPane::addHeadingButton(QPushButton *button)
{
    setLook(*button, ButtonLook::Quiet);
    button->setParent(m_buttons);
    m_buttons->layout()->addWidget(button);
}

void OrderDetailPane::buildBody()
{
    auto *body = new QWidget;
    auto *layout = new QVBoxLayout(body);
    layout->setContentsMargins(0, Space::small, 0, margin);
    layout->setSpacing(0);
    m_banner = new Banner(body);
    auto *bannerLayout = new QHBoxLayout(m_banner);
    bannerLayout->setContentsMargins(36, 9, Space::medium, 9);
    m_bannerText = new QLabel(m_banner);
    m_bannerText->setWordWrap(true);
    bannerLayout->addWidget(m_bannerText);
    m_facts = new FactsGrid(12, 6, body);
    m_addresses = new FactsGrid(17, 3, body);
    m_lines = new OrderLinesView(*m_linesModel, body);
    m_parcels = new ParcelsList(m_wording, body);
    m_timeline = new Timeline(body);

    auto *top = new QVBoxLayout;
    top->setContentsMargins(margin, 0, margin, 0);
    top->setSpacing(Space::large);
    top->addWidget(m_banner);
    top->addWidget(m_facts);
    top->addWidget(m_addresses);
    layout->addLayout(top);
    layout->addSpacing(Space::huge);
    m_linesSection = addSection(tr("Lines"), m_lines, 0);
    m_parcelsSection = addSection(tr("Parcels"), m_parcels, margin);
    addSection(tr("Timeline"), m_timeline, margin);
    layout->addStretch();

    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setWidget(body);
    m_scroll->setAccessibleName(tr("Details of the order"));
    setFocusProxy(m_lines);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_scroll);
}

OrderDetailPane::Section OrderDetailPane::addSection(const QString &title, QWidget *content, int sideMargin)
{
    QWidget *body = content->parentWidget();
    auto *box = new QWidget(body);
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, Space::huge);
    layout->setSpacing(0);
    auto *label = new QLabel(title, box);
    Type::set(*label, Type::Role::CaptionStrong);
    Type::setMuted(*label);
    label->setContentsMargins(margin, 0, margin, 0);
    layout->addWidget(label);
    auto *inset = new QHBoxLayout;
    inset->setContentsMargins(sideMargin, sideMargin > 0 ? Space::small : 0, sideMargin, 0);
    inset->addWidget(content);
    layout->addLayout(inset);
    body->layout()->addWidget(box);
    return {box, label};
}

void OrderDetailPane::setKey(const QString &key)
{
    if (key == this->key())
        return;
    m_detail->setRef({&Order::type, key.toStdString()});
    m_scroll->verticalScrollBar()->setValue(0);
}

QString OrderDetailPane::number() const
{
    return m_shownNumber;
}

void OrderDetailPane::copyNumber() const
{
    if (!m_shownNumber.isEmpty())
        QGuiApplication::clipboard()->setText(m_shownNumber);
}

void OrderDetailPane::focusLines()
{
    m_lines->setFocus(Qt::OtherFocusReason);
}

void OrderDetailPane::show()
{
    showState();
    if (m_detail->state() != RecordWatch::State::Here)
        return; // while the next order loads, the last one stays: no flicker
    const Order &order = *m_detail->record<Order>();
    showHeading(order);
    m_banner->setVisible(!order.holdReason.empty());
    if (!order.holdReason.empty())
        m_bannerText->setText(
            tr("On hold: %1 Nothing more is shipped until it is released.", "the ERP's reason, a sentence")
                .arg(sentence(order.holdReason)));
    showFacts();
    showAddresses(order);
    m_linesModel->setOrder(order, m_showPrices);
    m_linesSection.title->setText(tr("Lines · %1").arg(order.lines.size()));
    const std::vector<Shipment> shipments = m_detail->linkedOf<Shipment>();
    m_parcels->setShipments(shipments);
    m_parcelsSection.box->setVisible(!shipments.empty());
    showTimeline(order);
}

void OrderDetailPane::showState()
{
    using Icons::Icon;
    switch (m_detail->state()) {
    case RecordWatch::State::None:
        m_state->tell(Icon::Orders, tr("No order chosen"),
                      tr("Choose one in the list, or press Ctrl+K and type its number."));
        m_heading->setEnabled(false);
        return;
    case RecordWatch::State::Missing:
        m_state->tell(Icon::Empty, tr("This order is not on this computer"),
                      tr("It was removed, or you may no longer see it. If it is new, it appears here once it "
                         "arrives."));
        m_heading->setEnabled(false);
        return;
    case RecordWatch::State::Failed:
        m_state->tell(Icon::Warning, tr("This order could not be read"), m_detail->errorText());
        m_heading->setEnabled(false);
        return;
    case RecordWatch::State::Loading:
        return;
    case RecordWatch::State::Here:
        break;
    }
    m_heading->setEnabled(true);
    m_state->dismiss();
}

void OrderDetailPane::showHeading(const Order &order)
{
    const QString number = Display::text(order.number);
    m_title->setText(number);
    const StatusWording::Words state = m_wording.of("order", order.status);
    m_chip->setState(state.label, state.symbol, toneNamed(state.tone));
    QStringList parts;
    if (!order.poReference.empty())
        parts.append(Display::text(order.poReference));
    if (order.placedAt.isSet())
        parts.append(tr("placed %1").arg(dateAndTime(order.placedAt)));
    m_subtitle->setText(parts.join(QStringLiteral(" · ")));
    m_subtitle->setToolTip(Display::full(order.placedAt));
    if (number != m_shownNumber) {
        m_shownNumber = number;
        Q_EMIT titleChanged(number);
    }
}

void OrderDetailPane::showFacts()
{
    const Order &order = *m_detail->record<Order>();
    const QString none = QStringLiteral("–");
    const auto orNone = [&none](const QString &text) { return text.isEmpty() ? none : text; };
    const auto money = [&](const QString &caption, Amount amount) -> QList<Fact> {
        return m_showPrices ? QList<Fact>{{caption, Display::money(amount, order.currency)}} : QList<Fact>();
    };
    const auto day = [&](const QString &caption, Date date) -> Fact {
        return {caption, date.isSet() ? Display::shortDate(date) : tr("no date known"), Display::full(date)};
    };
    QList<Fact> facts = money(tr("Total"), order.total);
    facts += {{tr("Shipped"),
               tr("%1 of %2", "units shipped of units ordered")
                   .arg(Display::quantity(order.unitsShipped), Display::quantity(order.unitsOrdered))},
              {tr("As of"), m_freshness.asOf(), m_freshness.sentence()}};
    facts += money(tr("Net"), order.net);
    facts += {{tr("Terms"), orNone(Display::text(order.terms))}, day(tr("Requested for"), order.requestedOn)};
    facts += money(tr("Tax"), order.tax);
    facts += {{tr("Payment"), orNone(Display::text(order.paymentMethod))},
              day(tr("Promised for"), order.promisedOn)};
    facts += money(tr("Freight"), order.freight);
    facts += {{tr("Origin"), orNone(Display::origin(order.origin))},
              {tr("Placed by"), orNone(Display::text(order.placedBy))}};
    m_facts->setFacts(facts);
}

void OrderDetailPane::showAddresses(const Order &order)
{
    const auto place = [](const std::string &name, const std::string &address) {
        QStringList lines = Display::text(address).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
        const QString heading = Display::text(name);
        lines.removeAll(heading); // some ERPs say the name in the address again
        lines.prepend(heading.isEmpty() ? QStringLiteral("–") : heading);
        return lines.join(QLatin1Char('\n'));
    };
    m_addresses->setFacts({{tr("Ship to"), place(order.shipToName, order.shipToAddress)},
                           {tr("Bill to"), place(order.billToName, order.billToAddress)}});
}

void OrderDetailPane::showTimeline(const Order &order)
{
    QList<TimelineEntry> entries;
    for (auto event = order.events.rbegin(); event != order.events.rend(); ++event) {
        QString text = Display::text(event->text);
        const QString reference = Display::text(event->reference);
        if (!reference.isEmpty() && !text.contains(reference))
            text = tr("%1 · %2", "an event and the number it refers to").arg(text, reference);
        entries.append({text, dateAndTime(event->at), Display::full(event->at)});
    }
    m_timeline->setEntries(entries);
}

} // namespace Counterfoil
