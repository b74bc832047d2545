#include "returnpolicy.h"

#include "exactvalue.h"

#include <algorithm>
#include <sstream>

namespace Counterfoil::Sandbox {

namespace {

constexpr const char *routesName = "returnRoutes";

std::string oneLine(std::string text)
{
    std::ranges::replace_if(
        text, [](char c) { return c == '\t' || c == '\n'; }, ' ');
    return text;
}

std::string routesText(const std::vector<ReturnRoute> &routes)
{
    std::string text;
    for (const ReturnRoute &route : routes) {
        text += oneLine(route.account) + '\t' + oneLine(route.reason) + '\t' + route.fromValue.toString()
            + '\t' + oneLine(route.to) + '\t' + oneLine(route.role) + '\n';
    }
    return text;
}

std::vector<ReturnRoute> routesIn(const std::string &text)
{
    std::vector<ReturnRoute> routes;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        std::istringstream parts(line);
        ReturnRoute route;
        std::string value;
        std::getline(parts, route.account, '\t');
        std::getline(parts, route.reason, '\t');
        std::getline(parts, value, '\t');
        std::getline(parts, route.to, '\t');
        std::getline(parts, route.role, '\t');
        route.fromValue = Decimal::parse(value).value_or(Decimal());
        routes.push_back(std::move(route));
    }
    return routes;
}

std::string keyOf(const ReturnRules &rules)
{
    return rules.account.empty() ? "RR-GENERAL" : "RR-" + rules.account;
}

} // namespace

ReturnPolicy firstReturnPolicy()
{
    ReturnRules rules;
    rules.name = "Standard terms";
    rules.minimumFee = Decimal::fromInteger(5);
    rules.instructions
        = "Put this number on every parcel. Pack the goods as they came, with the packing slip "
          "of the return inside.";
    rules.returnTo = "Meridian Trade Supply, Returns\nUnit 7, Foundry Road\nYork YO26 6QR\nGB";
    rules.reasons = {
        {"surplus", "Ordered too much", 30, 1'500, false, false, false, "credit", {}},
        {"wrong-ordered", "Ordered the wrong item", 30, 1'000, false, false, false, "credit replacement", {}},
        {"wrong-sent", "You sent the wrong item", 60, 0, true, false, true, "credit replacement refund", {}},
        {"damaged", "Arrived damaged", 14, 0, true, true, true, "credit replacement refund", {}},
        {"faulty", "Does not work", 365, 0, true, false, true, "repair replacement credit refund", {}},
    };
    rules.questions = {
        {"surplus", "unopened", "Is the packing unopened?", "flag", {}, true},
        {"wrong-sent", "received", "Which item did you get instead?", "text", {}, true},
        {"damaged", "packing", "How did the packing look?", "choice", "Undamaged\nDented\nTorn open\nWet",
         true},
        {"damaged", "noted", "Was it noted on the delivery slip?", "flag", {}, false},
        {"faulty", "fault", "What happens when you use it?", "text", {}, true},
        {"faulty", "since", "Since when?", "date", {}, false},
    };
    rules.exclusions = {
        {"category", "Cleaning", "Chemicals cannot come back once they have left our store."},
        {"category", "Cable", "Cable is cut to length for you and cannot come back."},
    };
    ReturnPolicy policy;
    policy.rules = {std::move(rules)};
    policy.routes = {
        {{}, {}, Decimal::fromInteger(5'000), "Returns approval, York", "admin"},
        {{}, "faulty", {}, "Technical desk, York", "csr"},
        {{}, {}, {}, "Returns desk, York", "csr"},
    };
    return policy;
}

void writeReturnPolicy(Books &books, const ReturnPolicy &policy, Instant at)
{
    std::vector<ReturnRules> wanted = policy.rules;
    for (ReturnRules &rules : wanted)
        rules.key = keyOf(rules);
    const ReturnRules *general = rulesFor(policy.rules, {});
    for (ReturnRules &gone : readReturnPolicy(books).rules) {
        if (std::ranges::find(wanted, gone.key, &ReturnRules::key) != wanted.end())
            continue;
        ReturnRules &instead = wanted.emplace_back(general ? *general : ReturnRules{.accepts = false});
        instead.key = gone.key;
        instead.account = gone.account;
    }
    for (const ReturnRules &rules : wanted) {
        const auto id = books.idOf(ReturnRules::type, rules.key);
        ReturnRules before;
        if (!id)
            books.postNew(ReturnRules::type, books.lastId(ReturnRules::type) + 1, &rules, at);
        else if (books.read(ReturnRules::type, *id, &before) && !equal(ReturnRules::type, &before, &rules))
            books.postAgain(ReturnRules::type, *id, &rules, at);
    }
    books.setMeta(routesName, routesText(policy.routes));
}

ReturnPolicy readReturnPolicy(Books &books)
{
    std::vector<std::int64_t> ids;
    books.each("SELECT id FROM returnRuleSets ORDER BY id",
               [&ids](const Sqlite::Statement &row) { ids.push_back(row.integer(0)); });
    ReturnPolicy policy;
    for (const std::int64_t id : ids)
        books.read(ReturnRules::type, id, &policy.rules.emplace_back());
    policy.routes = routesIn(books.meta(routesName));
    return policy;
}

void route(Return &record, const ReturnPolicy &policy)
{
    const Decimal value = ExactValue::of(record.expectedCredit, minorUnitPlaces(record.currency))
                              .decimal()
                              .value_or(Decimal());
    const auto fits = [&](const ReturnRoute &each) {
        return (each.account.empty() || each.account == record.account) && value >= each.fromValue
            && (each.reason.empty()
                || std::ranges::find(record.lines, each.reason, &ReturnLine::reason) != record.lines.end());
    };
    const auto found = std::ranges::find_if(policy.routes, fits);
    record.routedTo = found == policy.routes.end() ? std::string() : found->to;
    record.decidingRole = found == policy.routes.end() ? "csr" : found->role;
}

} // namespace Counterfoil::Sandbox
