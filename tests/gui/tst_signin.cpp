#include "guifixture.h"
#include "mainwindow.h"
#include "personbutton.h"
#include "signinpage.h"
#include "statepanel.h"
#include "testentry.h"
#include "theme.h"
#include "toast.h"
#include "windowfixture.h"
#include "workspace.h"

#include <QLabel>
#include <QLineEdit>
#include <QtTest>

#include <algorithm>

using namespace Counterfoil;

// The window before anybody's data are in it.
class TestSignIn : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void signsInWithWords();
    void proposesTheGatewayGivenElseTheLast();
    void signsInWithOneClick();
    void isEmptyUntilItKnowsWhatToShow();
    void tellsWhatCameBeforeTheWorkspace();
    void tellsAtTheSignInPage();

private:
    std::unique_ptr<Theme> m_theme;
};

void TestSignIn::initTestCase()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
    m_theme = std::make_unique<Theme>(*qApp);
}

void TestSignIn::signsInWithWords()
{
    Fixture f(*m_theme);
    auto *page = f.window->findChild<SignInPage *>();
    const auto fields = page->findChildren<QLineEdit *>();
    QCOMPARE(fields.size(), 3);
    fields[0]->setText(QStringLiteral("not an address at all"));
    fields[1]->setText(QStringLiteral("harriet"));
    fields[2]->setText(QStringLiteral("secret"));
    QTest::keyClick(fields[2], Qt::Key_Return);
    QCOMPARE(f.signIn.signIns, 0);
    fields[0]->setText(QStringLiteral("gateway.example.com"));
    QTest::keyClick(fields[2], Qt::Key_Return);
    QCOMPARE(f.signIn.signIns, 1);
    QCOMPARE(f.signIn.gateway, QUrl(QStringLiteral("https://gateway.example.com")));
    QTest::keyClick(fields[2], Qt::Key_Return); // once is enough while it runs
    QCOMPARE(f.signIn.signIns, 1);
    const QString reason = QStringLiteral("User or password is wrong. Try again.");
    Q_EMIT f.signIn.signInFailed({ErrorKind::Unauthorized, reason});
    const auto labels = page->findChildren<QLabel *>();
    QVERIFY(std::any_of(labels.begin(), labels.end(),
                        [&reason](QLabel *label) { return label->isVisible() && label->text() == reason; }));
    QTest::keyClick(fields[2], Qt::Key_Return);
    QCOMPARE(f.signIn.signIns, 2);
}

void TestSignIn::proposesTheGatewayGivenElseTheLast()
{
    Fixture f(*m_theme);
    Person person = buyer();
    person.gateway = QUrl(QStringLiteral("https://last.example.com"));
    Q_EMIT f.signIn.signedIn(person);
    const QString settings = f.dir.filePath(QStringLiteral("settings.ini"));
    const auto proposed = [&](const QUrl &given) {
        MainWindow window(WindowPorts{f.signIn, f.clock, settings, given, {}}, *m_theme);
        window.showSignIn();
        return window.findChild<SignInPage *>()->gateway();
    };
    const QUrl given(QStringLiteral("https://given.example.com"));
    QCOMPARE(proposed(given), given);
    QCOMPARE(proposed({}), person.gateway);
}

void TestSignIn::signsInWithOneClick()
{
    Fixture f(*m_theme);
    const auto people = f.window->findChildren<PersonButton *>();
    QCOMPARE(people.size(), demoPeople().size());
    QTest::mouseClick(people.at(4), Qt::LeftButton);
    QCOMPARE(f.signIn.user, QStringLiteral("rep"));
    QCOMPARE(f.signIn.signIns, 1);
}

void TestSignIn::isEmptyUntilItKnowsWhatToShow()
{
    Fixture f(*m_theme);
    const QString settings = f.dir.filePath(QStringLiteral("settings.ini"));
    MainWindow window(WindowPorts{f.signIn, f.clock, settings, {}, {}}, *m_theme);
    window.show();
    QVERIFY(!window.findChild<SignInPage *>());
    QTRY_VERIFY(window.findChild<StatePanel *>()); // a copy that takes long to open is spoken of
    QVERIFY(window.findChild<StatePanel *>()->isVisible());
    QVERIFY(window.findChild<StatePanel *>()->title().contains(QStringLiteral("Opening")));
    window.showSignIn();
    QVERIFY(window.findChild<SignInPage *>()->isVisible());
    QVERIFY(!window.findChild<StatePanel *>()->isVisible());
}

void TestSignIn::tellsWhatCameBeforeTheWorkspace()
{
    Fixture f(*m_theme);
    f.window->close();
    f.window = std::make_unique<MainWindow>(
        WindowPorts{f.signIn, f.clock, f.dir.filePath(QStringLiteral("other.ini")), {}, {}}, *m_theme);
    f.window->show();
    const QString reason = QStringLiteral("Sign in again to go on.");
    Q_EMIT f.signIn.signInNeeded({ErrorKind::Unauthorized, reason});
    f.show();
    QVERIFY(f.window->findChild<Toast *>());
    QCOMPARE(f.window->findChild<Toast *>()->accessibleName(), reason);
}

void TestSignIn::tellsAtTheSignInPage()
{
    Fixture f(*m_theme);
    const QString reason = QStringLiteral("The disk is full.");
    f.window->tell(reason);
    const auto labels = f.window->findChild<SignInPage *>()->findChildren<QLabel *>();
    QVERIFY(std::ranges::any_of(
        labels, [&](QLabel *label) { return label->isVisible() && label->text() == reason; }));
}

WINDOW_TEST(TestSignIn)
#include "tst_signin.moc"
