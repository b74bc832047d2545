#include "freshness.h"

#include "display.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>

namespace Counterfoil {

namespace {

// How much earlier than the second a new text is due, so that a late timer does not understate.
constexpr qint64 leadMs = 60;
constexpr qint64 secondMs = 1000;

qint64 secondsShown(qint64 ageMs)
{
    return std::max<qint64>(1, (ageMs + leadMs + secondMs - 1) / secondMs);
}

} // namespace

Freshness::Freshness(const SyncPort &port, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
    , m_status(port.status())
{
    m_tick.setSingleShot(true);
    m_tick.setTimerType(Qt::PreciseTimer);
    connect(&m_tick, &QTimer::timeout, this, [this] {
        Q_EMIT changed();
        schedule();
    });
    connect(&port, &SyncPort::statusChanged, this, [this](const SyncStatus &status) {
        m_status = status;
        Q_EMIT changed();
        schedule();
    });
    schedule();
}

qint64 Freshness::ageMs() const
{
    return m_status.provenAt ? std::max<qint64>(0, m_clock.sinceBoot().ms - m_status.provenAt->ms) : -1;
}

void Freshness::schedule()
{
    const bool counts = m_status.mode == SyncStatus::Mode::Live || m_status.mode == SyncStatus::Mode::Polling
        || m_status.nextAttemptInMs > 0;
    if (!counts) {
        m_tick.stop();
        return;
    }
    const qint64 age = std::max<qint64>(0, ageMs());
    const qint64 due = secondsShown(age) * secondMs - leadMs - age;
    m_tick.start(static_cast<int>(std::clamp<qint64>(due, 1, secondMs)));
}

QString Freshness::ageText() const
{
    const qint64 seconds = secondsShown(std::max<qint64>(0, ageMs()));
    if (seconds < 60)
        return tr("within %1 s", "age of the data, in seconds").arg(seconds);
    return tr("within %1 min", "age of the data, in minutes").arg((seconds + 59) / 60);
}

QString Freshness::momentText() const
{
    if (!m_status.asOf.isSet())
        return {};
    const QDateTime then = QDateTime::fromMSecsSinceEpoch(m_status.asOf.ms);
    const QDate today = QDateTime::fromMSecsSinceEpoch(m_clock.now().ms).date();
    const QString time = QLocale().toString(then.time(), QLocale::ShortFormat);
    if (then.date() == today)
        return time;
    return tr("%1, %2", "date and time of day").arg(Display::shortDate(m_status.asOf), time);
}

QString Freshness::summary() const
{
    const QString moment = momentText();
    const SyncStatus::KindProgress all = overall();
    const QLocale locale;
    switch (m_status.mode) {
    case SyncStatus::Mode::SignedOut:
        return tr("Signed out");
    case SyncStatus::Mode::Connecting:
        return moment.isEmpty() ? tr("Connecting…") : tr("Connecting · as of %1").arg(moment);
    case SyncStatus::Mode::Filling:
        return all.total > 0
            ? tr("First download · %1 of %2").arg(locale.toString(all.done), locale.toString(all.total))
            : tr("First download · %1").arg(locale.toString(all.done));
    case SyncStatus::Mode::CatchingUp:
        return all.total > 0
            ? tr("Catching up · %1 of %2").arg(locale.toString(all.done), locale.toString(all.total))
            : tr("Catching up");
    case SyncStatus::Mode::Live:
        if (m_status.erpDown)
            return moment.isEmpty() ? tr("ERP down") : tr("ERP down · as of %1").arg(moment);
        return ageMs() > liveLimitMs || ageMs() < 0 ? tr("No answer · %1").arg(ageText())
                                                    : tr("Live · %1").arg(ageText());
    case SyncStatus::Mode::Polling:
        if (m_status.erpDown)
            return moment.isEmpty() ? tr("ERP down") : tr("ERP down · as of %1").arg(moment);
        return tr("Polling · %1").arg(ageText());
    case SyncStatus::Mode::Offline:
        break;
    }
    return moment.isEmpty() ? tr("Offline") : tr("Offline · as of %1").arg(moment);
}

QString Freshness::asOf() const
{
    const bool counts = m_status.mode == SyncStatus::Mode::Live || m_status.mode == SyncStatus::Mode::Polling;
    if (counts && !m_status.erpDown && ageMs() >= 0)
        return ageText();
    const QString moment = momentText();
    return moment.isEmpty() ? tr("not known yet") : moment;
}

QString Freshness::sentence() const
{
    switch (m_status.mode) {
    case SyncStatus::Mode::SignedOut:
        return tr("What is on this computer stays readable. Sign in to receive changes.");
    case SyncStatus::Mode::Connecting:
        return tr("Reaching the gateway. What is on this computer can be used meanwhile.");
    case SyncStatus::Mode::Filling:
        return tr("Everything you may see is being copied to this computer, newest first.");
    case SyncStatus::Mode::CatchingUp:
        return tr("Fetching what changed while this computer was away.");
    case SyncStatus::Mode::Live:
        if (m_status.erpDown)
            return tr("The gateway answers, but cannot reach the ERP. Changes made there will follow when it "
                      "is back.");
        return tr("Changes in the ERP are shown the moment they are made.");
    case SyncStatus::Mode::Polling:
        return tr("Push does not get through this network, so changes are asked for at intervals.");
    case SyncStatus::Mode::Offline:
        break;
    }
    if (!m_status.asOf.isSet())
        return m_status.disconnectedByPerson
            ? tr("You disconnected. How old this is will be known once you connect again.")
            : tr("The gateway does not answer. How old this is will be known once it does.");
    return m_status.disconnectedByPerson
        ? tr("You disconnected. Everything shown was true at the time given.")
        : tr("The gateway does not answer. Everything shown was true at the time given.");
}

Tone Freshness::tone() const
{
    switch (m_status.mode) {
    case SyncStatus::Mode::Live:
        return m_status.erpDown || ageMs() > liveLimitMs || ageMs() < 0 ? Tone::Warn : Tone::Ok;
    case SyncStatus::Mode::Polling:
        return m_status.erpDown ? Tone::Warn : Tone::Ok;
    case SyncStatus::Mode::Filling:
    case SyncStatus::Mode::CatchingUp:
        return Tone::Info;
    case SyncStatus::Mode::Offline:
        return Tone::Warn;
    case SyncStatus::Mode::SignedOut:
    case SyncStatus::Mode::Connecting:
        break;
    }
    return Tone::Neutral;
}

SyncStatus::KindProgress Freshness::overall() const
{
    SyncStatus::KindProgress sum;
    bool known = true;
    for (const SyncStatus::KindProgress &kind : m_status.progress) {
        sum.done += kind.done;
        sum.total += kind.total;
        known = known && (kind.total > 0 || kind.done == 0);
    }
    if (!known)
        sum.total = 0;
    return sum;
}

} // namespace Counterfoil
