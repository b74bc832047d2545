#include "textgathering.h"

namespace Counterfoil {

TextGathering::TextGathering(PageRenderer &renderer, const PageText &text, QObject *parent)
    : QObject(parent)
    , m_renderer(renderer)
    , m_text(text)
{
    connect(&renderer, &PageRenderer::words, this,
            [this](quint64 ticket, int, const std::vector<TextBox> &words) {
                if (m_ticket == 0 || ticket != m_ticket)
                    return;
                m_ticket = 0;
                add(words);
                step();
            });
    connect(&renderer, &PageRenderer::failed, this, [this](quint64 ticket, const Error &error) {
        if (m_ticket == 0 || ticket != m_ticket)
            return;
        stop();
        Q_EMIT failed(error);
    });
}

void TextGathering::gather(const WordRange &range)
{
    stop();
    if (range.isEmpty())
        return;
    m_range = range;
    m_next = range.first.page;
    step();
}

void TextGathering::stop()
{
    if (m_ticket != 0)
        m_renderer.drop(m_ticket);
    m_ticket = 0;
    m_range = {};
    m_gathered.clear();
    m_next = 0;
}

void TextGathering::step()
{
    while (isRunning()) {
        if (m_gathered.size() > mostCharacters) {
            stop();
            Q_EMIT failed({ErrorKind::BadInput,
                           tr("That is too much text to copy at once. Select fewer pages and copy again.")});
            return;
        }
        const std::vector<TextBox> *words = m_text.words(m_next);
        if (!words) {
            m_ticket = m_renderer.text(m_next);
            return;
        }
        add(*words);
    }
    const QString text = m_gathered;
    stop();
    Q_EMIT gathered(text);
}

void TextGathering::add(const std::vector<TextBox> &words)
{
    const int first = m_next == m_range.first.page ? m_range.first.word : 0;
    const int last = m_next == m_range.last.page ? m_range.last.word : WordRange::pastLastWord;
    const QString text = PageText::joined(words, first, last);
    if (!m_gathered.isEmpty() && !text.isEmpty())
        m_gathered += QLatin1Char('\n');
    m_gathered += text;
    ++m_next;
}

} // namespace Counterfoil
