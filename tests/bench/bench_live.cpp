// How long a change takes from its commit in the ERP to the repainted row, through everything that is
// real: sandbox ERP, gateway process, WebSocket, cache, model, view. Printed beside the sum of what
// cannot be left out: a durable commit on either side, a WebSocket round trip, a paint.

#include "benchtable.h"
#include "cachereader.h"
#include "cachereaders.h"
#include "clock.h"
#include "database.h"
#include "demogateway.h"
#include "order.h"
#include "recordlistmodel.h"
#include "recordquery.h"
#include "recordview.h"
#include "syncclient.h"
#include "theme.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QHash>
#include <QTemporaryDir>
#include <QTimer>
#include <QWebSocket>
#include <QWebSocketServer>

#include <algorithm>
#include <cstdio>

using namespace Counterfoil;

namespace {

constexpr int changesPerSecond = 50;
constexpr int wantedSamples = 1'000;
constexpr int deadlineMs = 120'000;
constexpr int limitRounds = 300;

// Until PouchDB's live replication tells of a change, as measured on this project's machine.
constexpr double pouchMedianMs = 9.8;
constexpr double pouchHighMs = 36;
constexpr double frameMs = 16.7;

void waitFor(const std::function<bool()> &condition)
{
    QEventLoop loop;
    QTimer look;
    QObject::connect(&look, &QTimer::timeout, &loop, [&] {
        if (condition())
            loop.quit();
    });
    look.start(5);
    QTimer::singleShot(deadlineMs, &loop, &QEventLoop::quit);
    if (!condition())
        loop.exec();
}

// Notes when a changed row was painted, and asks the cache afterwards when the ERP had committed it.
class Stopwatch final : public QObject
{
public:
    Stopwatch(RecordListModel &model, RecordView &view, CacheReaders &readers)
        : m_model(model)
        , m_view(view)
        , m_readers(readers)
    {
        view.viewport()->installEventFilter(this);
        connect(&model, &QAbstractItemModel::dataChanged, this,
                [this](const QModelIndex &from, const QModelIndex &to) { note(from.row(), to.row()); });
        connect(&model, &QAbstractItemModel::rowsInserted, this,
                [this](const QModelIndex &, int first, int last) {
                    // The list stays where it was looked at; here somebody always looks at the newest.
                    m_view.scrollToTop();
                    note(first, last);
                });
    }

    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() != QEvent::Paint || m_waiting.isEmpty())
            return QObject::eventFilter(watched, event);
        m_view.viewport()->removeEventFilter(this);
        QApplication::sendEvent(watched, event);
        m_view.viewport()->installEventFilter(this);
        const Instant painted = m_clock.now();
        for (const qint64 id : std::as_const(m_waiting))
            ask(id, painted);
        m_waiting.clear();
        return true;
    }

    QList<double> samples;

private:
    void note(int first, int last)
    {
        const int top = m_view.rowAt(0);
        const int bottom = m_view.rowAt(m_view.viewport()->height() - 1);
        for (int row = std::max(first, top); row <= std::min(last, bottom < 0 ? last : bottom); ++row) {
            const qint64 id = m_model.index(row, 0).data(ItemRole::RowId).toLongLong();
            if (id > 0)
                m_waiting.insert(id);
        }
    }

    void ask(qint64 id, Instant painted)
    {
        m_readers.ask(
            this, std::make_shared<std::atomic_bool>(false),
            [id](CacheReader &reader) { return reader.byId(Order::type, id, WithLists::No); },
            [this, painted](Result<std::optional<CachedRecord>> row) {
                // Changed again meanwhile: that later commit was not what the paint showed.
                if (row && *row && (*row)->time <= painted)
                    samples.append(static_cast<double>(painted.ms - (*row)->time.ms));
            });
    }

    RecordListModel &m_model;
    RecordView &m_view;
    CacheReaders &m_readers;
    SystemClock m_clock;
    QSet<qint64> m_waiting;
};

double commitMs(const QString &path, Sqlite::Database::Durability durability)
{
    auto database = Sqlite::Database::open(path, Sqlite::Database::Mode::ReadWrite, durability);
    if (!database || !database->execute("CREATE TABLE t(id INTEGER PRIMARY KEY, text TEXT)"))
        return 0;
    const std::string sql = "INSERT INTO t(text) VALUES('" + std::string(1'500, 'x') + "')";
    QList<double> times;
    for (int i = 0; i < limitRounds; ++i) {
        QElapsedTimer timer;
        timer.start();
        if (!database->execute(sql))
            return 0;
        times.append(static_cast<double>(timer.nsecsElapsed()) / 1e6);
    }
    return quantile(times, 0.5);
}

double roundTripMs()
{
    QWebSocketServer server(QString(), QWebSocketServer::NonSecureMode);
    if (!server.listen(QHostAddress::LocalHost))
        return 0;
    QObject::connect(&server, &QWebSocketServer::newConnection, &server, [&server] {
        QWebSocket *peer = server.nextPendingConnection();
        QObject::connect(peer, &QWebSocket::textMessageReceived, peer, &QWebSocket::sendTextMessage);
    });
    QWebSocket socket;
    QEventLoop loop;
    QObject::connect(&socket, &QWebSocket::connected, &loop, &QEventLoop::quit);
    QObject::connect(&socket, &QWebSocket::textMessageReceived, &loop, &QEventLoop::quit);
    socket.open(server.serverUrl());
    loop.exec();
    QList<double> times;
    for (int i = 0; i < limitRounds; ++i) {
        QElapsedTimer timer;
        timer.start();
        socket.sendTextMessage(QString(1'500, QLatin1Char('x')));
        loop.exec();
        times.append(static_cast<double>(timer.nsecsElapsed()) / 1e6);
    }
    return quantile(times, 0.5);
}

double paintMs(RecordView &view)
{
    QList<double> times;
    for (int i = 0; i < limitRounds; ++i) {
        QElapsedTimer timer;
        timer.start();
        view.viewport()->repaint();
        times.append(static_cast<double>(timer.nsecsElapsed()) / 1e6);
    }
    return quantile(times, 0.5);
}

int measure(DemoGateway &gateway, const QString &folder)
{
    SyncClient client({folder + QStringLiteral("/profiles"), QStringLiteral("bench"), false, {}});
    std::unique_ptr<CacheReaders> readers;
    QObject::connect(&client, &SyncClient::profileOpened, &client, [&](const Profile &profile) {
        readers = std::make_unique<CacheReaders>(profile.cachePath());
    });
    QObject::connect(&client, &SyncClient::cacheChanged, &client, [&](const ChangeNotice &notice) {
        if (readers)
            readers->noteChange(notice);
    });
    client.start();
    for (const DemoGateway::Person &person : gateway.people()) {
        if (person.role == QLatin1String("csr"))
            client.signIn().signIn(gateway.url(), person.user, person.password);
    }
    waitFor([&] { return readers && client.sync().status().mode == SyncStatus::Mode::Live; });
    if (!readers || client.sync().status().mode != SyncStatus::Mode::Live) {
        std::fputs("the client never went live\n", stderr);
        return 1;
    }

    const SystemClock clock;
    RecordListModel model(*readers, clock, Order::type);
    RecordQuery newest;
    newest.kind = &Order::type;
    model.setQuery(newest);
    RecordView view(clock);
    view.setModel(&model);
    view.resize(1280, 800);
    view.show();
    waitFor([&] { return model.rowCount() > 0 && !model.isCounting(); });
    Stopwatch stopwatch(model, view, *readers);
    waitFor([&] { return stopwatch.samples.size() >= wantedSamples; });

    const double limit
        = commitMs(folder + QStringLiteral("/full.sqlite"), Sqlite::Database::Durability::Full) * 2
        + commitMs(folder + QStringLiteral("/normal.sqlite"), Sqlite::Database::Durability::Normal)
        + roundTripMs() + paintMs(view);
    const double median = quantile(stopwatch.samples, 0.5);
    const double high = quantile(stopwatch.samples, 0.99);
    if (stopwatch.samples.size() < wantedSamples / 10)
        return 1;
    BenchTable table;
    const auto add = [&](const char *which, double figure, double peer, double goal) {
        table.add(
            {QStringLiteral("P3 ERP commit → row repainted, %1 a second, %2")
                 .arg(changesPerSecond)
                 .arg(QString::fromLatin1(which)),
             decimals(figure, 1) + QStringLiteral(" ms"),
             decimals(static_cast<double>(stopwatch.samples.size()), 0) + QStringLiteral(" rows"),
             QStringLiteral("%1 ms, three commits, a round trip, a paint; %2 ms, PouchDB's event as recorded")
                 .arg(decimals(limit, 1), decimals(peer, 1)),
             decimals(figure / limit, 1), QStringLiteral("≤ %1 ms").arg(decimals(goal, 1)),
             metWhen(figure <= goal)});
    };
    add("median", median, pouchMedianMs, pouchMedianMs / 5 + frameMs);
    add("p99", high, pouchHighMs, pouchHighMs / 3 + frameMs);
    return table.finish();
}

} // namespace

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    Theme theme(application);
    const QTemporaryDir folder;
    DemoGateway gateway(folder.path(),
                        {QStringLiteral("--scale"), QStringLiteral("2000"),
                         QStringLiteral("--changes-per-second"), QString::number(changesPerSecond)});
    int exitCode = 1;
    QObject::connect(&gateway, &DemoGateway::failed, &application, [](const Error &error) {
        std::fprintf(stderr, "%s (%s)\n", qUtf8Printable(error.userText), qUtf8Printable(error.detail));
        QApplication::exit(1);
    });
    QObject::connect(
        &gateway, &DemoGateway::ready, &application,
        [&] {
            exitCode = measure(gateway, folder.path());
            QApplication::exit(exitCode);
        },
        Qt::QueuedConnection);
    gateway.start();
    return QApplication::exec();
}
