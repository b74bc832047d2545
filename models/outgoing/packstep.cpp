#include "packstep.h"

#include <QCoreApplication>

namespace Counterfoil {

PackStep::PackStep(PackJob plan, const NamePattern &pattern)
    : m_plan(std::move(plan))
    , m_pattern(pattern)
{ }

PackStep::~PackStep()
{
    m_watch->cancelled = true;
}

void PackStep::take(std::size_t index, const OutgoingDocument &document, const QString &file, Answer answer)
{
    m_sources[index] = {document, file, m_pattern.nameOf(document)};
    answer(QString());
}

void PackStep::end(End end)
{
    PackJob job = m_plan;
    std::vector<std::size_t> indexes;
    for (const auto &[index, source] : m_sources) {
        job.sources.push_back(source);
        indexes.push_back(index);
    }
    if (job.sources.empty())
        return end(
            Error{ErrorKind::BadInput, QCoreApplication::translate("Packing", "Nothing is left to pack.")},
            {});
    m_watch = std::make_shared<PackWatch>();
    m_thread.start(
        [this, job = std::move(job), watch = m_watch, indexes, end = std::move(end)]() -> SideThread::Then {
            const auto made = makePack(job, *watch);
            return [this, made, indexes, end] { noteMade(made, indexes, end); };
        });
}

void PackStep::noteMade(const std::variant<MadePack, PackTrouble> &made,
                        const std::vector<std::size_t> &indexes, const End &end)
{
    if (const auto *pack = std::get_if<MadePack>(&made)) {
        m_made = pack->path;
        return end(Done(), {});
    }
    const PackTrouble &trouble = *std::get_if<PackTrouble>(&made);
    std::vector<Blamed> blamed;
    if (trouble.blamed >= 0) {
        const std::size_t index = indexes[static_cast<std::size_t>(trouble.blamed)];
        m_sources.erase(index); // until it is taken again
        blamed.push_back({index, trouble.error});
    }
    end(trouble.error, blamed);
}

void PackStep::cancel()
{
    m_watch->cancelled = true;
    m_sources.clear();
}

} // namespace Counterfoil
