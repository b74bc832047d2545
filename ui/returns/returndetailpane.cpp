#include "returndetailpane.h"

#include "actions.h"
#include "attachmentfield.h"
#include "display.h"
#include "flowlayout.h"
#include "linesmodel.h"
#include "linesview.h"
#include "message.h"
#include "outboxwords.h"
#include "recordheader.h"
#include "returnwords.h"
#include "statuswording.h"
#include "style.h"
#include "timeline.h"
#include "workwords.h"

#include <QAction>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>

#include <algorithm>
#include <ranges>

namespace Counterfoil {

namespace {

DetailPane::Words returnWords()
{
    return {ReturnDetailPane::tr("Return"),
            ReturnDetailPane::tr("Copy the return number"),
            Icons::Icon::TurnRight,
            ReturnDetailPane::tr("No return chosen"),
            ReturnDetailPane::tr("Choose one in the list, or press Ctrl+K and type its number."),
            ReturnDetailPane::tr("This return is not on this computer")};
}

QString orNone(Decimal quantity)
{
    return quantity.isZero() ? QString() : Display::quantity(quantity);
}

} // namespace

ReturnDetailPane::ReturnDetailPane(const PaneContext &context, QWidget *parent)
    : DetailPane(context, Return::type, returnWords(), parent)
    , m_deeds(new QWidget(this))
    , m_linesModel(new LinesModel(tr("Item"), this))
    , m_lines(new LinesView(*m_linesModel, scroll().widget()))
    , m_files(new AttachmentLinks(scroll().widget()))
    , m_messages(new MessageList(context.attachments, scroll().widget()))
    , m_timeline(new Timeline(scroll().widget()))
    , m_withdraw(new QAction(tr("Take the return back…"), this))
{
    m_lines->setAccessibleName(tr("Lines of the return"));
    addBelowBanner(buildDeeds());
    m_linesSection = addSection(tr("Lines"), m_lines, 0);
    m_filesSection = addSection(tr("Files"), m_files, RecordHeader::edgePadding);
    addSection(tr("Messages"), m_messages, RecordHeader::edgePadding);
    addSection(tr("Timeline"), m_timeline, RecordHeader::edgePadding);
    endSections();
    setFocusProxy(m_lines);
    connect(m_messages, &MessageList::sendWanted, this, [this](const MessageList::Draft &draft) {
        const auto *record = watch().record<Return>();
        if (record && Display::text(record->key) == m_messages->about())
            Q_EMIT messageWanted(*record, draft);
        else // another is being read
            m_messages->giveBack(m_messages->about(), draft);
    });
    connect(m_messages, &MessageList::openWanted, this, &ReturnDetailPane::openWanted);
    connect(m_messages, &MessageList::saveWanted, this, &ReturnDetailPane::saveWanted);
    connect(m_files, &AttachmentLinks::openWanted, this, &ReturnDetailPane::openWanted);
    connect(m_files, &AttachmentLinks::saveWanted, this, &ReturnDetailPane::saveWanted);
    connect(&watch(), &RecordWatch::changed, this, &ReturnDetailPane::showDeeds); // also when it is not here
    showDeeds();
}

QWidget *ReturnDetailPane::buildDeeds()
{
    auto *layout = new FlowLayout(Space::small, m_deeds);
    layout->setContentsMargins(0, 0, 0, 0);
    addDeed("return.authorise", tr("Authorise…"), QKeySequence(Qt::Key_A), ReturnDecision::Authorise);
    addDeed("return.change", tr("Authorise in part…"), QKeySequence(Qt::Key_P), ReturnDecision::Change);
    addDeed("return.refuse", tr("Refuse…"), QKeySequence(Qt::Key_R), ReturnDecision::Refuse);
    auto *withdraw = new QPushButton(m_withdraw->text(), m_deeds);
    connect(withdraw, &QPushButton::clicked, m_withdraw, &QAction::trigger);
    connect(m_withdraw, &QAction::triggered, this, [this] { Q_EMIT withdrawalWanted(ref(), number()); });
    connect(m_withdraw, &QAction::changed, withdraw,
            [this, withdraw] { withdraw->setVisible(m_withdraw->isEnabled()); });
    layout->addWidget(withdraw);
    return m_deeds;
}

void ReturnDetailPane::addDeed(const char *id, const QString &text, const QKeySequence &key,
                               ReturnDecision decision)
{
    auto *action = new QAction(text, this);
    action->setShortcut(key);
    action->setAutoRepeat(false);
    connect(action, &QAction::triggered, this, [this, decision] {
        if (canDecide())
            Q_EMIT decisionWanted(ref(), decision);
    });
    auto *button = new QPushButton(text, m_deeds);
    button->setToolTip(key.toString(QKeySequence::NativeText));
    if (decision == ReturnDecision::Authorise)
        setLook(*button, ButtonLook::Primary);
    connect(button, &QPushButton::clicked, action, &QAction::trigger);
    connect(action, &QAction::changed, button, [action, button] { button->setVisible(action->isEnabled()); });
    m_deeds->layout()->addWidget(button);
    m_decisions.append({QString::fromLatin1(id), action});
}

void ReturnDetailPane::addActions(Actions &actions)
{
    QWidget *over = window();
    for (const Deed &deed : std::as_const(m_decisions)) {
        over->addAction(deed.action);
        actions.adopt(deed.id, tr("Returns"), deed.action);
    }
    actions.adopt(QStringLiteral("return.withdraw"), tr("Returns"), m_withdraw);
}

void ReturnDetailPane::setCommands(CommandPort &commands)
{
    m_commands = &commands;
    m_messages->setWritable(may("save"));
    connect(&commands, &CommandPort::entriesChanged, this, [this] {
        if (watch().state() == RecordWatch::State::Here)
            showRecord();
    });
    showDeeds();
}

bool ReturnDetailPane::may(std::string_view verb) const
{
    return m_commands && mayAsk(context().person, verb, verb == "save" ? Message::type : Return::type);
}

const OutboxEntry *ReturnDetailPane::underWay(const Return &record) const
{
    if (!m_entries)
        return nullptr;
    const auto found = std::ranges::find_if(*m_entries, [&record](const OutboxEntry &entry) {
        // Once it was carried out, until the record says so.
        const bool applied = entry.state == OutboxEntry::State::Applied && entry.command.verb == "decide"
            && record.status == ReturnStatus::requested;
        return entry.command.kind == &Return::type && entry.command.target == record.key
            && (applied || !entry.isFinished() || entry.needsDecision());
    });
    return found == m_entries->end() ? nullptr : &*found;
}

bool ReturnDetailPane::canDecide() const
{
    const auto *record = watch().record<Return>();
    return record && context().person.speaksForSupplier && may("decide")
        && record->status == ReturnStatus::requested && isToDecideBy(context().person, *record)
        && !underWay(*record);
}

bool ReturnDetailPane::canWithdraw() const
{
    const auto *record = watch().record<Return>();
    return record && may("retire") && !underWay(*record)
        && (record->status == ReturnStatus::requested || record->status == ReturnStatus::authorised);
}

// Keys of one letter count while the pane is seen.
void ReturnDetailPane::showDeeds()
{
    const bool decide = isVisible() && canDecide();
    for (const Deed &deed : std::as_const(m_decisions))
        deed.action->setEnabled(decide);
    m_withdraw->setEnabled(isVisible() && canWithdraw());
    m_deeds->setVisible(canDecide() || canWithdraw());
}

void ReturnDetailPane::showEvent(QShowEvent *event)
{
    DetailPane::showEvent(event);
    showDeeds();
}

void ReturnDetailPane::hideEvent(QHideEvent *event)
{
    DetailPane::hideEvent(event);
    showDeeds();
}

void ReturnDetailPane::focusBody()
{
    m_lines->setFocus(Qt::OtherFocusReason);
}

QString ReturnDetailPane::summary() const
{
    return summaryOf(*watch().record<Return>(), context().wording, context().person.seesPrices);
}

void ReturnDetailPane::showRecord()
{
    const Return &record = *watch().record<Return>();
    m_messages->writeAbout(Display::text(record.key), Display::text(record.account));
    m_entries = m_commands ? m_commands->entries() : nullptr;
    showHead(record);
    showFacts();
    QList<Fact> ways;
    if (!record.returnTo.empty())
        ways.append({tr("Send to"), Display::text(record.returnTo)});
    if (!record.instructions.empty())
        ways.append({tr("How to send it"), Display::text(record.instructions)});
    if (!record.comment.empty())
        ways.append({tr("Comment"), Display::text(record.comment)});
    addresses().setFacts(ways);
    addresses().setVisible(!ways.isEmpty());
    showLines(record);
    m_files->setFiles(record.attachments);
    m_filesSection.box->setVisible(!record.attachments.empty());
    showMessages(record);
    showTimeline(record);
    showDeeds();
}

void ReturnDetailPane::showHead(const Return &record)
{
    const StatusWording::Words state = context().wording.of("return", record.status);
    setChip(state.label, state.symbol, toneNamed(state.tone));
    QStringList parts;
    if (!record.orderNumber.empty())
        parts.append(tr("for %1", "an order's number").arg(Display::text(record.orderNumber)));
    if (!record.poReference.empty())
        parts.append(Display::text(record.poReference));
    parts.append(tr("asked for %1", "a time").arg(Display::dateAndTime(record.requestedAt)));
    setHeading(Display::text(record.number), parts.join(QStringLiteral(" · ")),
               Display::full(record.requestedAt));
    const OutboxEntry *entry = underWay(record);
    if (entry && entry->state != OutboxEntry::State::Applied) {
        const OutboxWords words = OutboxWords::of(*entry, *m_entries);
        setBanner(tr("%1: %2. %3", "what was asked for, where that stands, and what happens next")
                      .arg(words.what, words.state, words.explanation),
                  entry->needsDecision() ? Tone::Bad : Tone::Info);
        return;
    }
    const ReturnStanding standing = standingOf(record, context().person.seesPrices);
    setBanner(standing.sentence, standing.tone);
}

void ReturnDetailPane::showFacts()
{
    const Return &record = *watch().record<Return>();
    const auto money = [&record](Amount amount) { return Display::money(amount, record.currency); };
    using DetailText::orDash;
    QList<Fact> shown;
    if (context().person.seesPrices) {
        const Amount difference = creditDifference(record);
        QString posted = record.creditMemo.empty() ? tr("not yet") : money(record.postedCredit);
        if (difference != Amount())
            posted += u'\n' + tr("%1 against what was expected", "a difference").arg(money(difference));
        shown = {{tr("Expected credit"), money(record.expectedCredit)},
                 {tr("Credited"), posted},
                 asOf(),
                 {tr("Restocking fee"), money(record.restockingFee)}};
    } else {
        shown.append(asOf());
    }
    shown += {{tr("Wished for"), orDash(context().wording.of("returnOutcome", record.outcome).label)},
              {tr("Units"), Display::quantity(record.units)},
              {tr("Since"), orDash(Display::shortDate(record.statusAt)), Display::full(record.statusAt)},
              {tr("Asked for by"), orDash(Display::text(record.requestedBy))},
              {tr("Decided by"),
               orDash(Display::text(record.decidedBy.empty() ? record.routedTo : record.decidedBy))}};
    facts().setFacts(shown);
}

void ReturnDetailPane::showLines(const Return &record)
{
    const bool prices = context().person.seesPrices;
    const bool decided = record.status != ReturnStatus::requested;
    QList<LineWords> lines;
    for (const ReturnLine &line : record.lines) {
        LineWords words{line.lineNumber, Display::text(line.sku), Display::text(line.description)};
        const auto disposition = context().wording.of("returnDisposition", line.disposition);
        words.state = line.disposition.empty() ? QString() : disposition.label;
        words.symbol = disposition.symbol;
        words.tone = disposition.tone;
        words.notes = {context().wording.of("returnReason", line.reason).label, Display::text(line.comment)};
        for (const ReturnAnswer &answer : record.answers) {
            if (answer.lineNumber == line.lineNumber)
                words.notes.append(
                    tr("%1 %2", "a question and its answer")
                        .arg(
                            context().wording.of("returnQuestion", line.reason + '/' + answer.question).label,
                            Display::text(answer.text)));
        }
        if (!line.refusal.empty())
            words.notes.append(tr("Not authorised: %1", "why").arg(Display::text(line.refusal)));
        words.notes.append(Display::text(line.finding));
        words.notes.removeAll(QString());
        words.values
            = {Display::quantity(line.quantity), decided ? Display::quantity(line.authorised) : QString(),
               orNone(line.received), orNone(line.accepted)};
        const auto amount = std::ranges::find(record.amounts, line.lineNumber, &ReturnAmount::lineNumber);
        if (prices && amount != record.amounts.end())
            words.values += {Display::money(amount->fee, record.currency),
                             Display::money(amount->credit, record.currency)};
        lines.append(words);
    }
    QList<LinesColumn> columns{
        {tr("Asked for"), 0}, {tr("Authorised"), 1}, {tr("Received"), 4}, {tr("Accepted"), 3}};
    if (prices)
        columns += {{tr("Fee"), 5}, {tr("Credit"), 2}};
    m_linesModel->setLines(columns, lines);
    m_linesSection.title->setText(tr("Lines · %1").arg(record.lines.size()));
}

void ReturnDetailPane::showMessages(const Return &record)
{
    const bool supplier = context().person.speaksForSupplier;
    std::vector<Message> known = watch().linkedOf<Message>();
    std::ranges::stable_sort(known, {}, &Message::at);
    QList<MessageList::Words> all;
    for (const Message &message : known)
        all.append({Display::text(message.key), Display::text(message.author),
                    Display::dateAndTime(message.at), Display::full(message.at), Display::text(message.text),
                    message.fromSupplier == supplier, message.attachments});
    if (m_entries) {
        for (const OutboxEntry &entry : *m_entries) {
            const auto *message
                = entry.command.kind == &Message::type ? entry.command.record.as<Message>() : nullptr;
            // One that was refused too: nowhere else can its text be read.
            if (message && (!entry.isFinished() || entry.needsDecision()) && message->ofReturn == record.key)
                all.append({Display::text(entry.command.key), tr("You", "who wrote a message"),
                            OutboxWords::of(entry, *m_entries).state, Display::full(entry.command.madeAt),
                            Display::text(message->text), true, message->attachments});
        }
    }
    m_messages->setMessages(all);
}

void ReturnDetailPane::showTimeline(const Return &record)
{
    QList<TimelineEntry> entries;
    for (const ReturnEvent &event : std::views::reverse(record.events)) {
        QString text = Display::text(event.text);
        if (text.isEmpty())
            text = context().wording.of("return", event.code).label;
        const QString reference = Display::text(event.reference);
        if (!reference.isEmpty() && !text.contains(reference))
            text = tr("%1 · %2", "an event and the number it refers to").arg(text, reference);
        if (!event.by.empty())
            text = tr("%1 · %2", "an event and who did it").arg(text, Display::text(event.by));
        entries.append({text, Display::dateAndTime(event.at), Display::full(event.at)});
    }
    m_timeline->setEntries(entries);
}

} // namespace Counterfoil
