#pragma once

#include "error.h"
#include "filetext.h"
#include "textport.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <memory>
#include <set>
#include <string>

namespace Counterfoil {

class PageRenderer;
struct OpenedDocument;
struct TextBox;

// Sees to it that the text of every document on this computer is known: one at a time, the newest first, in
// the render worker that a hostile document may kill, and never while a person is at work. Goes on where it
// was after a restart, since what is unread is asked for each time. When there is nothing to read there is no
// worker and no timer. Lives on the GUI thread, never blocks.
class TextExtraction final : public QObject
{
    Q_OBJECT
public:
    static constexpr int pagesMost = 500;    // of one document; of a longer one the rest is not searched
    static constexpr int failuresMost = 3;   // pages that may fail before the rest is left
    static constexpr int startMs = 5'000;    // after the start, which has better things to do
    static constexpr int gatherMs = 1'000;   // after documents came, so that a burst is one question
    static constexpr int restMs = 1'500;     // after a person did something
    static constexpr int laterMs = 10'000;   // until what could not be said is asked again
    static constexpr int giveUpMs = 600'000; // after what is no document's fault, such as a full disk

    // `texts` must outlive it. `renderProgram` as for PageRenderer; `program`: its version, after which
    // unreadable documents are tried again.
    TextExtraction(TextPort &texts, QString renderProgram, QString program, int firstAfterMs = startMs,
                   QObject *parent = nullptr);
    ~TextExtraction() override;

    void personActed(); // nothing is begun for a moment
    bool isIdle() const { return m_state == State::Idle; }

Q_SIGNALS:
    void idle(); // all that is here was read

private:
    enum class State { Idle, Asking, Between, Opening, Reading, Keeping };

    void look();
    void lookIn(int ms);
    void takeUnread(const QList<TextPort::Unread> &files, bool later);
    void goOn(); // with the next document, or page, once nobody is at work
    void next();
    void readPage();
    void opened(quint64 ticket, const OpenedDocument &document);
    void take(quint64 ticket, const std::vector<TextBox> &words);
    void failed(quint64 ticket, const Error &error);
    void keep();
    void kept(bool stored);
    void end(int lookAgainMs = 0);

    TextPort &m_texts;
    const QString m_renderProgram;
    const QString m_program;
    std::unique_ptr<PageRenderer> m_renderer; // while there is something to read
    State m_state = State::Idle;
    QList<TextPort::Unread> m_unread;
    std::set<std::string> m_unopened; // digests of files that this disk does not give, until the program ends
    bool m_again = false;             // something came since it asked
    FileText m_text;
    quint64 m_ticket = 0;
    int m_page = 0;
    int m_pages = 0;
    int m_failures = 0;
    QElapsedTimer m_took;  // over the document so far
    QElapsedTimer m_acted; // since a person did something
    QTimer m_soon{this};   // until it looks whether there is something
    QTimer m_pause{this};  // until it goes on
};

} // namespace Counterfoil
