#include "mailprogram.h"

#include <QCoreApplication>
#include <QProcess>
#include <QStandardPaths>

namespace Counterfoil {

namespace {

class Text
{
    Q_DECLARE_TR_FUNCTIONS(MailProgram)
};

Error noProgram(const QString &detail)
{
    return {ErrorKind::NotFound,
            Text::tr("No mail program could be started. Choose one in the system’s settings, or save the "
                     "documents and attach them by hand."),
            detail};
}

// One line, since a subject with two of them is two headers of a mail.
QString oneLine(const QString &text)
{
    QString line;
    for (const QChar character : text)
        line += character.isPrint() ? character : QChar(u' ');
    return line.simplified();
}

} // namespace

Outcome handToMailProgram(const Letter &letter)
{
#ifdef Q_OS_MACOS
    const QString program = QStringLiteral("open");
    QStringList arguments{QStringLiteral("-a"), QStringLiteral("Mail")};
    arguments += letter.files;
#else
    const QString program = QStringLiteral("xdg-email");
    QStringList arguments{QStringLiteral("--utf8"), QStringLiteral("--subject"), oneLine(letter.subject)};
    for (const QString &file : letter.files)
        arguments << QStringLiteral("--attach") << file;
#endif
    const QString found = QStandardPaths::findExecutable(program);
    if (found.isEmpty() || !QProcess::startDetached(found, arguments))
        return noProgram(program);
    return Done();
}

} // namespace Counterfoil
