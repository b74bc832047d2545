#include "statementsheet.h"

#include "cachereaders.h"
#include "choicefield.h"
#include "clock.h"
#include "display.h"
#include "factsgrid.h"
#include "freshness.h"
#include "invoice.h"
#include "linesmodel.h"
#include "linesview.h"
#include "payment.h"
#include "statementpaper.h"
#include "statementwords.h"
#include "type.h"

#include <QDateEdit>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QStandardPaths>

#include <algorithm>
#include <initializer_list>
#include <utility>

namespace Counterfoil {

namespace {

constexpr int widthInDigits = 100;
constexpr int factDigits = 15;
constexpr int mostFacts = 6;

QDate qDate(Date date)
{
    return QDate(1970, 1, 1).addDays(date.daysSinceEpoch);
}

Date dateOf(QDate date)
{
    return Date::fromCivil(date.year(), date.month(), date.day());
}

// The periods that people ask for, ending today at the latest.
std::pair<QDate, QDate> periodOf(const QString &choice, QDate today)
{
    const QDate month(today.year(), today.month(), 1);
    const QDate quarter(today.year(), (today.month() - 1) / 3 * 3 + 1, 1);
    const QDate year(today.year(), 1, 1);
    if (choice == QLatin1String("lastMonth"))
        return {month.addMonths(-1), month.addDays(-1)};
    if (choice == QLatin1String("quarter"))
        return {quarter, today};
    if (choice == QLatin1String("lastQuarter"))
        return {quarter.addMonths(-3), quarter.addDays(-1)};
    if (choice == QLatin1String("year"))
        return {year, today};
    if (choice == QLatin1String("lastYear"))
        return {year.addYears(-1), year.addDays(-1)};
    return {month, today};
}

QDateEdit *dateEdit(const QString &name, QWidget *parent)
{
    auto *edit = new QDateEdit(parent);
    edit->setButtonSymbols(QAbstractSpinBox::NoButtons);
    edit->setAccessibleName(name);
    return edit;
}

} // namespace

StatementSheet::Body StatementSheet::build()
{
    Body body{};
    body.widget = new QWidget;
    body.account = new QLabel(body.widget);
    body.account->setTextFormat(Qt::PlainText);
    Type::setMuted(*body.account);
    body.period = new ChoiceField(body.widget);
    body.period->setAccessibleName(tr("Period"));
    body.period->setChoices({{QStringLiteral("month"), tr("This month")},
                             {QStringLiteral("lastMonth"), tr("Last month")},
                             {QStringLiteral("quarter"), tr("This quarter")},
                             {QStringLiteral("lastQuarter"), tr("Last quarter")},
                             {QStringLiteral("year"), tr("This year")},
                             {QStringLiteral("lastYear"), tr("Last year")},
                             {QStringLiteral("days"), tr("Between two days")}});
    body.days = new QWidget(body.widget);
    body.from = dateEdit(tr("First day"), body.days);
    body.to = dateEdit(tr("Last day"), body.days);
    auto *days = new QHBoxLayout(body.days);
    days->setContentsMargins(0, 0, 0, 0);
    days->addWidget(body.from);
    days->addWidget(new QLabel(tr("to", "between the first and the last day of a period"), body.days));
    days->addWidget(body.to);
    body.currency = new ChoiceField(body.widget);
    body.currency->setAccessibleName(tr("Currency"));
    auto *head = new QHBoxLayout;
    head->setSpacing(Space::small);
    head->addWidget(body.period);
    head->addWidget(body.days);
    head->addStretch();
    head->addWidget(body.currency);

    body.sums = new FactsGrid(factDigits, mostFacts, body.widget);
    body.entries = new LinesModel(tr("What"), body.widget);
    body.table = new LinesView(*body.entries, body.widget);
    body.table->setAccessibleName(tr("What changed the balance"));
    body.note = new QLabel(body.widget);
    body.note->setWordWrap(true);
    Type::setMuted(*body.note);
    body.agesTitle = new QLabel(body.widget);
    Type::set(*body.agesTitle, Type::Role::Strong);
    body.ages = new FactsGrid(factDigits, mostFacts, body.widget);
    auto *layout = new QVBoxLayout(body.widget);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Space::medium);
    layout->addWidget(body.account);
    layout->addLayout(head);
    for (QWidget *part :
         std::initializer_list<QWidget *>{body.sums, body.table, body.note, body.agesTitle, body.ages})
        layout->addWidget(part);
    return body;
}

StatementSheet::StatementSheet(QWidget *window, const PaneContext &context, const std::string &account)
    : StatementSheet(window, context, account, build())
{ }

StatementSheet::StatementSheet(QWidget *window, const PaneContext &context, std::string account,
                               const Body &body)
    : FormSheet(window, tr("Statement of account"), body.widget, widthInDigits, tr("Save as PDF…"))
    , m_context(context)
    , m_account(std::move(account))
    , m_body(body)
    , m_pace([this] { ask(); })
{
    setCancelText(tr("Close"));
    m_body.period->setValue(QStringLiteral("month"));
    connect(m_body.period, &ChoiceField::chosen, this, &StatementSheet::choosePeriod);
    connect(m_body.currency, &ChoiceField::chosen, this, [this] { m_pace.now(); });
    for (QDateEdit *edit : {m_body.from, m_body.to})
        connect(edit, &QDateEdit::dateChanged, this, [this] { m_pace.now(); });
    connect(&context.readers, &CacheReaders::changed, this, [this](const ChangeNotice &notice) {
        if (notice.touches(Invoice::type) || notice.touches(Payment::type) || notice.touches(Account::type))
            m_pace.wanted();
    });
    choosePeriod();
}

void StatementSheet::open()
{
    FormSheet::open(m_body.period);
}

void StatementSheet::setPeriod(Date from, Date to)
{
    m_body.period->setValue(QStringLiteral("days"));
    m_body.days->show();
    const QSignalBlocker fromQuiet(m_body.from);
    const QSignalBlocker toQuiet(m_body.to);
    m_body.from->setDate(qDate(from));
    m_body.to->setDate(qDate(to));
    m_pace.now();
}

// The days stay where they are when one begins to choose them oneself.
void StatementSheet::choosePeriod()
{
    const QString choice = m_body.period->value();
    m_body.days->setVisible(choice == QLatin1String("days"));
    if (choice == QLatin1String("days"))
        return;
    const QDate today = QDateTime::fromMSecsSinceEpoch(m_context.clock.now().ms).date();
    const auto [from, to] = periodOf(choice, today);
    const QSignalBlocker fromQuiet(m_body.from);
    const QSignalBlocker toQuiet(m_body.to);
    m_body.from->setDate(from);
    m_body.to->setDate(to);
    m_pace.now();
}

void StatementSheet::ask()
{
    const auto read = [account = m_account, currency = m_body.currency->value().toStdString(),
                       from = dateOf(m_body.from->date()), to = dateOf(m_body.to->date()),
                       now = m_context.clock.now()](CacheReader &reader) {
        return StatementReader(reader).read(account, currency, from, to, now);
    };
    const auto use = [this](const Result<AccountStatement> &answer) {
        m_asking.finish();
        m_pace.answered();
        m_known = answer.ok();
        if (answer)
            show(*answer);
        else
            tell(answer.error().userText, Tone::Warn);
        Q_EMIT shown();
    };
    m_context.readers.ask(this, m_asking.renew(), read, use, CacheReaders::Length::Long);
}

void StatementSheet::show(const AccountStatement &statement)
{
    m_statement = statement;
    tell({}, Tone::Neutral);
    m_body.account->setText(
        tr("%1 · %2", "an account's name and number")
            .arg(Display::text(statement.account.name), Display::text(statement.account.number)));
    QList<Choice> currencies;
    for (const std::string &currency : statement.currencies)
        currencies.append({Display::text(currency), Display::text(currency)});
    m_body.currency->setChoices(currencies);
    m_body.currency->setValue(Display::text(statement.currency));
    m_body.currency->setVisible(currencies.size() > 1);

    const auto money = [&statement](Amount amount) { return Display::money(amount, statement.currency); };
    QList<Fact> sums{{tr("Opening balance"), money(statement.opening)},
                     {tr("Invoices"), money(statement.charged)},
                     {tr("Credit memos"), money(statement.credited)},
                     {tr("Payments"), money(statement.paid)}};
    if (statement.discounts != Amount())
        sums.append({tr("Discounts"), money(statement.discounts)});
    sums.append({tr("Closing balance"), money(statement.closing)});
    m_body.sums->setFacts(sums);
    showEntries();
    showAges();
}

void StatementSheet::showEntries()
{
    const auto &all = m_statement.entries;
    const std::size_t first = all.size() > mostShown ? all.size() - mostShown : 0;
    QList<LineWords> lines;
    for (std::size_t i = first; i < all.size(); ++i) {
        const StatementEntry &entry = all[i];
        LineWords line;
        line.number = static_cast<qint64>(i) + 1;
        line.name = Display::text(entry.number);
        line.description = StatementWords::nameOf(entry.what);
        line.values = {StatementWords::day(entry.on), Display::text(entry.reference),
                       StatementWords::day(entry.dueOn), Display::money(entry.amount, m_statement.currency),
                       Display::money(entry.balance, m_statement.currency)};
        lines.append(line);
    }
    m_body.entries->setLines(
        {{tr("Date"), 0}, {tr("Reference"), 3}, {tr("Due"), 4}, {tr("Amount"), 1}, {tr("Balance"), 2}},
        lines);
    m_body.table->setVisible(!lines.isEmpty());
    QStringList notes;
    if (lines.isEmpty())
        notes.append(tr("Nothing was invoiced, credited or paid in this period."));
    if (first > 0)
        notes.append(tr("These are the latest %1 of %2; the PDF has all.").arg(mostShown).arg(all.size()));
    if (isFilling())
        notes.append(tr("Invoices and payments are still being fetched, so this is not all."));
    else if (const QString caution = StatementWords::caution(m_statement); !caution.isEmpty())
        notes.append(caution);
    m_body.note->setText(notes.join(QLatin1Char(' ')));
    m_body.note->setVisible(!notes.isEmpty());
}

// What is open now leads to the balance of today, whatever the period.
void StatementSheet::showAges()
{
    const Ageing &ageing = m_statement.ageing;
    const auto money = [this](Amount amount) { return Display::money(amount, m_statement.currency); };
    QList<Fact> ages;
    for (const Ageing::Bucket bucket : {Ageing::NotDue, Ageing::To30, Ageing::To60, Ageing::Beyond})
        ages.append({StatementWords::bucket(bucket), money(ageing.amounts[bucket])});
    if (ageing.credits != Amount())
        ages.append({tr("Credits not yet offset"), money(ageing.credits)});
    if (m_statement.unapplied != Amount())
        ages.append({tr("Paid and not yet applied"), money(-m_statement.unapplied)});
    ages.append({tr("Owed today"), money(ageing.open() - m_statement.unapplied)});
    m_body.agesTitle->setText(tr("Open today, %1").arg(StatementWords::day(m_statement.today)));
    m_body.ages->setFacts(ages);
}

bool StatementSheet::isFilling() const
{
    return m_context.freshness.status().mode == SyncStatus::Mode::Filling;
}

void StatementSheet::save()
{
    if (isFilling())
        return tell(
            tr("Invoices and payments are still being fetched. Save the statement once they are here."),
            Tone::Warn);
    if (!m_known || m_asking.isUnderWay())
        return tell(tr("The statement is being made. Save it in a moment."), Tone::Neutral);
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    auto *dialog = new QFileDialog(this, tr("Save the statement"), folder, tr("PDF files (*.pdf)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("pdf"));
    dialog->selectFile(StatementWords::fileName(m_statement));
    // What was shown when it was asked for, whatever is chosen or comes meanwhile.
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, statement = m_statement](const QString &file) { write(statement, file); });
    dialog->open();
}

void StatementSheet::saveAs(const QString &file)
{
    if (m_known)
        write(m_statement, file);
}

void StatementSheet::write(const AccountStatement &statement, const QString &file)
{
    setBusy(tr("Saving…"));
    m_beside.start([this, statement, supplier = m_context.person.supplier, file]() -> SideThread::Then {
        return [this, file, outcome = writeStatementPaper(statement, supplier, file)] {
            setBusy({});
            if (!outcome)
                return tell(outcome.error().userText, Tone::Warn);
            tell(tr("Saved as %1.").arg(QDir::toNativeSeparators(file)), Tone::Ok);
            Q_EMIT saved(file);
        };
    });
}

} // namespace Counterfoil
