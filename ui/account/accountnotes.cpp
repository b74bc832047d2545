#include "accountnotes.h"

#include "cachereader.h"
#include "cachereaders.h"
#include "display.h"
#include "homecard.h"
#include "linesedit.h"
#include "outboxwords.h"
#include "selectable.h"
#include "sendkey.h"
#include "tokens.h"
#include "tonelabel.h"
#include "type.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace Counterfoil {

namespace {

constexpr int noteLines = 2;          // of the field
constexpr qsizetype mostUnsent = 100; // the oldest is no note that anybody remembers

QLabel *plainLabel(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

} // namespace

AccountNotes::AccountNotes(const PaneContext &context, CommandPort &commands, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_commands(commands)
    , m_rows(new QVBoxLayout)
{
    auto *card = new HomeCard(tr("Internal notes"), this);
    auto *body = new QWidget(card);
    m_field = new LinesEdit(noteLines, body);
    m_field->setAccessibleName(tr("Write an internal note"));
    m_field->setPlaceholderText(tr("For your colleagues alone; no customer’s machine gets it"));
    new SendKey(*m_field, [this] { keep(); });
    m_keep = new QPushButton(tr("Keep"), body);
    m_keep->setToolTip(tr("Ctrl+Enter"));
    m_said = new ToneLabel(body);
    auto *foot = new QHBoxLayout;
    foot->setSpacing(Space::small);
    foot->addWidget(m_field, 1);
    foot->addWidget(m_keep, 0, Qt::AlignBottom);
    m_rows->setSpacing(Space::medium);
    auto *inner = new QVBoxLayout(body);
    inner->setContentsMargins(0, 0, 0, 0);
    inner->setSpacing(Space::medium);
    inner->addLayout(foot);
    inner->addWidget(m_said);
    inner->addLayout(m_rows);
    card->add(body, HomeCard::padding);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(card);
    connect(m_keep, &QPushButton::clicked, this, &AccountNotes::keep);
    connect(m_field, &LinesEdit::textChanged, this, [this] { say(m_field->toPlainText().trimmed().size()); });
    connect(&context.readers, &CacheReaders::changed, this, [this](const ChangeNotice &notice) {
        if (notice.touches(Note::type))
            load();
    });
    connect(&commands, &CommandPort::entriesChanged, this, &AccountNotes::showRows);
    connect(&commands, &CommandPort::queued, this, [this](const QString &which) { m_storing.remove(which); });
    // What could not be stored is there to be tried again.
    connect(&commands, &CommandPort::notQueued, this, [this](const QString &which, const Error &error) {
        const Unsent note = m_storing.take(which);
        if (note.text.isEmpty())
            return;
        giveBack(note);
        m_said->tell(note.account == m_account
                         ? error.userText
                         : tr("A note about another customer was not kept, and stands there again. %1",
                              "why it was not")
                               .arg(error.userText),
                     Tone::Bad);
    });
}

bool AccountNotes::areFor(const Person &person)
{
    return person.speaksForSupplier && mayAsk(person, "save", Note::type);
}

void AccountNotes::setAccount(const std::string &key)
{
    if (key == m_account)
        return;
    const Unsent left{std::exchange(m_account, key), m_field->toPlainText()};
    if (!left.text.trimmed().isEmpty())
        giveBack(left);
    m_field->setPlainText(takeUnsent(key));
    say(m_field->toPlainText().trimmed().size());
    m_notes.clear();
    m_asking.cancel();
    showRows();
    load();
}

QString AccountNotes::takeUnsent(const std::string &account)
{
    const auto found = std::ranges::find(m_unsent, account, &Unsent::account);
    return found == m_unsent.end() ? QString() : m_unsent.takeAt(found - m_unsent.begin()).text;
}

void AccountNotes::giveBack(const Unsent &note)
{
    const bool shown = note.account == m_account;
    const QString since = shown ? m_field->toPlainText() : takeUnsent(note.account);
    const QString joined = since.isEmpty() ? note.text : note.text + u'\n' + since;
    if (shown)
        return m_field->setPlainText(joined);
    m_unsent.append({note.account, joined});
    if (m_unsent.size() > mostUnsent)
        m_unsent.removeFirst();
}

void AccountNotes::load()
{
    if (m_account.empty())
        return;
    if (m_asking.isUnderWay()) {
        m_again = true;
        return;
    }
    m_context.readers.ask(
        this, m_asking.renew(),
        [key = m_account](CacheReader &reader) -> Result<std::vector<Note>> {
            const auto rows = reader.byField(Note::type, "account", key);
            if (!rows)
                return rows.error();
            std::vector<Note> notes;
            for (const CachedRecord &row : *rows)
                notes.push_back(*row.record.as<Note>());
            std::ranges::sort(notes, std::ranges::greater(), &Note::at);
            return notes;
        },
        [this](Result<std::vector<Note>> notes) {
            m_asking.finish();
            if (notes)
                m_notes = *std::move(notes);
            else
                m_said->tell(notes.error().userText, Tone::Bad);
            showRows();
            if (std::exchange(m_again, false))
                load();
        });
}

void AccountNotes::showRows()
{
    QList<Row> rows;
    const OutboxEntries entries = m_commands.entries();
    for (auto entry = entries->rbegin(); entry != entries->rend(); ++entry) {
        const auto *note = entry->command.kind == &Note::type ? entry->command.record.as<Note>() : nullptr;
        // One that was refused too: nowhere else can its text be read.
        if (note && (!entry->isFinished() || entry->needsDecision()) && entry->command.account == m_account)
            rows.append(
                {tr("You · %1", "what becomes of a note").arg(OutboxWords::of(*entry, *entries).state),
                 Display::text(note->text)});
    }
    for (const Note &note : m_notes) {
        if (rows.size() < mostShown)
            rows.append({tr("%1 · %2", "who wrote it, and when")
                             .arg(Display::text(note.author), Display::dateAndTime(note.at)),
                         Display::text(note.text)});
    }
    if (rows == std::exchange(m_shown, rows))
        return; // what somebody is selecting stays selected
    while (QLayoutItem *item = m_rows->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const Row &row : std::as_const(rows)) {
        auto *box = new QWidget(m_rows->parentWidget());
        auto *head = plainLabel(row.head, box);
        Type::set(*head, Type::Role::CaptionStrong);
        Type::setMuted(*head);
        auto *text = plainLabel(row.text, box);
        makeSelectable(*text);
        auto *layout = new QVBoxLayout(box);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->setSpacing(2);
        layout->addWidget(head);
        layout->addWidget(text);
        m_rows->addWidget(box);
    }
}

void AccountNotes::say(qsizetype count)
{
    constexpr auto most = static_cast<qsizetype>(mostNoteCharacters);
    m_field->setWrong(count > most);
    m_said->tell(count > most ? tr("A note has at most %1 characters, and this one has %2. Make two of it.")
                                    .arg(QLocale().toString(most), QLocale().toString(count))
                              : QString(),
                 Tone::Warn);
}

void AccountNotes::keep()
{
    const QString text = m_field->toPlainText().trimmed();
    if (text.isEmpty() || m_account.empty() || text.size() > static_cast<qsizetype>(mostNoteCharacters))
        return say(text.size());
    Command command;
    command.verb = "save";
    command.kind = &Note::type;
    command.account = m_account;
    command.record = AnyRecord(Note::type);
    command.record.as<Note>()->text = text.toStdString();
    m_storing.insert(m_commands.submit(command), {m_account, text});
    m_field->clear();
}

} // namespace Counterfoil
