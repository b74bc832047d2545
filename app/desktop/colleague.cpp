#include "colleague.h"

#include <algorithm>

namespace Counterfoil {

namespace {

SyncClient::Options optionsIn(const QTemporaryDir &folder)
{
    SyncClient::Options options;
    options.profilesDirectory = folder.path();
    options.deviceName = QStringLiteral("another computer");
    options.useKeyStore = false;
    return options;
}

} // namespace

Colleague::Colleague(const DemoGateway &gateway, const QString &user, QObject *parent)
    : QObject(parent)
    , m_client(optionsIn(m_folder))
{
    for (const DemoGateway::Person &person : gateway.people()) {
        if (person.user == user)
            m_client.signIn().signIn(gateway.url(), user, person.password);
    }
}

bool Colleague::isLive()
{
    return m_client.sync().status().mode == SyncStatus::Mode::Live;
}

bool Colleague::isDone()
{
    return std::ranges::all_of(*m_client.commands().entries(), &OutboxEntry::isFinished);
}

} // namespace Counterfoil
