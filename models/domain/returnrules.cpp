#include "returnrules.h"

#include <algorithm>

namespace Counterfoil {

using FieldTable::create;
using FieldTable::field;
using FieldTable::list;

namespace {

constexpr Field reasonFields[] = {
    field<&ReturnReason::code>("code", "Code"),
    field<&ReturnReason::label>("label", "Reason"),
    field<&ReturnReason::windowDays>("windowDays", "Days after delivery; 0: for ever"),
    field<&ReturnReason::feeBasisPoints>("feeBasisPoints", "Restocking fee"),
    field<&ReturnReason::evenExcluded>("evenExcluded", "Also for what is excluded"),
    field<&ReturnReason::needsAttachment>("needsAttachment", "Needs a photo or file"),
    field<&ReturnReason::labelPaid>("labelPaid", "Label is prepaid"),
    field<&ReturnReason::outcomes>("outcomes", "Possible outcomes"),
    field<&ReturnReason::instructions>("instructions", "How to send it"),
};

constexpr Field questionFields[] = {
    field<&ReturnQuestion::reason>("reason", "Reason"),
    field<&ReturnQuestion::code>("code", "Code"),
    field<&ReturnQuestion::text>("text", "Question"),
    field<&ReturnQuestion::kind>("kind", "Kind of answer"),
    field<&ReturnQuestion::choices>("choices", "Choices"),
    field<&ReturnQuestion::required>("required", "Has to be answered"),
};

constexpr Field exclusionFields[] = {
    field<&ReturnExclusion::of>("of", "What it names"),
    field<&ReturnExclusion::value>("value", "Name"),
    field<&ReturnExclusion::why>("why", "Why"),
};

constexpr Field rulesFields[] = {
    field<&ReturnRules::key>("key", "Key", Key),
    field<&ReturnRules::account>("account", "Account", AccountKey),
    field<&ReturnRules::name>("name", "Rules", Column),
    field<&ReturnRules::accepts>("accepts", "Things are taken back"),
    field<&ReturnRules::fromShipping>("fromShipping", "Days count from shipping"),
    field<&ReturnRules::minimumFee>("minimumFee", "Least restocking fee"),
    field<&ReturnRules::instructions>("instructions", "How to send it"),
    field<&ReturnRules::returnTo>("returnTo", "Send to"),
    list<&ReturnRules::reasons>("reasons", "Reasons"),
    list<&ReturnRules::questions>("questions", "Questions"),
    list<&ReturnRules::exclusions>("exclusions", "What cannot come back"),
};

} // namespace

constinit const RecordType ReturnReason::type{"returnReason", "returnReasons", reasonFields,
                                              &create<ReturnReason>};
constinit const RecordType ReturnQuestion::type{"returnQuestion", "returnQuestions", questionFields,
                                                &create<ReturnQuestion>};
constinit const RecordType ReturnExclusion::type{"returnExclusion", "returnExclusions", exclusionFields,
                                                 &create<ReturnExclusion>};
constinit const RecordType ReturnRules::type{"returnRules", "returnRuleSets", rulesFields,
                                             &create<ReturnRules>};

const ReturnReason *ReturnRules::findReason(std::string_view code) const
{
    const auto found = std::ranges::find(reasons, code, &ReturnReason::code);
    return found == reasons.end() ? nullptr : &*found;
}

std::vector<const ReturnQuestion *> ReturnRules::questionsOf(std::string_view reason) const
{
    std::vector<const ReturnQuestion *> all;
    for (const ReturnQuestion &question : questions) {
        if (question.reason == reason)
            all.push_back(&question);
    }
    return all;
}

const ReturnRules *rulesFor(std::span<const ReturnRules> all, std::string_view account)
{
    auto found = std::ranges::find(all, account, &ReturnRules::account);
    if (found == all.end())
        found = std::ranges::find(all, std::string_view(), &ReturnRules::account);
    return found == all.end() ? nullptr : &*found;
}

} // namespace Counterfoil
