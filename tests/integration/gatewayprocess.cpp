#include "gatewayprocess.h"

#include <QRandomGenerator>
#include <QTcpServer>

namespace Counterfoil {

namespace {

constexpr int patienceMs = 60'000; // a company is made at the first start

quint16 freePort()
{
    // Below the range from which outgoing connections take theirs: one of those could have it while no
    // gateway is up.
    for (int attempt = 0; attempt < 100; ++attempt) {
        const auto port = static_cast<quint16>(QRandomGenerator::global()->bounded(20'000, 30'000));
        if (QTcpServer server; server.listen(QHostAddress::LocalHost, port))
            return port;
    }
    return 0;
}

} // namespace

GatewayProcess::GatewayProcess(int scale)
    : m_scale(scale)
    , m_port(freePort())
{
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
}

GatewayProcess::~GatewayProcess()
{
    kill();
}

QUrl GatewayProcess::url() const
{
    return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(m_port));
}

QStringList GatewayProcess::stores() const
{
    return {QStringLiteral("--store"),
            QStringLiteral("sqlite:") + m_directory.filePath(QStringLiteral("gateway.sqlite"))};
}

bool GatewayProcess::run(const QStringList &arguments, const QByteArray &input)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(QStringLiteral(GATEWAY_PROGRAM), arguments + stores());
    process.write(input);
    process.closeWriteChannel();
    const bool done = process.waitForFinished(patienceMs) && process.exitCode() == 0;
    if (!done)
        qWarning("%s", process.readAll().constData());
    return done;
}

bool GatewayProcess::addUser(const QString &name, const QString &role, const QStringList &options)
{
    return run(
        QStringList{QStringLiteral("user"), QStringLiteral("add"), name, QStringLiteral("--role"), role}
            + options,
        QByteArray(password) + '\n');
}

bool GatewayProcess::setUser(const QString &name, const QStringList &options)
{
    return run(QStringList{QStringLiteral("user"), QStringLiteral("set"), name} + options, {});
}

bool GatewayProcess::disableUser(const QString &name)
{
    return run({QStringLiteral("user"), QStringLiteral("disable"), name}, {});
}

void GatewayProcess::setErp(const QUrl &url, const QString &user, const QByteArray &erpPassword)
{
    m_erp = {QStringLiteral("--erp"), QStringLiteral("tryton:") + url.toString(),
             QStringLiteral("--erp-user"), user};
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("COUNTERFOIL_ERP_PASSWORD"), QString::fromUtf8(erpPassword));
    setEnvironment(environment);
}

bool GatewayProcess::start(int rate, int days)
{
    QStringList arguments{QStringLiteral("--listen"), QStringLiteral("127.0.0.1:%1").arg(m_port)};
    arguments += stores();
    if (!m_configuration.isEmpty())
        arguments += {QStringLiteral("--configuration"), m_configuration};
    const QStringList sandbox{QStringLiteral("--erp"),       QStringLiteral("sandbox"),
                              QStringLiteral("--erp-store"), erpFile(),
                              QStringLiteral("--scale"),     QString::number(m_scale)};
    arguments += m_erp.isEmpty() ? sandbox : m_erp;
    if (m_erp.isEmpty() && rate > 0)
        arguments += {QStringLiteral("--changes-per-second"), QString::number(rate)};
    else if (m_erp.isEmpty())
        arguments += {QStringLiteral("--speed"), QString::number(days)};
    m_process.start(QStringLiteral(GATEWAY_PROGRAM), arguments);
    QByteArray said;
    while (!said.contains("listening on ")) {
        if (!m_process.waitForReadyRead(patienceMs)) {
            qWarning("The gateway did not start: %s, exit code %d", qUtf8Printable(m_process.errorString()),
                     m_process.exitCode());
            return false;
        }
        said += m_process.readAllStandardOutput();
    }
    return true;
}

void GatewayProcess::kill()
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.kill();
    m_process.waitForFinished();
}

} // namespace Counterfoil
