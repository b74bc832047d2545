#include "returnterms.h"

#include "configurationwords.h"
#include "return.h"

#include <algorithm>
#include <array>
#include <map>

namespace Counterfoil {

using ConfigurationWords::shown;
using ConfigurationWords::tr;

namespace {

constexpr std::int64_t mostWindowDays = 3'650;
constexpr std::size_t mostRuleSets = 2'000;
constexpr std::string_view everybody = "everybody"; // who has no terms of their own

// Reads a [[returns.terms]] on top of those that it is like.
class TermsReader
{
public:
    TermsReader(SectionReader &section, ReturnRules rules)
        : m_section(section)
        , m_rules(std::move(rules))
    { }

    ReturnRules read();

private:
    void readReason(SectionReader &section);
    void readQuestion(SectionReader &section, const std::string &reason);
    void readExclusion(SectionReader &section);
    void readOutcomes(SectionReader &section, ReturnReason &reason);

    SectionReader &m_section;
    ReturnRules m_rules;
    std::set<std::string> m_reasons; // said in this section
};

ReturnRules TermsReader::read()
{
    m_section.read("accepts", m_rules.accepts);
    m_section.readMoney("minimum-fee", m_rules.minimumFee);
    m_section.read("instructions", m_rules.instructions);
    m_section.read("return-to", m_rules.returnTo);
    m_section.each("reason", [this](SectionReader &section) { readReason(section); });
    m_section.each("exclusion", [this](SectionReader &section) { readExclusion(section); });
    if (m_rules.accepts && m_rules.reasons.empty())
        m_section.complain("reason", tr("what is taken back needs a reason: add [[returns.terms.reason]]."));
    return std::move(m_rules);
}

void TermsReader::readReason(SectionReader &section)
{
    std::string code;
    section.readCode("code", code);
    section.need("code");
    if (!m_reasons.insert(code).second)
        section.complain("code", tr("the reason \"%1\" is there twice.").arg(shown(code)));
    auto found = std::ranges::find(m_rules.reasons, code, &ReturnReason::code);
    if (found == m_rules.reasons.end()) {
        section.need("label");
        ReturnReason added;
        added.code = code;
        added.outcomes = ReturnOutcome::credit;
        found = m_rules.reasons.insert(found, std::move(added));
    }
    section.read("label", found->label);
    section.read("window-days", found->windowDays, 0, mostWindowDays);
    section.readPercent("fee", found->feeBasisPoints);
    section.read("even-excluded", found->evenExcluded);
    section.read("needs-attachment", found->needsAttachment);
    section.read("label-paid", found->labelPaid);
    section.read("instructions", found->instructions);
    readOutcomes(section, *found);
    if (section.has("question"))
        std::erase_if(m_rules.questions, [&code](const ReturnQuestion &each) { return each.reason == code; });
    section.each("question", [&](SectionReader &question) { readQuestion(question, code); });
}

void TermsReader::readOutcomes(SectionReader &section, ReturnReason &reason)
{
    if (!section.has("outcomes"))
        return;
    std::vector<std::string> outcomes;
    section.read("outcomes", outcomes);
    const auto known = returnOutcomes();
    reason.outcomes.clear();
    for (const std::string &outcome : outcomes) {
        if (std::ranges::find(known, outcome) == known.end())
            section.complain("outcomes", tr("there is no outcome \"%1\" of a return.").arg(shown(outcome)));
        (reason.outcomes += reason.outcomes.empty() ? "" : " ") += outcome;
    }
    if (outcomes.empty())
        section.complain("outcomes", tr("a reason needs an outcome that can be wished for."));
}

void TermsReader::readQuestion(SectionReader &section, const std::string &reason)
{
    static constexpr std::array<std::string_view, 5> kinds{"text", "number", "date", "flag", "choice"};
    ReturnQuestion question;
    question.reason = reason;
    question.kind = "text";
    section.readCode("code", question.code);
    section.need("code");
    section.read("text", question.text);
    section.need("text");
    section.readOneOf("kind", question.kind, kinds);
    section.read("required", question.required);
    std::vector<std::string> choices;
    section.read("choices", choices);
    if ((question.kind == "choice") == choices.empty())
        section.complain("choices",
                         tr("\"choices\" belong to a question of the kind \"choice\", and to no other."));
    for (const std::string &choice : choices) {
        if (choice.find('\n') != std::string::npos)
            section.complain("choices", tr("a choice has one line."));
        (question.choices += question.choices.empty() ? "" : "\n") += choice;
    }
    const bool twice = std::ranges::any_of(m_rules.questions, [&](const ReturnQuestion &each) {
        return each.reason == reason && each.code == question.code;
    });
    if (twice)
        section.complain("code", tr("the question \"%1\" is there twice.").arg(shown(question.code)));
    m_rules.questions.push_back(std::move(question));
}

void TermsReader::readExclusion(SectionReader &section)
{
    ReturnExclusion exclusion;
    int named = 0;
    for (const char *of : {"item", "category", "family"}) {
        section.read(of, exclusion.value);
        if (section.has(of)) {
            exclusion.of = of;
            ++named;
        }
    }
    section.read("why", exclusion.why);
    section.need("why");
    if (named != 1 || exclusion.value.empty())
        section.complain({}, tr("an exclusion names one item, category or family."));
    m_rules.exclusions.push_back(std::move(exclusion));
}

// All of the section; the policy keeps what is for somebody.
class PolicyReader
{
public:
    explicit PolicyReader(SectionReader &returns)
        : m_returns(returns)
    { }

    ReturnPolicy read();

private:
    void readTerms(SectionReader &section);
    void addFor(SectionReader &section, ReturnRules rules);
    void readRoute(SectionReader &section);
    bool knowsReason(const std::string &code) const;

    SectionReader &m_returns;
    ReturnPolicy m_policy;
    std::map<std::string, ReturnRules> m_terms; // by name
};

ReturnPolicy PolicyReader::read()
{
    m_returns.each("terms", [this](SectionReader &section) { readTerms(section); });
    m_returns.each("route", [this](SectionReader &section) { readRoute(section); });
    if (m_policy.rules.empty())
        m_returns.complain("terms",
                           tr("no terms are for anybody: say for = [\"everybody\"] in some of them."));
    if (m_policy.rules.size() > mostRuleSets)
        m_returns.complain("terms", tr("there are terms for more than %1 accounts.").arg(mostRuleSets));
    return std::move(m_policy);
}

// Terms are like those above them, never like those below, so there is no going round in circles.
void PolicyReader::readTerms(SectionReader &section)
{
    std::string name;
    std::string like;
    section.read("name", name);
    section.need("name");
    section.read("like", like);
    ReturnRules rules;
    if (!like.empty()) {
        const auto above = m_terms.find(like);
        if (above == m_terms.end())
            section.complain(
                "like",
                tr("no terms above are called \"%1\". Terms can be like those above them alone, so that "
                   "none are like themselves in a circle.")
                    .arg(shown(like)));
        else
            rules = above->second;
    }
    rules.name = name;
    rules = TermsReader(section, std::move(rules)).read();
    if (!m_terms.emplace(name, rules).second)
        section.complain("name", tr("the terms \"%1\" are there twice.").arg(shown(name)));
    addFor(section, std::move(rules));
}

void PolicyReader::addFor(SectionReader &section, ReturnRules rules)
{
    std::vector<std::string> accounts;
    section.read("for", accounts);
    for (const std::string &account : accounts) {
        rules.account = account == everybody ? std::string() : account;
        if (std::ranges::find(m_policy.rules, rules.account, &ReturnRules::account) != m_policy.rules.end())
            section.complain("for", tr("there are terms for \"%1\" already.").arg(shown(account)));
        m_policy.rules.push_back(rules);
    }
}

bool PolicyReader::knowsReason(const std::string &code) const
{
    return std::ranges::any_of(
        m_policy.rules, [&code](const ReturnRules &rules) { return rules.findReason(code) != nullptr; });
}

void PolicyReader::readRoute(SectionReader &section)
{
    static constexpr std::array<std::string_view, 2> deciding{"csr", "admin"};
    ReturnRoute route;
    section.read("account", route.account);
    section.readCode("reason", route.reason);
    section.readMoney("from-value", route.fromValue);
    section.read("to", route.to);
    section.need("to");
    section.readOneOf("role", route.role, deciding);
    if (section.has("reason") && !knowsReason(route.reason))
        section.complain("reason", tr("no terms have a reason \"%1\".").arg(shown(route.reason)));
    const bool never = std::ranges::any_of(m_policy.routes, [&route](const ReturnRoute &above) {
        return (above.account.empty() || above.account == route.account)
            && (above.reason.empty() || above.reason == route.reason) && above.fromValue <= route.fromValue;
    });
    if (never)
        section.complain(
            "to", tr("no return gets here, since a route above takes all that would. Put this one first."));
    m_policy.routes.push_back(std::move(route));
}

} // namespace

ReturnPolicy readReturns(SectionReader &returns)
{
    return PolicyReader(returns).read();
}

} // namespace Counterfoil
