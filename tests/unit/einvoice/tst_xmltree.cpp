// XML as a tree: paths into it, and what is refused.

#include "testentry.h"
#include "xmltree.h"

#include <QTest>

#include <ctime>

using namespace Counterfoil;

class XmlTreeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsByPath();
    void renames();
    void readsEncodings_data();
    void readsEncodings();
    void refuses_data();
    void refuses();
    void leavesOutWhatIsEmbedded();
    void cutsLongTexts();
};

void XmlTreeTest::findsByPath()
{
    const auto tree
        = readXmlTree("<a:r xmlns:a='urn:x'><t> one </t><t id='2'>two</t><p><k>VAT</k><v>7</v></p>"
                      "<p><k>FC</k><v>8</v></p><!-- no --></a:r>");
    QVERIFY(tree);
    QCOMPARE(tree->name, QStringLiteral("r"));
    QCOMPARE(tree->space, QStringLiteral("urn:x"));
    QCOMPARE(tree->at(u"t").size(), 2);
    QCOMPARE(tree->firstAt(u"t")->text, QStringLiteral("one"));
    QCOMPARE(tree->firstAt(u"t[@id=2]")->text, QStringLiteral("two"));
    QCOMPARE(tree->firstAt(u"p[k=FC]/v")->text, QStringLiteral("8"));
    QCOMPARE(tree->firstAt(u"p[k!=VAT]/v")->text, QStringLiteral("8"));
    QVERIFY(!tree->firstAt(u"p/z"));
    QCOMPARE(tree->firstAt(u""), &*tree);
}

void XmlTreeTest::renames()
{
    const auto tree = readXmlTree(
        "<r><old>1</old><p><old>2</old></p></r>", [](const QString &name, const QStringList &above) {
            return name == QLatin1String("old") && above.contains(QLatin1String("p")) ? QStringLiteral("new")
                                                                                      : name;
        });
    QVERIFY(tree && tree->firstAt(u"old") && tree->firstAt(u"p/new") && !tree->firstAt(u"p/old"));
}

void XmlTreeTest::readsEncodings_data()
{
    QTest::addColumn<QByteArray>("xml");
    const QString text = QStringLiteral("<r>Müller</r>");
    QTest::newRow("none") << text.toUtf8();
    QTest::newRow("mark") << "\xef\xbb\xbf" + text.toUtf8();
    QTest::newRow("latin1") << "<?xml version='1.0' encoding='ISO-8859-1'?>" + text.toLatin1();
}

void XmlTreeTest::readsEncodings()
{
    QFETCH(QByteArray, xml);
    const auto tree = readXmlTree(xml);
    QVERIFY2(tree.ok(), tree ? "" : qPrintable(tree.error().detail));
    QCOMPARE(tree->text, QStringLiteral("Müller"));
}

void XmlTreeTest::refuses_data()
{
    QTest::addColumn<QByteArray>("xml");
    QByteArray laughs = "<!DOCTYPE r [<!ENTITY a0 'ha'>";
    for (int i = 1; i < 12; ++i) {
        const QByteArray before = "&a" + QByteArray::number(i - 1) + ";";
        laughs += "<!ENTITY a" + QByteArray::number(i) + " '" + before.repeated(10) + "'>";
    }
    QTest::newRow("entities that grow") << laughs + "]><r>&a11;</r>";
    QTest::newRow("a file of ours") << QByteArray(
        "<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><r>&x;</r>");
    QTest::newRow("any document type") << QByteArray("<!DOCTYPE r><r/>");
    QTest::newRow("unknown entity") << QByteArray("<r>&what;</r>");
    QTest::newRow("deep") << QByteArray("<a>").repeated(100'000);
    QTest::newRow("deep and whole") << QByteArray("<a>").repeated(1'000) + QByteArray("</a>").repeated(1'000);
    QTest::newRow("a million elements") << "<r>" + QByteArray("<l/>").repeated(1'000'000) + "</r>";
    QByteArray attributes;
    for (int i = 0; i < 100'000; ++i)
        attributes += " a" + QByteArray::number(i) + "='1'";
    QTest::newRow("many attributes") << "<r" + attributes + "/>";
    QTest::newRow("many attributes with brackets") << "<r" + attributes.replace("'1'", "'>'") + "/>";
    const QByteArray hundred = attributes.left(attributes.indexOf(" a100="));
    QTest::newRow("many attributes, many times") << "<r>" + ("<e" + hundred + "/>").repeated(10'000) + "</r>";
    QTest::newRow("many namespaces") << "<r" + QByteArray(hundred).replace(" a", " xmlns:a") + "/>";
    // U+3C00 has the byte of a “<” in it.
    QString wide = QStringLiteral("\ufeff<r");
    for (int i = 0; i < 30'000; ++i)
        wide += QStringLiteral(" a%1='\u3c00'").arg(i);
    wide += QStringLiteral("/>");
    QTest::newRow("many attributes, wide")
        << QByteArray(reinterpret_cast<const char *>(wide.utf16()), wide.size() * 2);
    QTest::newRow("wide by its declaration") << QByteArray("<?xml version='1.0' encoding='utf-16le'?><r/>");
    QTest::newRow("wide without a mark") << QByteArray("<\0r\0/\0>\0", 8);
    QTest::newRow("long namespace, many times")
        << "<r xmlns='" + QByteArray(1'000'000, 'a') + "'>" + QByteArray("<a/>").repeated(2'000) + "</r>";
    QTest::newRow("cut short") << QByteArray("<r><a>1</a><b>");
    QTest::newRow("crossed") << QByteArray("<r><a></r></a>");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("no xml") << QByteArray("%PDF-1.7");
    QTest::newRow("two roots") << QByteArray("<a/><b/>");
    QTest::newRow("wrong encoding") << QByteArray("<?xml version='1.0' encoding='UTF-8'?><r>M\xfcller</r>");
    QTest::newRow("unknown encoding") << QByteArray("<?xml version='1.0' encoding='x-none'?><r/>");
    QTest::newRow("too large") << QByteArray(XmlLimit::bytes + 1, ' ');
}

void XmlTreeTest::refuses()
{
    QFETCH(QByteArray, xml);
    const std::clock_t before = std::clock(); // the processor's time, which others on the machine do not take
    const auto tree = readXmlTree(xml);
    QVERIFY(!tree);
    QCOMPARE(tree.error().kind, ErrorKind::BadInput);
    QVERIFY(tree.error().userText.endsWith(u'.'));
    QVERIFY(std::clock() - before < 5 * CLOCKS_PER_SEC);
}

void XmlTreeTest::leavesOutWhatIsEmbedded()
{
    const auto tree = readXmlTree("<r><AttachmentBinaryObject filename='a.pdf'>" + QByteArray(1'000'000, 'A')
                                  + "</AttachmentBinaryObject></r>");
    QVERIFY(tree);
    QCOMPARE(tree->children[0].text, QString());
    QCOMPARE(tree->children[0].attribute(u"filename"), QStringLiteral("a.pdf"));
}

void XmlTreeTest::cutsLongTexts()
{
    const auto tree = readXmlTree("<r>" + QByteArray(XmlLimit::textLength * 2, 'x') + "</r>");
    QVERIFY(tree);
    QCOMPARE(tree->text.size(), XmlLimit::textLength);
}

CORE_TEST(XmlTreeTest)
#include "tst_xmltree.moc"
