// Linux: namespaces(7), landlock(7), seccomp(2) and setrlimit(2). Each is a lock of its own, since a kernel
// or its administrator may refuse any of them.

#include "confinement.h"

#include <fontconfig/fontconfig.h>
#include <linux/landlock.h>
#include <seccomp.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <initializer_list>
#include <sched.h>
#include <span>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace Counterfoil {

namespace {

// The two shared regions are in it, with 128 MiB, and a page of 64 MiB several times over while it is drawn.
constexpr rlim_t addressBytes = 2048ULL * 1024 * 1024;

void limit(__rlimit_resource resource, rlim_t most)
{
    const rlimit both{most, most};
    setrlimit(resource, &both);
}

// A network without interfaces, and nobody else's shared memory, message queues and host name. All privileges
// are given away, also those that come with being the first in a namespace.
bool leaveNamespaces()
{
    const bool apart = unshare(CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS) == 0;
    struct
    {
        std::uint32_t version = 0x20080522; // _LINUX_CAPABILITY_VERSION_3
        int thread = 0;
    } const header;
    const std::array<std::uint32_t, 6> none{};
    return syscall(SYS_capset, &header, none.data()) == 0 && apart;
}

// Rights over files that the headers of Debian 12 do not know yet.
constexpr std::uint64_t accessTruncate = 1ULL << 14; // Landlock 3
constexpr std::uint64_t accessDevices = 1ULL << 15;  // Landlock 5

std::uint64_t rightsOf(long version)
{
    std::uint64_t rights = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1; // those of version 1
    if (version >= 2)
        rights |= LANDLOCK_ACCESS_FS_REFER;
    if (version >= 3)
        rights |= accessTruncate;
    if (version >= 5)
        rights |= accessDevices;
    return rights;
}

void allowReading(int rules, const char *path)
{
    const int place = open(path, O_PATH | O_CLOEXEC);
    if (place < 0)
        return; // what is not there cannot be read
    landlock_path_beneath_attr rule{LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR, place};
    // A single file cannot be listed.
    if (syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) != 0) {
        rule.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE;
        syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    }
    close(place);
}

// Where fonts are, and what Fontconfig reads to know it.
void allowFonts(int rules)
{
    FcConfig *config = FcConfigReference(nullptr);
    if (!config)
        return;
    for (FcStrList *list :
         {FcConfigGetFontDirs(config), FcConfigGetCacheDirs(config), FcConfigGetConfigFiles(config)}) {
        while (const FcChar8 *path = list ? FcStrListNext(list) : nullptr)
            allowReading(rules, reinterpret_cast<const char *>(path));
        if (list)
            FcStrListDone(list);
    }
    // A link is judged by where it leads.
    const FcFontSet *fonts = FcConfigGetFonts(config, FcSetSystem);
    for (int i = 0; fonts && i < fonts->nfont; ++i) {
        FcChar8 *file = nullptr;
        struct stat what = {};
        if (FcPatternGetString(fonts->fonts[i], FC_FILE, 0, &file) == FcResultMatch
            && lstat(reinterpret_cast<const char *>(file), &what) == 0 && S_ISLNK(what.st_mode))
            allowReading(rules, reinterpret_cast<const char *>(file));
    }
    FcConfigDestroy(config);
}

bool fenceFiles()
{
    const long version = syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (version < 1)
        return false;
    const landlock_ruleset_attr handled{rightsOf(version)};
    const auto rules = static_cast<int>(syscall(SYS_landlock_create_ruleset, &handled, sizeof handled, 0));
    if (rules < 0)
        return false;
    allowFonts(rules);
    allowReading(rules, POPPLER_DATA);
    const bool fenced = syscall(SYS_landlock_restrict_self, rules, 0) == 0;
    close(rules);
    return fenced;
}

#ifndef COUNTERFOIL_SANITIZED // a sanitizer's runtime makes calls of its own

using Filter = scmp_filter_ctx;

// Names, because not every processor has every call.
constexpr const char *allowed[]
    = {"read", "readv", "pread64", "write", "writev", "close", "lseek", "poll", "ppoll", "access",
       "faccessat", "faccessat2", "readlink", "readlinkat", "getdents64", "getcwd", "stat", "lstat", "fstat",
       "newfstatat", "statx", "statfs", "fstatfs", "munmap", "mremap", "madvise", "brk", "futex",
       "sched_yield", "sched_getaffinity", "set_robust_list", "rseq", "set_tid_address", "rt_sigaction",
       "rt_sigprocmask", "rt_sigreturn", "sigaltstack", "restart_syscall", "getpid", "gettid", "getuid",
       "geteuid", "getgid", "getegid", "getrusage", "uname", "sysinfo", "getrandom", "clock_gettime",
       "clock_getres", "clock_nanosleep", "nanosleep", "gettimeofday", "time", "exit", "exit_group",
       // With which a thread of Qt's is woken.
       "eventfd2"};

// Nothing that draws a page comes near these: they end the process.
constexpr const char *forbidden[] = {"execve",
                                     "execveat",
                                     "fork",
                                     "vfork",
                                     "ptrace",
                                     "process_vm_readv",
                                     "process_vm_writev",
                                     "socket",
                                     "socketpair",
                                     "connect",
                                     "bind",
                                     "listen",
                                     "accept",
                                     "accept4",
                                     "sendto",
                                     "sendmsg",
                                     "kill",
                                     "tkill",
                                     "mount",
                                     "umount2",
                                     "pivot_root",
                                     "chroot",
                                     "unshare",
                                     "setns",
                                     "bpf",
                                     "perf_event_open",
                                     "userfaultfd",
                                     "io_uring_setup",
                                     "keyctl",
                                     "add_key",
                                     "request_key",
                                     "open_by_handle_at",
                                     "init_module",
                                     "finit_module",
                                     "kexec_load",
                                     "memfd_create",
                                     "unlink",
                                     "unlinkat",
                                     "rename",
                                     "renameat2",
                                     "mkdir",
                                     "mkdirat",
                                     "link",
                                     "linkat",
                                     "symlink",
                                     "symlinkat",
                                     "truncate",
                                     "chmod",
                                     "fchmodat",
                                     "chown"};

bool addAll(Filter filter, std::uint32_t action, std::span<const char *const> names)
{
    return std::ranges::all_of(names, [&](const char *name) {
        const int call = seccomp_syscall_resolve_name(name);
        return call == __NR_SCMP_ERROR || seccomp_rule_add(filter, action, call, 0) == 0;
    });
}

bool allowWhen(Filter filter, int call, std::initializer_list<scmp_arg_cmp> conditions)
{
    return call == __NR_SCMP_ERROR
        || seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, call, static_cast<unsigned>(conditions.size()),
                                  conditions.begin())
        == 0;
}

// Calls that are harmless with some arguments alone.
bool allowSome(Filter filter)
{
    constexpr scmp_datum_t changesFiles = O_ACCMODE | O_CREAT | O_TRUNC;
    const auto ourselves = static_cast<scmp_datum_t>(getpid());
    return allowWhen(filter, SCMP_SYS(open), {SCMP_A1(SCMP_CMP_MASKED_EQ, changesFiles, O_RDONLY)})
        && allowWhen(filter, SCMP_SYS(openat), {SCMP_A2(SCMP_CMP_MASKED_EQ, changesFiles, O_RDONLY)})
        // No code is made at run time.
        && allowWhen(filter, SCMP_SYS(mmap), {SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)})
        && allowWhen(filter, SCMP_SYS(mprotect), {SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)})
        // Threads, among which Qt divides large pictures, but no processes. clone3() hides its arguments from
        // us, and the library makes do with this where that is missing.
        && allowWhen(filter, SCMP_SYS(clone), {SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD)})
        && allowWhen(filter, SCMP_SYS(tgkill), {SCMP_A0(SCMP_CMP_EQ, ourselves)})
        && allowWhen(filter, SCMP_SYS(prlimit64), {SCMP_A0(SCMP_CMP_EQ, 0), SCMP_A2(SCMP_CMP_EQ, 0)})
        && allowWhen(filter, SCMP_SYS(prlimit64), {SCMP_A0(SCMP_CMP_EQ, 0), SCMP_A1(SCMP_CMP_EQ, RLIMIT_CPU)})
        && allowWhen(filter, SCMP_SYS(prctl), {SCMP_A0(SCMP_CMP_EQ, PR_SET_NAME)})
        && allowWhen(filter, SCMP_SYS(fcntl), {SCMP_A1(SCMP_CMP_EQ, F_GETFL)})
        && allowWhen(filter, SCMP_SYS(fcntl), {SCMP_A1(SCMP_CMP_EQ, F_GETFD)})
        && allowWhen(filter, SCMP_SYS(fcntl), {SCMP_A1(SCMP_CMP_EQ, F_SETFD)});
}

// Whatever is not named answers that there is no such call.
bool filterCalls()
{
    const Filter filter = seccomp_init(SCMP_ACT_ERRNO(ENOSYS));
    if (!filter)
        return false;
    const bool loaded = seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1) == 0
        && addAll(filter, SCMP_ACT_ALLOW, allowed) && allowSome(filter)
        && addAll(filter, SCMP_ACT_KILL_PROCESS, forbidden) && seccomp_load(filter) == 0;
    seccomp_release(filter);
    return loaded;
}

#else

bool filterCalls()
{
    return false;
}

#endif

} // namespace

void limitOurselves()
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    prctl(PR_SET_DUMPABLE, 0);
    limit(RLIMIT_CORE, 0);
    // A write then fails instead of ending us: fontconfig likes to renew its cache.
    std::signal(SIGXFSZ, SIG_IGN);
    limit(RLIMIT_FSIZE, 0);
#ifndef COUNTERFOIL_SANITIZED // a sanitizer reserves terabytes
    limit(RLIMIT_AS, addressBytes);
#endif
}

RenderDoors closeDoors()
{
    RenderDoors open;
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    FcInit(); // reads its configuration wherever that says it is; it is our own
    const bool apart = leaveNamespaces();
    if (!fenceFiles())
        open |= RenderDoor::Files;
    const bool filtered = filterCalls();
    if (!filtered)
        open |= RenderDoor::Calls;
    if (!apart && !filtered)
        open |= RenderDoor::Network;
    return open;
}

} // namespace Counterfoil
