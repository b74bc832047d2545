// The tour's stops at papers that are no invoices: from the record to its paper, and what each looks like.

#include "tour.h"

#include "cachereader.h"
#include "desktop.h"
#include "document.h"
#include "documentdetailpane.h"
#include "documentview.h"
#include "payment.h"
#include "recordspage.h"
#include "shipment.h"
#include "workspace.h"

#include <algorithm>

namespace Counterfoil {

// From a shipment to its proof of delivery, with one key.
void Tour::proofStop()
{
    m_driver.select(Shipment::type, "status", "delivered");
    m_driver.act(QStringLiteral("pane.shipments"));
    DetailPane &shipment = m_driver.workspace()->page(Shipment::type)->detail();
    const auto proof = [&shipment] {
        const auto &links = shipment.links();
        const auto found = std::find_if(links.begin(), links.end(), [](const RecordLink &link) {
            return link.ref.kind == &Document::type && link.ref.key.find("POD") != std::string::npos;
        });
        return found == links.end() ? -1 : static_cast<int>(found - links.begin());
    };
    m_driver.waitUntil("the shipment leads to its proof", [&proof] { return proof() >= 0; });
    m_driver.picture(QStringLiteral("shipment-with-papers"));
    m_driver.press(static_cast<Qt::Key>(Qt::Key_1 + proof()), Qt::AltModifier);
}

void Tour::paperKindStops()
{
    proofStop();
    const auto *detail
        = qobject_cast<DocumentDetailPane *>(&m_driver.workspace()->page(Document::type)->detail());
    const auto isOpen = [detail] { return detail && detail->document().isOpen(); };
    m_driver.waitUntil("the proof of delivery", isOpen);
    m_driver.picture(QStringLiteral("paper-of-shipment"));
    for (const Paper &paper : papers()) {
        if (paper.code == Paper::invoice || paper.code == Paper::picture)
            continue;
        const std::string code(paper.code);
        const auto of = CacheReader(m_driver.desktop().client().profile().cachePath())
                            .byField(Document::type, "paper", code);
        if (!of || of->empty()) {
            m_driver.miss(QStringLiteral("no paper of the kind ") + QString::fromStdString(code));
            continue;
        }
        const std::string &key = of->back().record.as<Document>()->key;
        m_driver.workspace()->openRecord({&Document::type, key}, false);
        m_driver.waitUntil(
            "the paper", [&] { return detail->document().key() == QString::fromStdString(key) && isOpen(); });
        m_driver.picture(QStringLiteral("paper-") + QString::fromStdString(code));
    }
}

} // namespace Counterfoil
