#pragma once

#include "renderprotocol.h"

#include <QStringList>

#include <memory>

namespace Poppler {
class Document;
class Page;
} // namespace Poppler

namespace Counterfoil {

class SharedRegion;

// Does with Poppler what the window asks for, one request after the other, for one document at a time.
class PageWorker
{
public:
    // The document's bytes are read from one region, a page's pixels written into the other.
    PageWorker(SharedRegion &document, SharedRegion &pixels);
    ~PageWorker();

    // Draws something of our own, so that fonts and tables are loaded before the first document comes.
    void warmUp();

    RenderAnswer answer(const RenderRequest &request);

private:
    void open(const RenderRequest &request, RenderAnswer &answer);
    void draw(const Poppler::Page &page, const RenderRequest &request, RenderAnswer &answer);
    void unpack(int index, RenderAnswer &answer);

    SharedRegion &m_documentBytes;
    SharedRegion &m_pixels;
    std::unique_ptr<Poppler::Document> m_kept; // Poppler forgets its tables with its last document
    std::unique_ptr<Poppler::Document> m_document;
    QStringList m_complaints; // what Poppler said about the request under way
};

} // namespace Counterfoil
