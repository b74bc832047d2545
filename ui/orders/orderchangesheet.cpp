#include "orderchangesheet.h"

#include "display.h"
#include "formfield.h"

#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

namespace Counterfoil {

namespace {

constexpr int changeSheetDigits = 60;

Decimal wantedNow(const OrderLine &line)
{
    return line.ordered - line.cancelled;
}

} // namespace

QString OrderChangeSheet::obstacle(const Order &order)
{
    if (!order.open)
        return tr("This order is closed, so nothing about it can be changed.");
    const bool any
        = std::ranges::any_of(order.lines, [](const OrderLine &line) { return !line.cancellable.isZero(); });
    return any ? QString() : tr("All of it is being picked or has left, so nothing about it can be changed.");
}

OrderChangeSheet::Body OrderChangeSheet::build(const Order &order)
{
    Body body;
    body.widget = new QWidget;
    auto *layout = new QVBoxLayout(body.widget);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Space::medium);
    auto *intro = new QLabel(tr("What is not being picked yet can be taken off. More of something is a new "
                                "order: press Ctrl+R on this one."),
                             body.widget);
    intro->setWordWrap(true);
    layout->addWidget(intro);
    body.day = new FormField(FormField::Kind::Line, tr("Wanted on"), body.widget);
    body.day->setHint(tr("2026-12-01; empty: as soon as possible"));
    body.day->setValue(Display::text(order.requestedOn.toString()));
    body.day->setEnabled(order.unitsShipped.isZero());
    layout->addWidget(body.day);
    for (const OrderLine &line : order.lines) {
        auto *field = new FormField(FormField::Kind::Line,
                                    tr("%1 · %2 · at least %3 of %4", "item, description, quantities")
                                        .arg(Display::text(line.sku), Display::text(line.description),
                                             Display::quantity(wantedNow(line) - line.cancellable),
                                             Display::quantity(wantedNow(line))),
                                    body.widget);
        field->setValue(Display::text(wantedNow(line).toString()));
        field->setEnabled(!line.cancellable.isZero());
        body.quantities.append(field);
        layout->addWidget(field);
    }
    body.all = new FormField(FormField::Kind::Check, tr("Cancel the whole order"), body.widget);
    layout->addWidget(body.all);
    layout->addStretch();
    return body;
}

OrderChangeSheet::OrderChangeSheet(QWidget *window, const Order &order)
    : OrderChangeSheet(window, order, build(order))
{ }

OrderChangeSheet::OrderChangeSheet(QWidget *window, const Order &order, const Body &body)
    : FormSheet(window, tr("Change the order %1").arg(Display::text(order.number)), body.widget,
                changeSheetDigits, tr("Ask for the change"))
    , m_order(order)
    , m_body(body)
{
    setKeeps(false); // by then it may be picked
    connect(m_body.all, &FormField::edited, this, [this] {
        const bool all = !m_body.all->value().isEmpty();
        setSaveText(all ? tr("Cancel the order") : tr("Ask for the change"));
        m_body.day->setEnabled(!all && m_order.unitsShipped.isZero());
        for (std::size_t i = 0; i < m_order.lines.size(); ++i)
            quantity(i).setEnabled(!all && !m_order.lines[i].cancellable.isZero());
    });
}

void OrderChangeSheet::open()
{
    FormSheet::open(m_body.day->editor());
}

void OrderChangeSheet::cancelAll()
{
    m_body.all->setValue(QStringLiteral("1"));
}

bool OrderChangeSheet::isTyped() const
{
    bool typed = !m_body.all->value().isEmpty()
        || m_body.day->value().trimmed().toStdString() != m_order.requestedOn.toString();
    for (std::size_t i = 0; i < m_order.lines.size(); ++i)
        typed |= quantity(i).value().trimmed().toStdString() != wantedNow(m_order.lines[i]).toString();
    return typed;
}

void OrderChangeSheet::save()
{
    if (!m_body.all->value().isEmpty()) {
        Q_EMIT cancelWanted();
        return end();
    }
    Order base;
    Order wanted;
    base.requestedOn = wanted.requestedOn = m_order.requestedOn;
    const QString day = m_body.day->value().trimmed();
    const auto date = Date::parse(day.toStdString());
    if (!day.isEmpty() && !date)
        return m_body.day->tell(tr("Write the day as year, month and day: 2026-12-01."), Tone::Bad);
    wanted.requestedOn = date.value_or(Date());
    for (std::size_t i = 0; i < m_order.lines.size(); ++i) {
        const OrderLine &line = m_order.lines[i];
        const auto typed = Decimal::parse(quantity(i).value().trimmed().toStdString());
        const Decimal now = wantedNow(line);
        if (!typed || *typed < now - line.cancellable || *typed > now) {
            quantity(i).tell(tr("Write a quantity from %1 to %2.")
                                 .arg(Display::quantity(now - line.cancellable), Display::quantity(now)),
                             Tone::Bad);
            return quantity(i).editor()->setFocus(Qt::OtherFocusReason);
        }
        if (*typed == now)
            continue;
        base.wishes.push_back({line.lineNumber, now});
        wanted.wishes.push_back({line.lineNumber, *typed});
    }
    if (equalEditable(Order::type, &base, &wanted))
        return tell(tr("Nothing is changed yet."), Tone::Warn);
    Q_EMIT changeWanted(base, wanted);
    end();
}

} // namespace Counterfoil
