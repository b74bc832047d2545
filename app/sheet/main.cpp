// counterfoil-sheet: makes text of a list in a file, which the window gives it as its standard input, so that
// nothing in the file has anything to do with the window. Says in one line of JSON what it was, then the
// text.

#include "confinement.h"
#include "workbook.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStringDecoder>

#ifdef Q_OS_WIN
#include <fcntl.h>
#include <io.h>
#endif

using namespace Counterfoil;

namespace {

constexpr qint64 fileMost = 20LL * 1024 * 1024;

struct Answer
{
    QString refused; // a code; see PartFile
    QJsonArray notes;
    QString text;
};

Answer refusal(const char *code)
{
    return {QString::fromLatin1(code), {}, {}};
}

// Files without a mark are in UTF-8, and where they are not, as Windows wrote them in the West.
Answer ofText(const QByteArray &file)
{
    const auto marked = QStringConverter::encodingForData(file);
    QStringDecoder decoder(marked.value_or(QStringConverter::Utf8));
    QString text = decoder(file);
    if (decoder.hasError() && !marked)
        text = QString::fromLatin1(file);
    if (text.contains(QChar(0)))
        return refusal("no-list");
    return {{}, {}, text};
}

Answer read(const QByteArray &file)
{
    if (file.size() > fileMost)
        return refusal("too-large");
    if (file.startsWith("PK\x03\x04")) {
        const Workbook book = Workbook::read(file);
        if (book.refused)
            return refusal(book.refused);
        Answer answer;
        if (book.hasMacro)
            answer.notes.append(QStringLiteral("macro"));
        if (book.hasMoreSheets)
            answer.notes.append(QStringLiteral("sheets"));
        answer.text = book.text;
        return answer;
    }
    if (file.startsWith("\xd0\xcf\x11\xe0"))
        return refusal("old-excel");
    if (file.startsWith("%PDF") || file.startsWith("\x89PNG") || file.startsWith("\xff\xd8\xff")
        || file.startsWith("GIF8")
        || file.startsWith("\x7f"
                           "ELF"))
        return refusal("no-list");
    return ofText(file);
}

} // namespace

int main(int argc, char *argv[])
{
    limitOurselves();
    const QCoreApplication application(argc, argv);
#ifdef Q_OS_WIN
    _setmode(_fileno(stdin), _O_BINARY);
    _setmode(_fileno(stdout), _O_BINARY);
#endif
    QFile input;
    QFile output;
    if (!input.open(stdin, QIODevice::ReadOnly) || !output.open(stdout, QIODevice::WriteOnly))
        return 2;
    const QByteArray file = input.read(fileMost + 1);
    closeDoors();
    grantProcessorTime();
    const Answer answer = read(file);
    const QJsonObject head{{QStringLiteral("refused"), answer.refused},
                           {QStringLiteral("notes"), answer.notes}};
    const QByteArray said = QJsonDocument(head).toJson(QJsonDocument::Compact) + '\n' + answer.text.toUtf8();
    return output.write(said) == said.size() && output.flush() ? 0 : 4;
}
