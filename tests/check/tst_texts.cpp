#include "testentry.h"

#include <QDir>
#include <QDirIterator>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

// The texts that have a plural are all in the English file, each with its forms.
class TestTexts : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyPluralHasItsForms();
};

namespace {

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

// The contexts and their texts, without what differs between versions of the tool.
QByteArrayList textsOf(const QByteArray &file)
{
    QByteArrayList texts;
    for (const QByteArray &line : file.split('\n')) {
        const QByteArray text = line.trimmed();
        if (text.startsWith("<name>") || text.startsWith("<source>"))
            texts.append(text);
    }
    return texts;
}

} // namespace

void TestTexts::everyPluralHasItsForms()
{
    const QDir root(QStringLiteral(COUNTERFOIL_SOURCE));
    const QString kept = root.filePath(QStringLiteral("translations/counterfoil_en.ts"));
    const QTemporaryDir folder;
    const QString renewed = folder.filePath(QStringLiteral("counterfoil_en.ts"));
    QVERIFY(QFile::copy(kept, renewed));
    QVERIFY(QFile::setPermissions(renewed, QFile::ReadOwner | QFile::WriteOwner));
    QStringList arguments{QStringLiteral("-pluralonly"), QStringLiteral("-no-obsolete"),
                          QStringLiteral("-locations"), QStringLiteral("none")};
    for (const char *room : {"models", "sync", "ui", "app"}) {
        QDirIterator files(root.filePath(QLatin1String(room)), {QStringLiteral("*.cpp")}, QDir::Files,
                           QDirIterator::Subdirectories);
        while (files.hasNext())
            arguments.append(files.next());
    }
    arguments << QStringLiteral("-ts") << renewed;
    QProcess lupdate;
    lupdate.start(QStringLiteral(LUPDATE), arguments);
    QVERIFY(lupdate.waitForFinished(-1));
    QCOMPARE(lupdate.exitCode(), 0);
    const QByteArray texts = contents(kept);
    QVERIFY2(textsOf(texts) == textsOf(contents(renewed)),
             "take new texts in: cmake --build build/release --target renew_translations");
    QVERIFY2(!texts.contains("unfinished"), "a text has no plural forms yet");
}

CORE_TEST(TestTexts)
#include "tst_texts.moc"
