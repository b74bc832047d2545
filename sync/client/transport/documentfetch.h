#pragma once

#include "documentanswer.h"
#include "documenteffects.h"

#include <QElapsedTimer>
#include <QNetworkAccessManager>
#include <QObject>
#include <QTimer>
#include <QUrl>

#include <functional>

class QNetworkReply;

namespace Counterfoil {

class DocumentShelf;

// One transfer of one document to the shelf: piece by piece, going on where an earlier one was cut.
// Lives on the sync thread and ends with one of its two last signals, or by stop(), which must come
// before it is deleted. None of its signals comes from within a call.
class DocumentFetch final : public QObject
{
    Q_OBJECT
public:
    // Runs a piece of work on the shelf's thread and its second half on this one; both must outlive it.
    using OnShelf = std::function<void(std::function<std::function<void()>(DocumentShelf &)>)>;

    DocumentFetch(QNetworkAccessManager &access, OnShelf onShelf, const QUrl &gateway,
                  const StartTransfer &what, QObject *parent);

    void stop(); // no signal follows; what came so far stays on the shelf

Q_SIGNALS:
    void progressed(Counterfoil::TransferId id, const Counterfoil::DocumentPort::Progress &progress);
    void succeeded(Counterfoil::TransferId id, const Counterfoil::Transferred &file);
    void failed(Counterfoil::TransferId id, const Counterfoil::TransferFailure &failure);

private:
    // work(shelf) there, then use(its answer) here, unless this transfer is gone by then.
    template <class Work, class Use> void onShelf(Work work, Use use);

    void begun(const Result<PartState> &part);
    void request();
    void advance();
    void readHead();
    void readRefusal();
    void written(qsizetype bytes, const Outcome &outcome);
    void ended();
    void finish(const std::string &sha256);
    void finished(const Result<std::optional<Transferred>> &file);
    void checkPace();
    void tellProgress();
    void fail(const Error &error, bool wrongBytes = false);

    QNetworkAccessManager &m_access;
    OnShelf m_onShelf;
    QUrl m_gateway;
    StartTransfer m_what;
    QNetworkReply *m_reply = nullptr;
    PartState m_part;
    std::optional<DocumentAnswer> m_answer;
    QByteArray m_refusal; // the body of an answer that is none
    qint64 m_received = 0;
    qint64 m_receivedBefore = 0; // at the last look at the pace
    bool m_busy = false;         // the shelf works
    bool m_over = false;
    QTimer m_pace;
    QElapsedTimer m_sinceProgress;
};

} // namespace Counterfoil
