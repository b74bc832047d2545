#include "itemslist.h"

#include "item.h"
#include "itemnotes.h"

#include <QLocale>

namespace Counterfoil {

namespace {

class Text
{
    Q_DECLARE_TR_FUNCTIONS(ItemsList)
};

constexpr qsizetype longestShown = 40; // of a text that was typed

} // namespace

ListDescription itemsList()
{
    ListDescription list;
    list.kind = &Item::type;
    list.id = QStringLiteral("catalogue");
    list.name = Text::tr("Catalogue");
    list.icon = Icons::Icon::Boxed;
    list.filterName = Text::tr("Search the catalogue by name, by any number or by another word for it");
    list.filterToolTip
        = Text::tr("Name, item number, maker’s number, your number, with or without dashes (/)");
    list.columns = {{"sku", u"WH-000000"},
                    {"name", u"Ultra Forge combination spanner, 13 mm", ColumnRoom::Stretching},
                    {"category", u"Power transmission", ColumnRoom::Plain, 1},
                    {"family", u"Self-drilling screws", ColumnRoom::Plain, 2},
                    {"manufacturer", u"Ultra Forge", ColumnRoom::Plain, 3},
                    {"manufacturerNumber", u"UF-SDS-00000", ColumnRoom::Plain, 4},
                    {"ownNumber", u"MAT-000000", ColumnRoom::Plain, 6},
                    {"unit", u"box of 1,000", ColumnRoom::Plain, 5},
                    {"price", u"CZK 0,000.00", ColumnRoom::PricesOnly, 9},
                    {"available", u"00,000", ColumnRoom::PricesOnly, 8},
                    {"why", u"Own number MAT-000000", ColumnRoom::WithText, 7}};
    list.sortedBy = "sku";
    list.toggles = {{QStringLiteral("sold"), Text::tr("Not withdrawn"),
                     [](RecordQuery &query, Date) {
                         query.flags.push_back({"withdrawn", false});
                     }},
                    {QStringLiteral("exactly"), Text::tr("Exactly as typed"),
                     [](RecordQuery &query, Date) { query.exactly = true; }}};
    list.facets = {{"category", Text::tr("Category")},
                   {"family", Text::tr("Family")},
                   {"manufacturer", Text::tr("Maker")}};
    list.notes
        = [](CacheReaders &readers, QObject *parent) -> RowNotes * { return new ItemNotes(readers, parent); };
    list.counted = [](qint64 count, qint64) {
        return Text::tr("%1 items", nullptr, static_cast<int>(count)).arg(QLocale().toString(count));
    };
    list.found = [](qint64 count, const QString &text) {
        const QString shown = text.size() > longestShown ? text.left(longestShown) + u'…' : text;
        return Text::tr("%1 items for “%2”", "how many, and what was typed", static_cast<int>(count))
            .arg(QLocale().toString(count), shown);
    };
    list.sumOpen = [](const QString &amounts) { return amounts; };
    list.widenedText = Text::tr("none just so; these come close or do as well");
    list.failedTitle = Text::tr("The catalogue could not be read");
    list.noMatchTitle = Text::tr("No item matches, nor comes close");
    list.fillingTitle = Text::tr("The catalogue is on its way");
    list.emptyTitle = Text::tr("No items yet");
    list.emptyText = Text::tr("Everything that you may buy stands here once the supplier offers it.");
    return list;
}

} // namespace Counterfoil
