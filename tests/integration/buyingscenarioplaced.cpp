// What happens to what was placed: approvals, changes and cancelling.

#include "buyingscenario.h"

namespace Counterfoil {

// 5
void BuyingScenario::anOrderAboveTheLimitWaits()
{
    const auto lou = signedIn("lou");
    const auto ann = signedIn("ann");
    QVERIFY(lou && ann);
    const auto placed = place(*lou, "4500000103");
    QVERIFY(placed);
    QTRY_VERIFY_WITH_TIMEOUT(approvalOf(*ann, placed->cart.key), answerMs);
    const Approval approval = *approvalOf(*ann, placed->cart.key);
    QCOMPARE(approval.waitsFor, std::string("ann"));
    QCOMPARE(ordersWith("4500000103"), 0);
    write(QStringLiteral("5 an order above the limit"),
          QStringLiteral("%1 waits for %2")
              .arg(QString::fromStdString(approval.number), QString::fromStdString(approval.waitsFor)),
          QStringLiteral("0 orders"));
    const QString own = decide(*lou, "approve", approval);
    QTRY_VERIFY_WITH_TIMEOUT(lou->ended(own), answerMs);
    QCOMPARE(lou->entry(own)->state, State::Rejected);
    write(QStringLiteral("5 approved by who asked for it"),
          QString::fromStdString(lou->entry(own)->outcome.reasonCode), QStringLiteral("0 orders"));
    const QString refusal = decide(*ann, "refuse", approval);
    QTRY_VERIFY_WITH_TIMEOUT(ann->ended(refusal) && !approvalOf(*lou, placed->cart.key)->open, answerMs);
    QCOMPARE(approvalOf(*lou, placed->cart.key)->status, std::string("refused"));
    QCOMPARE(ordersWith("4500000103"), 0);
    write(QStringLiteral("5 refused, with a comment"),
          QString::fromStdString(approvalOf(*lou, placed->cart.key)->comment), QStringLiteral("0 orders"));
}

// 5: while the gateway is killed and the approver's line is dead.
void BuyingScenario::approvedOfflineItIsOrderedOnce()
{
    const auto lou = signedIn("lou");
    const auto ann = signedIn("ann");
    QVERIFY(lou && ann);
    const auto placed = place(*lou, "4500000104");
    QVERIFY(placed);
    QTRY_VERIFY_WITH_TIMEOUT(approvalOf(*ann, placed->cart.key), answerMs);
    ann->proxy.setMode(TcpProxy::Mode::Swallow);
    ann->proxy.cutAll();
    const QString approved = decide(*ann, "approve", *approvalOf(*ann, placed->cart.key));
    QTRY_VERIFY_WITH_TIMEOUT(ann->entry(approved), answerMs);
    m_gateway.kill();
    QVERIFY(m_gateway.start(0));
    ann->proxy.setMode(TcpProxy::Mode::Forward);
    ann->client->sync().retryNow();
    for (int cut = 0; cut < 5 && !ann->ended(approved); ++cut) {
        const int accepted = ann->proxy.connections();
        ann->proxy.cutAll();
        ann->client->sync().retryNow();
        (void)QTest::qWaitFor([&] { return ann->proxy.connections() > accepted; }, 3'000);
    }
    QTRY_VERIFY_WITH_TIMEOUT(ann->ended(approved), answerMs);
    QCOMPARE(ann->entry(approved)->state, State::Applied);
    lou->client->sync().retryNow();
    QTRY_VERIFY_WITH_TIMEOUT(!lou->cart(placed->cart.key)->order.empty(), answerMs);
    QCOMPARE(ordersWith("4500000104"), 1);
    write(QStringLiteral("5 approved offline, the gateway killed"),
          QStringLiteral("order %1").arg(QString::fromStdString(lou->cart(placed->cart.key)->order)),
          QStringLiteral("%1 order").arg(ordersWith("4500000104")));
}

// 6
void BuyingScenario::aPlacedOrderIsChangedAndCancelled()
{
    const auto mia = signedIn("mia");
    QVERIFY(mia && !m_placed.empty());
    const auto orderNow = [&] {
        CacheReader reader(mia->client->profile().cachePath());
        const auto row = reader.byKey(Order::type, m_placed);
        return row && *row ? *(*row)->record.as<Order>() : Order();
    };
    const Order order = orderNow();
    QVERIFY(order.open && order.lines.size() > 1);
    const auto ask = [&](const char *verb, Decimal from, Decimal to) {
        Command command;
        command.verb = verb;
        command.kind = &Order::type;
        command.account = order.account;
        command.target = order.key;
        if (carriesRecord(command.verb)) {
            Order base;
            base.requestedOn = order.requestedOn;
            Order wanted = base;
            base.wishes = {{1, from}};
            wanted.wishes = {{1, to}};
            command.base = AnyRecord(std::make_shared<Order>(base));
            command.record = AnyRecord(std::make_shared<Order>(wanted));
        }
        const QString key = mia->submit(command);
        return QTest::qWaitFor([&] { return mia->ended(key); }, answerMs) ? mia->entry(key) : std::nullopt;
    };
    const Decimal ordered = order.lines[0].ordered;
    const auto more = ask("save", ordered, ordered + Decimal::fromInteger(1));
    QVERIFY(more && more->state == State::Rejected);
    write(QStringLiteral("6 more of a line"), QString::fromStdString(more->outcome.reason),
          QStringLiteral("unchanged"));
    const auto none = ask("save", ordered, {});
    QVERIFY(none && none->state == State::Applied);
    QTRY_COMPARE_WITH_TIMEOUT(orderNow().lines[0].cancelled, ordered, answerMs);
    QVERIFY(orderNow().total < order.total);
    write(QStringLiteral("6 a line taken off"), QStringLiteral("applied"),
          QStringLiteral("0 of it, a lower total"));
    const auto again = ask("save", ordered, Decimal::fromInteger(1));
    QVERIFY(again && again->outcome.reasonCode == "order-changed");
    write(QStringLiteral("6 the same line, by who saw the old one"),
          QString::fromStdString(again->outcome.reason), QStringLiteral("unchanged"));
    const auto cancelled = ask("retire", {}, {});
    QVERIFY(cancelled && cancelled->state == State::Applied);
    QTRY_COMPARE_WITH_TIMEOUT(orderNow().status, std::string("cancelled"), answerMs);
    const auto late = ask("retire", {}, {});
    QVERIFY(late && late->outcome.reasonCode == "order-closed");
    write(QStringLiteral("6 cancelled, and once more"), QString::fromStdString(late->outcome.reason),
          QStringLiteral("cancelled"));
}

} // namespace Counterfoil
