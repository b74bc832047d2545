#pragma once

#include "documentbatch.h"
#include "namepattern.h"
#include "sidethread.h"

#include <atomic>

namespace Counterfoil {

// Saves each document of a batch into a folder, under its pattern's name. The disk is waited for on a thread
// of its own.
class SaveStep final : public BatchStep
{
public:
    SaveStep(const QString &folder, const NamePattern &pattern);
    // One document, under the name that the person chose for it and over whatever has that name.
    SaveStep(const QString &folder, const QString &name);
    ~SaveStep() override;

    void take(std::size_t index, const OutgoingDocument &document, const QString &file,
              Answer answer) override;
    void cancel() override;

private:
    const QString m_folder;
    const NamePattern m_pattern;
    const QString m_name;                          // empty: by the pattern
    std::shared_ptr<std::atomic_bool> m_cancelled; // of the copy under way
    SideThread m_thread;
};

} // namespace Counterfoil
