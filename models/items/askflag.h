#pragma once

#include <atomic>
#include <memory>

namespace Counterfoil {

// Stands for one kind of question to the cache: asking anew, or going away, cancels the one under way.
class AskFlag
{
public:
    AskFlag() = default;
    AskFlag(const AskFlag &) = delete;
    AskFlag &operator=(const AskFlag &) = delete;
    ~AskFlag() { cancel(); }

    std::shared_ptr<std::atomic_bool> renew()
    {
        cancel();
        return m_flag = std::make_shared<std::atomic_bool>(false);
    }
    void cancel()
    {
        if (m_flag)
            m_flag->store(true);
        m_flag.reset();
    }
    void finish() { m_flag.reset(); }
    bool isUnderWay() const { return m_flag != nullptr; }

private:
    std::shared_ptr<std::atomic_bool> m_flag;
};

} // namespace Counterfoil
