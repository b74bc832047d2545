#include "demogateway.h"

#include <QCoreApplication>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace Counterfoil {

namespace {

constexpr int startDeadlineMs = 300'000; // a large sandbox takes a while to make
constexpr int stopDeadlineMs = 3'000;
constexpr qsizetype maxReadyLineBytes = 64 * 1024;

QString program()
{
    return QDir(QCoreApplication::applicationDirPath()).filePath(QStringLiteral("counterfoil-gateway"));
}

} // namespace

DemoGateway::DemoGateway(QString folder, QStringList extraArguments, QObject *parent)
    : QObject(parent)
    , m_folder(std::move(folder))
    , m_extraArguments(std::move(extraArguments))
{
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, [this] { fail(QStringLiteral("no ready line")); });
    connect(&m_process, &QProcess::readyReadStandardOutput, this, &DemoGateway::readOutput);
    connect(&m_process, &QProcess::readyReadStandardError, this, &DemoGateway::readErrors);
    connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            fail(m_process.errorString());
    });
    connect(&m_process, &QProcess::finished, this, [this] {
        if (!m_ready)
            fail(QString::fromUtf8(m_lastError));
    });
}

DemoGateway::~DemoGateway()
{
    m_process.disconnect(this);
    m_process.closeWriteChannel();
    if (!m_process.waitForFinished(stopDeadlineMs)) {
        m_process.kill();
        m_process.waitForFinished(stopDeadlineMs);
    }
}

void DemoGateway::start()
{
    m_ready = false;
    m_output.clear();
    const QDir folder(m_folder);
    // After a kill the clients still know the first address.
    const QString listen = m_url.isEmpty() ? QStringLiteral("127.0.0.1:0") : m_url.authority();
    const QStringList arguments{QStringLiteral("--demo"),
                                QStringLiteral("--listen"),
                                listen,
                                QStringLiteral("--store"),
                                storeOption(),
                                QStringLiteral("--erp"),
                                QStringLiteral("sandbox"),
                                QStringLiteral("--erp-store"),
                                folder.filePath(QStringLiteral("sandbox.sqlite"))};
    m_deadline.start(startDeadlineMs);
    m_process.start(program(), arguments + m_extraArguments);
}

QString DemoGateway::storeOption() const
{
    return QStringLiteral("sqlite:") + QDir(m_folder).filePath(QStringLiteral("gateway.sqlite"));
}

bool DemoGateway::changeUser(const QStringList &arguments) const
{
    const QStringList store{QStringLiteral("--store"), storeOption()};
    return QProcess::execute(program(), QStringList{QStringLiteral("user")} + arguments + store) == 0;
}

void DemoGateway::kill()
{
    m_ready = true; // so that its end is no failure
    m_process.kill();
    m_process.waitForFinished(stopDeadlineMs);
}

void DemoGateway::readOutput()
{
    m_output += m_process.readAllStandardOutput();
    for (auto end = m_output.indexOf('\n'); end >= 0 && !m_ready; end = m_output.indexOf('\n')) {
        const QByteArray line = m_output.left(end);
        m_output.remove(0, end + 1);
        if (line.startsWith('{'))
            takeReadyLine(line);
    }
    if (m_ready || m_output.size() > maxReadyLineBytes)
        m_output.clear();
}

void DemoGateway::readErrors()
{
    const QList<QByteArray> lines = m_process.readAllStandardError().split('\n');
    for (const QByteArray &line : lines) {
        if (line.trimmed().isEmpty())
            continue;
        m_lastError = line.left(1000);
        if (!m_ready)
            Q_EMIT progress(QString::fromUtf8(m_lastError));
    }
}

void DemoGateway::takeReadyLine(const QByteArray &line)
{
    const QJsonObject object = QJsonDocument::fromJson(line).object();
    const QUrl url(object[QStringLiteral("url")].toString());
    if (!url.isValid() || url.host().isEmpty())
        return fail(QStringLiteral("unreadable ready line"));
    m_url = url;
    m_people.clear();
    const QJsonArray people = object[QStringLiteral("people")].toArray();
    for (const auto &entry : people) {
        m_people.append(
            {entry[QStringLiteral("user")].toString(), entry[QStringLiteral("displayName")].toString(),
             entry[QStringLiteral("role")].toString(), entry[QStringLiteral("password")].toString()});
    }
    m_ready = true;
    m_deadline.stop();
    Q_EMIT ready();
}

void DemoGateway::fail(const QString &detail)
{
    m_deadline.stop();
    m_ready = true;
    m_process.kill();
    Q_EMIT failed({ErrorKind::ServerDown,
                   tr("The demonstration's gateway did not start. Build the whole project with ./dev build, "
                      "then try again."),
                   detail});
}

} // namespace Counterfoil
