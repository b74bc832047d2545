#include "pagerenderer.h"

namespace Counterfoil {

PageRenderer::PageRenderer(const QString &program, QObject *parent)
    : QObject(parent)
{
    Q_UNUSED(program)
}
PageRenderer::~PageRenderer() = default;
PageRenderer::Ticket PageRenderer::open(const QString &) { return 1; }
void PageRenderer::close() { }
PageRenderer::Ticket PageRenderer::draw(int, double, int, const QRect &, int) { return 1; }
PageRenderer::Ticket PageRenderer::text(int) { return 1; }
PageRenderer::Ticket PageRenderer::find(const QString &, bool) { return 1; }
void PageRenderer::drop(Ticket) { }

} // namespace Counterfoil
