#include "options.h"

#include "gatewaytext.h"

#include <QCommandLineParser>
#include <QDir>
#include <QFile>
#include <QStandardPaths>

#include <cmath>
#include <optional>

namespace Counterfoil {

namespace {

Error badOption(const QString &userText)
{
    return {ErrorKind::BadInput, userText + QLatin1Char(' ') + GatewayText::tr("See --help.")};
}

QString defaultFile(const QString &name)
{
    return QDir(QStandardPaths::writableLocation(QStandardPaths::AppDataLocation)).filePath(name);
}

// Adds options to a parser, one after the other.
struct Adding
{
    QCommandLineParser &parser;

    void operator()(const char *name, const QString &description, const char *value = "",
                    const QString &standard = {}) const
    {
        QCommandLineOption option(QString::fromLatin1(name), description, QString::fromLatin1(value));
        if (!standard.isEmpty())
            option.setDefaultValue(standard);
        parser.addOption(option);
    }
};

void addServeOptions(const Adding &add)
{
    add("listen", GatewayText::tr("Address and port to listen on; port 0 takes any that is free."),
        "HOST:PORT", QStringLiteral("127.0.0.1:8420"));
    add("tls-certificate",
        GatewayText::tr("Certificate chain (PEM). Without it only this machine's own addresses are served."),
        "FILE");
    add("tls-key", GatewayText::tr("The certificate's private key (PEM)."), "FILE");
    add("store", GatewayText::tr("The gateway's own memory: sqlite:FILE."), "STORE",
        QStringLiteral("sqlite:") + defaultFile(QStringLiteral("gateway.sqlite")));
    add("renew-epoch",
        GatewayText::tr(
            "For one start, after the store was restored from a backup: begin a new change log, so that "
            "every client compares its copy anew, and do what had not been done only when its client sends "
            "it again."));
    add("erp",
        GatewayText::tr(
            "Which ERP: sandbox, the embedded company, or tryton:URL, a Tryton 6.0 at https://HOST/DATABASE "
            "(http on this machine alone)."),
        "ERP", QStringLiteral("sandbox"));
    add("erp-user", GatewayText::tr("Tryton: the service account's name."), "NAME",
        QStringLiteral("counterfoil"));
    add("erp-password-file",
        GatewayText::tr("Tryton: the file with the service account's password in its first line. Without it, "
                        "the password "
                        "is "
                        "taken from the environment, COUNTERFOIL_ERP_PASSWORD."),
        "FILE");
    add("erp-company", GatewayText::tr("Tryton: the number of the company whose orders are shown."), "N",
        QStringLiteral("1"));
    add("erp-store", GatewayText::tr("Where the sandbox company lives."), "FILE",
        defaultFile(QStringLiteral("sandbox.sqlite")));
    add("scale",
        GatewayText::tr("Orders in the sandbox company's history, 0 to 1000000; read when it is made."), "N",
        QStringLiteral("5000"));
    add("seed", GatewayText::tr("From which the sandbox company is made: the same seed, the same company."),
        "N", QStringLiteral("1"));
    add("speed",
        GatewayText::tr("How fast the sandbox company lives; 1 is a business day a minute, 0 stands still."),
        "FACTOR", QStringLiteral("1"));
    add("changes-per-second",
        GatewayText::tr(
            "Changes a second in the sandbox company, whatever its speed; 0: as the speed has it."),
        "N", QStringLiteral("0"));
    add("import",
        GatewayText::tr("Take an order history into the sandbox company: CSV with a header, plain or gzip."),
        "FILE");
    add("map",
        GatewayText::tr(
            "Which column is what, for a header that is not recognised: order=InvoiceNo,sku=StockCode,… "
            "Fields: order, sku, description, quantity, date, price, customer, country."),
        "MAP");
    add("configuration",
        GatewayText::tr("The supplier's rules for returns, wordings and hooks, as TOML; read again when it "
                        "changes and at "
                        "SIGHUP."),
        "FILE");
    add("supplier", GatewayText::tr("The supplier's name, shown to people; the sandbox has its own."),
        "NAME");
    add("demo",
        GatewayText::tr(
            "Let the sandbox's people sign in, with passwords made for this start, and print one line of "
            "JSON "
            "with the address and the passwords. Ends when the standard input, being a pipe, closes."));
}

void addUserOptions(const Adding &add)
{
    add("role", GatewayText::tr("user add, set: buyer, approver, finance, viewer, csr or admin."), "ROLE");
    add("display-name", GatewayText::tr("user add, set: the person's name."), "NAME");
    add("account",
        GatewayText::tr(
            "user add, set: key of an account the person may see, its branches included; may be repeated."),
        "KEY");
    add("all-accounts", GatewayText::tr("user set: a csr or admin sees every account again."));
    add("no-prices", GatewayText::tr("user add, set: the person sees no prices, whatever the role."));
    add("prices", GatewayText::tr("user set: the person sees prices again, if the role does."));
    add("no-invoices",
        GatewayText::tr(
            "user add, set: the person sees no invoices, payments, credit or documents, whatever the role."));
    add("invoices", GatewayText::tr("user set: the person sees invoices again, if the role does."));
    add("contact",
        GatewayText::tr(
            "user add, set: key of the contact that the person is, whose details they may change; empty: "
            "none."),
        "KEY");
    add("password", GatewayText::tr("user set: ask for a new password."));
    add("order-limit",
        GatewayText::tr("user add, set: what the person may order, or approve, on their own, with freight "
                        "and tax, in whole "
                        "units of the account's currency; of an account and its branches, or wherever no "
                        "other limit is; may "
                        "be repeated. All limits are given at once. What is above it waits for an approver."),
        "[ACCOUNT=]AMOUNT");
    add("no-order-limit", GatewayText::tr("user set: there is no limit any more."));
}

std::optional<double> number(const QCommandLineParser &parser, const char *name, double least, double most)
{
    bool ok = false;
    const double value = parser.value(QString::fromLatin1(name)).toDouble(&ok);
    return ok && std::isfinite(value) && value >= least && value <= most ? std::optional(value)
                                                                         : std::nullopt;
}

Outcome readListen(const QString &listen, GatewayOptions &options)
{
    const auto colon = listen.lastIndexOf(QLatin1Char(':'));
    bool ok = false;
    options.server.port = listen.mid(colon + 1).toUShort(&ok);
    options.server.host = listen.left(std::max<qsizetype>(0, colon));
    if (options.server.host.startsWith(QLatin1Char('[')) && options.server.host.endsWith(QLatin1Char(']')))
        options.server.host = options.server.host.mid(1, options.server.host.size() - 2);
    if (!ok || options.server.host.isEmpty())
        return badOption(GatewayText::tr("--listen takes HOST:PORT, not \"%1\".").arg(listen));
    return Done();
}

// Never from the command line, where every process of the machine could read it.
Result<QByteArray> readErpPassword(const QString &fileName)
{
    constexpr qint64 mostBytes = 1'024;
    QByteArray password = qgetenv("COUNTERFOIL_ERP_PASSWORD");
    qunsetenv("COUNTERFOIL_ERP_PASSWORD");
    if (!fileName.isEmpty()) {
        QFile file(fileName);
        if (!file.open(QIODevice::ReadOnly))
            return badOption(
                GatewayText::tr("The file %1 with the password of Tryton's service account cannot be read.")
                    .arg(fileName));
        password = file.readLine(mostBytes);
        while (password.endsWith('\n') || password.endsWith('\r'))
            password.chop(1);
    }
    if (password.isEmpty()) {
        return badOption(GatewayText::tr(
            "Tryton's service account needs a password: name a file with --erp-password-file, or "
            "set COUNTERFOIL_ERP_PASSWORD."));
    }
    return password;
}

Outcome readErp(const QCommandLineParser &parser, GatewayOptions &options)
{
    const QString erp = parser.value(QStringLiteral("erp"));
    static const QString tryton = QStringLiteral("tryton:");
    if (erp == QLatin1String("sandbox"))
        return Done();
    if (!erp.startsWith(tryton))
        return badOption(
            GatewayText::tr("There is no ERP \"%1\"; there are \"sandbox\" and \"tryton:URL\".").arg(erp));
    TrytonAccess access;
    access.url = QUrl(erp.mid(tryton.size()), QUrl::StrictMode);
    if (const auto done = checkTrytonUrl(access.url); !done)
        return done.error();
    for (const char *other : {"demo", "import"}) {
        if (parser.isSet(QString::fromLatin1(other)))
            return badOption(GatewayText::tr("--%1 is for the sandbox.").arg(QString::fromLatin1(other)));
    }
    access.user = parser.value(QStringLiteral("erp-user"));
    bool companyOk = false;
    access.company = parser.value(QStringLiteral("erp-company")).toLongLong(&companyOk);
    if (!companyOk || access.company < 1)
        return badOption(GatewayText::tr("--erp-company takes a number from 1 up."));
    auto password = readErpPassword(parser.value(QStringLiteral("erp-password-file")));
    if (!password)
        return password.error();
    access.password = *std::move(password);
    options.tryton = std::move(access);
    return Done();
}

Outcome readServe(const QCommandLineParser &parser, GatewayOptions &options)
{
    const auto text = [&parser](const char *name) { return parser.value(QString::fromLatin1(name)); };
    if (const auto done = readListen(text("listen"), options); !done)
        return done;
    options.server.certificateFile = text("tls-certificate");
    options.server.keyFile = text("tls-key");
    if (options.server.certificateFile.isEmpty() != options.server.keyFile.isEmpty())
        return badOption(GatewayText::tr("--tls-certificate and --tls-key go together."));
    if (const auto done = readErp(parser, options); !done)
        return done;
    options.erpStoreFile = text("erp-store");
    options.supplier = text("supplier");
    options.configurationFile = text("configuration");
    options.importFile = text("import");
    options.importMap = text("map");
    options.demo = parser.isSet(QStringLiteral("demo"));
    options.renewEpoch = parser.isSet(QStringLiteral("renew-epoch"));

    bool seedOk = false;
    options.seed = text("seed").toULongLong(&seedOk);
    bool scaleOk = false;
    options.scale = text("scale").toLongLong(&scaleOk);
    const auto speed = number(parser, "speed", 0, 1'000);
    const auto rate = number(parser, "changes-per-second", 0, 5'000);
    if (!seedOk)
        return badOption(GatewayText::tr("--seed takes a number from 0 up."));
    if (!scaleOk || options.scale < 0 || options.scale > 1'000'000)
        return badOption(GatewayText::tr("--scale takes a number from 0 to 1000000."));
    if (!speed || (*speed > 0 && *speed < 0.001))
        return badOption(GatewayText::tr("--speed takes 0, or a number from 0.001 to 1000."));
    if (!rate)
        return badOption(GatewayText::tr("--changes-per-second takes a number from 0 to 5000."));
    options.speed = *speed;
    options.changesPerSecond = *rate;
    return Done();
}

Outcome readUser(const QCommandLineParser &parser, const QStringList &words, GatewayOptions &options)
{
    using Verb = GatewayOptions::Verb;
    static const std::pair<QLatin1String, Verb> verbs[] = {
        {QLatin1String("add"), Verb::UserAdd},         {QLatin1String("set"), Verb::UserSet},
        {QLatin1String("disable"), Verb::UserDisable}, {QLatin1String("enable"), Verb::UserEnable},
        {QLatin1String("list"), Verb::UserList},       {QLatin1String("accounts"), Verb::UserAccounts},
    };
    const QString verb = words.value(1);
    const auto found = std::find_if(std::begin(verbs), std::end(verbs),
                                    [&verb](const auto &entry) { return entry.first == verb; });
    const bool known = found != std::end(verbs);
    const bool namesNobody
        = known && (found->second == Verb::UserList || found->second == Verb::UserAccounts);
    const bool namesSomebody = known && found->second != Verb::UserList;
    if (!(namesNobody && words.size() == 2) && !(namesSomebody && words.size() == 3))
        return badOption(
            GatewayText::tr("It is: user add NAME, user set NAME, user disable NAME, user enable NAME, user "
                            "list or user accounts [NAME]."));
    const auto choice = [&parser](const char *yes, const char *no) -> Result<std::optional<bool>> {
        const bool given = parser.isSet(QString::fromLatin1(yes));
        if (given && parser.isSet(QString::fromLatin1(no)))
            return badOption(GatewayText::tr("--%1 and --%2 exclude each other.")
                                 .arg(QString::fromLatin1(yes), QString::fromLatin1(no)));
        return given || parser.isSet(QString::fromLatin1(no)) ? std::optional(given) : std::nullopt;
    };
    const auto prices = choice("prices", "no-prices");
    const auto invoices = choice("invoices", "no-invoices");
    if (!prices || !invoices)
        return prices ? invoices.error() : prices.error();
    options.seesPrices = *prices;
    options.seesInvoices = *invoices;
    if (parser.isSet(QStringLiteral("contact")))
        options.contact = parser.value(QStringLiteral("contact"));
    options.allAccounts = parser.isSet(QStringLiteral("all-accounts"));
    options.verb = found->second;
    options.user = words.value(2);
    options.role = parser.value(QStringLiteral("role"));
    options.displayName = parser.value(QStringLiteral("display-name"));
    options.accounts = parser.values(QStringLiteral("account"));
    options.accountsGiven = parser.isSet(QStringLiteral("account"));
    options.newPassword = parser.isSet(QStringLiteral("password"));
    options.orderLimits = parser.values(QStringLiteral("order-limit"));
    options.noOrderLimits = parser.isSet(QStringLiteral("no-order-limit"));
    if (options.noOrderLimits && !options.orderLimits.isEmpty())
        return badOption(GatewayText::tr("--order-limit and --no-order-limit exclude each other."));
    return Done();
}

} // namespace

Result<GatewayOptions> readOptions(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(GatewayText::tr(
        "Counterfoil's gateway: keeps a change log of the ERP and serves it to Counterfoil.\n\n"
        "  counterfoil-gateway [options]\n"
        "  counterfoil-gateway user add NAME --role ROLE [--account KEY]... [--display-name NAME] "
        "[--no-prices] [--no-invoices] [--contact KEY] [--order-limit [KEY=]AMOUNT]... [--store STORE]\n"
        "  counterfoil-gateway user set NAME [the same options] [--all-accounts] [--prices] [--invoices] "
        "[--no-order-limit] [--password]\n"
        "  counterfoil-gateway user disable|enable NAME\n"
        "  counterfoil-gateway user list\n"
        "  counterfoil-gateway user accounts [NAME]    all accounts, or those that NAME sees\n\n"
        "A csr or admin without --account sees every account, anybody else those named and all branches "
        "under them. An admin looks after the people of the same accounts.\n"
        "Passwords are read from the standard input, or asked for on a terminal; never from the command "
        "line."));
    parser.addHelpOption();
    parser.addVersionOption();
    addServeOptions({parser});
    addUserOptions({parser});
    parser.addPositionalArgument(QStringLiteral("user"), GatewayText::tr("Look after who may sign in."),
                                 QStringLiteral("[user VERB [NAME]]"));
    if (!parser.parse(arguments))
        return badOption(parser.errorText() + QLatin1Char('.'));
    if (parser.isSet(QStringLiteral("help")) || parser.isSet(QStringLiteral("help-all")))
        parser.showHelp();
    if (parser.isSet(QStringLiteral("version")))
        parser.showVersion();

    GatewayOptions options;
    const QString store = parser.value(QStringLiteral("store"));
    if (!store.startsWith(QLatin1String("sqlite:")) || store.size() == 7)
        return badOption(GatewayText::tr("--store takes sqlite:FILE, not \"%1\".").arg(store));
    options.storeFile = store.mid(7);
    const QStringList words = parser.positionalArguments();
    if (!words.isEmpty() && words.front() != QLatin1String("user"))
        return badOption(GatewayText::tr("\"%1\" is not understood.").arg(words.front()));
    const auto read = words.isEmpty() ? readServe(parser, options) : readUser(parser, words, options);
    if (!read)
        return read.error();
    return options;
}

} // namespace Counterfoil
