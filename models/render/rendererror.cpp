#include "rendererror.h"

#include "pagerenderer.h"

namespace Counterfoil {

namespace {

QString sentence(RenderFault fault)
{
    switch (fault) {
    case RenderFault::NotPdf:
        return PageRenderer::tr(
            "This file is not a PDF, so it cannot be shown here; ask the supplier to issue it again.");
    case RenderFault::Damaged:
        return PageRenderer::tr(
            "This document is damaged and cannot be shown; ask the supplier to issue it again.");
    case RenderFault::Locked:
        return PageRenderer::tr(
            "This document is locked with a password and cannot be shown; ask the supplier for one that is "
            "not.");
    case RenderFault::TooLarge:
        return PageRenderer::tr(
            "This is too large to be shown here; ask the supplier for a smaller document.");
    case RenderFault::FontMissing:
        return PageRenderer::tr(
            "This page needs a font that is neither in the document nor on this computer, and would be "
            "shown without its text; ask the supplier to issue it again with its fonts.");
    case RenderFault::Unreadable:
        return PageRenderer::tr(
            "The document’s file cannot be read from this computer’s disk; try again, and have the disk "
            "looked at if that does not help.");
    case RenderFault::TooSlow:
        return PageRenderer::tr(
            "This takes too long to draw and was stopped; try again, and ask the supplier to issue the "
            "document again if that does not help.");
    case RenderFault::Died:
        return PageRenderer::tr(
            "This cannot be drawn, the document may be damaged; try again, and ask the supplier to issue it "
            "again if that does not help.");
    case RenderFault::Nonsense:
        return PageRenderer::tr(
            "The part of Counterfoil that draws documents gave an answer that makes no sense and was "
            "stopped; do not trust this document.");
    case RenderFault::CannotStart:
    case RenderFault::NeverReady:
        return PageRenderer::tr(
            "The part of Counterfoil that draws documents cannot be started; try again in a moment, and "
            "install Counterfoil anew if that does not help.");
    case RenderFault::NoSuchPage:
        return PageRenderer::tr("The document has no such page.");
    case RenderFault::NoSuchFile:
        return PageRenderer::tr("The document has no such file in it.");
    case RenderFault::TooMany:
        return PageRenderer::tr("Too many pages wait to be drawn; try again in a moment.");
    case RenderFault::None:
        break;
    }
    return {};
}

ErrorKind kindOf(RenderFault fault)
{
    switch (fault) {
    case RenderFault::Unreadable:
    case RenderFault::CannotStart:
    case RenderFault::NeverReady:
        return ErrorKind::Storage;
    case RenderFault::TooSlow:
        return ErrorKind::Timeout;
    case RenderFault::TooMany:
        return ErrorKind::RateLimited;
    default:
        return ErrorKind::BadInput;
    }
}

} // namespace

Error renderError(RenderFault fault, const QString &detail)
{
    return Error{kindOf(fault), sentence(fault), detail};
}

QString cautionAbout(RenderDoors open)
{
    QStringList sentences;
    if (open & RenderDoor::Files)
        sentences.append(PageRenderer::tr("A document made to attack its reader could read your files."));
    if (open & RenderDoor::Network)
        sentences.append(PageRenderer::tr("A document made to attack its reader could reach the network."));
    if (open & RenderDoor::Calls)
        sentences.append(
            PageRenderer::tr("A document made to attack its reader could try the whole operating system."));
    if (open & RenderDoor::Memory)
        sentences.append(PageRenderer::tr("A document could use up all memory."));
    if (sentences.isEmpty())
        return {};
    sentences.append(PageRenderer::tr("This computer lacks what would prevent it, so open only documents of "
                                      "people you know."));
    return sentences.join(QLatin1Char('\n'));
}

} // namespace Counterfoil
