#include "cartview.h"

#include "banner.h"
#include "cartlinesmodel.h"
#include "confirmsheet.h"
#include "display.h"
#include "formfield.h"
#include "order.h"
#include "outboxwords.h"
#include "partsheet.h"
#include "recordview.h"
#include "reviewsheet.h"
#include "statepanel.h"
#include "statuschip.h"

#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

#include <algorithm>

namespace Counterfoil {

namespace {

QString nameOf(const Cart &cart)
{
    return cart.name.empty() ? CartView::tr("Cart without a name") : Display::text(cart.name);
}

Cart cartOf(const BookEntry &entry)
{
    return *entry.record.as<Cart>();
}

} // namespace

CartView::CartView(const PaneContext &context, CartBook &book, QuotePort &quotes, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_book(book)
    , m_quotes(quotes)
    , m_title(new QLabel(this))
    , m_chip(new StatusChip(this))
    , m_subtitle(new QLabel(this))
    , m_banner(new Banner(this))
    , m_name(new FormField(FormField::Kind::Line, tr("Name"), this))
    , m_po(new FormField(FormField::Kind::Line, tr("Your PO number"), this))
    , m_wanted(new FormField(FormField::Kind::Line, tr("Wanted on"), this))
    , m_shipTo(new FormField(FormField::Kind::Choice, tr("Ship to"), this))
    , m_notes(new FormField(FormField::Kind::Line, tr("Notes"), this))
    , m_lines(new CartLinesModel(context.person.seesPrices, this))
    , m_view(new RecordView(context.clock, this))
    , m_note(new QLabel(this))
    , m_paste(new QPushButton(tr("Paste a part list…"), this))
    , m_order(new QPushButton(tr("Go to the order"), this))
    , m_review(new QPushButton(tr("Review and place…"), this))
    , m_none(new StatePanel(this))
{
    setAccessibleName(tr("Cart"));
    m_rest.setSingleShot(true);
    m_rest.setInterval(restMs);
    build();
    connectAll();
    showAll();
}

void CartView::connectAll()
{
    for (FormField *field : {m_name, m_po, m_wanted, m_shipTo, m_notes})
        connect(field, &FormField::edited, this, &CartView::noteEdit);
    connect(m_lines, &CartLinesModel::edited, this, [this] {
        m_cart.lines = m_lines->lines();
        m_note->clear();
        noteEdit();
    });
    connect(m_lines, &CartLinesModel::refused, m_note, &QLabel::setText);
    connect(m_view, &RecordView::opened, this, [this](const QModelIndex &index) {
        m_view->edit(index.siblingAtColumn(CartLinesModel::Quantity));
    });
    connect(&m_rest, &QTimer::timeout, this, &CartView::save);
    connect(&m_book, &CartBook::changed, this, &CartView::takeFact);
    connect(m_paste, &QPushButton::clicked, this, [this] { pasteParts({}); });
    connect(m_order, &QPushButton::clicked, this, &CartView::goToOrder);
    connect(m_review, &QPushButton::clicked, this, &CartView::review);
    connect(&m_book.commands(), &CommandPort::queued, this, [this](const QString &key) {
        if (!m_waiting.contains(key))
            return;
        if (const QString saying = m_waiting.take(key); !saying.isEmpty())
            Q_EMIT told(saying);
        if (m_placing)
            QMetaObject::invokeMethod(
                this,
                [this] {
                    if (m_placing)
                        place(Cart(*m_placing));
                },
                Qt::QueuedConnection);
    });
    connect(&m_book.commands(), &CommandPort::notQueued, this,
            [this](const QString &key, const Error &error) {
                if (m_waiting.remove(key) == 0)
                    return;
                m_placing.reset();
                m_edited = true; // it stays here, and is tried again with the next change
                m_note->setText(error.userText);
                Q_EMIT told(error.userText);
            });
}

const BookEntry *CartView::entry() const
{
    return m_target.empty() ? nullptr : m_book.find(m_target);
}

// A sheet may outlive the sight of the cart that it is about.
bool CartView::isShown(const std::string &target)
{
    const BookEntry *shown = entry();
    const bool same = shown && m_book.find(target) == shown;
    if (!same)
        Q_EMIT told(tr("The cart is not here any more, so nothing was done."));
    return same;
}

void CartView::showCart(const std::string &target)
{
    if (m_target != target)
        save();
    m_target = target;
    m_edited = false;
    m_placing.reset();
    m_note->clear();
    takeFact();
}

// What was changed here and is not stored yet stays as it is.
void CartView::takeFact()
{
    if (const BookEntry *found = entry()) {
        m_target = found->target;
        m_state = CartState::of(*found, m_context.wording);
        if (!m_edited && m_waiting.isEmpty())
            m_cart = cartOf(*found);
        if (const Account *account = m_book.account(cartOf(*found).account);
            account && m_cart.currency.empty())
            m_cart.currency = account->currency; // of one that is still to be made
        m_cart.account = cartOf(*found).account;
        m_cart.order = cartOf(*found).order;
        m_cart.open = cartOf(*found).open;
    } else {
        m_state = {};
        m_cart = {};
        m_edited = false;
    }
    showAll();
    Q_EMIT changed();
}

void CartView::showAll()
{
    const BookEntry *found = entry();
    if (!found) {
        m_none->tell(Icons::Icon::Boxed, tr("No cart chosen"),
                     tr("Choose one in the list. Ctrl+R on an order or on items bought before makes one."));
        m_none->raise();
        return;
    }
    m_none->dismiss();
    m_title->setText(nameOf(m_cart));
    m_chip->setState(m_state.text, m_state.symbol, toneNamed(m_state.tone));
    QStringList parts;
    if (const Account *account = m_book.account(m_cart.account))
        parts.append(Display::text(account->name));
    if (!m_cart.owner.empty())
        parts.append(tr("made by %1").arg(Display::text(m_cart.owner)));
    m_subtitle->setText(parts.join(QStringLiteral(" · ")));
    if (!m_edited)
        showForm();
    m_lines->setCart(m_cart, m_state.editable);
    showBanner();
    m_paste->setVisible(m_state.editable);
    m_review->setVisible(m_state.editable);
    m_review->setEnabled(!m_cart.lines.empty());
    m_order->setVisible(!m_cart.order.empty());
    fitColumns();
}

void CartView::showForm()
{
    const auto put = [](FormField *field, const std::string &value) {
        if (field->value() != Display::text(value))
            field->setValue(Display::text(value));
    };
    put(m_name, m_cart.name);
    put(m_po, m_cart.poReference);
    put(m_wanted, m_cart.wantedOn.toString());
    put(m_notes, m_cart.notes);
    QList<Choice> choices{{QString(), tr("The account's usual address")}};
    for (const Address &address : m_book.shipTos(m_cart.account))
        choices.append({Display::text(address.key),
                        tr("%1, %2", "a site and its city")
                            .arg(Display::text(address.name), Display::text(address.city))});
    m_shipTo->setChoices(choices);
    put(m_shipTo, m_cart.shipTo);
    for (FormField *field : {m_name, m_po, m_wanted, m_shipTo, m_notes})
        field->setEnabled(m_state.editable);
}

void CartView::showBanner()
{
    const BookEntry *found = entry();
    QStringList sentences;
    if (found && found->undecided && m_state.editable) {
        sentences.append(OutboxWords::of(*found->undecided, *m_book.commands().entries()).explanation);
        for (const CartDifference &difference : found->undecided->outcome.differences)
            sentences.append(Display::text(difference.text));
    }
    m_banner->tell(sentences.join(u'\n'), Tone::Warn);
}

bool CartView::takeForm()
{
    m_cart.name = m_name->value().trimmed().toStdString();
    m_cart.poReference = m_po->value().trimmed().toStdString();
    m_cart.notes = m_notes->value().toStdString();
    m_cart.shipTo = m_shipTo->value().toStdString();
    const QString day = m_wanted->value().trimmed();
    const auto date = Date::parse(day.toStdString());
    if (!day.isEmpty() && !date) {
        m_wanted->tell(tr("Write the day as year, month and day: 2026-12-01."), Tone::Bad);
        return false;
    }
    m_cart.wantedOn = date.value_or(Date());
    return true;
}

void CartView::noteEdit()
{
    if (!m_state.editable)
        return;
    m_edited = true;
    m_review->setEnabled(!m_cart.lines.empty());
    m_rest.start();
    Q_EMIT changed();
}

void CartView::submit(const Command &command, const QString &saying)
{
    m_waiting.insert(m_book.commands().submit(command), saying);
}

// A save that has not left this machine is replaced, so that hours of work offline are one wish.
void CartView::save()
{
    m_rest.stop();
    const BookEntry *found = entry();
    if (!m_edited || !found || !m_state.editable)
        return;
    const bool dayRead = takeForm(); // the rest is saved nevertheless
    const Cart was = cartOf(*found);
    m_edited = !dayRead;
    if (equalEditable(Cart::type, &was, &m_cart))
        return;
    const AnyRecord wanted = editableOf(AnyRecord(std::make_shared<Cart>(m_cart)));
    const bool unsent
        = found->pending && found->pending->canCancel() && found->pending->command.verb == "save";
    if (unsent || (found->undecided && found->undecided->command.verb == "save")) {
        const OutboxEntry &before = unsent ? *found->pending : *found->undecided;
        Command command = before.command;
        command.record = wanted;
        m_waiting.insert(m_book.commands().resubmit(QString::fromStdString(before.command.key), command),
                         QString());
        return;
    }
    Command command = commandOn(*found, "save", m_cart.account);
    command.record = wanted;
    submit(command, {});
}

void CartView::pasteParts(const QString &text)
{
    if (!m_state.editable)
        return;
    auto *sheet = new PartSheet(window(), m_context, m_cart.account, text);
    sheet->goWith(this);
    connect(sheet, &PartSheet::linesWanted, this,
            [this, target = m_target](const std::vector<CartLine> &lines) {
                if (!isShown(target))
                    return;
                m_lines->add(lines);
                showAll();
            });
    sheet->open();
}

ReviewSheet *CartView::review()
{
    if (!m_state.editable || m_cart.lines.empty() || !takeForm())
        return nullptr;
    save();
    auto *sheet = new ReviewSheet(window(), m_context, m_quotes, m_target, m_cart);
    sheet->goWith(this);
    m_reviewed = {cartOf(*entry()), m_cart};
    connect(sheet, &ReviewSheet::placeWanted, this, [this, target = m_target](const Cart &seen) {
        if (isShown(target))
            place(seen);
    });
    connect(sheet, &ReviewSheet::cartChanged, this, [this, target = m_target](const Cart &cart) {
        if (!isShown(target))
            return;
        m_cart.lines = cart.lines;
        m_reviewed.push_back(m_cart);
        m_lines->setCart(m_cart, m_state.editable);
        noteEdit();
    });
    sheet->open();
    return sheet;
}

void CartView::place(const Cart &seen)
{
    m_rest.stop();
    const BookEntry *found = entry();
    if (!found || !m_state.editable)
        return;
    // What was saved last must be known to be on top of it.
    m_placing.reset();
    if (!m_waiting.isEmpty()) {
        m_placing = seen;
        return;
    }
    const Cart now = cartOf(*found);
    if (std::ranges::none_of(m_reviewed,
                             [&now](const Cart &each) { return equalEditable(Cart::type, &each, &now); })) {
        Q_EMIT told(tr("Somebody changed the cart meanwhile. Look at it again."));
        return;
    }
    m_edited = false; // it is all in what is placed
    Command command = commandOn(*found, "place", m_cart.account);
    command.record = editableOf(AnyRecord(std::make_shared<Cart>(seen)));
    if (found->undecided && found->undecided->command.verb == "place")
        m_book.commands().dismiss(QString::fromStdString(found->undecided->command.key));
    submit(command, tr("Queued: placing the order %1").arg(nameOf(seen)));
}

void CartView::retire()
{
    const BookEntry *found = entry();
    if (!found || !m_state.editable)
        return;
    auto *sheet = new ConfirmSheet(window(), tr("Delete the cart %1?").arg(nameOf(m_cart)),
                                   tr("Its lines are gone for everybody who shares it."), tr("Delete"));
    sheet->goWith(this);
    connect(sheet, &ConfirmSheet::confirmed, this, [this, target = m_target] {
        if (const BookEntry *now = isShown(target) ? entry() : nullptr) {
            m_edited = false;
            submit(commandOn(*now, "retire", m_cart.account), tr("Queued: deleting the cart"));
        }
    });
    sheet->open();
}

void CartView::removeLine()
{
    const int row = m_view->currentIndex().row();
    m_lines->remove(row);
    m_view->selectRow(std::min(row, m_lines->rowCount() - 1));
}

void CartView::focusLines()
{
    m_view->setFocus(Qt::OtherFocusReason);
    if (!m_view->currentIndex().isValid() && m_lines->rowCount() > 0)
        m_view->setCurrentIndex(m_lines->index(0, CartLinesModel::Quantity));
}

void CartView::goToOrder()
{
    if (!m_cart.order.empty())
        Q_EMIT orderChosen({&Order::type, m_cart.order});
}

// A key typed on a row goes into its quantity, whatever column the pointer has chosen.
bool CartView::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_view && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const QModelIndex current = m_view->currentIndex();
        if (current.isValid() && current.column() != CartLinesModel::Quantity && !key->text().isEmpty()
            && key->text().front().isDigit())
            m_view->selectionModel()->setCurrentIndex(current.siblingAtColumn(CartLinesModel::Quantity),
                                                      QItemSelectionModel::NoUpdate);
    }
    return QWidget::eventFilter(watched, event);
}

void CartView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitColumns();
}

void CartView::hideEvent(QHideEvent *event)
{
    save();
    QWidget::hideEvent(event);
}

void CartView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), Tokens::of(palette()).panel);
}

} // namespace Counterfoil
