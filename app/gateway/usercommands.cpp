#include "usercommands.h"

#include "account.h"
#include "gatewaytext.h"
#include "scope.h"
#include "sqlitegatewaystore.h"

#include <QFile>

#include <algorithm>
#include <cstdio>
#include <iostream>

#ifdef Q_OS_UNIX
#include <termios.h>
#include <unistd.h>
#endif

namespace Counterfoil {

namespace {

constexpr qsizetype maxNameLength = 128;

bool onTerminal()
{
#ifdef Q_OS_UNIX
    return isatty(STDIN_FILENO) != 0;
#else
    return false;
#endif
}

// One line of the standard input; a terminal shows nothing of it.
std::string readSecretLine(const QString &prompt)
{
    const bool terminal = onTerminal();
#ifdef Q_OS_UNIX
    termios before{};
    if (terminal) {
        std::fputs(qUtf8Printable(prompt), stderr);
        tcgetattr(STDIN_FILENO, &before);
        termios silent = before;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    }
#endif
    std::string line;
    std::getline(std::cin, line);
#ifdef Q_OS_UNIX
    if (terminal) {
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
        std::fputc('\n', stderr);
    }
#endif
    if (line.ends_with('\r'))
        line.pop_back();
    return line;
}

Result<std::string> readPasswordHash(Random &random)
{
    const std::string password = readSecretLine(GatewayText::tr("Password: "));
    if (password.empty())
        return Error{ErrorKind::BadInput,
                     GatewayText::tr("No password was given. Type it, or pass it on the standard input.")};
    if (onTerminal() && readSecretLine(GatewayText::tr("Again: ")) != password)
        return Error{ErrorKind::BadInput, GatewayText::tr("The two passwords differ. Try again.")};
    return hashPassword(password, random);
}

Outcome applyLimits(const GatewayOptions &options, User &user)
{
    if (options.noOrderLimits || !options.orderLimits.isEmpty())
        user.limits.clear();
    for (const QString &text : options.orderLimits) {
        const auto equals = text.lastIndexOf(QLatin1Char('='));
        const std::string account = text.left(std::max<qsizetype>(0, equals)).toStdString();
        const auto amount = Decimal::parse(text.mid(equals + 1).toStdString());
        if (!amount || *amount < Decimal() || *amount > mostOrderLimit) {
            return Error{
                ErrorKind::BadInput,
                GatewayText::tr("--order-limit takes ACCOUNT=AMOUNT or AMOUNT, from 0 up, not \"%1\".")
                    .arg(text)};
        }
        if (std::ranges::find(user.limits, account, &OrderLimit::account) != user.limits.end())
            return Error{ErrorKind::BadInput,
                         GatewayText::tr("Two limits are given for the same account. Give it one.")};
        user.limits.push_back({account, *amount});
    }
    return Done();
}

std::string limitsText(const User &user)
{
    std::string text;
    for (const OrderLimit &limit : user.limits) {
        text += text.empty() ? "" : ",";
        text += limit.account.empty() ? limit.amount.toString()
                                      : limit.account + '=' + limit.amount.toString();
    }
    return text;
}

Outcome applyOptions(const GatewayOptions &options, User &user)
{
    if (!options.role.isEmpty())
        user.role = options.role.toStdString();
    const Role *role = findRole(user.role);
    if (!role)
        return Error{
            ErrorKind::BadInput,
            GatewayText::tr("--role takes buyer, approver, finance, viewer, csr or admin. See --help.")};
    user.pricesWithheld = !options.seesPrices.value_or(!user.pricesWithheld);
    user.invoicesWithheld = !options.seesInvoices.value_or(!user.invoicesWithheld);
    if (options.contact)
        user.contact = options.contact->toStdString();
    if (!options.displayName.isEmpty())
        user.displayName = options.displayName.toStdString();
    if (options.accountsGiven || options.allAccounts) {
        user.accounts.clear();
        for (const QString &account : options.accounts)
            user.accounts.push_back(account.toStdString());
    }
    if (!role->allAccounts && user.accounts.empty())
        return Error{ErrorKind::BadInput,
                     GatewayText::tr("A %1 needs at least one --account. See --help.")
                         .arg(QString::fromStdString(user.role))};
    return applyLimits(options, user);
}

Outcome listUsers(PeopleStore &people)
{
    const auto users = people.users();
    if (!users)
        return users.error();
    for (const User &user : *users) {
        std::string accounts;
        for (const std::string &account : user.accounts)
            accounts += (accounts.empty() ? "" : ",") + account;
        std::string withheld = user.pricesWithheld ? "no prices" : "";
        if (user.invoicesWithheld)
            withheld += withheld.empty() ? "no invoices" : ", no invoices";
        const bool invited = user.firstPasswordUntil.isSet();
        const auto orDash = [](const std::string &text) { return text.empty() ? "-" : text.c_str(); };
        std::printf("%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", user.name.c_str(), user.displayName.c_str(),
                    user.role.c_str(), orDash(accounts),
                    user.disabled ? "disabled"
                        : invited ? "invited"
                                  : "enabled",
                    orDash(withheld), orDash(user.contact), orDash(limitsText(user)));
    }
    return Done();
}

// All accounts of the store, or those that one person sees.
Outcome listAccounts(GatewayStore &store, const QString &name)
{
    std::vector<Account> accounts;
    AccountTree tree;
    const auto read = eachAccount(store, [&](const Account &account) {
        accounts.push_back(account);
        tree.set(account);
    });
    if (!read)
        return read;
    std::optional<Scope> scope;
    if (!name.isEmpty()) {
        const auto user = store.people().user(name.toStdString());
        if (!user)
            return user.error();
        if (!*user)
            return Error{ErrorKind::NotFound,
                         GatewayText::tr("There is no user %1. See user list.").arg(name)};
        scope.emplace(**user, tree);
    }
    std::ranges::sort(accounts, {}, &Account::key);
    for (const Account &account : accounts) {
        if (!scope || scope->sees(account.key))
            std::printf("%s\t%s\t%s\t%s\n", account.key.c_str(), account.number.c_str(), account.name.c_str(),
                        account.parent.empty() ? "-" : account.parent.c_str());
    }
    return Done();
}

Outcome change(PeopleStore &people, const GatewayOptions &options, Random &random)
{
    using Verb = GatewayOptions::Verb;
    const std::string name = options.user.toStdString();
    auto known = people.user(name);
    if (!known)
        return known.error();
    const bool adding = options.verb == Verb::UserAdd;
    if (adding && *known)
        return Error{ErrorKind::BadInput,
                     GatewayText::tr("There is a user %1 already. Use user set.").arg(options.user)};
    if (!adding && !*known)
        return Error{ErrorKind::NotFound,
                     GatewayText::tr("There is no user %1. See user list.").arg(options.user)};
    User newcomer;
    newcomer.name = newcomer.displayName = name;
    User user = known->value_or(newcomer);
    if (options.verb == Verb::UserDisable || options.verb == Verb::UserEnable) {
        user.disabled = options.verb == Verb::UserDisable;
        return people.putUser(user);
    }
    if (const auto done = applyOptions(options, user); !done)
        return done;
    if (adding || options.newPassword) {
        auto hash = readPasswordHash(random);
        if (!hash)
            return hash.error();
        user.passwordHash = *std::move(hash);
        user.firstPasswordUntil = {};
    }
    return people.putUser(user);
}

} // namespace

Outcome runUserCommand(const GatewayOptions &options)
{
    if (options.user.size() > maxNameLength)
        return Error{ErrorKind::BadInput,
                     GatewayText::tr("A user name has at most %1 characters.").arg(maxNameLength)};
    SystemRandom random;
    const auto store = SqliteGatewayStore::open(options.storeFile, random);
    if (!store)
        return store.error();
    PeopleStore &people = (*store)->people();
    if (options.verb == GatewayOptions::Verb::UserList)
        return listUsers(people);
    if (options.verb == GatewayOptions::Verb::UserAccounts)
        return listAccounts(**store, options.user);
    return change(people, options, random);
}

} // namespace Counterfoil
