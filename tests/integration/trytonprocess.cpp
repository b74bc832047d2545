#include "trytonprocess.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcessEnvironment>

#include <csignal>

namespace Counterfoil {

using TrytonWords::s;

namespace {

constexpr int scriptMs = 600'000; // to make a company on a busy machine

bool run(const QStringList &arguments)
{
    QProcess script;
    script.setProcessChannelMode(QProcess::ForwardedChannels);
    script.start(QStringLiteral("bash"), QStringList{QStringLiteral(TRYTON_SCRIPT)} + arguments);
    return script.waitForFinished(scriptMs) && script.exitStatus() == QProcess::NormalExit
        && script.exitCode() == 0;
}

} // namespace

QString TrytonWords::s(const char *text)
{
    return QString::fromUtf8(text);
}

TrytonProcess::~TrytonProcess()
{
    for (int which = 0; which < int(m_transactions.size()); ++which) {
        if (m_transactions.at(std::size_t(which)).state() != QProcess::NotRunning)
            endTransaction("rollback", which);
    }
    if (m_folder.isValid() && isInstalled())
        run({QStringLiteral("stop"), m_folder.path()});
}

bool TrytonProcess::isInstalled()
{
    return run({QStringLiteral("has")});
}

bool TrytonProcess::start()
{
    if (!run({QStringLiteral("start"), m_folder.path()}))
        return false;
    QFile file(m_folder.filePath(QStringLiteral("tryton.json")));
    if (!file.open(QIODevice::ReadOnly))
        return false;
    const QJsonObject facts = QJsonDocument::fromJson(file.readAll()).object();
    m_url = QUrl(facts.value(QStringLiteral("url")).toString());
    m_databasePort = facts.value(QStringLiteral("postgres")).toObject().value(QStringLiteral("port")).toInt();
    m_admin = std::make_unique<TrytonSession>(
        TrytonAccess{m_url, QStringLiteral("admin"), QByteArrayLiteral("admin-password")}, m_clock);
    return m_url.isValid() && m_databasePort > 0;
}

bool TrytonProcess::restart()
{
    return run({QStringLiteral("restart"), m_folder.path()});
}

bool TrytonProcess::upgrade()
{
    QFile pid(m_folder.filePath(s("trytond.pid")));
    if (!pid.open(QIODevice::ReadOnly) || ::kill(pid.readAll().toInt(), SIGTERM) != 0)
        return false;
    QProcess admin;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(s("PYTHONPATH"), m_folder.filePath(s("module")));
    admin.setProcessEnvironment(environment);
    admin.setProcessChannelMode(QProcess::ForwardedChannels);
    admin.start(s("/usr/bin/python3"),
                {s("/usr/bin/trytond-admin"), s("-c"), m_folder.filePath(s("trytond.conf")), s("-d"),
                 s("erp"), s("-u"), s("counterfoil")});
    return admin.waitForFinished(scriptMs) && admin.exitStatus() == QProcess::NormalExit
        && admin.exitCode() == 0 && sql("delete from ir_session") && restart();
}

TrytonAccess TrytonProcess::access() const
{
    return {m_url, QStringLiteral("counterfoil"), QByteArrayLiteral("gateway-password")};
}

QJsonValue TrytonProcess::call(const QString &method, const QJsonArray &parameters)
{
    const auto answer = m_admin->call(method, parameters);
    if (answer)
        return *answer;
    qWarning("%s: %s (%s)", qUtf8Printable(method), qUtf8Printable(answer.error().userText),
             qUtf8Printable(answer.error().detail));
    return {};
}

QStringList TrytonProcess::psql() const
{
    return {QStringLiteral("-X"), QStringLiteral("-q"),
            QStringLiteral("-v"), QStringLiteral("ON_ERROR_STOP=1"),
            QStringLiteral("-h"), QStringLiteral("127.0.0.1"),
            QStringLiteral("-p"), QString::number(m_databasePort),
            QStringLiteral("-U"), QStringLiteral("postgres"),
            QStringLiteral("-d"), QStringLiteral("erp")};
}

bool TrytonProcess::beginTransaction(const QByteArray &sql, int which)
{
    QProcess &transaction = m_transactions.at(std::size_t(which));
    transaction.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    transaction.start(QStringLiteral("psql"), psql());
    transaction.write("begin;\n" + sql + ";\n\\echo done\n");
    while (!transaction.canReadLine()) {
        if (!transaction.waitForReadyRead(60'000))
            return false;
    }
    return transaction.readLine() == "done\n";
}

bool TrytonProcess::endTransaction(const QByteArray &how, int which)
{
    QProcess &transaction = m_transactions.at(std::size_t(which));
    transaction.write(how + ";\n");
    transaction.closeWriteChannel();
    return transaction.waitForFinished(60'000) && transaction.exitCode() == 0;
}

bool TrytonProcess::sql(const QByteArray &sql)
{
    return beginTransaction(sql) && endTransaction();
}

} // namespace Counterfoil
