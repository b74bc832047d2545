// How long a change takes from its commit in the ERP, and from that in the gateway, to the model and to the
// repainted row, through everything that is real: sandbox ERP, gateway process, WebSocket, cache, model,
// view. Printed beside the sum of what cannot be left out: a durable commit on either side, a WebSocket round
// trip, a paint.

#include "benchtable.h"
#include "cachereader.h"
#include "cachereaders.h"
#include "clock.h"
#include "commitwatch.h"
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
#include <optional>
#include <tuple>

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

using Moment = CommitWatch::Moment;

double msSince(Moment from, Moment to)
{
    return std::chrono::duration<double, std::milli>(to - from).count();
}

// Notes when the model told of a changed row and when that was painted, and asks the cache afterwards when
// ERP and gateway had committed it.
class Stopwatch final : public QObject
{
public:
    Stopwatch(RecordListModel &model, RecordView &view, CacheReaders &readers, const CommitWatch &commits)
        : m_model(model)
        , m_view(view)
        , m_readers(readers)
        , m_commits(commits)
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
        const Seen painted{m_clock.now(), std::chrono::steady_clock::now()};
        for (auto row = m_waiting.cbegin(); row != m_waiting.cend(); ++row)
            ask(row.key(), row.value(), painted);
        m_waiting.clear();
        return true;
    }

    QList<double> erpToPaint;
    QList<double> gatewayToModel;
    QList<double> gatewayToPaint;

private:
    struct Seen
    {
        Instant wall;
        Moment moment;
    };

    void note(int first, int last)
    {
        const Moment now = std::chrono::steady_clock::now();
        const int top = m_view.rowAt(0);
        const int bottom = m_view.rowAt(m_view.viewport()->height() - 1);
        for (int row = std::max(first, top); row <= std::min(last, bottom < 0 ? last : bottom); ++row) {
            const qint64 id = m_model.index(row, 0).data(ItemRole::RowId).toLongLong();
            if (id > 0 && !m_waiting.contains(id))
                m_waiting.insert(id, now);
        }
    }

    void ask(qint64 id, Moment modelled, Seen painted)
    {
        m_readers.ask(
            this, std::make_shared<std::atomic_bool>(false),
            [id](CacheReader &reader) { return reader.byId(Order::type, id, WithLists::No); },
            [this, modelled, painted](const Result<std::optional<CachedRecord>> &row) {
                // Changed again meanwhile: that later commit was not what the paint showed.
                if (!row || !*row || (*row)->time > painted.wall)
                    return;
                erpToPaint.append(static_cast<double>(painted.wall.ms - (*row)->time.ms));
                const auto written = m_commits.writtenAt((*row)->sequence);
                if (!written || *written > modelled)
                    return;
                gatewayToModel.append(msSince(*written, modelled));
                gatewayToPaint.append(msSince(*written, painted.moment));
            });
    }

    RecordListModel &m_model;
    RecordView &m_view;
    CacheReaders &m_readers;
    const CommitWatch &m_commits;
    SystemClock m_clock;
    QHash<qint64, Moment> m_waiting; // rows, and when the model told of them
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

// `allowance`: ms on top of PouchDB's event, which comes without a list and a picture; none: there is no
// goal.
void addRows(BenchTable &table, const QString &what, const QList<double> &times, const QString &least,
             std::optional<double> allowance)
{
    for (const auto &[which, share, peer, part] :
         {std::tuple("median", 0.5, pouchMedianMs, 5), std::tuple("p99", 0.99, pouchHighMs, 3)}) {
        const double figure = quantile(times, share);
        BenchRow row;
        row.what = QStringLiteral("P3  %1, %2").arg(what, QLatin1String(which));
        row.figure = decimals(figure, 1) + QStringLiteral(" ms");
        row.spread = QStringLiteral("%1 rows, %2 a second").arg(times.size()).arg(changesPerSecond);
        row.against = least;
        if (allowance) {
            const double most = peer / part + *allowance;
            row.against += QStringLiteral("; PouchDB's event as recorded: %1 ms").arg(decimals(peer, 1));
            row.ratio = decimals(figure / peer, 2);
            row.goal = QStringLiteral("≤ %1 ms").arg(decimals(most, 1));
            row.verdict = metWhen(figure <= most);
        }
        table.add(row);
    }
}

int report(const Stopwatch &stopwatch, const QString &folder)
{
    using Sqlite::Database;
    const double limit = commitMs(folder + QStringLiteral("/full.sqlite"), Database::Durability::Full)
        + commitMs(folder + QStringLiteral("/normal.sqlite"), Database::Durability::Normal) + roundTripMs();
    const QString least = QStringLiteral("%1 ms, two commits and a round trip").arg(decimals(limit, 1));
    BenchTable table;
    addRows(table, QStringLiteral("gateway's commit → model"), stopwatch.gatewayToModel, least, 0);
    addRows(table, QStringLiteral("gateway's commit → row repainted"), stopwatch.gatewayToPaint, least,
            frameMs);
    addRows(table, QStringLiteral("ERP's commit → row repainted"), stopwatch.erpToPaint, least, {});
    return table.finish();
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
    const CommitWatch commits(folder + QStringLiteral("/gateway.sqlite"));
    Stopwatch stopwatch(model, view, *readers, commits);
    waitFor([&] { return stopwatch.gatewayToPaint.size() >= wantedSamples; });
    if (stopwatch.gatewayToPaint.size() < wantedSamples / 10)
        return 1;

    return report(stopwatch, folder);
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
