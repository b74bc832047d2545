#include "bookwords.h"

#include "accountwords.h"
#include "display.h"
#include "outboxwords.h"
#include "statuswording.h"

#include <algorithm>

namespace Counterfoil {

namespace {

const std::string &textOf(const AnyRecord &record, const char *field)
{
    return record.type().find(field)->in<std::string>(record.data());
}

int rankOf(const BookEntry &entry, const AccountRowWords &words)
{
    if (!entry.isCurrent() && !entry.pending)
        return 3;
    if (entry.undecided || textOf(entry.record, "status") == "refused")
        return 0;
    return words.marks.isEmpty() || words.marks.first().tone != Tone::Info ? 2 : 1;
}

struct Ranked
{
    int rank;
    AccountRowWords words;
};

QList<AccountRowWords> sorted(std::vector<Ranked> &rows)
{
    std::ranges::stable_sort(rows, [](const Ranked &a, const Ranked &b) {
        return a.rank != b.rank ? a.rank < b.rank
                                : QString::localeAwareCompare(a.words.name, b.words.name) < 0;
    });
    QList<AccountRowWords> words;
    for (const Ranked &row : rows)
        words.append(row.words);
    return words;
}

} // namespace

QString BookWords::rowKey(const BookEntry &entry)
{
    return Display::text(entry.target);
}

bool BookWords::may(std::string_view verb, const RecordType &kind) const
{
    return mayAsk(m_person, verb, kind);
}

void BookWords::addUndecided(AccountRowWords &words, const OutboxEntry &entry) const
{
    const OutboxWords told = OutboxWords::of(entry, m_outbox);
    words.state = {told.state, told.symbol, toneNamed(told.tone)};
    words.explanation = told.explanation;
    words.explanationTone = toneNamed(told.tone);
    words.deeds |= RowDeed::ShowEntry;
    words.entryText = tr("Show in the outbox");
    if (entry.state == OutboxEntry::State::Conflict)
        words.entryText = tr("Compare and decide");
    else if (!entry.command.record.isNull() && may(entry.command.verb, *entry.command.kind))
        words.deeds |= RowDeed::EditRefused;
}

void BookWords::addState(AccountRowWords &words, const BookEntry &entry) const
{
    const std::string &status = textOf(entry.record, "status");
    const StatusWording::Words wording = m_wording.of(entry.record.type().name, status);
    if (!status.empty())
        words.state = {wording.label, wording.symbol, toneNamed(wording.tone)};
    const QString reason = Display::text(textOf(entry.record, "reason"));
    if (status == "refused" && entry.isCurrent()) {
        words.explanation = reason.isEmpty() ? tr("The supplier refused it without saying why.")
                                             : tr("The supplier refused it: %1").arg(reason);
        words.explanationTone = Tone::Bad;
        if (may("save", entry.record.type()))
            words.deeds |= RowDeed::EditRefused;
    }
    if (entry.pending) {
        const OutboxWords told = OutboxWords::of(*entry.pending, m_outbox);
        words.state = {told.state, told.symbol, toneNamed(told.tone)};
        words.explanation = entry.retiring ? tr("It is to be retired. %1").arg(told.explanation).trimmed()
                                           : told.explanation;
        words.explanationTone = Tone::Neutral;
        words.deeds.setFlag(RowDeed::EditRefused, false);
        words.deeds |= RowDeed::ShowEntry;
        words.entryText = tr("Show in the outbox");
    }
    if (entry.undecided)
        addUndecided(words, *entry.undecided);
    const bool current = entry.isCurrent();
    const bool there = entry.version > 0 || entry.pending.has_value();
    words.faded = !current;
    words.deeds.setFlag(RowDeed::Edit, current && there && may("save", entry.record.type()));
    words.deeds.setFlag(RowDeed::Retire, current && there && may("retire", entry.record.type()));
}

AccountRowWords BookWords::address(const BookEntry &entry, const Account &account) const
{
    const auto &address = *entry.record.as<Address>();
    AccountRowWords words;
    words.key = rowKey(entry);
    words.name = Display::text(address.name);
    words.detail = AccountWords::oneLine(address);
    addState(words, entry);
    if (!entry.isCurrent())
        return words;
    const bool usualShipTo = account.defaultShipTo == entry.target;
    const bool usualBillTo = account.defaultBillTo == entry.target;
    if (usualShipTo)
        words.marks.append({tr("Usual for deliveries"), QStringLiteral("✓"), Tone::Info});
    if (usualBillTo)
        words.marks.append({tr("Usual for invoices"), QStringLiteral("✓"), Tone::Info});
    if (address.shipTo && !usualShipTo)
        words.marks.append({tr("Deliveries"), {}, Tone::Neutral});
    if (address.billTo && !usualBillTo)
        words.marks.append({tr("Invoices"), {}, Tone::Neutral});
    const bool choosable
        = words.deeds.testFlag(RowDeed::Edit) && address.status != "refused" && may("save", Account::type);
    words.deeds.setFlag(RowDeed::MakeShipTo, choosable && address.shipTo && !usualShipTo);
    words.deeds.setFlag(RowDeed::MakeBillTo, choosable && address.billTo && !usualBillTo);
    return words;
}

AccountRowWords BookWords::contact(const BookEntry &entry) const
{
    const auto &contact = *entry.record.as<Contact>();
    AccountRowWords words;
    words.key = rowKey(entry);
    words.name = Display::text(contact.name);
    words.detail = AccountWords::about(contact);
    words.email = Display::text(contact.email);
    QStringList phones{Display::text(contact.phone), Display::text(contact.mobile)};
    phones.removeAll(QString());
    words.phones = phones.join(QStringLiteral(" · "));
    addState(words, entry);
    // One's own may be changed whatever one's role.
    if (!m_person.contact.isEmpty() && words.key == m_person.contact && entry.isCurrent()) {
        words.deeds |= RowDeed::Edit;
        words.marks.append({tr("You"), {}, Tone::Info});
    }
    return words;
}

QList<AccountRowWords> BookWords::addresses(const std::vector<BookEntry> &entries, const Account &account,
                                            bool withRetired) const
{
    std::vector<Ranked> rows;
    for (const BookEntry &entry : entries) {
        AccountRowWords words = address(entry, account);
        const int rank = rankOf(entry, words);
        if (rank < 3 || withRetired)
            rows.push_back({rank, std::move(words)});
    }
    return sorted(rows);
}

QList<AccountRowWords> BookWords::contacts(const std::vector<BookEntry> &entries, bool withRetired) const
{
    std::vector<Ranked> rows;
    for (const BookEntry &entry : entries) {
        AccountRowWords words = contact(entry);
        const int rank = rankOf(entry, words);
        if (rank < 3 || withRetired)
            rows.push_back({rank, std::move(words)});
    }
    return sorted(rows);
}

} // namespace Counterfoil
