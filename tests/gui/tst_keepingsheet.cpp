// What is kept on this computer, as a person decides it.

#include "account.h"
#include "accountlistmodel.h"
#include "actions.h"
#include "choicefield.h"
#include "documentkeeping.h"
#include "filterchip.h"
#include "guifixture.h"
#include "keepingsheet.h"
#include "testentry.h"
#include "theme.h"

#include <QApplication>
#include <QLabel>
#include <QSettings>
#include <QTest>

using namespace Counterfoil;

namespace {

class KeepingPort final : public DocumentPort
{
    Q_OBJECT
public:
    Holdings holdings() const override { return {5'678, 1'234, 312LL << 20, 3, paused}; }
    void setAhead(const Ahead &what) override { ahead.append(what); }
    void want(const QString &) override { }
    void forget(const QString &) override { }

    QList<Ahead> ahead;
    bool paused = false;
};

Change accountChange(const std::string &key)
{
    Account account;
    account.key = account.account = key;
    account.number = key;
    account.name = "Company " + key;
    return changeTo(account);
}

class KeepingFixture
{
public:
    KeepingFixture()
    {
        cache.put({accountChange("a1"), accountChange("a2"), accountChange("a3")});
        window.resize(900, 700);
        window.show();
    }
    bool start()
    {
        keeping = std::make_unique<DocumentKeeping>(port, sync, accounts, settings, window);
        return QTest::qWaitFor([this] { return accounts.rowCount() == 4; }); // "All accounts" among them
    }
    KeepingSheet *open()
    {
        keeping->openSheet();
        return window.findChild<KeepingSheet *>();
    }

    Theme theme{*qApp};
    TestCache cache;
    QTemporaryDir folder;
    QSettings settings{folder.filePath(QStringLiteral("window.ini")), QSettings::IniFormat};
    KeepingPort port;
    SetSyncPort sync;
    AccountListModel accounts{cache.readers()};
    QWidget window;
    std::unique_ptr<DocumentKeeping> keeping;
};

} // namespace

class TestKeepingSheet : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhatIsHereAndAppliesWhatIsChosen();
    void whatWasChosenIsKept();
    void saysThatItPausesOnAMeteredLine();
    void aLostAccountIsForgotten();
    void oddSettingsAreBounded();
};

void TestKeepingSheet::saysWhatIsHereAndAppliesWhatIsChosen()
{
    KeepingFixture fixture;
    QVERIFY(fixture.start());
    QCOMPARE(fixture.port.ahead, QList<DocumentPort::Ahead>{DocumentPort::Ahead()}); // as usual
    KeepingSheet *sheet = fixture.open();
    QVERIFY(sheet);
    const auto labels = sheet->findChildren<QLabel *>();
    QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel *label) {
        return label->text().contains(QStringLiteral("1,234 of 5,678")) && label->text().contains(u'3');
    }));
    QCOMPARE(sheet->filledIn(), DocumentPort::Ahead());
    sheet->findChild<ChoiceField *>()->setValue(QStringLiteral("31"));
    sheet->findChild<FilterChip *>()->setChosen({QStringLiteral("a2")});
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return, Qt::ControlModifier);
    QTRY_VERIFY(!fixture.window.findChild<KeepingSheet *>());
    QCOMPARE(fixture.port.ahead.size(), 2);
    QCOMPARE(fixture.port.ahead.last().days, 31);
    QCOMPARE(fixture.port.ahead.last().accounts, QStringList{QStringLiteral("a2")});
    fixture.open();
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QCOMPARE(fixture.port.ahead.size(), 2);
}

void TestKeepingSheet::whatWasChosenIsKept()
{
    KeepingFixture fixture;
    QVERIFY(fixture.start());
    fixture.open()->findChild<ChoiceField *>()->setValue(QStringLiteral("0"));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return, Qt::ControlModifier);
    fixture.keeping.reset();
    QVERIFY(fixture.start());
    QCOMPARE(fixture.port.ahead.last().days, 0);
    QCOMPARE(fixture.open()->filledIn(), fixture.port.ahead.last());
}

void TestKeepingSheet::saysThatItPausesOnAMeteredLine()
{
    KeepingFixture fixture;
    QVERIFY(fixture.start());
    KeepingSheet *sheet = fixture.open();
    const auto says = [sheet](const char *words) {
        const auto labels = sheet->findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(), [words](const QLabel *label) {
            return label->text().contains(QLatin1String(words));
        });
    };
    QVERIFY(!says("The connection is metered"));
    fixture.port.paused = true;
    Q_EMIT fixture.port.holdingsChanged(fixture.port.holdings());
    QVERIFY(says("The connection is metered"));
    QVERIFY(!sheet->filledIn().onMetered);
    for (ChoiceField *field : sheet->findChildren<ChoiceField *>()) {
        if (field->accessibleName() == QStringLiteral("Ahead on a metered connection"))
            field->setValue(QStringLiteral("goesOn"));
    }
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(fixture.port.ahead.last().onMetered);
    fixture.keeping.reset();
    QVERIFY(fixture.start());
    QVERIFY(fixture.port.ahead.last().onMetered);
}

void TestKeepingSheet::aLostAccountIsForgotten()
{
    KeepingFixture fixture;
    fixture.settings.setValue(QStringLiteral("documents/accounts"),
                              QStringList{QStringLiteral("a2"), QStringLiteral("a3")});
    QVERIFY(fixture.start());
    Q_EMIT fixture.sync.scopeChanged({{}, {QStringLiteral("a3")}});
    QCOMPARE(fixture.port.ahead.last().accounts, QStringList{QStringLiteral("a2")});
    QCOMPARE(fixture.settings.value(QStringLiteral("documents/accounts")).toStringList(),
             QStringList{QStringLiteral("a2")});
    // Of those that were chosen none is left, which does not mean everybody's.
    Q_EMIT fixture.sync.scopeChanged({{}, {QStringLiteral("a2")}});
    QCOMPARE(fixture.port.ahead.last().days, 0);
    // Another one goes that was not chosen.
    const qsizetype told = fixture.port.ahead.size();
    Q_EMIT fixture.sync.scopeChanged({{}, {QStringLiteral("a1")}});
    QCOMPARE(fixture.port.ahead.size(), told);
}

void TestKeepingSheet::oddSettingsAreBounded()
{
    KeepingFixture fixture;
    fixture.settings.setValue(QStringLiteral("documents/days"), QStringLiteral("-7"));
    fixture.settings.setValue(QStringLiteral("documents/bytes"), QStringLiteral("99999999999999999"));
    QVERIFY(fixture.start());
    QCOMPARE(fixture.port.ahead.last().days, 0);
    QVERIFY(fixture.port.ahead.last().bytes <= 1LL << 40);
    fixture.keeping.reset();
    fixture.settings.setValue(QStringLiteral("documents/days"), QStringLiteral("many"));
    QVERIFY(fixture.start());
    QCOMPARE(fixture.port.ahead.last().days, DocumentPort::Ahead::usualDays);
}

WINDOW_TEST(TestKeepingSheet)
#include "tst_keepingsheet.moc"
