#pragma once

#include "decidesheet.h"
#include "formfield.h"
#include "requestsheet.h"
#include "returnsamples.h"
#include "windowfixture.h"

#include <QLabel>

#include <algorithm>

// What people do about returns in the window, for the tests of it.
namespace Counterfoil {

inline Person rep()
{
    Person person = buyer();
    person.role = QStringLiteral("csr");
    person.speaksForSupplier = true;
    person.user = QStringLiteral("rep");
    return person;
}

inline const Command &lastCommand(const Fixture &f)
{
    return f.commands.entries()->back().command;
}

inline RequestSheet *request(Fixture &f)
{
    f.action("return.request")->trigger();
    [&] { QTRY_VERIFY(f.window->findChild<RequestSheet *>()); }();
    return f.window->findChild<RequestSheet *>();
}
inline DecideSheet *decide(Fixture &f, Qt::Key key)
{
    f.press(key);
    [&] { QTRY_VERIFY(f.window->findChild<DecideSheet *>()); }();
    return f.window->findChild<DecideSheet *>();
}
// Who decides looks at a return that waits for it.
inline void lookAtReturn(Fixture &f, const Person &person = rep())
{
    f.cache.put(deliveredThings());
    f.cache.put({changeTo(askedFor())});
    f.show(person);
    f.open(Return::type, "r1");
    QTRY_COMPARE(f.detail().number(), QStringLiteral("RMA-17"));
    f.window->activateWindow();
    QTRY_VERIFY(f.window->isActiveWindow());
}
// It stands there, to be seen.
inline bool says(const QWidget &within, const char *words)
{
    const auto labels = within.findChildren<QLabel *>();
    return std::ranges::any_of(labels, [&](const QLabel *each) {
        return each->isVisible() && each->text().contains(QString::fromLatin1(words));
    });
}
inline void choose(FormField &field, const char *value)
{
    field.setValue(QString::fromLatin1(value));
    Q_EMIT field.edited();
}

} // namespace Counterfoil
