#include "peopledesk.h"

#include "peoplerunner.h"

namespace Counterfoil {

PeopleDesk::PeopleDesk(PeopleRunner *runner)
    : m_runner(runner)
{
    connect(runner, &PeopleRunner::listed, this, &PeoplePort::listed);
    connect(runner, &PeopleRunner::invited, this, &PeoplePort::invited);
    connect(runner, &PeopleRunner::changed, this, &PeoplePort::changed);
    connect(runner, &PeopleRunner::passwordChanged, this, &PeoplePort::passwordChanged);
    connect(runner, &PeopleRunner::failed, this, &PeoplePort::failed);
}

void PeopleDesk::list()
{
    QMetaObject::invokeMethod(
        m_runner, [runner = m_runner] { runner->list(); }, Qt::QueuedConnection);
}

void PeopleDesk::invite(const Member &who)
{
    QMetaObject::invokeMethod(
        m_runner, [runner = m_runner, who] { runner->invite(who); }, Qt::QueuedConnection);
}

void PeopleDesk::change(const Member &who)
{
    QMetaObject::invokeMethod(
        m_runner, [runner = m_runner, who] { runner->change(who); }, Qt::QueuedConnection);
}

void PeopleDesk::changePassword(const QString &now, const QString &next)
{
    QMetaObject::invokeMethod(
        m_runner, [runner = m_runner, now, next] { runner->changePassword(now, next); },
        Qt::QueuedConnection);
}

} // namespace Counterfoil
