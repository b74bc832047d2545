// Frames between window and worker: what is written is read again, and what is wrong is not.

#include "renderprotocol.h"
#include "sharedregion.h"
#include "testentry.h"

#include <QRandomGenerator>
#include <QTest>

#include <limits>

#include <cstring>

#ifdef Q_OS_LINUX
#include <sys/mman.h>
#include <unistd.h>
#endif

using namespace Counterfoil;

namespace {

RenderAnswer fullAnswer()
{
    RenderAnswer answer;
    answer.task = RenderTask::Text;
    answer.id = 77;
    answer.fault = RenderFault::FontMissing;
    answer.open = RenderDoor::Files | RenderDoor::Memory;
    answer.document.title = QStringLiteral("Rechnung 90, Łódź");
    answer.document.pages = {{QSizeF(595, 842)}, {QSizeF(0.5, 14'400)}};
    answer.drawn = QSize(1240, 1754);
    answer.words = {{QRectF(1, 2, 3, 4), QStringLiteral("Gesamt"), true}, {QRectF(), QString(), false}};
    answer.hits = {{QRectF(-1, 0, 10, 5), QRectF(1, 1, 1, 1), QStringLiteral("12 nuts"), 3},
                   {QRectF(2, 2, 2, 2), {}, {}, 0}};
    answer.links
        = {{QRectF(1, 2, 3, 4), {7, 120.5}, {}}, {QRectF(), {}, QStringLiteral("https://example.com/")}};
    answer.outline = {{QStringLiteral("One"), 0, {0, 0}}, {QStringLiteral("One of it"), 1, {}}};
    answer.attachments
        = {{QStringLiteral("../factur-x.xml"), QStringLiteral("Rechnung"), QStringLiteral("text/xml"), 7'533},
           {QString(), QString(), QString(), -1}};
    answer.attachedBytes = RenderLimit::attachmentBytes;
    return answer;
}

RenderRequest fullRequest()
{
    RenderRequest request;
    request.task = RenderTask::Draw;
    request.id = 78;
    request.documentBytes = RenderLimit::documentBytes;
    request.page = 19'999;
    request.zoom = 1.25;
    request.rotation = 270;
    request.colours = {0xff101010, 0xffeeeeee};
    request.part = QRect(-5, 7, 4096, 4096);
    request.words = QStringLiteral("œuvre");
    request.matchCase = true;
    return request;
}

QByteArray bodyOf(const QByteArray &frame)
{
    return frame.mid(4);
}

} // namespace

class TestRenderProtocol : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsWrittenIsRead();
    void cutShortIsNotRead();
    void noiseIsNotReadOutOfBounds();
    void requestsOutOfBoundsAreNotRead_data();
    void requestsOutOfBoundsAreNotRead();
    void framesAreCutOut();
    void aRegionIsSharedAndCannotShrink();
};

void TestRenderProtocol::whatIsWrittenIsRead()
{
    const auto answer = decodeAnswer(bodyOf(encodeFrame(fullAnswer())));
    QVERIFY(answer);
    QCOMPARE(encodeFrame(*answer), encodeFrame(fullAnswer()));
    QCOMPARE(answer->document.title, fullAnswer().document.title);
    QCOMPARE(answer->words.at(0).text, QStringLiteral("Gesamt"));
    QCOMPARE(answer->hits.at(0).box, QRectF(-1, 0, 10, 5));
    QCOMPARE(answer->hits.at(0).begin, 3);
    QCOMPARE(answer->links.at(0).place.page, 7);
    QCOMPARE(answer->outline.at(1).depth, 1);
    QCOMPARE(answer->attachments.at(0).name, QStringLiteral("../factur-x.xml"));
    QCOMPARE(answer->attachedBytes, RenderLimit::attachmentBytes);
    const auto request = decodeRequest(bodyOf(encodeFrame(fullRequest())));
    QVERIFY(request);
    QCOMPARE(encodeFrame(*request), encodeFrame(fullRequest()));
    QCOMPARE(request->part, fullRequest().part);
}

void TestRenderProtocol::cutShortIsNotRead()
{
    const QByteArray answer = bodyOf(encodeFrame(fullAnswer()));
    for (qsizetype length = 0; length < answer.size(); ++length)
        QVERIFY2(!decodeAnswer(answer.left(length)), qPrintable(QString::number(length)));
    QVERIFY(!decodeAnswer(answer + '\0'));
    const QByteArray request = bodyOf(encodeFrame(fullRequest()));
    for (qsizetype length = 0; length < request.size(); ++length)
        QVERIFY2(!decodeRequest(request.left(length)), qPrintable(QString::number(length)));
    QVERIFY(!decodeRequest(request + '\0'));
}

void TestRenderProtocol::noiseIsNotReadOutOfBounds()
{
    QRandomGenerator random(7);
    const QByteArray answer = bodyOf(encodeFrame(fullAnswer()));
    int read = 0;
    for (int round = 0; round < 50'000; ++round) {
        QByteArray bytes = answer;
        for (int change = random.bounded(1, 4); change > 0; --change)
            bytes[random.bounded(int(bytes.size()))] = char(random.bounded(256));
        const auto decoded = decodeAnswer(bytes);
        if (!decoded)
            continue;
        ++read;
        QVERIFY(decoded->document.title.size() <= RenderLimit::textLength);
        QVERIFY(decoded->fault <= RenderFault::LastOfWorker);
        for (const PageInfo &page : decoded->document.pages)
            QVERIFY(page.size.width() > 0 && page.size.width() <= RenderLimit::pageEdge);
        for (const TextHit &hit : decoded->hits)
            QVERIFY(qIsFinite(hit.box.x()) && qAbs(hit.continued.width()) <= RenderLimit::pageEdge
                    && hit.begin <= hit.line.size());
        for (const PageLink &link : decoded->links)
            QVERIFY(link.place.page < int(RenderLimit::pages) && qIsFinite(link.place.top));
        for (const OutlineEntry &entry : decoded->outline)
            QVERIFY(entry.depth >= 0 && entry.depth < RenderLimit::outlineDepth);
        for (const AttachedFile &file : decoded->attachments)
            QVERIFY(file.bytes >= -1 && file.bytes <= RenderLimit::documentBytes);
        QVERIFY(decoded->attachedBytes >= 0 && decoded->attachedBytes <= RenderLimit::attachmentBytes);
    }
    QVERIFY(read > 0);
}

void TestRenderProtocol::requestsOutOfBoundsAreNotRead_data()
{
    QTest::addColumn<int>("which");
    for (int i = 0; i < 12; ++i)
        QTest::addRow("%d", i) << i;
}

void TestRenderProtocol::requestsOutOfBoundsAreNotRead()
{
    QFETCH(int, which);
    RenderRequest request = fullRequest();
    const QList<std::function<void()>> changes{
        [&] { request.task = RenderTask::Hello; },
        [&] { request.documentBytes = RenderLimit::documentBytes + 1; },
        [&] { request.page = -1; },
        [&] { request.zoom = qQNaN(); },
        [&] { request.zoom = 0; },
        [&] { request.rotation = 45; },
        [&] { request.part = QRect(0, 0, 4097, 4096); },
        [&] { request.part = QRect(); },
        [&] { request.part = QRect(QPoint(std::numeric_limits<int>::min(), 0), QPoint(9, 9)); },
        [&] { request.attachment = -1; },
        [&] { request.attachment = int(RenderLimit::attachments); },
        [&] { request.words = QString(RenderLimit::textLength + 1, u'x'); },
    };
    changes.at(which)();
    QVERIFY(!decodeRequest(bodyOf(encodeFrame(request))));
}

void TestRenderProtocol::framesAreCutOut()
{
    const QByteArray first = encodeFrame(fullAnswer());
    const QByteArray second = encodeFrame(RenderAnswer{});
    FrameReader reader;
    QList<QByteArray> bodies;
    for (const char byte : first + second) {
        reader.add(QByteArray(1, byte));
        if (const auto body = reader.next())
            bodies.append(*body);
    }
    QCOMPARE(bodies, (QList<QByteArray>{bodyOf(first), bodyOf(second)}));
    QVERIFY(!reader.broken());
    reader.add(QByteArray(4, '\x7f'));
    QVERIFY(reader.broken());
    QVERIFY(!reader.next());
}

void TestRenderProtocol::aRegionIsSharedAndCannotShrink()
{
    constexpr qint64 bytes = 1 << 20;
    const auto written = SharedRegion::create(bytes, SharedRegion::Child::Writes);
    const auto readOnly = SharedRegion::create(bytes, SharedRegion::Child::Reads);
    QVERIFY(written && readOnly);
    std::memcpy(readOnly->data(), "invoice", 7);
#ifdef Q_OS_LINUX
    // A child has its own number for the same memory; here a duplicate stands for it.
    const int descriptor = dup(readOnly->handle().toInt());
    const auto child = SharedRegion::attach(QString::number(descriptor), bytes, SharedRegion::Child::Reads);
    QVERIFY(child);
    QCOMPARE(std::memcmp(child->data(), "invoice", 7), 0);
    QCOMPARE(mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0), MAP_FAILED);
    QVERIFY(write(descriptor, "forged", 6) < 0);
    QVERIFY(ftruncate(descriptor, 0) < 0);
    QVERIFY(ftruncate(written->handle().toInt(), 0) < 0);
    QVERIFY(ftruncate(written->handle().toInt(), bytes * 2) < 0);
    // Of another size than it was said to have.
    QVERIFY(!SharedRegion::attach(QString::number(dup(descriptor)), bytes * 2, SharedRegion::Child::Reads));
#endif
    QVERIFY(!SharedRegion::attach(QStringLiteral("987"), bytes, SharedRegion::Child::Reads));
    QVERIFY(!SharedRegion::attach(QStringLiteral("nothing"), bytes, SharedRegion::Child::Reads));
}

CORE_TEST(TestRenderProtocol)
#include "tst_renderprotocol.moc"
