#pragma once

#include "documentbatch.h"
#include "namepattern.h"
#include "packing.h"
#include "sidethread.h"

#include <map>

namespace Counterfoil {

// Gathers the documents of a batch, and makes one pack of them at the end.
class PackStep final : public BatchStep
{
public:
    // `plan`: all but the sources, which come as they are taken.
    PackStep(PackJob plan, const NamePattern &pattern);
    ~PackStep() override;

    bool needsAll() const override { return true; }
    void take(std::size_t index, const OutgoingDocument &document, const QString &file,
              Answer answer) override;
    void end(End end) override;
    void cancel() override;

    QString madePath() const { return m_made; } // empty: not yet

private:
    void noteMade(const std::variant<MadePack, PackTrouble> &made, const std::vector<std::size_t> &indexes,
                  const End &end);

    const PackJob m_plan;
    const NamePattern m_pattern;
    std::map<std::size_t, PackJob::Source> m_sources; // by the batch's index
    std::shared_ptr<PackWatch> m_watch = std::make_shared<PackWatch>();
    QString m_made;
    SideThread m_thread;
};

} // namespace Counterfoil
