#pragma once

#include "askflag.h"
#include "detailpane.h"
#include "filetexts.h"

namespace Counterfoil {

class DocumentView;
class ListPane;
class PageRenderer;
struct Document;

// One document: what is known of it, what it belongs to, and its pages, on which the words are lit that its
// list is searched for.
class DocumentDetailPane final : public DetailPane
{
    Q_OBJECT
public:
    explicit DocumentDetailPane(const PaneContext &context, QWidget *parent = nullptr);
    ~DocumentDetailPane() override;

    // Lights in this pane what the list is searched for.
    static void join(ListPane &list, DetailPane &detail);

    DocumentView &document() const { return *m_document; }
    void setWords(const QString &words);
    void focusBody() override;
    void addActions(Actions &actions) override;

protected:
    void showRecord() override;
    QList<RecordLink> moreLinks() const override;
    void showFacts() override;
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct Known // of the document shown
    {
        FileFacts file;
        QString account;
    };
    void ask();
    void showHead(const Document &document);
    void lightWords();
    void fitFacts();

    RecordWatch *m_subject;   // what it is the paper of, which leads to the rest
    PageRenderer *m_renderer; // before the view that draws with it
    DocumentView *m_document;
    QString m_words;
    QString m_lit;            // in the document, as it stands there
    bool m_lightAnew = false; // there is another document
    std::optional<Known> m_known;
    AskFlag m_asking;
};

} // namespace Counterfoil
