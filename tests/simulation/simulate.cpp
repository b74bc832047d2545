// ./dev simulate: runs many schedules on several cores, and says how they went.
#include "schedule.h"
#include "writestorm.h"

#include <QCoreApplication>
#include <QLoggingCategory>

#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cinttypes>
#include <cstdio>
#include <cstdlib>
#include <cstring>

using namespace Counterfoil;

namespace {

struct Wanted
{
    std::uint64_t seeds = 1'000;
    std::uint64_t from = 1;
    std::uint64_t writes = 0; // a storm of so many instead
    std::int64_t seconds = 0; // begin no more schedules after; 0: all of them
    unsigned jobs = 2;
    bool twice = false;
    bool story = false;
};

struct Sum
{
    std::uint64_t schedules = 0;
    std::uint64_t counted = 0;
    std::uint64_t cameRight = 0;
    std::uint64_t commands = 0;
    std::uint64_t effects = 0;
    std::uint64_t failed = 0;
    std::uint64_t differed = 0;
    std::vector<std::int64_t> events;
    std::vector<std::int64_t> faults;
    std::array<std::uint64_t, faultKinds> byKind{};
    std::array<std::uint64_t, faultKinds> schedulesWith{};
    std::array<std::uint64_t, 4> byClients{};
};

constexpr std::uint64_t toldFailures = 20;

// One schedule as a line, for the process that adds them up.
void print(const Report &report, bool same)
{
    std::printf("%" PRIu64 " %d %" PRId64 " %d %d %d %d %d", report.seed, report.clients, report.events,
                report.commands, report.effects, report.cameRight, report.counts(), same);
    for (const int count : report.byKind)
        std::printf(" %d", count);
    std::printf(" |%s\n", report.violations.empty() ? "" : report.violations.front().c_str());
    std::fflush(stdout);
}

constexpr int writesInStorm = 5'000;

void work(const Wanted &wanted, unsigned job)
{
    if (wanted.writes > 0) {
        for (std::uint64_t storm = job; storm * writesInStorm < wanted.writes; storm += wanted.jobs) {
            const StormReport report = writeStorm(wanted.from + storm, writesInStorm);
            std::printf("%" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " |%s\n", report.writes, report.sends,
                        report.deaths, report.effects, report.violation.c_str());
            std::fflush(stdout);
        }
        return;
    }
    using Clock = std::chrono::steady_clock;
    const auto end
        = wanted.seconds > 0 ? Clock::now() + std::chrono::seconds(wanted.seconds) : Clock::time_point::max();
    const std::uint64_t last = wanted.from + wanted.seeds;
    for (std::uint64_t seed = wanted.from + job; seed < last && Clock::now() < end; seed += wanted.jobs) {
        std::printf("> %" PRIu64 "\n", seed);
        std::fflush(stdout);
        const Report report = Schedule::run(seed);
        print(report, !wanted.twice || Schedule::run(seed).trace == report.trace);
    }
}

void add(Sum &sum, const char *line)
{
    char *at = nullptr;
    const std::uint64_t seed = std::strtoull(line, &at, 10);
    const auto next = [&at] { return std::strtoll(at, &at, 10); };
    ++sum.schedules;
    ++sum.byClients[std::min<std::size_t>(static_cast<std::size_t>(next()), 3)];
    sum.events.push_back(next());
    sum.commands += static_cast<std::uint64_t>(next());
    sum.effects += static_cast<std::uint64_t>(next());
    sum.cameRight += next() != 0;
    sum.counted += next() != 0;
    const bool same = next() != 0;
    std::int64_t faults = 0;
    for (std::size_t i = 0; i < faultKinds; ++i) {
        const auto count = next();
        faults += count;
        sum.byKind[i] += static_cast<std::uint64_t>(count);
        sum.schedulesWith[i] += count > 0;
    }
    sum.faults.push_back(faults);
    const char *violation = std::strchr(at, '|') + 1;
    if (!same && sum.differed++ < toldFailures)
        std::printf("seed %" PRIu64 " went another way the second time\n", seed);
    if (*violation != '\n' && sum.failed++ < toldFailures)
        std::printf("seed %" PRIu64 ": %s", seed, violation);
}

struct StormSum
{
    std::uint64_t writes = 0;
    std::uint64_t sends = 0;
    std::uint64_t deaths = 0;
    std::uint64_t effects = 0;
    std::uint64_t failed = 0;
};

void add(StormSum &sum, const char *line)
{
    char *at = nullptr;
    sum.writes += std::strtoull(line, &at, 10);
    sum.sends += std::strtoull(at, &at, 10);
    sum.deaths += std::strtoull(at, &at, 10);
    sum.effects += std::strtoull(at, &at, 10);
    const char *violation = std::strchr(at, '|') + 1;
    if (*violation != '\n' && sum.failed++ < toldFailures)
        std::printf("%s", violation);
}

void print(const StormSum &sum, double seconds)
{
    std::printf("%" PRIu64 " writes, sent %" PRIu64 " times over %" PRIu64 " deaths of the gateway: %" PRIu64
                " effects at the ERP; %.0f s, %.0f writes a second; %" PRIu64 " storms with violations\n",
                sum.writes, sum.sends, sum.deaths, sum.effects, seconds,
                static_cast<double>(sum.writes) / seconds, sum.failed);
}

void printSpread(const char *what, std::vector<std::int64_t> values)
{
    if (values.empty())
        return;
    std::ranges::sort(values);
    const auto at = [&](double part) {
        return values[static_cast<std::size_t>(part * static_cast<double>(values.size() - 1))];
    };
    std::printf("%-22s least %" PRId64 ", 10 %% %" PRId64 ", half %" PRId64 ", 90 %% %" PRId64
                ", most %" PRId64 "\n",
                what, at(0), at(0.1), at(0.5), at(0.9), at(1));
}

void print(const Sum &sum, double seconds)
{
    const auto all = [](const std::vector<std::int64_t> &values) {
        std::int64_t total = 0;
        for (const std::int64_t value : values)
            total += value;
        return total;
    };
    std::printf("\n%" PRIu64 " schedules, %" PRIu64
                " of them counted (2 clients, 200 events, 5 faults, a crash "
                "and a scope change at least); %" PRIu64 " judged for liveness too\n",
                sum.schedules, sum.counted, sum.cameRight);
    std::printf("%" PRIu64 " with 2 clients, %" PRIu64 " with 3\n", sum.byClients[2], sum.byClients[3]);
    printSpread("events a schedule", sum.events);
    printSpread("faults a schedule", sum.faults);
    std::printf("%" PRIu64 " commands queued, %" PRIu64 " effects at the ERP\n", sum.commands, sum.effects);
    std::printf("%-22s %12s %12s\n", "fault", "in schedules", "in all");
    for (std::size_t i = 0; i < faultKinds; ++i)
        std::printf("%-22s %12" PRIu64 " %12" PRIu64 "\n", nameOf(static_cast<Fault>(i)),
                    sum.schedulesWith[i], sum.byKind[i]);
    const double events = static_cast<double>(all(sum.events));
    std::printf("%.0f s, %.1f schedules a second, %.0f events a second\n", seconds,
                static_cast<double>(sum.schedules) / seconds, events / seconds);
    std::printf("%" PRIu64 " with violations", sum.failed);
    if (sum.differed > 0)
        std::printf(", %" PRIu64 " that went another way the second time", sum.differed);
    std::printf("\n");
}

int tell(std::uint64_t seed)
{
    const Report report = Schedule::run(seed, true);
    for (const std::string &line : report.story)
        std::printf("%s\n", line.c_str());
    std::printf("seed %" PRIu64 ": %zu violations, %" PRId64 " events, %d faults, trace %016" PRIx64 "\n",
                seed, report.violations.size(), report.events, report.faults, report.trace);
    for (const std::string &violation : report.violations)
        std::printf("  %s\n", violation.c_str());
    return report.violations.empty() ? 0 : 1;
}

struct Worker
{
    FILE *lines = nullptr;
    pid_t pid = 0;
    std::uint64_t seed = 0; // that it is at
};

Worker startWorker(const Wanted &wanted, unsigned job)
{
    int ends[2];
    if (::pipe(ends) != 0)
        std::exit(2);
    const pid_t pid = ::fork();
    if (pid == 0) {
        ::dup2(ends[1], STDOUT_FILENO);
        ::close(ends[0]);
        ::close(ends[1]);
        work(wanted, job);
        std::fflush(stdout);
        ::_exit(0);
    }
    ::close(ends[1]);
    return {::fdopen(ends[0], "r"), pid, 0};
}

int runAll(const Wanted &wanted)
{
    const auto start = std::chrono::steady_clock::now();
    std::vector<Worker> workers;
    for (unsigned job = 0; job < wanted.jobs; ++job)
        workers.push_back(startWorker(wanted, job));
    Sum sum;
    StormSum storm;
    bool crashed = false;
    char *line = nullptr;
    std::size_t room = 0;
    std::size_t running = workers.size();
    while (running > 0) {
        for (Worker &worker : workers) {
            if (!worker.lines)
                continue;
            if (::getline(&line, &room, worker.lines) > 0) {
                if (*line == '>')
                    worker.seed = std::strtoull(line + 1, nullptr, 10);
                else if (wanted.writes > 0)
                    add(storm, line);
                else
                    add(sum, line);
                continue;
            }
            int status = 0;
            ::waitpid(worker.pid, &status, 0);
            if (status != 0) {
                std::printf("seed %" PRIu64 " ended the program (status %d)\n", worker.seed, status);
                crashed = true;
            }
            std::fclose(worker.lines);
            worker.lines = nullptr;
            --running;
        }
        std::fflush(stdout);
    }
    std::free(line);
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    if (wanted.writes > 0)
        print(storm, seconds);
    else
        print(sum, seconds);
    return crashed || storm.failed > 0 || sum.failed > 0 || sum.differed > 0 ? 1 : 0;
}

// A schedule has one thread, and reads the schemas of its caches more often than a program does in a year:
// without locks, without a count of what is allocated, and with room set aside for many small pieces.
void tuneSqlite()
{
    constexpr int pieceBytes = 1'200;
    constexpr int pieces = 500;
    sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    sqlite3_config(SQLITE_CONFIG_LOOKASIDE, pieceBytes, pieces);
}

} // namespace

int main(int argc, char **argv)
{
    tuneSqlite(); // before anything else has to do with it
    Wanted wanted;
    for (int i = 1; i < argc; ++i) {
        const auto value = [&] { return i + 1 < argc ? std::strtoull(argv[++i], nullptr, 10) : 0ULL; };
        if (std::strcmp(argv[i], "--seeds") == 0)
            wanted.seeds = value();
        else if (std::strcmp(argv[i], "--from") == 0)
            wanted.from = value();
        else if (std::strcmp(argv[i], "--writes") == 0)
            wanted.writes = value();
        else if (std::strcmp(argv[i], "--seconds") == 0)
            wanted.seconds = static_cast<std::int64_t>(std::min(value(), 1'000'000ULL));
        else if (std::strcmp(argv[i], "--seed") == 0)
            wanted.from = value(), wanted.seeds = 1, wanted.story = true;
        else if (std::strcmp(argv[i], "--jobs") == 0)
            wanted.jobs = std::max(1U, static_cast<unsigned>(value()));
        else if (std::strcmp(argv[i], "--twice") == 0)
            wanted.twice = true;
        else if (std::strcmp(argv[i], "--story") == 0)
            wanted.story = true;
        else {
            std::fprintf(stderr,
                         "simulate [--seeds N] [--from S] [--seconds N] [--jobs N] [--twice] | --seed N | "
                         "--writes N\n");
            return 2;
        }
    }
    QCoreApplication application(argc, argv);
    QLoggingCategory::setFilterRules(QStringLiteral("counterfoil.*=false"));
    return wanted.story ? tell(wanted.from) : runAll(wanted);
}
