#pragma once

#include "documentport.h"

#include <QList>
#include <QWidget>

#include <optional>
#include <vector>

class QAction;
class QFrame;
class QHBoxLayout;
class QStackedWidget;
class QTimer;

namespace Counterfoil {

class DocumentFind;
class DocumentProgress;
class DocumentSidebar;
class DocumentToolbar;
class EInvoiceReading;
class EInvoiceView;
class FindBar;
class HitList;
class OutlineList;
class PageLinks;
class PageRenderer;
class PageText;
class PageView;
class StatePanel;
class TextGathering;
class ThumbnailStrip;
struct Invoice;
struct OpenedDocument;
struct PageLink;
struct PagePlace;

// A document beside its row: fetched through the port, drawn by the renderer, read, searched and copied
// here. Every state has its words: nothing chosen, being fetched, not here and offline, damaged.
// `renderer` belongs to this view alone, since it keeps one file open. Nothing here blocks.
class DocumentView final : public QWidget
{
    Q_OBJECT
public:
    // What can be done here, for the window's list of actions; see addDocumentActions().
    struct Command
    {
        QString id; // "document.find"
        QAction *action;
    };

    DocumentView(DocumentPort &documents, PageRenderer &renderer, QWidget *parent = nullptr);
    ~DocumentView() override;

    // The document with this key of a Document record; `title` is what people call it ("INV-88213").
    // Whatever was shown or awaited before is dropped. An empty key: none, and the view says so.
    void setDocument(const QString &key, const QString &title);

    QString key() const { return m_key; }
    QString title() const { return m_title; }
    bool isOpen() const; // pages are shown
    int pageCount() const;
    int currentPage() const; // from 0; -1: none
    void goToPage(int page);
    void nextPage();
    void previousPage();

    double zoom() const; // 1: as large as on paper
    void setZoom(double zoom);
    void zoomIn();
    void zoomOut();
    void fitWidth();
    void fitPage();
    void actualSize();
    int rotation() const; // 0, 90, 180 or 270, clockwise
    void rotateLeft();
    void rotateRight();

    bool isSinglePage() const;
    void toggleSinglePage();
    void toggleHand();
    bool hasDarkPages() const;
    void toggleDarkPages();
    void togglePinned(); // kept on this computer whatever else is given up
    void showLinks();    // those of the current page, to choose from by the keyboard
    void goBack();       // to where one was before one followed a link

    // At most one of them stands beside the pages.
    void setThumbnailsShown(bool shown);
    bool areThumbnailsShown() const;
    void toggleThumbnails();
    void toggleOutline();
    void toggleHits();
    // Those chosen among the pages in small, from 0, ascending; else the current one. None while nothing is
    // open.
    std::vector<quint32> chosenPages() const;

    // What the ERP says of the invoice that the document is of, for its e-invoice to be compared with, and
    // whose ERP it is. A new document has none until it is set.
    void setRecord(const std::optional<Invoice> &record, const QString &seller = {});
    void setNoRecord(const QString &why); // why there is nothing to compare it with: a sentence
    // Where the document has one: beside its pages, or in their place.
    void setEInvoiceShown(bool shown);
    bool isEInvoiceShown() const;
    const EInvoiceReading &einvoice() const { return *m_einvoice; }

    void beginFind(const QString &words = {});
    void endFind();
    // Shows where the words are without taking the keys; no words: as if nothing had been looked for.
    void light(const QString &words);
    void findNext();
    void findPrevious();

    void selectAll();
    void copySelection();

    // What the window can do with the document, for the bar, where it has a picture, and the menu. It is
    // meant for the document shown: the focus goes there first.
    void addTools(const QList<QAction *> &tools);
    const QList<Command> &commands() const { return m_commands; }

    // How documents are looked at, whichever it is; for the profile to keep.
    QByteArray saveLook() const;
    void restoreLook(const QByteArray &look);

Q_SIGNALS:
    void opened(int pages);
    void failed(const Counterfoil::Error &error); // it cannot be shown; the view says so already
    void currentPageChanged(int page);
    void einvoiceChanged(); // found, read, checked, or gone
    void pagesDragWanted(); // of the chosen ones, with the button down

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    enum class State { None, Fetching, Opening, Open, Failed };

    void buildCommands();
    void buildWays();
    QAction *addCommand(const char *id, const QString &text, const QList<QKeySequence> &keys,
                        void (DocumentView::*run)());
    QAction *command(const char *id) const;
    QAction *commandFor(const QKeyEvent &event) const;
    void buildToolbar();
    void arrangeParts();
    void connectPort();
    void connectParts();

    void drop();
    void fetch();
    void open(const QString &file);
    void noteOpened(const OpenedDocument &document);
    void fail(const Error &error, bool byRenderer);
    void retry();
    void setState(State state);
    void showProgress();
    void updateCommands();
    void search(const QString &words, bool matchCase);
    void connectSidebar();
    void togglePart(QWidget *part);
    void applyColours();
    void follow(const PageLink &link);
    void openFindBar();
    void editPage();
    void buildEInvoiceCommands();
    void updateEInvoiceCommands();
    void buildEInvoice(QHBoxLayout &beside);
    void arrangeEInvoice();
    void toggleEInvoice();
    void saveEInvoice();
    void showMenu(const QPoint &global);

    DocumentPort &m_documents;
    PageRenderer &m_renderer;
    State m_state = State::None;
    QString m_key;
    QString m_title;
    quint64 m_opening = 0;
    quint64 m_outlining = 0;
    std::vector<PagePlace> m_back; // where one was before links were followed, the latest last
    bool m_darkPages = false;
    bool m_awaited = false;          // the port may still answer for m_key
    bool m_failedByRenderer = false; // the file is here, but cannot be shown
    DocumentPort::Progress m_progress;
    QList<Command> m_commands;
    QList<QAction *> m_tools;
    DocumentToolbar *m_toolbar;
    FindBar *m_findBar;
    QStackedWidget *m_body;
    DocumentSidebar *m_sidebar;
    ThumbnailStrip *m_thumbnails;
    OutlineList *m_outline;
    PageText *m_text;
    PageLinks *m_links;
    PageView *m_pages;
    DocumentFind *m_find;
    HitList *m_hits;
    TextGathering *m_gathering;
    StatePanel *m_panel;
    DocumentProgress *m_fetching;
    QTimer *m_patience;
    EInvoiceReading *m_einvoice = nullptr;
    EInvoiceView *m_einvoiceView = nullptr;
    QFrame *m_einvoiceLine = nullptr;
    bool m_einvoiceWanted = false; // shown wherever there is one
};

} // namespace Counterfoil
