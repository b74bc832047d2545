#include "configurationfile.h"
#include "testentry.h"

#include "return.h"
#include "status.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Counterfoil;

namespace {

const char *const standard = R"([[returns.terms]]
name = "Standard terms"
for = ["everybody"]
minimum-fee = "5.00"
return-to = """
Meridian Trade Supply
York"""

  [[returns.terms.reason]]
  code = "surplus"
  label = "Ordered too much"
  window-days = 30
  fee = "12.5%"
  outcomes = ["credit", "replacement"]

    [[returns.terms.reason.question]]
    code = "unopened"
    text = "Is it unopened?"
    kind = "flag"
    required = true

  [[returns.terms.exclusion]]
  category = "Safety"
  why = "Safety gear is not taken back."
)";

QString problemOf(const QByteArray &text)
{
    const auto read = readConfiguration(text, QStringLiteral("."));
    return read ? QString() : read.error().userText;
}

} // namespace

class ConfigurationTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsTerms();
    void termsAreLikeOthers();
    void routesAndWordings();
    void hooksHaveSecrets();
    void documentedExampleIsRight();
    void emptySaysNothing();
    void namesThePlace_data();
    void namesThePlace();
    void survivesAnything();
    void noticesChanges();
};

void ConfigurationTest::readsTerms()
{
    const auto read = readConfiguration(standard, QStringLiteral("."));
    QVERIFY2(read, read ? "" : qPrintable(read.error().userText));
    QVERIFY(read->returns.has_value());
    QCOMPARE(read->returns->rules.size(), 1U);
    const ReturnRules &rules = read->returns->rules[0];
    QCOMPARE(rules.account, std::string());
    QCOMPARE(rules.name, std::string("Standard terms"));
    QVERIFY(rules.accepts);
    QCOMPARE(rules.minimumFee.toString(), std::string("5"));
    QCOMPARE(rules.returnTo, std::string("Meridian Trade Supply\nYork"));
    const ReturnReason *surplus = rules.findReason("surplus");
    QVERIFY(surplus);
    QCOMPARE(surplus->windowDays, 30);
    QCOMPARE(surplus->feeBasisPoints, 1'250);
    QCOMPARE(surplus->outcomes, std::string("credit replacement"));
    const auto questions = rules.questionsOf("surplus");
    QCOMPARE(questions.size(), 1U);
    QCOMPARE(questions[0]->kind, std::string("flag"));
    QVERIFY(questions[0]->required);
    QCOMPARE(rules.exclusions.size(), 1U);
    QCOMPARE(rules.exclusions[0].of, std::string("category"));
    QCOMPARE(rules.exclusions[0].value, std::string("Safety"));
}

// An agreement says what is different, and has the rest from the terms above.
void ConfigurationTest::termsAreLikeOthers()
{
    const auto read = readConfiguration(QByteArray(standard) + R"(
[[returns.terms]]
name = "Harbour"
like = "Standard terms"
for = ["A-1", "A-2"]
  [[returns.terms.reason]]
  code = "surplus"
  window-days = 90
  fee = "0%"
  [[returns.terms.reason]]
  code = "damaged"
  label = "Arrived damaged"
)",
                                        QStringLiteral("."));
    QVERIFY2(read, read ? "" : qPrintable(read.error().userText));
    QCOMPARE(read->returns->rules.size(), 3U);
    const ReturnRules *harbour = rulesFor(read->returns->rules, "A-2");
    QCOMPARE(harbour->account, std::string("A-2"));
    QCOMPARE(rulesFor(read->returns->rules, "A-1")->account, std::string("A-1"));
    QCOMPARE(harbour->reasons.size(), 2U);
    QCOMPARE(harbour->findReason("surplus")->label, std::string("Ordered too much"));
    QCOMPARE(harbour->findReason("surplus")->windowDays, 90);
    QCOMPARE(harbour->findReason("surplus")->feeBasisPoints, 0);
    QCOMPARE(harbour->questionsOf("surplus").size(), 1U);
    QCOMPARE(harbour->findReason("damaged")->outcomes, std::string("credit"));
    QCOMPARE(harbour->exclusions.size(), 1U);
    QCOMPARE(rulesFor(read->returns->rules, "A-9")->findReason("surplus")->windowDays, 30);
}

void ConfigurationTest::routesAndWordings()
{
    const auto read = readConfiguration(QByteArray(standard) + R"(
[[returns.route]]
reason = "surplus"
from-value = "500"
role = "admin"
to = "Head of returns"
[[returns.route]]
to = "Returns desk, York"
[[wording]]
status = "return/requested"
label = "Being looked at"
)",
                                        QStringLiteral("."));
    QVERIFY2(read, read ? "" : qPrintable(read.error().userText));
    QCOMPARE(read->returns->routes.size(), 2U);
    QCOMPARE(read->returns->routes[0].role, std::string("admin"));
    QCOMPARE(read->returns->routes[0].fromValue.toString(), std::string("500"));
    QCOMPARE(read->returns->routes[1].role, std::string("csr"));
    QCOMPARE(read->wordings.size(), 1U);
    QCOMPARE(read->wordings[0].label, std::string("Being looked at"));
}

void ConfigurationTest::hooksHaveSecrets()
{
    QTemporaryDir folder;
    QFile secret(folder.filePath(QStringLiteral("secret")));
    QVERIFY(secret.open(QIODevice::WriteOnly));
    secret.write("whsec_" + QByteArray(32, 'k').toBase64() + '\n');
    secret.close();
    const QByteArray text = R"([[hook]]
name = "check"
when = "before"
kinds = ["return", "address"]
url = "https://hooks.example/check"
secret-file = "secret"
timeout-ms = 500
)";
    const auto read = readConfiguration(text, folder.path());
    QVERIFY2(read, read ? "" : qPrintable(read.error().userText));
    QCOMPARE(read->hooks.size(), 1U);
    const Hook &hook = read->hooks[0];
    QVERIFY(hook.when == Hook::When::Before);
    QCOMPARE(hook.kinds.size(), 2U);
    QVERIFY(hook.kinds[0] == &Return::type);
    QCOMPARE(hook.secret, std::string(32, 'k'));
    QCOMPARE(hook.timeoutMs, 500);
    QVERIFY(secret.open(QIODevice::WriteOnly));
    secret.write("hunter2\n");
    secret.close();
    const auto refused = readConfiguration(text, folder.path());
    QVERIFY(!refused);
    QVERIFY2(refused.error().userText.startsWith(QStringLiteral("Line 6, column 15:")),
             qPrintable(refused.error().userText));
    QVERIFY(!refused.error().userText.contains(QStringLiteral("hunter2")));
}

// What the manual shows is what the program takes.
void ConfigurationTest::documentedExampleIsRight()
{
    QFile manual(QStringLiteral(MANUAL));
    QVERIFY(manual.open(QIODevice::ReadOnly));
    QByteArray example;
    const QByteArrayList lines = manual.readAll().split('\n');
    for (const QByteArray &line : lines) {
        if (line.startsWith("    "))
            example += line.mid(4) + '\n';
    }
    QTemporaryDir folder;
    QFile secret(folder.filePath(QStringLiteral("recalls.secret")));
    QVERIFY(secret.open(QIODevice::WriteOnly));
    secret.write("whsec_" + QByteArray(24, 'k').toBase64());
    secret.close();
    const auto read = readConfiguration(example, folder.path());
    QVERIFY2(read, read ? "" : qPrintable(read.error().userText));
    QVERIFY(read->returns && read->returns->rules.size() == 2 && read->returns->routes.size() == 1);
    QCOMPARE(read->hooks.size(), 1U);
}

void ConfigurationTest::emptySaysNothing()
{
    const auto read = readConfiguration("# nothing yet\n", QStringLiteral("."));
    QVERIFY(read);
    QVERIFY(!read->returns);
    QVERIFY(read->hooks.empty());
}

void ConfigurationTest::namesThePlace_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("place");
    QTest::addColumn<QString>("why");
    const auto row = [](const char *name, const QByteArray &text, const char *place, const char *why) {
        QTest::newRow(name) << text << QString::fromLatin1(place) << QString::fromLatin1(why);
    };
    const auto with = [](const char *from, const char *to) {
        QByteArray text(standard);
        Q_ASSERT(text.contains(from));
        return text.replace(from, to);
    };
    const QByteArray all(standard);
    row("no TOML", "[[returns.terms]\nname = \"x\"", "Line 1,", "no TOML");
    row("same key twice", "[returns]\nterms = []\nterms = []\n", "Line 3, column 9:", "no TOML");
    row("unknown section", "[retunrs]\n", "Line 1, column 2:", "no setting \"retunrs\"");
    row("unknown key", with("window-days =", "windows-days ="),
        "Line 12, column 3:", "no setting \"windows-days\"");
    row("another type", with("window-days = 30", "window-days = \"30\""),
        "Line 12, column 17:", "whole number from 0 to 3650");
    row("out of range", with("window-days = 30", "window-days = -1"), "Line 12, column 17:", "whole number");
    row("fee over all", with("12.5%", "100.01%"), "Line 13, column 9:", "more than 100 %");
    row("fee without a sign", with("12.5%", "12.5"), "Line 13, column 9:", "\"12.5%\"");
    row("fee below nothing", with("12.5%", "-1%"), "Line 13, column 9:", "a share as text");
    row("fee too fine", with("12.5%", "12.505%"), "Line 13, column 9:", "two decimals");
    row("unknown outcome", with("\"replacement\"]", "\"refit\"]"), "Line 14,", "no outcome \"refit\"");
    row("unknown kind of question", with("kind = \"flag\"", "kind = \"bool\""), "Line 19,",
        "\"bool\" is no kind");
    row("choices without a choice", with("kind = \"flag\"", "kind = \"choice\""), "Line 16,", "\"choices\"");
    row("no code", with("code = \"surplus\"", ""), "Line 9,", "\"code\" has to be said");
    row("a bad code", with("code = \"surplus\"", "code = \"sur plus\""), "Line 10,", "\"code\" takes a name");
    row("exclusion of nothing", with("category = \"Safety\"", ""), "Line 22,",
        "one item, category or family");
    row("for nobody", with("for = [\"everybody\"]", ""), "Line 1,", "for anybody");
    row("twice for one",
        all + "[[returns.terms]]\nname = \"B\"\nlike = \"Standard terms\"\nfor = [\"everybody\"]\n",
        "Line 28, column 7:", "already");
    row("duplicate reason",
        all
            + "[[returns.terms]]\nname = \"B\"\n[[returns.terms.reason]]\ncode = \"a\"\nlabel = \"A\"\n"
              "[[returns.terms.reason]]\ncode = \"a\"\nlabel = \"B\"\n",
        "Line 31, column 8:", "\"a\" is there twice");
    row("terms twice", all + all, "Line 26, column 8:", "there twice");
    row("a circle of terms",
        "[[returns.terms]]\nname = \"A\"\nlike = \"B\"\n[[returns.terms]]\nname = \"B\"\nlike = \"A\"\n",
        "Line 3, column 8:", "circle");
    row("terms like themselves", "[[returns.terms]]\nname = \"A\"\nlike = \"A\"\n",
        "Line 3, column 8:", "circle");
    row("unknown role", all + "[[returns.route]]\nto = \"X\"\nrole = \"boss\"\n",
        "Line 27, column 8:", "\"boss\" is no role; there are \"csr\", \"admin\"");
    row("unknown reason in a route", all + "[[returns.route]]\nto = \"X\"\nreason = \"whim\"\n",
        "Line 27, column 10:", "no terms have a reason \"whim\"");
    row("a route that nobody takes", all + "[[returns.route]]\nto = \"X\"\n[[returns.route]]\nto = \"Y\"\n",
        "Line 28, column 6:", "route above");
    row("a hook in the open",
        "[[hook]]\nname = \"a\"\nwhen = \"after\"\nkinds = [\"return\"]\nsecret-file = \"x\"\n"
        "url = \"http://hooks.example/\"\n",
        "Line 6, column 7:", "https");
    row("a hook of nothing",
        "[[hook]]\nname = \"a\"\nwhen = \"after\"\nkinds = [\"retrun\"]\nurl = \"https://h/\"\n"
        "secret-file = \"x\"\n",
        "Line 4, column 9:", "no kind of record \"retrun\"");
    row("a state worded twice",
        "[[wording]]\nstatus = \"a/b\"\nlabel = \"x\"\n[[wording]]\nstatus = \"a/b\"\n"
        "label = \"y\"\n",
        "Line 5, column 10:", "twice");
}

void ConfigurationTest::namesThePlace()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, place);
    QFETCH(QString, why);
    const QString problem = problemOf(text);
    QVERIFY2(problem.startsWith(place), qPrintable(problem));
    QVERIFY2(problem.contains(why), qPrintable(problem));
    QVERIFY2(problem.endsWith(QLatin1Char('.')), qPrintable(problem));
}

// Cut anywhere, or with any byte of it another: it is read or refused, and nothing else.
void ConfigurationTest::survivesAnything()
{
    const QByteArray whole(standard);
    for (qsizetype i = 0; i < whole.size(); ++i) {
        (void)problemOf(whole.left(i));
        for (const char other : {'\0', '"', '[', '\xff', '\n'}) {
            QByteArray text = whole;
            text[i] = other;
            (void)problemOf(text);
        }
    }
    QVERIFY(!problemOf(QByteArray(mostConfigurationBytes + 1, '\n')).isEmpty());
    QVERIFY(!problemOf("a = " + QByteArray(100'000, '[')).isEmpty());
}

void ConfigurationTest::noticesChanges()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("rules.toml"));
    const auto write = [](const QString &to, const QByteArray &text) {
        QFile file(to);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    };
    ConfigurationFile file(path);
    QVERIFY(!file.read());
    QVERIFY(!file.changed());
    write(path, "[retunrs]\n");
    QVERIFY(file.changed());
    const auto refused = file.read();
    QVERIFY(!refused);
    QVERIFY(refused.error().userText.contains(path));
    QVERIFY(!file.changed()); // a file that is wrong is said once
    const QString other = folder.filePath(QStringLiteral("rules.toml.new"));
    write(other, standard);
    QVERIFY(QFile::remove(path));
    QVERIFY(QFile::rename(other, path));
    QVERIFY(file.changed());
    QVERIFY(file.read());
    QVERIFY(!file.changed());
}

CORE_TEST(ConfigurationTest)
#include "tst_configuration.moc"
