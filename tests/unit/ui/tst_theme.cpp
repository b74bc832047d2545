#include "filterchip.h"
#include "statuschip.h"
#include "tabular.h"
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
    QCOMPARE(Tabular::width(QStringLiteral("1,111.11"), font),
             Tabular::width(QStringLiteral("8,888.88"), font));
    QVERIFY(Tabular::width(QStringLiteral("11"), font) < Tabular::width(QStringLiteral("111"), font));
    QCOMPARE(Tabular::width(QString(), font), 0.0);
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
