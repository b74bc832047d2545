#include "chance.h"
#include "contact.h"
#include "directory.h"
#include "objections.h"
#include "paperwork.h"
#include "simulation.h"
#include "statements.h"

#include <algorithm>

namespace Counterfoil::Sandbox {

namespace { } // namespace

void Simulation::addressesChanged(const std::string &account)
{
    m_addresses.forget(account);
}

void Simulation::planCheck(const RecordType &type, std::int64_t id, Instant at)
{
    m_now = std::max(m_now, m_clock.companyTime(at));
    m_task = m_lastPlan + 1;
    SeededRandom random = taskChance(0);
    plan(between(random, 2 * msPerHour, 10 * msPerHour),
         &type == &Address::type ? Task::CheckAddress : Task::CheckContact, id);
    saveCounters();
}

void Simulation::planTidying()
{
    m_task = m_lastPlan + 1;
    SeededRandom random = taskChance(0);
    plan(between(random, 24 * msPerHour, 96 * msPerHour), Task::Tidy, 0);
}

// Somebody looks at what a customer has entered.
void Simulation::check(const RecordType &type, std::int64_t id)
{
    AnyRecord before(type);
    AnyRecord after(type);
    if (!m_books.read(type, id, before.data()) || !m_books.read(type, id, after.data()))
        return;
    auto &status = type.find("status")->in<std::string>(after.data());
    auto &reason = type.find("reason")->in<std::string>(after.data());
    if (status != "pending")
        return;
    reason = objectionTo(before);
    status = reason.empty() ? "confirmed" : "refused";
    m_books.change({supplierActor, "check", {}}, type, id, before.data(), after.data(), stamp());
    addressesChanged(type.findFlag(AccountKey)->in<std::string>(std::as_const(after).data()));
}

// Somebody keeps the customers' records in order: now and then a number or a name has changed.
void Simulation::tidyUp()
{
    SeededRandom random = taskChance(0);
    const Customer &customer = m_company.anyCustomer(random);
    const bool aPerson = percent(random, 60);
    const RecordType &type = aPerson ? Contact::type : Address::type;
    const auto ids = m_books.currentOf(type, customer.account.key);
    const std::int64_t id = ids.empty() ? 0 : ids[random.below(ids.size())];
    AnyRecord before(type);
    AnyRecord after(type);
    if (m_books.read(type, id, before.data()) && m_books.read(type, id, after.data())
        && type.find("status")->in<std::string>(before.data()) == "confirmed") {
        if (auto *contact = after.as<Contact>())
            contact->mobile = anyPhone(random, *customer.country);
        else
            after.as<Address>()->attention = "Goods in, gate " + std::to_string(between(random, 1, 9));
        m_books.change({supplierActor, "tidy", {}}, type, id, before.data(), after.data(), stamp());
        addressesChanged(customer.account.key);
    }
    reviseAnItemPaper();
    planTidying();
}

// Now and then what is said of an item is revised. The earlier revision stays, and is told to be one.
void Simulation::reviseAnItemPaper()
{
    SeededRandom random = taskChance(1);
    if (!percent(random, 60))
        return;
    const auto &products = m_company.products();
    for (std::size_t tried = 0, at = random.below(products.size()); tried < products.size(); ++tried) {
        const Product &product = products[(at + tried) % products.size()];
        std::int64_t next = 0; // revision
        Document last;
        while (next < mostRevisions) {
            const auto wanted = revisionOf(product, next, stamp());
            const auto id = wanted ? m_books.idOf(Document::type, wanted->key) : std::nullopt;
            if (!id || !m_books.read(Document::type, *id, &last))
                break;
            ++next;
        }
        if (next == 0 || next == mostRevisions)
            continue;
        last.superseded = true;
        m_books.postAgain(Document::type, documentId(last.paper, product.id * mostRevisions + next - 1),
                          &last, stamp());
        Document revised = *revisionOf(product, next, stamp());
        revised.account = last.account;
        m_books.postDocument(product.id * mostRevisions + next, std::move(revised), stamp());
        return;
    }
}

// Once a month is over, every account is told where it stands.
void Simulation::turnMonth()
{
    const Instant now = stamp();
    if (m_makingHistory || now < m_monthEnds)
        return;
    issueStatements(m_books, m_company, m_monthBegan, now);
    m_monthBegan = beginningOfMonth(monthOf(now));
    m_monthEnds = beginningOfMonth(monthOf(now) + 1);
    m_books.setMeta("monthBegan", std::to_string(m_monthBegan.ms));
}

} // namespace Counterfoil::Sandbox
