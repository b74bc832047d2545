#include "endnews.h"
#include "invoice.h"
#include "message.h"
#include "returnsteps.h"
#include "testentry.h"
#include "theme.h"

#include <QSettings>

using namespace Counterfoil;

namespace {

Return credited()
{
    Return record = askedFor();
    record.requestedBy = buyer().user.toStdString();
    record.status = ReturnStatus::credited;
    record.open = false;
    record.creditMemo = "c700";
    record.creditMemoNumber = "CM-700";
    record.postedCredit = record.expectedCredit;
    return record;
}

// The texts of a pane that have less height than they need.
QStringList squeezedIn(const QWidget &pane)
{
    QStringList squeezed;
    const auto labels = pane.findChildren<QLabel *>();
    for (const QLabel *label : labels) {
        const int needs
            = label->wordWrap() ? label->heightForWidth(label->width()) : label->sizeHint().height();
        if (label->isVisible() && label->height() < needs)
            squeezed.append(label->text());
    }
    return squeezed;
}

} // namespace

// A return while it goes on and somebody looks, or does not.
class TestReturnFollowed : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<Theme>(*qApp); }
    void whoAskedIsToldTheEnd();
    void whoAskedIsToldWhoTookItBack();
    void whatGoesOnHasNotEnded();
    void whatArrivesSqueezesNothing();

private:
    std::unique_ptr<Theme> m_theme;
};

// RMA-10
void TestReturnFollowed::whoAskedIsToldTheEnd()
{
    Fixture f(*m_theme);
    Return mine = askedFor();
    mine.requestedBy = buyer().user.toStdString();
    f.cache.put({changeTo(mine)});
    const QString kept = QStringLiteral("returns/waiting");
    const QSettings settings(f.dir.path() + QStringLiteral("/window.ini"), QSettings::IniFormat);
    f.enter();
    QTRY_COMPARE(settings.value(kept).toStringList(), QStringList(QStringLiteral("r1")));
    Return done = credited();
    f.cache.put({changeTo(done)});
    QTRY_COMPARE(f.toast(), QStringLiteral("RMA-17 · Credited: £43.20 with CM-700, as expected."));
    QTRY_VERIFY(settings.value(kept).toStringList().isEmpty());
    // Another, while nobody is there; and one of a colleague's.
    mine.key = "r2";
    mine.number = "RMA-18";
    f.cache.put({changeTo(mine), changeTo(askedFor())});
    QTRY_COMPARE(settings.value(kept).toStringList(), QStringList(QStringLiteral("r2")));
    f.window->showSignIn();
    mine.status = ReturnStatus::refused;
    mine.refusal = "It was used";
    mine.open = false;
    done.requestedBy = "kim";
    f.cache.put({changeTo(mine), changeTo(done)});
    f.enter();
    QTRY_COMPARE(f.toast(), QStringLiteral("RMA-18 · Refused: It was used."));
}

// Who did it themselves knows; a colleague may, too, and so may the supplier.
void TestReturnFollowed::whoAskedIsToldWhoTookItBack()
{
    Fixture f(*m_theme);
    const QSettings settings(f.dir.path() + QStringLiteral("/window.ini"), QSettings::IniFormat);
    const std::string own = buyer().user.toStdString();
    std::vector<Return> mine;
    std::vector<Change> asked;
    for (const char *by : {"kim", "", own.c_str()}) {
        Return &one = mine.emplace_back(askedFor());
        one.key = 'w' + std::to_string(mine.size());
        one.number = "RMA-" + std::to_string(mine.size());
        one.requestedBy = own;
        asked.push_back(changeTo(one));
        one.status = ReturnStatus::withdrawn;
        one.open = false;
        one.events.push_back({1, one.statusAt, std::string(ReturnStatus::requested), own, {}, {}});
        one.events.push_back({2, one.statusAt, std::string(ReturnStatus::withdrawn), by, {}, {}});
    }
    f.cache.put(asked);
    f.enter();
    QTRY_COMPARE(settings.value(QStringLiteral("returns/waiting")).toStringList().size(), 3);
    f.cache.put({changeTo(mine[0])});
    QTRY_COMPARE(f.toast(), QStringLiteral("RMA-1 was taken back by kim."));
    f.cache.put({changeTo(mine[2])});
    QTRY_COMPARE(settings.value(QStringLiteral("returns/waiting")).toStringList().size(), 1);
    QCOMPARE(f.toast(), QStringLiteral("RMA-1 was taken back by kim."));
    f.cache.put({changeTo(mine[1])});
    QTRY_COMPARE(f.toast(), QStringLiteral("RMA-2 was taken back."));
}

// One more than are followed: the oldest is not, and nothing is said of it.
void TestReturnFollowed::whatGoesOnHasNotEnded()
{
    Fixture f(*m_theme);
    const QSettings settings(f.dir.path() + QStringLiteral("/window.ini"), QSettings::IniFormat);
    const auto kept = [&] { return settings.value(QStringLiteral("returns/waiting")).toStringList(); };
    std::vector<Change> mine;
    for (int i = 0; i <= EndNews::waitingMost; ++i) {
        Return one = askedFor();
        one.key = 'w' + std::to_string(i);
        one.number = "RMA-" + std::to_string(i);
        one.requestedBy = buyer().user.toStdString();
        one.requestedAt.ms += i * 1'000;
        mine.push_back(changeTo(one));
    }
    const Change newest = mine.back();
    mine.pop_back();
    f.cache.put(mine);
    f.enter();
    QTRY_COMPARE(kept().size(), EndNews::waitingMost);
    QVERIFY(kept().contains(QStringLiteral("w0")));
    f.cache.put({newest});
    QTRY_VERIFY(kept().contains(QString::fromStdString(newest.key)));
    QCOMPARE(kept().size(), EndNews::waitingMost);
    QVERIFY(!kept().contains(QStringLiteral("w0")));
    QCOMPARE(f.toast(), QString());
}

void TestReturnFollowed::whatArrivesSqueezesNothing()
{
    Fixture f(*m_theme);
    lookAtReturn(f);
    QTRY_COMPARE(f.detail().links().size(), 1);
    Return record = askedFor();
    record.status = ReturnStatus::authorised;
    record.returnTo = "Meridian Trade Supply, Returns\nUnit 7, Foundry Road\nYork";
    record.instructions = "Put this number on every parcel, and pack the goods as they came.";
    record.routedTo = "Returns desk, York";
    Invoice memo;
    memo.key = "c700";
    memo.account = "a1";
    memo.number = "CM-700";
    memo.credit = true;
    memo.ofReturn = record.key;
    Document label;
    label.key = "d700";
    label.account = "a1";
    label.number = "RMA-17";
    label.paper = Paper::returnLabel;
    label.returned = record.key;
    Message message;
    message.key = "m1";
    message.account = "a1";
    message.ofReturn = record.key;
    message.author = "kim";
    message.at = Instant{1'795'210'000'000};
    message.text = "The box is still sealed.";
    f.cache.put({changeTo(record), changeTo(label)});
    QTRY_COMPARE(f.detail().links().size(), 2);
    QTRY_COMPARE(squeezedIn(f.detail()), QStringList());
    f.cache.put({changeTo(message), changeTo(memo), changeTo(credited())});
    QTRY_COMPARE(f.detail().links().size(), 3);
    QTRY_VERIFY(says(f.detail(), "The box is still sealed."));
    QTRY_COMPARE(squeezedIn(f.detail()), QStringList());
}

WINDOW_TEST(TestReturnFollowed)
#include "tst_returnfollowed.moc"
