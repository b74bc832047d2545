#include "enginerunner.h"

#include <QNetworkInformation>
#include <QThread>

namespace Counterfoil {

namespace {

constexpr int sleepWatchMs = 5'000;
constexpr std::int64_t sleptMs = 3'000; // asleep for longer: nothing that is open is to be trusted

} // namespace

EngineRunner::EngineRunner(ProfileStore profiles, StoreWorker *store, DocumentShelf *shelf,
                           OutboxWorker *outbox, AttachmentShelf *files)
    : m_profiles(std::move(profiles))
    , m_store(store)
    , m_documents(store, shelf, m_random, this)
    , m_commands(outbox, files, m_random, this)
{
    for (const TimerId id : {TimerId::Ping, TimerId::Silence, TimerId::Next}) {
        auto *one = new QTimer(this);
        m_timers[static_cast<std::size_t>(id)] = one;
        one->setSingleShot(true);
        one->setTimerType(Qt::PreciseTimer);
        connect(one, &QTimer::timeout, this, [this, id] { carryOut(m_engine.timerFired(now(), id)); });
    }
    connect(&m_network, &Network::replied, this, [this](RequestId id, int status, const std::string &body) {
        carryOut(m_engine.replied(now(), id, HttpAnswer{status, body}));
    });
    connect(&m_network, &Network::failed, this,
            [this](RequestId id, const Error &error) { carryOut(m_engine.replied(now(), id, error)); });
    connect(&m_network, &Network::socketOpened, this,
            [this](SocketId id) { carryOut(m_engine.socketOpened(now(), id)); });
    connect(&m_network, &Network::socketReceived, this, [this](SocketId id, const std::string &text) {
        carryOut(m_engine.socketReceived(now(), id, text));
    });
    connect(&m_network, &Network::socketClosed, this,
            [this](SocketId id, const Error &error) { carryOut(m_engine.socketClosed(now(), id, error)); });

    connect(store, &StoreWorker::opened, &m_documents, &DownloadsRunner::open);
    connect(store, &StoreWorker::changed, &m_documents, &DownloadsRunner::noteChange);
    connect(&m_documents, &DownloadsRunner::bearerRefused, this, &EngineRunner::refuseBearer);
    connect(&m_commands, &CommandsRunner::bearerRefused, this, &EngineRunner::refuseBearer);
    connect(&m_people.calls(), &SerialCalls::bearerRefused, this, &EngineRunner::refuseBearer);
    connect(&m_quotes, &QuoteRunner::answered, m_store,
            [worker = m_store](quint64, const Quote &quote) { worker->storeTold(quote); });
    connect(&m_quotes.calls(), &SerialCalls::bearerRefused, this, &EngineRunner::refuseBearer);
    connect(&m_attachments.calls(), &SerialCalls::bearerRefused, this, &EngineRunner::refuseBearer);

    m_sleepWatch.setTimerType(Qt::VeryCoarseTimer);
    connect(&m_sleepWatch, &QTimer::timeout, this, &EngineRunner::lookForSleep);
}

void EngineRunner::refuseBearer(const std::string &bearer)
{
    carryOut(m_engine.bearerRefused(now(), bearer));
}

Now EngineRunner::now() const
{
    return {m_clock.sinceBoot(), m_clock.now()};
}

void EngineRunner::startWatching()
{
    m_watchedBoot = m_clock.sinceBoot();
    m_watchedAwake = std::chrono::steady_clock::now();
    m_sleepWatch.start(sleepWatchMs);
    watchNetwork();
}

// Where the system tells that the network came back, nobody waits for the next attempt. It is asked on
// this thread, since its answer may take a while.
void EngineRunner::watchNetwork()
{
    if (std::exchange(m_watchingNetwork, true)
        || !QNetworkInformation::loadBackendByFeatures(QNetworkInformation::Feature::Reachability))
        return;
    connect(QNetworkInformation::instance(), &QNetworkInformation::reachabilityChanged, this,
            [this](QNetworkInformation::Reachability now) {
                if (now == QNetworkInformation::Reachability::Online)
                    retryNow();
            });
}

// The boot-time clock counts sleep, the steady clock (on Linux) does not.
void EngineRunner::lookForSleep()
{
    const auto awake = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now()
                                                                             - m_watchedAwake);
    const std::int64_t slept = m_clock.sinceBoot().ms - m_watchedBoot.ms - awake.count();
    startWatching();
    if (slept > sleptMs)
        carryOut(m_engine.woke(now()));
}

void EngineRunner::resume(const Profile &profile, const QString &refreshToken)
{
    m_gateway = profile.person.gateway;
    m_commands.open(profile);
    m_people.calls().setGateway(m_gateway);
    m_quotes.calls().setGateway(m_gateway);
    m_attachments.calls().setGateway(m_gateway);
    startWatching();
    carryOut(m_engine.resume(now(), profile.person, refreshToken.toStdString(), profile.asOf));
}

void EngineRunner::signIn(const QUrl &gateway, const QString &user, const QString &password,
                          const QString &device)
{
    m_askedGateway = gateway;
    startWatching();
    carryOut(m_engine.signIn(now(), user.toStdString(), password.toStdString(), device.toStdString()));
}

void EngineRunner::signOut()
{
    m_askedGateway.clear();
    m_sleepWatch.stop();
    carryOut(m_engine.signOut(now()));
    m_documents.close();
    m_commands.close();
    m_attachments.endAll();
    QMetaObject::invokeMethod(
        m_store, [store = m_store] { store->close(); }, Qt::QueuedConnection);
}

void EngineRunner::setConnected(bool connected)
{
    m_people.calls().setConnected(connected);
    m_quotes.calls().setConnected(connected);
    m_attachments.calls().setConnected(connected);
    carryOut(m_engine.setConnected(now(), connected));
}

void EngineRunner::retryNow()
{
    carryOut(m_engine.retryNow(now()));
}

// Also the way to the gateway, where that is what fails.
void EngineRunner::retryCommand(const QString &key)
{
    retryNow();
    m_commands.retryNow(key);
}

void EngineRunner::shutDown()
{
    carryOut(m_engine.setConnected(now(), false));
    m_documents.shutDown();
    m_commands.shutDown();
    m_people.calls().shutDown();
    m_quotes.calls().shutDown();
    m_attachments.calls().shutDown();
    m_sleepWatch.stop();
    m_shutDown = true;
}

// What an effect brings about at once comes after the effects before it.
void EngineRunner::carryOut(Effects effects)
{
    for (Effect &effect : effects)
        m_pending.push_back(std::move(effect));
    if (m_carrying || m_shutDown)
        return;
    m_carrying = true;
    while (!m_pending.empty()) {
        const Effect effect = std::move(m_pending.front());
        m_pending.pop_front();
        std::visit([this](const auto &what) { perform(what); }, effect);
    }
    m_carrying = false;
    if (m_bearer != m_engine.bearer()) {
        m_bearer = m_engine.bearer();
        m_documents.setBearer(m_bearer);
        m_people.calls().setBearer(m_bearer);
        m_quotes.calls().setBearer(m_bearer);
        m_attachments.calls().setBearer(m_bearer);
    }
    m_commands.setBearer(m_engine.provenBearer());
}

void EngineRunner::perform(const SendRequest &effect)
{
    m_network.send(m_askedGateway.isEmpty() ? m_gateway : m_askedGateway, effect);
}

void EngineRunner::perform(const AbortRequest &effect)
{
    m_network.abort(effect.id);
}

void EngineRunner::perform(const OpenSocket &effect)
{
    m_network.open(m_gateway, effect);
}

void EngineRunner::perform(const CloseSocket &effect)
{
    m_network.close(effect.id);
}

void EngineRunner::perform(const SendText &effect)
{
    m_network.sendText(effect.id, effect.text);
}

void EngineRunner::perform(const DropConnections &)
{
    m_network.dropConnections();
}

void EngineRunner::perform(const StartTimer &effect)
{
    timer(effect.id).start(static_cast<int>(effect.inMs));
}

void EngineRunner::perform(const StopTimer &effect)
{
    timer(effect.id).stop();
}

// What belongs to no account any more goes with its files and commands, and these first: as long as there are
// rows, the gateway says again what is to go.
void EngineRunner::perform(const StoreWork &effect)
{
    const auto *some = std::get_if<Purge>(&effect);
    const auto *all = std::get_if<PurgeEverything>(&effect);
    if (!all && (!some || some->accounts.empty())) {
        store(effect, Done());
        return;
    }
    m_commands.purging();
    m_attachments.endAll();
    // A fill that began in vain takes the copy of what there is, never what the person did.
    const RemoveAccounts commands
        = all ? RemoveAccounts{all->lost, all->ended} : RemoveAccounts{some->accounts, false};
    m_documents.purge({some ? some->accounts : std::vector<std::string>(), all != nullptr},
                      [this, effect, commands](const Outcome &removed) {
                          m_commands.withdraw(commands, [this, effect, removed](const Outcome &withdrawn) {
                              store(effect, removed ? withdrawn : removed);
                          });
                      });
}

void EngineRunner::store(const StoreWork &work, const Outcome &before)
{
    if (m_shutDown)
        return; // the store may be gone already; the gateway says again what is to go
    const bool purges = std::holds_alternative<Purge>(work) || std::holds_alternative<PurgeEverything>(work);
    const auto answer = [this, before, purges](const Result<StoredState> &result) {
        const auto take = [this, before, purges, result] {
            if (purges)
                m_documents.purged();
            carryOut(m_engine.stored(now(), result && !before ? before.error() : result));
        };
        QMetaObject::invokeMethod(this, take, Qt::QueuedConnection);
    };
    QMetaObject::invokeMethod(
        m_store, [store = m_store, work, answer] { store->carryOut(work, answer); }, Qt::QueuedConnection);
}

void EngineRunner::perform(const SaveTokens &effect)
{
    Q_EMIT tokensChanged(QString::fromStdString(effect.refreshToken));
}

void EngineRunner::perform(const ForgetTokens &)
{
    Q_EMIT tokensChanged(QString());
}

void EngineRunner::perform(const Publish &effect)
{
    m_documents.setStatus(effect.status);
    m_commands.setStatus(effect.status);
    Q_EMIT statusChanged(effect.status);
}

void EngineRunner::perform(const TellScope &effect)
{
    Q_EMIT scopeChanged(effect.change);
}

void EngineRunner::perform(const WithdrawUnseen &)
{
    m_commands.withdrawUnseen();
}

void EngineRunner::perform(const AskOutcomes &effect)
{
    m_commands.nudge(effect);
}

void EngineRunner::perform(const SignedIn &effect)
{
    if (!m_askedGateway.isEmpty())
        m_gateway = std::exchange(m_askedGateway, QUrl());
    Person person = effect.person;
    person.gateway = m_gateway;
    const Profile profile = m_profiles.profileOf(person);
    m_documents.leaveUnless(profile);
    m_people.calls().setGateway(m_gateway);
    m_quotes.calls().setGateway(m_gateway);
    m_attachments.calls().setGateway(m_gateway);
    Q_EMIT signedIn(profile); // before the cache can announce itself
    QMetaObject::invokeMethod(
        m_store, [store = m_store, profile] { store->open(profile); }, Qt::QueuedConnection);
    m_commands.open(profile);
}

void EngineRunner::perform(const SignInFailed &effect)
{
    m_askedGateway.clear();
    Q_EMIT signInFailed(effect.error);
}

void EngineRunner::perform(const SignInNeeded &effect)
{
    Q_EMIT signInNeeded(effect.reason);
}

} // namespace Counterfoil
