// Fills a cache from the sandbox company and photographs the Home pane:
//   homegallery DIR [light|dark] [WIDTH HEIGHT [TEXTPERCENT]]

#include "guifixture.h"
#include "homepane.h"
#include "sandboxerp.h"
#include "statuswording.h"
#include "theme.h"

#include "freshness.h"

#include <QApplication>
#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>

using namespace Counterfoil;

namespace {

// Everything that the company has to tell, and the account that orders most.
bool fill(TestCache &cache, const Clock &clock, std::string &busiest)
{
    QTemporaryDir folder;
    SandboxSettings settings;
    settings.scale = 6000;
    auto erp = SandboxErp::open(folder.filePath(QStringLiteral("erp.db")), settings, clock);
    if (!erp)
        return false;
    std::map<std::string, int> orders;
    std::string position;
    for (bool more = true; more;) {
        auto batch = erp.value()->changesAfter(position, 2000);
        if (!batch)
            return false;
        position = batch.value().position;
        more = batch.value().more;
        for (const Change &change : batch.value().changes) {
            if (change.kind == &Order::type && ++orders[change.account] > orders[busiest])
                busiest = change.account;
        }
        cache.put(batch.value().changes);
    }
    return true;
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    const QStringList words = QApplication::arguments();
    if (words.size() < 2)
        return 2;
    const QDir out(words.at(1));
    const bool dark = words.value(2) == QLatin1String("dark");
    Theme theme(application);
    theme.setScheme(dark ? Theme::Scheme::Dark : Theme::Scheme::Light);
    theme.setTextPercent(words.value(5, QStringLiteral("100")).toInt());
    TestCache cache;
    SetClock clock;
    std::string busiest;
    if (!fill(cache, clock, busiest))
        return 1;
    SetSyncPort sync;
    sync.setMode(SyncStatus::Mode::Live, clock);
    SetDocumentPort documents;
    const StatusWording wording(cache.readers());
    const Freshness freshness(sync, clock);
    for (const auto &[person, account, name] :
         {std::tuple(buyer(), busiest, "buyer"), std::tuple(buyer(), std::string(), "csr"),
          std::tuple(viewer(), busiest, "viewer"), std::tuple(buyer(), std::string("nobody"), "empty")}) {
        HomePane pane({cache.readers(), wording, freshness, clock, person, documents, {}});
        if (!account.empty())
            pane.setAccounts({account});
        pane.resize(words.value(3, QStringLiteral("1092")).toInt(),
                    words.value(4, QStringLiteral("750")).toInt());
        pane.show();
        QTest::qWait(1500);
        pane.grab().save(
            out.filePath(QStringLiteral("%1-%2-%3.png")
                             .arg(QString::fromLatin1(name), words.value(2, QStringLiteral("light")),
                                  words.value(5, words.value(3)))));
    }
    return 0;
}
