#include "options.h"
#include "serve.h"
#include "usercommands.h"

#include <QCoreApplication>

#include <cstdio>

int main(int argc, char *argv[])
{
    using namespace Counterfoil;
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("counterfoil-gateway"));
    QCoreApplication::setApplicationVersion(QStringLiteral(COUNTERFOIL_VERSION));

    const auto complain = [](const Error &error) {
        std::fprintf(stderr, "counterfoil-gateway: %s", qUtf8Printable(error.userText));
        if (!error.detail.isEmpty())
            std::fprintf(stderr, " (%s)", qUtf8Printable(error.detail));
        std::fputc('\n', stderr);
        return 1;
    };
    const auto options = readOptions(QCoreApplication::arguments());
    if (!options)
        return complain(options.error());
    const auto outcome
        = options->verb == GatewayOptions::Verb::Serve ? serve(*options) : runUserCommand(*options);
    return outcome ? 0 : complain(outcome.error());
}
