#include "foreignanswer.h"

#include "codec.h"
#include "problems.h"

#include <QCoreApplication>

namespace Counterfoil {

Error foreignAnswer(int status)
{
    return {ErrorKind::BadReply,
            QCoreApplication::translate(
                "Sync",
                "Something other than the gateway answered. Check the address, the proxy, and whether this "
                "network wants you to sign in first."),
            QStringLiteral("HTTP %1 without problem details").arg(status)};
}

Error errorOfRefusal(int status, std::string_view body)
{
    const auto problem = decode<Problem>(body);
    const bool ours = problem && findProblemType(problem->typeUri);
    return ours || status >= 500 || status == 429 ? errorFromAnswer(status, body) : foreignAnswer(status);
}

bool mayBeOfWhatWasSent(const Error &error, int status)
{
    return error.kind == ErrorKind::BadReply || (status == 500 && error.kind == ErrorKind::ServerDown)
        || (!retryable(error.kind) && error.kind != ErrorKind::Unauthorized);
}

} // namespace Counterfoil
