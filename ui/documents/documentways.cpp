// Ways through a document, and ways to look at it: what stands beside the pages, links, one page at a time,
// dark paper.

#include "documentview.h"

#include "addressopening.h"
#include "documentfind.h"
#include "documentsidebar.h"
#include "documenttoolbar.h"
#include "hitlist.h"
#include "outlinelist.h"
#include "pagelinks.h"
#include "pagerenderer.h"
#include "pageview.h"
#include "thumbnailstrip.h"
#include "tokens.h"

#include <QDataStream>
#include <QIODevice>
#include <QMenu>

namespace Counterfoil {

namespace {

constexpr qint32 lookVersion = 1;
constexpr std::size_t mostBack = 50;
constexpr int mostLinksListed = 40;

} // namespace

void DocumentView::connectSidebar()
{
    connect(m_thumbnails, &ThumbnailStrip::pageChosen, m_pages, &PageView::goToPage);
    connect(m_thumbnails, &ThumbnailStrip::dragWanted, this, &DocumentView::pagesDragWanted);
    connect(m_outline, &OutlineList::placeChosen, m_pages, &PageView::goToPlace);
    connect(m_pages, &PageView::linkChosen, this, &DocumentView::follow);
    connect(m_links, &PageLinks::arrived, this, &DocumentView::updateCommands);
    connect(m_find, &DocumentFind::changed, this, &DocumentView::updateCommands);
    connect(&m_documents, &DocumentPort::pinnedChanged, this, &DocumentView::updateCommands);
    connect(&m_renderer, &PageRenderer::outlined, this,
            [this](quint64 ticket, const std::vector<OutlineEntry> &outline) {
                if (m_outlining == 0 || ticket != m_outlining)
                    return;
                m_outline->setOutline(outline);
                m_outline->setCurrentPage(currentPage());
                updateCommands();
            });
}

// One stands there at most; the one that is there goes when it is asked for again.
void DocumentView::togglePart(QWidget *part)
{
    const bool hadFocus = m_sidebar->isAncestorOf(focusWidget());
    m_sidebar->showPart(m_sidebar->shownPart() == part ? nullptr : part);
    if (m_sidebar->shownPart() && part != m_thumbnails)
        part->setFocus();
    else if (hadFocus)
        m_pages->setFocus();
    updateCommands();
}

std::vector<quint32> DocumentView::chosenPages() const
{
    if (!isOpen())
        return {};
    const std::vector<quint32> chosen
        = areThumbnailsShown() ? m_thumbnails->chosenPages() : std::vector<quint32>();
    return chosen.empty() ? std::vector{static_cast<quint32>(currentPage())} : chosen;
}

void DocumentView::setThumbnailsShown(bool shown)
{
    if (shown != areThumbnailsShown())
        togglePart(m_thumbnails);
}

bool DocumentView::areThumbnailsShown() const
{
    return m_sidebar->shownPart() == m_thumbnails;
}

void DocumentView::toggleThumbnails()
{
    togglePart(m_thumbnails);
}

void DocumentView::toggleOutline()
{
    togglePart(m_outline);
}

void DocumentView::toggleHits()
{
    togglePart(m_hits);
}

bool DocumentView::isSinglePage() const
{
    return m_pages->isSinglePage();
}

void DocumentView::toggleSinglePage()
{
    m_pages->setSinglePage(!isSinglePage());
    updateCommands();
}

void DocumentView::toggleHand()
{
    m_pages->setHand(!m_pages->isHand());
    updateCommands();
}

bool DocumentView::hasDarkPages() const
{
    return m_darkPages;
}

void DocumentView::toggleDarkPages()
{
    m_darkPages = !m_darkPages;
    applyColours();
    updateCommands();
}

// A dark page has the colours of the window in its dark look, also where the window is light.
void DocumentView::applyColours()
{
    const Tokens &t = Tokens::darkSet();
    const PageColours colours = m_darkPages ? PageColours{t.panel.rgb(), t.text.rgb()} : PageColours{};
    m_renderer.setColours(colours);
    m_pages->setColours(colours);
    m_thumbnails->setColours(colours);
}

void DocumentView::togglePinned()
{
    m_documents.setPinned(m_key, !m_documents.pinned().contains(m_key));
    updateCommands(); // the tick says what is, not what was asked for
}

void DocumentView::follow(const PageLink &link)
{
    if (!link.address.isEmpty()) {
        askToOpenAddress(this, link.address);
        return;
    }
    if (m_back.size() >= mostBack)
        m_back.erase(m_back.begin());
    m_back.push_back(m_pages->topPlace());
    m_pages->goToPlace(link.place);
    updateCommands();
}

void DocumentView::goBack()
{
    if (m_back.empty())
        return;
    m_pages->goToPlace(m_back.back());
    m_back.pop_back();
    updateCommands();
}

void DocumentView::showLinks()
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const std::vector<PageLink> &links = m_links->onPage(currentPage());
    for (const PageLink &link : links) {
        if (menu->actions().size() >= mostLinksListed)
            break;
        const QString text = link.address.isEmpty() ? tr("Page %1").arg(link.place.page + 1)
                                                    : readableAddress(link.address).left(mostLinksListed * 2);
        connect(menu->addAction(QString(text).replace(QLatin1Char('&'), QLatin1String("&&"))),
                &QAction::triggered, this, [this, link] { follow(link); });
    }
    menu->popup(m_pages->mapToGlobal(QPoint(16, 16)));
}

QByteArray DocumentView::saveLook() const
{
    const QList<QWidget *> parts{nullptr, m_thumbnails, m_outline, m_hits};
    QByteArray look;
    QDataStream stream(&look, QIODevice::WriteOnly);
    stream << lookVersion << m_darkPages << isSinglePage() << qint32(parts.indexOf(m_sidebar->shownPart()));
    return look;
}

void DocumentView::restoreLook(const QByteArray &look)
{
    QDataStream stream(look);
    qint32 version = 0;
    bool darkPages = false;
    bool singlePage = false;
    qint32 part = 0;
    stream >> version >> darkPages >> singlePage >> part;
    if (stream.status() != QDataStream::Ok || version != lookVersion)
        return;
    const QList<QWidget *> parts{nullptr, m_thumbnails, m_outline}; // hits are of a search that is gone
    m_sidebar->showPart(parts.value(part));
    m_darkPages = darkPages;
    applyColours();
    m_pages->setSinglePage(singlePage);
    updateCommands();
}

} // namespace Counterfoil
