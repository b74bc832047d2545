#pragma once

#include "pagerenderer.h"

#include <QHash>
#include <QMap>
#include <QObject>

namespace Counterfoil {

inline constexpr int soonMs = 30'000; // a computer that builds at the same time may take its time

// Every answer of a renderer, by its ticket.
class RenderAnswers final : public QObject
{
    Q_OBJECT
public:
    explicit RenderAnswers(PageRenderer &renderer);

    QHash<quint64, OpenedDocument> opened;
    QHash<quint64, QImage> drawn;
    QHash<quint64, std::vector<TextBox>> words;
    QHash<quint64, QMap<int, std::vector<TextHit>>> found;
    QHash<quint64, std::vector<AttachedFile>> attachments;
    QHash<quint64, QByteArray> attachedBytes;
    QHash<quint64, int> findEnded;
    QHash<quint64, std::vector<PageLink>> links;
    QHash<quint64, std::vector<OutlineEntry>> outlines;
    QHash<quint64, Error> failed;
    QList<quint64> order; // of all but found()

    bool has(quint64 ticket) const { return order.contains(ticket); }
    // Runs the event loop until the ticket is answered, at most so long.
    bool waitFor(quint64 ticket, int ms = 20'000);

Q_SIGNALS:
    void answered(quint64 ticket);

private:
    void note(quint64 ticket);
};

} // namespace Counterfoil
