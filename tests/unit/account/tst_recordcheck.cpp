// What is found wrong with an address or a contact before it is sent.

#include "account.h"
#include "address.h"
#include "addressrules.h"
#include "contact.h"
#include "recordcheck.h"
#include "testentry.h"

#include <QTest>

#include <memory>

using namespace Counterfoil;

namespace {

using Kind = FieldIssue::Kind;

Address goodAddress()
{
    Address address;
    address.name = "Harbour Supply";
    address.street = "14 Temple Back East";
    address.city = "Bristol";
    address.postalCode = "BS1 6FL";
    address.country = "GB";
    address.shipTo = true;
    return address;
}

template <class T> AnyRecord any(const T &record)
{
    return AnyRecord(std::make_shared<T>(record));
}

// "postalCode:Spelling:SW1A 1AA city:Missing!", '!' for what forbids.
QString told(const AnyRecord &record)
{
    static const QStringList kinds{QStringLiteral("Missing"), QStringLiteral("TooLong"),
                                   QStringLiteral("Unknown"), QStringLiteral("Odd"),
                                   QStringLiteral("Spelling")};
    QStringList words;
    for (const FieldIssue &issue : issuesOf(record)) {
        QString word
            = QString::fromUtf8(issue.field->name.data(), static_cast<qsizetype>(issue.field->name.size()))
            + QLatin1Char(':') + kinds.at(static_cast<int>(issue.kind));
        if (!issue.suggestion.empty())
            word += QLatin1Char(':') + QString::fromStdString(issue.suggestion);
        if (issue.forbids)
            word += QLatin1Char('!');
        words.append(word);
    }
    return words.join(QLatin1Char(' '));
}

} // namespace

class RecordCheckTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void postalCodes_data()
    {
        QTest::addColumn<QString>("country");
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("spelled"); // empty: none of the country's
        const auto row = [](const char *country, const char *typed, const char *spelled) {
            QTest::addRow("%s %s", country, typed)
                << QString::fromLatin1(country) << QString::fromUtf8(typed) << QString::fromLatin1(spelled);
        };
        row("GB", "sw1a1aa", "SW1A 1AA");
        row("GB", "SW1A 1AA", "SW1A 1AA");
        row("GB", "m1 1ae", "M1 1AE");
        row("GB", "b338th", "B33 8TH");
        row("GB", "dn55-1pt", "DN55 1PT");
        row("GB", "w1a 0ax", "W1A 0AX");
        row("GB", "bfpo 801", "BFPO 801");
        row("GB", "SW1A 1A", "");
        row("GB", "12345", "");
        row("GB", "SW1A 1AA 1", "");
        row("DE", "D-70173", "70173");
        row("DE", "7017", "");
        row("DE", "701733", "");
        row("FR", "F 75001", "75001");
        row("FR", "75 001", "75001");
        row("CH", "CH-8001", "8001");
        row("NL", "1012ab", "1012 AB");
        row("SE", "se-11455", "114 55");
        row("PL", "00950", "00-950");
        row("PT", "2725079", "2725-079");
        row("CZ", "60200", "602 00");
        row("LV", "1073", "LV-1073");
        row("LT", "lt04340", "LT-04340");
        row("IE", "d6wxh23", "D6W XH23");
        row("IE", "A65F4E2", "A65 F4E2");
        row("US", "950141234", "95014-1234");
        row("US", "95014", "95014");
        row("US", "9501", "");
        row("CA", "h3z2y7", "H3Z 2Y7");
        row("JP", "〒１５４ー００２３", "");
        row("JP", "１５４－００２３", "154-0023");
        row("BR", "40301110", "40301-110");
        row("AE", "12345", "");
        row("GB", "", "");
        row("GB", "ЅW1A 1AA", ""); // its first letter is Cyrillic
    }
    void postalCodes()
    {
        QFETCH(QString, country);
        QFETCH(QString, typed);
        QFETCH(QString, spelled);
        const CountryRules *rules = countryRules(country.toStdString());
        QVERIFY(rules);
        QCOMPARE(QString::fromStdString(spelledPostalCode(*rules, typed.toStdString())), spelled);
    }

    // Whatever is known of a country has to agree with its own example, and to be found.
    void rulesAgreeWithThemselves()
    {
        int withCodes = 0;
        for (char first = 'A'; first <= 'Z'; ++first) {
            for (char second = 'A'; second <= 'Z'; ++second) {
                const std::string code{first, second};
                const CountryRules *rules = countryRules(code);
                if (!rules)
                    continue;
                QVERIFY2(isCountry(code), code.c_str());
                if (rules->shapes.empty())
                    continue;
                ++withCodes;
                QCOMPARE(spelledPostalCode(*rules, rules->example), std::string(rules->example));
            }
        }
        QVERIFY(withCodes >= 40);
        QVERIFY(!countryRules("ZZ"));
        QVERIFY(!countryRules(""));
    }

    void countries()
    {
        QVERIFY(isCountry("GB"));
        QVERIFY(isCountry("VU")); // of which nothing else is known here
        for (const char *code : {"", "G", "gb", "GBR", "00", "Q!", "QQ"})
            QVERIFY2(!isCountry(code), code);
    }

    void regions()
    {
        const CountryRules &us = *countryRules("US");
        QCOMPARE(regionCode(us, "california"), std::string("CA"));
        QCOMPARE(regionCode(us, "Ca"), std::string("CA"));
        QCOMPARE(regionCode(us, "Wyoming"), std::string("WY"));
        QCOMPARE(regionCode(us, "Bavaria"), std::string());
        QCOMPARE(regionCode(us, ""), std::string());
        QCOMPARE(regionCode(*countryRules("CA"), "Québec"), std::string("QC"));
        QCOMPARE(regionCode(*countryRules("GB"), "Avon"), std::string());
    }

    void addresses_data()
    {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *field, const QString &value, const char *expected) {
            QTest::addRow("%s=%s", field, qPrintable(value.left(20)))
                << QString::fromLatin1(field) << value << QString::fromLatin1(expected);
        };
        row("name", QString(), "name:Missing!");
        row("street", QString(), "street:Missing!");
        row("city", QString(), "city:Missing!");
        row("country", QString(), "country:Missing!");
        row("country", QStringLiteral("QQ"), "country:Unknown!");
        row("country", QStringLiteral("gb"), "country:Unknown!");
        row("city", QStringLiteral("bristol"), "city:Spelling:Bristol");
        row("city", QStringLiteral("newcastle upon-tyne"), "city:Spelling:Newcastle Upon-Tyne");
        row("city", QStringLiteral("東京"), "");
        row("city", QStringLiteral("’s-Hertogenbosch"), "");
        row("postalCode", QString(), "postalCode:Missing");
        row("postalCode", QStringLiteral("bs16fl"), "postalCode:Spelling:BS1 6FL");
        row("postalCode", QStringLiteral("12345"), "postalCode:Odd");
        row("phone", QStringLiteral("+44 (0)117 496-0123 ext. 12"), "");
        row("phone", QStringLiteral("call Bob"), "phone:Odd");
        row("phone", QStringLiteral("123"), "phone:Odd");
        row("phone", QStringLiteral("1234567890123456"), "phone:Odd");
        row("name", QString(200, QLatin1Char('x')), "");
        row("name", QString(201, QLatin1Char('x')), "name:TooLong!");
        row("street", QStringLiteral("1\n2\n3\n4"), "");
        row("street", QStringLiteral("1\n2\n3\n4\n5"), "street:TooLong!");
    }
    void addresses()
    {
        QFETCH(QString, field);
        QFETCH(QString, value);
        QFETCH(QString, expected);
        AnyRecord record = any(goodAddress());
        QCOMPARE(told(record), QString());
        Address::type.find(field.toStdString())->in<std::string>(record.data()) = value.toStdString();
        QCOMPARE(told(record), expected);
    }

    void needsAPurpose()
    {
        Address address = goodAddress();
        address.shipTo = false;
        QCOMPARE(told(any(address)), QStringLiteral("shipTo:Missing!"));
        address.billTo = true;
        QCOMPARE(told(any(address)), QString());
    }

    void asksForTheRegionWhereThereIsOne()
    {
        Address address = goodAddress();
        address.country = "US";
        address.postalCode = "95014";
        QCOMPARE(told(any(address)), QStringLiteral("region:Missing"));
        address.region = "california";
        QCOMPARE(told(any(address)), QStringLiteral("region:Spelling:CA"));
        address.region = "Kalifornien";
        QCOMPARE(told(any(address)), QStringLiteral("region:Odd"));
        address.region = "CA";
        QCOMPARE(told(any(address)), QString());
    }

    // Of many countries we know nothing; then nothing is doubted.
    void knowsItsLimits()
    {
        Address address = goodAddress();
        address.country = "VU";
        address.postalCode = "anything";
        QCOMPARE(told(any(address)), QString());
        address.country = "AE";
        address.postalCode.clear();
        QCOMPARE(told(any(address)), QString());
    }

    void contacts_data()
    {
        QTest::addColumn<QString>("email");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *email, const char *expected) {
            QTest::addRow("%s", email) << QString::fromUtf8(email) << QString::fromUtf8(expected);
        };
        row("", "");
        row("harriet.lane@harbour.example", "");
        row("o'brien+po@sub.harbour.co.uk", "");
        row("jürgen@müller.example", "");
        row("harriet", "email:Odd!");
        row("harriet@", "email:Odd!");
        row("harriet@harbour", "email:Odd!");
        row("@harbour.example", "email:Odd!");
        row("harriet@harbour..example", "email:Odd!");
        row("a@b@harbour.example", "email:Odd!");
        row("harriet@harbour,com", "email:Odd:harriet@harbour.com!");
        row("harriet @harbour.com", "email:Odd:harriet@harbour.com!");
        row("<harriet@harbour.com>", "email:Odd:harriet@harbour.com!");
        row("mailto:harriet@harbour.com", "email:Spelling:harriet@harbour.com");
        row("harriet@gmial.com", "email:Spelling:harriet@gmail.com");
        row("harriet@harbour.con", "email:Spelling:harriet@harbour.com");
        row("Harriet@Harbour.COM", "");
    }
    void contacts()
    {
        QFETCH(QString, email);
        QFETCH(QString, expected);
        Contact contact;
        contact.name = "Harriet Lane";
        contact.email = email.toStdString();
        QCOMPARE(told(any(contact)), expected);
    }

    void aContactNeedsAName() { QCOMPARE(told(any(Contact())), QStringLiteral("name:Missing!")); }

    void otherKindsHaveNoRules() { QVERIFY(issuesOf(AnyRecord(Account::type)).empty()); }

    void tidies()
    {
        Address address = goodAddress();
        address.name = "  Harbour \t Supply ";
        address.street = "\n 14  Temple Back East \n\n\x01 Bristol\n";
        AnyRecord record = any(address);
        tidy(record);
        QCOMPARE(record.as<Address>()->name, std::string("Harbour Supply"));
        QCOMPARE(record.as<Address>()->street, std::string("14 Temple Back East\nBristol"));
        QVERIFY(record.as<Address>()->shipTo);
    }
};

CORE_TEST(RecordCheckTest)
#include "tst_recordcheck.moc"
