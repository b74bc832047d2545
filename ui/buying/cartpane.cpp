#include "cartpane.h"

#include "actions.h"
#include "cartdesk.h"
#include "cartlinesmodel.h"
#include "cartsmodel.h"
#include "cartview.h"
#include "columnroom.h"
#include "display.h"
#include "freshness.h"
#include "hairline.h"
#include "icons.h"
#include "recordheader.h"
#include "recordview.h"
#include "reviewsheet.h"
#include "statepanel.h"
#include "statuswording.h"
#include "tokens.h"
#include "type.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QMimeData>
#include <QPainter>
#include <QPushButton>
#include <QSplitter>

#include <algorithm>
#include <utility>

namespace Counterfoil {

namespace {

constexpr int cartListPercent = 38;

QKeySequence keys(QKeyCombination key)
{
    return QKeySequence(key);
}

} // namespace

CartPane::CartPane(const PaneContext &context, CommandPort &commands, QuotePort &quotes, CartDesk &desk,
                   QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_desk(desk)
    , m_book(new CartBook(context.readers, commands, this))
    , m_model(
          new CartsModel(context.wording, context.person.seesPrices, context.person.user.toStdString(), this))
    , m_list(new RecordView(context.clock, this))
    , m_state(new StatePanel(m_list->viewport()))
    , m_new(new QPushButton(tr("New cart"), this))
    , m_more(new QLabel(this))
    , m_cart(new CartView(context, *m_book, quotes, this))
{
    setAccessibleName(tr("Carts"));
    auto *splitter = new QSplitter(Qt::Horizontal, this);
    splitter->addWidget(buildList());
    splitter->addWidget(m_cart);
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(1);
    splitter->setSizes({100 * cartListPercent, 100 * (100 - cartListPercent)}); // more than there is: shares
    splitter->setStretchFactor(0, cartListPercent);
    splitter->setStretchFactor(1, 100 - cartListPercent);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(splitter);
    connectAll();
    showCarts();
}

// What is typed is saved when the cart is hidden, which this is not to hear of when half of it is gone.
CartPane::~CartPane()
{
    m_cart->save();
    m_cart->disconnect(this);
    m_book->disconnect(this);
}

QWidget *CartPane::buildList()
{
    auto *list = new QWidget(this);
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(Space::large, Space::small, Space::medium, Space::small);
    m_new->setIcon(Icons::icon(Icons::Icon::Plus));
    m_new->setVisible(m_desk.mayOrder());
    bar->addWidget(m_new);
    bar->addStretch();
    m_list->setModel(m_model);
    m_list->setAccessibleName(tr("Carts"));
    m_list->setStrongColumn(CartsModel::Name);
    m_list->setSelectionMode(QAbstractItemView::SingleSelection);
    m_list->recordHeader().setSortIndicatorShown(false);
    m_list->recordHeader().setSectionsClickable(false);
    m_list->recordHeader().setSectionsMovable(false);
    auto *layout = new QVBoxLayout(list);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addWidget(hairline(list));
    layout->addWidget(m_list, 1);
    m_more->setText(tr("More than %1 carts are open; the last changed are shown. Delete what is not needed.")
                        .arg(CartBook::openMost));
    m_more->setWordWrap(true);
    m_more->setContentsMargins(Space::large, Space::small, Space::medium, Space::small);
    Type::setMuted(*m_more);
    m_more->hide();
    layout->addWidget(m_more);
    return list;
}

void CartPane::connectAll()
{
    connect(m_book, &CartBook::changed, this, &CartPane::showCarts);
    connect(&m_book->commands(), &CommandPort::notQueued, this, [this](const QString &key) {
        if (resultOf(key.toStdString()) == m_making)
            m_making.clear();
    });
    connect(&m_context.wording, &StatusWording::changed, this, &CartPane::showCarts);
    connect(&m_context.freshness, &Freshness::changed, this, &CartPane::showState);
    connect(m_list, &RecordView::currentRowChanged, this, [this](const QModelIndex &index) {
        const std::string key = index.data(ItemRole::Key).toString().toStdString();
        if (!key.empty() && key != m_cart->target())
            m_cart->showCart(key);
    });
    connect(m_list, &RecordView::opened, m_cart, &CartView::focusLines);
    connect(m_new, &QPushButton::clicked, this, &CartPane::makeEmpty);
    connect(m_cart, &CartView::changed, this, &CartPane::refreshActions);
    connect(m_cart, &CartView::told, this, &CartPane::told);
    connect(m_cart, &CartView::orderChosen, this, &CartPane::orderChosen);
    connect(m_cart, &CartView::copyWanted, &m_desk, &CartDesk::copy);
    connect(m_cart, &CartView::approvalChosen, this, &CartPane::approvalChosen);
    connect(m_cart, &CartView::decisionWanted, this, &CartPane::decisionWanted);
    connect(m_state, &StatePanel::actionChosen, this, &CartPane::accountChoiceWanted);
}

void CartPane::addAction(const char *id, const QString &text, const QList<QKeySequence> &shortcuts,
                         std::function<void()> run)
{
    auto *action = new QAction(text, this);
    action->setShortcuts(shortcuts);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(action, &QAction::triggered, this, [run = std::move(run)] { run(); });
    QWidget::addAction(action);
    m_actions.append({QString::fromLatin1(id), action});
}

void CartPane::addActions(Actions &actions)
{
    if (m_desk.mayOrder()) {
        addAction("cart.new", tr("New cart"), {keys(Qt::CTRL | Qt::Key_N)}, [this] { makeEmpty(); });
        addAction("cart.paste", tr("Paste a part list"), {keys(Qt::CTRL | Qt::SHIFT | Qt::Key_I)},
                  [this] { pasteParts(); });
        addAction("cart.removeLine", tr("Remove the line from the cart"), {Qt::Key_Delete}, [this] {
            if (m_cart->linesView().hasFocus())
                m_cart->removeLine();
        });
        addAction("cart.review", tr("Review and place the order"),
                  {keys(Qt::CTRL | Qt::SHIFT | Qt::Key_Return), keys(Qt::CTRL | Qt::SHIFT | Qt::Key_Enter)},
                  [this] { m_cart->review(); });
        addAction("cart.copy", tr("Keep the cart as a list, or make a cart of the list"),
                  {keys(Qt::CTRL | Qt::SHIFT | Qt::Key_K)}, [this] { m_cart->copy(); });
        addAction("cart.delete", tr("Delete the cart"), {}, [this] { m_cart->retire(); });
    }
    addAction("cart.order", tr("Go to the order that was made of the cart"), {},
              [this] { m_cart->goToOrder(); });
    for (const PaneAction &each : std::as_const(m_actions))
        actions.adopt(each.id, tr("Carts"), each.action);
    refreshActions();
}

void CartPane::refreshActions()
{
    const bool can = m_cart->canChange();
    for (const PaneAction &each : std::as_const(m_actions)) {
        if (each.id == QLatin1String("cart.new"))
            each.action->setEnabled(m_book->state() == CartBook::State::Here);
        else if (each.id == QLatin1String("cart.copy"))
            each.action->setEnabled(!m_cart->cart().lines.empty());
        else if (each.id == QLatin1String("cart.order"))
            each.action->setEnabled(!m_cart->cart().order.empty());
        else if (each.id == QLatin1String("cart.review"))
            each.action->setEnabled(can && !m_cart->cart().list && !m_cart->cart().lines.empty());
        else
            each.action->setEnabled(can);
    }
    m_new->setEnabled(m_book->state() == CartBook::State::Here);
}

void CartPane::setAccounts(const std::vector<std::string> &accounts, const std::string &first)
{
    m_cart->save();
    m_accountWanted = accounts.empty() ? first : accounts.front();
    m_book->setAccounts(accounts);
}

void CartPane::focusFirst()
{
    m_list->setFocus(Qt::OtherFocusReason);
}

void CartPane::showCart(const QString &target)
{
    m_wanted = target.toStdString();
    showCarts();
}

void CartPane::put(const std::string &account, const std::string &currency, const CartLine &line)
{
    m_puts.append({account, currency, line});
    putWaiting();
}

void CartPane::putWaiting()
{
    // What was made for the one before comes with the next change of the book.
    const bool making = !m_making.empty() && !m_book->find(m_making);
    if (m_puts.isEmpty() || m_book->state() == CartBook::State::Loading || making)
        return;
    m_making.clear();
    const Put put = m_puts.takeFirst();
    const auto &carts = m_book->carts();
    const auto open = std::ranges::find_if(carts, [&put, this](const BookEntry &entry) {
        const Cart *cart = entry.record.as<Cart>();
        return cart && cart->account == put.account && !cart->list
            && CartState::of(*m_book, entry, m_context.wording, m_context.person.user.toStdString()).editable;
    });
    if (open == carts.end()) {
        m_making = m_desk.makeWith(put.account, put.currency, put.line);
    } else {
        showCart(QString::fromStdString(open->target));
        m_cart->lines().add({put.line});
        m_cart->save();
        Q_EMIT told(tr("%1 is in the cart “%2”.", "an item's number, a cart's name")
                        .arg(Display::text(put.line.sku), Display::text(m_cart->cart().name)));
    }
    putWaiting();
}

void CartPane::makeEmpty()
{
    if (const Account *account = m_book->account(m_accountWanted))
        m_desk.makeEmpty(account->key, account->currency);
    else
        Q_EMIT told(tr("Choose an account first."));
}

void CartPane::pasteParts()
{
    const QMimeData *copied = QGuiApplication::clipboard()->mimeData();
    m_cart->pasteParts(copied && copied->hasText() ? copied->text() : QString());
}

void CartPane::showCarts()
{
    m_model->setCarts(*m_book);
    m_more->setVisible(m_book->hasMoreOpen());
    const BookEntry *wanted = m_wanted.empty() ? nullptr : m_book->find(m_wanted);
    if (wanted)
        m_wanted.clear();
    const BookEntry *shown = wanted ? wanted : m_book->find(m_cart->target());
    if (!shown && !m_book->carts().empty())
        shown = &m_book->carts().front();
    const std::string key = shown ? shown->target : std::string();
    if (const int row = m_model->rowOf(key); row >= 0 && row != m_list->currentIndex().row())
        m_list->selectionModel()->setCurrentIndex(
            m_model->index(row, 0), QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    if (key != m_cart->target())
        m_cart->showCart(key);
    if (wanted)
        m_cart->focusLines();
    showState();
    refreshActions();
    fitColumns();
    putWaiting();
}

void CartPane::showState()
{
    using State = CartBook::State;
    if (m_book->state() == State::Failed)
        m_state->tell(Icons::Icon::Warning, tr("The carts cannot be read"), m_book->errorText());
    else if (m_book->state() == State::Several)
        m_state->tell(Icons::Icon::Person, tr("No account is chosen"),
                      tr("You see several accounts. Choose one, and its carts stand here."),
                      tr("Choose an account"));
    else if (m_book->state() == State::Here && m_book->carts().empty())
        m_state->tell(Icons::Icon::Boxed, tr("No carts yet"),
                      m_context.freshness.status().mode == SyncStatus::Mode::Filling
                          ? tr("Still being copied to this computer.")
                          : tr("Press Ctrl+R on an order, or on items bought before, to order them again."));
    else
        m_state->dismiss();
}

void CartPane::fitColumns()
{
    const QList<ColumnRoom> rooms{{"name", u"Again: SO-10000", ColumnRoom::Stretching},
                                  {"lines", u"Lines 0", ColumnRoom::Plain, 1},
                                  {"total", u"£000,000.00", ColumnRoom::Plain, 2},
                                  {"state", u"Waiting to be placed", ColumnRoom::Chip}};
    const QList<const char *> gone = columnsWithoutRoom(rooms, m_list->viewport()->width());
    RecordHeader &header = m_list->recordHeader();
    for (int column = 0; column < CartsModel::ColumnCount; ++column) {
        const bool stretches = column == CartsModel::Name;
        header.setSectionResizeMode(column, stretches ? QHeaderView::Stretch : QHeaderView::Interactive);
        if (!stretches)
            header.resizeSection(column,
                                 leastWidth(rooms[column])
                                     + (column == CartsModel::State ? ColumnRoom::edgeExtra : 0));
        header.setSectionHidden(column,
                                gone.contains(rooms[column].field)
                                    || (column == CartsModel::Total && !m_context.person.seesPrices));
    }
}

void CartPane::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitColumns();
}

void CartPane::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), Tokens::of(palette()).panel);
}

} // namespace Counterfoil
