#include "comparison.h"

#include "cachereader.h"
#include "codec.h"
#include "kinds.h"
#include "messages.h"

#include <QEventLoop>
#include <QNetworkAccessManager>
#include <QNetworkReply>

#include <map>

namespace Counterfoil {

namespace {

std::string call(QNetworkAccessManager &access, const QUrl &url, const std::string &bearer,
                 const QByteArray *body = nullptr)
{
    QNetworkRequest request(url);
    request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
    if (!bearer.empty())
        request.setRawHeader("Authorization", "Bearer " + QByteArray::fromStdString(bearer));
    QNetworkReply *reply = body ? access.post(request, *body) : access.get(request);
    QEventLoop loop;
    QObject::connect(reply, &QNetworkReply::finished, &loop, &QEventLoop::quit);
    loop.exec();
    reply->deleteLater();
    return reply->readAll().toStdString();
}

std::string text(const RecordType &kind, const AnyRecord &record, std::int64_t version, std::int64_t sequence)
{
    return encode(kind, record.data()) + " v" + std::to_string(version) + " #" + std::to_string(sequence);
}

// Key to content, of one kind.
using Rows = std::map<std::string, std::string>;

Result<Rows> listed(QNetworkAccessManager &access, const QUrl &gateway, const RecordType &kind,
                    const std::string &bearer, const std::string &cursor)
{
    Rows rows;
    QString next;
    for (;;) {
        const QString query = QStringLiteral("/v1/snapshot/%1?after=%2&limit=2000&next=")
                                  .arg(QLatin1String(kind.name.data()), QString::fromStdString(cursor))
            + QString::fromLatin1(QUrl::toPercentEncoding(next));
        const auto page = decodePage(call(access, QUrl(gateway.toString() + query), bearer));
        if (!page)
            return page.error();
        for (const Change &row : page->changes)
            rows[row.key] = text(kind, row.record, row.version, row.sequence);
        if (!page->head.more)
            return rows;
        next = QString::fromStdString(page->head.to);
    }
}

Result<Rows> cached(CacheReader &reader, const RecordType &kind)
{
    const auto all = reader.all(kind);
    if (!all)
        return all.error();
    std::vector<std::int64_t> ids;
    for (const CachedRecord &row : *all)
        ids.push_back(row.id);
    const auto whole = reader.byIds(kind, ids, WithLists::Yes);
    if (!whole)
        return whole.error();
    Rows rows;
    for (const CachedRecord &row : *whole)
        rows[kind.findFlag(Key)->in<std::string>(row.record.data())]
            = text(kind, row.record, row.version, row.sequence);
    return rows;
}

constexpr qsizetype mostDifferences = 20; // that are said one by one

QStringList differencesOf(const RecordType &kind, const Rows &expected, const Rows &actual)
{
    QStringList list;
    const auto say = [&](const std::string &key, const QString &what) {
        list.append(QStringLiteral("%1 %2 %3")
                        .arg(QLatin1String(kind.name.data()), QString::fromStdString(key), what));
    };
    for (const auto &[key, content] : expected) {
        const auto found = actual.find(key);
        if (found == actual.end())
            say(key, QStringLiteral("is missing: %1").arg(QString::fromStdString(content)));
        else if (found->second != content)
            say(key,
                QStringLiteral("is %1, should be %2")
                    .arg(QString::fromStdString(found->second), QString::fromStdString(content)));
    }
    for (const auto &[key, content] : actual) {
        if (!expected.contains(key))
            say(key, QStringLiteral("should not be here: %1").arg(QString::fromStdString(content)));
    }
    return list;
}

} // namespace

QString differenceToGateway(const QUrl &gateway, const QString &user, const QString &password,
                            const QString &cachePath, int *rows)
{
    QNetworkAccessManager access;
    const QByteArray body = QByteArray::fromStdString(
        encode(SessionRequest{user.toStdString(), password.toStdString(), "comparison"}));
    const auto session = decode<SessionAnswer>(
        call(access, QUrl(gateway.toString() + QStringLiteral("/v1/session")), {}, &body));
    if (!session)
        return QStringLiteral("no sign-in: ") + session.error().detail;
    const QByteArray nothing;
    const auto snapshot = decode<SnapshotAnswer>(call(
        access, QUrl(gateway.toString() + QStringLiteral("/v1/snapshot")), session->accessToken, &nothing));
    if (!snapshot)
        return QStringLiteral("no snapshot: ") + snapshot.error().detail;
    CacheReader reader(cachePath);
    int count = 0;
    QStringList differences;
    for (const RecordType *kind : allKinds()) {
        const auto expected = listed(access, gateway, *kind, session->accessToken, snapshot->cursor);
        const auto actual = cached(reader, *kind);
        if (!expected || !actual)
            return expected ? actual.error().detail : expected.error().detail;
        count += static_cast<int>(expected->size());
        differences += differencesOf(*kind, *expected, *actual);
    }
    if (rows)
        *rows = count;
    if (differences.size() > mostDifferences) {
        const auto more = differences.size() - mostDifferences;
        differences.resize(mostDifferences);
        differences.append(QStringLiteral("and %1 more").arg(more));
    }
    return differences.join(QLatin1Char('\n'));
}

} // namespace Counterfoil
