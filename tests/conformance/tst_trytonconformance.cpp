#include "address.h"
#include "connectorconformance.h"
#include "contact.h"
#include "trytonposition.h"
#include "trytonprocess.h"
#include "trytonrow.h"

#include <QCoreApplication>
#include <QStandardPaths>
#include <QtTest>

#include <cstdio>

using namespace Counterfoil;

// Tryton on the conformance suite.
int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    if (!TrytonProcess::isInstalled()) {
        std::puts("Tryton is not installed here, so its connector is not tried; ./dev test installs it.");
        return 0;
    }
    TrytonProcess tryton;
    if (!tryton.start())
        return 1;
    int changes = 0;
    ConformanceSubject subject;
    subject.hasDocuments = !QStandardPaths::findExecutable(QStringLiteral("soffice")).isEmpty();
    subject.open = [&] { return tryton.connector(); };
    subject.change = [&] {
        const QJsonArray ids
            = tryton
                  .call(QStringLiteral("model.party.address.search"),
                        {where("party.name", QStringLiteral("Quayside Stores")), 0, 1, QJsonValue()})
                  .toArray();
        tryton.call(
            QStringLiteral("model.party.address.write"),
            {ids, QJsonObject{{QStringLiteral("street"), QStringLiteral("%1 The New Quay").arg(++changes)}}});
        return std::pair(&Address::type, std::to_string(ids.at(0).toInteger()));
    };
    subject.remove = [&] {
        const QJsonArray ids = tryton
                                   .call(QStringLiteral("model.party.contact_mechanism.search"),
                                         {where("type", QStringLiteral("email")), 0, 1, QJsonValue()})
                                   .toArray();
        tryton.call(QStringLiteral("model.party.contact_mechanism.delete"), listOf(ids));
        return std::pair(&Contact::type, std::to_string(ids.at(0).toInteger()));
    };
    subject.elsewhere = [](const std::string &here) {
        auto position = TrytonPosition::parse(here);
        if (!position)
            return std::string();
        position->identity += ".copy"; // as of a copy of the database
        return position->toString();
    };
    ConnectorConformance suite(std::move(subject));
    return QTest::qExec(&suite, argc, argv);
}
