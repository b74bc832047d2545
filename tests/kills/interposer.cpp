// Loaded before the C library (LD_PRELOAD, Linux alone) into a real client or gateway, this ends the process
// with SIGKILL at the place that COUNTERFOIL_KILL names: steps, a line each, that have to happen one after
// the other in whatever thread, the last of which is where the process ends. A step is
//   operation TAB file TAB text TAB count TAB when
// operation: write, sync, rename, remove or truncate of files, send or receive on sockets, or "change" for
// any of those that change a file. file: the end of its path, empty: any. text: what the bytes hold, empty:
// anything. count: on which such operation. when (of the last step): before, half or after it; half is for
// writing and sending, of which the first half is done.

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string_view>

namespace {

constexpr std::size_t maxSteps = 6;
constexpr std::size_t maxPath = 4096;

enum class When { Never, Before, Half, After };

struct Step
{
    std::string_view operation;
    std::string_view file;
    std::string_view text;
    long count = 1;
    When when = When::Before;
};

struct Rule
{
    std::array<Step, maxSteps> steps;
    std::size_t size = 0;
};

std::string_view takeUntil(std::string_view &text, char separator)
{
    const auto end = std::min(text.find(separator), text.size());
    const auto part = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return part;
}

Rule readRule()
{
    Rule rule;
    const char *environment = std::getenv("COUNTERFOIL_KILL");
    std::string_view text = environment ? environment : "";
    while (!text.empty() && rule.size < maxSteps) {
        std::string_view line = takeUntil(text, '\n');
        Step &step = rule.steps[rule.size++];
        step.operation = takeUntil(line, '\t');
        step.file = takeUntil(line, '\t');
        step.text = takeUntil(line, '\t');
        step.count = std::atol(takeUntil(line, '\t').data());
        step.when = line == "half" ? When::Half : line == "after" ? When::After : When::Before;
    }
    return rule;
}

class Watch
{
public:
    // Counts the operation; says where in it the process is to end.
    When at(std::string_view operation, std::string_view file, std::string_view bytes)
    {
        if (m_rule.size == 0)
            return When::Never;
        while (m_busy.test_and_set(std::memory_order_acquire)) { }
        const When when = count(operation, file, bytes);
        m_busy.clear(std::memory_order_release);
        return when;
    }
    bool isIdle() const { return m_rule.size == 0; }

private:
    When count(std::string_view operation, std::string_view file, std::string_view bytes)
    {
        if (m_step >= m_rule.size)
            return When::Never;
        const Step &step = m_rule.steps[m_step];
        const bool onFile = operation != "send" && operation != "receive";
        if ((step.operation != operation && !(step.operation == "change" && onFile))
            || !file.ends_with(step.file) || bytes.find(step.text) == std::string_view::npos
            || ++m_counted < step.count)
            return When::Never;
        m_counted = 0;
        return ++m_step == m_rule.size ? step.when : When::Never;
    }

    Rule m_rule = readRule();
    std::size_t m_step = 0;
    long m_counted = 0;
    std::atomic_flag m_busy = ATOMIC_FLAG_INIT;
};

Watch &watch()
{
    static Watch one;
    return one;
}

[[noreturn]] void end()
{
    ::kill(::getpid(), SIGKILL);
    for (;;)
        ::pause();
}

template <class Function> Function real(const char *name)
{
    return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

bool isSocket(int fd)
{
    struct stat state = {};
    return ::fstat(fd, &state) == 0 && S_ISSOCK(state.st_mode);
}

// The path that the descriptor was opened with; of anything but a regular file nothing.
std::string_view pathOf(int fd, std::array<char, maxPath> &buffer)
{
    std::array<char, 32> link{};
    std::snprintf(link.data(), link.size(), "/proc/self/fd/%d", fd);
    const ssize_t length = ::readlink(link.data(), buffer.data(), buffer.size());
    return length > 0 ? std::string_view(buffer.data(), static_cast<std::size_t>(length))
                      : std::string_view();
}

std::string_view viewOf(const void *bytes, std::size_t size)
{
    return {static_cast<const char *>(bytes), size};
}

// Writing and sending: `part(size)` does it for the first `size` bytes.
template <class Part> ssize_t give(int fd, std::string_view bytes, Part part)
{
    if (watch().isIdle())
        return part(bytes.size());
    std::array<char, maxPath> buffer;
    const bool sends = isSocket(fd);
    const std::string_view path = sends ? std::string_view() : pathOf(fd, buffer);
    if (!sends && !path.starts_with('/')) // a pipe
        return part(bytes.size());
    const When when = watch().at(sends ? "send" : "write", path, bytes);
    if (when == When::Never)
        return part(bytes.size());
    if (when != When::Before)
        part(when == When::Half ? bytes.size() / 2 : bytes.size());
    end();
}

ssize_t took(int fd, std::string_view bytes)
{
    if (!watch().isIdle() && !bytes.empty() && isSocket(fd)
        && watch().at("receive", {}, bytes) != When::Never)
        end();
    return static_cast<ssize_t>(bytes.size());
}

// What else is done to a file.
template <class Act> int change(const char *operation, std::string_view path, Act act)
{
    const When when = watch().isIdle() ? When::Never : watch().at(operation, path, {});
    if (when == When::Never)
        return act();
    if (when != When::Before)
        act();
    end();
}

template <class Act> int change(const char *operation, int fd, Act act)
{
    std::array<char, maxPath> buffer;
    return change(operation, watch().isIdle() ? std::string_view() : pathOf(fd, buffer), act);
}

} // namespace

extern "C" {

#define EXPORTED __attribute__((visibility("default")))

EXPORTED ssize_t write(int fd, const void *bytes, size_t size)
{
    static const auto next = real<ssize_t (*)(int, const void *, size_t)>("write");
    return give(fd, viewOf(bytes, size), [&](size_t part) { return next(fd, bytes, part); });
}

EXPORTED ssize_t pwrite64(int fd, const void *bytes, size_t size, off64_t offset)
{
    static const auto next = real<ssize_t (*)(int, const void *, size_t, off64_t)>("pwrite64");
    return give(fd, viewOf(bytes, size), [&](size_t part) { return next(fd, bytes, part, offset); });
}

EXPORTED ssize_t pwrite(int fd, const void *bytes, size_t size, off_t offset)
{
    return pwrite64(fd, bytes, size, offset);
}

EXPORTED ssize_t send(int fd, const void *bytes, size_t size, int flags)
{
    static const auto next = real<ssize_t (*)(int, const void *, size_t, int)>("send");
    return give(fd, viewOf(bytes, size), [&](size_t part) { return next(fd, bytes, part, flags); });
}

// Judged by its first piece that is not empty, which holds the head of a message.
EXPORTED ssize_t sendmsg(int fd, const msghdr *message, int flags)
{
    static const auto next = real<ssize_t (*)(int, const msghdr *, int)>("sendmsg");
    static const auto nextSend = real<ssize_t (*)(int, const void *, size_t, int)>("send");
    std::size_t total = 0;
    std::array<char, 16'384> gathered;
    std::size_t used = 0;
    for (std::size_t i = 0; i < message->msg_iovlen; ++i) {
        const iovec &piece = message->msg_iov[i];
        total += piece.iov_len;
        const std::size_t fits = std::min(piece.iov_len, gathered.size() - used);
        std::memcpy(gathered.data() + used, piece.iov_base, fits);
        used += fits;
    }
    return give(fd, viewOf(gathered.data(), used), [&](size_t part) {
        return part == used ? next(fd, message, flags) : nextSend(fd, gathered.data(), part, flags);
    });
}

EXPORTED ssize_t writev(int fd, const iovec *pieces, int count)
{
    static const auto next = real<ssize_t (*)(int, const iovec *, int)>("writev");
    if (isSocket(fd)) {
        msghdr message = {};
        message.msg_iov = const_cast<iovec *>(pieces);
        message.msg_iovlen = static_cast<std::size_t>(count);
        return sendmsg(fd, &message, 0);
    }
    return next(fd, pieces, count);
}

EXPORTED ssize_t read(int fd, void *bytes, size_t size)
{
    static const auto next = real<ssize_t (*)(int, void *, size_t)>("read");
    const ssize_t count = next(fd, bytes, size);
    return count > 0 ? took(fd, viewOf(bytes, static_cast<std::size_t>(count))) : count;
}

EXPORTED ssize_t recv(int fd, void *bytes, size_t size, int flags)
{
    static const auto next = real<ssize_t (*)(int, void *, size_t, int)>("recv");
    const ssize_t count = next(fd, bytes, size, flags);
    return count > 0 ? took(fd, viewOf(bytes, static_cast<std::size_t>(count))) : count;
}

EXPORTED ssize_t recvmsg(int fd, msghdr *message, int flags)
{
    static const auto next = real<ssize_t (*)(int, msghdr *, int)>("recvmsg");
    const ssize_t count = next(fd, message, flags);
    if (count > 0 && message->msg_iovlen > 0) {
        const iovec &first = message->msg_iov[0];
        took(fd, viewOf(first.iov_base, std::min(first.iov_len, static_cast<std::size_t>(count))));
    }
    return count;
}

EXPORTED int fsync(int fd)
{
    static const auto next = real<int (*)(int)>("fsync");
    return change("sync", fd, [&] { return next(fd); });
}

EXPORTED int fdatasync(int fd)
{
    static const auto next = real<int (*)(int)>("fdatasync");
    return change("sync", fd, [&] { return next(fd); });
}

EXPORTED int ftruncate64(int fd, off64_t size) noexcept
{
    static const auto next = real<int (*)(int, off64_t)>("ftruncate64");
    return change("truncate", fd, [&] { return next(fd, size); });
}

EXPORTED int ftruncate(int fd, off_t size) noexcept
{
    return ftruncate64(fd, size);
}

// Named by what it becomes.
EXPORTED int rename(const char *from, const char *to) noexcept
{
    static const auto next = real<int (*)(const char *, const char *)>("rename");
    return change("rename", std::string_view(to), [&] { return next(from, to); });
}

EXPORTED int renameat2(int fromFolder, const char *from, int toFolder, const char *to,
                       unsigned int flags) noexcept
{
    static const auto next = real<int (*)(int, const char *, int, const char *, unsigned int)>("renameat2");
    return change("rename", std::string_view(to),
                  [&] { return next(fromFolder, from, toFolder, to, flags); });
}

// How a file that had no name gets one.
EXPORTED int linkat(int fromFolder, const char *from, int toFolder, const char *to, int flags) noexcept
{
    static const auto next = real<int (*)(int, const char *, int, const char *, int)>("linkat");
    return change("rename", std::string_view(to),
                  [&] { return next(fromFolder, from, toFolder, to, flags); });
}

EXPORTED int unlink(const char *path) noexcept
{
    static const auto next = real<int (*)(const char *)>("unlink");
    return change("remove", std::string_view(path), [&] { return next(path); });
}

} // extern "C"
