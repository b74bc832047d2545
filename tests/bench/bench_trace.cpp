// The whole window on a very large cache, used without a pause by keyboard and mouse while changes come in as
// fast as they can be stored: every event that holds the window's thread up for longer than a frame, and what
// was being done then.
//
//   bench_trace [--orders N] [--seconds N] [--data FOLDER]

#include "benchtable.h"
#include "cachereaders.h"
#include "changestorm.h"
#include "commandfixture.h"
#include "detailpane.h"
#include "guifixture.h"
#include "listfilterbar.h"
#include "listpane.h"
#include "mainwindow.h"
#include "manycache.h"
#include "manyqueries.h"
#include "order.h"
#include "random.h"
#include "recordheader.h"
#include "recordspage.h"
#include "recordview.h"
#include "theme.h"
#include "timedapplication.h"
#include "workspace.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QScrollBar>
#include <QtTest>

#include <cstdio>

using namespace Counterfoil;

namespace {

constexpr int betweenKeysMs = 60; // a fast typist's
constexpr int longestShown = 8;

// Knows what is being done when an event takes long.
class Program final : public TimedApplication<QApplication>
{
public:
    using TimedApplication::TimedApplication;

    struct HoldUp
    {
        double ms;
        QString doing;
        QEvent::Type event;
    };
    QString doing;
    QList<HoldUp> holdUps; // of more than a frame

protected:
    void note(double ms, QEvent::Type type) override
    {
        TimedApplication::note(ms, type);
        if (ms > frameMs)
            holdUps.append({ms, doing, type});
    }
};

// A person at the window who never rests.
class Visitor
{
public:
    Visitor(Program &program, MainWindow &window, const ManyRecords &books)
        : m_program(program)
        , m_window(window)
        , m_books(books)
        , m_texts(typedTexts(books))
    { }

    // One round: the lists by turns, each filtered, sorted, scrolled and gone through.
    void round()
    {
        static constexpr const char *panes[] = {"orders", "invoices", "shipments"};
        for (const char *pane : panes) {
            begin("going to a pane");
            workspace().goTo(QString::fromLatin1(pane));
            QTest::qWait(betweenKeysMs);
            typeIntoFilter();
            scroll();
            sort();
            narrow();
            read();
        }
        jump();
        begin("going home");
        workspace().goTo(QStringLiteral("home"));
        QTest::qWait(10 * betweenKeysMs);
    }
    int keys() const { return m_keys; }

private:
    Workspace &workspace() { return *m_window.workspace(); }
    ListPane &list() { return workspace().currentPage()->list(); }
    void begin(const char *what) { m_program.doing = QString::fromLatin1(what); }
    void press(Qt::Key key, Qt::KeyboardModifiers with = Qt::NoModifier)
    {
        QWidget *focus = QApplication::focusWidget();
        QTest::keyClick(focus ? focus : &m_window, key, with);
        ++m_keys;
        QTest::qWait(betweenKeysMs);
    }
    void type(const std::string &text)
    {
        for (const QChar letter : QString::fromStdString(text)) {
            QWidget *focus = QApplication::focusWidget();
            QTest::sendKeyEvent(QTest::Click, focus ? focus : &m_window, Qt::Key_unknown, QString(letter),
                                Qt::NoModifier);
            ++m_keys;
            QTest::qWait(betweenKeysMs);
        }
    }
    const std::string &anyText() { return m_texts[m_random.below(m_texts.size())]; }

    void typeIntoFilter()
    {
        begin("typing into the filter");
        list().focusFilter();
        type(anyText());
        QTest::qWait(4 * betweenKeysMs);
        begin("clearing the filter");
        press(Qt::Key_Escape);
        list().clearFilters();
        QTest::qWait(4 * betweenKeysMs);
    }
    void scroll()
    {
        begin("paging");
        list().focusList();
        press(Qt::Key_End);
        for (int i = 0; i < 5; ++i)
            press(Qt::Key_PageUp);
        press(Qt::Key_Home);
        for (int i = 0; i < 5; ++i)
            press(Qt::Key_PageDown);
        begin("dragging the scroll bar");
        QScrollBar &bar = *list().view().verticalScrollBar();
        for (int i = 0; i < 20 && bar.maximum() > 0; ++i) {
            bar.setValue(static_cast<int>(m_random.below(static_cast<std::uint64_t>(bar.maximum()))));
            QTest::qWait(16);
        }
        press(Qt::Key_Home);
    }
    void sort()
    {
        begin("sorting");
        RecordHeader &header = list().view().recordHeader();
        const int section = header.logicalIndex(static_cast<int>(m_random.below(4)));
        if (header.isSectionHidden(section))
            return;
        const QPoint at(header.sectionViewportPosition(section) + header.sectionSize(section) / 2,
                        header.height() / 2);
        for (int i = 0; i < 2; ++i) {
            QTest::mouseClick(header.viewport(), Qt::LeftButton, {}, at);
            QTest::qWait(5 * betweenKeysMs);
        }
    }
    void narrow()
    {
        begin("choosing a filter");
        const auto chips = list().filters().findChildren<QAbstractButton *>();
        for (QAbstractButton *chip : chips) {
            if (!chip->isCheckable() || !chip->isVisible())
                continue;
            QTest::mouseClick(chip, Qt::LeftButton);
            QTest::qWait(5 * betweenKeysMs);
        }
        list().clearFilters();
        QTest::qWait(5 * betweenKeysMs);
    }
    void read()
    {
        begin("going through records");
        list().focusList();
        for (int i = 0; i < 8; ++i)
            press(Qt::Key_Down);
        begin("opening a record");
        press(Qt::Key_Return);
        QTest::qWait(3 * betweenKeysMs);
        press(Qt::Key_Escape);
    }
    void jump()
    {
        begin("jumping");
        const auto n
            = static_cast<std::int64_t>(m_random.below(static_cast<std::uint64_t>(m_books.orders())));
        press(Qt::Key_K, Qt::ControlModifier);
        type(m_books.order(n).record.as<Order>()->number);
        QTest::qWait(5 * betweenKeysMs);
        press(Qt::Key_Return);
        QTest::qWait(5 * betweenKeysMs);
    }

    Program &m_program;
    MainWindow &m_window;
    const ManyRecords &m_books;
    const std::vector<std::string> m_texts;
    SeededRandom m_random{7};
    int m_keys = 0;
};

// What a window needs, without a network.
struct Ports
{
    SystemClock clock;
    QTemporaryDir folder;
    SetSyncPort sync;
    SetDocumentPort documents;
    FileCommandPort commands{clock};
    SetPeoplePort people;
    SetQuotePort quotes;
    SetSignInPort signIn;
};

int report(const Program &program, const Visitor &visitor, qint64 changes, qint64 tookMs, const QString &size)
{
    QList<Program::HoldUp> holdUps = program.holdUps;
    std::ranges::sort(holdUps, std::greater<>(), &Program::HoldUp::ms);
    for (qsizetype i = 0; i < std::min<qsizetype>(holdUps.size(), longestShown); ++i)
        std::printf("  %6.1f ms  %s (event %d)\n", holdUps[i].ms, qUtf8Printable(holdUps[i].doing),
                    static_cast<int>(holdUps[i].event));
    BenchTable table;
    BenchRow row;
    row.what = QStringLiteral("P5  frames held up, window in use, full-speed sync, %1 orders").arg(size);
    const double share = static_cast<double>(program.missed) * frameMs * 100 / static_cast<double>(tookMs);
    row.figure = QStringLiteral("%1 %").arg(decimals(share, 3));
    row.spread = QStringLiteral("longest %1 ms, %2 missed, %3 s, %4 keys, %5 changes/s")
                     .arg(decimals(program.longest, 1))
                     .arg(program.missed)
                     .arg(tookMs / 1000)
                     .arg(visitor.keys())
                     .arg(changes * 1000 / tookMs);
    row.goal = QStringLiteral("≤ 0.1 %");
    row.verdict = metWhen(share <= 0.1);
    table.add(row);
    return table.finish();
}

} // namespace

int main(int argc, char *argv[])
{
    Program program(argc, argv);
    const bool full = qEnvironmentVariableIntValue("COUNTERFOIL_BENCH_FULL") != 0;
    QCommandLineParser options;
    options.addOption({QStringLiteral("orders"), QStringLiteral("how many orders"), QStringLiteral("n"),
                       full ? QStringLiteral("1000000") : QStringLiteral("100000")});
    options.addOption({QStringLiteral("seconds"), QStringLiteral("of use"), QStringLiteral("n"),
                       full ? QStringLiteral("600") : QStringLiteral("60")});
    options.addOption({QStringLiteral("data"), QStringLiteral("where caches are kept"),
                       QStringLiteral("folder"), QStringLiteral("build/bench")});
    options.process(program);
    const ManyRecords books(options.value(QStringLiteral("orders")).toLongLong());
    const QString path = manyCache(QDir(options.value(QStringLiteral("data"))), books);
    if (path.isEmpty())
        return 1;

    Theme theme(program);
    Ports ports;
    CacheReaders readers(path);
    ports.sync.setMode(SyncStatus::Mode::Live, ports.clock);
    MainWindow window(
        WindowPorts{ports.signIn, ports.clock, ports.folder.filePath(QStringLiteral("settings.ini")), QUrl()},
        theme);
    window.resize(1280, 800);
    window.show();
    window.showProfile({buyer(), readers, ports.sync, ports.documents, ports.commands, ports.people,
                        ports.quotes, ports.folder.path(), QString()});
    window.activateWindow();
    QTest::qWait(1000);

    ChangeStorm storm(path, books, readers);
    storm.start();
    Visitor visitor(program, window, books);
    program.doing = QStringLiteral("starting");
    program.forget();
    program.holdUps.clear();
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < options.value(QStringLiteral("seconds")).toLongLong() * 1000)
        visitor.round();
    return report(program, visitor, storm.stored(), timer.elapsed(), QLocale().toString(books.orders()));
}
