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

#include <QDragEnterEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QMimeData>
#include <QPainter>
#include <QPushButton>

#include <algorithm>

namespace Counterfoil {

namespace {

QString nameOf(const Cart &cart)
{
    return cart.name.empty() ? CartView::tr("Cart without a name") : Display::text(cart.name);
}

} // namespace

CartView::CartView(const PaneContext &context, CartBook &book, QuotePort &quotes, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_book(book)
    , m_quotes(quotes)
    , m_editing(book, context.wording, context.person.user)
    , m_title(new QLabel(this))
    , m_chip(new StatusChip(this))
    , m_subtitle(new QLabel(this))
    , m_banner(new Banner(this))
    , m_name(new FormField(FormField::Kind::Line, tr("Name"), this))
    , m_po(new FormField(FormField::Kind::Line, tr("Your PO number"), this))
    , m_wanted(new FormField(FormField::Kind::Line, tr("Wanted on"), this))
    , m_shipTo(new FormField(FormField::Kind::Choice, tr("Ship to"), this))
    , m_notes(new FormField(FormField::Kind::Line, tr("Notes"), this))
    , m_shared(
          new FormField(FormField::Kind::Check, tr("Shared with everybody who buys for the account"), this))
    , m_lines(new CartLinesModel(context.person.seesPrices, this))
    , m_view(new RecordView(context.clock, this))
    , m_note(new QLabel(this))
    , m_paste(new QPushButton(tr("Paste a part list…"), this))
    , m_order(new QPushButton(tr("Go to the order"), this))
    , m_approval(new QPushButton(tr("Go to the approval"), this))
    , m_copy(new QPushButton(this))
    , m_decide(new QPushButton(tr("Choose what counts…"), this))
    , m_review(new QPushButton(tr("Review and place…"), this))
    , m_none(new StatePanel(this))
{
    setAccessibleName(tr("Cart"));
    setAcceptDrops(true);
    m_rest.setSingleShot(true);
    m_rest.setInterval(restMs);
    build();
    connectAll();
    showAll();
}

void CartView::connectAll()
{
    for (FormField *field : {m_name, m_po, m_wanted, m_shipTo, m_notes, m_shared})
        connect(field, &FormField::edited, this, &CartView::noteEdit);
    connect(m_lines, &CartLinesModel::edited, this, [this] {
        m_note->clear();
        takeLines(m_lines->lines());
    });
    connect(m_lines, &CartLinesModel::refused, m_note, &QLabel::setText);
    connect(m_view, &RecordView::opened, this, [this](const QModelIndex &index) {
        m_view->edit(index.siblingAtColumn(CartLinesModel::Quantity));
    });
    connect(&m_rest, &QTimer::timeout, this, &CartView::save);
    connect(&m_editing, &CartEditing::changed, this, [this] {
        const bool focused = holdsFocus();
        showAll();
        // What cannot be used any more loses the focus, and the pane's keys are to go on.
        if (focused && !holdsFocus())
            m_view->setFocus(Qt::OtherFocusReason);
        Q_EMIT changed();
    });
    connect(&m_editing, &CartEditing::told, this, &CartView::told);
    connect(&m_editing, &CartEditing::notStored, m_note, &QLabel::setText);
    connect(m_paste, &QPushButton::clicked, this, [this] { pasteParts({}); });
    connect(m_order, &QPushButton::clicked, this, &CartView::goToOrder);
    connect(m_approval, &QPushButton::clicked, this, [this] {
        if (const Approval *approval = m_book.approvalOf(target()))
            Q_EMIT approvalChosen({&Approval::type, approval->key});
    });
    connect(m_decide, &QPushButton::clicked, this, [this] {
        if (const BookEntry *found = m_editing.entry(); found && found->undecided)
            Q_EMIT decisionWanted(QString::fromStdString(found->undecided->command.key));
    });
    connect(m_review, &QPushButton::clicked, this, &CartView::review);
    connect(m_copy, &QPushButton::clicked, this, &CartView::copy);
}

// A sheet may outlive the sight of the cart that it is about.
bool CartView::isShown(const std::string &target)
{
    const BookEntry *shown = m_editing.entry();
    const bool same = shown && m_book.find(target) == shown;
    if (!same)
        Q_EMIT told(tr("The cart is not here any more, so nothing was done."));
    return same;
}

bool CartView::holdsFocus() const
{
    const QWidget *focused = window()->focusWidget();
    return focused && isAncestorOf(focused);
}

void CartView::showCart(const std::string &target)
{
    if (m_editing.target() != target)
        save();
    m_note->clear();
    m_editing.show(target);
}

void CartView::showAll()
{
    if (!m_editing.entry()) {
        m_none->tell(Icons::Icon::Boxed, tr("No cart chosen"),
                     tr("Choose one in the list. Ctrl+R on an order or on items bought before makes one."));
        m_none->raise();
        return;
    }
    m_none->dismiss();
    const CartState &state = m_editing.state();
    m_title->setText(nameOf(cart()));
    m_chip->setState(state.text, state.symbol, toneNamed(state.tone));
    QStringList parts;
    if (const Account *account = m_book.account(cart().account))
        parts.append(Display::text(account->name));
    if (!cart().owner.empty())
        parts.append(tr("made by %1").arg(Display::text(cart().owner)));
    m_subtitle->setText(parts.join(QStringLiteral(" · ")));
    if (!m_editing.isEdited())
        showForm();
    m_lines->setCart(cart(), state.editable);
    showBanner();
    m_paste->setVisible(state.editable);
    m_decide->setVisible(state.undecided);
    m_copy->setText(cart().list ? tr("Make a cart of it") : tr("Keep as a list"));
    m_copy->setVisible(!cart().lines.empty());
    m_review->setVisible(state.editable && !cart().list);
    m_review->setEnabled(!cart().lines.empty());
    m_order->setVisible(!cart().order.empty());
    m_approval->setVisible(cart().open && m_book.approvalOf(target()));
    fitColumns();
}

void CartView::showForm()
{
    const auto put = [](FormField *field, const std::string &value) {
        if (field->value() != Display::text(value))
            field->setValue(Display::text(value));
    };
    put(m_name, cart().name);
    put(m_po, cart().poReference);
    put(m_wanted, cart().wantedOn.toString());
    put(m_notes, cart().notes);
    put(m_shared, cart().shared ? "1" : "");
    QList<Choice> choices{{QString(), tr("The account's usual address")}};
    for (const Address &address : m_book.shipTos(cart().account))
        choices.append({Display::text(address.key),
                        tr("%1, %2", "a site and its city")
                            .arg(Display::text(address.name), Display::text(address.city))});
    m_shipTo->setChoices(choices);
    put(m_shipTo, cart().shipTo);
    for (FormField *field : {m_name, m_po, m_wanted, m_shipTo, m_notes})
        field->setEnabled(canChange());
    const bool own = cart().owner.empty() || Display::text(cart().owner) == m_context.person.user;
    m_shared->setEnabled(canChange() && own); // who made it decides
    showNameNote();
}

// Nothing forbids it, but people tell their carts apart by it.
void CartView::showNameNote()
{
    const QString name = m_name->value().trimmed();
    const BookEntry *shown = m_editing.entry();
    const bool twice = std::ranges::any_of(m_book.carts(), [&](const BookEntry &each) {
        const Cart &other = *each.record.as<Cart>();
        return &each != shown && other.open && other.list == cart().list && other.account == cart().account
            && Display::text(other.name).compare(name, Qt::CaseInsensitive) == 0;
    });
    if (canChange() && !name.isEmpty() && twice)
        m_name->tell(tr("Another cart has this name, too."), Tone::Warn);
    else
        m_name->clearNote();
}

void CartView::showBanner()
{
    const BookEntry *found = m_editing.entry();
    QStringList sentences;
    if (found && found->undecided && cart().open) {
        const OutboxEntry &undecided = *found->undecided;
        const auto &differences = undecided.outcome.differences;
        sentences.append(differences.empty()
                             ? OutboxWords::of(undecided, *m_book.commands().entries()).explanation
                             : tr("It was not placed, because it is not as it was seen:"));
        const auto shown = std::min<std::size_t>(differences.size(), differencesShown);
        for (std::size_t i = 0; i < shown; ++i)
            sentences.append(Display::text(differences[i].text));
        if (differences.size() > shown)
            sentences.append(tr("%Ln more differences are in the review.", nullptr,
                                static_cast<int>(differences.size() - shown)));
    } else if (const QString approval = approvalSentence(); found && !approval.isEmpty()) {
        sentences.append(approval);
    } else if (found && cart().open && !canChange() && !found->pending) {
        sentences.append(
            tr("%1 made it and does not share it, so it can only be looked at.", "a person's sign-in name")
                .arg(Display::text(cart().owner)));
    }
    const Approval *asked = m_book.approvalOf(target());
    const bool warns = found && (found->undecided || (asked && !asked->open));
    m_banner->tell(sentences.join(u'\n'), warns ? Tone::Warn : Tone::Info);
}

QString CartView::approvalSentence() const
{
    const Approval *approval = cart().open ? m_book.approvalOf(target()) : nullptr;
    if (!approval)
        return {};
    const QString number = Display::text(approval->number);
    if (approval->open)
        return tr("It is above the limit of %1 and waits for %2 to approve it, as %3.",
                  "a person, names of approvers, a number")
            .arg(Display::text(approval->requester), Display::text(approval->waitsFor), number);
    if (approval->steps.empty())
        return {};
    const ApprovalStep &last = approval->steps.back();
    const BookEntry *found = m_editing.entry();
    if (found && found->record.as<Cart>()->changedAt > last.at)
        return {}; // it is another cart by now
    const QString text = Display::text(last.text);
    if (approval->status == "refused")
        return text.isEmpty()
            ? tr("%1 refused to approve it.", "a person").arg(Display::text(last.name))
            : tr("%1 refused to approve it: %2", "a person, why").arg(Display::text(last.name), text);
    return approval->status == "returned"
        ? tr("It was approved, and not ordered: %1 Review it, and ask again.", "why, a sentence").arg(text)
        : QString();
}

QString CartView::warning() const
{
    return m_banner->text();
}

bool CartView::takeForm()
{
    Cart typed = cart();
    typed.name = m_name->value().trimmed().toStdString();
    typed.poReference = m_po->value().trimmed().toStdString();
    typed.notes = m_notes->value().toStdString();
    typed.shipTo = m_shipTo->value().toStdString();
    typed.shared = !m_shared->value().isEmpty();
    const QString day = m_wanted->value().trimmed();
    const auto date = Date::parse(day.toStdString());
    const bool dayRead = day.isEmpty() || date;
    if (dayRead)
        typed.wantedOn = date.value_or(Date());
    else
        m_wanted->tell(tr("Write the day as year, month and day: 2026-12-01."), Tone::Bad);
    if (!equalEditable(Cart::type, &typed, &cart()))
        m_editing.edit(typed);
    return dayRead;
}

void CartView::noteEdit()
{
    if (!canChange())
        return;
    m_editing.edit(Cart(cart())); // what is typed is read when it rests
    showNameNote();
    m_rest.start();
}

void CartView::takeLines(const std::vector<CartLine> &lines)
{
    Cart wanted = cart();
    wanted.lines = lines;
    m_editing.edit(wanted);
    m_rest.start();
}

void CartView::save()
{
    m_rest.stop();
    if (!m_editing.isEdited())
        return;
    const bool dayRead = takeForm(); // the rest is saved nevertheless
    m_editing.save(!dayRead);
}

PartSheet *CartView::openPartSheet(const QString &text)
{
    if (!canChange())
        return nullptr;
    auto *sheet = new PartSheet(window(), m_context, cart().account, text);
    sheet->goWith(this);
    connect(sheet, &PartSheet::linesWanted, this,
            [this, target = target()](const std::vector<CartLine> &lines) {
                if (isShown(target))
                    m_lines->add(lines);
            });
    sheet->open();
    return sheet;
}

void CartView::pasteParts(const QString &text)
{
    openPartSheet(text);
}

void CartView::readPartFile(const QString &file)
{
    if (PartSheet *sheet = openPartSheet({}))
        sheet->readFile(file);
}

void CartView::dragEnterEvent(QDragEnterEvent *event)
{
    if (canChange() && !PartFile::among(event->mimeData()->urls()).isEmpty())
        event->acceptProposedAction();
    else
        event->ignore(); // it may be a document, which the window takes
}

void CartView::dropEvent(QDropEvent *event)
{
    event->acceptProposedAction();
    readPartFile(PartFile::among(event->mimeData()->urls()));
}

ReviewSheet *CartView::review()
{
    if (!canChange() || cart().list || cart().lines.empty() || !takeForm())
        return nullptr;
    save();
    m_editing.beginReview();
    auto *sheet = new ReviewSheet(window(), m_context, m_quotes, target(), cart());
    sheet->goWith(this);
    connect(sheet, &ReviewSheet::placeWanted, this, [this, target = target()](const Cart &seen) {
        if (!isShown(target))
            return;
        m_rest.stop();
        m_editing.place(seen);
    });
    connect(sheet, &ReviewSheet::cartChanged, this, [this, target = target()](const Cart &changed) {
        if (isShown(target))
            takeLines(changed.lines);
    });
    connect(sheet, &ReviewSheet::closed, &m_editing, &CartEditing::endReview);
    connect(&m_book, &CartBook::changed, sheet, [this, sheet, target = target()] {
        if (sheet->isVisible() && !m_book.find(target) && !isShown(target))
            sheet->dismiss(); // when its account is withdrawn, no price of it stays in sight
    });
    sheet->open();
    return sheet;
}

void CartView::retire()
{
    if (!canChange())
        return;
    auto *sheet = new ConfirmSheet(window(), tr("Delete the cart %1?").arg(nameOf(cart())),
                                   tr("Its lines are gone for everybody who shares it."), tr("Delete"));
    sheet->goWith(this);
    connect(sheet, &ConfirmSheet::confirmed, this, [this, target = target()] {
        if (!isShown(target))
            return;
        m_rest.stop();
        m_editing.retire();
    });
    sheet->open();
}

void CartView::copy()
{
    if (cart().lines.empty())
        return;
    save();
    Q_EMIT copyWanted(cart(), !cart().list);
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
    if (!cart().order.empty())
        Q_EMIT orderChosen({&Order::type, cart().order});
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
