#include "reviewsheet.h"

#include "command.h"
#include "display.h"
#include "exactvalue.h"
#include "factsgrid.h"
#include "linesmodel.h"
#include "linesview.h"
#include "quoteport.h"
#include "type.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace Counterfoil {

namespace {

constexpr int reviewSheetDigits = 96;
constexpr int reviewFactDigits = 17;
constexpr int mostReviewFacts = 5;

} // namespace

ReviewSheet::ReviewSheet(QWidget *window, const PaneContext &context, QuotePort &quotes,
                         const std::string &cartKey, const Cart &cart)
    : ReviewSheet(window, context, quotes, cartKey, cart, build())
{ }

ReviewSheet::ReviewSheet(QWidget *window, PaneContext context, QuotePort &quotes, std::string cartKey,
                         Cart cart, const Body &body)
    : FormSheet(window, tr("Review the order"), body.widget, reviewSheetDigits, tr("Place the order"))
    , m_context(std::move(context))
    , m_quotes(quotes)
    , m_cartKey(std::move(cartKey))
    , m_body(body)
    , m_cart(std::move(cart))
{
    connect(&quotes, &QuotePort::answered, this, [this](quint64 number, const Quote &quote) {
        if (number == m_asked)
            take(quote);
    });
    connect(&quotes, &QuotePort::failed, this, [this](quint64 number, const Error &error) {
        if (number == m_asked)
            showOffline(error);
    });
    connect(m_body.take, &QPushButton::clicked, this,
            [this] { takeOffer(m_body.impossible.view->currentIndex().row()); });
    connect(m_body.remove, &QPushButton::clicked, this,
            [this] { removeLine(m_body.impossible.view->currentIndex().row()); });
    connect(this, &FormSheet::closed, this, [this] {
        if (!m_answered)
            m_quotes.forget(m_asked);
    });
    ask();
}

ReviewSheet::Group ReviewSheet::addGroup(QWidget &parent, const QString &name)
{
    Group group;
    group.title = new QLabel(&parent);
    Type::set(*group.title, Type::Role::Strong);
    group.model = new LinesModel(tr("Item"), &parent);
    group.view = new LinesView(*group.model, &parent);
    group.view->setAccessibleName(name);
    parent.layout()->addWidget(group.title);
    parent.layout()->addWidget(group.view);
    return group;
}

ReviewSheet::Body ReviewSheet::build()
{
    Body body{};
    body.widget = new QWidget;
    auto *layout = new QVBoxLayout(body.widget);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Space::small);
    body.intro = new QLabel(body.widget);
    body.intro->setWordWrap(true);
    body.intro->setTextFormat(Qt::PlainText);
    layout->addWidget(body.intro);
    body.impossible = addGroup(*body.widget, tr("Lines that cannot be ordered"));
    body.deeds = new QWidget(body.widget);
    auto *deeds = new QHBoxLayout(body.deeds);
    deeds->setContentsMargins(0, 0, 0, 0);
    body.take = new QPushButton(tr("Take what is offered"), body.deeds);
    body.take->setToolTip(tr("Enter"));
    body.remove = new QPushButton(tr("Remove the line"), body.deeds);
    body.remove->setToolTip(tr("Delete"));
    deeds->addWidget(body.take);
    deeds->addWidget(body.remove);
    deeds->addStretch();
    layout->addWidget(body.deeds);
    body.changed = addGroup(*body.widget, tr("Lines that have changed"));
    body.ready = addGroup(*body.widget, tr("Lines that are ready"));
    body.facts = new FactsGrid(reviewFactDigits, mostReviewFacts, body.widget);
    layout->addWidget(body.facts);
    body.notices = new QLabel(body.widget);
    body.notices->setWordWrap(true);
    body.notices->setTextFormat(Qt::PlainText);
    layout->addWidget(body.notices);
    body.acceptsHold = new QCheckBox(tr("Place it although it will be held"), body.widget);
    layout->addWidget(body.acceptsHold);
    layout->addStretch();
    return body;
}

void ReviewSheet::open()
{
    FormSheet::open(m_body.impossible.view);
}

void ReviewSheet::ask()
{
    QuoteRequest request;
    request.account = m_cart.account;
    request.cart
        = commandOfResult(m_cartKey).empty() ? m_cartKey : std::string(); // else it is to be made yet
    request.shipTo = m_cart.shipTo;
    request.poReference = m_cart.poReference;
    request.wantedOn = m_cart.wantedOn;
    for (const CartLine &line : m_cart.lines)
        request.lines.push_back({line.lineNumber, line.sku, line.quantity});
    if (m_asked != 0)
        m_quotes.forget(m_asked);
    m_answered = false;
    m_quote = {};
    m_body.acceptsHold->setChecked(false);
    m_body.intro->setText(tr("Asking the supplier for today's prices and stock…"));
    for (const Group *group : {&m_body.impossible, &m_body.changed, &m_body.ready}) {
        group->title->hide();
        group->view->hide();
    }
    m_body.deeds->hide();
    m_body.facts->hide();
    m_body.notices->hide();
    m_body.acceptsHold->hide();
    m_asked = m_quotes.ask(request);
}

void ReviewSheet::take(const Quote &quote)
{
    m_answered = true;
    m_offline = false;
    m_quote = quote;
    m_review = CartReview::of(m_cart, quote, m_context.person.seesPrices);
    const bool asks = std::ranges::find(quote.notices, "approval", &QuoteNotice::code) != quote.notices.end();
    setSaveText(asks ? tr("Ask for approval") : tr("Place the order"));
    m_body.intro->setText(tr("As the supplier says on %1.").arg(Display::dateAndTime(quote.at)));
    tell({}, Tone::Neutral);
    showGroups();
    showTotals();
    showNotices();
    Q_EMIT shown();
}

void ReviewSheet::showOffline(const Error &error)
{
    m_answered = true;
    m_offline = true;
    m_review = {};
    for (const CartLine &line : m_cart.lines)
        m_review.ready.push_back({line, {}, {}, {}});
    m_body.intro->setText(
        tr("Today’s prices cannot be asked for: %1\nThe prices below are as old as their dates say. Queue "
           "the "
           "order, and it is sent as soon as there is a connection. It is placed only if everything is then "
           "as it stands here; otherwise it comes back to you with what is different.",
           "why, a sentence")
            .arg(error.userText));
    setSaveText(tr("Queue the order"));
    QList<LinesColumn> columns{{tr("Quantity"), 0}};
    if (m_context.person.seesPrices)
        columns += {{tr("Price"), 1}, {tr("Price of"), 2}};
    QList<LineWords> words;
    for (const CartLine &line : m_cart.lines) {
        LineWords each{line.lineNumber, Display::text(line.sku), Display::text(line.description)};
        each.values = {Display::quantity(line.quantity)};
        if (m_context.person.seesPrices && line.pricedAt.isSet())
            each.values
                += {Display::unitPrice(line.unitPrice, m_cart.currency), Display::shortDate(line.pricedAt)};
        else if (m_context.person.seesPrices)
            each.values += {QString(), tr("not known yet")};
        words.append(each);
    }
    m_body.ready.model->setLines(columns, words);
    m_body.ready.title->setText(tr("Lines · %1").arg(m_cart.lines.size()));
    m_body.ready.title->show();
    m_body.ready.view->show();
    m_body.ready.view->setFocus(Qt::OtherFocusReason);
    Q_EMIT shown();
}

void ReviewSheet::showGroup(const Group &group, const QString &title, const std::vector<ReviewedLine> &lines,
                            bool was)
{
    const bool prices = m_context.person.seesPrices;
    const std::string &currency = m_quote.currency;
    QList<LinesColumn> columns{{tr("Quantity"), 0}};
    if (prices && was)
        columns.append({tr("Was"), 2});
    if (prices)
        columns += {{was ? tr("Now") : tr("Price"), 1}, {tr("Net"), 3}};
    QList<LineWords> words;
    for (const ReviewedLine &line : lines) {
        const std::string &description
            = line.now.description.empty() ? line.line.description : line.now.description;
        LineWords each{line.line.lineNumber, Display::text(line.line.sku), Display::text(description)};
        each.notes = line.why.split(u'\n', Qt::SkipEmptyParts);
        if (line.canBeTaken())
            each.notes.append(tr("%1 (Enter)", "what is offered, and its key").arg(line.offer));
        each.values = {Display::quantity(line.line.quantity)};
        const bool possible = line.now.possible;
        if (prices && was)
            each.values.append(line.line.pricedAt.isSet() ? Display::unitPrice(line.line.unitPrice, currency)
                                                          : QString());
        if (prices)
            each.values += {possible ? Display::unitPrice(line.now.unitPrice, currency) : QString(),
                            possible ? Display::money(line.now.net, currency) : QString()};
        words.append(each);
    }
    group.model->setLines(columns, words);
    group.title->setText(title);
    group.title->setVisible(!lines.empty());
    group.view->setVisible(!lines.empty());
}

void ReviewSheet::showGroups()
{
    showGroup(m_body.impossible, tr("Not possible · %1").arg(m_review.impossible.size()), m_review.impossible,
              false);
    showGroup(m_body.changed, tr("Changed · %1").arg(m_review.changed.size()), m_review.changed, true);
    showGroup(m_body.ready, tr("Ready · %1").arg(m_review.ready.size()), m_review.ready, false);
    m_body.deeds->setVisible(!m_review.impossible.empty());
    m_body.take->setEnabled(std::ranges::any_of(m_review.impossible, &ReviewedLine::canBeTaken));
    const Group &first = !m_review.impossible.empty() ? m_body.impossible
        : !m_review.changed.empty()                   ? m_body.changed
                                                      : m_body.ready;
    if (first.model->rowCount() > 0)
        first.view->setCurrentIndex(first.model->index(0, 0));
    first.view->setFocus(Qt::OtherFocusReason);
}

void ReviewSheet::showTotals()
{
    const auto money = [this](Amount amount) { return Display::money(amount, m_quote.currency); };
    QList<Fact> facts;
    const bool hasAmounts = !m_quote.currency.empty(); // not where the whole is refused
    if (m_context.person.seesPrices && hasAmounts) {
        QString freight = money(m_quote.freight);
        if (m_quote.freeFreightFrom > Amount() && m_quote.freight > Amount())
            freight += u'\n'
                + tr("free from %1, %2 more", "net amounts")
                      .arg(money(m_quote.freeFreightFrom), money(m_quote.freeFreightFrom - m_quote.net));
        facts = {{tr("Net"), money(m_quote.net)},
                 {tr("Freight"), freight},
                 {tr("Tax"), money(m_quote.tax)},
                 {tr("Total"), money(m_quote.total)}};
        if (m_quote.creditTold && m_quote.creditLimited)
            facts.append({tr("Credit left"),
                          money(m_quote.creditAfter) + u'\n'
                              + tr("%1 before this order").arg(money(m_quote.creditAvailable))});
    }
    m_body.facts->setFacts(facts);
    m_body.facts->setVisible(!facts.isEmpty());
}

void ReviewSheet::showNotices()
{
    QStringList sentences;
    if (m_quote.willHold)
        sentences.append(Display::text(m_quote.holdReason));
    for (const QuoteNotice &notice : m_quote.notices) {
        if (notice.code != "credit-hold" || !m_quote.willHold)
            sentences.append(Display::text(notice.text));
    }
    const QString why = obstacle();
    sentences.removeAll(why); // told below
    m_body.notices->setText(sentences.join(u'\n'));
    m_body.notices->setVisible(!sentences.isEmpty());
    m_body.acceptsHold->setVisible(m_quote.willHold);
    if (!why.isEmpty())
        tell(why, Tone::Warn);
}

QString ReviewSheet::obstacle() const
{
    if (!m_answered)
        return tr("The supplier has not answered yet. Wait a moment.");
    if (m_cart.lines.empty())
        return tr("There is nothing in the cart.");
    if (m_offline)
        return {};
    const auto refused = std::ranges::find(m_quote.notices, "refused", &QuoteNotice::code);
    if (refused != m_quote.notices.end()) // the lines cannot be ordered because of it
        return Display::text(refused->text);
    if (!m_review.impossible.empty())
        return tr("%Ln lines cannot be ordered. Take what is offered, or remove them.", nullptr,
                  static_cast<int>(m_review.impossible.size()));
    const auto forbidding = std::ranges::find_if(m_quote.notices, &QuoteNotice::forbids);
    return forbidding == m_quote.notices.end() ? QString() : Display::text(forbidding->text);
}

void ReviewSheet::takeOffer(int row)
{
    if (!m_answered || row < 0 || row >= static_cast<int>(m_review.impossible.size()))
        return;
    const ReviewedLine &chosen = m_review.impossible[static_cast<std::size_t>(row)];
    if (!chosen.canBeTaken()) {
        tell(tr("Nothing is offered instead of this item. Remove the line with Delete."), Tone::Warn);
        return;
    }
    std::vector<CartLine> lines = m_cart.lines;
    for (CartLine &line : lines) {
        if (line.lineNumber == chosen.line.lineNumber)
            line = asOffered(chosen);
    }
    replaceLines(std::move(lines));
}

void ReviewSheet::removeLine(int row)
{
    if (!m_answered || row < 0 || row >= static_cast<int>(m_review.impossible.size()))
        return;
    const std::int64_t number = m_review.impossible[static_cast<std::size_t>(row)].line.lineNumber;
    std::vector<CartLine> lines = m_cart.lines;
    std::erase_if(lines, [number](const CartLine &line) { return line.lineNumber == number; });
    replaceLines(std::move(lines));
}

void ReviewSheet::replaceLines(std::vector<CartLine> lines)
{
    m_cart.lines = std::move(lines);
    for (std::size_t i = 0; i < m_cart.lines.size(); ++i)
        m_cart.lines[i].lineNumber = static_cast<std::int64_t>(i) + 1;
    Q_EMIT cartChanged(m_cart);
    if (m_cart.lines.empty())
        return end();
    ask();
}

void ReviewSheet::keyPressEvent(QKeyEvent *event)
{
    if (event->isAutoRepeat())
        return; // whoever still holds the keys that opened this has not seen it
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (m_body.impossible.view->hasFocus()) {
        const int row = m_body.impossible.view->currentIndex().row();
        if (event->key() == Qt::Key_Delete)
            return removeLine(row);
        if (enter && event->modifiers() == Qt::NoModifier)
            return takeOffer(row);
    }
    FormSheet::keyPressEvent(event);
}

void ReviewSheet::save()
{
    if (const QString why = obstacle(); !why.isEmpty())
        return tell(why, Tone::Warn);
    if (!m_offline && m_quote.willHold && !m_body.acceptsHold->isChecked()) {
        m_body.acceptsHold->setFocus(Qt::OtherFocusReason);
        return tell(tr("The order will be held. Tick the box if you want it nevertheless."), Tone::Warn);
    }
    Cart seen = m_offline ? m_cart : asQuoted(m_cart, m_quote);
    seen.acceptsHold = !m_offline && m_quote.willHold && m_body.acceptsHold->isChecked();
    Q_EMIT placeWanted(seen); // before the review ends, until when the cart is held as it is seen
    end();
}

} // namespace Counterfoil
