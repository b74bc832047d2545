#pragma once

#include "windowports.h"

#include <QPointer>
#include <QSettings>
#include <QWidget>

class QStackedLayout;

namespace Counterfoil {

class Theme;
class Workspace;

// The program's window: the sign-in page, or one profile's workspace. It is empty until one of them is asked
// for, and says so when a copy takes its time to open. GUI thread.
//
//   QApplication application(argc, argv);
//   Theme theme(application);
//   MainWindow window({signIn, clock, settingsFile, gateway, people}, theme);
//   window.show();
//   if (...there is no profile to go on with...)
//       window.showSignIn();
//   connect(&signIn, &SignInPort::signedIn, ...open cache, engine..., window.showProfile({person, readers,
//   sync, documents, commands, people, quotes, dir})); connect(&window, &MainWindow::signedOut, ...close
//   them...);
//
// The window forgets everything it was given by showProfile() before showSignIn() returns, and before it
// emits signedOut(); what it referred to may then be destroyed.
class MainWindow final : public QWidget
{
    Q_OBJECT
public:
    MainWindow(WindowPorts ports, Theme &theme, QWidget *parent = nullptr);
    ~MainWindow() override;

    // Also on a start without network: the profile's cache is enough.
    void showProfile(const OpenProfile &profile);
    void showSignIn(const QString &reason = {}); // the reason is shown, in words for the person

    void tell(const QString &text); // in passing; kept while there is nothing to tell it in

    Workspace *workspace() const; // nullptr at the sign-in page

Q_SIGNALS:
    void signedOut(); // the person asked; SignInPort::signOut() was called

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    SignInPage &signInPage(); // made when it is first needed: whoever is signed in never sees it
    void tellOfOpening();
    void restoreWindow();
    void saveWindow();
    void saveLook();
    void signOut();
    void noteRights(const Person &person);

    WindowPorts m_ports;
    Theme &m_theme;
    QSettings m_settings;
    QStackedLayout *m_stack;
    QWidget *m_opening;
    SignInPage *m_signInPage = nullptr;
    QPointer<Workspace> m_workspace;
    QStringList m_untold;
    bool m_inMemoryOnly = false;
};

} // namespace Counterfoil
