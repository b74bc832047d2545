#include "partfile.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace Counterfoil {

namespace {

// Why a file is no list, by what counterfoil-sheet calls it.
QString sentenceFor(const QString &code)
{
    if (code == QLatin1String("too-large"))
        return PartFile::tr("The file is larger than 20 MB. Save the rows alone in a file of their own.");
    if (code == QLatin1String("too-much"))
        return PartFile::tr("The spreadsheet unpacks to more than is safe, so it was not read. Copy its rows "
                            "instead.");
    if (code == QLatin1String("old-excel"))
        return PartFile::tr("This is an older Excel file, or one with a password. Save it as .xlsx or as CSV "
                            "without a password.");
    if (code == QLatin1String("no-sheet"))
        return PartFile::tr("There is no sheet with rows in this file. Choose the spreadsheet itself.");
    if (code == QLatin1String("broken"))
        return PartFile::tr("The spreadsheet is damaged. Open it, save it again, and drop it once more.");
    return PartFile::tr("This file is no list of parts, whatever its name says. Choose a CSV or XLSX file.");
}

QString notesFor(const QJsonArray &codes)
{
    QStringList notes;
    if (codes.contains(QStringLiteral("macro")))
        notes.append(PartFile::tr("There is a macro in the file. It was not run."));
    if (codes.contains(QStringLiteral("sheets")))
        notes.append(PartFile::tr("The file has several sheets. The first was read."));
    return notes.join(u'\n');
}

} // namespace

PartFile::PartFile(const QString &program, QObject *parent)
    : QObject(parent)
    , m_program(program)
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(longestMs);
    connect(&m_patience, &QTimer::timeout, this,
            [this] { give(tr("Reading the file takes too long. Copy its rows instead.")); });
}

PartFile::~PartFile()
{
    if (m_process)
        m_process->disconnect(this);
}

QString PartFile::among(const QList<QUrl> &urls)
{
    static const QStringList endings{QStringLiteral("csv"),  QStringLiteral("tsv"),  QStringLiteral("txt"),
                                     QStringLiteral("xlsx"), QStringLiteral("xlsm"), QStringLiteral("xls")};
    const auto found = std::find_if(urls.begin(), urls.end(), [](const QUrl &url) {
        return url.isLocalFile() && endings.contains(QFileInfo(url.toLocalFile()).suffix().toLower());
    });
    return found == urls.end() ? QString() : found->toLocalFile();
}

void PartFile::read(const QString &file)
{
    if (m_process) {
        m_process->disconnect(this);
        m_process->kill();
        m_process->deleteLater();
    }
    m_answer.clear();
    m_process = new QProcess(this);
    m_process->setStandardInputFile(file);
    m_process->setStandardErrorFile(QProcess::nullDevice());
    connect(m_process, &QProcess::readyReadStandardOutput, this, [this] {
        m_answer += m_process->readAllStandardOutput();
        if (m_answer.size() > answerMost)
            give(sentenceFor(QStringLiteral("too-much")));
    });
    connect(m_process, &QProcess::finished, this, [this](int code, QProcess::ExitStatus status) {
        m_answer += m_process->readAllStandardOutput();
        if (status == QProcess::NormalExit && code == 0)
            take();
        else
            give(sentenceFor(QStringLiteral("too-much")));
    });
    connect(m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            give(tr("The file cannot be read. See whether it is still there, and whether you may open it."));
    });
    m_patience.start();
    m_process->start(m_program, {});
}

void PartFile::take()
{
    const qsizetype end = m_answer.indexOf('\n');
    const QJsonObject head = QJsonDocument::fromJson(m_answer.left(std::max<qsizetype>(end, 0))).object();
    const QString code = head.value(QStringLiteral("refused")).toString();
    if (end < 0 || !code.isEmpty())
        return give(sentenceFor(code));
    const QString text = QString::fromUtf8(m_answer.mid(end + 1));
    const QString notes = notesFor(head.value(QStringLiteral("notes")).toArray());
    give({});
    Q_EMIT isRead(text, notes);
}

// It is over; without a sentence it went well.
void PartFile::give(const QString &sentence)
{
    m_patience.stop();
    m_answer.clear();
    if (m_process) {
        m_process->disconnect(this);
        m_process->kill();
        m_process->deleteLater();
        m_process = nullptr;
    }
    if (!sentence.isEmpty())
        Q_EMIT refused(sentence);
}

} // namespace Counterfoil
