// The whole life of a return in two windows, the buyer's and the representative's, over the real client and
// the real gateway, by keys. COUNTERFOIL_PICTURES=FOLDER leaves a picture of both after each step.

#include "attachmentfield.h"
#include "cachereaders.h"
#include "decidesheet.h"
#include "formfield.h"
#include "itemroles.h"
#include "jumpbox.h"
#include "mainwindow.h"
#include "message.h"
#include "messagelist.h"
#include "recordspage.h"
#include "recordview.h"
#include "requestlines.h"
#include "requestsheet.h"
#include "return.h"
#include "returndetailpane.h"
#include "returnoffer.h"
#include "testentry.h"
#include "theme.h"
#include "workpane.h"
#include "workspace.h"

#include <QApplication>
#include <QImage>
#include <QLabel>
#include <QListView>
#include <QPainter>
#include <QTest>

using namespace Counterfoil;
using Mode = SyncStatus::Mode;

namespace {

constexpr int answerMs = 60'000;
constexpr int pictureMs = 300; // until both windows have drawn what was just done
constexpr int fastDays = 40;   // of the company in a minute, once goods travel

// Somebody at their machine.
struct Desk
{
    Desk(const GatewayProcess &gateway, const char *user, Theme &look)
        : station(gateway.port())
        , theme(look)
    {
        station.user = QString::fromLatin1(user);
        station.signIn();
    }
    bool open()
    {
        if (!QTest::qWaitFor([this] { return station.is(Mode::Live); }, answerMs))
            return false;
        SyncClient &client = *station.client;
        readers = std::make_unique<CacheReaders>(client.profile().cachePath());
        QObject::connect(&client, &SyncClient::cacheChanged, readers.get(), &CacheReaders::noteChange);
        window = std::make_unique<MainWindow>(WindowPorts{client.signIn(), clock,
                                                          settings.filePath(QStringLiteral("window.ini")),
                                                          station.proxy.url()},
                                              theme);
        window->resize(1280, 800);
        window->show();
        window->showProfile({client.profile().person,
                             *readers,
                             client.sync(),
                             client.documents(),
                             client.commands(),
                             client.people(),
                             client.quotes(),
                             settings.path(),
                             {},
                             {},
                             &client.attachments()});
        return QTest::qWaitForWindowExposed(window.get());
    }
    void sit() const // the keys go there from now on
    {
        window->activateWindow();
        QTRY_VERIFY(window->isActiveWindow());
    }
    void press(Qt::Key key, Qt::KeyboardModifiers with = Qt::NoModifier) const
    {
        QWidget *at = QApplication::focusWidget();
        QTest::keyClick(at ? at : window.get(), key, with);
    }
    void type(const QString &text) const { QTest::keyClicks(QApplication::focusWidget(), text); }
    Workspace &workspace() const { return *window->workspace(); }
    ReturnDetailPane *pane() const
    {
        auto *page = workspace().currentPage();
        return page ? qobject_cast<ReturnDetailPane *>(&page->detail()) : nullptr;
    }
    void jumpTo(const QString &number) const
    {
        sit();
        press(Qt::Key_K, Qt::ControlModifier);
        type(number);
        press(Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(pane() && pane()->number() == number, answerMs);
    }
    std::optional<Return> record(const std::string &key) const
    {
        CacheReader reader(station.client->profile().cachePath());
        const auto row = reader.byKey(Return::type, key);
        return row && *row ? std::optional(*(*row)->record.as<Return>()) : std::nullopt;
    }

    Station station;
    Theme &theme;
    const SystemClock clock;
    QTemporaryDir settings;
    std::unique_ptr<CacheReaders> readers;
    std::unique_ptr<MainWindow> window; // goes before what it reads
};

template <class Sheet> Sheet *sheetOver(const Desk &desk)
{
    [&] { QTRY_VERIFY(desk.window->findChild<Sheet *>()); }();
    return desk.window->findChild<Sheet *>();
}

} // namespace

class TestReturnsWindows : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aReturnInTwoWindows();

private:
    void ask();
    void write();
    void decide();
    void follow();
    void picture(const char *step);

    GatewayProcess m_gateway{200};
    QTemporaryDir m_folder;
    std::unique_ptr<Desk> m_buyer;
    std::unique_ptr<Desk> m_rep;
    std::string m_key; // of the return
    QString m_number;
    int m_pictures = 0;
};

void TestReturnsWindows::picture(const char *step)
{
    const QString folder = qEnvironmentVariable("COUNTERFOIL_PICTURES");
    if (folder.isEmpty())
        return;
    QTest::qWait(pictureMs);
    QImage both(2 * 1280 + 8, 800, QImage::Format_RGB32);
    both.fill(Qt::gray);
    QPainter painter(&both);
    painter.drawPixmap(0, 0, m_buyer->window->grab());
    painter.drawPixmap(1280 + 8, 0, m_rep->window->grab());
    painter.end();
    const QString name
        = QStringLiteral("/%1-%2.png").arg(++m_pictures, 2, 10, QLatin1Char('0')).arg(QLatin1String(step));
    QVERIFY(both.save(folder + name));
}

// By keys from the order to the queue: a reason, its question, how many, and a photo that is dropped.
void TestReturnsWindows::ask()
{
    const auto offer = returnOffer(m_buyer->station, "damaged", 2);
    QVERIFY(offer);
    m_buyer->workspace().openRecord({&Order::type, offer->about.order.key}, false);
    const QString order = QString::fromStdString(offer->about.order.number);
    QTRY_COMPARE(m_buyer->workspace().currentPage()->detail().number(), order);
    m_buyer->sit();
    picture("order");
    m_buyer->press(Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
    auto *sheet = sheetOver<RequestSheet>(*m_buyer);
    QTRY_COMPARE(QApplication::focusWidget(), sheet->reason().editor());
    m_buyer->press(Qt::Key_Down);
    m_buyer->type(QStringLiteral("Arrived"));
    m_buyer->press(Qt::Key_Return);
    QCOMPARE(sheet->reason().value(), QStringLiteral("damaged"));
    sheet->questions().first()->editor()->setFocus(Qt::TabFocusReason);
    m_buyer->press(Qt::Key_Down);
    m_buyer->type(QStringLiteral("Torn"));
    m_buyer->press(Qt::Key_Return);
    auto *lines = sheet->findChild<RecordView *>();
    const RequestLines &possible = sheet->lines();
    int row = 0;
    while (row < possible.rowCount() - 1
           && possible.index(row, 0).data(ItemRole::Key).toString() != QString::number(offer->line.orderLine))
        ++row;
    lines->setFocus(Qt::TabFocusReason);
    lines->setCurrentIndex(possible.index(row, RequestLines::Quantity));
    QTRY_COMPARE(QApplication::focusWidget(), lines);
    m_buyer->press(Qt::Key_2);
    QTRY_VERIFY(QApplication::focusWidget() != lines); // what is typed in
    m_buyer->press(Qt::Key_Return);
    QTRY_COMPARE(QString::fromStdString(sheet->filledIn().units.toString()), QStringLiteral("2"));
    m_buyer->press(Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(sheet->isVisible()); // a photo is needed
    picture("photo-needed");
    const QString photo = m_folder.filePath(QStringLiteral("dent.jpg"));
    QImage dent(1200, 900, QImage::Format_RGB32);
    dent.fill(Qt::darkRed);
    QVERIFY(dent.save(photo));
    sheet->files()->add({photo});
    QTRY_COMPARE(sheet->files()->files().size(), 1U);
    picture("request");
    m_buyer->press(Qt::Key_Return, Qt::ControlModifier);
    const auto asked = [this] {
        const auto rows = m_rep->station.all(Return::type);
        const auto found = std::ranges::find_if(
            *rows, [](const CachedRecord &each) { return each.record.as<Return>()->requestedBy == "mia"; });
        if (found != rows->end())
            m_key = found->record.as<Return>()->key;
        return !m_key.empty();
    };
    QTRY_VERIFY_WITH_TIMEOUT(asked(), answerMs);
    m_number = QString::fromStdString(m_rep->record(m_key)->number);
    QCOMPARE(m_rep->record(m_key)->attachments.size(), 1U);
}

void TestReturnsWindows::write()
{
    // The rep's queue leads to it.
    m_rep->sit();
    m_rep->press(Qt::Key_N, Qt::AltModifier);
    auto *work = m_rep->workspace().findChild<WorkPane *>();
    QVERIFY(work);
    const auto find = [&] {
        const auto *model = work->list().model();
        for (int row = 0; row < model->rowCount(); ++row) {
            if (model->index(row, 0).data().toString().contains(m_number)) {
                work->list().setCurrentIndex(model->index(row, 0));
                return true;
            }
        }
        return false;
    };
    QTRY_VERIFY_WITH_TIMEOUT(find(), answerMs);
    picture("queue");
    work->list().setFocus(Qt::TabFocusReason);
    m_rep->press(Qt::Key_Return);
    QTRY_VERIFY(m_rep->pane() && m_rep->pane()->number() == m_number);
    m_buyer->jumpTo(m_number);
    picture("requested");
    m_rep->sit();
    m_rep->pane()->messages().focusField();
    m_rep->type(QStringLiteral("Was the box torn when it came?"));
    m_rep->press(Qt::Key_Return, Qt::ControlModifier);
    const auto written = [](const Desk &desk, std::size_t count) {
        const auto rows = desk.station.all(Message::type);
        return rows && rows->size() >= count;
    };
    const std::size_t before = m_buyer->station.all(Message::type)->size();
    QTRY_VERIFY_WITH_TIMEOUT(written(*m_buyer, before), answerMs);
    m_buyer->sit();
    m_buyer->pane()->messages().focusField();
    m_buyer->type(QStringLiteral("Yes, see the photo."));
    m_buyer->press(Qt::Key_Return, Qt::ControlModifier);
    const auto both = [](const Desk &desk) {
        const auto labels = desk.pane()->messages().findChildren<QLabel *>();
        const auto says = [&](const char *words) {
            return std::ranges::any_of(
                labels, [&](const QLabel *each) { return each->text() == QLatin1String(words); });
        };
        return says("Was the box torn when it came?") && says("Yes, see the photo.");
    };
    QTRY_VERIFY_WITH_TIMEOUT(both(*m_buyer) && both(*m_rep), answerMs);
    picture("messages");
}

void TestReturnsWindows::decide()
{
    m_rep->sit();
    m_rep->pane()->focusBody();
    m_rep->press(Qt::Key_P);
    auto *sheet = sheetOver<DecideSheet>(*m_rep);
    sheet->lines().first().authorised->editor()->setFocus(Qt::TabFocusReason);
    m_rep->press(Qt::Key_A, Qt::ControlModifier);
    m_rep->press(Qt::Key_1);
    sheet->lines().first().refusal->editor()->setFocus(Qt::TabFocusReason);
    m_rep->type(QStringLiteral("One is as it should be."));
    picture("decision");
    m_rep->press(Qt::Key_Return, Qt::ControlModifier);
    const auto is = [this](std::string_view status) {
        return m_buyer->record(m_key)->status == status && m_rep->record(m_key)->status == status;
    };
    QTRY_VERIFY_WITH_TIMEOUT(is(ReturnStatus::authorised), answerMs);
    QCOMPARE(m_buyer->record(m_key)->lines[0].refusal, std::string("One is as it should be."));
    QTRY_VERIFY(!m_rep->pane()->canDecide() && m_buyer->pane()->canWithdraw());
    picture("authorised");
}

// What the company does with it, while both look on.
void TestReturnsWindows::follow()
{
    m_gateway.kill();
    QVERIFY(m_gateway.start(0, fastDays));
    std::string seen = m_buyer->record(m_key)->status;
    const auto end = [&] {
        const Return now = *m_buyer->record(m_key);
        if (now.status != seen) {
            seen = now.status;
            picture(seen.c_str());
        }
        return !now.open;
    };
    QTRY_VERIFY_WITH_TIMEOUT(end(), answerMs);
    QTRY_VERIFY_WITH_TIMEOUT(!m_rep->record(m_key)->open, answerMs);
    const Return credited = *m_buyer->record(m_key);
    QCOMPARE(credited.status, std::string(ReturnStatus::credited));
    QVERIFY(!credited.creditMemo.empty() && credited.postedCredit <= credited.expectedCredit);
    QTRY_VERIFY_WITH_TIMEOUT(!m_buyer->pane()->links().isEmpty(), answerMs);
    picture("end");
}

void TestReturnsWindows::aReturnInTwoWindows()
{
    Theme theme(*qApp);
    theme.setScheme(Theme::Scheme::Light);
    QVERIFY(m_gateway.addUser(QStringLiteral("mia"), QStringLiteral("buyer"),
                              {QStringLiteral("--account"), QStringLiteral("A-10001")}));
    QVERIFY(m_gateway.addUser(QStringLiteral("ray"), QStringLiteral("csr")));
    const QString terms = m_folder.filePath(QStringLiteral("terms.toml"));
    QVERIFY(writeTerms(terms, "15%"));
    m_gateway.setConfiguration(terms);
    QVERIFY(m_gateway.start(0));
    m_buyer = std::make_unique<Desk>(m_gateway, "mia", theme);
    m_rep = std::make_unique<Desk>(m_gateway, "ray", theme);
    QVERIFY(m_buyer->open() && m_rep->open());
    for (const auto step : {&TestReturnsWindows::ask, &TestReturnsWindows::write, &TestReturnsWindows::decide,
                            &TestReturnsWindows::follow}) {
        (this->*step)();
        if (QTest::currentTestFailed())
            break;
    }
    m_buyer.reset();
    m_rep.reset();
}

WINDOW_TEST(TestReturnsWindows)
#include "tst_returnswindows.moc"
