// Photographs the Account pane and its sheets:
//   accountgallery DIR [light|dark] [WIDTH HEIGHT [TEXTPERCENT]]

#include "accountsample.h"
#include "editsheet.h"
#include "formfield.h"
#include "peoplesection.h"
#include "recordform.h"
#include "theme.h"

#include <QApplication>
#include <QDir>
#include <QTest>

using namespace Counterfoil;

namespace {

struct Shots
{
    QDir folder;
    QString suffix;
    QSize size;

    void take(QWidget &widget, const char *name) const
    {
        QTest::qWait(120);
        widget.grab().save(folder.filePath(QStringLiteral("%1-%2.png").arg(QLatin1String(name), suffix)));
    }
};

void type(EditSheet &sheet, const char *field, const QString &text)
{
    QWidget *editor = sheet.form().field(field)->editor();
    editor->setFocus();
    QTest::keyClick(editor, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(editor, text);
}

void photographStates(const Shots &shots)
{
    AccountFixture all;
    // One of each that is on its way or did not get there.
    all.commands.submit(changeOfDock(dockAddress([](Address &a) { a.phone = "0117 496 0111"; })));
    Command added = changeOfDock(dockAddress([](Address &a) {
        a.name = "Summer stall";
        a.street = "2 Harbourside";
    }));
    added.target.clear();
    added.base = {};
    added.baseVersion = 0;
    const QString refused = all.commands.submit(added);
    added.record = dockAddress([](Address &a) {
        a.name = "Pop-up shop";
        a.street = "77 Park Street";
    });
    all.commands.submit(added);
    all.commands.reject(refused, "street-unknown", "There is no such street in Bristol");
    AccountPane &pane = all.open();
    pane.resize(shots.size);
    QTest::qWait(400);
    shots.take(pane, "buyer");
    pane.editing().addAddress();
    shots.take(pane, "new");
    EditSheet &sheet = *pane.editing().sheet();
    type(sheet, "name", QStringLiteral("Dock four"));
    type(sheet, "street", QStringLiteral("unit 4, temple quay"));
    type(sheet, "city", QStringLiteral("bristol"));
    type(sheet, "postalCode", QStringLiteral("bs16fl"));
    type(sheet, "phone", QStringLiteral("call bob"));
    sheet.form().field("name")->editor()->setFocus();
    shots.take(pane, "suggestions");
    QTest::keyClick(&sheet, Qt::Key_Return, Qt::ControlModifier);
    shots.take(pane, "alike");
    type(sheet, "street", QString());
    QTest::keyClick(sheet.form().field("street")->editor(), Qt::Key_Backspace);
    QTest::keyClick(&sheet, Qt::Key_Return, Qt::ControlModifier);
    shots.take(pane, "forbidden");
    QTest::keyClick(&sheet, Qt::Key_Escape);
    shots.take(pane, "asking");
    QTest::keyClick(&sheet, Qt::Key_Escape);
    QTest::keyClick(sheet.form().field("country")->editor(), Qt::Key_Down);
    shots.take(pane, "country");
}

void photographOthers(const Shots &shots)
{
    Person admin = accountPerson("admin");
    admin.invitesPeople = true;
    AccountFixture people(admin);
    AccountPane &pane = people.open();
    pane.resize(shots.size);
    QTest::qWait(400);
    shots.take(pane, "admin");
    pane.people()->invite();
    shots.take(pane, "invite");
    AccountFixture viewer(accountPerson("viewer"));
    viewer.open().resize(shots.size);
    QTest::qWait(400);
    shots.take(*viewer.pane, "viewer");
    viewer.pane->changePassword();
    shots.take(*viewer.pane, "password");
    AccountFixture several;
    several.cache.put({changeTo(accountNamed("b1", "Another company"))});
    several.open({}).resize(shots.size);
    QTest::qWait(400);
    shots.take(*several.pane, "unchosen");
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    const QStringList words = QApplication::arguments();
    if (words.size() < 2)
        return 2;
    const QString scheme = words.value(2, QStringLiteral("light"));
    const QString percent = words.value(5, QStringLiteral("100"));
    Theme theme(application);
    theme.setScheme(scheme == QLatin1String("dark") ? Theme::Scheme::Dark : Theme::Scheme::Light);
    theme.setTextPercent(percent.toInt());
    const QString width = words.value(3, QStringLiteral("1092"));
    const Shots shots{QDir(words.at(1)), QStringList{scheme, width, percent}.join(QLatin1Char('-')),
                      QSize(width.toInt(), words.value(4, QStringLiteral("750")).toInt())};
    photographStates(shots);
    photographOthers(shots);
    return 0;
}
