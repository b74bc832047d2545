#include "itemdetailpane.h"

#include "account.h"
#include "actions.h"
#include "cachereader.h"
#include "cachereaders.h"
#include "display.h"
#include "document.h"
#include "itemnotes.h"
#include "itempicture.h"
#include "itemprices.h"
#include "linesmodel.h"
#include "linesview.h"
#include "listpane.h"
#include "partlist.h"
#include "recordheader.h"
#include "recordview.h"
#include "selectable.h"
#include "type.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>

#include <algorithm>

namespace Counterfoil {

namespace {

constexpr int quantityDigits = 9;

DetailPane::Words itemWords()
{
    return {ItemDetailPane::tr("Item"),
            ItemDetailPane::tr("Copy the item number"),
            Icons::Icon::Boxed,
            ItemDetailPane::tr("No item chosen"),
            ItemDetailPane::tr("Choose one in the list to see what it costs you and where it is."),
            ItemDetailPane::tr("This item is not among those that you may buy, or not on this computer")};
}

QLabel *wordsIn(QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    makeSelectable(*label);
    return label;
}

} // namespace

ItemDetailPane::ItemDetailPane(const PaneContext &context, QWidget *parent)
    : DetailPane(context, Item::type, itemWords(), parent)
    , m_prices(new ItemPrices(context, this))
    , m_picture(new ItemPicture(context, scroll().widget()))
    , m_order(new QWidget(scroll().widget()))
    , m_quantity(new QLineEdit(m_order))
    , m_unit(wordsIn(m_order))
    , m_put(new QPushButton(tr("Add to the cart"), m_order))
    , m_price(wordsIn(scroll().widget()))
    , m_why(wordsIn(scroll().widget()))
    , m_breaksModel(new LinesModel(tr("From"), this))
    , m_breaks(new LinesView(*m_breaksModel, scroll().widget()))
    , m_stockModel(new LinesModel(tr("Warehouse"), this))
    , m_stock(new LinesView(*m_stockModel, scroll().widget()))
    , m_packsModel(new LinesModel(tr("Pack"), this))
    , m_packs(new LinesView(*m_packsModel, scroll().widget()))
{
    build();
    addresses().hide();
    m_order->hide();
    connect(m_prices, &ItemPrices::changed, this, &ItemDetailPane::showPrice);
    connect(m_quantity, &QLineEdit::textChanged, this, &ItemDetailPane::askPrice);
    connect(m_quantity, &QLineEdit::returnPressed, this, &ItemDetailPane::put);
    connect(m_put, &QPushButton::clicked, this, &ItemDetailPane::put);
}

void ItemDetailPane::build()
{
    m_quantity->setAccessibleName(tr("Quantity"));
    m_quantity->setFixedWidth(m_quantity->fontMetrics().averageCharWidth() * quantityDigits * 2);
    m_quantity->setAlignment(Qt::AlignRight);
    m_put->setToolTip(tr("Ctrl+Enter; Ctrl+Shift+Q for another quantity"));
    auto *order = new QHBoxLayout(m_order);
    order->setContentsMargins(0, Space::small, 0, Space::small);
    order->setSpacing(Space::small);
    order->addWidget(m_quantity);
    order->addWidget(m_unit, 1);
    order->addWidget(m_put);
    addBelowBanner(m_order);
    addBelowBanner(m_picture);

    auto *price = new QWidget(scroll().widget());
    auto *column = new QVBoxLayout(price);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Space::unit);
    auto *words = new QVBoxLayout;
    words->setContentsMargins(RecordHeader::edgePadding, 0, RecordHeader::edgePadding, Space::unit);
    Type::set(*m_price, Type::Role::Strong);
    Type::setMuted(*m_why);
    words->addWidget(m_price);
    words->addWidget(m_why);
    column->addLayout(words);
    column->addWidget(m_breaks);
    m_breaks->setAccessibleName(tr("Prices by quantity"));
    m_stock->setAccessibleName(tr("Stock by warehouse"));
    m_packs->setAccessibleName(tr("Packs"));
    m_priceSection = addSection(tr("Price today"), price, 0);
    m_stockSection = addSection(tr("Stock"), m_stock, 0);
    m_packsSection = addSection(tr("Units and packs"), m_packs, 0);
    m_priceSection.box->setVisible(context().person.seesPrices);
    endSections();
    setFocusProxy(m_packs);
}

void ItemDetailPane::offerCart()
{
    m_order->show();
}

void ItemDetailPane::addActions(Actions &actions)
{
    const auto add = [&](const char *id, const QString &text, const QKeySequence &key, auto run) {
        auto *action = new QAction(text, this);
        action->setShortcut(key);
        action->setShortcutContext(Qt::WindowShortcut);
        connect(action, &QAction::triggered, this, [this, run] {
            if (isVisible() && !m_order->isHidden())
                run();
        });
        addAction(action);
        actions.adopt(QString::fromLatin1(id), tr("Catalogue"), action);
    };
    add("catalogue.put", tr("Add the item to the cart"), QKeySequence(Qt::CTRL | Qt::Key_Return),
        [this] { put(); });
    add("catalogue.quantity", tr("Say how many of the item"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Q),
        [this] { focusBody(); });
}

void ItemDetailPane::focusBody()
{
    if (m_order->isHidden())
        return m_packs->setFocus(Qt::OtherFocusReason);
    m_quantity->setFocus(Qt::ShortcutFocusReason);
    m_quantity->selectAll();
}

void ItemDetailPane::join(ListPane &list, DetailPane &detail)
{
    auto *pane = qobject_cast<ItemDetailPane *>(&detail);
    const auto follow = [pane, &list] {
        const std::vector<std::string> &accounts = list.accounts();
        const std::string account = accounts.empty() ? list.calendarOf() : accounts.front();
        pane->setAccount(account);
        const PaneContext &context = pane->context();
        if (auto *notes = qobject_cast<ItemNotes *>(list.notes()); notes && context.person.seesPrices)
            notes->priceFor(account, context.quotes);
    };
    connect(&list, &ListPane::accountsChanged, pane, follow);
    follow();
    // What a search does not find is not left beside its results.
    auto *items = qobject_cast<RecordListModel *>(list.view().model());
    connect(items, &RecordListModel::rowFound, pane, [pane, items, &list](const QString &key, int row) {
        if (row < 0 && key == pane->key() && items->rowCount() > 0)
            list.view().setCurrentIndex(items->index(0, std::max(0, list.view().strongColumn())));
    });
}

void ItemDetailPane::setAccount(const std::string &account)
{
    if (account == m_account)
        return;
    m_account = account;
    m_accountName.clear();
    askPrice();
    context().readers.ask(
        this, m_asking.renew(),
        [account](CacheReader &reader) {
            const auto row = reader.byKey(Account::type, account);
            return row && *row ? *(*row)->record.as<Account>() : Account();
        },
        [this](const Account &known) {
            m_asking.finish();
            m_accountName = known.name;
            m_currency = known.currency;
            showPrice();
        });
}

void ItemDetailPane::showEvent(QShowEvent *event)
{
    DetailPane::showEvent(event);
    m_prices->setWatched(true);
}

void ItemDetailPane::hideEvent(QHideEvent *event)
{
    DetailPane::hideEvent(event);
    m_prices->setWatched(false);
}

void ItemDetailPane::showRecord()
{
    const Item &item = *watch().record<Item>();
    showHead(item);
    m_picture->setDocument(Display::text(item.picture), Display::text(item.name));
    showFacts();
    showPacks(item);
    m_unit->setText(item.unit == "each" ? QString() : tr("× %1", "a unit").arg(Display::text(item.unit)));
    m_put->setEnabled(!item.withdrawn);
    m_quantity->setEnabled(!item.withdrawn);
    if (item.key != m_shownKey) {
        m_shownKey = item.key;
        m_quantity->setText(QString::fromStdString(item.minimum.toString()));
    }
    askPrice();
    showPrice();
}

void ItemDetailPane::showHead(const Item &item)
{
    setChip(item.withdrawn ? tr("Withdrawn") : QString(), QStringLiteral("!"), Tone::Bad);
    setHeading(Display::text(item.sku), Display::text(item.name), Display::text(item.description));
    QString sentence;
    if (item.withdrawn)
        sentence = item.successor.empty()
            ? tr("This item is not sold any more, and there is nothing in its place.")
            : tr("This item is not sold any more. %1 takes its place.", "the number of an item")
                  .arg(Display::text(item.successor));
    setBanner(sentence, Tone::Warn);
}

void ItemDetailPane::showFacts()
{
    const Item &item = *watch().record<Item>();
    using DetailText::orDash;
    QList<Fact> all{{tr("Unit"), orDash(Display::text(item.unit)), {}}};
    if (item.minimum > Decimal())
        all.append({tr("Least order"),
                    item.multiple == item.minimum
                        ? Display::quantity(item.minimum)
                        : tr("%1\nin multiples of %2", "two quantities")
                              .arg(Display::quantity(item.minimum), Display::quantity(item.multiple)),
                    {}});
    for (const ItemNumber &own : watch().linkedOf<ItemNumber>()) {
        if (own.account == m_account)
            all.append({tr("Your number"), Display::text(own.number), {}});
    }
    all += {{tr("Maker"), orDash(Display::text(item.manufacturer)), {}},
            {tr("Maker’s number"), orDash(Display::text(item.manufacturerNumber)), {}},
            {tr("Category"),
             tr("%1\n%2", "a category and a family in it")
                 .arg(Display::text(item.category), Display::text(item.family)),
             {}}};
    if (!item.keywords.empty())
        all.append({tr("Also called"), Display::text(item.keywords), {}});
    all.append(asOf());
    facts().setFacts(all);
}

void ItemDetailPane::showPacks(const Item &item)
{
    QList<LineWords> lines;
    for (const ItemPack &pack : item.packs) {
        LineWords words{qint64(lines.size()) + 1, Display::text(pack.name), {}};
        words.values = {Display::quantity(pack.content), Display::text(pack.barcode)};
        lines.append(words);
    }
    m_packsModel->setLines({{tr("Content"), 0}, {tr("Barcode"), 1}}, lines);
    m_packsSection.box->setVisible(!lines.isEmpty());
}

Decimal ItemDetailPane::wanted() const
{
    const PartRow row = PartList::quantityOf(m_quantity->text());
    return row.state == PartRow::State::Bad ? Decimal() : row.quantity;
}

void ItemDetailPane::askPrice()
{
    const Item *item = watch().record<Item>();
    if (!item || !context().person.seesPrices)
        return m_prices->setItem({}, {}, {});
    const Decimal typed = wanted();
    m_prices->setItem(m_account, item->sku, typed > Decimal() ? typed : item->minimum);
}

QString ItemDetailPane::currentPrice(const QuoteLine &line, const std::string &currency) const
{
    return tr("%1 for %2", "a price, a unit")
        .arg(Display::unitPrice(line.unitPrice, currency),
             line.unit.empty() || line.unit == "each" ? tr("one") : Display::text(line.unit));
}

QString ItemDetailPane::priceText() const
{
    return m_price->text() + u'\n' + m_why->text();
}

void ItemDetailPane::showPrice()
{
    const auto &told = m_prices->told();
    const auto &paid = m_prices->lastPaid();
    m_priceSection.title->setText(m_accountName.empty()
                                      ? tr("Price today")
                                      : tr("Price for %1", "an account").arg(Display::text(m_accountName)));
    QStringList why;
    if (told && told->line.unitPrice > Decimal()) {
        m_price->setText(currentPrice(told->line, told->currency));
        why.append(Display::text(told->line.priceReason));
    } else if (told) {
        m_price->setText(tr("It cannot be ordered"));
    } else if (paid) {
        m_price->setText(tr("Last paid: %1").arg(Display::unitPrice(paid->unitPrice, paid->currency)));
        why.append(tr("On %1, for %2.", "a day, the number of an order")
                       .arg(Display::shortDate(paid->at), Display::text(paid->orderNumber)));
    } else {
        m_price->setText(m_prices->isAsking()    ? tr("Asking…")
                             : m_account.empty() ? tr("Choose an account to see its price")
                                                 : tr("The price is not known on this computer"));
    }
    if (told && !told->line.reason.empty())
        why.append(Display::text(told->line.reason));
    if (told)
        why.append(m_prices->isCurrent() ? tr("Asked at %1.").arg(Display::dateAndTime(told->at))
                                         : tr("As of %1.").arg(Display::dateAndTime(told->at)));
    if (!m_prices->problem().isEmpty())
        why.append(m_prices->problem());
    m_why->setText(why.join(QLatin1Char(' ')));
    m_why->setVisible(!why.isEmpty());
    showBreaks();
    showStock();
}

void ItemDetailPane::showBreaks()
{
    const auto &told = m_prices->told();
    QList<LineWords> lines;
    if (told) {
        for (const PriceBreak &each : told->line.breaks) {
            LineWords words{qint64(lines.size()) + 1,
                            tr("%1 and more", "a quantity").arg(Display::quantity(each.from)),
                            {}};
            words.values = {Display::unitPrice(each.unitPrice, told->currency)};
            lines.append(words);
        }
    }
    m_breaksModel->setLines({{tr("Price"), 0}}, lines);
    m_breaks->setVisible(!lines.isEmpty());
}

void ItemDetailPane::showStock()
{
    const Item *item = watch().record<Item>();
    const auto &told = m_prices->told();
    QList<LineWords> lines;
    if (told && item && told->line.sku == item->sku) {
        for (const QuoteStock &each : told->line.stock) {
            LineWords words{qint64(lines.size()) + 1, Display::text(each.warehouse), {}};
            words.values = {Display::quantity(each.available),
                            each.expectedOn.isSet() ? Display::shortDate(each.expectedOn) : QString()};
            lines.append(words);
        }
        // What the account is served from comes first, and is what can be promised.
        if (!lines.isEmpty() && told->line.inStock < told->line.quantity) {
            QStringList rest{
                told->line.expectedOn.isSet()
                    ? tr("The rest is expected on %1.").arg(Display::shortDate(told->line.expectedOn))
                    : tr("It is not known when the rest comes.")};
            if (!item->substitute.empty())
                rest.append(
                    tr("%1 does as well.", "the number of an item").arg(Display::text(item->substitute)));
            lines.front().outlook = rest.join(QLatin1Char(' '));
            lines.front().outlookTone = Tone::Warn;
        }
    }
    m_stockModel->setLines({{tr("Can be promised"), 0}, {tr("Next receipt"), 1}}, lines);
    m_stockSection.box->setVisible(!lines.isEmpty());
}

void ItemDetailPane::put()
{
    const Item *item = watch().record<Item>();
    const Decimal quantity = wanted();
    if (!item || item->withdrawn || m_account.empty())
        return;
    if (quantity <= Decimal())
        return focusBody();
    CartLine line;
    line.sku = item->sku;
    line.description = item->name;
    line.unit = item->unit;
    line.quantity = quantity;
    const auto &told = m_prices->told();
    if (told && told->line.unitPrice > Decimal()) {
        line.unitPrice = told->line.unitPrice;
        line.pricedAt = told->at;
        line.inStock = told->line.inStock;
    } else if (const auto &paid = m_prices->lastPaid()) {
        line.unitPrice = paid->unitPrice;
        line.pricedAt = paid->at;
    }
    const std::string &currency = told ? told->currency : m_currency;
    Q_EMIT cartWanted(m_account, currency, line);
}

} // namespace Counterfoil
