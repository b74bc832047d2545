#pragma once

#include "signinport.h"

namespace Counterfoil {

// Whether the person speaks for the supplier, and answers for other people's orders.
inline bool isStaff(const Person &person)
{
    return person.role == QLatin1String("csr");
}

} // namespace Counterfoil
