#include "savestep.h"

#include "savedcopy.h"

namespace Counterfoil {

SaveStep::SaveStep(const QString &folder, const NamePattern &pattern)
    : m_folder(folder)
    , m_pattern(pattern)
{ }

SaveStep::SaveStep(const QString &folder, const QString &name)
    : m_folder(folder)
    , m_name(name)
{ }

SaveStep::~SaveStep()
{
    SaveStep::cancel();
}

void SaveStep::take(std::size_t, const OutgoingDocument &document, const QString &file, Answer answer)
{
    const CopyOrder order{file, document.sha256, m_folder,
                          m_name.isEmpty() ? m_pattern.nameOf(document) : m_name, !m_name.isEmpty()};
    m_cancelled = std::make_shared<std::atomic_bool>(false);
    m_thread.start([order, cancelled = m_cancelled, answer = std::move(answer)]() -> SideThread::Then {
        const auto saved = saveCopy(order, *cancelled);
        return [answer, saved] { answer(saved); };
    });
}

void SaveStep::cancel()
{
    if (m_cancelled)
        m_cancelled->store(true);
}

} // namespace Counterfoil
