#pragma once

#include "itemroles.h"
#include "tokens.h"

#include <QAbstractTableModel>
#include <QList>
#include <QStringList>

namespace Counterfoil {

// One line of an order, a shipment or an invoice, in words.
struct LineWords
{
    qint64 number = 0;   // the line's own, which tells it from the others
    QString name;        // the item
    QString description; // may be empty, as everything below
    QString state = {};  // a chip beside the name
    QString symbol = {};
    QString tone = {};
    QString outlook = {}; // a chip below: what is still to come
    Tone outlookTone = Tone::Neutral;
    QStringList notes = {};  // a line each, below everything
    QStringList values = {}; // one a column of LinesModel; an empty one is shown as a dash
};

struct LinesColumn
{
    QString title;
    int rank = 0;             // columns are given room from the lowest on
    bool saidInWords = false; // the outlook says it, so it needs no words where it has no room
};

// The lines of a record. New values of the same lines change cells in place.
class LinesModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    static constexpr int Name = 0; // the first column; those given follow

    enum Role {
        Description = ItemRole::Note + 100,
        StateText,   // with ItemRole::Tone and ItemRole::Symbol, of the first column
        Outlook,     // of the first column
        OutlookTone, // int
        Notes,       // QStringList
    };

    explicit LinesModel(const QString &nameTitle, QObject *parent = nullptr);

    void setLines(const QList<LinesColumn> &columns, const QList<LineWords> &lines);
    const QList<LinesColumn> &columns() const { return m_columns; }
    // The values of the columns given that are worth a word, for where there is no room for columns.
    QString summary(int row, const QList<int> &columns) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    bool isSameTable(const QList<LinesColumn> &columns, const QList<LineWords> &lines) const;
    QVariant ofName(const LineWords &line, int role) const;

    QString m_nameTitle;
    QList<LinesColumn> m_columns;
    QList<LineWords> m_lines;
};

} // namespace Counterfoil
