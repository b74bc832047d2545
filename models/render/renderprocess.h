#pragma once

#include "renderprotocol.h"
#include "sharedregion.h"

#include <QElapsedTimer>
#include <QObject>
#include <QProcess>
#include <QTimer>

namespace Counterfoil {

// One render worker at a time, as seen from the window: started, asked one thing after the other, ended
// when it takes too long or says what makes no sense. Decides nothing; that is PageRenderer's. Lives on
// the GUI thread, never blocks.
class RenderProcess final : public QObject
{
    Q_OBJECT
public:
    enum class State { Off, Starting, Idle, Busy, Ending };

    explicit RenderProcess(const QString &program, QObject *parent = nullptr);
    ~RenderProcess() override;

    State state() const { return m_state; }
    qint64 processId() const;
    RenderDoors openDoors() const { return m_open; } // as the worker said last when it got ready
    // Where a document is put before it is opened; null when there was no memory for it.
    std::shared_ptr<SharedRegion> document() const { return m_document; }
    const uchar *pixels() const { return m_pixels->data(); }

    void start();                            // in Off; ready() or ended() follows
    void ask(RenderRequest request, int ms); // in Idle; answered() within `ms` or ended() follows
    void hurry(int ms);                      // nobody waits for the answer any more: it gets so long at most
    qint64 askedMs() const { return m_asked.elapsed(); } // since the last request was sent

Q_SIGNALS:
    void ready();
    void answered(const Counterfoil::RenderAnswer &answer);
    // It is off. `why`: CannotStart or NeverReady before ready(), then TooSlow, Died or Nonsense.
    void ended(Counterfoil::RenderFault why, const QString &detail);

private:
    void read();
    void take(const RenderAnswer &answer);
    void end(RenderFault why, const QString &detail);
    void finished(const QString &detail);

    QProcess *m_process;
    std::shared_ptr<SharedRegion> m_document;
    std::unique_ptr<SharedRegion> m_pixels;
    QTimer m_limit;
    QElapsedTimer m_asked;
    FrameReader m_frames;
    State m_state = State::Off;
    RenderDoors m_open;
    RenderTask m_task = RenderTask::Hello; // what it is to answer next
    quint32 m_id = 0;
    QSize m_size;
    RenderFault m_why = RenderFault::None; // it is ended for
    QString m_detail;
};

} // namespace Counterfoil
