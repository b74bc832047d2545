#include "desktop.h"

#include "mailprogram.h"
#include "printport.h"
#include "systemline.h"

#include <QApplication>
#include <QDir>
#include <QSysInfo>

#include <cstdio>

namespace Counterfoil {

namespace {

// What there is to see as somebody of this role, on the sign-in page's buttons.
QString description(const QString &role)
{
    if (role == QLatin1String("buyer"))
        return Desktop::tr("Places orders and follows them");
    if (role == QLatin1String("finance"))
        return Desktop::tr("Checks what was billed, and pays it");
    if (role == QLatin1String("viewer"))
        return Desktop::tr("Sees orders and shipments, no prices and no invoices");
    if (role == QLatin1String("csr"))
        return Desktop::tr("Sees every customer");
    if (role == QLatin1String("approver"))
        return Desktop::tr("Decides on orders that wait for approval");
    return {};
}

} // namespace

Desktop::Desktop(QApplication &application, Options options)
    : m_application(application)
    , m_options(std::move(options))
    , m_input(application)
{ }

Desktop::~Desktop()
{
    // The window reads through the readers, the readers read what the client writes.
    m_window.reset();
    m_readers.reset();
    m_extraction.reset();
    m_client.reset();
    m_demoGateway.reset();
}

bool Desktop::start()
{
    if (m_options.demo)
        m_demoFolder = std::make_unique<QTemporaryDir>();
    const QString folder = dataFolder();
    if (!QDir().mkpath(folder)) {
        std::fprintf(
            stderr, "counterfoil: %s\n",
            qUtf8Printable(tr("“%1” cannot be made. Choose another folder with --data.").arg(folder)));
        return false;
    }
    SyncClient::Options options;
    options.profilesDirectory = profilesFolder();
    options.deviceName = QSysInfo::machineHostName();
    options.useKeyStore = !m_options.demo; // the demonstration leaves nothing behind
    m_line = systemLine();
    options.line = m_line.get();
    m_client = std::make_unique<SyncClient>(options);
    connect(m_client.get(), &SyncClient::profileOpened, this, &Desktop::openProfile);
    connect(m_client.get(), &SyncClient::cacheChanged, this, [this](const ChangeNotice &notice) {
        if (m_readers)
            m_readers->noteChange(notice);
    });
    connect(m_client.get(), &SyncClient::storeFailed, this, [this](const Error &error) {
        if (m_window)
            m_window->tell(error.userText);
    });
    connect(&m_instance, &SingleInstance::activated, this, [this] {
        m_window->show();
        m_window->raise();
        m_window->activateWindow();
    });
    if (m_options.demo)
        startDemo();
    else
        showWindow();
    return true;
}

QString Desktop::dataFolder() const
{
    return m_demoFolder ? m_demoFolder->path() : m_options.dataFolder;
}

QString Desktop::profilesFolder() const
{
    return QDir(dataFolder()).filePath(QStringLiteral("profiles"));
}

void Desktop::startDemo()
{
    m_demoGateway = std::make_unique<DemoGateway>(m_demoFolder->path(), m_options.gatewayArguments);
    connect(m_demoGateway.get(), &DemoGateway::progress, this,
            [](const QString &text) { std::fprintf(stderr, "%s\n", qUtf8Printable(text)); });
    connect(m_demoGateway.get(), &DemoGateway::failed, this, &Desktop::failed);
    connect(m_demoGateway.get(), &DemoGateway::ready, this, [this] {
        if (!m_window)
            showWindow();
    });
    m_demoGateway->start();
}

void Desktop::showWindow()
{
    // The copy opens, on a thread of its own, while the window is made.
    const auto last = ProfileStore(profilesFolder()).last();
    if (last && !claim(*last))
        return;
    const bool goesOn = m_client->start();
    const QDir folder(dataFolder());
    m_theme = std::make_unique<Theme>(m_application);
    m_window = std::make_unique<MainWindow>(
        WindowPorts{m_client->signIn(), m_clock, folder.filePath(QStringLiteral("window.ini")),
                    m_demoGateway ? m_demoGateway->url() : m_options.gateway, people()},
        *m_theme);
    connect(m_window.get(), &MainWindow::signedOut, this, &Desktop::closeProfile);
    applyTheme();
    if (!goesOn)
        m_window->showSignIn();
    m_window->show();
    Q_EMIT windowShown();
}

// After the window was made, which restores what the person chose last time: the command line says it for
// this run.
void Desktop::applyTheme()
{
    if (m_options.theme == QLatin1String("light"))
        m_theme->setScheme(Theme::Scheme::Light);
    else if (m_options.theme == QLatin1String("dark"))
        m_theme->setScheme(Theme::Scheme::Dark);
    else if (m_options.theme == QLatin1String("system"))
        m_theme->setScheme(Theme::Scheme::System);
}

bool Desktop::claim(const Profile &profile)
{
    if (m_instance.claim(profile.lockPath(), profile.id()))
        return true;
    std::fprintf(stderr, "%s\n", qUtf8Printable(tr("Counterfoil is already open; it comes forward.")));
    // Queued, since the event loop may not have begun.
    QMetaObject::invokeMethod(qApp, &QCoreApplication::quit, Qt::QueuedConnection);
    return false;
}

void Desktop::openProfile(const Profile &profile)
{
    if (!claim(profile))
        return;
    auto readers = std::make_unique<CacheReaders>(profile.cachePath());
    const QString renderProgram
        = QCoreApplication::applicationDirPath() + QStringLiteral("/counterfoil-render");
    m_window->showProfile({profile.person, *readers, m_client->sync(), m_client->documents(),
                           m_client->commands(), m_client->people(), m_client->quotes(), profile.directory,
                           renderProgram, outgoingDoors(), &m_client->attachments()});
    m_readers = std::move(readers);
    m_extraction = std::make_unique<TextExtraction>(m_client->texts(), renderProgram,
                                                    QCoreApplication::applicationVersion());
    connect(&m_input, &InputWatch::acted, m_extraction.get(), &TextExtraction::personActed);
}

OutgoingDoors Desktop::outgoingDoors()
{
    const QString programs = QCoreApplication::applicationDirPath();
    const auto printers = [this, programs] {
        m_printing.setFileName(programs + QStringLiteral("/counterfoil-printing"));
        return qobject_cast<PrinterDoor *>(m_printing.instance());
    };
    return {programs, printers, &handToMailProgram};
}

void Desktop::closeProfile()
{
    m_extraction.reset();
    m_readers.reset();
}

QList<DemoPerson> Desktop::people() const
{
    QList<DemoPerson> list;
    if (!m_demoGateway)
        return list;
    for (const DemoGateway::Person &person : m_demoGateway->people())
        list.append(
            {person.user, person.displayName, person.role, person.password, description(person.role)});
    return list;
}

} // namespace Counterfoil
