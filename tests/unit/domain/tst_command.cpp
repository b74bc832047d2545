#include "account.h"
#include "address.h"
#include "cart.h"
#include "command.h"
#include "contact.h"
#include "invoice.h"
#include "kinds.h"
#include "order.h"
#include "randomrecord.h"
#include "testentry.h"

#include <QtTest>

using namespace Counterfoil;

class TestCommand : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void namesWhatItDependsOn();
    void knowsAReferenceFromAKey();
    void offersOnlyWhatChangesSomething();
    void allowsByRole();
    void comparesWhatPeopleMayChange();
};

void TestCommand::namesWhatItDependsOn()
{
    Command command;
    command.verb = "save";
    command.kind = &Account::type;
    QVERIFY(dependencies(command).empty());

    auto record = std::make_shared<Account>();
    record->defaultShipTo = resultOf("A");
    record->defaultBillTo = "AD-17";
    command.record = AnyRecord(record);
    QCOMPARE(dependencies(command), (std::vector<std::string>{"A"}));

    command.after = "B";
    command.target = resultOf("B");
    record->defaultBillTo = resultOf("C");
    QCOMPARE(dependencies(command), (std::vector<std::string>{"B", "A", "C"}));
}

void TestCommand::knowsAReferenceFromAKey()
{
    QCOMPARE(commandOfResult(resultOf("0f")), std::string_view("0f"));
    QCOMPARE(commandOfResult("0f"), std::string_view());
    QCOMPARE(commandOfResult(""), std::string_view());
    QCOMPARE(commandOfResult("$result"), std::string_view());
}

void TestCommand::offersOnlyWhatChangesSomething()
{
    for (const CommandType &type : commandTypes()) {
        QVERIFY2(type.kind->findFlag(Editable), type.kind->name.data());
        QCOMPARE(findCommandType(type.verb, type.kind), &type);
        QVERIFY(!type.roles.empty());
    }
    QVERIFY(!findCommandType("save", &Invoice::type));
    QVERIFY(!findCommandType("retire", &Account::type));
    QVERIFY(!findCommandType("place", &Address::type));
    QVERIFY(!findCommandType("", &Address::type));
    // What the ERP alone decides is never for a person to set. A cart says which prices the person saw.
    for (const RecordType *kind : allKinds()) {
        for (const Field &field : kind->fields) {
            if (field.is(Editable)) {
                QVERIFY2(!field.is(Key) && !field.is(AccountKey), field.name.data());
                QVERIFY2(!field.is(Price) || kind == &Cart::type, field.name.data());
            }
        }
    }
}

void TestCommand::allowsByRole()
{
    const CommandType &save = *findCommandType("save", &Address::type);
    QVERIFY(mayCommand("buyer", save));
    QVERIFY(mayCommand("csr", save));
    QVERIFY(mayCommand("admin", save));
    for (const char *role : {"viewer", "finance", "approver", "", "Buyer", "root"})
        QVERIFY2(!mayCommand(role, save), role);
}

void TestCommand::comparesWhatPeopleMayChange()
{
    SeededRandom random(7);
    for (const CommandType &type : commandTypes()) {
        AnyRecord a(*type.kind);
        fillRandomly(*type.kind, a.data(), random);
        AnyRecord b(*type.kind);
        copyEditable(*type.kind, a.data(), b.data());
        QVERIFY(equalEditable(*type.kind, a.data(), b.data()));
        for (const Field &field : type.kind->fields) {
            if (field.type != FieldType::Text)
                continue;
            AnyRecord c(*type.kind);
            copyEditable(*type.kind, a.data(), c.data());
            field.in<std::string>(c.data()) += "x";
            QCOMPARE(equalEditable(*type.kind, a.data(), c.data()), !field.is(Editable));
        }
    }
}

CORE_TEST(TestCommand)
#include "tst_command.moc"
