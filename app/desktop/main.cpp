#include "desktop.h"
#include "endsignals.h"
#include "options.h"
#include "tour.h"

#include <QApplication>
#include <QTranslator>

#include <cstdio>

int main(int argc, char *argv[])
{
    using namespace Counterfoil;
    QCoreApplication::setOrganizationName(QStringLiteral("Counterfoil"));
    QCoreApplication::setApplicationName(QStringLiteral("Counterfoil"));
    QCoreApplication::setApplicationVersion(QStringLiteral(COUNTERFOIL_VERSION));

    int exitCode = 0;
    std::optional<Options> options;
    {
        // --help must answer where there is no display, which a QApplication would insist on.
        QCoreApplication console(argc, argv);
        options = parseOptions(exitCode);
    }
    if (!options)
        return exitCode;

    // The C locale groups no digits and names no currency.
    if (QLocale::system().language() == QLocale::C)
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));

    QApplication application(argc, argv);
    QTranslator texts;
    if (texts.load(QLocale(), QStringLiteral("counterfoil"), QStringLiteral("_"),
                   QStringLiteral(":/translations"))
        || texts.load(QStringLiteral(":/translations/counterfoil_en")))
        QApplication::installTranslator(&texts);
    quitOnEndSignals();
    Desktop desktop(application, *options);
    QObject::connect(&desktop, &Desktop::failed, &application, [](const Error &error) {
        std::fprintf(stderr, "counterfoil: %s (%s)\n", qUtf8Printable(error.userText),
                     qUtf8Printable(error.detail));
        QApplication::exit(1);
    });
    if (!options->tourFolder.isEmpty()) {
        // Queued, so that the window is shown before it is driven.
        const auto tour = [&] { QApplication::exit(Tour(desktop, options->tourFolder).run() ? 0 : 1); };
        QObject::connect(&desktop, &Desktop::windowShown, &application, tour, Qt::QueuedConnection);
    }
    if (!desktop.start())
        return 1;
    return QApplication::exec();
}
