#include "profile.h"

#include "codec.h"
#include "owneronly.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

namespace Counterfoil {

namespace {

constexpr qint64 profileBytes = 64 * 1024; // a larger file is none of ours

Error cannotSave(const QString &path, const QString &reason)
{
    return {
        ErrorKind::Storage,
        QCoreApplication::translate("Profile",
                                    "Counterfoil cannot write to its folder %1. Check its permissions and "
                                    "the free space.")
            .arg(QDir::toNativeSeparators(path)),
        reason};
}

Outcome makeDirectory(const QString &path)
{
    if (!QDir().mkpath(path) || !QFile::setPermissions(path, ownerOnlyDirectory))
        return cannotSave(path, QStringLiteral("cannot make the folder"));
    return Done();
}

Outcome write(const QString &path, const QByteArray &content)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(ownerOnlyFile)
        || file.write(content) != content.size() || !file.commit())
        return cannotSave(QFileInfo(path).path(), file.errorString());
    return Done();
}

QByteArray read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) && file.size() <= profileBytes ? file.readAll() : QByteArray();
}

QString profileFile(const QString &directory)
{
    return directory + QStringLiteral("/profile.json");
}

} // namespace

QString Profile::id() const
{
    return QFileInfo(directory).fileName();
}

QString Profile::cachePath() const
{
    return directory + QStringLiteral("/cache.sqlite");
}

QString Profile::outboxPath() const
{
    return directory + QStringLiteral("/outbox.sqlite");
}

QString Profile::lockPath() const
{
    return directory + QStringLiteral("/lock");
}

Profile ProfileStore::profileOf(const Person &person) const
{
    const QUrl gateway = person.gateway.adjusted(QUrl::StripTrailingSlash | QUrl::NormalizePathSegments);
    const QByteArray name = gateway.toEncoded() + '\n' + person.user.toUtf8();
    const QByteArray hash = QCryptographicHash::hash(name, QCryptographicHash::Sha256).toHex().left(32);
    return {person, {}, m_root + u'/' + QString::fromLatin1(hash)};
}

std::optional<Profile> ProfileStore::last() const
{
    const QString name = QString::fromLatin1(read(m_root + QStringLiteral("/last")).trimmed());
    if (name.isEmpty() || name.contains(u'/') || name.contains(u'\\') || name.startsWith(u'.'))
        return std::nullopt;
    const QString directory = m_root + u'/' + name;
    const QJsonObject json = QJsonDocument::fromJson(read(profileFile(directory))).object();
    Person person;
    person.user = json[QStringLiteral("user")].toString();
    person.displayName = json[QStringLiteral("displayName")].toString();
    person.role = json[QStringLiteral("role")].toString();
    person.gateway = QUrl(json[QStringLiteral("gateway")].toString(), QUrl::StrictMode);
    person.supplier = json[QStringLiteral("supplier")].toString();
    person.seesPrices = json[QStringLiteral("seesPrices")].toBool();
    person.seesInvoices = json[QStringLiteral("seesInvoices")].toBool();
    person.contact = json[QStringLiteral("contact")].toString();
    person.invitesPeople = json[QStringLiteral("invitesPeople")].toBool();
    person.speaksForSupplier = json[QStringLiteral("speaksForSupplier")].toBool();
    for (const auto &each : json[QStringLiteral("notOffered")].toArray()) {
        const auto limit = decode<NotOffered>(each.toString().toStdString());
        if (limit)
            person.notOffered.push_back(*limit);
    }
    if (person.user.isEmpty() || !person.gateway.isValid() || profileOf(person).directory != directory)
        return std::nullopt;
    const auto asOf = Instant::parse(json[QStringLiteral("asOf")].toString().toStdString());
    return Profile{person, asOf.value_or(Instant()), directory};
}

Outcome ProfileStore::makeFolder(const Profile &profile) const
{
    return makeDirectory(profile.directory);
}

Outcome ProfileStore::save(const Profile &profile) const
{
    if (auto made = makeFolder(profile); !made)
        return made;
    if (auto made = makeDirectory(m_root); !made)
        return made;
    const Person &person = profile.person;
    QJsonArray notOffered;
    for (const NotOffered &each : person.notOffered)
        notOffered.append(QString::fromStdString(encode(each)));
    const QJsonObject json{
        {QStringLiteral("user"), person.user},
        {QStringLiteral("displayName"), person.displayName},
        {QStringLiteral("role"), person.role},
        {QStringLiteral("gateway"), person.gateway.toString(QUrl::FullyEncoded)},
        {QStringLiteral("supplier"), person.supplier},
        {QStringLiteral("seesPrices"), person.seesPrices},
        {QStringLiteral("seesInvoices"), person.seesInvoices},
        {QStringLiteral("contact"), person.contact},
        {QStringLiteral("invitesPeople"), person.invitesPeople},
        {QStringLiteral("speaksForSupplier"), person.speaksForSupplier},
        {QStringLiteral("notOffered"), notOffered},
        {QStringLiteral("asOf"), QString::fromStdString(profile.asOf.toString())},
    };
    if (auto written = write(profileFile(profile.directory), QJsonDocument(json).toJson()); !written)
        return written;
    return write(m_root + QStringLiteral("/last"), profile.id().toLatin1());
}

void ProfileStore::forgetLast() const
{
    QFile::remove(m_root + QStringLiteral("/last"));
}

} // namespace Counterfoil
