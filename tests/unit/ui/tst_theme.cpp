#include "filterchip.h"
#include "linetext.h"
#include "selectable.h"
#include "statuschip.h"
#include "testentry.h"
#include "theme.h"
#include "tokens.h"
#include "type.h"

#include <QApplication>
#include <QLabel>
#include <QtTest>

#include <array>

using namespace Counterfoil;

Q_DECLARE_METATYPE(const Counterfoil::Tokens *)

namespace {

// What `paint` puts into a rectangle of that width, and where it left ink.
struct Painted
{
    template <class Paint>
    Painted(int room, Paint paint)
        : picture(400, 40, QImage::Format_RGB32)
    {
        picture.fill(Qt::white);
        QPainter painter(&picture);
        painter.setPen(Qt::black);
        paint(painter, QRect(50, 0, room, 40));
        painter.end();
        for (int y = 0; y < picture.height(); ++y) {
            for (int x = 0; x < picture.width(); ++x) {
                if (picture.pixelColor(x, y).lightness() < 200)
                    ink |= QRect(x, y, 1, 1);
            }
        }
    }

    QImage picture;
    QRect ink;
};

} // namespace

class TestTheme : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void textHasEnoughContrast_data();
    void textHasEnoughContrast();
    void schemesSwitchEveryWidget();
    void textSizeReachesLabelsAndRows();
    void textSizeIsBounded();
    void figuresStandInColumns();
    void linesOfTextAreElided();
    void linesOfTextLookLikeQts_data();
    void linesOfTextLookLikeQts();
    void wordsCanBeSelectedWhenPointedAt();
    void unknownTonesAreNeutral();
    void filterChipSaysWhatItDoes();

private:
    std::unique_ptr<Theme> m_theme;
};

void TestTheme::init()
{
    m_theme = std::make_unique<Theme>(*qApp);
    m_theme->setScheme(Theme::Scheme::Light);
}

void TestTheme::textHasEnoughContrast_data()
{
    QTest::addColumn<const Tokens *>("tokens");
    QTest::newRow("light") << &Tokens::light();
    QTest::newRow("dark") << &Tokens::darkSet();
}

void TestTheme::textHasEnoughContrast()
{
    QFETCH(const Tokens *, tokens);
    constexpr double least = 4.5;
    const Tokens &t = *tokens;
    for (const QColor &ground : {t.ground, t.panel, t.raised, t.field, t.hover, t.selection, t.glow}) {
        for (const QColor &ink : {t.text, t.muted}) {
            const double ratio = contrast(ink, ground);
            QVERIFY2(ratio >= least,
                     qPrintable(QStringLiteral("%1 on %2: %3").arg(ink.name(), ground.name()).arg(ratio)));
        }
    }
    for (const Tone tone : {Tone::Neutral, Tone::Info, Tone::Ok, Tone::Warn, Tone::Bad}) {
        const double ratio = contrast(t.tone(tone).text, t.tone(tone).fill);
        QVERIFY2(ratio >= least,
                 qPrintable(QStringLiteral("tone %1: %2").arg(static_cast<int>(tone)).arg(ratio)));
    }
    QVERIFY(contrast(t.onAccent, t.accent) >= least);
    QVERIFY(contrast(t.info.text, t.selection) >= least); // the rail's chosen pane
    QVERIFY(contrast(t.bad.text, t.panel) >= least);      // what went wrong while signing in
    QVERIFY(contrast(t.accent, t.panel) >= 3);            // focus rings are shapes, not text
}

void TestTheme::schemesSwitchEveryWidget()
{
    QLabel label;
    QVERIFY(!Tokens::of(label.palette()).dark);
    QSignalSpy changed(m_theme.get(), &Theme::changed);
    m_theme->setScheme(Theme::Scheme::Dark);
    QVERIFY(m_theme->isDark());
    QTRY_VERIFY(Tokens::of(label.palette()).dark); // Qt tells its widgets by an event
    QCOMPARE(changed.count(), 1);
    m_theme->setScheme(Theme::Scheme::Dark);
    QCOMPARE(changed.count(), 1);
}

void TestTheme::textSizeReachesLabelsAndRows()
{
    QLabel title;
    Type::set(title, Type::Role::Title);
    const int before = title.font().pixelSize();
    const int rowBefore = Type::rowHeight();
    m_theme->setTextPercent(200);
    QVERIFY(title.font().pixelSize() >= before * 2 - 1);
    QVERIFY(Type::rowHeight() > rowBefore);
    QVERIFY(Type::rowHeight(Type::Density::Compact) < Type::rowHeight());
    m_theme->setTextPercent(100);
    QCOMPARE(title.font().pixelSize(), before);
}

void TestTheme::textSizeIsBounded()
{
    m_theme->setTextPercent(100'000);
    QCOMPARE(m_theme->textPercent(), Theme::largestTextPercent);
    m_theme->setTextPercent(-5);
    QCOMPARE(m_theme->textPercent(), Theme::smallestTextPercent);
    m_theme->setTextPercent(100);
}

void TestTheme::figuresStandInColumns()
{
    const QFont font = Type::font(Type::Role::Body);
    const auto width
        = [&](const QString &text) { return LineText::width(text, font, LineText::Digits::Even); };
    QCOMPARE(width(QStringLiteral("1,111.11")), width(QStringLiteral("8,888.88")));
    QVERIFY(width(QStringLiteral("11")) < width(QStringLiteral("111")));
    QCOMPARE(width(QString()), 0);
}

void TestTheme::linesOfTextAreElided()
{
    const QFont font = Type::font(Type::Role::Body);
    const QString text = QStringLiteral("A line that has no room for all of it");
    const int whole = LineText::width(text, font);
    const QString dots = QStringLiteral("…");
    QVERIFY(LineText::width(text + dots, font) > whole);
    for (int room = whole + 2; room >= 0; --room) {
        const Painted painted(room, [&](QPainter &painter, const QRect &rect) {
            const int took = qCeil(LineText::draw(painter, rect, Qt::AlignLeft, text, font));
            QVERIFY2(took <= room, qPrintable(QString::number(room)));
            QCOMPARE(took > 0, room >= LineText::width(dots, font));
            QCOMPARE(took == whole, room >= whole);
        });
    }
}

void TestTheme::linesOfTextLookLikeQts_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("Latin") << QStringLiteral("SO-1042 – Grüße, 12 × “Öl”");
    QTest::newRow("figures") << QStringLiteral("1\u202f234,56\u00a0€");
    QTest::newRow("Hebrew") << QStringLiteral("שלום");
    QTest::newRow("a mark of its own") << QStringLiteral("Cafe\u0301");
    QTest::newRow("beyond the plane") << QStringLiteral("parcel 📦");
    QTest::newRow("controls") << QStringLiteral("a\tb\u00adc\u200fd");
}

void TestTheme::linesOfTextLookLikeQts()
{
    QFETCH(QString, text);
    QFont font = Type::font(Type::Role::Body);
    font.setKerning(false);
    constexpr int room = 300;
    for (const Qt::Alignment side : {Qt::AlignLeft, Qt::AlignRight, Qt::AlignHCenter}) {
        const Painted ours(room, [&](QPainter &painter, const QRect &rect) {
            LineText::draw(painter, rect, side, text, font);
        });
        const Painted qts(room, [&](QPainter &painter, const QRect &rect) {
            painter.setFont(font);
            painter.drawText(rect, int(side | Qt::AlignVCenter) | Qt::TextSingleLine, text);
        });
        QVERIFY(ours.ink.isValid());
        const auto near = [&](int a, int b) { return std::abs(a - b) <= 2; };
        QVERIFY2(near(ours.ink.left(), qts.ink.left()) && near(ours.ink.right(), qts.ink.right())
                     && near(ours.ink.top(), qts.ink.top()) && near(ours.ink.bottom(), qts.ink.bottom()),
                 qPrintable(QStringLiteral("side %1").arg(int(side))));
    }
}

void TestTheme::wordsCanBeSelectedWhenPointedAt()
{
    QLabel label;
    label.setTextFormat(Qt::PlainText);
    label.setWordWrap(true);
    label.setText(
        QStringLiteral("Handelshof Nord GmbH & Co. KG, Am Industriehafen 17, 28237 Bremen, Germany"));
    makeSelectable(label);
    label.resize(160, label.heightForWidth(160));
    label.show();
    QList<int> before;
    for (int width = 60; width < 400; width += 20)
        before.append(label.heightForWidth(width));
    QEnterEvent enter(QPointF(5, 5), QPointF(5, 5), QPointF(5, 5));
    QApplication::sendEvent(&label, &enter);
    QList<int> after;
    for (int width = 60; width < 400; width += 20)
        after.append(label.heightForWidth(width));
    QCOMPARE(after, before); // nothing jumps under the pointer
    QTest::mouseDClick(&label, Qt::LeftButton, {}, QPoint(10, 8));
    QCOMPARE(label.selectedText(), QStringLiteral("Handelshof"));

    QLabel scrolledThere(QStringLiteral("1Z999AA10123456784"));
    makeSelectable(scrolledThere);
    scrolledThere.show();
    QMouseEvent press(QEvent::MouseButtonDblClick, QPointF(10, 8), QPointF(10, 8), Qt::LeftButton,
                      Qt::LeftButton, {});
    QApplication::sendEvent(&scrolledThere, &press);
    QCOMPARE(scrolledThere.selectedText(), scrolledThere.text());
}

void TestTheme::unknownTonesAreNeutral()
{
    QCOMPARE(toneNamed(QStringLiteral("bad")), Tone::Bad);
    QCOMPARE(toneNamed(QStringLiteral("purple")), Tone::Neutral);
    QCOMPARE(toneNamed(QString()), Tone::Neutral);
    StatusChip chip;
    chip.setState(QString(), QString(), Tone::Ok);
    QVERIFY(chip.isHidden());
    chip.setState(QStringLiteral("Picking"), QStringLiteral("▣"), Tone::Info);
    QVERIFY(chip.accessibleName().contains(QStringLiteral("Picking")));
}

void TestTheme::filterChipSaysWhatItDoes()
{
    FilterChip chip(QStringLiteral("Status"));
    chip.setChoices({{QStringLiteral("a"), QStringLiteral("Alpha"), 3},
                     {QStringLiteral("b"), QStringLiteral("Beta"), 0}});
    QVERIFY(!chip.isActive());
    QCOMPARE(chip.text(), QStringLiteral("Status"));
    chip.setChosen({QStringLiteral("b"), QStringLiteral("gone")});
    QVERIFY(chip.isActive());
    QCOMPARE(chip.chosen(), QStringList({QStringLiteral("b"), QStringLiteral("gone")}));
    QCOMPARE(chip.description(), QStringLiteral("Status: Beta, gone"));
    QCOMPARE(chip.accessibleName(), chip.description());
}

WINDOW_TEST(TestTheme)
#include "tst_theme.moc"
