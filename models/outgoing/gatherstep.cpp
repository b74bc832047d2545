#include "gatherstep.h"

#include <QCoreApplication>

namespace Counterfoil {

GatherStep::GatherStep(const QString &folder, const NamePattern &pattern)
    : m_save(folder, pattern)
{ }

void GatherStep::take(std::size_t index, const OutgoingDocument &document, const QString &file, Answer answer)
{
    if (const auto place = m_places.find(index); place != m_places.end())
        return answer(place->second);
    m_save.take(index, document, file,
                [this, index, answer = std::move(answer)](const Result<QString> &place) {
                    if (place)
                        m_places.emplace(index, *place);
                    answer(place);
                });
}

void GatherStep::end(End end)
{
    if (m_places.empty())
        return end(Error{ErrorKind::BadInput,
                         QCoreApplication::translate("GatherStep", "Nothing is left to be sent.")},
                   {});
    end(Done(), {});
}

} // namespace Counterfoil
