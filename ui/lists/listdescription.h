#pragma once

#include "columnroom.h"
#include "datechip.h"
#include "icons.h"
#include "recordquery.h"

#include <QCoreApplication>
#include <QList>

#include <functional>

namespace Counterfoil {

class CacheReaders;
class RowNotes;

// What the list of one kind of record shows, and how it can be restricted: all that tells one list from
// another. Texts are translated where a description is made.
struct ListDescription
{
    // A restriction that is on or off; of one list's at most one is on at a time.
    struct Toggle
    {
        QString id;                                                   // stable
        QString text;                                                 // "Overdue"
        std::function<void(RecordQuery &query, Date today)> restrict; // today: in the supplier's calendar
    };
    struct Facet // any of the values that occur in a Text field
    {
        const char *field;
        QString name;
        // Rows of which are not in the list, and what the others are known to be, which spares it to show
        // everything until it is read what occurs; both empty: every row is.
        QStringList never = {};
        QStringList usual = {};
    };
    struct Dates // a span of an Instant or Date field
    {
        const char *field;
        QString name;
        DateChip::Looking looking = DateChip::Looking::Back;
    };
    struct Amounts // a span of an Amount field
    {
        const char *field;
        QString name;
    };

    const RecordType *kind = nullptr;
    QString id;   // stable, for settings: "orders"
    QString name; // "Orders"
    Icons::Icon icon = {};
    QString filterName; // for the screen reader: what the text filter looks at
    QString filterToolTip;
    QList<ColumnRoom> columns;
    std::string sortedBy = {}; // at first, rising; empty: the newest first
    QList<Toggle> toggles;
    QList<Facet> facets;
    QList<Dates> dates;
    QList<Amounts> amounts;

    // Columns that no field fills; may be empty.
    std::function<RowNotes *(CacheReaders &readers, QObject *parent)> notes;

    // The foot: "1,204 orders · 38 open", "£418,220.10 open".
    std::function<QString(qint64 count, qint64 open)> counted;
    std::function<QString(const QString &amounts)> sumOpen;
    // The same while the list is searched for a text, "12 documents with “gasket”"; empty: as always.
    std::function<QString(qint64 count, const QString &text)> found;

    QString widenedText;   // said of what is only like the words typed, after the count; may be empty
    QString unsearchedWhy; // a sentence about rows whose words are not known yet; may be empty
    QString failedTitle;   // "The orders could not be read"
    QString noMatchTitle;  // "No order matches"
    QString fillingTitle;  // "Your orders are on their way"
    QString emptyTitle;    // "No orders yet"
    QString emptyText;
};

} // namespace Counterfoil
