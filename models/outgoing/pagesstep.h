#pragma once

#include "documentbatch.h"
#include "packing.h"
#include "sidethread.h"

namespace Counterfoil {

// Makes a PDF of some pages of a document, in the process that makes packs.
class PagesStep final : public BatchStep
{
public:
    // `plan`: all but the sources. `pages`: from 0, in the order wanted.
    PagesStep(PackJob plan, std::vector<quint32> pages);
    ~PagesStep() override;

    void take(std::size_t index, const OutgoingDocument &document, const QString &file,
              Answer answer) override;
    void cancel() override;

private:
    const PackJob m_plan;
    const std::vector<quint32> m_pages;
    std::shared_ptr<PackWatch> m_watch = std::make_shared<PackWatch>();
    SideThread m_thread;
};

} // namespace Counterfoil
