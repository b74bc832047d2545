#include "pullclient.h"

#include "benchcompany.h"
#include "cachereader.h"
#include "cachereaders.h"
#include "database.h"
#include "kinds.h"
#include "order.h"
#include "recordlistmodel.h"
#include "recordquery.h"
#include "syncclient.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTimer>

#include <cstdio>
#include <memory>

namespace Counterfoil {

namespace {

constexpr int deadlineMs = 3'600'000;
constexpr int wordsEveryMs = 50;

double secondsOf(const QElapsedTimer &timer)
{
    return static_cast<double>(timer.nsecsElapsed()) / 1e9;
}

class Pull final : public QObject
{
public:
    Pull(const QString &folder, bool looks)
        : m_client(std::make_unique<SyncClient>(SyncClient::Options{
            folder + QStringLiteral("/profiles"), QStringLiteral("bench"), false, {}, {}}))
        , m_looks(looks)
    {
        connect(m_client.get(), &SyncClient::profileOpened, this, &Pull::opened);
        connect(m_client.get(), &SyncClient::cacheChanged, this, [this](const ChangeNotice &notice) {
            if (m_readers)
                m_readers->noteChange(notice);
        });
        connect(&m_client->sync(), &SyncPort::statusChanged, this, &Pull::look);
        connect(&m_client->signIn(), &SignInPort::signInFailed, this, [](const Error &error) {
            std::fprintf(stderr, "%s (%s)\n", qUtf8Printable(error.userText), qUtf8Printable(error.detail));
            QCoreApplication::exit(1);
        });
        connect(&m_words, &QTimer::timeout, this, &Pull::lookForWords);
        m_client->start();
    }

    void begin(const QStringList &arguments)
    {
        m_timer.start();
        m_client->signIn().signIn(QUrl(arguments[0]), arguments[1], arguments[2]);
    }

    // Ends the client, which leaves the cache whole on disk, and tells.
    void finish()
    {
        m_model.reset();
        m_readers.reset();
        m_client.reset();
        m_result.searchableSeconds = secondsOf(m_timer);
        CacheReader cache(m_path);
        for (const RecordType *kind : allKinds()) {
            const auto count = cache.count(*kind);
            m_result.records += count ? *count : 0;
        }
        const QJsonObject json{{QStringLiteral("firstPageSeconds"), m_result.firstPageSeconds},
                               {QStringLiteral("ordersSeconds"), m_result.ordersSeconds},
                               {QStringLiteral("usableSeconds"), m_result.usableSeconds},
                               {QStringLiteral("searchableSeconds"), m_result.searchableSeconds},
                               {QStringLiteral("peakMb"), peakMemoryMb(QCoreApplication::applicationPid())},
                               {QStringLiteral("records"), static_cast<double>(m_result.records)}};
        std::printf("%s\n", QJsonDocument(json).toJson(QJsonDocument::Compact).constData());
    }

private:
    void opened(const Profile &profile)
    {
        m_path = profile.cachePath();
        if (!m_looks)
            return;
        m_readers = std::make_unique<CacheReaders>(m_path);
        m_model = std::make_unique<RecordListModel>(*m_readers, m_clock, Order::type);
        connect(m_model.get(), &QAbstractItemModel::rowsInserted, this, &Pull::seen);
        connect(m_model.get(), &QAbstractItemModel::modelReset, this, &Pull::seen);
        connect(m_model.get(), &QAbstractItemModel::dataChanged, this, &Pull::seen);
        RecordQuery newest;
        newest.kind = &Order::type;
        m_model->setQuery(newest);
    }

    void seen()
    {
        if (m_result.firstPageSeconds == 0 && m_model && m_model->rowCount() > 0
            && !m_model->index(0, 0).data().toString().isEmpty())
            m_result.firstPageSeconds = secondsOf(m_timer);
    }

    void look(const SyncStatus &status)
    {
        for (const auto &kind : status.progress) {
            if (kind.kind.toStdString() == Order::type.name && kind.total > 0 && kind.done == kind.total
                && m_result.ordersSeconds == 0)
                m_result.ordersSeconds = secondsOf(m_timer);
        }
        if (status.mode == SyncStatus::Mode::Live && m_result.usableSeconds == 0) {
            m_result.usableSeconds = secondsOf(m_timer);
            m_words.start(wordsEveryMs);
        }
    }

    void lookForWords()
    {
        auto database = Sqlite::Database::open(m_path, Sqlite::Database::Mode::ReadOnly);
        const auto waiting = database ? database->integer("SELECT sum(wordsEnd - wordsNext) FROM kinds")
                                      : Result<std::int64_t>(database.error());
        if (waiting && *waiting == 0)
            QCoreApplication::exit(0);
    }

    SystemClock m_clock;
    std::unique_ptr<SyncClient> m_client;
    std::unique_ptr<CacheReaders> m_readers;
    std::unique_ptr<RecordListModel> m_model;
    QTimer m_words;
    QElapsedTimer m_timer;
    PullResult m_result;
    QString m_path;
    bool m_looks;
};

} // namespace

int runPullClient(const QStringList &arguments)
{
    if (arguments.size() < 4)
        return 2;
    Pull pull(arguments[3], arguments.contains(QLatin1String("list")));
    pull.begin(arguments);
    QTimer::singleShot(deadlineMs, qApp, [] { QCoreApplication::exit(1); });
    const int code = QCoreApplication::exec();
    if (code == 0)
        pull.finish();
    return code;
}

PullResult PullResult::read(const QByteArray &json)
{
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    PullResult result;
    result.firstPageSeconds = object[QStringLiteral("firstPageSeconds")].toDouble();
    result.ordersSeconds = object[QStringLiteral("ordersSeconds")].toDouble();
    result.usableSeconds = object[QStringLiteral("usableSeconds")].toDouble();
    result.searchableSeconds = object[QStringLiteral("searchableSeconds")].toDouble();
    result.peakMb = object[QStringLiteral("peakMb")].toDouble();
    result.records = static_cast<std::int64_t>(object[QStringLiteral("records")].toDouble());
    return result;
}

} // namespace Counterfoil
