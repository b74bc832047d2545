#pragma once

#include <QProcess>
#include <QTemporaryDir>
#include <QUrl>

namespace Counterfoil {

// counterfoil-gateway with the sandbox company, on a port that stays the same over restarts.
class GatewayProcess
{
public:
    static constexpr const char *password = "correct horse battery";

    explicit GatewayProcess(int scale);
    ~GatewayProcess();

    // Before or between starts, and while it runs. `options` as on the command line.
    bool addUser(const QString &name, const QString &role, const QStringList &options = {});
    bool setUser(const QString &name, const QStringList &options);
    bool disableUser(const QString &name);
    // `rate`: changes a second; 0: none at all, unless so many of the company's days pass in a minute.
    bool start(int rate, int days = 0);
    void setConfiguration(const QString &file) { m_configuration = file; } // from the next start on
    void kill();                                                           // -9
    // Instead of the sandbox: a Tryton.
    void setErp(const QUrl &url, const QString &user, const QByteArray &erpPassword);
    bool isRunning() const { return m_process.state() != QProcess::NotRunning; }
    void setEnvironment(const QProcessEnvironment &environment)
    {
        m_process.setProcessEnvironment(environment);
    }

    void keepFiles() { m_directory.setAutoRemove(false); }
    QString erpFile() const { return m_directory.filePath(QStringLiteral("erp.sqlite")); }
    quint16 port() const { return m_port; }
    QUrl url() const;

private:
    bool run(const QStringList &arguments, const QByteArray &input);
    QStringList stores() const;

    QTemporaryDir m_directory;
    QString m_configuration; // empty: none
    QProcess m_process;
    QStringList m_erp; // options; empty: the sandbox
    int m_scale;
    quint16 m_port = 0;
};

} // namespace Counterfoil
