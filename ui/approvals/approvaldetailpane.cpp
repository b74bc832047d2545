#include "approvaldetailpane.h"

#include "actions.h"
#include "approval.h"
#include "commandport.h"
#include "display.h"
#include "formfield.h"
#include "linesmodel.h"
#include "linesview.h"
#include "outboxwords.h"
#include "recordheader.h"
#include "statuswording.h"
#include "style.h"
#include "timeline.h"
#include "type.h"
#include "wishes.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>

#include <algorithm>

namespace Counterfoil {

namespace {

DetailPane::Words approvalWords()
{
    return {ApprovalDetailPane::tr("Approval"),
            ApprovalDetailPane::tr("Copy the approval’s number"),
            Icons::Icon::Check,
            ApprovalDetailPane::tr("No approval chosen"),
            ApprovalDetailPane::tr("Choose one in the list to see what is to be ordered, and why it waits."),
            ApprovalDetailPane::tr("This approval is not on this computer")};
}

bool isGiven(const Person &person, const char *verb)
{
    return person.seesPrices && mayAsk(person, verb, Approval::type);
}

} // namespace

ApprovalDetailPane::ApprovalDetailPane(const PaneContext &context, QWidget *parent)
    : DetailPane(context, Approval::type, approvalWords(), parent)
    , m_deciding(buildDeciding())
    , m_itemsModel(new LinesModel(tr("Item"), this))
    , m_items(new LinesView(*m_itemsModel, scroll().widget()))
    , m_steps(new Timeline(scroll().widget()))
{
    m_items->setAccessibleName(tr("What is to be ordered"));
    addBelowBanner(m_deciding);
    m_itemsSection = addSection(tr("Items"), m_items, 0);
    addSection(tr("Who did what"), m_steps, RecordHeader::edgePadding);
    addresses().hide();
    endSections();
    setFocusProxy(m_items);
}

QWidget *ApprovalDetailPane::buildDeciding()
{
    auto *box = new QWidget(scroll().widget());
    m_comment = new FormField(FormField::Kind::Line, tr("Comment"), box);
    m_comment->setHint(tr("What you have to say of it"));
    m_approve = new QPushButton(tr("Approve"), box);
    m_approve->setToolTip(tr("A"));
    setLook(*m_approve, ButtonLook::Primary);
    m_refuse = new QPushButton(tr("Refuse"), box);
    m_refuse->setToolTip(tr("R"));
    m_takeBack = new QPushButton(tr("Take back"), box);
    m_takeBack->setToolTip(tr("The cart can be changed again then"));
    m_under = new QLabel(box);
    m_under->setWordWrap(true);
    m_under->setTextFormat(Qt::PlainText);
    Type::setMuted(*m_under);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(Space::small);
    buttons->addWidget(m_approve);
    buttons->addWidget(m_refuse);
    buttons->addWidget(m_takeBack);
    buttons->addStretch();
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(RecordHeader::edgePadding, Space::small, RecordHeader::edgePadding,
                               Space::small);
    layout->setSpacing(Space::small);
    layout->addWidget(m_comment);
    layout->addLayout(buttons);
    layout->addWidget(m_under);
    connect(m_approve, &QPushButton::clicked, this, &ApprovalDetailPane::approve);
    connect(m_refuse, &QPushButton::clicked, this, &ApprovalDetailPane::refuse);
    connect(m_takeBack, &QPushButton::clicked, this, &ApprovalDetailPane::takeBack);
    return box;
}

void ApprovalDetailPane::decideBy(CommandPort &commands)
{
    m_commands = &commands;
    connect(&commands, &CommandPort::entriesChanged, this, &ApprovalDetailPane::showDeciding);
    m_wishes = new Wishes(commands, this);
    connect(m_wishes, &Wishes::told, this, &ApprovalDetailPane::told);
    connect(m_wishes, &Wishes::stored, this, [this](const QString &target) {
        if (target.toStdString() == m_commentOn) {
            m_comment->setValue({});
            m_comment->clearNote();
        }
        showDeciding();
    });
    connect(m_wishes, &Wishes::lost, this, &ApprovalDetailPane::showDeciding); // what was typed stays
    showDeciding();
}

void ApprovalDetailPane::addActions(Actions &actions)
{
    const auto add = [&](const char *id, const QString &text, const QKeySequence &key,
                         void (ApprovalDetailPane::*run)()) {
        auto *action = new QAction(text, this);
        action->setShortcut(key);
        action->setAutoRepeat(false);                   // a key held down decides once
        action->setShortcutContext(Qt::WindowShortcut); // in the list beside it, too, while this is seen
        connect(action, &QAction::triggered, this, run);
        addAction(action);
        actions.adopt(QString::fromLatin1(id), tr("Approvals"), action);
    };
    add("approval.approve", tr("Approve the order"), QKeySequence(Qt::Key_A), &ApprovalDetailPane::approve);
    add("approval.refuse", tr("Refuse the order"), QKeySequence(Qt::Key_R), &ApprovalDetailPane::refuse);
    add("approval.takeBack", tr("Take back what waits to be approved"), {}, &ApprovalDetailPane::takeBack);
}

void ApprovalDetailPane::focusBody()
{
    m_items->setFocus(Qt::OtherFocusReason);
}

const Approval *ApprovalDetailPane::shownOne() const
{
    return watch().record<Approval>();
}

const OutboxEntry *ApprovalDetailPane::wish() const
{
    const Approval *approval = shownOne();
    if (!m_commands || !approval)
        return nullptr;
    const auto &entries = *m_commands->entries();
    const auto found = std::ranges::find_if(entries.rbegin(), entries.rend(), [&](const OutboxEntry &entry) {
        return entry.command.kind == &Approval::type && entry.command.target == approval->key
            && !entry.dismissed && entry.replacedBy.empty();
    });
    return found == entries.rend() ? nullptr : &*found;
}

bool ApprovalDetailPane::isFree() const
{
    const Approval *approval = shownOne();
    if (!m_commands || !approval || !approval->open || m_wishes->isUnderWay(approval->key))
        return false;
    const OutboxEntry *before = wish();
    return !before || before->needsDecision();
}

bool ApprovalDetailPane::mayDecide() const
{
    return isFree() && isGiven(context().person, "approve")
        && Display::text(shownOne()->requestedBy) != context().person.user;
}

bool ApprovalDetailPane::mayTakeBack() const
{
    return isFree() && isGiven(context().person, "retire")
        && Display::text(shownOne()->requestedBy) == context().person.user;
}

void ApprovalDetailPane::approve()
{
    if (mayDecide())
        ask("approve", tr("Queued: approving %1", "an approval's number").arg(number()));
}

// Whoever asked for it is to know why.
void ApprovalDetailPane::refuse()
{
    if (!mayDecide())
        return;
    if (m_comment->value().trimmed().isEmpty()) {
        m_comment->tell(tr("Say why it is refused, and press Refuse again."), Tone::Info);
        m_comment->editor()->setFocus(Qt::OtherFocusReason);
        return;
    }
    ask("refuse", tr("Queued: refusing %1", "an approval's number").arg(number()));
}

void ApprovalDetailPane::takeBack()
{
    if (mayTakeBack())
        ask("retire", tr("Queued: taking back %1", "an approval's number").arg(number()));
}

void ApprovalDetailPane::ask(const char *verb, const QString &saying)
{
    const Approval &approval = *shownOne();
    Command command;
    command.verb = verb;
    command.kind = &Approval::type;
    command.account = approval.account;
    command.target = approval.key;
    if (carriesRecord(command.verb)) {
        command.base = AnyRecord(Approval::type);
        command.base.as<Approval>()->comment = approval.comment;
        command.record = AnyRecord(Approval::type);
        command.record.as<Approval>()->comment = m_comment->value().trimmed().toStdString();
    }
    m_wishes->ask(command, saying);
    showDeciding();
}

void ApprovalDetailPane::showRecord()
{
    const Approval &approval = *shownOne();
    if (approval.key != m_commentOn) { // nobody is told what was meant for somebody else
        m_comment->setValue({});
        m_comment->clearNote();
        m_commentOn = approval.key;
    }
    showHead(approval);
    showFacts();
    showDeciding();
    showItems(approval);
    showSteps(approval);
}

void ApprovalDetailPane::showHead(const Approval &approval)
{
    const StatusWording::Words state = context().wording.of(Approval::type.name, approval.status);
    setChip(state.label, state.symbol, toneNamed(state.tone));
    setHeading(Display::text(approval.number),
               tr("%1 · asked for by %2, %3", "a cart's name, a person, a time")
                   .arg(Display::text(approval.name), Display::text(approval.requester),
                        Display::dateAndTime(approval.requestedAt)),
               Display::full(approval.requestedAt));
    if (approval.open) {
        setBanner(tr("It waits for %1. %2 may order up to %3 without approval.",
                     "names of approvers, a person's name, an amount")
                      .arg(Display::text(approval.waitsFor), Display::text(approval.requester),
                           Display::money(approval.limit, approval.currency)),
                  Tone::Info);
        return;
    }
    QStringList sentences;
    if (!approval.differences.empty())
        sentences.append(tr("It was approved and not ordered, because it is not as it was asked for:"));
    const auto shown = std::min(approval.differences.size(), differencesShown);
    for (std::size_t i = 0; i < shown; ++i)
        sentences.append(Display::text(approval.differences[i].text));
    if (approval.differences.size() > shown)
        sentences.append(tr("Others are said beside the items below."));
    if (approval.status == "returned" && approval.differences.empty() && !approval.steps.empty())
        sentences.append(tr("It was approved and not ordered: %1", "why, a sentence")
                             .arg(Display::text(approval.steps.back().text)));
    setBanner(sentences.join(u'\n'), Tone::Warn);
}

void ApprovalDetailPane::showDeciding()
{
    const OutboxEntry *before = wish();
    const bool decides = mayDecide();
    m_comment->setVisible(decides);
    m_approve->setVisible(decides);
    m_refuse->setVisible(decides);
    m_takeBack->setVisible(mayTakeBack());
    QString under;
    if (before && before->needsDecision())
        under = OutboxWords::of(*before, *m_commands->entries()).explanation;
    else if (shownOne()
             && ((before && !before->isFinished()) || (m_wishes && m_wishes->isUnderWay(shownOne()->key))))
        under = tr("What you decided is on its way.");
    m_under->setText(under);
    m_under->setVisible(!under.isEmpty());
    m_deciding->setVisible(shownOne() && shownOne()->open && (decides || mayTakeBack() || !under.isEmpty()));
}

void ApprovalDetailPane::showFacts()
{
    const Approval &approval = *shownOne();
    using DetailText::orDash;
    QList<Fact> shown;
    if (context().person.seesPrices)
        shown.append({tr("Total"), Display::money(approval.total, approval.currency)});
    shown += {{tr("Your PO"), orDash(Display::text(approval.poReference))},
              asOf(),
              {tr("Wanted"),
               approval.wantedOn.isSet() ? Display::shortDate(approval.wantedOn) : tr("as soon as possible")},
              {tr("Notes"), orDash(Display::text(approval.notes))}};
    facts().setFacts(shown);
}

void ApprovalDetailPane::showItems(const Approval &approval)
{
    const bool prices = context().person.seesPrices;
    QList<LinesColumn> columns{{tr("Quantity"), 0}};
    if (prices)
        columns.append({tr("Price"), 1});
    QList<LineWords> items;
    for (const CartLine &line : approval.lines) {
        LineWords words{line.lineNumber, Display::text(line.sku), Display::text(line.description)};
        words.values = {Display::quantity(line.quantity)};
        if (prices)
            words.values.append(Display::unitPrice(line.unitPrice, approval.currency));
        for (const CartDifference &difference : approval.differences) {
            if (difference.lineNumber == line.lineNumber)
                words.notes.append(Display::text(difference.text));
        }
        items.append(words);
    }
    m_itemsModel->setLines(columns, items);
    m_itemsSection.title->setText(tr("Items · %1").arg(approval.lines.size()));
}

void ApprovalDetailPane::showSteps(const Approval &approval)
{
    const auto sentence = [](const ApprovalStep &step) {
        const QString name = Display::text(step.name);
        if (step.code == "asked")
            return tr("%1 asked for it").arg(name);
        if (step.code == "approved")
            return tr("%1 approved it").arg(name);
        if (step.code == "refused")
            return tr("%1 refused it").arg(name);
        if (step.code == "withdrawn")
            return tr("%1 took it back").arg(name);
        return tr("It came back");
    };
    QList<TimelineEntry> entries;
    for (auto step = approval.steps.rbegin(); step != approval.steps.rend(); ++step) {
        const QString text = Display::text(step->text);
        entries.append({text.isEmpty()
                            ? sentence(*step)
                            : tr("%1: %2", "who did what, what they said").arg(sentence(*step), text),
                        Display::dateAndTime(step->at), Display::full(step->at)});
    }
    m_steps->setEntries(entries);
}

} // namespace Counterfoil
