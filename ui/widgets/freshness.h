#pragma once

#include "syncport.h"
#include "tokens.h"

#include <QTimer>

namespace Counterfoil {

// Puts SyncStatus into words, for the pill and for every pane that says how old it is. An age shown is
// never less than the true one: it is rounded up to whole seconds and replaced before it is outlived.
class Freshness final : public QObject
{
    Q_OBJECT
public:
    // Says "live" at most this long after the last proof, whatever the mode says.
    static constexpr qint64 liveLimitMs = 10'000;

    Freshness(const SyncPort &port, const Clock &clock, QObject *parent = nullptr);

    const SyncStatus &status() const { return m_status; }
    QString summary() const;  // "Live · within 1 s", "Offline · as of 09:12"
    QString asOf() const;     // "within 1 s", "21 Nov, 09:12": of what is shown
    QString sentence() const; // what that means, in a sentence
    Tone tone() const;

    // The whole of all kinds: how far a fill or a catching up has come. total 0: not known.
    SyncStatus::KindProgress overall() const;

Q_SIGNALS:
    void changed(); // once a second while the age counts, and with each status

private:
    void schedule();
    qint64 ageMs() const; // -1: never proven
    QString ageText() const;
    QString momentText() const;

    const Clock &m_clock;
    SyncStatus m_status;
    QTimer m_tick;
};

} // namespace Counterfoil
