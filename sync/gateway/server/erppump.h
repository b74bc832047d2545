#pragma once

#include "shell.h"

#include <thread>

namespace Counterfoil {

// Asks the ERP what changed, for the documents that requests wait for and about commands, on a thread of its
// own, and has the core take the answers in.
class ErpPump
{
public:
    ErpPump(Shell &shell, Connector &erp);
    ~ErpPump() { stop(); }

    void wake(); // there is something to ask for; from any thread
    void stop(); // waits for a question under way; the shell's threads must still run

private:
    void run();
    bool stopping();
    bool askForChanges(); // true: more follows at once
    bool askForQuote();
    bool askForDocument();   // true: there was one to ask for
    bool askAboutCommands(); // true: there were some to ask about

    Shell &m_shell;
    Connector &m_erp;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_woken = false;
    bool m_stopping = false;
    std::thread m_thread;
};

} // namespace Counterfoil
