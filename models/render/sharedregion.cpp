#include "sharedregion.h"

#include <QProcess>

#include <vector>

#ifdef Q_OS_LINUX
#include <fcntl.h>
#include <linux/close_range.h>
#include <sys/mman.h>
#include <unistd.h>
#else
#include <QTemporaryFile>
#endif

namespace Counterfoil {

#ifdef Q_OS_LINUX

struct SharedRegion::Place
{
    int passed = -1; // the descriptor that a child gets

    explicit Place(int descriptor)
        : passed(descriptor)
    { }
    ~Place()
    {
        if (passed >= 0)
            close(passed);
    }
    Q_DISABLE_COPY_MOVE(Place)
};

namespace {

uchar *mapped(int descriptor, qint64 bytes, int protection)
{
    void *address = mmap(nullptr, size_t(bytes), protection, MAP_SHARED, descriptor, 0);
    return address == MAP_FAILED ? nullptr : static_cast<uchar *>(address);
}

} // namespace

std::unique_ptr<SharedRegion> SharedRegion::create(qint64 bytes, Child child)
{
    const int descriptor = memfd_create("counterfoil", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (descriptor < 0)
        return nullptr;
    auto place = std::make_unique<Place>(descriptor);
    if (ftruncate(descriptor, bytes) != 0)
        return nullptr;
    uchar *data = mapped(descriptor, bytes, PROT_READ | PROT_WRITE);
    if (!data)
        return nullptr;
    std::unique_ptr<SharedRegion> region(new SharedRegion(std::move(place), data, bytes));
    // Our own mapping, made before, stays writable.
    const int childsWrites = child == Child::Reads ? F_SEAL_FUTURE_WRITE : 0;
    if (fcntl(descriptor, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL | childsWrites) != 0)
        return nullptr;
    return region;
}

std::unique_ptr<SharedRegion> SharedRegion::attach(const QString &handle, qint64 bytes, Child child)
{
    bool number = false;
    const int descriptor = handle.toInt(&number);
    if (!number || fcntl(descriptor, F_SETFD, FD_CLOEXEC) != 0)
        return nullptr;
    auto place = std::make_unique<Place>(descriptor);
    if (lseek(descriptor, 0, SEEK_END) != bytes)
        return nullptr;
    uchar *data = mapped(descriptor, bytes, child == Child::Reads ? PROT_READ : PROT_READ | PROT_WRITE);
    if (!data)
        return nullptr;
    return std::unique_ptr<SharedRegion>(new SharedRegion(std::move(place), data, bytes));
}

SharedRegion::~SharedRegion()
{
    munmap(m_data, size_t(m_bytes));
}

QString SharedRegion::handle() const
{
    return QString::number(m_place->passed);
}

void SharedRegion::hand(std::initializer_list<const SharedRegion *> regions, QProcess &process)
{
    std::vector<int> descriptors;
    for (const SharedRegion *region : regions)
        descriptors.push_back(region->m_place->passed);
    // Runs between fork and exec: only calls that are safe there. No other child gets the descriptors, and
    // this one no others, whoever left them open.
    process.setChildProcessModifier([descriptors] {
        close_range(STDERR_FILENO + 1, ~0U, CLOSE_RANGE_CLOEXEC);
        for (const int descriptor : descriptors)
            fcntl(descriptor, F_SETFD, 0);
    });
}

#else

struct SharedRegion::Place
{
    QTemporaryFile ours; // gone with us
    QFile theirs;        // in the child
};

std::unique_ptr<SharedRegion> SharedRegion::create(qint64 bytes, Child)
{
    auto place = std::make_unique<Place>();
    if (!place->ours.open() || !place->ours.resize(bytes))
        return nullptr;
    uchar *data = place->ours.map(0, bytes);
    if (!data)
        return nullptr;
    return std::unique_ptr<SharedRegion>(new SharedRegion(std::move(place), data, bytes));
}

std::unique_ptr<SharedRegion> SharedRegion::attach(const QString &handle, qint64 bytes, Child child)
{
    auto place = std::make_unique<Place>();
    place->theirs.setFileName(handle);
    if (!place->theirs.open(child == Child::Reads ? QIODevice::ReadOnly : QIODevice::ReadWrite)
        || place->theirs.size() != bytes)
        return nullptr;
    uchar *data = place->theirs.map(0, bytes);
    if (!data)
        return nullptr;
    return std::unique_ptr<SharedRegion>(new SharedRegion(std::move(place), data, bytes));
}

SharedRegion::~SharedRegion() = default;

QString SharedRegion::handle() const
{
    return m_place->ours.fileName();
}

void SharedRegion::hand(std::initializer_list<const SharedRegion *>, QProcess &) { }

#endif

SharedRegion::SharedRegion(std::unique_ptr<Place> place, uchar *data, qint64 bytes)
    : m_place(std::move(place))
    , m_data(data)
    , m_bytes(bytes)
{ }

} // namespace Counterfoil
