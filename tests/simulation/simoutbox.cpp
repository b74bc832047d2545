// What a client does about commands.
#include "simclient.h"

namespace Counterfoil {

Result<OutboxFile *> SimClient::outbox()
{
    if (m_outbox)
        return m_outbox.get();
    auto file = OutboxFile::open(m_disk.path(outboxFile()));
    if (!file)
        return file.error();
    m_outbox = *std::move(file);
    if (m_outbox->damage())
        m_world.note(m_name, "finds its outbox damaged");
    return m_outbox.get();
}

void SimClient::openOutbox()
{
    const auto file = outbox();
    if (!survived())
        return;
    if (!file) {
        later(1'000, [this] { openOutbox(); });
        return;
    }
    m_witness.outboxChanged(*this);
    runSender(m_sender->opened(now(), m_outbox->entries()));
}

OutboxEntries SimClient::entries() const
{
    return m_outbox ? m_outbox->entries() : std::make_shared<const std::vector<OutboxEntry>>();
}

void SimClient::runSender(const SenderEffects &effects)
{
    if (!survived())
        return;
    for (const SenderEffect &effect : effects) {
        std::visit([this](const auto &what) { performSender(what); }, effect);
        if (!isUp())
            return;
    }
}

void SimClient::performSender(const SendRequest &effect)
{
    send(effect, [this, id = effect.id](const Result<HttpAnswer> &answer) {
        runSender(m_sender->replied(now(), id, answer));
    });
}

void SimClient::performSender(const OutboxWork &effect)
{
    struct Worker
    {
        OutboxFile &file;
        Instant now;

        Outcome operator()(const NoteSending &work) const { return file.willSend(work.key, now); }
        Outcome operator()(const NoteOutcome &work) const { return file.told(work.outcome, now); }
        Outcome operator()(const NoteFailed &work) const
        {
            return file.attemptFailed(work.key, work.error, now);
        }
    };
    const auto file = outbox();
    const Outcome done = file ? std::visit(Worker{**file, m_clock.now()}, effect) : Outcome(file.error());
    if (!survived())
        return;
    if (done)
        m_witness.outboxChanged(*this);
    const auto result = done ? Result<OutboxEntries>(entries()) : Result<OutboxEntries>(done.error());
    outboxTells([this, result] { runSender(m_sender->stored(now(), result)); });
}

void SimClient::performSender(const RefuseToken &effect)
{
    run(m_engine->bearerRefused(now(), effect.bearer));
}

void SimClient::performSender(const WakeIn &effect)
{
    later(effect.ms, [this, number = ++m_lastWake] {
        if (number == m_lastWake)
            runSender(m_sender->woke(now()));
    });
}

// Anything that does not come from the sender.
Outcome SimClient::changeOutbox(const std::function<Outcome(OutboxFile &)> &change)
{
    const auto file = outbox();
    const Outcome done = file ? change(**file) : Outcome(file.error());
    if (m_disk.isDead())
        return Error{ErrorKind::Storage, {}, QStringLiteral("it is dead")};
    if (!done)
        return done;
    m_witness.outboxChanged(*this);
    outboxTells([this, kept = entries()] { runSender(m_sender->entriesChanged(now(), kept)); });
    return done;
}

// One thread has the outbox, so what it tells another arrives in order.
void SimClient::outboxTells(std::function<void()> what)
{
    m_fromOutboxAt = std::max(m_fromOutboxAt, m_world.ms() + m_world.between(0, 20));
    later(m_fromOutboxAt - m_world.ms(), std::move(what));
}

Outcome SimClient::submit(const Command &command)
{
    const auto done = changeOutbox([&](OutboxFile &file) { return file.submit(command); });
    if (done) {
        m_world.note(m_name, "has queued", command.key);
        m_witness.submitted(*this, command);
    }
    survived();
    return done;
}

Outcome SimClient::resubmit(std::string key, const Command &changed)
{
    const auto done
        = changeOutbox([&](OutboxFile &file) { return file.resubmit(key, changed, m_world.random); });
    if (done) {
        m_world.note(m_name, "has made of " + key, changed.key);
        m_witness.submitted(*this, changed);
    }
    survived();
    return done;
}

Outcome SimClient::cancel(std::string key)
{
    const auto done = changeOutbox([&](OutboxFile &file) { return file.cancel(key, m_clock.now()); });
    if (done)
        m_world.note(m_name, "has cancelled", key);
    survived();
    return done;
}

Outcome SimClient::dismiss(std::string key)
{
    const auto done = changeOutbox([&](OutboxFile &file) { return file.dismiss(key, m_clock.now()); });
    survived();
    return done;
}

void SimClient::retryNow(const std::string &key)
{
    if (m_sender)
        runSender(m_sender->retryNow(now(), key));
}

} // namespace Counterfoil
