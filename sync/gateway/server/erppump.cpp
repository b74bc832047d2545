#include "erppump.h"

#include <boost/asio/post.hpp>

#include <chrono>
#include <future>

namespace Counterfoil {

namespace {

// Before the others have their turn; a command takes two.
constexpr int commandQuestionsAtOnce = 32;

// Runs `work` on the core's strand and waits for what it returns.
template <class Work> auto onCore(Shell &shell, Work work)
{
    std::promise<decltype(work())> promise;
    auto future = promise.get_future();
    asio::post(shell.coreStrand, [&promise, &work] { promise.set_value(work()); });
    return future.get();
}

} // namespace

ErpPump::ErpPump(Shell &shell, Connector &erp, Connector *papers)
    : ErpPump(shell, erp, papers ? Errands::OtherThanPapers : Errands::All)
{
    if (papers)
        m_papers.reset(new ErpPump(shell, *papers, Errands::Papers));
    m_erp.setChangeCallback([this] { wake(); });
}

ErpPump::ErpPump(Shell &shell, Connector &erp, Errands errands)
    : m_shell(shell)
    , m_erp(erp)
    , m_errands(errands)
    , m_thread([this] { run(); })
{ }

void ErpPump::wake()
{
    if (m_papers)
        m_papers->wake();
    const std::lock_guard lock(m_mutex);
    m_woken = true;
    m_wake.notify_one();
}

void ErpPump::stop()
{
    if (m_papers)
        m_papers->stop();
    if (!m_thread.joinable())
        return;
    m_erp.setChangeCallback({});
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
        m_wake.notify_one();
    }
    m_thread.join();
}

// By turns, so that none waits for the end of another. Changes come after commands, so that their effects are
// told soon.
void ErpPump::run()
{
    std::unique_lock lock(m_mutex);
    while (!m_stopping) {
        m_woken = false;
        lock.unlock();
        const bool more = runErrands();
        lock.lock();
        if (!more) {
            m_wake.wait_for(lock, std::chrono::milliseconds(m_shell.settings.erpEveryMs),
                            [this] { return m_woken || m_stopping; });
        }
    }
}

bool ErpPump::runErrands()
{
    if (m_errands == Errands::Papers)
        return askForDocument();
    bool more = askForQuote();
    if (m_errands == Errands::All)
        more |= askForDocument();
    more |= askAboutCommands();
    more |= askForChanges();
    return more;
}

bool ErpPump::stopping()
{
    const std::lock_guard lock(m_mutex);
    return m_stopping;
}

bool ErpPump::askForChanges()
{
    const auto question = onCore(m_shell, [this] { return m_shell.core.question(); });
    if (!question)
        return false;
    const auto answer = m_erp.changesAfter(question->position, question->limit);
    return onCore(m_shell, [&] {
        const auto result = m_shell.core.take(*question, answer);
        m_shell.carryOut(result.effects);
        m_shell.askHooks();
        return result.more;
    });
}

bool ErpPump::askAboutCommands()
{
    for (int asked = 0; asked < commandQuestionsAtOnce && !stopping(); ++asked) {
        const auto question = onCore(m_shell, [this] {
            auto next = m_shell.core.commandQuestion();
            m_shell.askHooks(); // looking for it may have found commands that somebody is to be asked about
                                // first
            return next;
        });
        if (!question)
            return asked > 0;
        const auto answer = GatewayCore::ask(m_erp, *question);
        onCore(m_shell, [&] {
            m_shell.carryOut(m_shell.core.takeCommand(*question, answer));
            return true;
        });
    }
    return true;
}

// Somebody watches and waits, so it comes first of its turn.
bool ErpPump::askForQuote()
{
    const auto question = onCore(m_shell, [this] { return m_shell.core.quoteQuestion(); });
    if (!question)
        return false;
    const auto answer = m_erp.quote(question->request, question->actor);
    return onCore(m_shell, [&] {
        m_shell.answerLate(m_shell.core.takeQuote(*question, answer));
        return true;
    });
}

bool ErpPump::askForDocument()
{
    const auto question = onCore(m_shell, [this] { return m_shell.core.documentQuestion(); });
    if (!question)
        return false;
    const auto kept = m_shell.core.keepDocument(*question, m_erp.document(question->key));
    return onCore(m_shell, [&] {
        m_shell.answerLate(m_shell.core.takeDocument(*question, kept));
        return true;
    });
}

} // namespace Counterfoil
