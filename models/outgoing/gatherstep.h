#pragma once

#include "savestep.h"

#include <map>

namespace Counterfoil {

// Saves the documents of a batch into a folder for another program, which is given all of them or those that
// the person settled for.
class GatherStep final : public BatchStep
{
public:
    GatherStep(const QString &folder, const NamePattern &pattern);

    bool needsAll() const override { return true; }
    void take(std::size_t index, const OutgoingDocument &document, const QString &file,
              Answer answer) override;
    void end(End end) override;
    void cancel() override { m_save.cancel(); }

private:
    SaveStep m_save;
    std::map<std::size_t, QString> m_places; // those gathered, which may be taken again after a failure
};

} // namespace Counterfoil
