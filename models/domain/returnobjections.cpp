#include "returnable.h"

#include <QCoreApplication>
#include <QDate>
#include <QLocale>

#include <algorithm>
#include <set>

namespace Counterfoil {

namespace {

constexpr std::size_t mostReturnTextBytes = 4'000;

QString tr(const char *text)
{
    return QCoreApplication::translate("Returns", text);
}

QString numberText(Decimal number)
{
    return QString::fromStdString(number.toString());
}

QString percentText(std::int64_t basisPoints)
{
    return numberText({basisPoints * (Decimal::one / 100)});
}

// Whatever a reason asks is answered, and with what can be an answer.
std::optional<ReturnObjection> objectionToAnswers(const Return &wanted, const ReturnLine &line,
                                                  const ReturnRules &rules)
{
    for (const ReturnQuestion *question : rules.questionsOf(line.reason)) {
        const auto answer = std::ranges::find_if(wanted.answers, [&](const ReturnAnswer &each) {
            return each.lineNumber == line.lineNumber && each.question == question->code;
        });
        const std::string given = answer == wanted.answers.end() ? std::string() : answer->text;
        if (given.empty()) {
            if (question->required)
                return ReturnObjection{
                    .code = "question-missing", .orderLine = line.orderLine, .text = question->text};
            continue;
        }
        const bool fits = question->kind == "choice"
            ? ('\n' + question->choices + '\n').find('\n' + given + '\n') != std::string::npos
            : question->kind == "flag"   ? given == "yes" || given == "no"
            : question->kind == "number" ? Decimal::parse(given).has_value()
            : question->kind == "date"   ? Date::parse(given).has_value()
                                         : true;
        if (!fits)
            return ReturnObjection{
                .code = "answer-invalid", .orderLine = line.orderLine, .text = question->text};
    }
    return std::nullopt;
}

bool hasAttachment(const Return &wanted, const ReturnLine &line)
{
    return std::ranges::any_of(wanted.attachments, [&line](const Attachment &attachment) {
        return attachment.lineNumber == 0 || attachment.lineNumber == line.lineNumber;
    });
}

std::optional<ReturnObjection> objectionToQuantity(const ReturnFacts &facts, const ReturnLine &line,
                                                   Decimal quantity)
{
    const auto ordered = std::ranges::find(facts.order->lines, line.orderLine, &OrderLine::lineNumber);
    const auto lines = ordered == facts.order->lines.end() ? std::vector<ReturnableLine>()
                                                           : returnableLines(facts, line.reason);
    const auto found = std::ranges::find(lines, line.orderLine, &ReturnableLine::orderLine);
    if (found == lines.end())
        return ReturnObjection{"line-unknown", line.orderLine};
    if (quantity <= found->returnable)
        return std::nullopt;
    if (found->objection)
        return found->objection;
    return ReturnObjection{"returned", line.orderLine, found->returned, found->returnable};
}

std::optional<ReturnObjection> objectionToLine(const Return &wanted, const ReturnLine &line,
                                               const ReturnFacts &facts)
{
    if (!facts.rules || !facts.rules->accepts)
        return ReturnObjection{"agreement", line.orderLine};
    const ReturnReason *reason = facts.rules->findReason(line.reason);
    if (!reason)
        return ReturnObjection{"reason-unknown", line.orderLine};
    if (line.quantity <= Decimal())
        return ReturnObjection{"quantity-none", line.orderLine};
    if (auto objection = objectionToQuantity(facts, line, line.quantity))
        return objection;
    if (line.feeBasisPoints < reason->feeBasisPoints)
        return ReturnObjection{
            .code = "fee", .orderLine = line.orderLine, .basisPoints = reason->feeBasisPoints};
    const std::string outcomes = ' ' + reason->outcomes + ' ';
    if (outcomes.find(' ' + wanted.outcome + ' ') == std::string::npos)
        return ReturnObjection{"outcome", line.orderLine};
    if (auto objection = objectionToAnswers(wanted, line, *facts.rules))
        return objection;
    if (reason->needsAttachment && !hasAttachment(wanted, line))
        return ReturnObjection{"photo-missing", line.orderLine};
    return std::nullopt;
}

bool isTooLong(const Return &wanted)
{
    std::vector<const std::string *> texts{&wanted.comment, &wanted.refusal};
    for (const ReturnLine &line : wanted.lines)
        texts.insert(texts.end(), {&line.comment, &line.refusal, &line.reason, &line.disposition});
    for (const ReturnAnswer &answer : wanted.answers)
        texts.insert(texts.end(), {&answer.question, &answer.text});
    for (const Attachment &file : wanted.attachments)
        texts.insert(texts.end(), {&file.upload, &file.name, &file.mediaType, &file.sha256});
    return std::ranges::any_of(texts,
                               [](const std::string *text) { return text->size() > mostReturnTextBytes; });
}

std::optional<ReturnObjection> objectionToWhole(const Return &wanted, const ReturnFacts &facts)
{
    if (wanted.order != facts.order->key)
        return ReturnObjection{"order"};
    if (wanted.lines.empty())
        return ReturnObjection{"no-lines"};
    if (wanted.lines.size() > mostReturnLines)
        return ReturnObjection{"too-many-lines"};
    if (wanted.attachments.size() > mostAttachments)
        return ReturnObjection{"too-many-files"};
    const std::size_t questions = facts.rules ? facts.rules->questions.size() : 0;
    if (isTooLong(wanted) || wanted.answers.size() > wanted.lines.size() * questions)
        return ReturnObjection{"too-long"};
    return std::nullopt;
}

QString sentenceOfLine(const ReturnObjection &objection)
{
    const QString text = QString::fromStdString(objection.text);
    if (objection.code == "not-delivered")
        return tr("It was not delivered yet. Return it once it is here.");
    if (objection.code == "agreement")
        return tr("Nothing is taken back from this account. Write to us if something is wrong with it.");
    if (objection.code == "item")
        return text.isEmpty() ? tr("This item cannot come back for this reason.") : text;
    if (objection.code == "line-unknown")
        return tr("It is not on this order. Choose another line.");
    if (objection.code == "line-twice")
        return tr("It is named twice. Put the quantities together.");
    if (objection.code == "quantity-none")
        return tr("Say how many come back: the quantity has to be above 0.");
    if (objection.code == "reason-unknown")
        return tr("This reason is no longer one of ours. Choose another.");
    if (objection.code == "question-missing")
        return tr("A question is still to be answered: %1").arg(text);
    if (objection.code == "answer-invalid")
        return tr("This answer cannot be read. Look at the question again: %1").arg(text);
    if (objection.code == "photo-missing")
        return tr("A photo is needed for this reason. Add one.");
    if (objection.code == "fee")
        return tr("The restocking fee is %1 % now. Look at the return again, and ask once more.")
            .arg(percentText(objection.basisPoints));
    return tr("What you wish for is not possible for this reason. Choose another outcome.");
}

} // namespace

QString sentenceOf(const ReturnObjection &objection)
{
    const QString left = numberText(objection.left);
    if (objection.code == "window") {
        const QDate last = QDate(1970, 1, 1).addDays(objection.until.daysSinceEpoch);
        const QString day = QLocale().toString(last, QStringLiteral("d MMM yyyy"));
        return objection.left.isZero()
            ? tr("It could come back until %1.").arg(day)
            : tr("%1 of it came too long ago, and could come back until %2. %3 can still come back.")
                  .arg(numberText(objection.quantity), day, left);
    }
    if (objection.code == "returned") {
        return objection.left.isZero()
            ? tr("All of it was returned or credited already.")
            : tr("%1 of it was returned or credited already. %2 can still come back.")
                  .arg(numberText(objection.quantity), left);
    }
    if (objection.code == "no-lines")
        return tr("Choose what comes back.");
    if (objection.code == "too-many-lines")
        return tr("A return has at most %1 lines. Make two of it.").arg(mostReturnLines);
    if (objection.code == "too-many-files")
        return tr("A return has at most %1 files. Leave some out.").arg(mostAttachments);
    if (objection.code == "too-long")
        return tr("A text is too long. Shorten it.");
    if (objection.code == "order")
        return tr("This is no order of yours. Begin with the order.");
    return sentenceOfLine(objection);
}

std::vector<ReturnObjection> objectionsTo(const Return &wanted, const ReturnFacts &facts)
{
    if (auto whole = objectionToWhole(wanted, facts))
        return {*std::move(whole)};
    std::vector<ReturnObjection> found;
    std::set<std::int64_t> seen;
    for (const ReturnLine &line : wanted.lines) {
        auto objection = seen.insert(line.orderLine).second
            ? objectionToLine(wanted, line, facts)
            : std::optional(ReturnObjection{"line-twice", line.orderLine});
        if (objection)
            found.push_back(*std::move(objection));
    }
    return found;
}

std::vector<ReturnObjection> objectionsToDecision(const Return &decided, const ReturnFacts &facts)
{
    if (auto whole = objectionToWhole(decided, facts))
        return {*std::move(whole)};
    std::vector<ReturnObjection> found;
    if (std::ranges::count(returnOutcomes(), std::string_view(decided.outcome)) == 0)
        found.push_back({"outcome"});
    // Neither time nor rules bind who decides; what there is does.
    ReturnFacts all = facts;
    all.shipment.clear();
    all.invoice.clear();
    const auto lines = returnableLines(all);
    for (const ReturnLine &line : decided.lines) {
        const auto there = std::ranges::find(lines, line.orderLine, &ReturnableLine::orderLine);
        if (there == lines.end()) {
            found.push_back({"line-unknown", line.orderLine});
            continue;
        }
        const Decimal left = std::max(there->delivered - there->returned, Decimal());
        if (line.authorised < Decimal())
            found.push_back({"quantity-none", line.orderLine});
        else if (line.authorised > left)
            found.push_back({"returned", line.orderLine, there->returned, left});
    }
    return found;
}

} // namespace Counterfoil
