#include "codec.h"
#include "kinds.h"
#include "problems.h"
#include "random.h"
#include "randomrecord.h"

#include <QTest>

using namespace Counterfoil;

// Valid messages, damaged at random: each must be read or refused with a sentence, never more. Runs
// under the sanitizers, which are what makes it bite. COUNTERFOIL_FUZZ_ROUNDS makes it longer.
class ProtocolFuzzTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void recordsSurvive();
    void damagedPages();
    void damagedFrames();
    void damagedProblems();
    void noise();

private:
    std::string damaged(std::string text);
    Change someChange();

    SeededRandom m_random{20'261'121};
    const int m_rounds = qMax(1, qEnvironmentVariableIntValue("COUNTERFOIL_FUZZ_ROUNDS"));
};

Change ProtocolFuzzTest::someChange()
{
    const auto kinds = allKinds();
    Change change = randomChange(*kinds[m_random.below(kinds.size())], "k-1", "a-1", 1, m_random);
    if (m_random.below(8) == 0)
        change.record = {};
    return change;
}

std::string ProtocolFuzzTest::damaged(std::string text)
{
    static constexpr std::string_view pieces[]
        = {"{",  "}",       "[",    "]",  "\"",  "\\", ",", ":", "null", "-", "1e999", "9223372036854775808",
           "\n", "\\ud800", "\xff", "\0", "true"};
    const auto strokes = 1 + m_random.below(4);
    for (std::uint64_t i = 0; i < strokes && !text.empty(); ++i) {
        const auto at = static_cast<std::size_t>(m_random.below(text.size()));
        switch (m_random.below(4)) {
        case 0:
            text[at] = static_cast<char>(m_random.below(256));
            break;
        case 1:
            text.erase(at, 1 + m_random.below(30));
            break;
        case 2:
            text.insert(at, pieces[m_random.below(std::size(pieces))]);
            break;
        default:
            text.insert(at, text.substr(m_random.below(text.size()), 1 + m_random.below(60)));
        }
    }
    return text;
}

void ProtocolFuzzTest::recordsSurvive()
{
    for (int i = 0; i < 2'000 * m_rounds; ++i) {
        const Change sent = someChange();
        const auto got = decodeChange(encodeChange(sent));
        QVERIFY2(got.ok(), qPrintable(got.ok() ? QString() : got.error().detail));
        QCOMPARE(got->record.isNull(), sent.record.isNull());
        if (!sent.record.isNull())
            QVERIFY(equal(*sent.kind, got->record.data(), sent.record.data()));
    }
}

void ProtocolFuzzTest::damagedPages()
{
    int refused = 0;
    for (int i = 0; i < 3'000 * m_rounds; ++i) {
        const std::vector<std::string> changes{encodeChange(someChange()), encodeChange(someChange())};
        const auto page = decodePage(damaged(encodePage({.from = "a", .to = "b"}, changes)));
        if (!page.ok()) {
            ++refused;
            QVERIFY(!page.error().userText.isEmpty());
        }
    }
    QVERIFY(refused > 0);
}

void ProtocolFuzzTest::damagedFrames()
{
    for (int i = 0; i < 3'000 * m_rounds; ++i) {
        const std::vector<std::string> changes{encodeChange(someChange())};
        const auto frame
            = decodeFrame(damaged(encodeFrame({.frame = "changes", .from = "a", .to = "b"}, changes)));
        QVERIFY(frame.ok() || !frame.error().userText.isEmpty());
    }
}

void ProtocolFuzzTest::damagedProblems()
{
    for (int i = 0; i < 1'000 * m_rounds; ++i) {
        const Problem problem{.typeUri = "urn:counterfoil:problem:scope-changed",
                              .status = 409,
                              .added = {{.account = "a-1"}},
                              .removed = {{.account = "a-2"}}};
        const Error error = errorFromAnswer(static_cast<int>(m_random.below(700)), damaged(encode(problem)));
        QVERIFY(!error.userText.isEmpty());
    }
}

void ProtocolFuzzTest::noise()
{
    for (int i = 0; i < 500 * m_rounds; ++i) {
        std::string bytes(m_random.below(5'000), '\0');
        m_random.fill(std::as_writable_bytes(std::span(bytes)));
        QVERIFY(!decodePage(bytes).ok());
        QVERIFY(!decodeFrame(bytes).ok());
    }
}

QTEST_GUILESS_MAIN(ProtocolFuzzTest)

#include "tst_fuzz_protocol.moc"
