#include "address.h"
#include "connectorconformance.h"
#include "contact.h"
#include "paper.h"
#include "sandboxerp.h"
#include "status.h"

#include <QGuiApplication>
#include <QTemporaryDir>
#include <QtTest>

using namespace Counterfoil;

// The sandbox on the conformance suite. It stands still but for what the suite asks for, and removes nothing.
int main(int argc, char **argv)
{
    const QGuiApplication application(argc, argv);
    const QTemporaryDir folder;
    const SystemClock clock;
    std::unique_ptr<SandboxErp> editing;
    const auto open = [&] {
        auto erp = SandboxErp::open(folder.filePath(QStringLiteral("erp.sqlite")),
                                    {.scale = 300, .drawing = drawPaper}, clock);
        return erp ? *std::move(erp) : nullptr;
    };
    editing = open();
    if (!editing)
        return 1;
    int changes = 0;
    ConformanceSubject subject;
    subject.open = [&] { return open(); };
    subject.change = [&] {
        const std::string key = "order/confirmed";
        const bool done
            = editing->setStatusLabel(key, "Confirmed, " + std::to_string(++changes), clock.now()).ok();
        return std::pair(done ? &Status::type : nullptr, key);
    };
    subject.elsewhere = [&](const std::string &) {
        const auto other
            = SandboxErp::open(folder.filePath(QStringLiteral("elsewhere.sqlite")), {.scale = 50}, clock);
        const auto batch = other ? (*other)->changesAfter({}, 100) : Result<ErpBatch>(other.error());
        return batch ? batch->position : std::string();
    };
    ConnectorConformance suite(std::move(subject));
    return QTest::qExec(&suite, argc, argv);
}
