#pragma once

#include "invoice.h"
#include "message.h"
#include "returnable.h"
#include "smallcompany.h"

// A small company of which people send things back.
namespace ReturningCompany {

using namespace CommandedCompany;

// All that the feed tells of one order, as a window would have it.
struct OrderFile
{
    Order order;
    std::vector<Shipment> shipments;
    std::vector<Invoice> invoices;
    std::vector<Return> returns;
    std::vector<Item> items;
    ReturnRules rules;

    ReturnFacts facts(Instant now = today) const
    {
        return {.order = &order,
                .shipments = shipments,
                .invoices = invoices,
                .returns = returns,
                .items = items,
                .rules = &rules,
                .now = now};
    }
};

inline std::map<std::string, OrderFile> orderFiles(SandboxErp &erp, const std::string &account = {})
{
    Held held;
    (void)follow(erp, held, {});
    std::map<std::string, OrderFile> files;
    std::map<std::string, Item> items;
    ReturnRules rules;
    for (const Held::value_type &entry : held) {
        const AnyRecord &record = entry.second.record;
        if (const auto *order = record.as<Order>(); order && (account.empty() || order->account == account))
            files[order->key].order = *order;
        else if (const auto *item = record.as<Item>())
            items[item->key] = *item;
        else if (const auto *some = record.as<ReturnRules>(); some && some->account.empty())
            rules = *some;
    }
    for (const Held::value_type &entry : held) {
        const AnyRecord &record = entry.second.record;
        const auto put = [&files]<class Record>(const Record *of, std::vector<Record> OrderFile::*where) {
            if (const auto found = of ? files.find(of->order) : files.end(); found != files.end())
                (found->second.*where).push_back(*of);
        };
        put(record.as<Shipment>(), &OrderFile::shipments);
        put(record.as<Invoice>(), &OrderFile::invoices);
        put(record.as<Return>(), &OrderFile::returns);
    }
    for (auto &[key, file] : files) {
        file.rules = rules;
        for (const OrderLine &line : file.order.lines) {
            if (const auto found = items.find(line.sku); found != items.end())
                file.items.push_back(found->second);
        }
    }
    return files;
}

inline std::string answerTo(const ReturnQuestion &question)
{
    if (question.kind == "flag")
        return "no";
    if (question.kind == "choice")
        return question.choices.substr(0, question.choices.find('\n'));
    return question.kind == "date" ? "2026-11-02" : question.kind == "number" ? "3" : "It hums.";
}

// So many of an order line, for a reason that is answered in full.
inline Return wanted(const OrderFile &file, std::int64_t orderLine, Decimal quantity,
                     const std::string &reason = "wrong-sent")
{
    Return record;
    record.account = file.order.account;
    record.order = file.order.key;
    const ReturnReason *why = file.rules.findReason(reason);
    record.outcome = why->outcomes.substr(0, why->outcomes.find(' '));
    record.comment = "Please collect it.";
    ReturnLine &line = record.lines.emplace_back();
    line.lineNumber = 1;
    line.orderLine = orderLine;
    line.quantity = quantity;
    line.reason = reason;
    line.feeBasisPoints = why->feeBasisPoints;
    for (const ReturnQuestion *question : file.rules.questionsOf(reason))
        record.answers.push_back({1, question->code, answerTo(*question)});
    return record;
}

inline Command requesting(const std::string &key, const Return &record)
{
    Command command = newRecord(key, record, record.account);
    command.verb = "request";
    return command;
}

inline Command deciding(const std::string &key, const Return &seen, const Return &decided)
{
    Command command = saved(key, seen, decided);
    command.verb = "decide";
    return command;
}

// All of it, to be put back on the shelf.
inline Return authorised(Return record)
{
    for (ReturnLine &line : record.lines) {
        line.authorised = line.quantity;
        line.disposition = "restock";
    }
    return record;
}

} // namespace ReturningCompany
