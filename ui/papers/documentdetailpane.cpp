#include "documentdetailpane.h"

#include "account.h"
#include "cachereaders.h"
#include "display.h"
#include "document.h"
#include "documentactions.h"
#include "documentview.h"
#include "hairline.h"
#include "invoice.h"
#include "listfilterbar.h"
#include "listpane.h"
#include "pagerenderer.h"
#include "recordcell.h"
#include "tokens.h"

#include <QEvent>
#include <QLocale>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace Counterfoil {

namespace {

constexpr int factsShare = 3; // of the height; the pages get the rest

DetailPane::Words documentWords()
{
    return {DocumentDetailPane::tr("Document"),
            DocumentDetailPane::tr("Copy the document number"),
            Icons::Icon::Orders,
            DocumentDetailPane::tr("No document chosen"),
            DocumentDetailPane::tr("Choose one in the list to read it here."),
            DocumentDetailPane::tr("This document is not known on this computer")};
}

QString textFact(const FileFacts &file)
{
    if (!file.read)
        return DocumentDetailPane::tr("Not searched yet");
    switch (file.state) {
    case FileText::State::Whole:
        return DocumentDetailPane::tr("Searched");
    case FileText::State::Cut:
        return DocumentDetailPane::tr("Searched in part");
    case FileText::State::Unreadable:
        return DocumentDetailPane::tr("Cannot be read");
    }
    return {};
}

// What it is the paper of; null: of an item, which has no pane.
RecordRef subjectOf(const Document &document)
{
    for (const Field &field : Document::type.fields) {
        if (!field.is(Link))
            continue;
        if (const auto &key = field.in<std::string>(&document); !key.empty())
            return {field.target, key};
    }
    return {};
}

} // namespace

DocumentDetailPane::DocumentDetailPane(const PaneContext &context, QWidget *parent)
    : DetailPane(context, Document::type, documentWords(), parent)
    , m_subject(new RecordWatch(context.readers, this))
    , m_renderer(new PageRenderer(context.renderProgram, this))
    , m_document(new DocumentView(context.documents, *m_renderer, this))
{
    endSections();
    addresses().hide();
    scroll().widget()->layout()->setContentsMargins(0, Space::small, 0, 0);
    scroll().widget()->installEventFilter(this);
    auto *all = static_cast<QVBoxLayout *>(layout());
    all->setSpacing(0);
    all->addWidget(hairline(this));
    all->addWidget(m_document, 1);
    setFocusProxy(m_document);
    connect(m_subject, &RecordWatch::changed, this, &DocumentDetailPane::showLinks);
    connect(m_document, &DocumentView::opened, this, &DocumentDetailPane::lightWords);
    connect(&context.readers, &CacheReaders::changed, this, [this](const ChangeNotice &notice) {
        const KindNotice *of = notice.of(Document::type);
        const bool other = m_known && of && !notice.everything
            && std::ranges::find(of->updated, m_known->file.record) == of->updated.end();
        if (notice.touches(Document::type) && !other && !ref().isNull())
            ask();
    });
}

DocumentDetailPane::~DocumentDetailPane()
{
    delete m_document; // it speaks to the renderer, which is older and would go first
}

void DocumentDetailPane::join(ListPane &list, DetailPane &detail)
{
    auto *pane = qobject_cast<DocumentDetailPane *>(&detail);
    connect(&list.filters(), &ListFilterBar::changed, pane,
            [pane, &list] { pane->setWords(list.filters().text()); });
}

void DocumentDetailPane::setWords(const QString &words)
{
    if (words == m_words)
        return;
    m_words = words;
    if (!ref().isNull())
        ask();
}

void DocumentDetailPane::focusBody()
{
    m_document->setFocus(Qt::OtherFocusReason);
}

void DocumentDetailPane::addActions(Actions &actions)
{
    addDocumentActions(actions, *m_document);
}

void DocumentDetailPane::showRecord()
{
    const Document &document = *watch().record<Document>();
    const QString key = Display::text(document.key);
    if (key != m_document->key()) {
        m_known.reset();
        m_lightAnew = !m_lit.isEmpty(); // what nobody but this pane has lit
    }
    m_document->setDocument(key, Display::text(document.number));
    m_subject->setRef(subjectOf(document));
    showHead(document);
    for (const Invoice &invoice : watch().linkedOf<Invoice>()) {
        if (invoice.key == document.invoice)
            m_document->setRecord(invoice, context().person.supplier);
    }
    showFacts();
    ask();
}

QList<RecordLink> DocumentDetailPane::moreLinks() const
{
    return linksOf(*m_subject, context().person, context().wording, {today()});
}

void DocumentDetailPane::showHead(const Document &document)
{
    QStringList about{Display::paper(document.paper), Display::shortDate(document.dated),
                      m_known ? m_known->account : QString()};
    about.removeAll(QString());
    setBanner(document.superseded
                  ? tr("A later revision has taken the place of this one. Look for %1 in the list.",
                       "an item's number")
                        .arg(Display::text(document.sku))
                  : QString(),
              Tone::Warn);
    setHeading(Display::text(document.number), about.join(QStringLiteral(" · ")),
               Display::full(document.dated));
}

void DocumentDetailPane::showFacts()
{
    const Document &document = *watch().record<Document>();
    QList<Fact> all;
    if (!document.sku.empty())
        all += {{tr("Item"), Display::text(document.sku), {}},
                {tr("Revision"), Display::text(document.revision), {}}};
    all.append({tr("Size"),
                document.bytes > 0 ? QLocale().formattedDataSize(document.bytes, 0) : tr("Not issued yet"),
                {}});
    if (m_known) {
        all.append({tr("On this computer"), m_known->file.here ? tr("Yes") : tr("No"), {}});
        all.append({tr("Its words"), textFact(m_known->file), {}});
    }
    all.append(asOf());
    facts().setFacts(all);
    fitFacts();
}

// As high as what it says, so that the pages have the rest.
void DocumentDetailPane::fitFacts()
{
    QWidget *body = scroll().widget();
    const int width = scroll().viewport()->width();
    const int wanted = body->layout()->hasHeightForWidth() ? body->layout()->heightForWidth(width)
                                                           : body->sizeHint().height();
    scroll().setFixedHeight(std::max(1, std::min(wanted, height() / factsShare)));
}

void DocumentDetailPane::resizeEvent(QResizeEvent *event)
{
    DetailPane::resizeEvent(event);
    fitFacts();
}

bool DocumentDetailPane::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == scroll().widget() && event->type() == QEvent::LayoutRequest)
        QMetaObject::invokeMethod(this, &DocumentDetailPane::fitFacts, Qt::QueuedConnection);
    return DetailPane::eventFilter(watched, event);
}

void DocumentDetailPane::ask()
{
    context().readers.ask(
        this, m_asking.renew(),
        [key = ref().key, words = m_words.toStdString()](CacheReader &reader) -> std::optional<Known> {
            const auto row = reader.byKey(Document::type, key);
            if (!row || !*row)
                return std::nullopt;
            const std::int64_t id = (*row)->id;
            const auto facts = FileTexts(reader, Document::type).facts(std::span(&id, 1), words);
            if (!facts || facts->empty())
                return std::nullopt;
            Known known{facts->front(), {}};
            const auto account = reader.byKey(Account::type, (*row)->record.as<Document>()->account);
            if (account && *account)
                known.account = Display::text((*account)->record.as<Account>()->name);
            return known;
        },
        [this](const std::optional<Known> &known) {
            m_asking.finish();
            m_known = known;
            if (const auto *document = watch().record<Document>()) {
                showHead(*document);
                showFacts();
            }
            lightWords();
        });
}

// What the words typed look like in the document, since that is what is looked for on its pages.
void DocumentDetailPane::lightWords()
{
    if (!m_document->isOpen() || !m_known)
        return;
    QString words;
    if (const auto &found = m_known->file.found; found && !m_words.isEmpty())
        words = QString::fromStdString(found->snippet.substr(found->begin, found->length));
    if (words == m_lit && !std::exchange(m_lightAnew, false))
        return;
    m_lightAnew = false;
    m_lit = words;
    m_document->light(words);
}

} // namespace Counterfoil
