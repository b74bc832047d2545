#pragma once

#include "address.h"
#include "contact.h"

#include <QCoreApplication>
#include <QString>

namespace Counterfoil {

// How addresses and contacts are told.
class AccountWords
{
    Q_DECLARE_TR_FUNCTIONS(AccountWords)
public:
    // "Unit 4, Temple Quay, Bristol BS1 6FL, United Kingdom", in the order of the country.
    static QString oneLine(const Address &address);
    static QString lines(const Address &address); // with its name, as on a label

    static QString about(const Contact &contact); // "Purchasing · Head office"
    static QString oneLine(const Contact &contact);

    static QString oneLine(const AnyRecord &record);
};

} // namespace Counterfoil
