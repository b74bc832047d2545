#pragma once

#include "changenotice.h"
#include "result.h"

#include <QObject>

#include <atomic>
#include <functional>
#include <memory>

namespace Counterfoil {

class CacheReader;

// Runs reads of one profile's cache on reader threads, each with a read-only connection of its own, and
// passes on what the writer changed. Lives on the GUI thread; its signal and all answers arrive there.
class CacheReaders final : public QObject
{
    Q_OBJECT
public:
    explicit CacheReaders(const QString &path, QObject *parent = nullptr);
    ~CacheReaders() override;

    // Runs `work` with a reader on some reader thread. `work` hands its answer over itself, with
    // QMetaObject::invokeMethod on the object that waits for it. When `cancelled` is true by the time its
    // turn comes, `work` is not run; a running query is interrupted.
    void run(std::shared_ptr<std::atomic_bool> cancelled, std::function<void(CacheReader &)> work);

public Q_SLOTS:
    void noteChange(const Counterfoil::ChangeNotice &notice); // called once per committed batch

Q_SIGNALS:
    void changed(const Counterfoil::ChangeNotice &notice);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Counterfoil
