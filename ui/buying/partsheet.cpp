#include "partsheet.h"

#include "cachereaders.h"
#include "display.h"
#include "linesedit.h"
#include "linesmodel.h"
#include "linesview.h"
#include "type.h"

#include <QDir>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QLocale>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace Counterfoil {

namespace {

constexpr int partSheetDigits = 84;
constexpr int pauseMs = 300;
constexpr int textLines = 6;

using Group = MatchedPart::Group;

// What needs a look comes first.
int rankOf(const MatchedPart &part)
{
    switch (part.group) {
    case Group::Bad:
        return 0;
    case Group::Doubtful:
        return 1;
    case Group::Unknown:
        return 2;
    case Group::Matched:
        break;
    }
    return 3;
}

} // namespace

PartSheet::PartSheet(QWidget *window, const PaneContext &context, const std::string &account,
                     const QString &text)
    : PartSheet(window, context, account, text, build())
{ }

PartSheet::PartSheet(QWidget *window, const PaneContext &context, std::string account, const QString &text,
                     const Body &body)
    : FormSheet(window, tr("Paste a part list"), body.widget, partSheetDigits, tr("Add to the cart"))
    , m_context(context)
    , m_account(std::move(account))
    , m_body(body)
    , m_file(QFileInfo(context.renderProgram).dir().filePath(QStringLiteral("counterfoil-sheet")))
{
    setAcceptDrops(true);
    connect(m_body.file, &QPushButton::clicked, this, &PartSheet::chooseFile);
    connect(&m_file, &PartFile::isRead, this, [this](const QString &read, const QString &notes) {
        setBusy({});
        m_fileNotes = notes;
        setText(read);
    });
    connect(&m_file, &PartFile::refused, this, [this](const QString &sentence) {
        setBusy({});
        m_parts = {};
        m_body.summary->clear();
        tell(sentence, Tone::Bad);
    });
    m_pause.setSingleShot(true);
    m_pause.setInterval(pauseMs);
    connect(&m_pause, &QTimer::timeout, this, &PartSheet::read);
    connect(m_body.text, &QPlainTextEdit::textChanged, this, [this] {
        m_isRead = false;
        m_asking.renew(); // what is read of the text before is of no use
        m_pause.start();
    });
    setText(text);
}

PartSheet::Body PartSheet::build()
{
    Body body{};
    body.widget = new QWidget;
    auto *layout = new QVBoxLayout(body.widget);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Space::small);
    auto *hint = new QLabel(tr("One item a row: its number and a quantity, as a spreadsheet copies them. Or "
                               "drop the spreadsheet here, as CSV or XLSX."),
                            body.widget);
    hint->setWordWrap(true);
    Type::setMuted(*hint);
    body.text = new LinesEdit(textLines, body.widget);
    body.text->setAccessibleName(tr("Part list"));
    body.text->setLineWrapMode(QPlainTextEdit::NoWrap);
    body.text->setAcceptDrops(false); // files are the sheet's
    body.file = new QPushButton(tr("Open a file…"), body.widget);
    body.summary = new QLabel(body.widget);
    body.summary->setWordWrap(true);
    Type::set(*body.summary, Type::Role::Strong);
    body.model = new LinesModel(tr("Item"), body.widget);
    body.view = new LinesView(*body.model, body.widget);
    body.view->setAccessibleName(tr("Rows of the list"));
    body.more = new QLabel(body.widget);
    body.more->setWordWrap(true);
    Type::setMuted(*body.more);
    layout->addWidget(hint);
    layout->addWidget(body.text);
    layout->addWidget(body.file, 0, Qt::AlignLeft);
    layout->addWidget(body.summary);
    layout->addWidget(body.view);
    layout->addWidget(body.more);
    layout->addStretch();
    return body;
}

void PartSheet::open()
{
    FormSheet::open(m_body.text);
}

// What is too long to be a list is not put into the field, which would take long to lay it out.
void PartSheet::setText(const QString &text)
{
    if (text.size() > PartList::charactersMost) {
        show(MatchedParts::of(PartList::read(text), {}));
        return;
    }
    m_body.text->setPlainText(text);
    m_pause.stop();
    read();
}

void PartSheet::chooseFile()
{
    auto *dialog = new QFileDialog(this, tr("Open a part list"), QString(),
                                   tr("Lists (*.csv *.tsv *.txt *.xlsx *.xlsm);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &PartSheet::readFile);
    dialog->open();
}

void PartSheet::readFile(const QString &file)
{
    setBusy(tr("Reading the file…"));
    m_file.read(file);
}

void PartSheet::dragEnterEvent(QDragEnterEvent *event)
{
    if (!PartFile::among(event->mimeData()->urls()).isEmpty())
        event->acceptProposedAction();
}

void PartSheet::dropEvent(QDropEvent *event)
{
    readFile(PartFile::among(event->mimeData()->urls()));
    event->acceptProposedAction();
}

void PartSheet::read()
{
    const QString text = m_body.text->toPlainText();
    m_context.readers.ask(
        this, m_asking.renew(),
        [text, account = m_account](CacheReader &reader) -> MatchedParts {
            const auto known = BoughtItems(reader).of({account});
            auto parts
                = MatchedParts::of(PartList::read(text), known ? known->items : std::vector<BoughtItem>());
            ToldPrices told(reader);
            parts.takeTold(account, told);
            return parts;
        },
        [this](MatchedParts parts) {
            m_asking.finish();
            m_isRead = true;
            show(std::move(parts));
            Q_EMIT shown();
        },
        CacheReaders::Length::Long);
}

QString PartSheet::summary() const
{
    return m_body.summary->text();
}

void PartSheet::show(MatchedParts parts)
{
    m_parts = std::move(parts);
    std::vector<const MatchedPart *> order;
    order.reserve(m_parts.rows.size());
    for (const MatchedPart &part : m_parts.rows)
        order.push_back(&part);
    std::ranges::stable_sort(order, {}, [](const MatchedPart *part) { return rankOf(*part); });
    const std::size_t shownRows = std::min<std::size_t>(order.size(), rowsShown);
    const QString states[] = {tr("Not read"), tr("Doubtful"), tr("Not matched"), tr("Matched")};
    static const char *const tones[] = {"bad", "warn", "info", "ok"};
    const QString symbols[]
        = {QStringLiteral("✕"), QStringLiteral("◔"), QStringLiteral("○"), QStringLiteral("✓")};
    QList<LineWords> words;
    for (std::size_t i = 0; i < shownRows; ++i) {
        const MatchedPart &part = *order[i];
        const int rank = rankOf(part);
        const bool bad = part.group == Group::Bad;
        LineWords each{part.row.line, bad ? part.row.text.simplified() : Display::text(part.line.sku),
                       Display::text(part.line.description)};
        each.state = states[rank];
        each.tone = QLatin1String(tones[rank]);
        each.symbol = symbols[rank];
        each.notes = part.note.split(u'\n', Qt::SkipEmptyParts);
        each.values
            = {bad ? QString() : Display::quantity(part.line.quantity), QString::number(part.row.line)};
        words.append(each);
    }
    m_body.model->setLines({{tr("Quantity"), 0}, {tr("Row"), 1}}, words);
    m_body.view->setVisible(!words.isEmpty());
    const QLocale locale;
    const auto number = [&](Group group) { return locale.toString(m_parts.count(group)); };
    m_body.summary->setText(m_parts.rows.empty()
                                ? m_parts.refused
                                : tr("%1 matched · %2 doubtful · %3 not matched · %4 not read")
                                      .arg(number(Group::Matched), number(Group::Doubtful),
                                           number(Group::Unknown), number(Group::Bad)));
    QStringList more;
    if (order.size() > shownRows)
        more.append(tr("%1 more rows are not shown; they are counted above.")
                        .arg(locale.toString(qulonglong(order.size() - shownRows))));
    if (m_parts.left > 0)
        more.append(tr("The list has %1 more rows, which were not read: a cart holds %2 lines.")
                        .arg(locale.toString(m_parts.left), locale.toString(qulonglong(mostCartLines))));
    if (!m_fileNotes.isEmpty())
        more.append(m_fileNotes);
    m_body.more->setText(more.join(u'\n'));
    m_body.more->setVisible(!more.isEmpty());
    tell({}, Tone::Neutral);
}

bool PartSheet::isTyped() const
{
    return !m_body.text->toPlainText().trimmed().isEmpty();
}

void PartSheet::save()
{
    if (!m_isRead && m_parts.refused.isEmpty())
        return tell(tr("The list is still being read. Wait a moment."), Tone::Warn);
    const std::vector<CartLine> lines = m_parts.lines();
    if (lines.empty())
        return tell(m_parts.refused.isEmpty() ? tr("No row of it can be added. Correct the list.")
                                              : m_parts.refused,
                    Tone::Warn);
    if (m_parts.left > 0 || lines.size() > mostCartLines)
        return tell(
            tr("The list has more rows than the %1 lines that a cart holds. Nothing was added: paste it "
               "in parts, into several carts.")
                .arg(QLocale().toString(qulonglong(mostCartLines))),
            Tone::Bad);
    if (const int bad = m_parts.count(Group::Bad); bad > 0)
        return tell(
            tr("%Ln rows cannot be added as they are. Correct or delete them above, so that nothing is "
               "left out unseen.",
               nullptr, bad),
            Tone::Warn);
    end();
    Q_EMIT linesWanted(lines);
}

} // namespace Counterfoil
