#include "cart.h"
#include "outboxcodec.h"
#include "outboxsample.h"
#include "testentry.h"

using namespace Counterfoil;
using namespace Counterfoil::OutboxSample;

class TestOutboxCodec : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void givesBackEveryPart();
    void givesBackLines();
    void givesBackAnyText();
    void givesBackEveryState();
    void passesOverWhatItDoesNotKnow();
    void refusesWhatIsNoEntry();
    void survivesEveryCutAndFlip();

private:
    static OutboxEntry full();
};

OutboxEntry TestOutboxCodec::full()
{
    OutboxEntry entry;
    entry.command = editAfter("key-1", "key-0", "Leeds", "York");
    entry.state = State::Conflict;
    entry.order = 42;
    entry.attempts = 3;
    entry.lastError = Error{ErrorKind::Timeout, QStringLiteral("Zu spät."), QStringLiteral("detail"), 1500,
                            QStringLiteral("r-1")};
    entry.outcome = outcome("key-1", Told::Conflict, "code");
    entry.outcome.effectSeq = 9;
    entry.outcome.target = "address-1";
    entry.outcome.reason = "Because.";
    entry.outcome.theirVersion = 7;
    entry.outcome.theirs = address("Hull");
    entry.outcome.theirs.as<Address>()->status = "confirmed";
    entry.replacedBy = "key-2";
    entry.dismissed = true;
    entry.changedAt = after(5);
    return entry;
}

void TestOutboxCodec::givesBackEveryPart()
{
    const OutboxEntry entry = full();
    const std::string bytes = OutboxCodec::encode(entry);
    const auto back = OutboxCodec::decode(bytes);
    QVERIFY(back);
    QCOMPARE(OutboxCodec::encode(*back), bytes);
    QCOMPARE(back->command.key, entry.command.key);
    QCOMPARE(back->command.verb, entry.command.verb);
    QCOMPARE(back->command.kind, entry.command.kind);
    QCOMPARE(back->command.account, entry.command.account);
    QCOMPARE(back->command.target, entry.command.target);
    QCOMPARE(back->command.after, entry.command.after);
    QCOMPARE(back->command.baseVersion, entry.command.baseVersion);
    QCOMPARE(back->command.madeAt, entry.command.madeAt);
    QVERIFY(equalEditable(Address::type, back->command.base.data(), entry.command.base.data()));
    QVERIFY(equalEditable(Address::type, back->command.record.data(), entry.command.record.data()));
    QCOMPARE(back->state, entry.state);
    QCOMPARE(back->order, entry.order);
    QCOMPARE(back->attempts, entry.attempts);
    QCOMPARE(back->lastError->kind, entry.lastError->kind);
    QCOMPARE(back->lastError->userText, entry.lastError->userText);
    QCOMPARE(back->lastError->detail, entry.lastError->detail);
    QCOMPARE(back->lastError->retryAfterMs, entry.lastError->retryAfterMs);
    QCOMPARE(back->lastError->requestId, entry.lastError->requestId);
    QCOMPARE(back->outcome.command, entry.outcome.command);
    QCOMPARE(back->outcome.state, entry.outcome.state);
    QCOMPARE(back->outcome.effectSeq, entry.outcome.effectSeq);
    QCOMPARE(back->outcome.target, entry.outcome.target);
    QCOMPARE(back->outcome.reasonCode, entry.outcome.reasonCode);
    QCOMPARE(back->outcome.reason, entry.outcome.reason);
    QCOMPARE(back->outcome.theirVersion, entry.outcome.theirVersion);
    QVERIFY(equal(Address::type, back->outcome.theirs.data(), entry.outcome.theirs.data()));
    QCOMPARE(back->replacedBy, entry.replacedBy);
    QCOMPARE(back->dismissed, entry.dismissed);
    QCOMPARE(back->changedAt, entry.changedAt);

    OutboxEntry plain;
    plain.command = newAddress("key-1");
    const auto little = OutboxCodec::decode(OutboxCodec::encode(plain));
    QVERIFY(little);
    QVERIFY(little->command.base.isNull());
    QVERIFY(!little->lastError);
    QVERIFY(little->outcome.command.empty() && little->outcome.theirs.isNull());
    QVERIFY(!little->changedAt.isSet());
}

void TestOutboxCodec::givesBackLines()
{
    auto cart = std::make_shared<Cart>();
    cart->name = "Spring";
    cart->lines.resize(3);
    cart->lines[1]
        = {2, "FX-1", "bolt, 3:4", "each", Decimal::fromInteger(-7), {1}, Instant{5}, {}, "SO-1", 12};
    OutboxEntry entry = full();
    entry.command.verb = "place";
    entry.command.kind = &Cart::type;
    entry.command.base = entry.command.record = entry.outcome.theirs = AnyRecord(cart);
    entry.outcome.differences = {{2, "FX-1", "price", "1", "2", "It was 1 and is now 2."}, {}};
    const std::string bytes = OutboxCodec::encode(entry);
    const auto back = OutboxCodec::decode(bytes);
    QVERIFY(back);
    QCOMPARE(OutboxCodec::encode(*back), bytes);
    QVERIFY(equalEditable(Cart::type, back->command.base.data(), cart.get()));
    QVERIFY(equalEditable(Cart::type, back->command.record.data(), cart.get()));
    QVERIFY(equal(Cart::type, back->outcome.theirs.data(), cart.get()));
    QCOMPARE(back->outcome.differences.size(), std::size_t{2});
    QVERIFY(equal(CartDifference::type, &back->outcome.differences[0], &entry.outcome.differences[0]));
    for (std::size_t length = 0; length < bytes.size(); ++length)
        (void)OutboxCodec::decode(std::string_view(bytes).substr(0, length));
}

void TestOutboxCodec::givesBackAnyText()
{
    for (const std::string &text :
         {std::string("4:name"), std::string("\0\n\"\\", 4), std::string("\xff\xfe broken"),
          std::string("Köln 株式会社"), std::string(900, ':')}) {
        OutboxEntry entry = full();
        entry.command.record.as<Address>()->street = text;
        const auto back = OutboxCodec::decode(OutboxCodec::encode(entry));
        QVERIFY(back);
        QCOMPARE(back->command.record.as<Address>()->street, text);
    }
}

void TestOutboxCodec::givesBackEveryState()
{
    for (int state = 0; state <= static_cast<int>(State::Withdrawn); ++state) {
        OutboxEntry entry = full();
        entry.state = static_cast<State>(state);
        QCOMPARE(OutboxCodec::decode(OutboxCodec::encode(entry))->state, entry.state);
    }
    for (int state = 0; state <= static_cast<int>(Told::Conflict); ++state) {
        OutboxEntry entry = full();
        entry.outcome.state = static_cast<Told>(state);
        QCOMPARE(OutboxCodec::decode(OutboxCodec::encode(entry))->outcome.state, entry.outcome.state);
    }
}

void TestOutboxCodec::passesOverWhatItDoesNotKnow()
{
    const auto back = OutboxCodec::decode(OutboxCodec::encode(full()) + "6:future4:bits");
    QVERIFY(back);
    QCOMPARE(back->command.key, std::string("key-1"));
    QCOMPARE(OutboxCodec::decode("3:key1:a4:kind7:address")->state, State::Queued);
}

void TestOutboxCodec::refusesWhatIsNoEntry()
{
    for (const char *bytes :
         {"", "x", "3:key", "3:key5:abc", "-3:key1:a", "99999999999999999999:a", "3:key1:a",
          "3:key1:a4:kind7:unheard", "3:key1:a4:kind7:address5:state4:lost",
          "3:key1:a4:kind7:address5:order2:1x", "3:key1:a4:kind7:address9:lastError12:4:kind3:999",
          "3:key1:a4:kind7:address4:base19:6:shipTo1:24:city1:a", "6:record0:3:key1:a4:kind7:address"})
        QVERIFY2(!OutboxCodec::decode(bytes), bytes);
}

void TestOutboxCodec::survivesEveryCutAndFlip()
{
    const std::string bytes = OutboxCodec::encode(full());
    for (std::size_t length = 0; length < bytes.size(); ++length)
        (void)OutboxCodec::decode(std::string_view(bytes).substr(0, length));
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        for (const char other : {'\0', '9', ':', '\xff'}) {
            std::string flipped = bytes;
            flipped[at] = other;
            if (const auto entry = OutboxCodec::decode(flipped))
                (void)OutboxCodec::encode(*entry);
        }
    }
}

CORE_TEST(TestOutboxCodec)
#include "tst_outboxcodec.moc"
