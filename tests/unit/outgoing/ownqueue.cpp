#include "ownqueue.h"

#include <QDir>
#include <QFile>
#include <QTest>

namespace Counterfoil {

namespace {

constexpr int startMs = 20'000;
constexpr char program[] = "/usr/sbin/cupsd";
constexpr char pageFilter[] = "/usr/lib/cups/filter/pdftopdf"; // counts copies, where the printer cannot

// Where CUPS keeps its things. FileDevice lets a queue print into a file.
constexpr char folders[] = "ServerRoot FOLDER/etc\n"
                           "RequestRoot FOLDER/spool\n"
                           "TempDir FOLDER/spool/tmp\n"
                           "CacheDir FOLDER/cache\n"
                           "StateDir FOLDER/run\n"
                           "ErrorLog FOLDER/log\n"
                           "AccessLog FOLDER/access\n"
                           "PageLog FOLDER/pages\n"
                           "FileDevice Yes\n";

constexpr char rules[] = "Listen FOLDER/run/socket\n"
                         "Browsing No\n"
                         "WebInterface No\n"
                         "DefaultAuthType None\n"
                         "<Location />\nOrder deny,allow\n</Location>\n"
                         "<Policy default>\n<Limit All>\nOrder deny,allow\n</Limit>\n</Policy>\n";

constexpr char queue[] = "<DefaultPrinter Desk>\n"
                         "DeviceURI file://FOLDER/printed.pdf\n"
                         "State Idle\nAccepting Yes\nShared No\n"
                         "</DefaultPrinter>\n";

// A printer that takes PDF, reaches all of its A4 and cannot make copies.
constexpr char printer[] = "*PPD-Adobe: \"4.3\"\n"
                           "*FormatVersion: \"4.3\"\n*FileVersion: \"1.0\"\n"
                           "*LanguageVersion: English\n*LanguageEncoding: ISOLatin1\n"
                           "*PCFileName: \"DESK.PPD\"\n*Manufacturer: \"Desk\"\n*Product: \"(Desk)\"\n"
                           "*ModelName: \"Desk\"\n*ShortNickName: \"Desk\"\n*NickName: \"Desk\"\n"
                           "*PSVersion: \"(3010.000) 0\"\n*LanguageLevel: \"3\"\n"
                           "*ColorDevice: True\n*DefaultColorSpace: RGB\n"
                           "*cupsVersion: 2.4\n*cupsManualCopies: True\n"
                           "*cupsFilter: \"application/vnd.cups-pdf 0 -\"\n"
                           "*OpenUI *PageSize/Paper: PickOne\n*OrderDependency: 10 AnySetup *PageSize\n"
                           "*DefaultPageSize: A4\n*PageSize A4/A4: \"\"\n*CloseUI: *PageSize\n"
                           "*OpenUI *PageRegion/Paper: PickOne\n*OrderDependency: 10 AnySetup *PageRegion\n"
                           "*DefaultPageRegion: A4\n*PageRegion A4/A4: \"\"\n*CloseUI: *PageRegion\n"
                           "*DefaultImageableArea: A4\n*ImageableArea A4/A4: \"0 0 595 842\"\n"
                           "*DefaultPaperDimension: A4\n*PaperDimension A4/A4: \"595 842\"\n";

} // namespace

bool OwnQueue::isInstalled()
{
    return QFile::exists(QLatin1String(program)) && QFile::exists(QLatin1String(pageFilter));
}

OwnQueue::~OwnQueue()
{
    m_cups.terminate();
    if (!m_cups.waitForFinished(startMs))
        m_cups.kill();
}

bool OwnQueue::start()
{
    const QString socket = m_folder.filePath(QStringLiteral("run/socket"));
    // Its filters are another user's, where it is root that starts it.
    const auto passable
        = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner | QFile::ExeGroup | QFile::ExeOther;
    for (const char *folder : {"etc/ppd", "spool/tmp", "cache", "run"})
        QDir(m_folder.path()).mkpath(QLatin1String(folder));
    // By a name of its own, since AppArmor holds the system's one to the system's folders.
    const QString own = m_folder.filePath(QStringLiteral("cupsd"));
    if (!QFile::setPermissions(m_folder.path(), passable) || !QFile::copy(QLatin1String(program), own)
        || !write("etc/cups-files.conf", folders) || !write("etc/cupsd.conf", rules)
        || !write("etc/printers.conf", queue) || !write("etc/ppd/Desk.ppd", printer)
        || !write("printed.pdf", {})) // under /dev, CUPS makes no file
        return false;
    qputenv("CUPS_SERVER", QFile::encodeName(socket));
    m_cups.setStandardErrorFile(QProcess::nullDevice());
    m_cups.start(own,
                 {QStringLiteral("-f"), QStringLiteral("-c"),
                  m_folder.filePath(QStringLiteral("etc/cupsd.conf")), QStringLiteral("-s"),
                  m_folder.filePath(QStringLiteral("etc/cups-files.conf"))});
    return QTest::qWaitFor([&] { return QFile::exists(socket); }, startMs);
}

QByteArray OwnQueue::printed() const
{
    const QByteArray job = read("printed.pdf");
    return job.trimmed().endsWith("%%EOF") ? job : QByteArray();
}

QByteArray OwnQueue::log() const
{
    return read("log");
}

bool OwnQueue::write(const char *name, const QByteArray &bytes) const
{
    QFile file(m_folder.filePath(QLatin1String(name)));
    const QByteArray text = QByteArray(bytes).replace("FOLDER", QFile::encodeName(m_folder.path()));
    return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
}

QByteArray OwnQueue::read(const char *name) const
{
    QFile file(m_folder.filePath(QLatin1String(name)));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace Counterfoil
