#include "mailprogram.h"
#include "testentry.h"

#include <QDir>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest>

using namespace Counterfoil;

namespace {

// Keeps what it is opened with, as a mail program does that shows a new letter.
// No raw string, which moc does not read.
constexpr char standIn[] = "#!/bin/bash\n"
                           "IFS='&' read -ra parts <<< \"${1#mailto:?}\"\n"
                           "for part in \"${parts[@]}\"; do\n"
                           "    value=${part#*=}\n"
                           "    value=$(printf '%b' \"${value//%/\\\\x}\")\n"
                           "    case $part in\n"
                           "    subject=*) printf '%s' \"$value\" > \"$0.subject\" ;;\n"
                           "    attach=*) mkdir -p \"$0.files\" && cp \"$value\" \"$0.files/\" ;;\n"
                           "    esac\n"
                           "done\n"
                           "touch \"$0.shown\"\n";

} // namespace

// A letter handed over as on a desktop: to the program that is registered for mail, by the system's own
// tools.
class TestMailProgram : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void theRegisteredProgramGetsTheLetter();
    void saysThatThereIsNone();

private:
    bool write(const QString &name, const QByteArray &bytes) const
    {
        QFile file(m_home->filePath(name));
        return QDir().mkpath(QFileInfo(file).path()) && file.open(QIODevice::WriteOnly)
            && file.write(bytes) == bytes.size();
    }
    QByteArray read(const QString &name) const
    {
        QFile file(m_home->filePath(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    std::unique_ptr<QTemporaryDir> m_home;
    const QByteArray m_path = qgetenv("PATH");
};

void TestMailProgram::init()
{
    m_home = std::make_unique<QTemporaryDir>();
    qputenv("PATH", m_path);
    qputenv("HOME", m_home->path().toUtf8());
    qputenv("XDG_DATA_HOME", m_home->filePath(QStringLiteral("share")).toUtf8());
    qputenv("XDG_CONFIG_HOME", m_home->filePath(QStringLiteral("config")).toUtf8());
    qputenv("XDG_CURRENT_DESKTOP", "X-Generic");
    qputenv("DISPLAY", ":0"); // the tools look for a desktop before they look for a program
}

void TestMailProgram::theRegisteredProgramGetsTheLetter()
{
    if (QStandardPaths::findExecutable(QStringLiteral("xdg-email")).isEmpty())
        QSKIP("xdg-email is not installed here");
    const QString program = m_home->filePath(QStringLiteral("mailer"));
    QVERIFY(write(QStringLiteral("mailer"), standIn));
    QVERIFY(QFile::setPermissions(program, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    QVERIFY(write(QStringLiteral("share/applications/mailer.desktop"),
                  "[Desktop Entry]\nType=Application\nName=Mailer\nMimeType=x-scheme-handler/mailto;\nExec="
                      + program.toUtf8() + " %u\n"));
    QVERIFY(write(QStringLiteral("config/mimeapps.list"),
                  "[Default Applications]\nx-scheme-handler/mailto=mailer.desktop\n"));
    const QString first = QString::fromUtf8("letters/Invoice INV-1 Größe & co.pdf");
    const QString second = QStringLiteral("letters/Credit memo CM-2.pdf");
    QVERIFY(write(first, "%PDF-1") && write(second, "%PDF-2"));
    const Outcome handed = handToMailProgram({QString::fromUtf8("Invoice INV-1 & 1 more, 100 %\nBcc: eve"),
                                              {m_home->filePath(first), m_home->filePath(second)}});
    QVERIFY(handed);
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(program + QStringLiteral(".shown")), 30'000);
    QCOMPARE(QString::fromUtf8(read(QStringLiteral("mailer.subject"))),
             QStringLiteral("Invoice INV-1 & 1 more, 100 % Bcc: eve"));
    const QString files = QStringLiteral("mailer.files/");
    QCOMPARE(read(files + QFileInfo(first).fileName()), QByteArray("%PDF-1"));
    QCOMPARE(read(files + QFileInfo(second).fileName()), QByteArray("%PDF-2"));
}

void TestMailProgram::saysThatThereIsNone()
{
    qputenv("PATH", m_home->path().toUtf8());
    const Outcome handed = handToMailProgram({QStringLiteral("Invoice"), {}});
    QVERIFY(!handed);
    QCOMPARE(handed.error().kind, ErrorKind::NotFound);
    QVERIFY(!handed.error().userText.isEmpty());
}

CORE_TEST(TestMailProgram)
#include "tst_mailprogram.moc"
