#include "returndesk.h"

#include "attachmentfield.h"
#include "attachmentopening.h"
#include "cachereaders.h"
#include "confirmsheet.h"
#include "decidesheet.h"
#include "display.h"
#include "message.h"
#include "requestsheet.h"
#include "returndetailpane.h"
#include "syncport.h"

#include <algorithm>
#include <utility>

namespace Counterfoil {

namespace {

// What was read for a sheet.
struct Opened
{
    std::optional<ReturnCase> about;
    std::int64_t version = 0;
};

AnyRecord editableReturn(const Return &record)
{
    AnyRecord copy(Return::type);
    copyEditable(Return::type, &record, copy.data());
    return copy;
}

QString draftKeyOf(const RecordRef &from)
{
    return QString::fromStdString(std::string(from.kind->name) + '/' + from.key);
}

} // namespace

ReturnDesk::ReturnDesk(const PaneContext &context, CommandPort &commands, QObject *parent)
    : QObject(parent)
    , m_context(context)
    , m_commands(commands)
{
    if (context.attachments) {
        m_files = new AttachmentOpening(*context.attachments, this);
        connect(m_files, &AttachmentOpening::told, this, &ReturnDesk::told);
        connect(m_files, &AttachmentOpening::paperOpened, this, &ReturnDesk::paperOpened);
    }
    connect(&commands, &CommandPort::queued, this, [this](const QString &key) {
        const QString saying = m_waiting.take(key).saying;
        if (!saying.isEmpty())
            Q_EMIT told(saying);
    });
    connect(&commands, &CommandPort::notQueued, this, [this](const QString &key, const Error &error) {
        if (!m_waiting.contains(key))
            return;
        const Waiting waiting = m_waiting.take(key);
        Q_EMIT told(error.userText);
        if (waiting.undo)
            waiting.undo();
    });
}

bool ReturnDesk::mayRequest() const
{
    return mayAsk(m_context.person, "request", Return::type);
}

bool ReturnDesk::isReturnable(const RecordType *kind)
{
    return kind == &Order::type || kind == &Shipment::type || kind == &Invoice::type;
}

void ReturnDesk::read(const RecordRef &from, QWidget *window, Use use)
{
    m_context.readers.ask(
        this, m_asking.renew(),
        [from](CacheReader &reader) -> Result<Opened> {
            Opened opened;
            auto about = ReturnCase::read(reader, from);
            if (!about)
                return about.error();
            const auto row = reader.byKey(*from.kind, from.key);
            if (!row)
                return row.error();
            opened.about = std::move(*about);
            opened.version = *row ? (*row)->version : 0;
            return opened;
        },
        [this, use = std::move(use), over = QPointer(window)](Result<Opened> opened) {
            m_asking.finish();
            if (!opened)
                Q_EMIT told(opened.error().userText);
            else if (!opened->about)
                Q_EMIT told(
                    tr("Its order is not on this computer, so nothing of it can be returned here. Call "
                       "the supplier."));
            else if (over) {
                opened->about->addUnsent(*m_commands.entries());
                use(std::move(*opened->about), opened->version);
            }
        });
}

void ReturnDesk::request(const RecordRef &from, const std::set<std::int64_t> &lines, QWidget *window)
{
    if (!mayRequest())
        return;
    read(from, window, [this, from, lines, over = QPointer(window)](ReturnCase about, std::int64_t) {
        openRequest(from, std::move(about), lines, over);
    });
}

void ReturnDesk::openRequest(const RecordRef &from, ReturnCase about, const std::set<std::int64_t> &lines,
                             QWidget *window)
{
    const QString key = draftKeyOf(from);
    auto *sheet = new RequestSheet(window, m_context, std::move(about), lines);
    if (m_drafts.contains(key))
        sheet->fill(m_drafts.take(key));
    else if (m_drafts.size() >= mostDrafts)
        sheet->keepNothing();
    sheet->goWith(this);
    connect(sheet, &RequestSheet::requested, this, [this, key](const Return &wanted) {
        ask(wanted, {}, [this, wanted, key] { keep(key, wanted); });
    });
    connect(sheet, &FormSheet::closed, this, [this, sheet, key](bool keepTyped) {
        if (!keepTyped)
            return;
        keep(key, sheet->filledIn());
        if (sheet->files() && sheet->files()->isTaking())
            Q_EMIT told(tr("A file was still being copied and was not kept. Add it again when you go on."));
    });
    sheet->open();
}

void ReturnDesk::keep(const QString &key, const Return &draft)
{
    if (m_drafts.size() < mostDrafts)
        m_drafts.insert(key, draft);
    else
        Q_EMIT told(tr("Too many returns are kept for later, so this one is not. Ask for it anew."));
}

void ReturnDesk::forget(const ScopeChange &change)
{
    m_drafts.removeIf([&change](QHash<QString, Return>::iterator draft) {
        return change.ended || change.lost.contains(Display::text(draft->account));
    });
}

void ReturnDesk::ask(const Return &wanted, const QString &instead, std::function<void()> undo)
{
    Command command;
    command.verb = "request";
    command.kind = &Return::type;
    command.account = wanted.account;
    command.record = editableReturn(wanted);
    m_waiting.insert(instead.isEmpty() ? m_commands.submit(command) : m_commands.resubmit(instead, command),
                     {tr("Queued: the return is asked for. Its number comes with the supplier's answer."),
                      std::move(undo)});
}

void ReturnDesk::editRequest(const OutboxEntry &entry, QWidget *window)
{
    const auto *wish = entry.command.record.as<Return>();
    if (!wish)
        return;
    const RecordRef from = !wish->shipment.empty() ? RecordRef{&Shipment::type, wish->shipment}
        : !wish->invoice.empty()                   ? RecordRef{&Invoice::type, wish->invoice}
                                                   : RecordRef{&Order::type, wish->order};
    read(from, window,
         [this, typed = *wish, key = Display::text(entry.command.key),
          over = QPointer(window)](ReturnCase about, std::int64_t) {
             std::erase_if(about.returns, // what it is asked for instead of
                           [&key](const Return &each) { return each.key == resultOf(key.toStdString()); });
             auto *sheet = new RequestSheet(over, m_context, std::move(about));
             sheet->fill(typed);
             sheet->begin();
             sheet->setKeeps(false); // the outbox keeps it as it was
             sheet->goWith(this);
             connect(sheet, &RequestSheet::requested, this,
                     [this, key](const Return &wanted) { ask(wanted, key, {}); });
             sheet->open();
         });
}

void ReturnDesk::join(ReturnDetailPane &pane)
{
    pane.setCommands(m_commands);
    connect(&pane, &ReturnDetailPane::decisionWanted, this,
            [this, &pane](const RecordRef &ref, ReturnDecision decision) {
                decide(ref, decision, pane.window());
            });
    connect(
        &pane, &ReturnDetailPane::withdrawalWanted, this,
        [this, &pane](const RecordRef &ref, const QString &number) { withdraw(ref, number, pane.window()); });
    connect(
        &pane, &ReturnDetailPane::messageWanted, this,
        [this, &pane](const Return &about, const MessageList::Draft &draft) { write(about, draft, pane); });
    if (!m_files)
        return;
    connect(&pane, &ReturnDetailPane::openWanted, m_files, &AttachmentOpening::open);
    connect(&pane, &ReturnDetailPane::saveWanted, m_files,
            [this, &pane](const Attachment &file) { m_files->save(file, pane.window()); });
}

void ReturnDesk::write(const Return &about, const MessageList::Draft &draft, ReturnDetailPane &pane)
{
    Message message;
    message.ofReturn = about.key;
    message.text = draft.text.toStdString();
    message.attachments = draft.files;
    message.fromSupplier = m_context.person.speaksForSupplier;
    Command command;
    command.verb = "save";
    command.kind = &Message::type;
    command.account = about.account;
    command.record = AnyRecord(Message::type);
    copyEditable(Message::type, &message, command.record.data());
    submit(command, {{}, [list = QPointer(&pane.messages()), key = Display::text(about.key), draft] {
                         if (list)
                             list->giveBack(key, draft);
                     }});
}

void ReturnDesk::decide(const RecordRef &ref, ReturnDecision decision, QWidget *window)
{
    read(ref, window, [this, ref, decision, over = QPointer(window)](ReturnCase about, std::int64_t version) {
        const auto found = std::ranges::find(about.returns, ref.key, &Return::key);
        if (found == about.returns.end())
            return;
        const Return seen = *found;
        auto *sheet = new DecideSheet(over, m_context, std::move(about), seen, decision);
        sheet->goWith(this);
        connect(sheet, &DecideSheet::decided, this, [this, seen, version](const Return &as) {
            Command command;
            command.verb = "decide";
            command.kind = &Return::type;
            command.account = seen.account;
            command.target = seen.key;
            command.baseVersion = version;
            command.base = editableReturn(seen);
            command.record = editableReturn(as);
            const QString number = Display::text(seen.number);
            submit(command,
                   {as.units.isZero() ? tr("Queued: refusing the return %1").arg(number)
                                      : tr("Queued: authorising the return %1").arg(number),
                    {}});
        });
        sheet->open();
    });
}

void ReturnDesk::withdraw(const RecordRef &ref, const QString &number, QWidget *window)
{
    read(ref, window,
         [this, ref, number, over = QPointer(window)](const ReturnCase &about, std::int64_t version) {
             const auto found = std::ranges::find(about.returns, ref.key, &Return::key);
             if (found == about.returns.end())
                 return;
             auto *sheet = new ConfirmSheet(
                 over, tr("Take the return %1 back?").arg(number),
                 tr("Nothing of it is returned or credited. It can be asked for again."), tr("Take it back"));
             sheet->goWith(this);
             connect(sheet, &ConfirmSheet::confirmed, this, [this, seen = *found, version, number] {
                 Command command;
                 command.verb = "retire";
                 command.kind = &Return::type;
                 command.account = seen.account;
                 command.target = seen.key;
                 command.baseVersion = version;
                 command.base = editableReturn(seen);
                 submit(command, {tr("Queued: taking back the return %1").arg(number), {}});
             });
             sheet->open();
         });
}

void ReturnDesk::submit(const Command &command, const Waiting &waiting)
{
    m_waiting.insert(m_commands.submit(command), waiting);
}

} // namespace Counterfoil
