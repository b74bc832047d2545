#include "decidesheet.h"

#include "clock.h"
#include "display.h"
#include "factsgrid.h"
#include "flowlayout.h"
#include "formfield.h"
#include "partlist.h"
#include "statuswording.h"
#include "type.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

namespace Counterfoil {

namespace {

constexpr int decideDigits = 96; // how wide the sheet is
constexpr int sumDigits = 17;
constexpr int mostSums = 4;
constexpr std::int64_t pointsPerPercent = 100; // of a fee

std::optional<Decimal> quantityTyped(const QString &text)
{
    const QString typed = text.trimmed();
    if (typed.isEmpty() || typed == QLatin1String("0"))
        return Decimal();
    const PartRow read = PartList::quantityOf(typed);
    return read.state == PartRow::State::Good ? std::optional(read.quantity) : std::nullopt;
}

// In hundredths of a per cent; none: not between nought and a hundred per cent.
std::optional<std::int64_t> feeTyped(const QString &text)
{
    const auto fee = Decimal::parse(text.trimmed().isEmpty() ? "0" : text.trimmed().toStdString());
    const std::int64_t points = fee ? fee->millionths * pointsPerPercent / Decimal::one : -1;
    return points >= 0 && points <= 100 * pointsPerPercent ? std::optional(points) : std::nullopt;
}

QString feeText(std::int64_t points)
{
    return QString::fromStdString(Decimal{points * Decimal::one / pointsPerPercent}.toString());
}

QString titleOf(ReturnDecision decision, const Return &record)
{
    const QString number = Display::text(record.number);
    return decision == ReturnDecision::Refuse ? DecideSheet::tr("Refuse the return %1").arg(number)
                                              : DecideSheet::tr("Authorise the return %1").arg(number);
}

} // namespace

DecideSheet::DecideSheet(QWidget *window, const PaneContext &context, ReturnCase about, const Return &record,
                         ReturnDecision decision)
    : DecideSheet(window, context, std::move(about), record, decision, build())
{ }

DecideSheet::DecideSheet(QWidget *window, const PaneContext &context, ReturnCase about, const Return &record,
                         ReturnDecision decision, const Body &body)
    : FormSheet(window, titleOf(decision, record), body.widget, decideDigits, tr("Authorise"))
    , m_context(context)
    , m_case(std::move(about))
    , m_facts(m_case.facts(context.clock.now()))
    , m_record(record)
    , m_refuses(decision == ReturnDecision::Refuse)
    , m_body(body)
{
    m_body.intro->setText(tr("Order %1, asked for by %2 on %3.", "a number, a person and a time")
                              .arg(Display::text(record.orderNumber), Display::text(record.requestedBy),
                                   Display::dateAndTime(record.requestedAt))
                          + (record.comment.empty() ? QString() : u'\n' + Display::text(record.comment)));
    m_body.outcome->setChoices(choicesOf("returnOutcome", returnOutcomes()));
    m_body.outcome->setValue(Display::text(record.outcome));
    m_body.refusal->setHint(tr("The buyer reads this"));
    for (const ReturnLine &line : record.lines)
        addLine(line);
    m_body.outcome->setVisible(!m_refuses);
    m_body.lines->setVisible(!m_refuses);
    m_body.facts->setVisible(!m_refuses);
    m_body.refusal->setVisible(m_refuses);
    connect(m_body.outcome, &FormField::edited, this, &DecideSheet::noteEdit);
    connect(m_body.refusal, &FormField::edited, this, &DecideSheet::noteEdit);
    showTotals();
    setKeeps(false); // by then it may have been decided
    setEnterSaves(decision == ReturnDecision::Authorise);
    if (decision == ReturnDecision::Change && !m_lines.isEmpty())
        m_lines.first().authorised->editor()->setFocus();
}

DecideSheet::Body DecideSheet::build()
{
    Body body{};
    body.widget = new QWidget;
    body.intro = new QLabel(body.widget);
    body.intro->setWordWrap(true);
    body.intro->setTextFormat(Qt::PlainText);
    body.outcome = new FormField(FormField::Kind::Choice, tr("Outcome"), body.widget);
    body.lines = new QWidget(body.widget);
    auto *lines = new QVBoxLayout(body.lines);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->setSpacing(Space::large);
    body.refusal = new FormField(FormField::Kind::Lines, tr("Why it is refused"), body.widget);
    body.facts = new FactsGrid(sumDigits, mostSums, body.widget);
    auto *layout = new QVBoxLayout(body.widget);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Space::large);
    layout->addWidget(body.intro);
    layout->addWidget(body.lines);
    layout->addWidget(body.outcome);
    layout->addWidget(body.refusal);
    layout->addWidget(body.facts);
    layout->addStretch();
    return body;
}

QList<Choice> DecideSheet::choicesOf(const char *subject, std::span<const std::string_view> codes) const
{
    QList<Choice> choices;
    for (const std::string_view code : codes)
        choices.append({Display::text(std::string(code)), m_context.wording.of(subject, code).label});
    return choices;
}

void DecideSheet::addLine(const ReturnLine &line)
{
    auto *box = new QWidget(m_body.lines);
    auto *title = new QLabel(tr("%1 · %2", "an item and its description")
                                 .arg(Display::text(line.sku), Display::text(line.description)),
                             box);
    title->setTextFormat(Qt::PlainText);
    Type::set(*title, Type::Role::Strong);
    QStringList said{tr("%1 asked for", "a quantity").arg(Display::quantity(line.quantity)),
                     m_context.wording.of("returnReason", line.reason).label, Display::text(line.comment)};
    for (const ReturnAnswer &answer : m_record.answers) {
        if (answer.lineNumber == line.lineNumber)
            said.append(Display::text(answer.text));
    }
    said.removeAll(QString());
    auto *about = new QLabel(said.join(QStringLiteral(" · ")), box);
    about->setTextFormat(Qt::PlainText);
    about->setWordWrap(true);
    Type::setMuted(*about);
    Line fields{new FormField(FormField::Kind::Line,
                              tr("Authorise, of %1", "a quantity").arg(Display::quantity(line.quantity)),
                              box),
                new FormField(FormField::Kind::Line, tr("Restocking fee in %"), box),
                new FormField(FormField::Kind::Choice, tr("What becomes of it"), box),
                new FormField(FormField::Kind::Line, tr("Why not all of it"), box)};
    fields.authorised->setValue(QString::fromStdString(line.quantity.toString()));
    fields.fee->setValue(feeText(line.feeBasisPoints));
    fields.disposition->setChoices(choicesOf("returnDisposition", returnDispositions()));
    fields.disposition->setHint(tr("Decided at inspection"));
    fields.disposition->setValue(Display::text(line.disposition));
    fields.refusal->setHint(tr("The buyer reads this"));
    fields.refusal->hide();
    auto *row = new QHBoxLayout;
    row->setSpacing(Space::medium);
    row->addWidget(fields.authorised, 2);
    row->addWidget(fields.fee, 2);
    row->addWidget(fields.disposition, 3);
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Space::unit);
    layout->addWidget(title);
    layout->addWidget(about);
    layout->addLayout(row);
    layout->addWidget(fields.refusal);
    m_body.lines->layout()->addWidget(box);
    for (FormField *field : {fields.authorised, fields.fee, fields.disposition, fields.refusal})
        connect(field, &FormField::edited, this, &DecideSheet::noteEdit);
    m_lines.append(fields);
}

void DecideSheet::noteEdit()
{
    m_typed = true;
    setEnterSaves(false); // Enter may be meant for what is typed
    tell({}, Tone::Neutral);
    showTotals();
}

bool DecideSheet::readLine(std::size_t index, ReturnLine &line) const
{
    const Line &fields = m_lines[static_cast<qsizetype>(index)];
    const auto quantity = quantityTyped(fields.authorised->value());
    const auto fee = feeTyped(fields.fee->value());
    line.authorised = quantity.value_or(line.quantity);
    line.feeBasisPoints = fee.value_or(line.feeBasisPoints);
    line.disposition = fields.disposition->value().toStdString();
    line.refusal
        = line.authorised < line.quantity ? fields.refusal->value().trimmed().toStdString() : std::string();
    return quantity && fee;
}

Return DecideSheet::filledIn() const
{
    Return decided = m_record;
    decided.outcome = m_body.outcome->value().toStdString();
    decided.refusal = m_refuses ? m_body.refusal->value().trimmed().toStdString() : std::string();
    decided.units = {};
    for (std::size_t i = 0; i < decided.lines.size(); ++i) {
        ReturnLine &line = decided.lines[i];
        if (m_refuses)
            line.authorised = {};
        else
            readLine(i, line);
        decided.units += line.authorised;
    }
    setExpected(decided, creditParts(decided, m_facts, ReturnQuantity::Authorised));
    return decided;
}

void DecideSheet::showTotals()
{
    const Return decided = filledIn();
    for (std::size_t i = 0; i < decided.lines.size(); ++i)
        m_lines[static_cast<qsizetype>(i)].refusal->setVisible(decided.lines[i].authorised
                                                               < decided.lines[i].quantity);
    const auto money = [&decided](Amount amount) { return Display::money(amount, decided.currency); };
    Decimal asked;
    for (const ReturnLine &line : m_record.lines)
        asked += line.quantity;
    m_body.facts->setFacts({{tr("Expected when asked for"), money(m_record.expectedCredit)},
                            {tr("Restocking fee"), money(decided.restockingFee)},
                            {tr("Credit as decided"), money(decided.expectedCredit)}});
    const QString units = tr("Authorise %1 of %2", "how many units, of how many asked for")
                              .arg(Display::quantity(decided.units), Display::quantity(asked));
    m_saying = m_refuses ? tr("Refuse the return")
        : decided.outcome == ReturnOutcome::repair
        ? units
        : tr("%1 · %2 credit", "“Authorise 2 of 6”, and an amount").arg(units, money(decided.expectedCredit));
    setSaveText(m_saying);
}

void DecideSheet::open()
{
    FormSheet::open(m_refuses               ? m_body.refusal->editor()
                        : m_lines.isEmpty() ? m_body.outcome->editor()
                                            : m_lines.first().authorised->editor());
}

void DecideSheet::save()
{
    Return decided = filledIn();
    if (m_refuses && decided.refusal.empty())
        return tell(tr("Say why it is refused: the buyer reads it."), Tone::Warn);
    for (std::size_t i = 0; !m_refuses && i < decided.lines.size(); ++i) {
        ReturnLine &line = decided.lines[i];
        const Line &fields = m_lines[static_cast<qsizetype>(i)];
        if (!readLine(i, line)) {
            fields.authorised->editor()->setFocus(Qt::OtherFocusReason);
            return tell(tr("Type how many are authorised, and a fee between 0 and 100 per cent."),
                        Tone::Warn);
        }
        if (line.authorised < line.quantity && line.refusal.empty()) {
            fields.refusal->editor()->setFocus(Qt::OtherFocusReason);
            return tell(tr("Say why not all of %1 is authorised: the buyer reads it.", "an item")
                            .arg(Display::text(line.sku)),
                        Tone::Warn);
        }
    }
    if (!m_refuses && decided.units.isZero())
        return tell(tr("Nothing would be authorised. Refuse the return instead, and say why."), Tone::Warn);
    const auto objections = objectionsToDecision(decided, m_facts);
    if (!m_refuses && !objections.empty())
        return tell(sentenceOf(objections.front()), Tone::Warn);
    Q_EMIT this->decided(decided);
    end();
}

} // namespace Counterfoil
