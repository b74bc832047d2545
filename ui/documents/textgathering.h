#pragma once

#include "pagetext.h"

namespace Counterfoil {

// Collects the text of a range of words, page by page, and then says so. A new one takes the place of
// one under way.
class TextGathering final : public QObject
{
    Q_OBJECT
public:
    static constexpr qsizetype mostCharacters = 16'000'000;

    TextGathering(PageRenderer &renderer, const PageText &text, QObject *parent);

    void gather(const WordRange &range);
    void stop();
    bool isRunning() const { return m_next <= m_range.last.page; }

Q_SIGNALS:
    void gathered(const QString &text);
    void failed(const Counterfoil::Error &error);

private:
    void step();
    void add(const std::vector<TextBox> &words);

    PageRenderer &m_renderer;
    const PageText &m_text;
    WordRange m_range;
    QString m_gathered;
    int m_next = 0; // page
    quint64 m_ticket = 0;
};

} // namespace Counterfoil
