#include "attachedfiles.h"

#include <poppler-qt6.h>

#include <algorithm>

namespace Counterfoil {

std::vector<AttachedFile> attachedFilesOf(const Poppler::Document &document)
{
    std::vector<AttachedFile> files;
    const auto embedded = document.embeddedFiles();
    for (Poppler::EmbeddedFile *file : embedded) {
        if (files.size() >= RenderLimit::attachments)
            break;
        files.push_back({file->name().left(RenderLimit::textLength),
                         file->description().left(RenderLimit::textLength),
                         file->mimeType().left(RenderLimit::textLength),
                         std::clamp<qint64>(file->size(), -1, RenderLimit::documentBytes)});
    }
    return files;
}

QByteArray attachedBytes(const Poppler::Document &document, int index, RenderFault &fault)
{
    const auto embedded = document.embeddedFiles();
    if (index >= embedded.size() || !embedded.at(index)->isValid()) {
        fault = RenderFault::Damaged;
        return {};
    }
    QByteArray bytes = embedded.at(index)->data();
    if (bytes.size() > RenderLimit::attachmentBytes)
        fault = RenderFault::TooLarge;
    return bytes;
}

} // namespace Counterfoil
