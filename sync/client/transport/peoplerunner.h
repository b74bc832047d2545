#pragma once

#include "peopleport.h"
#include "serialcalls.h"

namespace Counterfoil {

// Asks the gateway about people, on the sync thread; PeoplePort's other half. Each call ends with one signal,
// within the bounds of tuning.h. Passwords are neither kept nor logged.
class PeopleRunner final : public QObject
{
    Q_OBJECT
public:
    explicit PeopleRunner(QObject *parent = nullptr);

    SerialCalls &calls() { return m_calls; }

    void list();
    void invite(const Member &who);
    void change(const Member &who);
    void changePassword(const QString &now, const QString &next);

Q_SIGNALS:
    void listed(const QList<Counterfoil::Member> &members);
    void invited(const Counterfoil::Member &who, const QString &firstPassword);
    void changed(const Counterfoil::Member &who);
    void passwordChanged();
    void failed(const Counterfoil::Error &error);

private:
    void call(const char *method, const std::string &target, const std::string &body,
              std::function<Result<std::string>(const std::string &)> answered);

    SerialCalls m_calls;
};

} // namespace Counterfoil
