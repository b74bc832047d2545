#include "textextraction.h"

#include "pagerenderer.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace Counterfoil {

namespace {

// As long as it worked it rests, so that it takes half a core at most.
constexpr int leastRestMs = 10;
constexpr int longestRestMs = 2'000;

// Whether b goes on where a ends: what stands apart is not one word, though no blank is written there.
bool isJoined(const TextBox &a, const TextBox &b)
{
    constexpr double visible = 0.15; // of the height
    const double gap = std::max(b.box.left() - a.box.right(), a.box.left() - b.box.right());
    return !a.spaceAfter && gap < visible * a.box.height();
}

// In reading order, lines ended as on the page.
void append(std::string &text, const std::vector<TextBox> &words)
{
    const TextBox *before = nullptr;
    for (const TextBox &word : words) {
        if (before) {
            const double down = std::abs(word.box.center().y() - before->box.center().y());
            if (down > before->box.height() / 2)
                text += '\n';
            else if (!isJoined(*before, word))
                text += ' ';
        }
        text += word.text.toStdString();
        before = &word;
    }
}

void cut(std::string &text, std::size_t most)
{
    std::size_t size = std::min(text.size(), most);
    while (size > 0 && size < text.size() && (text[size] & '\xc0') == '\x80') // inside a character
        --size;
    text.resize(size);
}

// Whether it says something about the document, and not about this computer.
bool isOfDocument(const Error &error)
{
    return error.kind == ErrorKind::BadInput || error.kind == ErrorKind::Timeout;
}

} // namespace

TextExtraction::TextExtraction(TextPort &texts, QString renderProgram, QString program, int firstAfterMs,
                               QObject *parent)
    : QObject(parent)
    , m_texts(texts)
    , m_renderProgram(std::move(renderProgram))
    , m_program(std::move(program))
{
    m_soon.setSingleShot(true);
    m_pause.setSingleShot(true);
    connect(&m_soon, &QTimer::timeout, this, &TextExtraction::look);
    connect(&m_pause, &QTimer::timeout, this, &TextExtraction::goOn);
    connect(&texts, &TextPort::unreadFound, this, &TextExtraction::takeUnread);
    connect(&texts, &TextPort::kept, this, &TextExtraction::kept);
    connect(&texts, &TextPort::changed, this, [this] {
        m_again = true; // also when what is here was asked for just before
        if (m_state == State::Idle)
            lookIn(gatherMs);
    });
    m_soon.start(firstAfterMs);
}

TextExtraction::~TextExtraction() = default;

void TextExtraction::personActed()
{
    m_acted.start();
}

void TextExtraction::lookIn(int ms)
{
    if (!m_soon.isActive())
        m_soon.start(ms);
}

void TextExtraction::look()
{
    if (m_state != State::Idle)
        return;
    m_state = State::Asking;
    m_again = false;
    m_texts.findUnread(m_program);
}

void TextExtraction::takeUnread(const QList<TextPort::Unread> &files, bool later)
{
    if (m_state != State::Asking)
        return;
    if (files.isEmpty()) {
        end(later ? laterMs : m_again ? gatherMs : 0);
        return;
    }
    m_unread = files;
    m_unread.removeIf([this](const TextPort::Unread &file) { return m_unopened.contains(file.digest); });
    if (m_unread.isEmpty()) {
        end(giveUpMs);
        return;
    }
    m_state = State::Between;
    goOn();
}

void TextExtraction::goOn()
{
    const qint64 since = m_acted.isValid() ? m_acted.elapsed() : restMs;
    if (since < restMs)
        m_pause.start(static_cast<int>(restMs - since));
    else if (m_state == State::Between)
        next();
    else if (m_state == State::Reading)
        readPage();
}

void TextExtraction::next()
{
    if (m_unread.isEmpty()) { // there may be more
        m_state = State::Idle;
        look();
        return;
    }
    if (!m_renderer) {
        m_renderer = std::make_unique<PageRenderer>(m_renderProgram);
        connect(m_renderer.get(), &PageRenderer::opened, this, &TextExtraction::opened);
        connect(m_renderer.get(), &PageRenderer::words, this,
                [this](quint64 ticket, int, const std::vector<TextBox> &words) { take(ticket, words); });
        connect(m_renderer.get(), &PageRenderer::failed, this, &TextExtraction::failed);
    }
    const TextPort::Unread file = m_unread.takeFirst();
    m_text = {};
    m_text.record = file.record;
    m_text.digest = file.digest;
    m_text.program = m_program.toStdString();
    m_page = m_pages = m_failures = 0;
    m_took.start();
    m_state = State::Opening;
    m_ticket = m_renderer->open(file.file);
}

void TextExtraction::opened(quint64 ticket, const OpenedDocument &document)
{
    if (m_state != State::Opening || ticket != m_ticket)
        return;
    const auto pages = static_cast<int>(document.pages.size());
    m_pages = std::min(pages, pagesMost);
    if (m_pages < pages)
        m_text.state = FileText::State::Cut;
    m_state = State::Reading;
    readPage();
}

void TextExtraction::readPage()
{
    if (m_page >= m_pages) {
        keep();
        return;
    }
    m_ticket = m_renderer->text(m_page);
}

void TextExtraction::take(quint64 ticket, const std::vector<TextBox> &words)
{
    if (m_state != State::Reading || ticket != m_ticket)
        return;
    append(m_text.text, words);
    m_text.text += FileText::pageEnd;
    ++m_page;
    if (m_text.text.size() > FileText::bytesMost) {
        cut(m_text.text, FileText::bytesMost);
        m_text.state = FileText::State::Cut;
        m_page = m_pages;
    }
    goOn();
}

void TextExtraction::failed(quint64 ticket, const Error &error)
{
    if ((m_state != State::Opening && m_state != State::Reading) || ticket != m_ticket)
        return;
    if (m_state == State::Opening && error.kind == ErrorKind::Storage && m_renderer->canStart()) {
        // One bad file is passed over; the others are read.
        m_unopened.insert(m_text.digest);
        m_renderer->close();
        m_state = State::Between;
        m_pause.start(leastRestMs);
        return;
    }
    if (!isOfDocument(error)) {
        end(giveUpMs);
        return;
    }
    if (m_state == State::Opening) {
        m_text.state = FileText::State::Unreadable;
        keep();
        return;
    }
    m_text.state = FileText::State::Cut;
    m_text.text += FileText::pageEnd; // the pages after it keep their numbers
    ++m_page;
    if (++m_failures >= failuresMost)
        m_page = m_pages;
    // Not one page could be read.
    if (m_page >= m_pages && m_text.text.find_first_not_of(FileText::pageEnd) == std::string::npos)
        m_text.state = FileText::State::Unreadable;
    goOn();
}

void TextExtraction::keep()
{
    m_renderer->close();
    m_state = State::Keeping;
    m_texts.keep(std::exchange(m_text, {}));
}

void TextExtraction::kept(bool stored)
{
    if (m_state != State::Keeping)
        return;
    if (!stored) {
        end(giveUpMs);
        return;
    }
    m_state = State::Between;
    m_pause.start(static_cast<int>(std::clamp<qint64>(m_took.elapsed(), leastRestMs, longestRestMs)));
}

void TextExtraction::end(int lookAgainMs)
{
    m_state = State::Idle;
    m_unread.clear();
    m_text = {};
    // Not at once: whoever has just told us something is the renderer.
    if (m_renderer)
        m_renderer.release()->deleteLater();
    if (lookAgainMs > 0)
        lookIn(lookAgainMs);
    else
        Q_EMIT idle();
}

} // namespace Counterfoil
