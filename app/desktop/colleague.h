#pragma once

#include "command.h"
#include "demogateway.h"
#include "syncclient.h"

#include <QTemporaryDir>

namespace Counterfoil {

// Somebody else at another computer, for the tour: a client of its own on the demonstration's gateway, with
// its own files and no window. Lives on the GUI thread.
class Colleague final : public QObject
{
    Q_OBJECT
public:
    Colleague(const DemoGateway &gateway, const QString &user, QObject *parent = nullptr);

    bool isLive();
    bool isDone(); // everything asked for has an outcome
    void setConnected(bool connected) { m_client.sync().setConnected(connected); }
    void submit(const Command &command) { m_client.commands().submit(command); }

private:
    QTemporaryDir m_folder;
    SyncClient m_client;
};

} // namespace Counterfoil
