#pragma once

#include "shell.h"

#include <thread>

namespace Counterfoil {

// Asks the ERP what changed, for the documents that requests wait for and about commands, on a thread of its
// own, and has the core take the answers in.
class ErpPump
{
public:
    // `papers`: another connector to the same ERP, which makes documents on a thread of its own while `erp`
    // goes on; null: there is none.
    ErpPump(Shell &shell, Connector &erp, Connector *papers = nullptr);
    ~ErpPump() { stop(); }

    void wake(); // there is something to ask for; from any thread
    void stop(); // waits for a question under way; the shell's threads must still run

private:
    enum class Errands { All, Papers, OtherThanPapers };
    ErpPump(Shell &shell, Connector &erp, Errands errands);

    void run();
    bool runErrands(); // true: there may be more at once
    bool stopping();
    bool askForChanges(); // true: more follows at once
    bool askForQuote();
    bool askForDocument();   // true: there was one to ask for
    bool askAboutCommands(); // true: there were some to ask about

    Shell &m_shell;
    Connector &m_erp;
    const Errands m_errands;
    std::unique_ptr<ErpPump> m_papers; // the other thread; null: there is none
    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_woken = false;
    bool m_stopping = false;
    std::thread m_thread;
};

} // namespace Counterfoil
