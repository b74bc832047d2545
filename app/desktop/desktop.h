#pragma once

#include "cachereaders.h"
#include "clock.h"
#include "demogateway.h"
#include "inputwatch.h"
#include "mainwindow.h"
#include "options.h"
#include "singleinstance.h"
#include "syncclient.h"
#include "textextraction.h"
#include "theme.h"

#include <QPluginLoader>
#include <QTemporaryDir>

#include <memory>

class QApplication;

namespace Counterfoil {

// The program put together: window, cache readers, sync client and, in the demonstration, the gateway.
// The only place that knows all of them. Lives on the GUI thread.
class Desktop final : public QObject
{
    Q_OBJECT
public:
    Desktop(QApplication &application, Options options);
    ~Desktop() override;

    // Shows the window; false: the program is to end at once, with a sentence on standard error.
    bool start();

    // Nullptr until the demonstration's gateway is up.
    MainWindow *window() const { return m_window.get(); }
    SyncClient &client() { return *m_client; }
    DemoGateway *demoGateway() const { return m_demoGateway.get(); }
    Theme &theme() { return *m_theme; } // once there is a window

Q_SIGNALS:
    void windowShown();
    void failed(const Counterfoil::Error &error); // before there was a window

private:
    void startDemo();
    void showWindow();
    void applyTheme();
    void openProfile(const Profile &profile);
    void closeProfile();
    OutgoingDoors outgoingDoors();
    bool claim(const Profile &profile); // false: another process has it, and this one ends
    QString dataFolder() const;
    QString profilesFolder() const;
    QList<DemoPerson> people() const;

    QApplication &m_application;
    const Options m_options;
    SystemClock m_clock;
    std::unique_ptr<Theme> m_theme;
    InputWatch m_input;
    std::unique_ptr<QTemporaryDir> m_demoFolder;
    SingleInstance m_instance;
    QPluginLoader m_printing; // loaded when somebody prints
    std::unique_ptr<DemoGateway> m_demoGateway;
    std::unique_ptr<MeteredLine> m_line; // outlives the client
    std::unique_ptr<SyncClient> m_client;
    std::unique_ptr<CacheReaders> m_readers;
    std::unique_ptr<TextExtraction> m_extraction;
    std::unique_ptr<MainWindow> m_window;
};

} // namespace Counterfoil
