// The walls between the rooms, read from what CMake links and from what the files include.

#include "testentry.h"

#include <QDirIterator>
#include <QFile>
#include <QHash>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

namespace {

struct Room
{
    QString folder;
    QStringList links; // rooms and libraries, public and private, as CMake knows them
};

struct SourceFile
{
    QString path; // below the project's root
    QStringList lines;
};

QString root()
{
    return QStringLiteral(COUNTERFOIL_SOURCE);
}

QStringList linesOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QStringList lines = QString::fromUtf8(file.readAll()).split(u'\n');
    if (!lines.isEmpty() && lines.last().isEmpty())
        lines.removeLast();
    return lines;
}

QHash<QString, Room> readRooms()
{
    QHash<QString, Room> rooms;
    for (const QString &line : linesOf(QStringLiteral(COUNTERFOIL_ROOMS))) {
        const QStringList columns = line.split(u'\t');
        if (columns.size() != 4)
            continue;
        QStringList links = columns.at(2).split(u';') + columns.at(3).split(u';');
        // A static library's private links reach CMake's public list wrapped, for the linker's sake.
        for (QString &link : links)
            link.remove(QStringLiteral("$<LINK_ONLY:")).remove(u'>');
        rooms.insert(columns.at(0), {columns.at(1), links});
    }
    return rooms;
}

// Everything that a room links, directly or through another room.
QSet<QString> reachedFrom(const QString &room, const QHash<QString, Room> &rooms)
{
    QSet<QString> reached;
    QStringList open{room};
    while (!open.isEmpty()) {
        const QString next = open.takeLast();
        for (const QString &link : rooms.value(next).links) {
            if (reached.contains(link))
                continue;
            reached.insert(link);
            open.append(link);
        }
    }
    return reached;
}

QList<SourceFile> sourcesBelow(const QString &folder)
{
    QList<SourceFile> files;
    QDirIterator iterator(root() + u'/' + folder, {QStringLiteral("*.cpp"), QStringLiteral("*.h")},
                          QDir::Files, QDirIterator::Subdirectories);
    while (iterator.hasNext()) {
        const QString path = iterator.next();
        files.append({QDir(root()).relativeFilePath(path), linesOf(path)});
    }
    return files;
}

} // namespace

class TestWalls : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void noRoomLinksWhatItMustNot_data();
    void noRoomLinksWhatItMustNot();
    void noFileIncludesWhatItMustNot_data();
    void noFileIncludesWhatItMustNot();
    void noNameIsTakenTwice();
    void noFileIsTooLong();
    void noFileSaysAForbiddenWord();

private:
    QHash<QString, Room> m_rooms;
};

void TestWalls::initTestCase()
{
    m_rooms = readRooms();
    QVERIFY2(m_rooms.size() > 15, "CMake must have listed the rooms");
    // The reading itself must be able to see a link, or the other tests prove nothing.
    QVERIFY(reachedFrom(QStringLiteral("counterfoil"), m_rooms).contains(QStringLiteral("Qt6::Widgets")));
}

void TestWalls::noRoomLinksWhatItMustNot_data()
{
    QTest::addColumn<QString>("folder");
    QTest::addColumn<QString>("forbidden"); // matches a library's name, or the folder of a room
    QTest::addColumn<QString>("except");    // the one folder to which this does not apply

    QTest::newRow("ui knows no network, store or sync")
        << QStringLiteral("ui")
        << QStringLiteral("^(Qt6::(Network|WebSockets|Sql)|Qt6Keychain.*|OpenSSL::.*|sync/.*|app/.*)$")
        << QString();
    QTest::newRow("models know no network, widget, ui or sync")
        << QStringLiteral("models")
        << QStringLiteral("^(Qt6::(Network|WebSockets|Sql|Widgets)|sync/.*|ui/.*|app/.*)$") << QString();
    QTest::newRow("sync knows no widget and no ui")
        << QStringLiteral("sync") << QStringLiteral("^(Qt6::(Widgets|Sql)|ui/.*|app/.*)$") << QString();
    QTest::newRow("only papers are drawn in sync")
        << QStringLiteral("sync") << QStringLiteral("^(Qt6::Gui|sync/erp/paper)$")
        << QStringLiteral("sync/erp/paper");
    QTest::newRow("the engine owns no socket")
        << QStringLiteral("sync/client/engine")
        << QStringLiteral("^(Qt6::(Network|WebSockets|Gui|Widgets)|Boost::.*)$") << QString();
    QTest::newRow("the gateway's core owns no socket")
        << QStringLiteral("sync/gateway/core")
        << QStringLiteral("^(Qt6::(Network|WebSockets|Gui|Widgets)|Boost::.*)$") << QString();
    QTest::newRow("the domain knows neither JSON nor SQL")
        << QStringLiteral("models/domain") << QStringLiteral("^(SQLite::.*|PkgConfig::simdjson|sqlite)$")
        << QString();
}

void TestWalls::noRoomLinksWhatItMustNot()
{
    QFETCH(QString, folder);
    QFETCH(QString, forbidden);
    QFETCH(QString, except);
    const QRegularExpression pattern(forbidden);
    int looked = 0;
    for (auto room = m_rooms.cbegin(); room != m_rooms.cend(); ++room) {
        if (room->folder != folder && !room->folder.startsWith(folder + u'/'))
            continue;
        if (room->folder == except)
            continue;
        ++looked;
        const QSet<QString> reached = reachedFrom(room.key(), m_rooms);
        for (const QString &link : reached) {
            const QString name = m_rooms.contains(link) ? m_rooms.value(link).folder : link;
            QVERIFY2(!pattern.match(name).hasMatch(),
                     qPrintable(QStringLiteral("%1 links %2").arg(room.key(), link)));
        }
    }
    QVERIFY(looked > 0);
}

void TestWalls::noFileIncludesWhatItMustNot_data()
{
    QTest::addColumn<QString>("folder");
    QTest::addColumn<QString>("forbidden"); // matches what stands between the brackets or quotes

    // Qt's modules share one include path, so that a header can be found without its library.
    const QString network = QStringLiteral("Q(Network|Tcp|Udp|Ssl|Web|LocalS|AbstractSocket|Dns|Host)\\w*");
    QTest::newRow("ui")
        << QStringLiteral("ui")
        << QStringLiteral("^(QtNetwork|QtWebSockets|QtSql|%1|QSql\\w*|sqlite3|simdjson|boost|qt6keychain)")
               .arg(network);
    QTest::newRow("models")
        << QStringLiteral("models")
        << QStringLiteral("^(QtNetwork|QtWebSockets|QtSql|QtWidgets|%1|QSql\\w*|QWidget|QApplication|boost)")
               .arg(network);
    QTest::newRow("sync") << QStringLiteral("sync")
                          << QStringLiteral("^(QtWidgets|QtGui|QtSql|QWidget|QApplication|QSql\\w*)");
    QTest::newRow("engine")
        << QStringLiteral("sync/client/engine")
        << QStringLiteral("^(QtNetwork|QtWebSockets|%1|QTimer|QThread|boost)").arg(network);
    QTest::newRow("gateway core")
        << QStringLiteral("sync/gateway/core")
        << QStringLiteral("^(QtNetwork|QtWebSockets|%1|QTimer|QThread|boost)").arg(network);
    QTest::newRow("domain") << QStringLiteral("models/domain") << QStringLiteral("^(sqlite3|simdjson)");
    // Qt paints on the threads of its pool and waits for them: what may stand still has a SideThread.
    for (const char *folder : {"ui", "models/render", "models/outgoing", "models/extraction"})
        QTest::addRow("%s on threads", folder)
            << QString::fromLatin1(folder) << QStringLiteral("^(QThreadPool|QtConcurrent)");
}

void TestWalls::noFileIncludesWhatItMustNot()
{
    QFETCH(QString, folder);
    QFETCH(QString, forbidden);
    static const QRegularExpression include(QStringLiteral("^\\s*#\\s*include\\s*[<\"]([^>\"]+)[>\"]"));
    const QRegularExpression pattern(forbidden);
    const QList<SourceFile> files = sourcesBelow(folder);
    QVERIFY(!files.isEmpty());
    for (const SourceFile &file : files) {
        for (const QString &line : file.lines) {
            const QString included = include.match(line).captured(1);
            QVERIFY2(included.isEmpty() || !pattern.match(included).hasMatch(),
                     qPrintable(QStringLiteral("%1 includes %2").arg(file.path, included)));
        }
    }
}

// A longer file holds two ideas. Exceptions stand in sizes.tsv with their reason.
// Two rooms that never see each other's headers may each define a class of the same name; the linker then
// keeps one of the two, silently, and the program crashes where the rooms meet.
void TestWalls::noNameIsTakenTwice()
{
    static const QRegularExpression definition(QStringLiteral("^(?:class|struct) (\\w+)(?!\\w|::)[^;]*$"));
    QHash<QString, QString> where;
    for (const char *room : {"models", "sync", "ui", "app"}) {
        for (const SourceFile &file : sourcesBelow(QLatin1String(room))) {
            // What a .cpp defines is its own, in an anonymous namespace.
            if (!file.path.endsWith(QStringLiteral(".h")))
                continue;
            for (const QString &line : file.lines) {
                const QString name = definition.match(line).captured(1);
                if (name.isEmpty())
                    continue;
                QVERIFY2(!where.contains(name),
                         qPrintable(name + u' ' + file.path + u' ' + where.value(name)));
                where.insert(name, file.path);
            }
        }
    }
    QVERIFY(where.contains(QStringLiteral("FreshnessProof")));
}

void TestWalls::noFileIsTooLong()
{
    constexpr qsizetype longestSource = 500;
    constexpr qsizetype longestHeader = 250;
    QHash<QString, QString> reasons;
    for (const QString &line : linesOf(root() + QStringLiteral("/tests/check/sizes.tsv"))) {
        if (line.startsWith(u'#'))
            continue;
        const QStringList columns = line.split(u'\t');
        QVERIFY2(columns.size() == 2 && !columns.at(1).isEmpty(), qPrintable(line));
        QVERIFY2(QFile::exists(root() + u'/' + columns.at(0)),
                 qPrintable(columns.at(0) + QStringLiteral(" is gone")));
        reasons.insert(columns.at(0), columns.at(1));
    }
    QStringList tooLong;
    for (const QString &folder : {QStringLiteral("app"), QStringLiteral("models"), QStringLiteral("sync"),
                                  QStringLiteral("ui"), QStringLiteral("tests")}) {
        for (const SourceFile &file : sourcesBelow(folder)) {
            const qsizetype limit = file.path.endsWith(QStringLiteral(".h")) ? longestHeader : longestSource;
            if (file.lines.size() > limit && !reasons.contains(file.path))
                tooLong.append(QStringLiteral("%1 has %2 lines, at most %3")
                                   .arg(file.path)
                                   .arg(file.lines.size())
                                   .arg(limit));
        }
    }
    QVERIFY2(tooLong.isEmpty(), qPrintable(tooLong.join(u'\n')));
}

// Names that say nothing, work left undone, and places that exist on one machine only.
void TestWalls::noFileSaysAForbiddenWord()
{
    static const QRegularExpression forbidden(QStringLiteral(
        "\\b(?:class|struct|namespace)\\s+\\w*(?:Manager|Helper|Utils?)\\b|\\b(?:TODO|FIXME|XXX|HACK)\\b"
        "|(?<![\\w.])/(?:home|root|Users|work|mnt)/"));
    QStringList said;
    for (const QString &folder :
         {QStringLiteral("app"), QStringLiteral("models"), QStringLiteral("sync"), QStringLiteral("ui")}) {
        for (const SourceFile &file : sourcesBelow(folder)) {
            for (qsizetype line = 0; line < file.lines.size(); ++line) {
                const auto match = forbidden.match(file.lines.at(line));
                if (match.hasMatch())
                    said.append(QStringLiteral("%1:%2 says \"%3\"")
                                    .arg(file.path)
                                    .arg(line + 1)
                                    .arg(match.captured()));
            }
        }
    }
    QVERIFY2(said.isEmpty(), qPrintable(said.join(u'\n')));
}

CORE_TEST(TestWalls)
#include "tst_walls.moc"
