#include "options.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QStandardPaths>

#include <cstdio>

namespace Counterfoil {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Options", text);
}

std::optional<Options> refuse(const QString &sentence, int &exitCode)
{
    std::fprintf(stderr, "counterfoil: %s\n", qPrintable(sentence));
    exitCode = 2;
    return std::nullopt;
}

bool isPositiveNumber(const QString &text)
{
    bool ok = false;
    return text.toDouble(&ok) > 0 && ok;
}

} // namespace

std::optional<Options> parseOptions(int &exitCode)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        tr("Orders, shipments and invoices as the ERP changes them, online and offline."));
    const QCommandLineOption demo(
        QStringLiteral("demo"),
        tr("Start a gateway of its own with a sandbox ERP, and offer its people to sign in "
           "as. Leaves nothing behind."));
    const QCommandLineOption tour(
        QStringLiteral("tour"),
        tr("Drive the demonstration through every pane and state, write one PNG a stop "
           "into DIR, and end."),
        QStringLiteral("DIR"));
    const QCommandLineOption gateway(QStringLiteral("gateway"),
                                     tr("The gateway's address, offered when signing in."),
                                     QStringLiteral("URL"));
    const QCommandLineOption data(QStringLiteral("data"),
                                  tr("Keep profiles in DIR instead of the usual place."),
                                  QStringLiteral("DIR"));
    const QCommandLineOption theme(QStringLiteral("theme"),
                                   tr("Show the window light or dark: system, light, dark."),
                                   QStringLiteral("THEME"));
    const QCommandLineOption scale(QStringLiteral("scale"),
                                   tr("With --demo: how many orders the sandbox's history has."),
                                   QStringLiteral("N"));
    const QCommandLineOption speed(QStringLiteral("speed"),
                                   tr("With --demo: how many times faster than real its days go by."),
                                   QStringLiteral("N"));
    const QCommandLineOption import(QStringLiteral("import"),
                                    tr("With --demo: take in an order history, CSV, plain or gzip."),
                                    QStringLiteral("FILE"));
    parser.addOptions({demo, tour, gateway, data, theme, scale, speed, import});
    const auto help = parser.addHelpOption();
    const auto version = parser.addVersionOption();

    if (!parser.parse(QCoreApplication::arguments()))
        return refuse(parser.errorText(), exitCode);
    exitCode = 0;
    if (parser.isSet(help)) {
        std::fputs(qPrintable(parser.helpText()), stdout);
        return std::nullopt;
    }
    if (parser.isSet(version)) {
        std::printf("counterfoil %s\n", qPrintable(QCoreApplication::applicationVersion()));
        return std::nullopt;
    }
    if (!parser.positionalArguments().isEmpty())
        return refuse(tr("“%1” is not understood. See --help.").arg(parser.positionalArguments().first()),
                      exitCode);

    Options options;
    options.tourFolder = parser.value(tour);
    options.demo = parser.isSet(demo) || parser.isSet(tour);
    options.gateway = QUrl(parser.value(gateway), QUrl::StrictMode);
    if (parser.isSet(gateway)
        && (options.gateway.host().isEmpty() || !options.gateway.scheme().startsWith(QLatin1String("http"))))
        return refuse(tr("“%1” is no gateway address. It looks like https://orders.example.com.")
                          .arg(parser.value(gateway)),
                      exitCode);
    options.dataFolder = parser.isSet(data)
        ? parser.value(data)
        : QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation);
    options.theme = parser.value(theme);
    static const QStringList themes{QString(), QStringLiteral("system"), QStringLiteral("light"),
                                    QStringLiteral("dark")};
    if (!themes.contains(options.theme))
        return refuse(tr("“%1” is no theme: choose system, light or dark.").arg(options.theme), exitCode);
    for (const QCommandLineOption &number : {scale, speed}) {
        if (parser.isSet(number) && !isPositiveNumber(parser.value(number)))
            return refuse(tr("--%1 takes a number above zero.").arg(number.names().constFirst()), exitCode);
    }
    for (const QCommandLineOption &passedOn : {scale, speed, import}) {
        if (!parser.isSet(passedOn))
            continue;
        if (!options.demo)
            return refuse(tr("--%1 goes with --demo.").arg(passedOn.names().constFirst()), exitCode);
        options.gatewayArguments << QStringLiteral("--") + passedOn.names().constFirst()
                                 << parser.value(passedOn);
    }
    return options;
}

} // namespace Counterfoil
