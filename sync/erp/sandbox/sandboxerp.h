#pragma once

#include "clock.h"
#include "connector.h"
#include "paperdata.h"

#include <memory>
#include <optional>

namespace Counterfoil {

struct Address;
struct Contact;
struct CsvImportOptions;
struct CsvImportReport;

// How a sandbox company is made and how fast it lives.
struct SandboxSettings
{
    // Read when the file is created, and kept in it: a company does not change afterwards.
    std::uint64_t seed = 1;
    std::int64_t scale = 5'000; // orders in its two years of history, 0 to 1,000,000

    // Read at every opening. At speed 1 a business day passes in a minute and about two changes a
    // second reach the feed; at speed 10 ten times as much happens in the same time.
    double speed = 1.0; // above 0, at most 1,000

    // Changes a second that the feed shall carry, whatever the speed; 0: as the speed has it. At most 5,000.
    double changesPerSecond = 0;

    // Makes the bytes of a document when it is first asked for, on the thread that asks. Without it, nothing
    // can be issued; what was issued before is still there.
    PaperDrawing drawing;

    // The registered SQLite VFS that the file is in, for tests; empty: the platform's own. With one, the
    // company has to be there already: nothing is made.
    std::string vfs;
};

// How far the making of a company or an import has come.
struct SandboxProgress
{
    std::int64_t done = 0;
    std::int64_t total = 0; // 0: not known
};
using SandboxProgressCallback = std::function<void(const SandboxProgress &)>;

// The embedded ERP: a wholesaler with accounts, products, stock, orders, shipments, invoices and
// payments in an SQLite file of its own, which no transaction shares with anybody. It never acts by
// itself: advance() moves it to a given time, so that tests decide when something happens; SandboxLife
// calls it in the real program.
//
// What was issued once is kept in the file and never drawn again.
//
// changesAfter() belongs to one thread, as Connector says; everything else may be called from any
// thread and waits its turn.
class SandboxErp final : public Connector
{
public:
    // Opens the company in `path`; when there is none, makes it first, which takes seconds to minutes
    // depending on the scale. A making that was interrupted leaves nothing behind and starts over. The
    // company stands still while its file is closed and goes on from the clock's now. `clock` is read
    // here alone.
    static Result<std::unique_ptr<SandboxErp>> open(const QString &path, const SandboxSettings &settings,
                                                    const Clock &clock,
                                                    const SandboxProgressCallback &progress = {});
    ~SandboxErp() override;

    Result<ErpBatch> changesAfter(const std::string &position, int limit) override;
    // The company goes on while a paper is drawn. Issued at the latest time that open() or advance() were
    // given.
    Result<IssuedDocument> document(const std::string &key) override;
    // At the latest time that open() or advance() were given. What people enter is pending until somebody at
    // the company has looked at it, some hours of its time later, and confirms or refuses it.
    Result<CommandEffect> execute(const Command &command, const std::string &actor) override;
    Result<std::optional<CommandEffect>> findByKey(const std::string &key) override;
    // At the latest time as well.
    Result<Quote> quote(const QuoteRequest &request, const std::string &actor) override;
    Outcome setReturnPolicy(const ReturnPolicy &policy) override;
    void setChangeCallback(std::function<void()> callback) override;

    // What happened in the company up to `now` is carried out and committed, at most `maxSteps` steps.
    // An earlier time than before does nothing.
    static constexpr int maxSteps = 500;
    struct Advance
    {
        std::int64_t changes = 0; // written to the feed
        bool more = false;        // maxSteps ended it; call again
        Instant nextAt;           // when the next step is due
    };
    Result<Advance> advance(Instant now);

    // The supplier words a state anew: `statusKey` as in Status::key. NotFound when there is no such state.
    Outcome setStatusLabel(const std::string &statusKey, const std::string &label, Instant now);

    // The supplier's own people change the record with this key: its Editable fields become those given, and
    // it is confirmed. NotFound when there is none.
    Outcome editAddress(const Address &address, Instant now);
    Outcome editContact(const Contact &contact, Instant now);

    // The account's office has moved: its usual billing address and its city become those of `to`, of which
    // street, city, region and postal code count. NotFound when the account has none.
    Outcome moveAccount(const std::string &account, const Address &to, Instant now);

    // Takes in an order history; see csvimport.h. All or nothing: a file that is none changes nothing.
    // It happens at the latest time that open() or advance() were given.
    Result<CsvImportReport> importCsv(const QString &file, const CsvImportOptions &options,
                                      const SandboxProgressCallback &progress = {});

private:
    class Private;
    explicit SandboxErp(std::unique_ptr<Private> state);
    std::unique_ptr<Private> d;
};

} // namespace Counterfoil
