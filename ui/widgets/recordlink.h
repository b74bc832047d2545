#pragma once

#include "recordref.h"

#include <QList>
#include <QString>

namespace Counterfoil {

class RecordWatch;
class StatusWording;
struct CellContext;
struct Person;

// A record that can be gone to from the one shown, as it is told to people.
struct RecordLink
{
    RecordRef ref;
    QString kindName; // "Shipment", "Credit memo"
    QString number;
    QString state; // with its tone and symbol, as ItemRole has them; may be empty
    QString tone;
    QString symbol;

    bool operator==(const RecordLink &) const = default;
};

// At most so many are told; the rest is found through the lists.
inline constexpr qsizetype mostLinksShown = 60;

// What the watched record leads to, among the kinds that have a pane for this person: orders, then
// shipments, invoices, credit memos, returns, payments and documents, each newest first.
QList<RecordLink> linksOf(const RecordWatch &watch, const Person &person, const StatusWording &wording,
                          const CellContext &context);

// "Order", "Shipment", "Invoice", "Credit memo" …, as a record of that kind is called.
QString kindNameOf(const RecordType &kind, const void *record);

} // namespace Counterfoil
