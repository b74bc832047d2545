#include "tokenstore.h"

#include <QLoggingCategory>
#include <QPointer>
#include <QTimer>

#include <qt6keychain/keychain.h>

namespace Counterfoil {

namespace {

Q_LOGGING_CATEGORY(lcTokens, "counterfoil.tokens")

// On a bus that never answers a job of the key store never ends.
constexpr int deadlineMs = 3'000;

QString service()
{
    return QStringLiteral("counterfoil");
}

// Runs `job`; `done` is called once, with its outcome or with "timed out".
void run(QObject *context, QKeychain::Job *job,
         const std::function<void(bool ok, const QString &error)> &done)
{
    auto finished = std::make_shared<bool>(false);
    const auto finish = [finished, done](bool ok, const QString &error) {
        if (!std::exchange(*finished, true))
            done(ok, error);
    };
    QObject::connect(job, &QKeychain::Job::finished, context, [finish](QKeychain::Job *ended) {
        const auto error = ended->error();
        finish(error == QKeychain::NoError || error == QKeychain::EntryNotFound, ended->errorString());
    });
    QTimer::singleShot(deadlineMs, context,
                       [finish] { finish(false, QStringLiteral("the key store does not answer")); });
    job->start();
}

} // namespace

TokenStore::TokenStore(bool useKeyStore, QObject *parent)
    : QObject(parent)
    , m_keyStore(useKeyStore)
{ }

void TokenStore::read(const QString &id, const std::function<void(const QString &)> &answer)
{
    if (const auto known = m_tokens.constFind(id); known != m_tokens.cend() || !m_keyStore) {
        const QString token = known != m_tokens.cend() ? *known : QString();
        QTimer::singleShot(0, this, [answer, token] { answer(token); });
        return;
    }
    auto *job = new QKeychain::ReadPasswordJob(service());
    job->setKey(id);
    run(this, job, [this, answer, job = QPointer(job)](bool ok, const QString &error) {
        if (!ok)
            giveUp(error);
        answer(ok && job ? job->textData() : QString());
    });
}

void TokenStore::write(const QString &id, const QString &token)
{
    m_tokens.insert(id, token);
    m_unwritten.insert(id, token);
    if (!m_keyStore)
        giveUp(QStringLiteral("switched off"));
    runNext();
}

void TokenStore::remove(const QString &id)
{
    m_tokens.insert(id, QString());
    m_unwritten.insert(id, QString());
    runNext();
}

// One after the other, so that the newest token is the one that stays.
void TokenStore::runNext()
{
    if (m_writing || m_unwritten.isEmpty() || !m_keyStore)
        return;
    const QString id = m_unwritten.cbegin().key();
    const QString token = m_unwritten.take(id);
    m_writing = true;
    QKeychain::Job *job = nullptr;
    if (token.isEmpty()) {
        job = new QKeychain::DeletePasswordJob(service());
    } else {
        auto *writing = new QKeychain::WritePasswordJob(service());
        writing->setTextData(token);
        job = writing;
    }
    job->setKey(id);
    run(this, job, [this](bool ok, const QString &error) {
        m_writing = false;
        if (!ok)
            giveUp(error);
        runNext();
    });
}

void TokenStore::giveUp(const QString &reason)
{
    if (std::exchange(m_keyStore, false))
        qCInfo(lcTokens, "No key store, tokens stay in memory: %s", qUtf8Printable(reason));
    m_unwritten.clear();
    if (!m_tokens.isEmpty() && !std::exchange(m_told, true))
        Q_EMIT keptInMemoryOnly();
}

} // namespace Counterfoil
