#include "savestep.h"

#include "savedcopy.h"

namespace Counterfoil {

SaveStep::SaveStep(const QString &folder, const NamePattern &pattern)
    : m_folder(folder)
    , m_pattern(pattern)
    , m_here(std::make_unique<QObject>())
{
    m_thread.setMaxThreadCount(1);
}

SaveStep::SaveStep(const QString &folder, const QString &name)
    : m_folder(folder)
    , m_name(name)
    , m_here(std::make_unique<QObject>())
{
    m_thread.setMaxThreadCount(1);
}

SaveStep::~SaveStep()
{
    m_cancelled->store(true);
    m_thread.waitForDone(); // a block of a file, at most
}

void SaveStep::take(std::size_t, const OutgoingDocument &document, const QString &file, Answer answer)
{
    const CopyOrder order{file, document.sha256, m_folder,
                          m_name.isEmpty() ? m_pattern.nameOf(document) : m_name, !m_name.isEmpty()};
    m_cancelled->store(false);
    m_thread.start([order, cancelled = m_cancelled, here = m_here.get(), answer = std::move(answer)] {
        const auto saved = saveCopy(order, *cancelled);
        QMetaObject::invokeMethod(
            here, [answer, saved] { answer(saved); }, Qt::QueuedConnection);
    });
}

void SaveStep::cancel()
{
    m_cancelled->store(true);
}

} // namespace Counterfoil
