#include "documentview.h"

#include "documentfind.h"
#include "documentprogress.h"
#include "documentsidebar.h"
#include "documenttoolbar.h"
#include "einvoicereading.h"
#include "findbar.h"
#include "hitlist.h"
#include "invoice.h"
#include "outlinelist.h"
#include "pagelinks.h"
#include "pagerenderer.h"
#include "pagetext.h"
#include "pageview.h"
#include "rendererror.h"
#include "statepanel.h"
#include "textgathering.h"
#include "thumbnailstrip.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QStackedWidget>
#include <QTimer>
#include <QToolTip>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace Counterfoil {

namespace {

// Most documents are here and open sooner; words that come and go at once would only flicker.
constexpr int patienceMs = 200;

} // namespace

DocumentView::DocumentView(DocumentPort &documents, PageRenderer &renderer, QWidget *parent)
    : QWidget(parent)
    , m_documents(documents)
    , m_renderer(renderer)
    , m_body(new QStackedWidget(this))
    , m_thumbnails(new ThumbnailStrip(renderer, this))
    , m_outline(new OutlineList(this))
    , m_text(new PageText(renderer, this))
    , m_links(new PageLinks(renderer, this))
    , m_find(new DocumentFind(renderer, this))
    , m_hits(new HitList(*m_find, this))
    , m_gathering(new TextGathering(renderer, *m_text, this))
    , m_fetching(new DocumentProgress(this))
    , m_patience(new QTimer(this))
{
    m_pages = new PageView(renderer, {*m_text, *m_links, *m_find}, this);
    buildCommands();
    m_findBar = new FindBar(*m_find, command("document.hits"), this);
    buildToolbar();
    arrangeParts();
    m_panel = new StatePanel(m_body);
    m_patience->setSingleShot(true);
    m_patience->setInterval(patienceMs);
    connectPort();
    connectParts();
    setState(State::None);
}

DocumentView::~DocumentView()
{
    drop();
}

void DocumentView::arrangeParts()
{
    auto *shown = new QWidget(m_body);
    auto *beside = new QHBoxLayout(shown);
    beside->setContentsMargins(0, 0, 0, 0);
    beside->setSpacing(0);
    m_sidebar = new DocumentSidebar(shown);
    m_sidebar->addPart(m_thumbnails, command("document.thumbnails"), false);
    m_sidebar->addPart(m_outline, command("document.outline"), true);
    m_sidebar->addPart(m_hits, command("document.hits"), true);
    beside->addWidget(m_sidebar);
    beside->addWidget(m_pages, 1);
    buildEInvoice(*beside);
    m_body->addWidget(shown);
    m_body->addWidget(m_fetching);
    m_findBar->hide();

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_toolbar);
    layout->addWidget(m_findBar);
    layout->addWidget(m_body, 1);
    setFocusProxy(m_pages);
}

void DocumentView::connectPort()
{
    connect(&m_documents, &DocumentPort::progressed, this,
            [this](const QString &key, const DocumentPort::Progress &progress) {
                if (key != m_key || m_state != State::Fetching)
                    return;
                m_progress = progress;
                if (m_body->currentWidget() == m_fetching)
                    showProgress();
            });
    connect(&m_documents, &DocumentPort::ready, this, [this](const QString &key, const QString &file) {
        if (key == m_key && std::exchange(m_awaited, false))
            open(file);
    });
    connect(&m_documents, &DocumentPort::failed, this, [this](const QString &key, const Error &error) {
        if (key == m_key && m_awaited)
            fail(error, false);
    });
    const auto caution = [this] { m_toolbar->setCaution(cautionAbout(m_renderer.openDoors())); };
    connect(&m_renderer, &PageRenderer::ready, this, caution);
    caution();
    connect(&m_renderer, &PageRenderer::opened, this, [this](quint64 ticket, const OpenedDocument &document) {
        if (m_state == State::Opening && ticket == m_opening)
            noteOpened(document);
    });
    connect(&m_renderer, &PageRenderer::failed, this, [this](quint64 ticket, const Error &error) {
        if (m_state == State::Opening && ticket == m_opening)
            fail(error, true);
    });
}

void DocumentView::connectParts()
{
    connectSidebar();
    connect(m_patience, &QTimer::timeout, this, &DocumentView::showProgress);
    connect(m_panel, &StatePanel::actionChosen, this, &DocumentView::retry);
    connect(m_pages, &PageView::zoomChanged, this, &DocumentView::updateCommands);
    connect(m_pages, &PageView::selectionChanged, this, &DocumentView::updateCommands);
    connect(m_pages, &PageView::menuWanted, this, &DocumentView::showMenu);
    connect(m_pages, &PageView::currentPageChanged, this, [this](int page) {
        m_toolbar->setCurrentPage(page);
        m_thumbnails->setCurrentPage(page);
        m_outline->setCurrentPage(page);
        updateCommands();
        Q_EMIT currentPageChanged(page);
    });
    connect(m_toolbar, &DocumentToolbar::pageWanted, this, [this](int page) {
        goToPage(page);
        m_pages->setFocus();
    });
    connect(m_toolbar, &DocumentToolbar::zoomWanted, this, &DocumentView::setZoom);
    connect(m_toolbar, &DocumentToolbar::left, m_pages, qOverload<>(&QWidget::setFocus));
    connect(m_findBar, &FindBar::searchWanted, this, &DocumentView::search);
    connect(m_findBar, &FindBar::nextWanted, this, &DocumentView::findNext);
    connect(m_findBar, &FindBar::previousWanted, this, &DocumentView::findPrevious);
    connect(m_findBar, &FindBar::closed, this, &DocumentView::endFind);
    connect(m_gathering, &TextGathering::gathered, this,
            [](const QString &text) { QGuiApplication::clipboard()->setText(text); });
    connect(m_gathering, &TextGathering::failed, this, [this](const Error &error) {
        QToolTip::showText(m_pages->mapToGlobal(m_pages->rect().center()), error.userText, m_pages);
    });
}

void DocumentView::setDocument(const QString &key, const QString &title)
{
    const bool same = key == m_key && m_state != State::Failed;
    m_title = title;
    setAccessibleName(title.isEmpty() ? tr("Document") : tr("Document %1").arg(title));
    if (same)
        return;
    drop();
    setRecord({});
    m_key = key;
    if (m_key.isEmpty())
        setState(State::None);
    else
        fetch();
}

// Nothing of the document before stays on screen under the name of another.
void DocumentView::drop()
{
    if (std::exchange(m_awaited, false))
        m_documents.forget(m_key);
    m_patience->stop();
    m_gathering->stop();
    m_einvoice->clear();
    m_find->clear();
    m_text->clear();
    m_links->clear();
    m_outline->setOutline({});
    m_outlining = 0;
    m_back.clear();
    m_pages->setBlank();
    m_thumbnails->setPages({});
    m_renderer.close();
    m_opening = 0;
}

void DocumentView::fetch()
{
    m_progress = {};
    m_awaited = true;
    setState(State::Fetching);
    if (m_body->currentWidget() == m_fetching)
        showProgress(); // the words are about this one now
    m_patience->start();
    m_documents.want(m_key);
}

void DocumentView::open(const QString &file)
{
    setState(State::Opening);
    if (!m_patience->isActive())
        m_patience->start();
    m_opening = m_renderer.open(file);
}

void DocumentView::noteOpened(const OpenedDocument &document)
{
    m_patience->stop();
    m_pages->setPages(document.pages);
    m_thumbnails->setRotation(0);
    m_thumbnails->setPages(document.pages);
    m_thumbnails->setCurrentPage(0);
    m_toolbar->setPages(m_pages->pageCount());
    m_outlining = m_renderer.outline();
    setState(State::Open);
    if (m_findBar->isVisible())
        search(m_findBar->words(), m_findBar->matchesCase());
    m_einvoice->lookIn(m_renderer, m_pages->pageCount());
    Q_EMIT opened(m_pages->pageCount());
}

void DocumentView::fail(const Error &error, bool byRenderer)
{
    m_patience->stop();
    m_failedByRenderer = byRenderer;
    setState(State::Failed);
    const QString name = m_title.isEmpty() ? tr("The document") : m_title;
    const bool offline = error.kind == ErrorKind::Offline;
    const QString what = offline ? tr("%1 is not on this computer yet").arg(name)
        : byRenderer             ? tr("%1 cannot be shown").arg(name)
                                 : tr("%1 could not be fetched").arg(name);
    m_panel->tell(offline ? Icons::Icon::Unplugged : Icons::Icon::Warning, what, error.userText,
                  tr("Try again"));
    Q_EMIT failed(error);
}

void DocumentView::retry()
{
    setFocus(); // the button goes
    drop();
    fetch();
}

void DocumentView::setState(State state)
{
    m_state = state;
    if (state != State::Fetching && state != State::Opening)
        m_body->setCurrentIndex(0);
    if (state == State::None)
        m_panel->tell(Icons::Icon::Orders, tr("No document"),
                      tr("Choose a row that has one to read it here."));
    else if (state != State::Failed)
        m_panel->dismiss();
    if (state != State::Open)
        m_toolbar->setPages(0);
    arrangeEInvoice();
    updateCommands();
}

void DocumentView::showProgress()
{
    if (m_state == State::Fetching)
        m_fetching->showFetching(m_title, m_progress);
    else if (m_state == State::Opening)
        m_fetching->showOpening(m_title);
    else
        return;
    m_body->setCurrentWidget(m_fetching);
}

bool DocumentView::isOpen() const
{
    return m_state == State::Open;
}

int DocumentView::pageCount() const
{
    return m_pages->pageCount();
}

int DocumentView::currentPage() const
{
    return m_pages->currentPage();
}

void DocumentView::goToPage(int page)
{
    m_pages->goToPage(page);
}

void DocumentView::nextPage()
{
    goToPage(currentPage() + 1);
}

void DocumentView::previousPage()
{
    goToPage(currentPage() - 1);
}

double DocumentView::zoom() const
{
    return m_pages->zoom();
}

void DocumentView::setZoom(double zoom)
{
    m_pages->setZoom(zoom);
}

void DocumentView::zoomIn()
{
    constexpr double barely = 1.01; // a step that is as good as reached is not one
    const QList<double> &steps = DocumentToolbar::zoomSteps();
    const auto next = std::upper_bound(steps.begin(), steps.end(), zoom() * barely);
    setZoom(next == steps.end() ? steps.last() : *next);
}

void DocumentView::zoomOut()
{
    constexpr double barely = 0.99;
    const QList<double> &steps = DocumentToolbar::zoomSteps();
    const auto from = std::lower_bound(steps.begin(), steps.end(), zoom() * barely);
    setZoom(from == steps.begin() ? steps.first() : *(from - 1));
}

void DocumentView::fitWidth()
{
    m_pages->setFit(PageView::Fit::Width);
}

void DocumentView::fitPage()
{
    m_pages->setFit(PageView::Fit::Page);
}

void DocumentView::actualSize()
{
    setZoom(1);
}

int DocumentView::rotation() const
{
    return m_pages->rotation();
}

void DocumentView::rotateLeft()
{
    m_pages->setRotation(rotation() + 270);
    m_thumbnails->setRotation(rotation());
}

void DocumentView::rotateRight()
{
    m_pages->setRotation(rotation() + 90);
    m_thumbnails->setRotation(rotation());
}

void DocumentView::beginFind(const QString &words)
{
    m_findBar->begin(words);
}

void DocumentView::endFind()
{
    m_findBar->hide();
    m_find->clear();
    m_pages->setFocus();
}

void DocumentView::light(const QString &words)
{
    if (!words.isEmpty()) {
        m_findBar->light(words);
        return;
    }
    m_findBar->hide();
    m_find->clear();
}

void DocumentView::search(const QString &words, bool matchCase)
{
    if (isOpen())
        m_find->begin(words, matchCase, std::max(0, currentPage()));
}

void DocumentView::findNext()
{
    if (m_findBar->isHidden())
        beginFind();
    else
        m_find->next();
}

void DocumentView::findPrevious()
{
    if (m_findBar->isHidden())
        beginFind();
    else
        m_find->previous();
}

void DocumentView::selectAll()
{
    m_pages->selectAll();
}

void DocumentView::copySelection()
{
    m_gathering->gather(m_pages->selection());
}

} // namespace Counterfoil
