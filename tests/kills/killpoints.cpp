#include "killpoints.h"

namespace Counterfoil {

namespace {

// Rules: a step a line; operation, file's end, text, count, when.
#define OUTBOX "outbox.sqlite-wal"
#define CACHE "cache.sqlite-wal"
#define GATEWAY "gateway.sqlite-wal"
#define ERP "erp.sqlite-wal"
#define SENDING "send\t\tPOST /v1/commands HTTP\t"
#define ASKING "send\t\tPOST /v1/commands/outcomes\t"
#define ANSWERED "receive\t\t\"state\":\t1\tafter\n"
#define COMMAND_CAME "receive\t\tPOST /v1/commands HTTP\t2\tafter\n"
#define EFFECT_KEPT "sync\t" ERP "\t\t2\tafter\n"

constexpr KillPoint points[] = {
    // What the person asked for.
    {"outbox: before the first write", Victim::Client, "write\t" OUTBOX "\t\t1\tbefore"},
    {"outbox: half of a write", Victim::Client, "write\t" OUTBOX "\t\t4\thalf"},
    {"outbox: written, before the first sync", Victim::Client, "sync\t" OUTBOX "\t\t1\tbefore"},
    {"outbox: after the first sync, before anybody is told", Victim::Client, "sync\t" OUTBOX "\t\t1\tafter"},
    {"outbox: before a later sync", Victim::Client, "sync\t" OUTBOX "\t\t9\tbefore"},
    {"outbox: after a later sync", Victim::Client, "sync\t" OUTBOX "\t\t14\tafter"},
    // On its way.
    {"command: noted as sending, before it is sent", Victim::Client, SENDING "1\tbefore"},
    {"command: half of it sent", Victim::Client, SENDING "2\thalf"},
    {"command: sent, before any answer", Victim::Client, SENDING "3\tafter"},
    {"answer: here, nothing noted", Victim::Client, "receive\t\t\"state\":\t2\tafter"},
    {"answer: before the write that notes it", Victim::Client, ANSWERED "write\t" OUTBOX "\t\t1\tbefore"},
    {"answer: half of the write that notes it", Victim::Client, ANSWERED "write\t" OUTBOX "\t\t1\thalf"},
    {"answer: written, before its sync", Victim::Client, ANSWERED "sync\t" OUTBOX "\t\t1\tbefore"},
    {"answer: noted", Victim::Client, ANSWERED "sync\t" OUTBOX "\t\t1\tafter"},
    {"outcomes: before they are asked for", Victim::Client, ASKING "1\tbefore"},
    {"outcomes: asked for, before the answer", Victim::Client, ASKING "1\tafter"},
    {"outcomes: answered, nothing noted", Victim::Client,
     ASKING "1\tafter\nreceive\t\t\"outcomes\":[\t1\tafter"},
    {"outcomes: the nudge is here", Victim::Client, "receive\t\t\"frame\":\"outcomes\"\t1\tafter"},
    // The facts.
    {"cache: a change is here, nothing stored", Victim::Client, "receive\t\t\"frame\":\"changes\"\t2\tafter"},
    {"cache: half of a live change's commit", Victim::Client,
     "receive\t\t\"frame\":\"changes\"\t1\tafter\nwrite\t" CACHE "\t\t3\thalf"},
    {"cache: before a fill begins", Victim::Client, "send\t\tPOST /v1/snapshot\t1\tbefore", true},
    {"cache: in a fill page's commit", Victim::Client, "write\t" CACHE "\t\t60\thalf", true},
    {"cache: between two pages of a fill", Victim::Client, "send\t\tGET /v1/snapshot/shipment\t1\tbefore",
     true},
    {"cache: half of a new file's first page", Victim::Client, "write\tcache.sqlite\t\t1\thalf", true},
    {"cache: at a checkpoint's sync", Victim::Client, "sync\t" CACHE "\t\t1\tbefore", true},
    {"document part: half of a write", Victim::Client, "write\t.part\t\t1\thalf", true},
    {"document part: whole, before its notes", Victim::Client, "rename\t.resume\t\t1\tbefore", true},
    {"document: before it gets its name", Victim::Client, "rename\t.pdf\t\t1\tbefore", true},
    {"profile: before it is in its place", Victim::Client, "rename\tprofile.json\t\t1\tbefore"},
    {"session: the tokens are here", Victim::Client, "receive\t\t\"refreshToken\":\t1\tafter"},
    // At the gateway.
    {"journal: a command is here, nothing noted", Victim::Gateway,
     "receive\t\tPOST /v1/commands HTTP\t3\tafter"},
    {"journal: half of the write that receives it", Victim::Gateway,
     COMMAND_CAME "write\t" GATEWAY "\t\t1\thalf"},
    {"journal: written, before its sync", Victim::Gateway, COMMAND_CAME "sync\t" GATEWAY "\t\t1\tbefore"},
    {"gateway store: after the journal's commit, before the answer", Victim::Gateway,
     COMMAND_CAME "sync\t" GATEWAY "\t\t1\tafter"},
    {"journal: half of the answer sent", Victim::Gateway, "send\t\t\"state\":\t2\thalf"},
    {"journal: dispatched, before the ERP is asked", Victim::Gateway,
     COMMAND_CAME "sync\t" GATEWAY "\t\t2\tafter"},
    {"ERP file: before the effect's first write", Victim::Gateway, "write\t" ERP "\t\t1\tbefore"},
    {"ERP file: half of the effect's write", Victim::Gateway, "write\t" ERP "\t\t3\thalf"},
    {"ERP file: written, before the effect's sync", Victim::Gateway, "sync\t" ERP "\t\t3\tbefore"},
    {"ERP file: after the effect's commit", Victim::Gateway, "sync\t" ERP "\t\t3\tafter"},
    {"journal: effect known, before its outcome is written", Victim::Gateway,
     EFFECT_KEPT "write\t" GATEWAY "\t\t1\tbefore"},
    {"journal: half of the outcome written", Victim::Gateway, EFFECT_KEPT "write\t" GATEWAY "\t\t2\thalf"},
    {"journal: outcome noted, before the log has the effect", Victim::Gateway,
     EFFECT_KEPT "sync\t" GATEWAY "\t\t1\tafter"},
    {"log: the effect noted, before anybody is told", Victim::Gateway,
     EFFECT_KEPT "sync\t" GATEWAY "\t\t2\tafter"},
    {"live: half of a change sent", Victim::Gateway, "send\t\t\"frame\":\"changes\"\t2\thalf"},
    {"live: before the nudge", Victim::Gateway, "send\t\t\"frame\":\"outcomes\"\t1\tbefore"},
    {"outcomes: the question is here", Victim::Gateway, "receive\t\tPOST /v1/commands/outcomes\t1\tafter"},
    {"tokens: before they are noted", Victim::Gateway,
     "receive\t\tPOST /v1/session\t1\tafter\nsync\t" GATEWAY "\t\t1\tbefore"},
    {"tokens: noted, before the answer", Victim::Gateway,
     "receive\t\tPOST /v1/session\t1\tafter\nsync\t" GATEWAY "\t\t1\tafter"},
};
static_assert(std::size(points) >= 40);

} // namespace

std::span<const KillPoint> namedKillPoints()
{
    return points;
}

QByteArray ruleAfterChanges(std::uint64_t changes)
{
    return "change\t\t\t" + QByteArray::number(static_cast<qulonglong>(changes)) + "\tafter";
}

} // namespace Counterfoil
