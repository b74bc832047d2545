#pragma once

#include "peopleport.h"

#include <functional>

namespace Counterfoil {

class PeopleRunner;

// The face of a PeopleRunner on the GUI thread.
class PeopleDesk final : public PeoplePort
{
    Q_OBJECT
public:
    explicit PeopleDesk(PeopleRunner *runner);

    void list() override;
    void invite(const Member &who) override;
    void change(const Member &who) override;
    void changePassword(const QString &now, const QString &next) override;

private:
    PeopleRunner *m_runner;
};

} // namespace Counterfoil
