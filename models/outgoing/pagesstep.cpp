#include "pagesstep.h"

namespace Counterfoil {

PagesStep::PagesStep(PackJob plan, std::vector<quint32> pages)
    : m_plan(std::move(plan))
    , m_pages(std::move(pages))
{ }

PagesStep::~PagesStep()
{
    PagesStep::cancel();
}

void PagesStep::take(std::size_t, const OutgoingDocument &document, const QString &file, Answer answer)
{
    PackJob job = m_plan;
    job.sources.push_back({document, file, m_plan.name, m_pages});
    m_watch = std::make_shared<PackWatch>();
    m_thread.start([job = std::move(job), watch = m_watch, answer = std::move(answer)]() -> SideThread::Then {
        const auto made = makePack(job, *watch);
        return [answer, made] {
            if (const auto *pack = std::get_if<MadePack>(&made))
                answer(pack->path);
            else
                answer(std::get_if<PackTrouble>(&made)->error);
        };
    });
}

void PagesStep::cancel()
{
    m_watch->cancelled = true;
}

} // namespace Counterfoil
