#include "keepingsheet.h"

#include "choicefield.h"
#include "display.h"
#include "document.h"
#include "type.h"

#include <QFormLayout>
#include <QLabel>
#include <QLocale>

namespace Counterfoil {

namespace {

constexpr int widthInDigits = 60;
constexpr qint64 mebibyte = 1LL << 20;
constexpr qint64 everDays = 100 * 366;
constexpr char pauses[] = "pauses";
constexpr char goesOn[] = "goesOn";

// A value that is set and not among those offered is offered, too.
void offer(ChoiceField &field, QList<Choice> choices, qint64 value, const QString &name)
{
    const QString key = QString::number(value);
    const auto known = [&key](const Choice &choice) { return choice.value == key; };
    if (std::none_of(choices.cbegin(), choices.cend(), known))
        choices.append({key, name});
    field.setChoices(choices);
    field.setValue(key);
}

QList<Choice> papersKnown()
{
    QList<Choice> choices;
    for (const Paper &paper : papers()) {
        const std::string code(paper.code);
        choices.append({Display::text(code), Display::paper(code)});
    }
    return choices;
}

} // namespace

KeepingSheet::Body KeepingSheet::build()
{
    Body body{};
    body.widget = new QWidget;
    body.holdings = new QLabel(body.widget);
    body.holdings->setWordWrap(true);
    Type::setMuted(*body.holdings);
    body.days = new ChoiceField(body.widget);
    body.days->setAccessibleName(tr("How far back"));
    body.bytes = new ChoiceField(body.widget);
    body.bytes->setAccessibleName(tr("How much room"));
    body.accounts = new FilterChip(tr("Accounts"), body.widget);
    body.papers = new FilterChip(tr("Kinds"), body.widget);
    body.metered = new ChoiceField(body.widget);
    body.metered->setAccessibleName(tr("Ahead on a metered connection"));
    body.metered->setChoices(
        {{QLatin1String(pauses), tr("Nothing"), {}}, {QLatin1String(goesOn), tr("As on any other"), {}}});
    auto *rows = new QFormLayout;
    rows->setHorizontalSpacing(Space::large);
    rows->setVerticalSpacing(Space::medium);
    rows->setFieldGrowthPolicy(QFormLayout::FieldsStayAtSizeHint);
    rows->addRow(tr("Fetched ahead"), body.days);
    rows->addRow(tr("Room for documents"), body.bytes);
    rows->addRow(tr("Only of these accounts"), body.accounts);
    rows->addRow(tr("Only these kinds"), body.papers);
    rows->addRow(tr("Ahead on a metered connection"), body.metered);
    auto *words = new QLabel(tr("Whatever you open is fetched in any case. Where there is no room left, the "
                                "oldest go that were not opened lately; what is pinned stays."),
                             body.widget);
    words->setWordWrap(true);
    auto *layout = new QVBoxLayout(body.widget);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Space::large);
    layout->addWidget(body.holdings);
    layout->addLayout(rows);
    layout->addWidget(words);
    return body;
}

KeepingSheet::KeepingSheet(QWidget *window, const DocumentPort &documents, const QList<Choice> &accounts,
                           const DocumentPort::Ahead &ahead)
    : KeepingSheet(window, documents, accounts, ahead, build())
{ }

KeepingSheet::KeepingSheet(QWidget *window, const DocumentPort &documents, const QList<Choice> &accounts,
                           const DocumentPort::Ahead &ahead, const Body &body)
    : FormSheet(window, tr("Documents kept on this computer"), body.widget, widthInDigits, tr("Save"))
    , m_documents(documents)
    , m_body(body)
{
    offer(*m_body.days,
          {{QStringLiteral("0"), tr("Nothing")},
           {QStringLiteral("31"), tr("The last month")},
           {QStringLiteral("100"), tr("The last quarter")},
           {QString::number(DocumentPort::Ahead::usualDays), tr("The last thirteen months")},
           {QStringLiteral("1100"), tr("The last three years")},
           {QString::number(everDays), tr("Everything")}},
          ahead.days, tr("The last %Ln day(s)", nullptr, static_cast<int>(ahead.days)));
    QList<Choice> sizes;
    for (const qint64 mebibytes : {100, 500, 2'048, 10'240, 51'200})
        sizes.append(
            {QString::number(mebibytes * mebibyte), QLocale().formattedDataSize(mebibytes * mebibyte)});
    offer(*m_body.bytes, sizes, ahead.bytes, QLocale().formattedDataSize(ahead.bytes));
    m_body.accounts->setChoices(accounts);
    m_body.accounts->setChosen(ahead.accounts);
    m_body.accounts->setEnabled(accounts.size() > 1);
    m_body.papers->setChoices(papersKnown());
    m_body.papers->setChosen(ahead.papers);
    m_body.metered->setValue(QLatin1String(ahead.onMetered ? goesOn : pauses));
    setEnterSaves(true);
    connect(&documents, &DocumentPort::holdingsChanged, this, &KeepingSheet::showHoldings);
    showHoldings();
}

void KeepingSheet::open()
{
    FormSheet::open(m_body.days);
}

void KeepingSheet::showHoldings()
{
    const DocumentPort::Holdings held = m_documents.holdings();
    const QLocale locale;
    QString text = tr("%1 of %2 documents open without a network. They take %3; %4 are pinned.",
                      "documents here, all documents, their size, how many of them are pinned")
                       .arg(locale.toString(held.here), locale.toString(held.known),
                            locale.formattedDataSize(held.bytes), locale.toString(held.pinned));
    if (held.paused)
        text += QLatin1Char(' ')
            + tr("The connection is metered, so nothing is fetched ahead until there is another.");
    m_body.holdings->setText(text);
}

DocumentPort::Ahead KeepingSheet::filledIn() const
{
    return {m_body.days->value().toLongLong(), m_body.bytes->value().toLongLong(), m_body.accounts->chosen(),
            m_body.papers->chosen(), m_body.metered->value() == QLatin1String(goesOn)};
}

void KeepingSheet::save()
{
    Q_EMIT chosen(filledIn());
    end();
}

} // namespace Counterfoil
