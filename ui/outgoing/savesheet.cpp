#include "savesheet.h"

#include "document.h"
#include "flowlayout.h"
#include "folderfield.h"
#include "formfield.h"
#include "namepattern.h"
#include "outgoingwords.h"
#include "savinghabits.h"
#include "textlink.h"
#include "tonelabel.h"

#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace Counterfoil {

namespace {

constexpr int saveSheetDigits = 64;
constexpr char asIssued[] = "issued";
constexpr char einvoice[] = "einvoice";
constexpr char both[] = "both";

// Only these have an e-invoice in them.
bool mayHaveEInvoice(const OutgoingDocument &document)
{
    return document.paper == QLatin1String(Paper::invoice)
        || document.paper == QLatin1String(Paper::creditMemo);
}

// Shows what a pattern does where there is no document to show it on.
OutgoingDocument example()
{
    OutgoingDocument document;
    document.number = QStringLiteral("INV-88213");
    document.paper = QStringLiteral("invoice");
    document.ending = QStringLiteral("pdf");
    document.dated = Instant{1'793'707'200'000}; // 3 November 2026
    document.accountName = SaveSheet::tr("Harbour Supply", "a made-up account");
    document.accountNumber = QStringLiteral("10432");
    document.poReference = QStringLiteral("PO-7731");
    document.orderNumber = QStringLiteral("SO-10500");
    return document;
}

} // namespace

QString SaveSheet::titleOf(const OutgoingSet &set)
{
    if (set.documents.empty())
        return tr("Names of saved documents");
    if (!set.pages.empty())
        return tr("Save %1 of %2", "pages, and their document")
            .arg(OutgoingWords::pagesOf(set.pages), OutgoingWords::nameOf(set.documents.front()));
    return tr("Save %1", "a document, or so many of them")
        .arg(set.documents.size() == 1 ? OutgoingWords::nameOf(set.documents.front())
                                       : OutgoingWords::countOf(set.documents.size()));
}

QString SaveSheet::verbOf(const OutgoingSet &set)
{
    return set.documents.empty() ? tr("Keep") : tr("Save");
}

SaveSheet::Body SaveSheet::build(const OutgoingSet &set)
{
    Body body{};
    body.widget = new QWidget;
    if (set.pages.empty() && std::ranges::any_of(set.documents, mayHaveEInvoice)) {
        body.form = new FormField(FormField::Kind::Choice, tr("Format"), body.widget);
        body.form->setChoices({{QLatin1String(asIssued), tr("As issued, mostly PDF"), {}},
                               {QLatin1String(einvoice), tr("XML, the e-invoice alone"), {}},
                               {QLatin1String(both), tr("As issued, and the e-invoice as XML"), {}}});
        body.form->setValue(QLatin1String(asIssued));
    }
    body.folder = new FolderField(body.widget);
    body.pattern = new FormField(FormField::Kind::Line, tr("Name of each file"), body.widget);
    body.tokens = new QWidget(body.widget);
    body.preview = new ToneLabel(body.widget);
    auto *left = new ToneLabel(body.widget);
    left->tell(OutgoingWords::leftOut(set.without), Tone::Warn);
    auto *layout = new QVBoxLayout(body.widget);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Space::medium);
    if (body.form)
        layout->addWidget(body.form);
    layout->addWidget(body.folder);
    layout->addWidget(body.pattern);
    layout->addWidget(body.tokens);
    layout->addWidget(body.preview);
    layout->addWidget(left);
    if (set.documents.size() == 1 && set.pages.empty()) {
        body.ownName = new TextLink(tr("Type another name for this one…"), body.widget);
        layout->addWidget(body.ownName, 0, Qt::AlignLeft);
    }
    return body;
}

SaveSheet::SaveSheet(QWidget *window, const SavingHabits &habits, const OutgoingSet &set)
    : SaveSheet(window, habits, set, build(set))
{ }

SaveSheet::SaveSheet(QWidget *window, const SavingHabits &habits, const OutgoingSet &set, const Body &body)
    : FormSheet(window, titleOf(set), body.widget, saveSheetDigits, verbOf(set))
    , m_body(body)
    , m_first(set.documents.empty() ? example() : set.documents.front())
    , m_count(set.documents.size())
    , m_pages(set.pages)
{
    setEnterSaves(true);
    m_body.folder->setFolder(habits.folder());
    m_body.pattern->setValue(habits.pattern().text());
    addTokens();
    connect(m_body.pattern, &FormField::edited, this, &SaveSheet::showPreview);
    if (m_body.form)
        connect(m_body.form, &FormField::edited, this, &SaveSheet::showPreview);
    if (auto *link = qobject_cast<TextLink *>(m_body.ownName))
        connect(link, &QAbstractButton::clicked, this, [this] {
            const QString folder = m_body.folder->folder();
            end();
            Q_EMIT ownNameWanted(folder);
        });
    showPreview();
}

// A click puts the word where one types.
void SaveSheet::addTokens()
{
    auto *flow = new FlowLayout(Space::medium, m_body.tokens);
    flow->setContentsMargins(0, 0, 0, 0);
    for (const NamePattern::Token &token : NamePattern::tokens()) {
        const QString written = u'{' + token.name + u'}';
        auto *button = new TextLink(written, m_body.tokens);
        button->setToolTip(token.meaning);
        button->setAccessibleName(tr("Put in: %1").arg(token.meaning));
        flow->addWidget(button);
        connect(button, &QAbstractButton::clicked, this, [this, written] {
            auto *line = qobject_cast<QLineEdit *>(m_body.pattern->editor());
            line->insert(written);
            line->setFocus(Qt::OtherFocusReason);
            showPreview();
        });
    }
}

void SaveSheet::open()
{
    FormSheet::open(m_count == 0 ? m_body.pattern->editor() : m_body.folder->focusProxy());
}

SaveSheet::Form SaveSheet::form() const
{
    const QString chosen = m_body.form ? m_body.form->value() : QString();
    return chosen == QLatin1String(einvoice) ? Form::EInvoice
        : chosen == QLatin1String(both)      ? Form::Both
                                             : Form::AsIssued;
}

QString SaveSheet::preview() const
{
    OutgoingDocument saved = m_first;
    if (form() == Form::EInvoice)
        saved.ending = QStringLiteral("xml");
    const QString name = NamePattern(m_body.pattern->value()).nameOf(saved);
    return m_pages.empty() ? name : OutgoingWords::fileOfPages(name, m_pages);
}

void SaveSheet::showPreview()
{
    if (m_body.ownName)
        m_body.ownName->setVisible(form() == Form::AsIssued);
    const QString fault = NamePattern(m_body.pattern->value()).fault();
    if (!fault.isEmpty())
        m_body.preview->tell(fault, Tone::Bad);
    else if (m_count > 1)
        m_body.preview->tell(tr("The first becomes “%1”.", "the name of a file").arg(preview()),
                             Tone::Neutral);
    else
        m_body.preview->tell(tr("Becomes “%1”.", "the name of a file").arg(preview()), Tone::Neutral);
}

void SaveSheet::save()
{
    const NamePattern pattern(m_body.pattern->value());
    if (!pattern.fault().isEmpty())
        return m_body.pattern->editor()->setFocus(Qt::OtherFocusReason);
    if (!m_body.folder->check())
        return;
    const QString folder = m_body.folder->folder();
    const Form chosen = form();
    end();
    Q_EMIT wanted(folder, pattern, chosen);
}

} // namespace Counterfoil
