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
                    const std::string &bearer)
{
    Rows rows;
    QString next;
    for (;;) {
        const QString query
            = QStringLiteral("/v1/snapshot/%1?limit=2000&next=").arg(QLatin1String(kind.name.data()))
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
    CacheReader reader(cachePath);
    int count = 0;
    for (const RecordType *kind : allKinds()) {
        const auto expected = listed(access, gateway, *kind, session->accessToken);
        const auto actual = cached(reader, *kind);
        if (!expected || !actual)
            return expected ? actual.error().detail : expected.error().detail;
        count += static_cast<int>(expected->size());
        for (const auto &[key, content] : *expected) {
            const auto found = actual->find(key);
            if (found == actual->end())
                return QStringLiteral("%1 is missing").arg(QString::fromStdString(key));
            if (found->second != content)
                return QStringLiteral("%1 is %2, should be %3")
                    .arg(QString::fromStdString(key), QString::fromStdString(found->second),
                         QString::fromStdString(content));
        }
        if (actual->size() != expected->size())
            return QStringLiteral("%1 rows of %2 too many")
                .arg(actual->size() - expected->size())
                .arg(QLatin1String(kind->name.data()));
    }
    if (rows)
        *rows = count;
    return {};
}

} // namespace Counterfoil
