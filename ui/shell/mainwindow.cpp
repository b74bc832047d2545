#include "mainwindow.h"

#include "icons.h"
#include "rightsnotice.h"
#include "statepanel.h"
#include "theme.h"
#include "workspace.h"

#include <QCloseEvent>
#include <QGuiApplication>
#include <QScreen>
#include <QStackedLayout>
#include <QTimer>

#include <chrono>

namespace Counterfoil {

namespace {

constexpr char geometryKey[] = "window/geometry";
constexpr char schemeKey[] = "look/scheme";
constexpr char textKey[] = "look/textPercent";
constexpr char gatewayKey[] = "signIn/gateway";
constexpr char userKey[] = "signIn/user";
constexpr QSize mainWindowFirstSize(1360, 860);
constexpr QSize smallestSize(860, 520);
constexpr std::chrono::milliseconds openingUntold{600}; // most copies are open long before

} // namespace

MainWindow::MainWindow(WindowPorts ports, Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_ports(std::move(ports))
    , m_theme(theme)
    , m_settings(m_ports.settingsFile, QSettings::IniFormat)
    , m_stack(new QStackedLayout(this))
    , m_opening(new QWidget(this))
{
    setWindowTitle(QStringLiteral("Counterfoil"));
    setMinimumSize(smallestSize);
    m_stack->setContentsMargins(0, 0, 0, 0);
    m_stack->addWidget(m_opening);
    QTimer::singleShot(openingUntold, this, &MainWindow::tellOfOpening);
    const QVariant scheme = m_settings.value(QLatin1String(schemeKey));
    if (scheme.toString() == QLatin1String("dark"))
        m_theme.setScheme(Theme::Scheme::Dark);
    else if (scheme.toString() == QLatin1String("light"))
        m_theme.setScheme(Theme::Scheme::Light);
    m_theme.setTextPercent(m_settings.value(QLatin1String(textKey), 100).toInt());
    connect(&m_ports.signIn, &SignInPort::signedIn, this, [this](const Person &person) {
        m_settings.setValue(QLatin1String(gatewayKey), person.gateway);
        m_settings.setValue(QLatin1String(userKey), person.user);
        // What is asked for here may be what is being answered.
        QMetaObject::invokeMethod(
            this, [this, person] { noteRights(person); }, Qt::QueuedConnection);
    });
    connect(&m_ports.signIn, &SignInPort::keptInMemoryOnly, this, [this] {
        m_inMemoryOnly = true;
        if (m_workspace)
            m_workspace->setKeptInMemoryOnly(true);
    });
    connect(&m_ports.signIn, &SignInPort::signInNeeded, this,
            [this](const Error &reason) { tell(reason.userText); });
    restoreWindow();
}

MainWindow::~MainWindow()
{
    delete m_workspace;
}

Workspace *MainWindow::workspace() const
{
    return m_workspace;
}

SignInPage &MainWindow::signInPage()
{
    if (!m_signInPage) {
        m_signInPage = new SignInPage(m_ports.signIn, m_ports.people, this);
        m_signInPage->setGateway(m_ports.gateway.isEmpty()
                                     ? m_settings.value(QLatin1String(gatewayKey)).toUrl()
                                     : m_ports.gateway);
        m_signInPage->setUser(m_settings.value(QLatin1String(userKey)).toString());
        m_stack->addWidget(m_signInPage);
    }
    return *m_signInPage;
}

void MainWindow::tellOfOpening()
{
    if (m_stack->currentWidget() == m_opening)
        (new StatePanel(m_opening))
            ->tell(Icons::Icon::Refresh, tr("Opening the copy on this computer…"),
                   tr("After an update or a power cut this can take some minutes. Nothing is lost."));
}

void MainWindow::showProfile(const OpenProfile &profile)
{
    delete m_workspace;
    m_workspace = new Workspace(m_ports, m_theme, profile, this);
    m_workspace->setKeptInMemoryOnly(m_inMemoryOnly);
    connect(m_workspace, &Workspace::signOutWanted, this, &MainWindow::signOut, Qt::QueuedConnection);
    connect(m_workspace, &Workspace::lookChanged, this, &MainWindow::saveLook);
    m_stack->addWidget(m_workspace);
    m_stack->setCurrentWidget(m_workspace);
    if (!m_untold.isEmpty())
        m_workspace->tell(m_untold.join(QLatin1Char(' ')));
    m_untold.clear();
    setWindowTitle(profile.person.supplier.isEmpty()
                       ? QStringLiteral("Counterfoil")
                       : tr("%1 – Counterfoil", "the supplier's name").arg(profile.person.supplier));
}

// What a person may do decides which panes and actions there are: another right is another workspace.
void MainWindow::noteRights(const Person &person)
{
    if (!m_workspace || m_workspace->profile().person == person
        || m_workspace->profile().person.user != person.user
        || m_workspace->profile().person.gateway != person.gateway)
        return;
    OpenProfile profile = m_workspace->profile();
    profile.person = person;
    const RightsNotice::Told told = m_workspace->rightsNotice().told();
    showProfile(profile);
    m_workspace->rightsNotice().tellOn(told);
}

void MainWindow::showSignIn(const QString &reason)
{
    delete m_workspace;
    setWindowTitle(QStringLiteral("Counterfoil"));
    SignInPage &page = signInPage();
    page.tell(reason.isEmpty() ? m_untold.join(QLatin1Char(' ')) : reason);
    m_untold.clear();
    m_stack->setCurrentWidget(&page);
    page.focusFirst();
}

void MainWindow::tell(const QString &text)
{
    if (m_workspace)
        m_workspace->tell(text);
    else if (m_stack->currentWidget() == m_signInPage)
        m_signInPage->tell(text);
    else
        m_untold.append(text);
}

void MainWindow::signOut()
{
    m_ports.signIn.signOut();
    showSignIn();
    Q_EMIT signedOut();
}

void MainWindow::saveLook()
{
    const Theme::Scheme scheme = m_theme.scheme();
    m_settings.setValue(QLatin1String(schemeKey),
                        scheme == Theme::Scheme::Dark        ? QStringLiteral("dark")
                            : scheme == Theme::Scheme::Light ? QStringLiteral("light")
                                                             : QStringLiteral("system"));
    m_settings.setValue(QLatin1String(textKey), m_theme.textPercent());
}

void MainWindow::restoreWindow()
{
    if (restoreGeometry(m_settings.value(QLatin1String(geometryKey)).toByteArray()))
        return;
    const QScreen *screen = QGuiApplication::primaryScreen();
    resize(screen ? mainWindowFirstSize.boundedTo(screen->availableSize()) : mainWindowFirstSize);
}

void MainWindow::saveWindow()
{
    m_settings.setValue(QLatin1String(geometryKey), saveGeometry());
    m_settings.sync();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    saveWindow();
    event->accept();
    // The orders' own windows belong to this one's profile; the layout is kept as it is now.
    delete m_workspace;
}

} // namespace Counterfoil
