#pragma once

#include "changenotice.h"
#include "heldlists.h"
#include "result.h"

#include <QObject>
#include <QPointer>

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
    // `mostRows` of a kind are held in order; see HeldLists.
    explicit CacheReaders(const QString &path, QObject *parent = nullptr,
                          std::size_t mostRows = HeldLists::rowsMost);
    ~CacheReaders() override;

    static int threadCount(); // 3, or 4 where there are more than two processors

    // How long a read may take on a large cache. Long ones wait for short ones, and leave them a thread.
    enum class Length { Short, Long };

    // Runs `work` with a reader on some reader thread. `work` hands its answer over itself, with
    // QMetaObject::invokeMethod on the object that waits for it. When `cancelled` is true by the time its
    // turn comes, `work` is not run; a running query is interrupted.
    void run(std::shared_ptr<std::atomic_bool> cancelled, std::function<void(CacheReader &)> work,
             Length length = Length::Short);

    // The common case: read(CacheReader &) runs on a reader thread, then use(its answer) on this one, unless
    // `asker` is gone or `cancelled` is true by then.
    template <class Read, class Use>
    void ask(QObject *asker, const std::shared_ptr<std::atomic_bool> &cancelled, Read read, Use use,
             Length length = Length::Short)
    {
        run(
            cancelled,
            [this, asker = QPointer<QObject>(asker), cancelled, read = std::move(read),
             use = std::move(use)](CacheReader &reader) mutable {
                auto answer = std::make_shared<decltype(read(reader))>(read(reader));
                const auto deliver = [asker, cancelled, use, answer] {
                    if (asker && !cancelled->load())
                        use(std::move(*answer));
                };
                // To this object, which waits for its threads before it goes; the asker may go at any time.
                QMetaObject::invokeMethod(this, deliver, Qt::QueuedConnection);
            },
            length);
    }

public Q_SLOTS:
    // Called once per committed batch; also after the file was replaced, with `everything` and no kinds.
    void noteChange(const Counterfoil::ChangeNotice &notice);

Q_SIGNALS:
    void changed(const Counterfoil::ChangeNotice &notice); // of rows
    void covers(qint64 place); // in the gateway's log, up to which the cache now knows everything

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Counterfoil
