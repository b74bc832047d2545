// Tries what a document would that has taken the render worker over: confinedprobe free|confined TRY [PATH].
// Ends with 0 when it was refused and with 1 when it was not; a refusal may also end it by a signal.

#include "confinement.h"

#include <QByteArray>
#include <QCoreApplication>
#include <QImage>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

constexpr size_t largeBytes = 3ULL * 1024 * 1024 * 1024;

bool canOpen(const char *path, int flags)
{
    const int file = open(path, flags, 0600);
    if (file < 0)
        return false;
    char byte = 'x';
    const bool done
        = (flags & O_ACCMODE) == O_RDONLY ? read(file, &byte, 1) == 1 : write(file, &byte, 1) == 1;
    close(file);
    return done;
}

bool canList(const char *path)
{
    DIR *folder = opendir(path);
    return folder && readdir(folder);
}

bool canReach(bool local)
{
    const int line = socket(local ? AF_UNIX : AF_INET, SOCK_STREAM, 0);
    if (line < 0 || local)
        return line >= 0;
    sockaddr_in self{};
    self.sin_family = AF_INET;
    self.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return bind(line, reinterpret_cast<const sockaddr *>(&self), sizeof self) == 0 && listen(line, 1) == 0;
}

// A socket that was there before the doors were closed, and where somebody listens.
struct Line
{
    int socket = -1;
    sockaddr_in listener{};
};

Line openLine()
{
    Line line;
    line.listener.sin_family = AF_INET;
    line.listener.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof line.listener;
    auto *address = reinterpret_cast<sockaddr *>(&line.listener);
    const int listener = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(listener, address, size) == 0 && listen(listener, 1) == 0
        && getsockname(listener, address, &size) == 0)
        line.socket = socket(AF_INET, SOCK_STREAM, 0);
    return line;
}

bool canConnect(const Line &line)
{
    return connect(line.socket, reinterpret_cast<const sockaddr *>(&line.listener), sizeof line.listener)
        == 0;
}

bool canFork()
{
    const pid_t child = fork();
    if (child == 0)
        _exit(0);
    return child > 0 && waitpid(child, nullptr, 0) == child;
}

bool canTry(const QByteArray &what, const char *path, const Line &line)
{
    if (what == "read")
        return canOpen(path, O_RDONLY);
    if (what == "list")
        return canList(path);
    if (what == "write")
        return canOpen(path, O_WRONLY | O_CREAT);
    if (what == "unlink")
        return unlink(path) == 0;
    if (what == "listen")
        return canReach(false);
    if (what == "socket")
        return canReach(true);
    if (what == "connect")
        return canConnect(line);
    if (what == "fork")
        return canFork();
    if (what == "exec")
        return execl("/bin/sh", "sh", "-c", "exit 1", nullptr) == 0;
    if (what == "signal")
        return kill(getppid(), 0) == 0;
    if (what == "spy")
        return ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) == 0;
    if (what == "code")
        return mmap(nullptr, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED;
    if (what == "convert") {
        QImage large(4'000, 4'000, QImage::Format_RGB888);
        large.fill(Qt::white);
        return large.convertToFormat(QImage::Format_ARGB32_Premultiplied).pixel(3'999, 3'999) == 0xffffffff;
    }
    if (what == "memory")
        return mmap(nullptr, largeBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
            != MAP_FAILED;
    std::abort();
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    if (argc < 3)
        return 2;
    const Line line = openLine();
    if (qstrcmp(argv[1], "confined") == 0) {
        Counterfoil::limitOurselves();
        if (Counterfoil::closeDoors())
            return 3;
    }
    return canTry(argv[2], argc > 3 ? argv[3] : "", line) ? 1 : 0;
}
