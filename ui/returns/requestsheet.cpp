#include "requestsheet.h"

#include "attachmentfield.h"
#include "clock.h"
#include "display.h"
#include "factsgrid.h"
#include "flowlayout.h"
#include "formfield.h"
#include "recordheader.h"
#include "recordview.h"
#include "requestlines.h"
#include "statuswording.h"
#include "type.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

namespace Counterfoil {

namespace {

constexpr int requestDigits = 104; // how wide the sheet is
constexpr int mostRowsSeen = 7;    // of the lines; the rest is scrolled to
constexpr int factDigits = 17;
constexpr int mostFacts = 5;

FormField::Kind fieldKindOf(const ReturnQuestion &question)
{
    return question.kind == "choice" || question.kind == "flag" ? FormField::Kind::Choice
                                                                : FormField::Kind::Line;
}

QList<Choice> choicesOf(const ReturnQuestion &question)
{
    QList<Choice> choices;
    if (!question.required)
        choices.append({QString(), RequestSheet::tr("Not answered")});
    if (question.kind == "flag")
        return choices
            + QList<Choice>{{QStringLiteral("yes"), RequestSheet::tr("Yes")},
                            {QStringLiteral("no"), RequestSheet::tr("No")}};
    const QStringList texts = Display::text(question.choices).split(u'\n', Qt::SkipEmptyParts);
    for (const QString &text : texts)
        choices.append({text, text});
    return choices;
}

} // namespace

RequestSheet::RequestSheet(QWidget *window, const PaneContext &context, ReturnCase about,
                           const std::set<std::int64_t> &lines)
    : RequestSheet(window, context, std::move(about), lines, build())
{ }

RequestSheet::RequestSheet(QWidget *window, const PaneContext &context, ReturnCase about,
                           const std::set<std::int64_t> &lines, const Body &body)
    : FormSheet(window, tr("Return goods"), body.widget, requestDigits, tr("Return"))
    , m_context(context)
    , m_case(std::move(about))
    , m_facts(m_case.facts(context.clock.now()))
    , m_body(body)
    , m_lines(new RequestLines(this))
    , m_view(new RecordView(context.clock, body.widget))
{
    addLines();
    addFiles();
    QList<Choice> reasons;
    if (m_facts.rules) {
        for (const ReturnReason &reason : m_facts.rules->reasons)
            reasons.append({Display::text(reason.code), Display::text(reason.label)});
    }
    m_body.reason->setChoices(reasons);
    m_body.reason->setHint(tr("Choose why it comes back"));
    m_body.outcome->setHint(tr("Choose what is to become of it"));
    connect(m_body.reason, &FormField::edited, this, &RequestSheet::takeReason);
    for (FormField *field : {m_body.outcome, m_body.comment})
        connect(field, &FormField::edited, this, &RequestSheet::showTotals);
    connect(m_lines, &RequestLines::edited, this, [this] {
        tell({}, Tone::Neutral);
        showTotals();
    });
    connect(m_lines, &RequestLines::refused, this,
            [this](const QString &sentence) { tell(sentence, Tone::Warn); });
    connect(m_view, &RecordView::currentRowChanged, this, &RequestSheet::showWhy);
    showIntro();
    takeReason();
    const auto possible = returnableLines(m_facts);
    for (int row = 0; row < m_lines->rowCount(); ++row) {
        const ReturnableLine &line = possible[static_cast<std::size_t>(row)];
        if (lines.contains(line.orderLine) || m_lines->rowCount() == 1)
            m_lines->setData(m_lines->index(row, RequestLines::Quantity),
                             QString::fromStdString(line.returnable.toString()), Qt::EditRole);
    }
    begin();
}

RequestSheet::Body RequestSheet::build()
{
    Body body{};
    body.widget = new QWidget;
    body.intro = new QLabel(body.widget);
    body.intro->setWordWrap(true);
    body.intro->setTextFormat(Qt::PlainText);
    body.reason = new FormField(FormField::Kind::Choice, tr("Reason"), body.widget);
    body.outcome = new FormField(FormField::Kind::Choice, tr("What you would like"), body.widget);
    body.questions = new QWidget(body.widget);
    auto *questions = new QVBoxLayout(body.questions);
    questions->setContentsMargins(0, 0, 0, 0);
    questions->setSpacing(Space::small);
    body.why = new QLabel(body.widget);
    body.why->setWordWrap(true);
    body.why->setTextFormat(Qt::PlainText);
    Type::setMuted(*body.why);
    body.comment = new FormField(FormField::Kind::Lines, tr("Comment"), body.widget);
    body.facts = new FactsGrid(factDigits, mostFacts, body.widget);
    auto *first = new QHBoxLayout;
    first->setSpacing(Space::medium);
    first->addWidget(body.reason, 1);
    first->addWidget(body.outcome, 1);
    auto *layout = new QVBoxLayout(body.widget);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Space::medium);
    layout->addWidget(body.intro);
    layout->addLayout(first);
    layout->addWidget(body.questions);
    layout->addWidget(body.why);
    layout->addWidget(body.comment);
    layout->addWidget(body.facts);
    layout->addStretch();
    return body;
}

void RequestSheet::addLines()
{
    m_view->setModel(m_lines);
    m_view->setAccessibleName(tr("Lines that can come back; type how many"));
    m_view->setStrongColumn(RequestLines::Item);
    m_view->setEditTriggers(QAbstractItemView::AnyKeyPressed | QAbstractItemView::EditKeyPressed
                            | QAbstractItemView::DoubleClicked);
    RecordHeader &header = m_view->recordHeader();
    header.setSortIndicatorShown(false);
    header.setSectionsClickable(false);
    header.setSectionsMovable(false);
    const int digit = fontMetrics().horizontalAdvance(QLatin1Char('0'));
    header.setSectionResizeMode(RequestLines::Possible, QHeaderView::Stretch);
    header.resizeSection(RequestLines::Item, 16 * digit);
    header.resizeSection(RequestLines::Description, 30 * digit);
    header.resizeSection(RequestLines::Quantity, 12 * digit);
    m_view->installEventFilter(this);
    auto *layout = static_cast<QVBoxLayout *>(m_body.widget->layout());
    layout->insertWidget(layout->indexOf(m_body.why), m_view);
    connect(m_view, &RecordView::opened, this, [this](const QModelIndex &index) {
        m_view->edit(index.siblingAtColumn(RequestLines::Quantity));
    });
}

void RequestSheet::keepNothing()
{
    setKeeps(false);
    tell(tr("Too many returns are kept for later to keep this one, too. Ask for it now, or go on with one of "
            "those first."),
         Tone::Warn);
}

void RequestSheet::addFiles()
{
    if (!m_context.attachments)
        return;
    m_files = new AttachmentField(*m_context.attachments, m_body.widget);
    m_files->setAccount(Display::text(m_case.order.account));
    m_files->listenTo(m_body.widget);
    m_files->listenTo(m_body.comment->editor());
    auto *layout = static_cast<QVBoxLayout *>(m_body.widget->layout());
    layout->insertWidget(layout->indexOf(m_body.comment) + 1, m_files);
    connect(m_files, &AttachmentField::edited, this, &RequestSheet::showTotals);
    connect(m_files, &AttachmentField::refused, this,
            [this](const QString &sentence) { tell(sentence, Tone::Warn); });
    connect(this, &FormSheet::closed, this, [this](bool keepTyped) {
        if (!keepTyped && !m_asked)
            m_files->dropAll();
    });
}

void RequestSheet::showIntro()
{
    const QString order = Display::text(m_case.order.number);
    QString from = tr("From order %1.", "its number").arg(order);
    const auto shipment = std::ranges::find(m_case.shipments, m_case.shipment, &Shipment::key);
    const auto invoice = std::ranges::find(m_case.invoices, m_case.invoice, &Invoice::key);
    if (shipment != m_case.shipments.end())
        from = tr("From shipment %1 of order %2.").arg(Display::text(shipment->number), order);
    else if (invoice != m_case.invoices.end())
        from = tr("From invoice %1 of order %2.").arg(Display::text(invoice->number), order);
    if (!m_facts.rules || !m_facts.rules->accepts)
        from += u' ' + tr("The supplier takes nothing back from this account. Call them about it.");
    else
        from += u' ' + tr("Type how many of each come back.");
    m_body.intro->setText(from);
}

const ReturnReason *RequestSheet::chosenReason() const
{
    return m_facts.rules ? m_facts.rules->findReason(m_body.reason->value().toStdString()) : nullptr;
}

QList<Choice> RequestSheet::outcomesOf(const ReturnReason &reason) const
{
    QList<Choice> choices;
    const QStringList codes = Display::text(reason.outcomes).split(u' ', Qt::SkipEmptyParts);
    for (const QString &code : codes)
        choices.append({code, m_context.wording.of("returnOutcome", code.toStdString()).label});
    return choices;
}

void RequestSheet::takeReason()
{
    const ReturnReason *reason = chosenReason();
    const QList<Choice> outcomes = reason ? outcomesOf(*reason) : QList<Choice>();
    m_body.outcome->setChoices(outcomes);
    m_body.outcome->setVisible(outcomes.size() > 1);
    const bool kept = std::ranges::any_of(
        outcomes, [this](const Choice &c) { return c.value == m_body.outcome->value(); });
    if (!kept)
        m_body.outcome->setValue(outcomes.isEmpty() ? QString() : outcomes.first().value);
    showQuestions(reason ? m_facts.rules->questionsOf(reason->code) : std::vector<const ReturnQuestion *>());
    showLines();
}

void RequestSheet::showQuestions(const std::vector<const ReturnQuestion *> &questions)
{
    qDeleteAll(m_questions);
    m_questions.clear();
    for (const ReturnQuestion *question : questions) {
        auto *field = new FormField(fieldKindOf(*question), Display::text(question->text), m_body.questions);
        field->setObjectName(Display::text(question->code));
        if (fieldKindOf(*question) == FormField::Kind::Choice)
            field->setChoices(choicesOf(*question));
        field->setHint(question->kind == "date" ? tr("2026-12-01")
                           : question->required ? tr("The supplier needs to know this")
                                                : QString());
        m_body.questions->layout()->addWidget(field);
        m_questions.append(field);
    }
    m_body.questions->setVisible(!m_questions.isEmpty());
    QWidget *before = m_body.outcome->editor();
    for (FormField *field : std::as_const(m_questions)) {
        QWidget::setTabOrder(before, field->editor());
        before = field->editor();
    }
    QWidget::setTabOrder(before, m_view);
}

void RequestSheet::showLines()
{
    const auto possible = returnableLines(m_facts, m_body.reason->value().toStdString());
    m_possible = {};
    for (const ReturnableLine &line : possible)
        m_possible += line.returnable;
    m_lines->setLines(m_case.order, possible);
    const int rows = std::clamp(m_lines->rowCount(), 1, mostRowsSeen);
    m_view->setFixedHeight(m_view->recordHeader().sizeHint().height() + rows * Type::rowHeight() + 2);
    if (!m_view->currentIndex().isValid() && m_lines->rowCount() > 0)
        m_view->setCurrentIndex(m_lines->index(0, RequestLines::Quantity));
    showWhy();
    showTotals();
}

void RequestSheet::showWhy()
{
    const QString why = m_lines->objection(m_view->currentIndex().row());
    m_body.why->setText(why);
    m_body.why->setVisible(!why.isEmpty());
}

Return RequestSheet::filledIn() const
{
    Return wanted;
    wanted.account = m_case.order.account;
    wanted.order = m_case.order.key;
    wanted.shipment = m_case.shipment;
    wanted.invoice = m_case.invoice;
    wanted.currency = m_case.order.currency;
    wanted.reason = m_body.reason->value().toStdString();
    wanted.outcome = m_body.outcome->value().toStdString();
    wanted.comment = m_body.comment->value().trimmed().toStdString();
    const ReturnReason *reason = chosenReason();
    for (ReturnLine line : m_lines->wanted()) {
        if (line.quantity.isZero())
            continue;
        line.lineNumber = static_cast<std::int64_t>(wanted.lines.size()) + 1;
        line.reason = wanted.reason;
        line.feeBasisPoints = reason ? reason->feeBasisPoints : 0;
        wanted.units += line.quantity;
        for (const FormField *field : m_questions) {
            if (const QString answer = field->value().trimmed(); !answer.isEmpty())
                wanted.answers.push_back(
                    {line.lineNumber, field->objectName().toStdString(), answer.toStdString()});
        }
        wanted.lines.push_back(std::move(line));
    }
    if (m_files)
        wanted.attachments = m_files->files();
    setExpected(wanted, creditParts(wanted, m_facts, ReturnQuantity::Requested));
    return wanted;
}

void RequestSheet::fill(const Return &typed)
{
    // An outbox keeps what a person asked for, where a list's own reason is the lines'.
    const std::string &reason
        = typed.reason.empty() && !typed.lines.empty() ? typed.lines.front().reason : typed.reason;
    m_body.reason->setValue(Display::text(reason));
    takeReason();
    m_body.outcome->setValue(Display::text(typed.outcome));
    m_body.comment->setValue(Display::text(typed.comment));
    for (const ReturnAnswer &answer : typed.answers) {
        for (FormField *field : std::as_const(m_questions)) {
            if (field->objectName() == Display::text(answer.question))
                field->setValue(Display::text(answer.text));
        }
    }
    for (int row = 0; row < m_lines->rowCount(); ++row) {
        const std::int64_t number = m_lines->wanted()[static_cast<std::size_t>(row)].orderLine;
        const auto line = std::ranges::find(typed.lines, number, &ReturnLine::orderLine);
        m_lines->setData(m_lines->index(row, RequestLines::Quantity),
                         line == typed.lines.end() ? QString()
                                                   : QString::fromStdString(line->quantity.toString()),
                         Qt::EditRole);
    }
    if (m_files)
        m_files->setFiles(typed.attachments);
    showTotals();
}

// What it comes to, in the terms in which it will happen.
void RequestSheet::showTotals()
{
    const Return wanted = filledIn();
    const auto money = [&wanted](Amount amount) { return Display::money(amount, wanted.currency); };
    const bool credited
        = m_context.person.seesPrices && !wanted.lines.empty() && wanted.outcome != ReturnOutcome::repair;
    QList<Fact> facts;
    if (credited) {
        Amount goods;
        Amount tax;
        for (const ReturnAmount &amount : wanted.amounts) {
            goods += amount.goods;
            tax += amount.tax;
        }
        QString fee = money(wanted.restockingFee);
        if (const ReturnReason *reason = chosenReason(); reason && reason->feeBasisPoints > 0)
            fee += u'\n'
                + tr("%1 % of the goods", "a fee in per cent")
                      .arg(Display::quantity(Decimal{reason->feeBasisPoints * Decimal::one / 100}));
        facts = {{tr("Goods"), money(goods)},
                 {tr("Restocking fee"), fee},
                 {tr("Tax"), money(tax)},
                 {tr("Expected credit"), money(wanted.expectedCredit)}};
    }
    m_body.facts->setFacts(facts);
    m_body.facts->setVisible(!facts.isEmpty());
    const QString units = tr("Return %1 of %2", "how many units, of how many that can come back")
                              .arg(Display::quantity(wanted.units), Display::quantity(m_possible));
    m_saying = wanted.lines.empty() ? tr("Return")
        : credited
        ? tr("%1 · %2 credit", "“Return 2 of 6”, and an amount").arg(units, money(wanted.expectedCredit))
        : units;
    setSaveText(m_saying);
}

void RequestSheet::open()
{
    FormSheet::open(m_body.reason->editor());
}

bool RequestSheet::isTyped() const
{
    const Return now = filledIn();
    const auto quantityOf = [](const ReturnLine &line) { return std::pair(line.orderLine, line.quantity); };
    return now.reason != m_begun.reason || now.comment != m_begun.comment || now.outcome != m_begun.outcome
        || !std::ranges::equal(now.lines, m_begun.lines, {}, quantityOf, quantityOf)
        || !std::ranges::equal(now.answers, m_begun.answers, {}, &ReturnAnswer::text, &ReturnAnswer::text)
        || !std::ranges::equal(now.attachments, m_begun.attachments, {}, &Attachment::upload,
                               &Attachment::upload)
        || (m_files && m_files->isTaking());
}

void RequestSheet::save()
{
    const Return wanted = filledIn();
    if (wanted.lines.empty()) {
        m_view->setFocus(Qt::OtherFocusReason);
        return tell(tr("Type how many of a line come back."), Tone::Warn);
    }
    if (wanted.reason.empty()) {
        m_body.reason->editor()->setFocus(Qt::OtherFocusReason);
        return tell(tr("Choose why it comes back."), Tone::Warn);
    }
    if (m_files && m_files->isTaking())
        return tell(tr("A file is still being copied. Press again in a moment."), Tone::Info);
    const auto objections = objectionsTo(wanted, m_facts);
    if (!objections.empty())
        return tell(sentenceOf(objections.front()), Tone::Warn);
    m_asked = true;
    Q_EMIT requested(wanted);
    end();
}

// A figure typed on a row goes into its quantity, whatever column is chosen; Space takes all that can come
// back, or none of it.
bool RequestSheet::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_view || event->type() != QEvent::KeyPress)
        return FormSheet::eventFilter(watched, event);
    const auto &key = *static_cast<QKeyEvent *>(event);
    const QModelIndex quantity = m_view->currentIndex().siblingAtColumn(RequestLines::Quantity);
    if (!quantity.isValid())
        return false;
    if (key.key() == Qt::Key_Space) {
        const auto row = static_cast<std::size_t>(quantity.row());
        const bool none = m_lines->wanted()[row].quantity.isZero();
        const auto possible = returnableLines(m_facts, m_body.reason->value().toStdString());
        m_lines->setData(quantity,
                         none ? QString::fromStdString(possible[row].returnable.toString()) : QString(),
                         Qt::EditRole);
        return true;
    }
    if (!key.text().isEmpty() && key.text().front().isDigit())
        m_view->selectionModel()->setCurrentIndex(quantity, QItemSelectionModel::NoUpdate);
    return false;
}

} // namespace Counterfoil
