#include "options.h"
#include "serve.h"
#include "usercommands.h"

#include <QGuiApplication>

#include <cstdio>
#include <optional>

int main(int argc, char *argv[])
{
    using namespace Counterfoil;
    QCoreApplication::setApplicationName(QStringLiteral("counterfoil-gateway"));
    QCoreApplication::setApplicationVersion(QStringLiteral(COUNTERFOIL_VERSION));

    const auto complain = [](const Error &error) {
        std::fprintf(stderr, "counterfoil-gateway: %s", qUtf8Printable(error.userText));
        if (!error.detail.isEmpty())
            std::fprintf(stderr, " (%s)", qUtf8Printable(error.detail));
        std::fputc('\n', stderr);
        return 1;
    };
    // Users are looked after without what drawing needs, which takes longer than the rest.
    std::optional<QCoreApplication> console(std::in_place, argc, argv);
    const auto options = readOptions(QCoreApplication::arguments());
    if (!options)
        return complain(options.error());
    if (options->verb != GatewayOptions::Verb::Serve) {
        const auto outcome = runUserCommand(*options);
        return outcome ? 0 : complain(outcome.error());
    }
    console.reset();
    // The sandbox draws its papers, for which no display is needed.
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    const QGuiApplication application(argc, argv);
    const auto outcome = serve(*options);
    return outcome ? 0 : complain(outcome.error());
}
