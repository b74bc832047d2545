#pragma once

#include "shell.h"

#include <thread>

namespace Counterfoil {

// Asks the ERP what changed, on a thread of its own, and has the core take the answers in.
class ErpPump
{
public:
    ErpPump(Shell &shell, Connector &erp);
    ~ErpPump(); // waits for a question under way; the shell's threads must still run

private:
    void run();
    bool askOnce(); // true: more follows at once

    Shell &m_shell;
    Connector &m_erp;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_called = false;
    bool m_stopping = false;
    std::thread m_thread;
};

} // namespace Counterfoil
