#pragma once

#include "documentport.h"
#include "outgoingdocument.h"

#include <QTimer>

#include <functional>
#include <memory>
#include <utility>
#include <vector>

namespace Counterfoil {

// What a batch does with its documents: saves, prints or packs them. GUI thread; nothing here blocks.
class BatchStep
{
public:
    // Once, later or at once, with where the document went.
    using Answer = std::function<void(const Result<QString> &)>;
    struct Blamed
    {
        std::size_t index = 0;
        Error error;
    };
    // `blamed` are documents for which it could not be ended; without them it may be tried again.
    using End = std::function<void(const Outcome &, const std::vector<Blamed> &blamed)>;

    virtual ~BatchStep() = default;

    virtual bool keepsOrder() const { return false; } // takes each only after those before it
    virtual bool needsAll() const { return false; }   // does not end while a document failed

    // The document's file is on this computer. One is taken at a time.
    virtual void take(std::size_t index, const OutgoingDocument &document, const QString &file, Answer answer)
        = 0;
    // All were taken, but those that failed, or that the person leaves out.
    virtual void end(End end)
    {
        const End answer = std::move(end);
        answer(Done(), {});
    }
    // Gives up what is under way; no answer follows.
    virtual void cancel() = 0;
};

// Many documents on their way out: each is fetched where it is not on this computer, and taken by the step.
// One that fails is named with its reason, and the others go on. Without a connection it waits for what is
// not here. GUI thread; never blocks.
class DocumentBatch final : public QObject
{
    Q_OBJECT
public:
    static constexpr std::size_t mostDocuments = 2'000; // longer selections are refused before they get here
    static constexpr int fetchedAtOnce = 4;
    static constexpr int mostAwaited = 32;         // fetched once there is a connection
    static constexpr int usualPatienceMs = 15'000; // for the port's answer, before it is asked again

    enum class State {
        Running,
        Paused,
        Stuck,  // some failed, and the step wants all: try again, leave out, or cancel
        Ending, // all were taken
        Done,   // whatever failed
        Failed, // it could not be ended; see error()
        Cancelled,
    };
    enum class ItemState { Waiting, Fetching, Here, Working, Taken, Failed, LeftOut };
    struct Item
    {
        OutgoingDocument document;
        ItemState state = ItemState::Waiting;
        bool awaited = false; // the port may still answer
        bool offline = false; // it comes once there is a connection
        QString file;         // while it is here
        QString place;        // where a taken one went
        Error error;          // of a failed one
    };

    DocumentBatch(std::vector<OutgoingDocument> documents, std::unique_ptr<BatchStep> step,
                  DocumentPort &port, QObject *parent = nullptr, int patienceMs = usualPatienceMs);
    ~DocumentBatch() override; // cancels

    void start();
    void pause(); // what is under way is ended first
    void resume();
    void retryFailed();
    void leaveOutFailed(); // in Stuck
    void cancel();

    State state() const { return m_state; }
    bool isOver() const;
    const std::vector<Item> &items() const { return m_items; }
    std::size_t count(ItemState state) const;
    // Nothing moves until there is a connection; what the person is told about it, or empty.
    QString waitsFor() const;
    const Error &error() const { return m_error; }

Q_SIGNALS:
    void changed(); // state or counts; at most once each turn of the event loop
    void over();

private:
    void connectPort();
    void proceed();
    void fetchMore();
    void takeNext();
    void taken(std::size_t index, const Result<QString> &place);
    void endNow();
    void ended(const Outcome &outcome, const std::vector<BatchStep::Blamed> &blamed);
    void fail(std::size_t index, const Error &error);
    void letGo(Item &item);
    void setState(State state);
    void tell();
    void askAgain();

    DocumentPort &m_port;
    std::unique_ptr<BatchStep> m_step;
    std::vector<Item> m_items;
    State m_state = State::Paused;
    bool m_working = false; // the step has one
    quint64 m_run = 0;      // counts cancellations and ends: answers of an older run are none
    bool m_telling = false;
    Error m_error;
    QString m_waitsFor;
    QTimer m_patience;
};

} // namespace Counterfoil
