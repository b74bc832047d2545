#include "profile.h"
#include "testentry.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Counterfoil;

class TestProfile : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void remembersTheLastOne();
    void keepsPeopleApart();
    void isForTheOwnerAlone();
    void refusesDamage_data();
    void refusesDamage();
    void saysWhenItCannotWrite();

private:
    static Person maya();
};

Person TestProfile::maya()
{
    Person person;
    person.user = QStringLiteral("maya");
    person.displayName = QStringLiteral("Maya “O'Neil” 田中");
    person.role = QStringLiteral("buyer");
    person.gateway = QUrl(QStringLiteral("https://orders.example.com:8443/cf"));
    person.supplier = QStringLiteral("Northwind");
    person.seesPrices = true;
    person.speaksForSupplier = true;
    person.notOffered = {{"save", "contact", "role", "No “roles” are kept."}};
    return person;
}

void TestProfile::remembersTheLastOne()
{
    QTemporaryDir directory;
    const ProfileStore store(directory.filePath(QStringLiteral("profiles")));
    QVERIFY(!store.last());
    Profile profile = store.profileOf(maya());
    QVERIFY(!QDir(profile.directory).exists());
    profile.asOf = Instant{1'790'000'000'123};
    QVERIFY(store.save(profile));
    const auto last = store.last();
    QVERIFY(last);
    QCOMPARE(last->directory, profile.directory);
    QCOMPARE(last->person.displayName, maya().displayName);
    QCOMPARE(last->person.role, maya().role);
    QCOMPARE(last->person.gateway, maya().gateway);
    QCOMPARE(last->person.supplier, maya().supplier);
    QVERIFY(last->person.seesPrices);
    QVERIFY(last->person.speaksForSupplier);
    QCOMPARE(last->person.notOffered, maya().notOffered);
    QCOMPARE(last->asOf, profile.asOf);
    store.forgetLast();
    QVERIFY(!store.last());
    QVERIFY(QDir(profile.directory).exists());
}

void TestProfile::keepsPeopleApart()
{
    const ProfileStore store(QStringLiteral("/nowhere"));
    Person other = maya();
    other.user = QStringLiteral("jonas");
    QVERIFY(store.profileOf(maya()).directory != store.profileOf(other).directory);
    other = maya();
    other.gateway.setPort(443);
    QVERIFY(store.profileOf(maya()).directory != store.profileOf(other).directory);
    other = maya();
    other.displayName = QStringLiteral("Maya L.");
    other.gateway = QUrl(QStringLiteral("https://orders.example.com:8443/cf/"));
    QCOMPARE(store.profileOf(maya()).directory, store.profileOf(other).directory);
}

void TestProfile::isForTheOwnerAlone()
{
#if defined(Q_OS_WIN)
    QSKIP("permissions are inherited from the person's own folder");
#endif
    QTemporaryDir directory;
    const ProfileStore store(directory.filePath(QStringLiteral("profiles")));
    const Profile profile = store.profileOf(maya());
    QVERIFY(store.save(profile));
    constexpr auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther
        | QFile::WriteOther | QFile::ExeOther;
    for (const QString &path : {directory.filePath(QStringLiteral("profiles")), profile.directory,
                                profile.directory + QStringLiteral("/profile.json")})
        QVERIFY2((QFile::permissions(path) & others) == 0, qPrintable(path));
}

void TestProfile::refusesDamage_data()
{
    QTest::addColumn<QByteArray>("last");
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("nothing") << QByteArray() << QByteArray();
    QTest::newRow("somewhere else") << QByteArray("../../etc") << QByteArray();
    QTest::newRow("hidden") << QByteArray("..") << QByteArray();
    QTest::newRow("not there") << QByteArray("0123") << QByteArray();
    QTest::newRow("no JSON") << QByteArray("kept") << QByteArray("]]");
    QTest::newRow("wrong types") << QByteArray("kept") << QByteArray(R"({"user":3,"gateway":[]})");
    QTest::newRow("another's") << QByteArray("kept")
                               << QByteArray(R"({"user":"eve","gateway":"https://evil.example"})");
    QTest::newRow("huge") << QByteArray("kept") << QByteArray(1'000'000, ' ');
}

void TestProfile::refusesDamage()
{
    QFETCH(const QByteArray, last);
    QFETCH(const QByteArray, json);
    QTemporaryDir directory;
    const ProfileStore store(directory.path());
    const Profile profile = store.profileOf(maya());
    QVERIFY(store.save(profile));
    QFile pointer(directory.filePath(QStringLiteral("last")));
    if (last != "kept") {
        QVERIFY(pointer.open(QIODevice::WriteOnly));
        pointer.write(last);
        pointer.close();
    } else {
        QFile file(profile.directory + QStringLiteral("/profile.json"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(json);
    }
    QVERIFY(!store.last());
}

void TestProfile::saysWhenItCannotWrite()
{
    QTemporaryDir directory;
    QFile file(directory.filePath(QStringLiteral("profiles")));
    QVERIFY(file.open(QIODevice::WriteOnly)); // a file where the folder should be
    const ProfileStore store(file.fileName());
    const auto saved = store.save(store.profileOf(maya()));
    QVERIFY(!saved);
    QCOMPARE(saved.error().kind, ErrorKind::Storage);
    QVERIFY(!saved.error().userText.isEmpty());
}

CORE_TEST(TestProfile)
#include "tst_profile.moc"
