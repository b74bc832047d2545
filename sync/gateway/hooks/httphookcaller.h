#pragma once

#include "clock.h"
#include "hook.h"

#include <memory>

namespace Counterfoil {

// Calls hooks over HTTP on a thread of its own: POST, signed, no redirect followed, an answer of at most
// `answerBytes`, and ended when the hook's time is over however slowly it drips.
class HttpHookCaller final : public HookCaller
{
public:
    static constexpr qint64 answerBytes = 1024 * 1024; // an amended command, at worst

    explicit HttpHookCaller(const Clock &clock);
    ~HttpHookCaller() override; // stops

    void call(const HookQuestion &question, std::function<void(HookAnswer)> answered) override;
    void stop() override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Counterfoil
