#pragma once

#include "account.h"
#include "actions.h"
#include "cartdesk.h"
#include "cartlinesmodel.h"
#include "cartpane.h"
#include "cartview.h"
#include "commandfixture.h"
#include "freshness.h"
#include "guifixture.h"
#include "recordview.h"
#include "reviewsheet.h"
#include "statuswording.h"

#include <QTest>

namespace Counterfoil {

inline Account accountOf(const std::string &key)
{
    Account account;
    account.key = account.account = key;
    account.name = "Company " + key;
    account.currency = "GBP";
    return account;
}

inline Cart storedCart()
{
    Cart cart;
    cart.key = "c1";
    cart.account = "a1";
    cart.name = "Workshop";
    cart.owner = buyer().user.toStdString();
    cart.status = "open";
    cart.currency = "GBP";
    for (int i = 1; i <= 3; ++i) {
        CartLine line;
        line.lineNumber = i;
        line.sku = "S-" + std::to_string(i);
        line.unit = "each";
        line.quantity = Decimal::fromInteger(10 * i);
        line.unitPrice = Decimal::fromInteger(2);
        line.pricedAt = Instant{1'790'000'000'000};
        cart.lines.push_back(line);
    }
    cart.lineCount = 3;
    return cart;
}

class CartFixture
{
public:
    CartFixture()
    {
        sync.setMode(SyncStatus::Mode::Live, clock);
        cache.put({changeTo(accountOf("a1"))});
    }
    void showPane()
    {
        pane = std::make_unique<CartPane>(context, commands, quotes, desk);
        actions = new Actions(*pane);
        pane->addActions(*actions);
        pane->resize(1200, 700);
        pane->show();
        QTRY_COMPARE(pane->book().state(), CartBook::State::Here);
    }
    void putCart()
    {
        cache.put({changeTo(storedCart())});
        showPane();
        QTRY_COMPARE(pane->cart().lines().rowCount(), 3);
    }
    const OutboxEntry &last() const { return commands.entries()->back(); }
    ReviewSheet *review() const
    {
        ReviewSheet *sheet = pane->cart().review();
        return sheet && QTest::qWaitFor([sheet] { return sheet->isAnswered(); }) ? sheet : nullptr;
    }

    TestCache cache;
    SetClock clock;
    SetSyncPort sync;
    SetDocumentPort documents;
    FileCommandPort commands{clock};
    SetQuotePort quotes;
    Person person = buyer();
    StatusWording wording{cache.readers()};
    Freshness freshness{sync, clock};
    PaneContext context{cache.readers(), wording, freshness, clock, person, documents, {}};
    CartDesk desk{context, commands};
    std::unique_ptr<CartPane> pane;
    Actions *actions = nullptr;
};

} // namespace Counterfoil
