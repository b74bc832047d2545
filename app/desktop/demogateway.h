#pragma once

#include "error.h"

#include <QList>
#include <QProcess>
#include <QTimer>
#include <QUrl>

namespace Counterfoil {

// A gateway of our own, with the sandbox ERP, as a child process. It ends with us: its standard input
// closes when we do, however we end. Lives on the GUI thread; answers by signal.
class DemoGateway final : public QObject
{
    Q_OBJECT
public:
    // Somebody of the sandbox company who can be signed in as with one click.
    struct Person
    {
        QString user;
        QString displayName;
        QString role;
        QString password; // made for this run of the gateway, worth nothing anywhere else
    };

    // `folder` must exist; the gateway keeps its files there. `extraArguments` go to the gateway as they are.
    DemoGateway(QString folder, QStringList extraArguments, QObject *parent = nullptr);
    ~DemoGateway() override;

    void start();
    // Ends the process as a power cut would, and start() brings it back at the same address.
    void kill();

    // Runs `counterfoil-gateway user ARGUMENTS` on the gateway's people, as an administrator would beside it.
    // Blocks for as long as that takes; false: it failed.
    bool changeUser(const QStringList &arguments) const;

    QUrl url() const { return m_url; }
    const QList<Person> &people() const { return m_people; }

Q_SIGNALS:
    void progress(const QString &text); // what it is doing until it is ready
    void ready();
    void failed(const Counterfoil::Error &error);

private:
    QString storeOption() const;
    void readOutput();
    void readErrors();
    void takeReadyLine(const QByteArray &line);
    void fail(const QString &detail);

    QString m_folder;
    QStringList m_extraArguments;
    QProcess m_process;
    QTimer m_deadline;
    QUrl m_url;
    QList<Person> m_people;
    QByteArray m_output;    // until the ready line is whole
    QByteArray m_lastError; // the last line it wrote to standard error
    bool m_ready = false;
};

} // namespace Counterfoil
