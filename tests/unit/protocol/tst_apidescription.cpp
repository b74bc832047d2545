#include "endpoints.h"
#include "kinds.h"
#include "testentry.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Counterfoil;

// The descriptions beside the sources are for people who read the repository. To renew them after a
// change of the field tables, run this test with COUNTERFOIL_RENEW set.
class ApiDescriptionTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void copiesAreCurrent_data();
    void copiesAreCurrent();
    void everyFieldIsDescribed();
};

void ApiDescriptionTest::copiesAreCurrent_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("document");
    QTest::newRow("openapi") << QStringLiteral("openapi.json")
                             << QByteArray::fromStdString(openApiDocument());
    QTest::newRow("asyncapi") << QStringLiteral("asyncapi.json")
                              << QByteArray::fromStdString(asyncApiDocument());
}

void ApiDescriptionTest::copiesAreCurrent()
{
    QFETCH(QString, file);
    QFETCH(QByteArray, document);
    QFile copy(QStringLiteral(PROTOCOL_FOLDER "/") + file);
    if (qEnvironmentVariableIsSet("COUNTERFOIL_RENEW")) {
        QVERIFY(copy.open(QIODevice::WriteOnly));
        copy.write(document);
        copy.close();
    }
    QVERIFY(copy.open(QIODevice::ReadOnly));
    QCOMPARE(copy.readAll(), document);
}

void ApiDescriptionTest::everyFieldIsDescribed()
{
    const auto document = QJsonDocument::fromJson(QByteArray::fromStdString(openApiDocument()));
    const QJsonObject schemas = document[QStringLiteral("components")][QStringLiteral("schemas")].toObject();
    for (const RecordType *kind : allKinds()) {
        const QString name = QString::fromStdString(std::string(kind->name));
        const QJsonObject properties = schemas[name][QStringLiteral("properties")].toObject();
        for (const Field &field : kind->fields) {
            const bool inEnvelope = field.is(Key) || field.is(AccountKey);
            QCOMPARE(properties.contains(QString::fromStdString(std::string(field.name))), !inEnvelope);
        }
    }
}

CORE_TEST(ApiDescriptionTest)

#include "tst_apidescription.moc"
