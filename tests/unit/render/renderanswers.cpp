#include "renderanswers.h"

#include <QEventLoop>
#include <QTimer>

namespace Counterfoil {

RenderAnswers::RenderAnswers(PageRenderer &renderer)
{
    connect(&renderer, &PageRenderer::opened, this, [this](quint64 ticket, const OpenedDocument &document) {
        opened.insert(ticket, document);
        note(ticket);
    });
    connect(&renderer, &PageRenderer::drawn, this, [this](quint64 ticket, const QImage &image) {
        drawn.insert(ticket, image);
        note(ticket);
    });
    connect(&renderer, &PageRenderer::words, this,
            [this](quint64 ticket, int, const std::vector<TextBox> &boxes) {
                words.insert(ticket, boxes);
                note(ticket);
            });
    connect(&renderer, &PageRenderer::found, this,
            [this](quint64 ticket, int page, const std::vector<TextHit> &hits) {
                found[ticket].insert(page, hits);
            });
    connect(&renderer, &PageRenderer::findEnded, this, [this](quint64 ticket, int hits) {
        findEnded.insert(ticket, hits);
        note(ticket);
    });
    connect(&renderer, &PageRenderer::linked, this,
            [this](quint64 ticket, int, const std::vector<PageLink> &those) {
                links.insert(ticket, those);
                note(ticket);
            });
    connect(&renderer, &PageRenderer::outlined, this,
            [this](quint64 ticket, const std::vector<OutlineEntry> &entries) {
                outlines.insert(ticket, entries);
                note(ticket);
            });
    connect(&renderer, &PageRenderer::attachmentsListed, this,
            [this](quint64 ticket, const std::vector<AttachedFile> &files) {
                attachments.insert(ticket, files);
                note(ticket);
            });
    connect(&renderer, &PageRenderer::attachmentRead, this, [this](quint64 ticket, const QByteArray &bytes) {
        attachedBytes.insert(ticket, bytes);
        note(ticket);
    });
    connect(&renderer, &PageRenderer::failed, this, [this](quint64 ticket, const Error &error) {
        failed.insert(ticket, error);
        note(ticket);
    });
}

void RenderAnswers::note(quint64 ticket)
{
    order.append(ticket);
    Q_EMIT answered(ticket);
}

bool RenderAnswers::waitFor(quint64 ticket, int ms)
{
    if (has(ticket))
        return true;
    QEventLoop loop;
    connect(this, &RenderAnswers::answered, &loop, [&loop, ticket](quint64 which) {
        if (which == ticket)
            loop.quit();
    });
    QTimer::singleShot(ms, &loop, &QEventLoop::quit);
    loop.exec();
    return has(ticket);
}

} // namespace Counterfoil
