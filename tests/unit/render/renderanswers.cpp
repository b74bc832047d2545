#include "renderanswers.h"

#include <QTest>

namespace Counterfoil {

RenderAnswers::RenderAnswers(PageRenderer &renderer)
{
    connect(&renderer, &PageRenderer::opened, this, [this](quint64 ticket, const OpenedDocument &document) {
        opened.insert(ticket, document);
        order.append(ticket);
    });
    connect(&renderer, &PageRenderer::drawn, this, [this](quint64 ticket, const QImage &image) {
        drawn.insert(ticket, image);
        order.append(ticket);
    });
    connect(&renderer, &PageRenderer::words, this,
            [this](quint64 ticket, int, const std::vector<TextBox> &boxes) {
                words.insert(ticket, boxes);
                order.append(ticket);
            });
    connect(&renderer, &PageRenderer::found, this,
            [this](quint64 ticket, int page, const std::vector<QRectF> &boxes) {
                found[ticket].insert(page, boxes);
            });
    connect(&renderer, &PageRenderer::findEnded, this, [this](quint64 ticket, int hits) {
        findEnded.insert(ticket, hits);
        order.append(ticket);
    });
    connect(&renderer, &PageRenderer::failed, this, [this](quint64 ticket, const Error &error) {
        failed.insert(ticket, error);
        order.append(ticket);
    });
}

bool RenderAnswers::waitFor(quint64 ticket, int ms)
{
    return QTest::qWaitFor([this, ticket] { return has(ticket); }, ms);
}

} // namespace Counterfoil
