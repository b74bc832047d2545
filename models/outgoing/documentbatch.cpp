#include "documentbatch.h"

#include <algorithm>
#include <utility>

namespace Counterfoil {

namespace {

// The port fetches these by itself once there is a connection; of anything else the person decides.
bool comesLater(ErrorKind kind)
{
    return kind == ErrorKind::Offline || kind == ErrorKind::Unauthorized;
}

} // namespace

DocumentBatch::DocumentBatch(std::vector<OutgoingDocument> documents, std::unique_ptr<BatchStep> step,
                             DocumentPort &port, QObject *parent, int patienceMs)
    : QObject(parent)
    , m_port(port)
    , m_step(std::move(step))
{
    Q_ASSERT(documents.size() <= mostDocuments);
    for (OutgoingDocument &document : documents)
        m_items.push_back({std::move(document)});
    m_patience.setInterval(patienceMs);
    connect(&m_patience, &QTimer::timeout, this, &DocumentBatch::askAgain);
    connectPort();
}

DocumentBatch::~DocumentBatch()
{
    m_port.disconnect(this);
    if (!isOver())
        m_step->cancel();
    for (Item &item : m_items)
        letGo(item);
}

void DocumentBatch::connectPort()
{
    const auto awaited = [this](const QString &key) {
        return std::ranges::find_if(
            m_items, [&key](const Item &item) { return item.awaited && item.document.key == key; });
    };
    connect(&m_port, &DocumentPort::ready, this, [this, awaited](const QString &key, const QString &file) {
        const auto item = awaited(key);
        if (item == m_items.end())
            return;
        item->awaited = false;
        item->offline = false;
        item->file = file;
        item->state = ItemState::Here;
        m_waitsFor.clear();
        proceed();
    });
    connect(&m_port, &DocumentPort::failed, this, [this, awaited](const QString &key, const Error &error) {
        const auto item = awaited(key);
        if (item == m_items.end())
            return;
        if (comesLater(error.kind)) {
            item->offline = true;
            m_waitsFor = error.userText;
        } else {
            fail(static_cast<std::size_t>(item - m_items.begin()), error);
        }
        proceed();
    });
}

void DocumentBatch::start()
{
    setState(State::Running);
    m_patience.start();
    proceed();
}

void DocumentBatch::pause()
{
    if (m_state == State::Running)
        setState(State::Paused);
}

void DocumentBatch::resume()
{
    if (m_state != State::Paused)
        return;
    setState(State::Running);
    proceed();
}

void DocumentBatch::retryFailed()
{
    if (m_state == State::Cancelled || m_state == State::Ending)
        return;
    bool any = false;
    for (Item &item : m_items) {
        // What was taken into something that could not be ended is taken anew.
        const bool again = item.state == ItemState::Failed
            || ((m_state == State::Failed || m_step->needsAll()) && item.state == ItemState::Taken);
        if (!again)
            continue;
        any = true;
        item.state = ItemState::Waiting;
        item.error = {};
    }
    if (!any)
        return;
    m_error = {};
    m_patience.start(); // it rests once a batch is over
    if (m_state != State::Paused)
        setState(State::Running);
    proceed();
}

void DocumentBatch::leaveOutFailed()
{
    if (m_state != State::Stuck)
        return;
    for (Item &item : m_items) {
        if (item.state == ItemState::Failed)
            item.state = ItemState::LeftOut;
    }
    setState(State::Running);
    proceed();
}

void DocumentBatch::cancel()
{
    if (isOver())
        return;
    ++m_run;
    m_working = false;
    m_step->cancel();
    for (Item &item : m_items) {
        letGo(item);
        if (item.state == ItemState::Fetching || item.state == ItemState::Here
            || item.state == ItemState::Working)
            item.state = ItemState::Waiting;
    }
    setState(State::Cancelled);
}

bool DocumentBatch::isOver() const
{
    return m_state == State::Done || m_state == State::Failed || m_state == State::Cancelled;
}

std::size_t DocumentBatch::count(ItemState state) const
{
    return static_cast<std::size_t>(std::ranges::count(m_items, state, &Item::state));
}

QString DocumentBatch::waitsFor() const
{
    const bool moves
        = m_working || std::ranges::any_of(m_items, [](const Item &item) {
              return item.state == ItemState::Here || (item.state == ItemState::Fetching && !item.offline);
          });
    return moves || isOver() || m_state == State::Stuck ? QString() : m_waitsFor;
}

void DocumentBatch::proceed()
{
    if (m_state == State::Running) {
        fetchMore();
        takeNext();
    }
    const bool open = m_working || std::ranges::any_of(m_items, [](const Item &item) {
                          return item.state == ItemState::Waiting || item.state == ItemState::Fetching
                              || item.state == ItemState::Here;
                      });
    if (m_state == State::Running && !open) {
        if (m_step->needsAll() && count(ItemState::Failed) > 0)
            setState(State::Stuck);
        else
            endNow();
    }
    tell();
}

void DocumentBatch::fetchMore()
{
    int coming = 0;
    int later = 0;
    for (const Item &item : m_items) {
        coming += item.state == ItemState::Here || (item.state == ItemState::Fetching && !item.offline);
        later += item.state == ItemState::Fetching && item.offline;
    }
    for (Item &item : m_items) {
        if (coming >= fetchedAtOnce || coming + later >= mostAwaited)
            return;
        if (item.state != ItemState::Waiting)
            continue;
        ++coming;
        item.state = ItemState::Fetching;
        item.awaited = true;
        m_port.want(item.document.key);
    }
}

void DocumentBatch::takeNext()
{
    if (m_working)
        return;
    for (std::size_t index = 0; index < m_items.size(); ++index) {
        Item &item = m_items[index];
        if (item.state == ItemState::Here) {
            m_working = true;
            item.state = ItemState::Working;
            m_step->take(index, item.document, item.file,
                         [this, index, run = m_run](const Result<QString> &where) {
                             if (run == m_run)
                                 taken(index, where);
                         });
            return;
        }
        const bool before = item.state == ItemState::Waiting || item.state == ItemState::Fetching;
        if (before && m_step->keepsOrder())
            return;
    }
}

void DocumentBatch::taken(std::size_t index, const Result<QString> &place)
{
    m_working = false;
    if (place) {
        m_items[index].state = ItemState::Taken;
        m_items[index].place = *place;
    } else {
        fail(index, place.error());
    }
    // Later, since a step may answer at once, two thousand times.
    QMetaObject::invokeMethod(this, &DocumentBatch::proceed, Qt::QueuedConnection);
}

void DocumentBatch::endNow()
{
    setState(State::Ending);
    m_step->end([this, run = m_run](const Outcome &outcome, const std::vector<BatchStep::Blamed> &blamed) {
        if (run == m_run)
            ended(outcome, blamed);
    });
}

void DocumentBatch::ended(const Outcome &outcome, const std::vector<BatchStep::Blamed> &blamed)
{
    for (const BatchStep::Blamed &one : blamed)
        fail(one.index, one.error);
    if (!outcome)
        m_error = outcome.error();
    if (!blamed.empty())
        setState(State::Stuck);
    else
        setState(outcome ? State::Done : State::Failed);
}

void DocumentBatch::fail(std::size_t index, const Error &error)
{
    Item &item = m_items[index];
    letGo(item);
    item.state = ItemState::Failed;
    item.error = error;
}

void DocumentBatch::letGo(Item &item)
{
    item.offline = false;
    item.file.clear();
    if (std::exchange(item.awaited, false))
        m_port.forget(item.document.key);
}

void DocumentBatch::setState(State state)
{
    m_state = state;
    tell();
    if (!isOver())
        return;
    m_patience.stop();
    QMetaObject::invokeMethod(this, &DocumentBatch::over, Qt::QueuedConnection);
}

void DocumentBatch::tell()
{
    if (std::exchange(m_telling, true))
        return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_telling = false;
            Q_EMIT changed();
        },
        Qt::QueuedConnection);
}

// Whoever else waited for the same document may have given it up, and with it our answer.
void DocumentBatch::askAgain()
{
    for (const Item &item : m_items) {
        if (item.awaited && !item.offline)
            m_port.want(item.document.key);
    }
}

} // namespace Counterfoil
