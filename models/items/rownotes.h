#pragma once

#include <QList>
#include <QObject>
#include <QString>
#include <QVariant>

namespace Counterfoil {

// Columns of a list that no field of its records fills, such as where in a document the words are that the
// list is searched for. Lives on the GUI thread; what it has to read it reads elsewhere.
class RowNotes : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    struct Column
    {
        QString id; // as a field's name: "inside"
        QString title;
        bool figures = false; // to the right, one below the other
    };
    virtual QList<Column> columns() const = 0; // always the same
    // What the column says of the record in this row of the cache. Nothing while that is not known; it is
    // then read, and noted() follows.
    virtual QVariant data(qint64 row, int column, int role) const = 0;
    virtual void setText(const QString &text) = 0; // what the list is searched for

Q_SIGNALS:
    void noted(const QList<qint64> &rows); // there is something else to say of these
};

} // namespace Counterfoil
