#include "commandsrunner.h"

#include "attachmentshelf.h"
#include "outboxworker.h"
#include "tuning.h"

#include <algorithm>

namespace Counterfoil {

CommandsRunner::CommandsRunner(OutboxWorker *outbox, AttachmentShelf *files, Random &random, QObject *parent)
    : QObject(parent)
    , m_outbox(outbox)
    , m_files(files)
    , m_sender(random)
{
    m_wake.setSingleShot(true);
    connect(&m_wake, &QTimer::timeout, this, [this] { carryOut(m_sender.woke(now())); });
    connect(&m_network, &Network::replied, this, [this](RequestId id, int status, const std::string &body) {
        carryOut(m_sender.replied(now(), id, HttpAnswer{status, body}));
    });
    connect(&m_network, &Network::failed, this,
            [this](RequestId id, const Error &error) { carryOut(m_sender.replied(now(), id, error)); });
    connect(outbox, &OutboxWorker::opened, this,
            [this](const Profile &profile, const OutboxEntries &entries) {
                if (profile.directory == m_directory)
                    carryOut(m_sender.opened(now(), entries));
            });
    connect(outbox, &OutboxWorker::changed, this,
            [this](const QString &directory, const OutboxEntries &entries) {
                if (directory == m_directory)
                    carryOut(m_sender.entriesChanged(now(), entries));
            });
}

Now CommandsRunner::now() const
{
    return {m_clock.sinceBoot(), m_clock.now()};
}

void CommandsRunner::open(const Profile &profile)
{
    if (profile.directory != m_directory)
        carryOut(m_sender.closed(now()));
    m_directory = profile.directory;
    m_gateway = profile.person.gateway;
    QMetaObject::invokeMethod(
        m_outbox, [outbox = m_outbox, profile] { outbox->open(profile); }, Qt::QueuedConnection);
}

void CommandsRunner::close()
{
    carryOut(m_sender.closed(now()));
    m_directory.clear();
    QMetaObject::invokeMethod(
        m_outbox, [outbox = m_outbox] { outbox->close(); }, Qt::QueuedConnection);
}

void CommandsRunner::setStatus(const SyncStatus &status)
{
    carryOut(m_sender.statusChanged(now(), status));
}

void CommandsRunner::setBearer(const std::string &bearer)
{
    if (std::exchange(m_bearer, bearer) != bearer)
        carryOut(m_sender.tokenChanged(now(), bearer));
}

void CommandsRunner::nudge(const AskOutcomes &what)
{
    carryOut(m_sender.nudged(now(), what));
}

void CommandsRunner::retryNow(const QString &key)
{
    carryOut(m_sender.retryNow(now(), key.toStdString()));
}

void CommandsRunner::purging()
{
    carryOut(m_sender.purging(now()));
}

void CommandsRunner::withdraw(const RemoveAccounts &what, std::function<void(const Outcome &)> done)
{
    const auto finish = [this, done = std::move(done)](const Outcome &outcome) {
        done(outcome);
        carryOut(m_sender.purged(now()));
    };
    if (!what.all && what.accounts.empty()) {
        withdrawFiles(what, Done(), finish);
        return;
    }
    const auto answer
        = [this, what, finish](const Outcome &outcome) { withdrawFiles(what, outcome, finish); };
    QMetaObject::invokeMethod(
        m_outbox, [outbox = m_outbox, what, answer] { outbox->withdraw(what, answer); },
        Qt::QueuedConnection);
}

// Once the outbox has told the shelf what it needs no more; on either's thread. `before`: what became of the
// commands. Where nobody can name the accounts, what was looked at goes all the same.
void CommandsRunner::withdrawFiles(const RemoveAccounts &what, const Outcome &before, const Finish &finish)
{
    const auto answer = [this, before, finish](const Outcome &removed) {
        QMetaObject::invokeMethod(
            this, [finish, outcome = before ? removed : before] { finish(outcome); }, Qt::QueuedConnection);
    };
    QMetaObject::invokeMethod(
        m_files, [files = m_files, what, answer] { files->withdraw(what, answer); }, Qt::QueuedConnection);
}

// Until it is done nothing is sent: what should go might.
void CommandsRunner::withdrawUnseen()
{
    if (m_shutDown)
        return;
    purging();
    const auto finish = [this](const Outcome &outcome) {
        if (outcome)
            carryOut(m_sender.purged(now()));
        else
            QTimer::singleShot(Tuning::outboxRetryMs, this, &CommandsRunner::withdrawUnseen);
    };
    const auto answer = [this, finish](const Result<RemoveAccounts> &gone) {
        withdrawFiles(gone ? *gone : RemoveAccounts(), gone ? Outcome(Done()) : gone.error(), finish);
    };
    QMetaObject::invokeMethod(
        m_outbox, [outbox = m_outbox, answer] { outbox->withdrawUnseen(answer); }, Qt::QueuedConnection);
}

void CommandsRunner::shutDown()
{
    m_wake.stop();
    m_shutDown = true;
}

// What an effect brings about at once comes after the effects before it.
void CommandsRunner::carryOut(SenderEffects effects)
{
    for (SenderEffect &effect : effects)
        m_pending.push_back(std::move(effect));
    if (m_carrying || m_shutDown)
        return;
    m_carrying = true;
    while (!m_pending.empty()) {
        const SenderEffect effect = std::move(m_pending.front());
        m_pending.pop_front();
        std::visit([this](const auto &what) { perform(what); }, effect);
    }
    m_carrying = false;
}

void CommandsRunner::perform(const SendRequest &effect)
{
    m_network.send(m_gateway, effect);
}

void CommandsRunner::perform(const AbortRequest &effect)
{
    m_network.abort(effect.id);
}

void CommandsRunner::perform(const OutboxWork &effect)
{
    const auto answer = [this](const Result<OutboxEntries> &entries) {
        QMetaObject::invokeMethod(
            this, [this, entries] { carryOut(m_sender.stored(now(), entries)); }, Qt::QueuedConnection);
    };
    QMetaObject::invokeMethod(
        m_outbox, [outbox = m_outbox, effect, answer] { outbox->carryOut(effect, answer); },
        Qt::QueuedConnection);
}

void CommandsRunner::perform(const ReadPiece &effect)
{
    const auto answer = [this, effect](const Result<std::string> &bytes) {
        QMetaObject::invokeMethod(
            this, [this, effect, bytes] { carryOut(m_sender.pieceRead(now(), effect, bytes)); },
            Qt::QueuedConnection);
    };
    QMetaObject::invokeMethod(
        m_files, [files = m_files, effect, answer] { files->read(effect.file, effect.offset, answer); },
        Qt::QueuedConnection);
}

void CommandsRunner::perform(const RefuseToken &effect)
{
    Q_EMIT bearerRefused(effect.bearer);
}

void CommandsRunner::perform(const WakeIn &effect)
{
    m_wake.start(static_cast<int>(std::min<std::int64_t>(effect.ms, 3'600'000)));
}

} // namespace Counterfoil
