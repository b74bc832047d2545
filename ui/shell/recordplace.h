#pragma once

#include "listdescription.h"
#include "signinport.h"

class QWidget;

namespace Counterfoil {

class DetailPane;
class ListPane;
struct PaneContext;

// A kind of record that has a pane in the window, and what makes that pane.
struct RecordPlace
{
    const RecordType *kind;
    QString id;      // "orders"
    QString name;    // "&Orders": with the letter that leads there
    QString goThere; // "Go to the orders"
    ListDescription (*list)();
    DetailPane *(*detail)(const PaneContext &context, QWidget *parent);
    QWidget *(*chart)(const PaneContext &context, ListPane &list); // above the list; nullptr: none
    QWidget *(*side)(const PaneContext &context, ListPane &list);  // beside it; nullptr: none
    void (*join)(ListPane &list, DetailPane &detail); // what else the two tell each other; nullptr: nothing
    int listDigits;                                   // how wide the list is where there is not plenty
    int listPercent;                                  // and of the width, where there is

    // What of it means work, for the rail's count: "7 overdue", and in a sentence. nullptr: nothing does.
    void (*restrictToWork)(RecordQuery &query, Date today);
    QString (*workShort)(qint64 count);
    QString (*workMeaning)(qint64 count);
};

// Those that the person may see, in the rail's order.
QList<RecordPlace> recordPlaces(const Person &person);
bool standsAfterCarts(const RecordPlace &place); // in the rail; the others stand before what is bought

} // namespace Counterfoil
