#pragma once

#include <QString>
#include <QtGlobal>

#include <initializer_list>
#include <memory>

class QProcess;

namespace Counterfoil {

// Memory of a fixed size that this process and a child of its see at once, with no file that anybody
// else could open. Nothing is used of it until it is written to.
//
// On Linux it is an anonymous file (memfd) whose size is sealed, so that a child cannot make it shorter
// under our feet, handed over when the child starts; whether the child may write is decided by us. On
// other systems it is a mapped temporary file, which nobody has tried yet.
class SharedRegion
{
public:
    enum class Child { Reads, Writes };

    static std::unique_ptr<SharedRegion> create(qint64 bytes, Child child); // null when there is no memory
    // In the child, by what handle() said in the parent.
    static std::unique_ptr<SharedRegion> attach(const QString &handle, qint64 bytes, Child child);
    ~SharedRegion();
    Q_DISABLE_COPY_MOVE(SharedRegion)

    uchar *data() { return m_data; }
    qint64 size() const { return m_bytes; }

    QString handle() const;
    // Children that `process` starts from now on inherit these regions. Set once for a process.
    static void hand(std::initializer_list<const SharedRegion *> regions, QProcess &process);

private:
    struct Place; // what the system calls it by

    SharedRegion(std::unique_ptr<Place> place, uchar *data, qint64 bytes);

    std::unique_ptr<Place> m_place;
    uchar *m_data = nullptr;
    qint64 m_bytes = 0;
};

} // namespace Counterfoil
