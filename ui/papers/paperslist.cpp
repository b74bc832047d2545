#include "paperslist.h"

#include "document.h"
#include "documentnotes.h"

#include <QLocale>

namespace Counterfoil {

namespace {

class Text
{
    Q_DECLARE_TR_FUNCTIONS(PapersList)
};

constexpr qsizetype longestShown = 40; // of a text that was typed

// An item's picture is kept like a document, and stands in the catalogue.
ListDescription::Facet paperFacet()
{
    const auto text = [](std::string_view code) {
        return QString::fromLatin1(code.data(), static_cast<qsizetype>(code.size()));
    };
    ListDescription::Facet facet{"paper", Text::tr("Paper"), {text(Paper::picture)}};
    for (const Paper &paper : papers()) {
        if (paper.code != Paper::picture)
            facet.usual.append(text(paper.code));
    }
    return facet;
}

} // namespace

ListDescription papersList()
{
    ListDescription list;
    list.kind = &Document::type;
    list.id = QStringLiteral("documents");
    list.name = Text::tr("Documents");
    list.icon = Icons::Icon::Orders;
    list.filterName = Text::tr("Filter documents by number, by item or by the words in them");
    list.filterToolTip = Text::tr("Number, item, or words in the document (/)");
    list.columns
        = {{"number", u"INV-0000000"},
           {"paper", u"Order acknowledgement", ColumnRoom::Plain, 7},
           {"sku", u"WH-0000", ColumnRoom::Plain, 3},
           {"revision", u"A, superseded", ColumnRoom::Plain, 4},
           {"dated", u"30 Nov 2000", ColumnRoom::Plain, 6},
           {"accountName", u"Northwind Traders", ColumnRoom::Stretching, 2},
           {"bytes", u"000 kB", ColumnRoom::Plain, 1},
           {"here", u"Here", ColumnRoom::Plain, 5},
           {"inside", u"a rubber gasket of 40 mm, black", ColumnRoom::Stretching | ColumnRoom::WithText}};
    list.toggles = {{QStringLiteral("here"), Text::tr("On this computer"),
                     [](RecordQuery &query, Date) { query.fileHere = true; }}};
    list.toggles.append({QStringLiteral("current"), Text::tr("Not superseded"), [](RecordQuery &query, Date) {
                             query.flags.push_back({"superseded", false});
                         }});
    list.facets = {paperFacet()};
    list.dates = {{"dated", Text::tr("Dated")}};
    list.notes = [](CacheReaders &readers, QObject *parent) -> RowNotes * {
        return new DocumentNotes(readers, parent);
    };
    list.counted = [](qint64 count, qint64) {
        return Text::tr("%1 documents", nullptr, static_cast<int>(count)).arg(QLocale().toString(count));
    };
    list.found = [](qint64 count, const QString &text) {
        const QString shown = text.size() > longestShown ? text.left(longestShown) + u'…' : text;
        return Text::tr("%1 documents with “%2”", "how many, and what was typed", static_cast<int>(count))
            .arg(QLocale().toString(count), shown);
    };
    list.sumOpen = [](const QString &amounts) { return amounts; };
    list.unsearchedWhy
        = Text::tr("Documents are searched once they were on this computer, the newest first.");
    list.failedTitle = Text::tr("The documents could not be read");
    list.noMatchTitle = Text::tr("No document matches");
    list.fillingTitle = Text::tr("Your documents are on their way");
    list.emptyTitle = Text::tr("No documents yet");
    list.emptyText = Text::tr("A document appears here the moment the ERP announces it.");
    return list;
}

} // namespace Counterfoil
