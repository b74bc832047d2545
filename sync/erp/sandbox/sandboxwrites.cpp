#include "contact.h"
#include "csvimporter.h"
#include "quoting.h"
#include "recordclerk.h"
#include "returnpolicy.h"
#include "sandboxprivate.h"
#include "status.h"

#include "sandboxtext.h"

namespace Counterfoil {

namespace {

Error noSuchRecord(const std::string &key)
{
    return {ErrorKind::NotFound, SandboxText::tr("The ERP knows no such record."),
            QString::fromStdString(key)};
}

} // namespace

Outcome SandboxErp::Private::write(const std::function<Outcome()> &work)
{
    std::int64_t before = 0;
    std::int64_t after = 0;
    {
        const std::lock_guard lock(turn);
        if (!simulation) {
            if (auto loaded = loadSimulation(); !loaded)
                return loaded;
        }
        before = books->posted();
        const auto done = writing.transaction([&]() -> Outcome {
            auto worked = work();
            return worked ? books->outcome() : worked;
        });
        if (!done) {
            // What was thought of is not in the books: think again, from the books.
            simulation.reset();
            return done;
        }
        after = books->posted();
    }
    if (after != before)
        notify();
    return Done();
}

Result<CommandEffect> SandboxErp::execute(const Command &command, const std::string &actor)
{
    CommandEffect effect;
    const auto done = d->write([&]() -> Outcome {
        effect = Sandbox::RecordClerk(*d->books, *d->simulation, d->lastSeen).execute(command, actor);
        return Done();
    });
    if (!done)
        return done.error();
    return effect;
}

Result<std::optional<CommandEffect>> SandboxErp::findByKey(const std::string &key)
{
    std::optional<CommandEffect> effect;
    const auto done = d->write([&]() -> Outcome {
        if (const auto target = d->books->commandTarget(key))
            effect = CommandEffect{.target = *target};
        return Done();
    });
    if (!done)
        return done.error();
    return effect;
}

Result<Quote> SandboxErp::quote(const QuoteRequest &request, const std::string &)
{
    std::optional<Quote> quote;
    const auto done = d->write([&]() -> Outcome {
        quote = Sandbox::Quoting(*d->books, *d->simulation, *d->company, d->lastSeen).quote(request);
        return Done();
    });
    if (!done)
        return done.error();
    if (!quote)
        return noSuchRecord(request.account);
    return *std::move(quote);
}

Outcome SandboxErp::setReturnPolicy(const ReturnPolicy &policy)
{
    return d->write([&]() -> Outcome {
        Sandbox::writeReturnPolicy(*d->books, policy, d->lastSeen);
        return Done();
    });
}

Outcome SandboxErp::editAddress(const Address &address, Instant now)
{
    return d->edit(AnyRecord(std::make_shared<Address>(address)), now);
}

Outcome SandboxErp::editContact(const Contact &contact, Instant now)
{
    return d->edit(AnyRecord(std::make_shared<Contact>(contact)), now);
}

Outcome SandboxErp::Private::edit(const AnyRecord &record, Instant now)
{
    return write([&]() -> Outcome {
        if (Sandbox::RecordClerk(*books, *simulation, now).edit(record))
            return Done();
        return noSuchRecord(record.type().find("key")->in<std::string>(record.data()));
    });
}

Outcome SandboxErp::moveAccount(const std::string &account, const Address &to, Instant now)
{
    return d->write([&]() -> Outcome {
        if (Sandbox::RecordClerk(*d->books, *d->simulation, now).moveAccount(account, to))
            return Done();
        return noSuchRecord(account);
    });
}

Outcome SandboxErp::setStatusLabel(const std::string &statusKey, const std::string &label, Instant now)
{
    return d->write([&]() -> Outcome {
        Status status;
        const auto id = d->books->idOf(Status::type, statusKey);
        if (!id || !d->books->read(Status::type, *id, &status))
            return noSuchRecord(statusKey);
        if (status.label == label)
            return Done();
        status.label = label;
        d->books->postAgain(Status::type, *id, &status, now);
        return Done();
    });
}

Result<CsvImportReport> SandboxErp::importCsv(const QString &file, const CsvImportOptions &options,
                                              const SandboxProgressCallback &progress)
{
    std::unique_lock lock(d->turn);
    // Books of its own: an import that fails takes its failure along.
    Sandbox::Books books(d->writing);
    Sandbox::CsvImporter importer(books, options, d->lastSeen, progress);
    if (const auto done = d->writing.transaction([&] { return importer.run(file); }); !done)
        return done.error();
    lock.unlock();
    d->notify();
    return importer.report();
}

} // namespace Counterfoil
