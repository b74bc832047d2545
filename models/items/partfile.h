#pragma once

#include <QObject>
#include <QProcess>
#include <QString>
#include <QTimer>
#include <QUrl>

namespace Counterfoil {

// A list of parts in a file that somebody dropped or opened: CSV, text, or the first sheet of a workbook. It
// is read by counterfoil-sheet, a process that is locked in, so that no file can hurt, hold up or fill the
// window. GUI thread; never waits.
class PartFile final : public QObject
{
    Q_OBJECT
public:
    static constexpr int longestMs = 20'000;
    static constexpr qint64 answerMost = 24LL * 1024 * 1024; // bytes of its answer

    explicit PartFile(const QString &program, QObject *parent = nullptr);
    ~PartFile() override;

    // What of files that are offered might be a list, by their names; the first.
    static QString among(const QList<QUrl> &urls); // its path; empty: none

    void read(const QString &file); // gives up what was being read; one of the signals follows

Q_SIGNALS:
    // `notes`: sentences about what was not done with it, a line each; may be empty.
    void isRead(const QString &text, const QString &notes);
    void refused(const QString &sentence);

private:
    void take();
    void give(const QString &sentence);

    const QString m_program;
    QProcess *m_process = nullptr;
    QTimer m_patience;
    QByteArray m_answer;
};

} // namespace Counterfoil
