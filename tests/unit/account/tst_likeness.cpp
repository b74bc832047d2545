// Which addresses and contacts are taken for near-identical.

#include "address.h"
#include "contact.h"
#include "likeness.h"
#include "testentry.h"

#include <QTest>

#include <memory>

using namespace Counterfoil;

namespace {

using Why = Lookalike::Why;

template <class T> AnyRecord anyRecord(const T &record)
{
    return AnyRecord(std::make_shared<T>(record));
}

// "14 Temple Back East|Bristol|BS1 6FL|GB"
Address address(const QString &text)
{
    const QStringList parts = text.split(QLatin1Char('|'));
    Address result;
    result.name = "Somebody";
    result.street = parts.value(0).replace(QLatin1Char('/'), QLatin1Char('\n')).toStdString();
    result.city = parts.value(1).toStdString();
    result.postalCode = parts.value(2).toStdString();
    result.country = parts.value(3).toStdString();
    return result;
}

// "Harriet Lane|h@x.example|+44 117 496 0123|mobile"
Contact contact(const QString &text)
{
    const QStringList parts = text.split(QLatin1Char('|'));
    Contact result;
    result.name = parts.value(0).toStdString();
    result.email = parts.value(1).toStdString();
    result.phone = parts.value(2).toStdString();
    result.mobile = parts.value(3).toStdString();
    return result;
}

QString told(const std::optional<Lookalike> &found)
{
    static const QStringList names{QStringLiteral("place"), QStringLiteral("nearby"), QStringLiteral("email"),
                                   QStringLiteral("name"), QStringLiteral("phone")};
    return found ? names.at(static_cast<int>(found->why)) : QString();
}

} // namespace

class LikenessTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void addresses_data()
    {
        QTest::addColumn<QString>("one");
        QTest::addColumn<QString>("other");
        QTest::addColumn<QString>("expected"); // empty: they are different
        const auto row = [](const char *name, const char *one, const char *other, const char *expected) {
            QTest::newRow(name) << QString::fromUtf8(one) << QString::fromUtf8(other)
                                << QString::fromLatin1(expected);
        };
        const char *temple = "14 Temple Back East|Bristol|BS1 6FL|GB";
        row("the same", temple, temple, "place");
        row("spelling", temple, "14, TEMPLE BACK EAST.|bristol|bs16fl|GB", "place");
        row("abbreviations", "14 Mill Road|Leeds|LS1 4AP|GB", "14 Mill Rd.|Leeds|LS1 4AP|GB", "place");
        row("a slip", temple, "14 Tempel Back East|Bristol|BS1 6FL|GB", "place");
        row("lines", "Unit 4/Riverside Park|Leeds|LS1 4AP|GB", "Unit 4, Riverside Park|Leeds|LS1 4AP|GB",
            "place");
        row("in small letters", "Unit 4/Temple Quay|Bristol|BS1 6FL|GB",
            "unit 4, temple quay|Bristol|BS1 6FL|GB", "place");
        row("another number", temple, "16 Temple Back East|Bristol|BS1 6FL|GB", "");
        row("another unit", "Unit 4, Riverside Park|Leeds|LS1 4AP|GB",
            "Unit 5, Riverside Park|Leeds|LS1 4AP|GB", "");
        row("a letter after the number", "12 High Street|Leeds|LS1 4AP|GB",
            "12a High Street|Leeds|LS1 4AP|GB", "");
        row("the letter apart", "12 A High Street|Leeds|LS1 4AP|GB", "12a High St|Leeds|LS1 4AP|GB", "place");
        row("another street", temple, "14 Victoria Street|Bristol|BS1 6FL|GB", "");
        row("another country", temple, "14 Temple Back East|Bristol|BS1 6FL|IE", "");
        row("another town", "1 Main Street|Columbus|43004|US", "1 Main Street|Portland|97035|US", "");
        row("a slip in the code", temple, "14 Temple Back East|Bristol|BS1 6FK|GB", "nearby");
        row("no code yet", temple, "14 Temple Back East|Bristol||GB", "nearby");
        row("no code at all", "Al Wasl Road 7|Dubai||AE", "Al Wasl Rd 7|Dubai||AE", "place");
        row("German", "Industriestraße 5|Köln|50667|DE", "industriestr. 5|Koeln|50667|DE", "place");
        row("accents", "12 rue de la République|Besançon|25000|FR", "12 Rue de la Republique|Besancon||FR",
            "nearby");
        row("Japanese", "中央区本町12-3|大阪市|541-0053|JP", "中央区本町１２－３|大阪市|5410053|JP", "place");
        row("Japanese, another number", "中央区本町12-3|大阪市|541-0053|JP",
            "中央区本町12-4|大阪市|541-0053|JP", "");
        row("nothing typed yet", "||BS1 6FL|GB", "||BS1 6FL|GB", "");
    }
    void addresses()
    {
        QFETCH(QString, one);
        QFETCH(QString, other);
        QFETCH(QString, expected);
        const std::vector<AnyRecord> others{anyRecord(address(other))};
        QCOMPARE(told(findLookalike(anyRecord(address(one)), others)), expected);
        const std::vector<AnyRecord> turned{anyRecord(address(one))};
        QCOMPARE(told(findLookalike(anyRecord(address(other)), turned)), expected);
    }

    void contacts_data()
    {
        QTest::addColumn<QString>("one");
        QTest::addColumn<QString>("other");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const char *one, const char *other, const char *expected) {
            QTest::newRow(name) << QString::fromUtf8(one) << QString::fromUtf8(other)
                                << QString::fromLatin1(expected);
        };
        row("the same e-mail", "Harriet Lane|h.lane@x.example", "Purchasing|H.Lane@X.example", "email");
        row("no e-mails", "Harriet Lane", "Tom Okafor", "");
        row("the same name", "Harriet Lane|a@x.example", "harriet LANE|b@x.example", "name");
        row("the other way round", "Harriet Lane", "Lane, Harriet", "name");
        row("a slip", "Harriet Lane", "Hariet Lane", "name");
        row("short names differ by more than a slip", "Li Na", "Li Ma", "");
        row("accents", "Ciarán Walsh", "Ciaran Walsh", "name");
        row("one switchboard", "Harriet Lane||0117 496 0123", "Tom Okafor||0117 496 0123", "");
        row("short for it", "H. Lane||+44 117 496 0123", "Harriet Lane|||0117 496 0123", "phone");
        row("short for it, elsewhere", "H. Lane||0117 496 0123", "Harriet Lane||0117 496 9999", "");
        row("nothing", "", "", "");
    }
    void contacts()
    {
        QFETCH(QString, one);
        QFETCH(QString, other);
        QFETCH(QString, expected);
        const std::vector<AnyRecord> others{anyRecord(contact(other))};
        QCOMPARE(told(findLookalike(anyRecord(contact(one)), others)), expected);
    }

    void saysWhich()
    {
        const std::vector<AnyRecord> others{
            anyRecord(contact(QStringLiteral("Tom Okafor"))),
            anyRecord(address(QStringLiteral("1 Main Street|Leeds|LS1 4AP|GB"))),
            anyRecord(contact(QStringLiteral("Harriet Lane")))};
        const Lookalike expected{2, Why::SameName};
        QCOMPARE(findLookalike(anyRecord(contact(QStringLiteral("harriet lane"))), others),
                 std::optional(expected));
        QCOMPARE(findLookalike(anyRecord(contact(QStringLiteral("Ines Duarte"))), others), std::nullopt);
        QCOMPARE(findLookalike(anyRecord(contact(QStringLiteral("Ines Duarte"))), {}), std::nullopt);
    }

    // Whatever is typed, comparing stays quick.
    void hasABound()
    {
        Address one = address(QString(100'000, QLatin1Char('x')) + QStringLiteral("|Leeds|LS1 4AP|GB"));
        Address other = one;
        other.street.back() = 'y';
        const std::vector<AnyRecord> others(50, anyRecord(other));
        QCOMPARE(told(findLookalike(anyRecord(one), others)), QStringLiteral("place"));
    }
};

CORE_TEST(LikenessTest)
#include "tst_likeness.moc"
