#pragma once

#include <QLocalServer>
#include <QLockFile>
#include <QObject>

#include <memory>

namespace Counterfoil {

// One process for each profile: two writers of one cache would each think themselves alone. A second
// start asks the first to come forward and ends.
class SingleInstance final : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    // True: the profile is ours until the next claim or the end of the process. False: another process
    // has it, and was asked to show itself. May wait up to a second for that process to answer.
    bool claim(const QString &lockPath, const QString &profileId);

Q_SIGNALS:
    void activated(); // another start found us

private:
    std::unique_ptr<QLockFile> m_lock;
    std::unique_ptr<QLocalServer> m_server;
};

} // namespace Counterfoil
