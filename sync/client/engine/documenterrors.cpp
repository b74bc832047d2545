#include "documenterrors.h"

#include <QCoreApplication>

namespace Counterfoil::DocumentErrors {

namespace {

#define TEXT(text) QCoreApplication::translate("Documents", text)

QString remedy(Hindrance hindrance)
{
    switch (hindrance) {
    case Hindrance::SignedOut:
        return TEXT("Sign in to fetch it.");
    case Hindrance::Disconnected:
        return TEXT("Connect again, and it is fetched by itself.");
    case Hindrance::Offline:
        return TEXT("It is fetched by itself once the gateway can be reached again.");
    }
    Q_UNREACHABLE();
}

} // namespace

Error notHereYet(Hindrance hindrance, bool damaged)
{
    const QString fact = damaged ? TEXT("The copy of this document on this computer is damaged.")
                                 : TEXT("This document is not on this computer yet.");
    return {hindrance == Hindrance::SignedOut ? ErrorKind::Unauthorized : ErrorKind::Offline,
            fact + u' ' + remedy(hindrance), QStringLiteral("no connection to fetch it over")};
}

Error unknownDocument()
{
    return {ErrorKind::NotFound,
            TEXT("This document is not among those that you may see any more. Go back to the list."),
            QStringLiteral("no such record in the cache")};
}

Error wrongBytesTwice(const Error &last)
{
    return {ErrorKind::BadReply,
            TEXT("This document arrived damaged twice, so it is not shown. Try again later, and tell your "
                 "supplier if it stays so."),
            last.detail, 0, last.requestId};
}

Error letGo()
{
    return {ErrorKind::Cancelled,
            TEXT("Too many documents were asked for at once. Open this one again to fetch it."),
            QStringLiteral("beyond the bound of wanted documents")};
}

Error tooLarge()
{
    return {ErrorKind::Rejected,
            TEXT("This document is larger than Counterfoil takes. Ask your supplier to send it another way."),
            QStringLiteral("a document beyond the size limit")};
}

#undef TEXT

} // namespace Counterfoil::DocumentErrors
