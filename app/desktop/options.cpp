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

// What the program understands.
struct CommandLine
{
    const QCommandLineOption demo{
        QStringLiteral("demo"),
        tr("Start a gateway of its own with a sandbox ERP, and offer its people to sign in "
           "as. Leaves nothing behind.")};
    const QCommandLineOption tour{
        QStringLiteral("tour"),
        tr("Drive the demonstration through every pane and state, write one PNG a stop "
           "into DIR, and end."),
        QStringLiteral("DIR")};
    const QCommandLineOption gateway{QStringLiteral("gateway"),
                                     tr("The gateway's address, offered when signing in."),
                                     QStringLiteral("URL")};
    const QCommandLineOption data{QStringLiteral("data"),
                                  tr("Keep profiles in DIR instead of the usual place."),
                                  QStringLiteral("DIR")};
    const QCommandLineOption theme{QStringLiteral("theme"),
                                   tr("Show the window light or dark: system, light, dark."),
                                   QStringLiteral("THEME")};
    const QCommandLineOption scale{QStringLiteral("scale"),
                                   tr("With --demo: how many orders the sandbox's history has."),
                                   QStringLiteral("N")};
    const QCommandLineOption speed{QStringLiteral("speed"),
                                   tr("With --demo: how many times faster than real its days go by."),
                                   QStringLiteral("N")};
    const QCommandLineOption import{QStringLiteral("import"),
                                    tr("With --demo: take in an order history, CSV, plain or gzip."),
                                    QStringLiteral("FILE")};
    QCommandLineParser parser;

    CommandLine()
    {
        parser.setApplicationDescription(
            tr("Orders, shipments and invoices as the ERP changes them, online and offline."));
        parser.addOptions({demo, tour, gateway, data, theme, scale, speed, import});
        parser.addHelpOption();
        parser.addVersionOption();
    }
};

QString nameOf(const QCommandLineOption &option)
{
    const QStringList names = option.names();
    return names.constFirst();
}

// What is wrong with a command line that could be read; empty: nothing.
QString complaint(const CommandLine &line)
{
    const QCommandLineParser &parser = line.parser;
    const QStringList rest = parser.positionalArguments();
    if (!rest.isEmpty())
        return tr("“%1” is not understood. See --help.").arg(rest.constFirst());
    const QUrl gateway(parser.value(line.gateway), QUrl::StrictMode);
    if (parser.isSet(line.gateway)
        && (gateway.host().isEmpty() || !gateway.scheme().startsWith(QLatin1String("http"))))
        return tr("“%1” is no gateway address. It looks like https://orders.example.com.")
            .arg(parser.value(line.gateway));
    static const QStringList themes{QString(), QStringLiteral("system"), QStringLiteral("light"),
                                    QStringLiteral("dark")};
    if (!themes.contains(parser.value(line.theme)))
        return tr("“%1” is no theme: choose system, light or dark.").arg(parser.value(line.theme));
    for (const QCommandLineOption &number : {line.scale, line.speed}) {
        if (parser.isSet(number) && !isPositiveNumber(parser.value(number)))
            return tr("--%1 takes a number above zero.").arg(nameOf(number));
    }
    const bool demo = parser.isSet(line.demo) || parser.isSet(line.tour);
    for (const QCommandLineOption &ofDemo : {line.scale, line.speed, line.import}) {
        if (parser.isSet(ofDemo) && !demo)
            return tr("--%1 goes with --demo.").arg(nameOf(ofDemo));
    }
    return {};
}

Options optionsOf(const CommandLine &line)
{
    const QCommandLineParser &parser = line.parser;
    Options options;
    options.tourFolder = parser.value(line.tour);
    options.demo = parser.isSet(line.demo) || parser.isSet(line.tour);
    options.gateway = QUrl(parser.value(line.gateway), QUrl::StrictMode);
    options.dataFolder = parser.isSet(line.data)
        ? parser.value(line.data)
        : QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation);
    options.theme = parser.value(line.theme);
    for (const QCommandLineOption &passedOn : {line.scale, line.speed, line.import}) {
        if (parser.isSet(passedOn))
            options.gatewayArguments << QStringLiteral("--") + nameOf(passedOn) << parser.value(passedOn);
    }
    return options;
}

} // namespace

std::optional<Options> parseOptions(int &exitCode)
{
    CommandLine line;
    if (!line.parser.parse(QCoreApplication::arguments()))
        return refuse(line.parser.errorText(), exitCode);
    exitCode = 0;
    if (line.parser.isSet(QStringLiteral("help"))) {
        std::fputs(qPrintable(line.parser.helpText()), stdout);
        return std::nullopt;
    }
    if (line.parser.isSet(QStringLiteral("version"))) {
        std::printf("counterfoil %s\n", qPrintable(QCoreApplication::applicationVersion()));
        return std::nullopt;
    }
    if (const QString wrong = complaint(line); !wrong.isEmpty())
        return refuse(wrong, exitCode);
    return optionsOf(line);
}

} // namespace Counterfoil
